"""Verse, drama and letters of a TEI source (TEI P5, chapters 6 and 7; 4.2 for what opens and closes a division).

Knows the work and the normal form; divisions, paragraphs and quotations are in tei_blocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..xml import Element, local, tei
from .tei_elements import GREETINGS
from .tei_names import who
from .tei_pieces import Flow
from .tei_rend import as_token, placing
from .tei_work import BlockHandler, Work

_PARTS = ("I", "M", "F")
# What may be said in a speech; what else stands in one ends it.
_SPOKEN = ("p", "ab", "l", "lg", "stage", "quote", "list", "table", "floatingText")
_OPENING = ("head", "opener", "epigraph", "argument")


def _described(kid: Element, *names: str) -> dict[str, str]:
    """Some attributes of an element of the source, those that can be told in a word."""
    found = {name: " ".join(kid.get(name, "").split()) for name in names}
    found = {name: value if name == "n" else as_token(value) for name, value in found.items()}
    return {name: value for name, value in found.items() if value}


# --- verse


def _line(work: Work, kid: Element, flow: Flow) -> None:
    """A line of verse; one that several share says which part of it this is."""
    placed = placing(kid, work.renditions)
    attributes = {**_described(kid, "n"), **({"rend": placed} if placed else {})}
    if kid.get("part") in _PARTS:
        attributes["part"] = kid.get("part", "")
    work.text_block(kid, work.block(kid, "l", attributes), flow, cuttable=True)


def _group(work: Work, kid: Element, flow: Flow) -> None:
    placed = placing(kid, work.renditions)
    made = work.block(kid, "lg", {**_described(kid, "type", "n"), **({"rend": placed} if placed else {})})
    _fill(work, kid, made, flow, "l", ("head", "l", "lg", "stage"))


def _fill(work: Work, kid: Element, made: Element, flow: Flow, wrap: str, accepts: tuple[str, ...]) -> None:
    """A container that takes some blocks only; where another comes it ends, and goes on behind."""
    inner = work.flow(made, kid, wrap)
    inner.outer, inner.accepts = flow, accepts
    work.fill(kid, inner)
    inner.flush()
    if all(local(one) == "head" for one in inner.parent):
        for head in list(inner.parent):
            flow.append(_as_block(work, head, "head"))
        return
    inner.end()


def _as_block(work: Work, element: Element, kind: str) -> Element:
    """An element of a kind that stands where TEI has none: a block of that type."""
    element.tag = tei("ab").tag
    element.set("type", kind)
    return element


# --- drama


def _speech(work: Work, kid: Element, flow: Flow) -> None:
    """A speech. What TEI has not in one goes before, between or behind; a second speaker begins a second speech."""
    made = work.block(kid, "sp", who(work.registers, kid))
    inner = work.flow(made, kid)
    work.fill(kid, inner)
    inner.flush()
    for one in _parted(work, made):
        flow.append(one)


def _parted(work: Work, made: Element) -> Iterator[Element]:
    kids, first = list(made), True
    open_: Element | None = None
    for kid in kids:
        made.remove(kid)
    for kid in kids:
        name = local(kid)
        if name == "speaker" or (name in _SPOKEN and open_ is None and name != "stage"):
            yield from _closed(work, open_)
            open_ = made if first else tei("sp", dict(made.attrib))
            first = False
        elif name not in _SPOKEN or open_ is None:
            yield from _closed(work, open_)
            open_ = None
            yield kid
            continue
        open_.append(kid)
    yield from _closed(work, open_)


def _closed(work: Work, speech: Element | None) -> Iterator[Element]:
    """A speech, if something is said in it; else its speaker."""
    if speech is None:
        return
    if len(speech) == 1 and local(speech[0]) == "speaker":
        yield _as_block(work, speech[0], "speaker")
    else:
        yield speech


def _speaker(work: Work, kid: Element, flow: Flow) -> None:
    if local(flow.parent) == "sp":
        work.text_block(kid, work.block(kid, "speaker"), flow)
    else:
        work.text_block(kid, work.block(kid, "ab", {"type": "speaker"}), flow, cuttable=True)


def _stage(work: Work, kid: Element, flow: Flow) -> None:
    work.text_block(kid, work.block(kid, "stage", _described(kid, "type")), flow)


def _speeches(work: Work, kid: Element, flow: Flow) -> None:
    _fill(work, kid, work.block(kid, "spGrp"), flow, "p", ("head", "sp"))


def _cast(work: Work, kid: Element, flow: Flow) -> None:
    _fill(work, kid, work.block(kid, "castList"), flow, "castItem", ("head", "castItem", "castGroup"))


def _cast_group(work: Work, kid: Element, flow: Flow) -> None:
    if local(flow.parent) in ("castList", "castGroup"):
        _fill(work, kid, work.block(kid, "castGroup"), flow, "castItem", ("head", "castItem", "castGroup"))
    else:
        _cast(work, kid, flow)


def _cast_item(work: Work, kid: Element, flow: Flow) -> None:
    if local(flow.parent) in ("castList", "castGroup"):
        work.text_block(kid, work.block(kid, "castItem"), flow)
    else:
        work.text_block(kid, work.block(kid, "ab", {"type": "castItem"}), flow, cuttable=True)


# --- letters, and what else opens or closes a division


def _opener(work: Work, kid: Element, flow: Flow) -> None:
    _opening_or_closing(work, kid, flow, work.source.name(kid))


def _opening_or_closing(work: Work, kid: Element, flow: Flow, name: str) -> None:
    if local(flow.parent) in ("body", "div", "postscript"):
        work.text_block(kid, work.block(kid, name), flow)
    else:
        work.text_block(kid, work.block(kid, "ab", {"type": name}), flow, cuttable=True)


def _greeting(work: Work, kid: Element, flow: Flow) -> None:
    """A greeting by itself: what opens a division, or closes it."""
    if flow.run is None and local(flow.parent) in ("body", "div", "postscript"):
        last = flow.parent[-1] if len(flow.parent) else None
        opens = all(local(one) in _OPENING for one in flow.parent)
        if last is not None and local(last) == ("opener" if opens else "closer"):
            work.phrase_kid(kid, flow.phrases(last))
            return
        made = work.wrapper(kid, "opener" if opens else "closer")()
        out = flow.phrases(made)
        work.phrase_kid(kid, out)
        if out.end():
            flow.append(made)
    else:
        work.text_block(kid, work.block(kid, "ab", {"type": work.source.name(kid)}), flow, cuttable=True)


def _postscript(work: Work, kid: Element, flow: Flow) -> None:
    if local(flow.parent) in ("body", "div"):
        made = work.block(kid, "postscript")
    else:
        made = work.block(kid, "quote", {"type": "postscript"})
    inner = work.flow(made, kid)
    work.fill(kid, inner)
    inner.flush()
    if all(local(one) in ("opener", "closer", "head") for one in made):
        for one in list(made):  # a date or a signature by itself closes the letter
            one.tag = tei("ab" if local(one) == "head" or local(made) == "quote" else "closer").tag
            flow.append(one)
    else:
        flow.append(made)


def _trailer(work: Work, kid: Element, flow: Flow) -> None:
    _opening_or_closing(work, kid, flow, "trailer")


_HANDLERS: dict[str, Callable[[Work, Element, Flow], None]] = {
    "l": _line, "lg": _group, "sp": _speech, "speaker": _speaker, "stage": _stage, "spGrp": _speeches,
    "castList": _cast, "castGroup": _cast_group, "castItem": _cast_item, "opener": _opener, "closer": _opener,
    "postscript": _postscript, "trailer": _trailer, **dict.fromkeys(sorted(GREETINGS), _greeting),
}  # fmt: skip
TABLE: dict[str, BlockHandler] = _HANDLERS
