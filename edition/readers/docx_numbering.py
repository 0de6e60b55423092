"""Automatic numbers: of which list a paragraph is an item, at which level, and which number it has.

Knows numbering.xml (ECMA-376 part 1, 17.9); counts in the order in which paragraphs come.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from ..xml import Element
from .docx_xml import VAL, number, value, w

DEEPEST = 8


class Level(Struct, frozen=True):
    """One level of a list: how its items are numbered ("decimal", "bullet", "none" …)."""

    form: str = "bullet"
    start: int = 1
    restarts: bool = True
    is_bare: bool = False  # no number and no bullet can be seen
    indent: int = 0
    style: str = ""


class Numbered(Struct, frozen=True):
    """A paragraph's place in a list. `value` is 0 for bullets; `list` names what is counted together."""

    list: str
    level: int
    value: int
    form: str
    is_bare: bool
    indent: int

    @property
    def rend(self) -> str:
        return "bulleted" if self.form == "bullet" else "numbered"


class _List(Struct):
    """What is counted together: an abstract list."""

    name: str
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of one file; `style_list` gives the list that a numbering style stands for."""

    def __init__(self, root: Element | None, style_list: Callable[[str], str]) -> None:
        self._lists: dict[str, _List] = {}
        self._instances: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._linked: dict[str, str] = {}
        self._begun: set[tuple[str, int]] = set()
        self._style_list = style_list
        if root is None:
            return
        for abstract in root.iterfind(w("abstractNum")):
            name = abstract.get(w("abstractNumId"), "")
            self._lists[name] = _List(name, _levels(abstract))
            if value(abstract, "numStyleLink"):
                self._linked[name] = value(abstract, "numStyleLink")
        for instance in root.iterfind(w("num")):
            starts, levels = _overrides(instance)
            self._instances[instance.get(w("numId"), "")] = value(instance, "abstractNumId"), starts, levels

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that is bound to a paragraph style; 0 if none is."""
        found = self._abstract(list_id)
        return next((k for k, level in found.levels.items() if level.style == style), 0) if found else 0

    def count(self, list_id: str, level: int) -> Numbered | None:
        """The next item of a list; None where there is no such list."""
        found = self._abstract(list_id)
        if found is None:
            return None
        level = min(max(level, 0), DEEPEST)
        _, starts, own = self._instances[list_id]
        shape = own.get(level) or found.levels.get(level) or Level()
        if (list_id, level) not in self._begun and level in starts:
            found.counts[level] = starts[level]
        else:
            found.counts[level] = found.counts[level] + 1 if level in found.counts else shape.start
        self._begun.add((list_id, level))
        for deeper in [k for k in found.counts if k > level]:
            if (own.get(deeper) or found.levels.get(deeper) or Level()).restarts:
                del found.counts[deeper]
        counted = 0 if shape.form == "bullet" else found.counts[level]
        return Numbered(found.name, level, counted, shape.form, shape.is_bare, shape.indent)

    def _abstract(self, list_id: str, depth: int = 0) -> _List | None:
        if list_id not in self._instances:
            return None
        name = self._instances[list_id][0]
        if name in self._linked and depth < 4:
            return self._abstract(self._style_list(self._linked[name]), depth + 1) or self._lists.get(name)
        return self._lists.get(name)


def _levels(abstract: Element) -> dict[int, Level]:
    return {number(one.get(w("ilvl"), "")): _level(one) for one in abstract.iterfind(w("lvl"))}


def _level(element: Element) -> Level:
    form = value(element, "numFmt") or "decimal"
    text = element.find(w("lvlText"))
    shown = "" if text is None else text.get(VAL, "")
    picture = element.find(w("lvlPicBulletId")) is not None
    is_bare = form == "none" or not (shown.strip() or picture)
    indent = number(value(element, "pPr/ind", w("left")) or value(element, "pPr/ind", w("start")))
    start = number(value(element, "start"), 1 if element.find(w("start")) is not None else 0)
    return Level(form, start, value(element, "lvlRestart") != "0", is_bare, indent, value(element, "pStyle"))


def _overrides(instance: Element) -> tuple[dict[int, int], dict[int, Level]]:
    """What an instance of a list says otherwise: where levels start, and whole levels (17.9.8)."""
    starts, levels = {}, {}
    for override in instance.iterfind(w("lvlOverride")):
        level = number(override.get(w("ilvl"), ""))
        if value(override, "startOverride"):
            starts[level] = number(value(override, "startOverride"), 1)
        whole = override.find(w("lvl"))
        if whole is not None:
            levels[level] = _level(whole)
    return starts, levels
