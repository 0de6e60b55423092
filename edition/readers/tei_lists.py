"""Lists, registers that are text, and tables of a TEI source.

Knows the work and the normal form; a list's items are told apart by what they are called there.
"""

from __future__ import annotations

from ..xml import Element, local, tei
from .tei_elements import RECORD_PARTS, REGISTERS
from .tei_pieces import Flow
from .tei_work import BlockHandler, Work

_NUMBERED = ("ordered", "numbered", "numeric", "ol", "number", "numbers")
_UNMARKED = ("simple", "unmarked", "none", "plain")


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


def _stray_item(work: Work, kid: Element, flow: Flow) -> None:
    """An item outside a list."""
    if work.holds_blocks(kid):
        work.fill_wrapped(kid, flow, work.wrapper(kid))
    else:
        work.text_block(kid, work.block(kid, "ab", {"type": "item"}), flow, cuttable=True)


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
        if work.source.name(part) == "note" and work.holds_blocks(part):
            work.fill(part, inner)  # what a record tells of itself is no note to a text
        elif work.holds_blocks(part) or work.source.name(part) in REGISTERS:
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
    work.keep_loose(kid, "row", inner.loose)
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


TABLE: dict[str, BlockHandler] = {
    **dict.fromkeys(REGISTERS, _records), "list": _list, "item": _stray_item, "table": _table,
}  # fmt: skip
