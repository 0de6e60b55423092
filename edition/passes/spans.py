"""A block's own words as one text, and elements put around stretches of it, whatever markup lies between.

Knows trees of the normal form; knows nothing of names or dates.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import chain, takewhile

from ..normal.vocabulary import is_block, is_unread
from ..xml import Element, local

# Stands in the text of a flow where a note or a nested block does: no name and no date runs across it.
GAP = "\x1f"
Make = Callable[[], Element]


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of characters: text[start:end] of the flow is item `index` of `container`'s content."""

    start: int
    end: int
    container: Element
    index: int


@dataclass(frozen=True, slots=True)
class Flow:
    """The text of a block without its notes and nested blocks, and where each character of it stands."""

    text: str
    pieces: tuple[Piece, ...]


def content(element: Element) -> list[str | Element]:
    """Text and children of an element in order, beginning and ending with text: [text, child, text, child, text]."""
    items: list[str | Element] = [element.text or ""]
    for kid in element:
        items += [kid, kid.tail or ""]
    return items


def set_content(element: Element, items: list[str | Element]) -> None:
    """Make `items` the whole content of an element."""
    for kid in list(element):
        kid.tail = None
        element.remove(kid)
    element.text = ""
    for item in items:
        if not isinstance(item, str):
            item.tail = ""
            element.append(item)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + item
        else:
            element.text += item


def flow(block: Element) -> Flow:
    """The flow of a block."""
    texts: list[str] = []
    pieces: list[Piece] = []

    def gather(container: Element) -> None:
        for index, item in enumerate(content(container)):
            start = pieces[-1].end if pieces else 0
            if isinstance(item, str):
                if item:
                    texts.append(item)
                    pieces.append(Piece(start, start + len(item), container, index))
            elif is_unread(item):
                continue
            elif is_block(item) or local(item) == "":
                texts.append(GAP)
                pieces.append(Piece(start, start + 1, container, index))
            elif local(item) == "lb":
                texts.append("\n")
                pieces.append(Piece(start, start + 1, container, index))
            else:
                gather(item)

    gather(block)
    return Flow("".join(texts), tuple(pieces))


def covered(block: Element, names: Collection[str]) -> list[tuple[int, int]]:
    """The stretches of a block's flow that stand in elements of these names."""

    def is_within(piece: Piece) -> bool:
        above = chain((piece.container,), piece.container.iterancestors())
        return any(local(element) in names for element in takewhile(lambda element: element is not block, above))

    return [(piece.start, piece.end) for piece in flow(block).pieces if is_within(piece)]


def wrap(block: Element, start: int, end: int, make: Make) -> None:
    """Put an element made by `make` around characters start…end of the block's flow.

    Markup that lies wholly within is taken in. Markup that the stretch enters but does not cover is kept whole by
    wrapping each run of characters apart.
    """
    pieces = [p for p in flow(block).pieces if p.end > start and p.start < end]
    common = _common(pieces, start, end, block)
    if common is not None:
        _wrap_items(*common, make)
        return
    for piece in reversed(pieces):
        if isinstance(content(piece.container)[piece.index], str):
            first, last = max(start, piece.start) - piece.start, min(end, piece.end) - piece.start
            _wrap_items(piece.container, (piece.index, first), (piece.index, last), make)


Edge = tuple[int, int]  # index of an item in a container's content, offset of a character in it


def _common(pieces: list[Piece], start: int, end: int, block: Element) -> tuple[Element, Edge, Edge] | None:
    """The element that holds both ends, climbing only out of elements that the stretch covers from or to their edge."""
    head, tail = pieces[0], pieces[-1]
    left: tuple[Element, Edge] = (head.container, (head.index, start - head.start))
    right: tuple[Element, Edge] = (tail.container, (tail.index, end - tail.start))
    lefts, rights = [left], [right]
    while (up := _climb(lefts[-1], before=True)) is not None and lefts[-1][0] is not block:
        lefts.append(up)
    while (up := _climb(rights[-1], before=False)) is not None and rights[-1][0] is not block:
        rights.append(up)
    for container, edge in lefts:
        for other, other_edge in rights:
            if other is container:
                return container, edge, other_edge
    return None


def _climb(edge: tuple[Element, Edge], *, before: bool) -> tuple[Element, Edge] | None:
    """The same edge seen from the parent, if nothing of the container lies outside it; else None."""
    container, (index, offset) = edge
    items = content(container)
    outside = items[:index] if before else items[index + 1 :]
    here = items[index]
    rest = (here[:offset] if before else here[offset:]) if isinstance(here, str) else ""
    if rest or any(item != "" for item in outside):
        return None
    parent = container.getparent()
    if parent is None:
        return None
    at = content(parent).index(container)
    return parent, (at, 0) if before else (at, 1)


def _wrap_items(container: Element, start: Edge, end: Edge, make: Make) -> None:
    items = content(container)
    (first, from_), (last, to) = start, end
    inner = items[first : last + 1]
    before: list[str | Element] = items[:first]
    after: list[str | Element] = items[last + 1 :]
    if isinstance(inner[-1], str):
        after.insert(0, inner[-1][to:])
        inner[-1] = inner[-1][:to]
    if isinstance(inner[0], str):
        before.append(inner[0][:from_])
        inner[0] = inner[0][from_:]
    element = make()
    set_content(container, [*before, element, *after])
    set_content(element, inner)
