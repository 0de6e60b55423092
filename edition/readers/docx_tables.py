"""Tables: rows and cells, the merged ones as one.

Knows w:tbl (ECMA-376 part 1, 17.4); what is in a cell is asked of `Work.assemble`.
"""

from __future__ import annotations

from msgspec import Struct, field

from ..xml import ID, LANG, Element, local, tei
from .docx_work import Story, Work
from .docx_xml import CELL, ROW, VAL, P, is_on, number, value, w


class _Table(Struct):
    """A table being made; `spans` has the cell that reaches down into each column of the grid."""

    work: Work
    story: Story
    ordinal: int
    spans: dict[int, Element] = field(default_factory=dict)


def table(element: Element, story: Story, work: Work, ordinal: int) -> Element | None:
    """A w:tbl as <table>; None if it has no cells. `ordinal` is that of the paragraph before it."""
    made = tei("table")
    state = _Table(work, story, ordinal)
    work.spots[made] = (_first(element, state), 1)
    for source in element.iterfind(ROW):
        row = _row(source, state)
        if len(row):
            made.append(row)
    return made if len(made) else None


def _first(element: Element, state: _Table) -> int:
    """The ordinal of the first paragraph in an element."""
    paragraph = next(element.iter(P), None)
    return state.work.ordinals.get(paragraph, state.ordinal) if paragraph is not None else state.ordinal


def _row(source: Element, state: _Table) -> Element:
    properties = source.find(w("trPr"))
    header = None if properties is None else properties.find(w("tblHeader"))
    row = tei("row", {"role": "label" if header is not None and is_on(header) else "data"})
    state.work.spots[row] = (_first(source, state), 1)
    column, reached = number(value(properties, "gridBefore")), []
    for cell in source.iterfind(CELL):
        state.ordinal = _first(cell, state)
        span = max(number(value(cell, "tcPr/gridSpan"), 1), 1)
        blocks = state.work.assemble(cell, Story(state.story.relations, _kind(state.story), state.story.fields))
        above = state.spans.get(column) if _is_continued(cell, "vMerge") else None
        if above is not None:
            if above not in reached:
                reached.append(above)
            _put(above, blocks, state.work)
        elif _is_continued(cell, "hMerge") and len(row):
            row[-1].set("cols", str(number(row[-1].get("cols", "1")) + span))
            _put(row[-1], blocks, state.work)
        else:
            made = tei("cell", {"cols": str(span)} if span > 1 else {})
            state.work.spots[made] = (state.ordinal, 1)
            _put(made, blocks, state.work)
            row.append(made)
            _open(cell, made, column, span, state)
        column += span
    for cell in reached if len(row) else ():
        cell.set("rows", str(number(cell.get("rows", "1")) + 1))
    return row


def _kind(story: Story) -> str:
    return "note" if story.kind == "note" else "cell"


def _is_continued(cell: Element, name: str) -> bool:
    """Whether a cell goes on from the one above (vMerge) or before (hMerge)."""
    merge = cell.find(f"{w('tcPr')}/{w(name)}")
    return merge is not None and merge.get(VAL, "continue") == "continue"


def _open(cell: Element, made: Element, column: int, span: int, state: _Table) -> None:
    """Cells below may go on from this one, or end one that did."""
    begins = cell.find(f"{w('tcPr')}/{w('vMerge')}") is not None
    for covered in range(column, column + span):
        state.spans.pop(covered, None)
    if begins:
        state.spans[column] = made


def _put(cell: Element, blocks: list[Element], work: Work) -> None:
    """Blocks into a cell: a paragraph alone gives its text, several stay paragraphs."""
    if not blocks:
        return
    if len(cell) or cell.text:
        _wrap_text(cell, work)
        cell.extend(blocks)
    elif len(blocks) == 1 and local(blocks[0]) == "p":
        take_over(cell, blocks[0], work)
    else:
        cell.extend(blocks)


def _wrap_text(cell: Element, work: Work) -> None:
    """Text that stands in a cell by itself becomes a paragraph."""
    if any(local(kid) == "p" for kid in cell):
        return
    paragraph = tei("p")
    paragraph.text, cell.text = cell.text, None
    paragraph.extend(list(cell))
    cell.append(paragraph)
    work.spots[paragraph] = work.spots[cell]


def take_over(holder: Element, paragraph: Element, work: Work) -> None:
    """An item or a cell takes the text of its only paragraph."""
    if paragraph.getparent() is holder:
        holder.remove(paragraph)
    holder.text = paragraph.text
    for k, kid in enumerate(list(paragraph)):
        holder.insert(k, kid)
    for name in (ID, LANG):
        if paragraph.get(name) and not holder.get(name):
            holder.set(name, paragraph.get(name, ""))
    work.links.moved[paragraph] = holder
