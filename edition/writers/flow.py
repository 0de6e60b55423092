"""The main flow of a unit: to which word of which block each of its letters belongs.

Knows XHTML elements and words; knows no layout. Counts as book.PageStart does: a block's own words are those of its
text without nested blocks, without note references and notes, without inline text made by the tool.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from msgspec import Struct, field

from ..words import spans
from ..xml import Element, local

BLOCKS = frozenset(
    ("section", "div", "header", "nav", "article", "aside", "figure", "figcaption", "blockquote", "p", "pre", "hr")
    + ("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "td", "th", "caption")
    + ("h1", "h2", "h3", "h4", "h5", "h6")
)
NOTE = "note"  # class of the element that holds a note's text, once it stands in the flow
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"

Mark = tuple[str, int]  # block, and word of the block; block "" where the block has no id


class Node(Protocol):
    """An element of lxml or of the standard library alike."""

    @property
    def tag(self) -> Any: ...
    @property
    def attrib(self) -> Any: ...


def letters(text: str) -> int:
    """How many letters, digits and marks a text has: what hyphens, spaces and line ends leave as they are."""
    return sum(end - start for start, end in spans(text))


def is_apart(element: Node) -> bool:
    """Whether an element's text is no part of the flow it stands in."""
    classes = element.attrib.get("class", "").split()
    block = str(element.tag).rpartition("}")[2] in BLOCKS
    return NOTE in classes or "noteref" in classes or ("data-made" in element.attrib and not block)


class _Counter(Struct):
    """The words of one block so far, and whether the last letter's word may go on."""

    block: str
    count: int = 0
    open: bool = False


class Flow(Struct):
    """A unit's main flow: the mark of every letter, in order."""

    marks: list[Mark] = field(default_factory=list)

    def start(self, first: int, end: int) -> Mark:
        """The first word that begins among the letters `first` to `end`; ("", 0) if none does."""
        return next((self.marks[k] for k in self._beginnings(first, end) if self.marks[k][0]), ("", 0))

    def words(self, first: int, end: int) -> int:
        """How many words begin there."""
        return sum(1 for _ in self._beginnings(first, end))

    def _beginnings(self, first: int, end: int) -> Iterator[int]:
        return (k for k in range(first, end) if k == 0 or self.marks[k] != self.marks[k - 1])


def flow_of(root: Element) -> Flow:
    """The flow of a unit's section, or of one note."""
    flow = Flow()
    _walk(root, _Counter(root.get("id") or ""), flow)
    return flow


def _walk(element: Element, counter: _Counter, flow: Flow) -> None:
    _count(element.text, counter, flow)
    for child in element:
        if local(child) == "br":
            counter.open = False
        elif is_apart(child):
            pass
        elif local(child) in BLOCKS:
            counter.open = False
            _walk(child, _Counter(child.get("id") or ""), flow)
        else:
            _walk(child, counter, flow)
        _count(child.tail, counter, flow)


def _count(text: str | None, counter: _Counter, flow: Flow) -> None:
    text, before = text or "", 0
    for start, end in spans(text):
        if _parts(text[before:start]):
            counter.open = False
        counter.count += not counter.open
        counter.open = True
        flow.marks += [(counter.block, counter.count - 1)] * (end - start)
        before = end
    if _parts(text[before:]):
        counter.open = False


def _parts(between: str) -> bool:
    """Whether what stands between two runs of letters makes two words of them."""
    return bool(between.strip(_INVISIBLE))
