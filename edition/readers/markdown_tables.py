"""Tables of Markdown, `| a | b |`: where every row and cell stands, and cells for which their table has no column.

Knows tokens; knows no tree. An extension of CommonMark as GitHub specifies it (GFM 0.29, 4.10).
"""

from __future__ import annotations

from itertools import zip_longest

from markdown_it import rules_block
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from ..patterns import late
from .markdown_attributes import Complaint
from .reading import Spot

_BAR = late(r"(?<!\\)\|")


def table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """markdown-it's rule, which leaves out cells beyond the last column; here they are complained of.

    Each row has its @role in meta["role"]; rows and cells have their Spots in meta["at"], contents of cells in
    meta["cell"].
    """
    before = len(state.tokens)
    if not rules_block.table(state, line, end, silent):
        return False
    row: list[Token] = []
    for token in state.tokens[before:]:
        if token.type == "tr_open":
            row = [token]
        elif token.type in ("th_open", "td_open", "inline"):
            row.append(token)
        elif token.type == "tr_close":
            _placed(row, _cells(state, row[0]))
    return True


def _cells(state: StateBlock, row: Token) -> list[tuple[Spot, str]]:
    """Where the cells of a row stand, and what is written in them."""
    assert row.map is not None
    line = row.map[0]
    start, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    margin = state.src.rfind("\n", 0, start) + 1
    found, at = [], start
    for edge in [*(bar.start() for bar in _BAR.finditer(state.src, start, end)), end]:
        written = state.src[at:edge]
        lead = len(written) - len(written.lstrip())
        found.append(((line + 1, at + lead - margin + 1), written.strip()))
        at = edge + 1
    if not found[0][1]:
        found.pop(0)
    if found and not found[-1][1]:
        found.pop()
    return found


def _placed(row: list[Token], cells: list[tuple[Spot, str]]) -> None:
    last = cells[-1][0] if cells else (0, 0)
    row[0].meta["role"] = "label" if row[1].type == "th_open" else "data"
    row[0].meta["at"] = cells[0][0] if cells else last
    opens, contents = row[1::2], row[2::2]
    for opened, content, cell in zip_longest(opens, contents, cells):
        if opened is None:
            text = "this row has more cells than the table has columns"
            hint = r"add a column to its first two lines, or write \| for a | that is text"
            row[0].meta["complaint"], row[0].meta["beyond"] = Complaint("markdown-table", text, hint), cell[0]
            return
        opened.meta["at"] = content.meta["cell"] = cell[0] if cell else last
