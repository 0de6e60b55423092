"""What a booklet holds: the passages that its locators name, and what is wrong with them.

Knows ids, the order of units and of the blocks in them; knows no page and no tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from ..problems import Place, Problem, did_you_mean

TO = ".."


class Passage(NamedTuple):
    """A stretch of one unit: from the block `first` to the end of the block `last`; "" for the unit's own ends."""

    unit: str
    first: str = ""
    last: str = ""


class Order(Struct, frozen=True):
    """The edition in reading order: units of text, the ids in each, and what is told of every id.

    `targets` is the table of this name: id -> {unit, whole, is, …}.
    """

    units: Sequence[str]
    ids: Mapping[str, Sequence[str]]
    targets: Mapping[str, Mapping[str, Any]]

    def now(self, name: str) -> str:
        """The id that an id of then has now."""
        cell = self.targets.get(name)
        return "" if cell is None else str(cell.get("is", name))

    def at(self, name: str) -> tuple[int, int]:
        """Where an id stands: its unit's place, and its own in the unit."""
        unit = self.targets[name]["unit"]
        whole = self.targets[name]["whole"]
        return self.units.index(unit), -1 if whole else self.ids[unit].index(name)


def passages(locator: str, order: Order) -> list[Passage]:
    """The passages of a locator that `fault` has nothing against: one for each unit it goes through."""
    first, last = (order.now(name) for name in _ends(locator))
    (start, _), (stop, _) = order.at(first), order.at(last)
    opens, closes = ("" if order.targets[name]["whole"] else name for name in (first, last))
    if start == stop:
        return [Passage(order.units[start], opens, closes)]
    between = [Passage(unit) for unit in order.units[start + 1 : stop]]
    return [Passage(order.units[start], opens), *between, Passage(order.units[stop], "", closes)]


def _ends(locator: str) -> tuple[str, str]:
    first, _, last = locator.partition(TO)
    return first, last or first


def fault(locator: str, order: Order, place: Place) -> Problem | None:
    """What is wrong with a locator of a booklet."""
    for name in _ends(locator):
        now = order.now(name)
        if not now or order.targets[now]["unit"] not in order.units:
            hint = did_you_mean(name, order.targets, "ids stand in edition.lock and in the TEI output")
            return Problem("locator-nothing", place, f"nothing in the text has the id “{name}”", hint)
    first, last = (order.now(name) for name in _ends(locator))
    if order.at(first) > order.at(last):
        text = f"“{last}” stands before “{first}”, so there is no passage from one to the other"
        return Problem("locator-order", place, text, f"write {last}{TO}{first}")
    return None


def without_rights(file: str, told: Mapping[str, Any], place: Place) -> Problem | None:
    """The complaint of an excerpt from a text of others whose rights nobody has stated."""
    if not told.get("source") or told.get("rights"):
        return None
    text = f"the booklet holds text of {file}, which has a source but no rights"
    hint = "say under contents: who has allowed it, or that nobody need: rights: public domain"
    return Problem("excerpt-rights", place, text, hint)


# --- fitting


class Setting(NamedTuple):
    """Type and lines of a booklet in points; 0 for those of its page format."""

    size: float = 0
    line: float = 0


def settings(size: Sequence[float], leading: Sequence[float]) -> list[Setting]:
    """All that may be tried, by steps of a quarter of a point and of 0.05, the roomiest first."""
    sizes = [size[0] + step / 4 for step in range(int((size[1] - size[0]) * 4) + 1)]
    leads = [leading[0] + step / 20 for step in range(round((leading[1] - leading[0]) * 20) + 1)]
    found = {Setting(one, round(one * lead, 2)) for one in sizes for lead in leads}
    return sorted(found, key=lambda tried: (-tried.size * tried.line, -tried.size))
