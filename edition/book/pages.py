"""Pages of print. Frozen types, and nothing that acts on them."""

from __future__ import annotations

from msgspec import Struct, field


class PageStart(Struct, frozen=True):
    """Where a page of print begins: its label, the unit, and the first word that stands on it.

    `block` is an id of the text and `word` counts that block's own words from 0; a word divided over two pages
    belongs to the page it begins on. A page without words of the text (blank, or notes only) has block "".
    """

    label: str
    unit: str
    block: str
    word: int


class PageFacts(Struct, frozen=True):
    """What a laid-out unit tells: how many pages, the page (from 0) of every id, the first word of every page, and
    where notes are numbered by the page what number each has, by its id and all ids within it."""

    pages: int
    ids: dict[str, int]
    starts: tuple[tuple[str, int], ...]
    words: tuple[int, ...]  # words of the main flow on each page
    notes: dict[str, str] = field(default_factory=dict)


class PageMap(Struct, frozen=True):
    """The pages of the reference print edition: labels in order, the page (from 0) of every id, all page starts."""

    labels: tuple[str, ...]
    ids: dict[str, int]
    starts: tuple[PageStart, ...]

    def label(self, target: str) -> str:
        """The label of the page an id stands on; "" for an id that has no page."""
        page = self.ids.get(target)
        return "" if page is None else self.labels[page]
