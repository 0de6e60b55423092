"""The order in a division: what may open it, blocks, inner divisions, what may close it (TEI P5, 4.2; edition.rng).

What stands elsewhere in the source stays there, as a block that says by its type what it was.
Knows the normal form; knows no source.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

from ..xml import Element, local, tei
from .reading import Spot

_OPENING = ("opener", "epigraph", "argument")
_CLOSING = ("closer", "trailer", "postscript", "epigraph", "argument")
_FLOATING = ("milestone", "figure")
_BOXES = ("epigraph", "argument", "postscript")


def in_order(root: Element, spots: MutableMapping[Element, Spot]) -> None:
    """Put every division, postscript and text within the text in order."""
    for holder in [one for one in root.iter() if local(one) in ("body", "div", "postscript")]:
        _settle(holder)
        if local(holder) != "postscript":
            _wrap_after_divisions(holder, spots)


def _settle(holder: Element) -> None:
    kids = [kid for kid in holder if local(kid) != "head"]
    opening = _count_while(kids, _OPENING)
    rest = kids[opening:]
    closing = len(rest) - _count_while(rest[::-1], _CLOSING)
    if not any(_is_content(kid) for kid in rest[:closing]) and closing < len(rest):
        closing += 1  # what would close a division that has nothing in it is its content
    for kid in rest[:closing]:
        if local(kid) in (*_OPENING, *_CLOSING):
            demote(kid)


def _count_while(kids: list[Element], names: tuple[str, ...]) -> int:
    return next((n for n, kid in enumerate(kids) if local(kid) not in names), len(kids))


def _is_content(kid: Element) -> bool:
    return local(kid) not in (*_FLOATING, *_OPENING, *_CLOSING)


def demote(element: Element) -> None:
    """Make what opens or closes a division a block that may stand anywhere."""
    name = local(element)
    if name in _BOXES:
        element.tag = tei("quote").tag
        for kid in element:
            if local(kid) in ("head", "opener", "closer"):
                _as_ab(kid)
    else:
        _as_ab(element)
    element.set("type", name)


def _as_ab(element: Element) -> None:
    name = local(element)
    element.tag = tei("ab").tag
    element.set("type", name)
    for part in element:
        if local(part) in ("dateline", "salute", "signed"):
            kind = local(part)
            part.tag = tei("seg").tag
            part.set("type", kind)


def _wrap_after_divisions(holder: Element, spots: MutableMapping[Element, Spot]) -> None:
    """Blocks that come after inner divisions are a division of their own, without a head."""
    seen, open_ = False, None
    closing = _count_while(list(holder)[::-1], _CLOSING)
    for kid in list(holder)[: len(holder) - closing]:
        if local(kid) == "div":
            seen, open_ = True, None
        elif seen:
            if open_ is None:
                open_ = tei("div")
                kid.addprevious(open_)
                spots[open_] = spot_near(kid, spots)
            open_.append(kid)


def spot_near(element: Element, spots: Mapping[Element, Spot]) -> Spot:
    """The place of an element, or of the first within it whose place is known."""
    return next((spots[one] for one in element.iter() if one in spots), (1, 1))
