"""A block's own words as one text, and elements put around stretches of it, whatever markup lies between.

Knows trees of the normal form; knows nothing of names or dates.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import chain, groupby, takewhile

from msgspec import Struct

from ..normal.vocabulary import is_block, is_unread
from ..xml import Element, all_named, local, tei, tei_at

# Stands in the text of a flow where a note, a nested block or a reference without words does: no name and no date
# runs across it, and the spaces beside it are two.
GAP = "\x1f"
# A line's end within a word: as invisible as a soft hyphen.
_UNBROKEN = "\u00ad"
# Elements that stand on a line of their own within their block: no name runs into them either.
_LINES = frozenset(("addrLine", "dateline", "salute", "signed"))
Make = Callable[[], Element]
Stretch = tuple[int, int, str, Mapping[str, str]]
"""Where it starts and ends in a flow, the name of the TEI element to be put around it, and its attributes."""


class Piece(Struct):  # not frozen: a book has millions
    """One run of characters: text[start:end] of the flow is item `index` of `container`'s content."""

    start: int
    end: int
    container: Element
    index: int


class Flow(Struct, frozen=True):
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
    if not len(block):  # most paragraphs of most books
        own = block.text or ""
        return Flow(own, (Piece(0, len(own), block, 0),) if own else ())
    found = _Gathered()
    found.gather(block)
    return Flow("".join(found.texts), tuple(found.pieces))


class _Gathered:
    """A flow while it is gathered."""

    __slots__ = ("end", "pieces", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self.end = 0

    def put(self, text: str, container: Element, index: int) -> None:
        start = self.end
        self.end = start + len(text)
        self.texts.append(text)
        self.pieces.append(Piece(start, self.end, container, index))

    def gather(self, container: Element) -> None:
        if text := container.text:
            self.put(text, container, 0)
        for n, kid in enumerate(container, 1):
            if not is_unread(kid):
                self.gather_kid(kid, container, 2 * n - 1)
            if text := kid.tail:
                self.put(text, container, 2 * n)

    def gather_kid(self, kid: Element, container: Element, index: int) -> None:
        name = local(kid)
        if name in ("", "ptr") or is_block(kid):
            self.put(GAP, container, index)
        elif name == "lb":
            self.put(_UNBROKEN if kid.get("break") == "no" else "\n", container, index)
        elif name in _LINES:
            self.end_line(container, index)
            self.gather(kid)
            self.end_line(container, index)
        else:
            self.gather(kid)

    def end_line(self, container: Element, index: int) -> None:
        if self.texts and self.texts[-1] != GAP:
            self.put(GAP, container, index)


def covered(block: Element, names: Collection[str]) -> list[tuple[int, int]]:
    """The stretches of a block's flow that stand in elements of these names."""
    if not len(block) or next(all_named(block, *names), None) is None:
        return []

    def is_within(piece: Piece) -> bool:
        above = chain((piece.container,), piece.container.iterancestors())
        return any(local(element) in names for element in takewhile(lambda element: element is not block, above))

    return [(piece.start, piece.end) for piece in flow(block).pieces if is_within(piece)]


def stretches(block: Element, names: Collection[str]) -> list[tuple[Element, int, int]]:
    """The elements of these names within a block, each with where its words stand in the block's flow."""
    found: dict[Element, tuple[int, int]] = {}
    for piece in flow(block).pieces if next(all_named(block, *names), None) is not None else ():
        above = chain((piece.container,), piece.container.iterancestors())
        for element in takewhile(lambda element: element is not block, above):
            if local(element) in names:
                found[element] = (found.get(element, (piece.start, 0))[0], piece.end)
    return [(element, start, end) for element, (start, end) in found.items()]


def wrap_all(block: Element, found: Flow, stretches: Sequence[Stretch]) -> None:
    """Put TEI elements around many stretches of a block at once, in order and apart from one another; `found` is its
    flow."""
    starts = [piece.start for piece in found.pieces]
    grouped = [(n, list(some)) for n, some in groupby(stretches, lambda one: bisect_right(starts, one[0]) - 1)]
    for n, some in reversed(grouped):
        piece = found.pieces[n]
        if some[-1][1] > piece.end or text_at(piece.container, piece.index) is None:
            start, end, name, told = some.pop()
            wrap(block, start, end, partial(tei, name, told))
        if some:
            _put_in(piece, some)


def text_at(container: Element, index: int) -> str | None:
    """The text that is item `index` of an element's content; None where that is an element."""
    if index % 2:
        return None
    return (container.text if index == 0 else container[index // 2 - 1].tail) or ""


def set_text_at(container: Element, index: int, text: str) -> None:
    """Make that text another one."""
    if index == 0:
        container.text = text
    else:
        container[index // 2 - 1].tail = text


def _put_in(piece: Piece, stretches: Sequence[Stretch]) -> None:
    """Put elements around stretches of one text, which has no markup."""
    own = text_at(piece.container, piece.index) or ""
    container, n = piece.container, piece.index // 2
    ends = [*(start for start, *_ in stretches[1:]), piece.start + len(own)]
    set_text_at(container, piece.index, own[: stretches[0][0] - piece.start])
    for k, ((start, end, name, told), stop) in enumerate(zip(stretches, ends, strict=True), n):
        made = tei_at(container, k, name, told)
        made.text, made.tail = own[start - piece.start : end - piece.start], own[end - piece.start : stop - piece.start]


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


def insert(block: Element, offset: int, element: Element, undivided: Collection[str] = ()) -> None:
    """Put an element into a block, behind the character before `offset` of its flow and the markup that ends there;
    behind the whole of an element that is not to be divided."""
    piece = next((p for p in flow(block).pieces if p.start < offset <= p.end), None)
    if piece is None:
        set_content(block, ["", element, *content(block)])
        return
    edge: tuple[Element, Edge] = (piece.container, (piece.index, offset - piece.start))
    around = takewhile(lambda above: above is not block, (piece.container, *piece.container.iterancestors()))
    for whole in [above for above in around if local(above) in undivided]:
        edge = (whole, (len(content(whole)) - 1, len(content(whole)[-1])))
    while edge[0] is not block and (up := _climb(edge, before=False)) is not None:
        edge = up
    container, (index, at) = edge
    items = content(container)
    here = items[index]
    if isinstance(here, str):
        items[index : index + 1] = [here[:at], element, here[at:]]
    else:
        items.insert(index + 1, element)
    set_content(container, items)


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
