"""Units: the outermost chapter-like divs of a source, in order; a source without divs is one unit.

Knows trees as readers give them; knows no other unit.
"""

from __future__ import annotations

from copy import deepcopy

from msgspec import Struct

from ..normal.vocabulary import blocks
from ..xml import ID, Element, child, local, tei


class Unit(Struct, frozen=True):
    """A unit cut from its source: `first` is the ordinal, in the source's tree, of its first block as read."""

    key: str
    tree: Element
    first: int


def units(path: str, body: Element, title: str = "", by: str = "") -> list[Unit]:
    """The units of a source's <body>, each a <div> of its own.

    Blocks before the first div are a unit without head; `title`, of edition.yaml, heads a first unit that has none, and
    `by` is said under its head.
    """
    kids = [kid for kid in body if local(kid)]
    divs = [kid for kid in kids if local(kid) == "div"]
    loose = kids[: kids.index(divs[0])] if divs else kids
    order = list(blocks(body))
    found: list[Unit] = []
    if loose:
        holder = tei("div", {}, *(_cut(kid) for kid in loose))
        # The holder is no block of the source: it counts as the one before its first.
        found.append(Unit(f"{path}#0", holder, _first(order, loose) - 1))
    for div in divs:
        found.append(Unit(f"{path}#{len(found)}", _cut(div), _first(order, [div])))
    if found and title and child(found[0].tree, "head") is None:
        found[0].tree.insert(0, made_head(title))
        found[0] = Unit(found[0].key, found[0].tree, found[0].first - 1)
    if found and by:
        heads = [kid for kid in found[0].tree if local(kid) == "head"]
        found[0].tree.insert(len(heads), tei("byline", {"resp": "#edition"}, by))
    return found


def made_head(title: str) -> Element:
    """A head that edition.yaml gives, not the source: @resp says so, and its words are not the source's."""
    return tei("head", {"resp": "#edition"}, title)


def _first(order: list[Element], kids: list[Element]) -> int:
    held = {id(element) for kid in kids for element in blocks(kid)}
    return next((n for n, element in enumerate(order) if id(element) in held), 0)


def _cut(element: Element) -> Element:
    copy = deepcopy(element)
    copy.tail = None
    return copy


def id_of(tree: Element) -> str:
    """The id of a unit: that of its div."""
    return tree.get(ID, "")
