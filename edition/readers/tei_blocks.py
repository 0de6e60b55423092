"""Divisions, paragraphs, quotations, lists, tables and figures of a TEI source.

Knows the work and the normal form; verse, drama and letters are in tei_genres,
what stands within a block in tei_phrases.
"""

from __future__ import annotations

import textwrap

from lxml import etree

from ..xml import Element, local, tei
from .tei_elements import DIVS, PLACES, RECORD_PARTS, REGISTERS, TITLE_PARTS
from .tei_noting import among_blocks, orphan
from .tei_phrases import anchor, gap, milestone, page_break
from .tei_pieces import Flow
from .tei_rend import as_token, placing
from .tei_source import EXAMPLES, line, plain
from .tei_work import BlockHandler, Work

# Where a <div> may stand, and what opens or closes one.
_DIVISIONS = ("body", "div")
_HEADED = ("div", "body", "lg", "list", "table", "figure", "castList", "castGroup", "spGrp", "argument", "postscript")
_NUMBERED = ("ordered", "numbered", "numeric", "ol", "number", "numbers")
_UNMARKED = ("simple", "unmarked", "none", "plain")


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
            "tei-left-out", line(kid), f"the head “{_said(made)}” of notes that went to their places is left out"
        )


def _held_only_notes(work: Work, kid: Element) -> bool:
    names = {work.source.name(one) for one in work.source.kids(kid)}
    return "note" in names or "noteGrp" in names


def _said(element: Element) -> str:
    return " ".join(plain(element).split())


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
    for part in work.source.kids(kid):
        if work.source.name(part) in ("quote", "q") and not len(made):
            _merge_quote(work, part, inner)
        else:
            work.block_kid(part, inner)
    inner.flush()
    if len(made):
        flow.append(made)


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


# --- lists


def _list(work: Work, kid: Element, flow: Flow) -> None:
    said = {word.lower() for word in f"{kid.get('type', '')} {kid.get('rend', '')}".split()}
    labelled = any(work.source.name(one) == "label" for one in work.source.kids(kid))
    rend = (
        "gloss" if labelled else "numbered" if said & {*_NUMBERED} else "simple" if said & {*_UNMARKED} else "bulleted"
    )
    made = tei("list", {"rend": rend})
    work.keep_id(kid, made)
    inner = work.flow(made, kid)
    for part in work.source.kids(kid):
        name = work.source.name(part)
        if name == "label":
            work.text_block(part, work.block(part, "label"), inner)
        elif name == "item":
            _item(work, part, inner)
        elif name in ("head", "pb", "lb", "note", "milestone", "anchor", "gap", "cb"):
            work.block_kid(part, inner)
        else:
            _item_around(work, part, inner)
    _paired(work, made, kid)
    if len(made):
        flow.append(made)


def _item(work: Work, kid: Element, flow: Flow) -> None:
    made = work.block(kid, "item")
    if work.holds_blocks(kid):
        inner = work.flow(made, kid)
        work.fill(kid, inner)
        inner.flush()
        if len(made):
            flow.append(made)
    else:
        work.text_block(kid, made, flow)


def _item_around(work: Work, kid: Element, flow: Flow) -> None:
    """What stands in a list and is no item becomes one."""
    made = work.wrapper(kid, "item")()
    inner = work.flow(made, kid)
    work.block_kid(kid, inner)
    inner.flush()
    if len(made):
        flow.append(made)


def _paired(work: Work, made: Element, kid: Element) -> None:
    """In a list with labels every item has one."""
    if made.get("rend") != "gloss":
        return
    for one in list(made):
        before, behind = one.getprevious(), one.getnext()
        if local(one) == "item" and (before is None or local(before) != "label"):
            one.addprevious(work.wrapper(kid, "label")())
        elif local(one) == "label" and (behind is None or local(behind) != "item"):
            one.addnext(work.wrapper(kid, "item")())


def _records(work: Work, kid: Element, flow: Flow) -> None:
    """A register that is text: a list, of each record a line for each thing told of it."""
    name = work.source.name(kid)
    made = tei("list", {"rend": "simple", "type": "bibliography" if name == "listBibl" else name})
    work.keep_id(kid, made)
    inner = work.flow(made, kid)
    for entry in work.source.kids(kid):
        if work.source.name(entry) == "head":
            work.block_kid(entry, inner)
        else:
            _record(work, entry, inner)
    if len(made):
        flow.append(made)


def _record(work: Work, entry: Element, flow: Flow) -> None:
    name = work.source.name(entry)
    made = work.block(entry, "item")
    if name in ("bibl", "biblStruct", "biblFull"):
        out = flow.phrases(made)
        work.write(entry, tei("bibl"), out)
        if out.end():
            flow.append(made)
        return
    inner = work.flow(made, entry)
    for part in work.source.kids(entry) if name in RECORD_PARTS else (entry,):
        if work.holds_blocks(part) or work.source.name(part) in REGISTERS:
            work.block_kid(part, inner)
        else:
            work.text_block(part, work.wrapper(part)(), inner)
        inner.flush()
    if len(made):
        flow.append(made)


# --- tables


def _table(work: Work, kid: Element, flow: Flow) -> None:
    made = work.block(kid, "table")
    inner = work.flow(made, kid)
    after: list[Element] = []
    for part in work.source.kids(kid):
        name = work.source.name(part)
        if name == "row":
            _row(work, part, inner)
        elif name in ("head", "pb", "lb", "note", "anchor"):
            work.block_kid(part, inner)
        else:
            after.append(part)
    if len(made):
        flow.append(made)
    for part in after:
        work.block_kid(part, flow)


def _row(work: Work, kid: Element, flow: Flow) -> None:
    made = work.block(kid, "row", _role(kid))
    inner = work.flow(made, kid)
    for part in work.source.kids(kid):
        if work.source.name(part) == "cell":
            _cell(work, part, inner)
        else:
            work.block_kid(part, inner)
    for stray in [one for one in made if local(one) != "cell"]:
        made.remove(stray)
        made.append(_cell_around(work, stray, kid))
    if len(made):
        flow.append(made)


def _cell_around(work: Work, stray: Element, kid: Element) -> Element:
    cell = work.wrapper(kid, "cell")()
    cell.append(stray)
    return cell


def _cell(work: Work, kid: Element, flow: Flow) -> None:
    spans = {
        name: kid.get(name, "")
        for name in ("cols", "rows")
        if kid.get(name, "").isdigit() and int(kid.get(name, "")) > 1
    }
    made = work.block(kid, "cell", {**_role(kid), **spans})
    if work.holds_blocks(kid):
        inner = work.flow(made, kid)
        work.fill(kid, inner)
        inner.flush()
    else:
        out = flow.phrases(made)
        work.phrases(kid, out)
        out.end()
    flow.append(made)


def _role(kid: Element) -> dict[str, str]:
    return {"role": "label"} if kid.get("role") in ("label", "head", "header") else {}


# --- figures, examples


def _figure(work: Work, kid: Element, flow: Flow) -> None:
    """Images come later; heads, descriptions and texts are carried over."""
    made = work.block(kid, "figure")
    inner = work.flow(made, kid)
    described = ""
    for part in work.source.kids(kid):
        name = work.source.name(part)
        if name == "figDesc":
            described = f"{described} {_said(part)}".strip()
        elif name == "graphic":
            work.say_image(part)
            made.append(tei("graphic", {"url": _address(part.get("url", ""))}))
        else:
            work.block_kid(part, inner)
    inner.flush()
    _put_in_order(made, described)
    if len(made):
        flow.append(made)


def _put_in_order(figure: Element, described: str) -> None:
    """graphic, head, figDesc, blocks; heads beyond the first are blocks."""
    heads = [one for one in figure if local(one) == "head"]
    graphics = [one for one in figure if local(one) == "graphic"]
    rest = [one for one in figure if local(one) not in ("head", "graphic")]
    said = [tei("figDesc", {}, described)] if described else []
    for one in (*graphics, *heads[:1], *said, *rest):
        figure.append(one)


def _address(url: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in ' <>"{}|\\^`' else c for c in url.strip())


def _example(work: Work, kid: Element, flow: Flow) -> None:
    """Code, with its lines; of an example of markup, the markup."""
    made = work.block(kid, "ab", {"type": "code"})
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text = _markup(kid) if work.source.name(kid) == "egXML" else plain(kid)
    text = textwrap.dedent(text.expandtabs().strip("\n")).strip("\n ").rstrip()
    if text.strip():
        out = flow.phrases(made, preserved=True)
        out.text(text)
        out.end()
        flow.append(made)


def _markup(example: Element) -> str:
    """What stands in an example of markup, as it is written, without declarations of namespaces."""
    text = etree.tostring(example, encoding="unicode", with_tail=False)
    inner = text[text.index(">") + 1 : text.rindex("<")] if "</" in text else ""
    return inner.replace(f' xmlns="{EXAMPLES}"', "").replace(' xmlns:xml="http://www.w3.org/XML/1998/namespace"', "")


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


def _image(work: Work, kid: Element, flow: Flow) -> None:
    work.say_image(kid)


TABLE: dict[str, BlockHandler] = {
    **dict.fromkeys(DIVS, _div), **dict.fromkeys(TITLE_PARTS, _title_part), **dict.fromkeys(REGISTERS, _records),
    **dict.fromkeys(("q", "quote", "said"), _quote), **dict.fromkeys(("eg", "egXML"), _example),
    **dict.fromkeys(("epigraph", "argument"), _epigraph), **dict.fromkeys(("milestone", "cb", "gb"), _break),
    **dict.fromkeys(("text", "front", "body", "back", "group", "titlePage", "docTitle", "set", "performance",
                     "prologue", "epilogue", "noteGrp", "listAnnotation"), _through),
    "head": _head, "p": _paragraph, "ab": _anonymous, "cit": _citation, "bibl": _source_line,
    "biblStruct": _source_line, "floatingText": _floating_text, "list": _list, "item": _item_around,
    "label": _named_block, "address": _named_block, "table": _table, "figure": _figure, "pb": _page,
    "lb": _line_break, "anchor": _anchor, "gap": _gap, "space": _nothing, "note": _note, "graphic": _image,
}  # fmt: skip
assert PLACES
