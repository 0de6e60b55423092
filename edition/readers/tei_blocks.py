"""Divisions, paragraphs and quotations of a TEI source, and the signs between them.

Knows the work and the normal form; lists and tables are in tei_lists, figures in tei_figures, verse, drama and letters
in tei_genres, what stands within a block in tei_phrases.
"""

from __future__ import annotations

from ..xml import Element, local, tei
from .tei_elements import DIVS, TITLE_PARTS
from .tei_noting import among_blocks, orphan
from .tei_phrases import anchor, gap, milestone, page_break
from .tei_pieces import Flow
from .tei_rend import as_token, placing
from .tei_source import line, one_line
from .tei_work import BlockHandler, Work

# Where a <div> may stand, and what opens or closes one.
_DIVISIONS = ("body", "div")
_HEADED = ("div", "body", "lg", "list", "table", "figure", "castList", "castGroup", "spGrp", "argument", "postscript")


# --- divisions and heads


def _div(work: Work, kid: Element, flow: Flow) -> None:
    """A division; where none may stand, its content."""
    if local(flow.parent) not in _DIVISIONS:
        work.waiting += [name for name in (work.source.id(kid),) if name]
        work.fill_wrapped(kid, flow, work.wrapper(kid))
        return
    kind = as_token(kid.get("type", ""))
    made = work.block(kid, "div", {**({"type": kind} if kind else {}), **_number(kid)})
    inner = work.flow(made, kid)
    work.fill(kid, inner)
    inner.flush()
    for note in kid:
        if note in work.plan.orphans:
            orphan(work, note, inner)
    if any(local(one) != "head" for one in made) or (len(made) and not _held_only_notes(work, kid)):
        flow.append(made)
    elif len(made):
        work.said.count(
            "tei-left-out", line(kid), f"the head “{one_line(made)}” of notes that went to their places is left out"
        )


def _held_only_notes(work: Work, kid: Element) -> bool:
    names = {work.source.name(one) for one in work.source.kids(kid)}
    return "note" in names or "noteGrp" in names


def _number(kid: Element) -> dict[str, str]:
    number = " ".join(kid.get("n", "").split())
    return {"n": number} if number else {}


def _head(work: Work, kid: Element, flow: Flow) -> None:
    """A head; a second right behind the first is another line of it; elsewhere it is a line of its own."""
    before = [one for one in flow.parent if local(one) not in ("opener", "epigraph", "argument")]
    heads_only = all(local(one) == "head" for one in before)
    if flow.run is not None or local(flow.parent) not in _HEADED or not heads_only:
        work.text_block(kid, work.block(kid, "ab", {"type": "head"}), flow)
        return
    if not before:
        made = work.block(kid, "head")
        out = flow.phrases(made)
        work.phrases(kid, out)
        if out.end():
            flow.parent.insert(0, made)
    elif before[-1] is flow.parent[-1]:
        out = flow.phrases(before[-1])
        out.point(tei("lb"))
        work.keep_id(kid, before[-1])
        work.phrases(kid, out)
        out.end()
    else:
        work.text_block(kid, work.block(kid, "ab", {"type": "head"}), flow)


# --- paragraphs


def _paragraph(work: Work, kid: Element, flow: Flow) -> None:
    placed = placing(kid, work.renditions)
    made = work.block(kid, "p", {"rend": placed} if placed else {})
    work.text_block(kid, made, flow, cuttable=True)


def _anonymous(work: Work, kid: Element, flow: Flow) -> None:
    kind = as_token(kid.get("type", ""))
    work.text_block(kid, work.block(kid, "ab", {"type": kind} if kind else {}), flow, cuttable=True)


def _named_block(work: Work, kid: Element, flow: Flow) -> None:
    """A block that keeps its name as the type of an <ab>."""
    name = work.source.name(kid)
    work.text_block(kid, work.block(kid, "ab", {"type": name}), flow, cuttable=True)


def _title_part(work: Work, kid: Element, flow: Flow) -> None:
    kind = TITLE_PARTS[work.source.name(kid)]
    if kind == "title" and kid.get("type", "main") in ("sub", "desc", "alt", "short", "volume", "part"):
        kind = "subtitle"
    if kind in ("imprint", "byline") and work.holds_blocks(kid) and not _loose_text(kid):
        work.fill(kid, flow)
        return
    work.text_block(kid, work.block(kid, "ab", {"type": kind}), flow, cuttable=not _holds_title_parts(work, kid))


def _loose_text(kid: Element) -> bool:
    return bool(((kid.text or "") + "".join(one.tail or "" for one in kid)).strip())


def _holds_title_parts(work: Work, kid: Element) -> bool:
    return any(work.source.name(one) in TITLE_PARTS for one in kid.iterdescendants())


def _through(work: Work, kid: Element, flow: Flow) -> None:
    """A group whose name says nothing here: its content."""
    work.waiting += [name for name in (work.source.id(kid),) if name]
    flow.flush()
    work.fill(kid, flow)
    flow.flush()


# --- quotations


def _quote(work: Work, kid: Element, flow: Flow) -> None:
    name = work.source.name(kid)
    if name == "said":
        _through(work, kid, flow)
        return
    made = work.block(kid, "quote", {} if name == "quote" else {"type": name})
    _fill_box(work, kid, made, flow)


def _fill_box(work: Work, kid: Element, made: Element, flow: Flow) -> None:
    """A container of blocks; phrases in it are one paragraph."""
    inner = work.flow(made, kid)
    if work.holds_blocks(kid) or local(made) == "epigraph" or made.get("type") in ("epigraph", "cit"):
        work.fill(kid, inner)
    else:
        work.text_block(kid, work.wrapper(kid)(), inner, cuttable=True)
    inner.flush()
    if len(made):
        flow.append(made)


def _citation(work: Work, kid: Element, flow: Flow) -> None:
    """A quotation and where it is from: one quotation, its source the last line."""
    made = work.block(kid, "quote")
    inner = work.flow(made, kid)
    if _loose_text(kid):
        work.fill(kid, inner)
    else:
        _cited(work, kid, inner)
    inner.flush()
    if len(made):
        flow.append(made)


def _cited(work: Work, kid: Element, inner: Flow) -> None:
    for part in work.source.kids(kid):
        if work.source.name(part) in ("quote", "q") and not len(inner.parent):
            _merge_quote(work, part, inner)
        else:
            work.block_kid(part, inner)


def _merge_quote(work: Work, part: Element, inner: Flow) -> None:
    if work.holds_blocks(part):
        _through(work, part, inner)
    else:
        work.text_block(part, work.wrapper(part)(), inner, cuttable=True)


def _source_line(work: Work, kid: Element, flow: Flow) -> None:
    """A bibliographic reference by itself: where what stands above it is from."""
    made = work.block(kid, "ab", {"type": "source"})
    out = flow.phrases(made)
    work.write(kid, tei("bibl"), out)
    if out.end():
        flow.append(made)


def _epigraph(work: Work, kid: Element, flow: Flow) -> None:
    name = work.source.name(kid)
    made = work.block(kid, name) if local(flow.parent) in _DIVISIONS else work.block(kid, "quote", {"type": name})
    _fill_box(work, kid, made, flow)


def _floating_text(work: Work, kid: Element, flow: Flow) -> None:
    """A text within the text: its front, body and back, one after another."""
    made, body = work.block(kid, "floatingText"), tei("body")
    kind = as_token(kid.get("type", ""))
    if kind:
        made.set("type", kind)
    made.append(body)
    inner = work.flow(body, kid)
    for zone in work.source.kids(kid):
        work.fill(zone, inner) if work.source.name(zone) in ("front", "body", "back") else work.block_kid(zone, inner)
        inner.flush()
    if len(body):
        flow.append(made)


# --- signs between blocks


def _break(work: Work, kid: Element, flow: Flow) -> None:
    """A break in the text; a sign of a place in a book, or a break where none may stand, goes into the next text."""
    made = milestone(work, kid)
    if flow.run is not None:
        flow.run.point(made)
    elif made.get("unit") == "section" and local(flow.parent) in (
        "div",
        "body",
        "quote",
        "epigraph",
        "note",
        "item",
        "cell",
    ):
        flow.append(made)
    else:
        work.pending.append(made)


def _page(work: Work, kid: Element, flow: Flow) -> None:
    if flow.run is not None:
        flow.run.point(page_break(work, kid))
    else:
        work.pending.append(page_break(work, kid))


def _line_break(work: Work, kid: Element, flow: Flow) -> None:
    if flow.run is not None:
        work.phrase_kid(kid, flow.run)


def _anchor(work: Work, kid: Element, flow: Flow) -> None:
    if work.source.id(kid) in work.pointed_at:
        work.pending.append(anchor(work, kid))


def _gap(work: Work, kid: Element, flow: Flow) -> None:
    made = work.block(kid, "ab", {"type": "gap"})
    out = flow.phrases(made)
    out.point(gap(work, kid))
    out.end()
    flow.append(made)


def _nothing(work: Work, kid: Element, flow: Flow) -> None:
    if flow.run is not None:
        flow.run.text(" ")


def _note(work: Work, kid: Element, flow: Flow) -> None:
    if kid not in work.plan.orphans:
        among_blocks(work, kid, flow)
    elif work.source.name(kid.getparent()) not in DIVS:  # type: ignore[arg-type]
        orphan(work, kid, flow)


TABLE: dict[str, BlockHandler] = {
    **dict.fromkeys(DIVS, _div), **dict.fromkeys(TITLE_PARTS, _title_part),
    **dict.fromkeys(("q", "quote", "said"), _quote), **dict.fromkeys(("epigraph", "argument"), _epigraph),
    **dict.fromkeys(("milestone", "cb", "gb"), _break), **dict.fromkeys(("bibl", "biblStruct"), _source_line),
    **dict.fromkeys(("text", "front", "body", "back", "group", "titlePage", "docTitle", "set", "performance",
                     "prologue", "epilogue", "noteGrp", "listAnnotation"), _through),
    "head": _head, "p": _paragraph, "ab": _anonymous, "cit": _citation, "floatingText": _floating_text,
    "label": _named_block, "pb": _page, "lb": _line_break, "anchor": _anchor, "gap": _gap,
    "space": _nothing, "note": _note,
}  # fmt: skip
