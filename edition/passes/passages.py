"""Locators, `id` or `id..id`, as the blocks of the text they stand for: a block, a division with all in it, a range.

Knows facts of units in the order of the book; knows no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ..book import Facts


class Passages(Struct, frozen=True):
    """All targets of the edition in order; for each id where it begins and ends among them; former ids."""

    order: tuple[str, ...]
    extent: dict[str, tuple[int, int]]  # id -> first and last
    aliases: dict[str, str]

    def blocks(self, locator: str) -> frozenset[str]:
        """The ids of what a locator stands for; none where an id is unknown, or a range goes backwards."""
        first, _, last = locator.partition("..")
        start, end = self._extent(first), self._extent(last or first)
        if start is None or end is None or end[1] < start[0]:
            return frozenset()
        return frozenset(self.order[start[0] : end[1] + 1])

    def unknown(self, locator: str) -> list[str]:
        """The ids of a locator that nothing has."""
        return [name for name in locator.split("..") if self._extent(name) is None]

    def _extent(self, name: str) -> tuple[int, int] | None:
        return self.extent.get(self.aliases.get(name, name))


def passages(units: Iterable[Facts]) -> Passages:
    """The passages of a whole edition, of units in order."""
    order: list[str] = []
    extent: dict[str, tuple[int, int]] = {}
    aliases: dict[str, str] = {}
    for unit in units:
        start = len(order)
        order += [target.id for target in unit.targets]
        for number, name in enumerate(order[start:], start):
            extent[name] = (number, number)
        extent |= _divisions(unit, extent, len(order) - 1)
        extent[unit.id] = (start, len(order) - 1)
        aliases |= unit.aliases
    return Passages(tuple(order), extent, aliases)


def _divisions(unit: Facts, extent: dict[str, tuple[int, int]], last: int) -> dict[str, tuple[int, int]]:
    """Each division ends before the next one of its level or a higher one."""
    heads: Sequence[tuple[int, int, str]] = [
        (extent[head.id][0], head.level, head.id) for head in unit.heads if head.id in extent
    ]
    found = {}
    for number, (start, level, name) in enumerate(heads):
        following = (at for at, other, _ in heads[number + 1 :] if other <= level)
        found[name] = (start, next(following, last + 1) - 1)
    return found
