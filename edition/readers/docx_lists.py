"""Lists within lists, made of paragraphs that come one after the other with a level each.

Knows numbered paragraphs and TEI; knows nothing of WordprocessingML.
"""

from __future__ import annotations

from msgspec import Struct

from ..xml import Element, local, tei
from .docx_elements import filled
from .docx_numbering import Numbered
from .docx_paragraphs import Paragraph
from .docx_tables import take_over
from .docx_work import Work


class _Open(Struct):
    element: Element
    last: Numbered


class Lists:
    """The lists that are open, outermost first."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._open: list[_Open] = []
        self._items: list[Element] = []

    @property
    def item(self) -> Element | None:
        """The item that is being filled."""
        return self._open[-1].element[-1] if self._open else None

    def add(self, paragraph: Paragraph, numbered: Numbered, parent: Element) -> None:
        """An item in the list where it belongs; `parent` gets a list that begins at the outermost level."""
        while self._open and self._open[-1].last.level > numbered.level:
            self._open.pop()
        if self._open and self._open[-1].last.level == numbered.level and not _goes_on(self._open[-1].last, numbered):
            self._open.pop()
        if not self._open or self._open[-1].last.level < numbered.level:
            self._begin(numbered, parent)
        self._open[-1].last = numbered
        self._tell(paragraph, numbered)
        item = tei("item")
        self._work.spots[item] = (paragraph.ordinal, 1)
        item.append(filled("p", paragraph, self._work))
        self._open[-1].element.append(item)
        self._items.append(item)

    def _begin(self, numbered: Numbered, parent: Element) -> None:
        attributes = {"rend": numbered.rend}
        if numbered.rend == "numbered" and numbered.value != 1:
            attributes["n"] = str(numbered.value)
        made = tei("list", attributes)
        (parent if self.item is None else self.item).append(made)
        self._open.append(_Open(made, numbered))

    def _tell(self, paragraph: Paragraph, numbered: Numbered) -> None:
        if numbered.form not in ("bullet", "decimal", "decimalZero", "none"):
            self._work.told.tally("item number", paragraph.ordinal, numbered.form)

    def close(self) -> None:
        """No list goes on from here. An item that holds one paragraph, and lists at most, takes its text."""
        for item in self._items:
            first = item[0]
            if local(first) == "p" and all(local(kid) == "list" for kid in item[1:]):
                take_over(item, first, self._work)
        self._open.clear()
        self._items.clear()


def _goes_on(before: Numbered, now: Numbered) -> bool:
    return before.rend == now.rend and (now.rend == "bulleted" or now.value == before.value + 1)
