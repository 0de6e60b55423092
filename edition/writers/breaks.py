"""The print edition's page breaks in a unit of an EPUB: an empty, labelled marker before the first word of each page.

Knows XHTML blocks and words; knows no file and no package. Positions come from book.PageStart, words from flow.py.
EPUB Accessibility 1.1 §3.3; role and label: DPUB-ARIA 1.1, doc-pagebreak.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from ..book import PageStart
from ..words import prepared, spans
from ..xml import Element, local
from .documents import escaped, h, is_heading, safe_id
from .flow import BLOCKS, is_apart

# Where a marker may not be a child: it goes before the element instead.
_CLOSED = frozenset(("ul", "ol", "dl", "table", "thead", "tbody", "tr", "hr"))

Slot = tuple[Element, str]  # an element and which text of it: "text" or "tail"


def marker_id(label: str) -> str:
    return f"page-{escaped(label)}"


def marker(label: str) -> Element:
    """The marker of a page; its label is what a reader is told, so it must not be empty."""
    assert label, "a page without a label"
    return h(
        "span",
        {"epub:type": "pagebreak", "role": "doc-pagebreak", "id": marker_id(label), "aria-label": label},
    )


def mark_pages(
    section: Element,
    starts: Sequence[PageStart],
    make: Callable[[str], Element] = marker,
    id_of: Callable[[str], str] = safe_id,
) -> list[tuple[str, str]]:
    """Put the markers of a unit's pages, given in order, into its section; (label, id) of each, in order.

    Pages before the unit's first word stand at the section's start: blank ones and the one it opens on. A later
    page without words of the text (PageStart.block == "") stands before the next that has some, else at the end.
    `make` makes a marker of a label, `id_of` tells the id of a block in this section.
    """
    if not starts:
        return []
    ids = {element.get("id"): element for element in section.iter() if element.get("id")}
    first = next((element for element in ids.values() if local(element) in BLOCKS and word_places(element)), None)
    waiting: list[str] = []
    opened = False
    for start in starts:
        block = ids.get(id_of(start.block)) if start.block else None
        assert block is not None or not start.block, f"page {start.label}: {start.unit} has no {start.block!r}"
        if not opened and (block is None or (block is first and start.word == 0)):
            _open(section, make(start.label))
            opened = bool(start.unit)
        elif block is None:
            waiting.append(start.label)
        else:
            for label in (*waiting, start.label):
                _place(make(label), block, start.word)
            waiting, opened = [], True
    section.extend(make(label) for label in waiting)
    return [(start.label, marker_id(start.label)) for start in starts]


def _place(page: Element, block: Element, word: int) -> None:
    if is_heading(block) or local(block) in _CLOSED:
        _before(page, _movable(block))
    elif word == 0:
        _open(block, page)
    else:
        places = word_places(block)
        assert word < len(places), f"block {block.get('id')!r} has {len(places)} words, no word {word}"
        _insert(page, *places[word], block)


def _movable(block: Element) -> Element:
    """The element itself, or the list or table it is a bare part of."""
    parent = block.getparent()
    while parent is not None and local(parent) in _CLOSED:
        block, parent = parent, parent.getparent()
    return block


def _open(block: Element, page: Element) -> None:
    """Make `page` the first thing in `block`, after the markers that are there already."""
    last = None if (block.text or "").strip() else _last_of_leading_markers(block)
    if last is None:
        page.tail, block.text = block.text, None
        block.insert(0, page)
    else:
        page.tail, last.tail = last.tail, None
        block.insert(block.index(last) + 1, page)


def _last_of_leading_markers(block: Element) -> Element | None:
    last = None
    for child in block:
        if child.get("role") != "doc-pagebreak":
            break
        last = child
        if (child.tail or "").strip():
            break
    return last


def _before(page: Element, element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element), page)


# --- words of a block


def own_text(block: Element) -> Iterator[tuple[str, Slot]]:
    """Pieces of a block's own text in order, each with the slot it stands in; a line end where words are parted."""
    yield block.text or "", (block, "text")
    for child in block:
        if local(child) == "br" or (local(child) in BLOCKS and not is_apart(child)):
            yield "\n", (child, "tail")
        elif not is_apart(child):
            yield from own_text(child)
        yield child.tail or "", (child, "tail")


def word_places(block: Element) -> list[tuple[Slot, int]]:
    """Where each of a block's own words begins: the slot, and the offset in it."""
    pieces = [(piece, slot) for piece, slot in own_text(block) if piece]
    text = "".join(piece for piece, _ in pieces)
    hidden = {char for char in set(text) if not prepared(char)}  # soft hyphens and the like part no words
    shown = [k for k, char in enumerate(text) if char not in hidden]
    begins = list(accumulate((len(piece) for piece, _ in pieces), initial=0))
    places = []
    for start, _ in spans("".join(text[k] for k in shown)):
        piece = bisect_right(begins, shown[start]) - 1
        places.append((pieces[piece][1], shown[start] - begins[piece]))
    return places


def _insert(page: Element, slot: Slot, offset: int, block: Element) -> None:
    """Put a marker into a text, before the word's opening quotes, or before the inline elements that begin there."""
    element, part = slot
    text = getattr(element, part) or ""
    while offset and unicodedata.category(text[offset - 1]) in ("Pi", "Ps"):
        offset -= 1
    if part == "tail":
        parent = element.getparent()
        assert parent is not None
        element.tail, page.tail = text[:offset] or None, text[offset:] or None
        parent.insert(parent.index(element) + 1, page)
    elif element is not block and not text[:offset].strip():
        _before(page, _outermost_beginning(element, block))
    else:
        element.text, page.tail = text[:offset] or None, text[offset:] or None
        element.insert(0, page)


def _outermost_beginning(inline: Element, block: Element) -> Element:
    """The outermost inline element of the block that begins where `inline` begins."""
    parent = inline.getparent()
    while parent is not None and parent is not block and parent[0] is inline and not (parent.text or "").strip():
        inline, parent = parent, parent.getparent()
    return inline
