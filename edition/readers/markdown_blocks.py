"""Rules for markdown-it's block parser: footnote definitions, lines of braces, ::: fences, a limit, and places.

Knows lines of Markdown; knows no inline mark and no tree. What is wrong becomes a token "complaint".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt, rules_block
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from . import markdown_fences, markdown_tables
from .markdown_attributes import BRACES, Complaint, attributes
from .reading import Spot

Rule = Callable[[StateBlock, int, int, bool], bool]

# Block elements within one another; a list and its item count as two.
DEEPEST = 32
DEFINITION = re.compile(r"\[\^([^\s\[\]]+)\]:[ \t]*")

# markdown-it's own rules, with the blocks that each may interrupt (CommonMark 0.31.2, chapters 4 and 5).
_OWN: dict[str, tuple[Rule, list[str]]] = {
    "table": (markdown_tables.table, ["paragraph", "reference"]),
    "code": (rules_block.code, []),
    "fence": (rules_block.fence, ["paragraph", "reference", "blockquote", "list"]),
    "blockquote": (rules_block.blockquote, ["paragraph", "reference", "blockquote", "list"]),
    "hr": (rules_block.hr, ["paragraph", "reference", "blockquote", "list"]),
    "list": (rules_block.list_block, ["paragraph", "reference", "blockquote"]),
    "reference": (rules_block.reference, []),
    "html_block": (rules_block.html_block, ["paragraph", "reference", "blockquote"]),
    "heading": (rules_block.heading, ["paragraph", "reference", "blockquote"]),
    "lheading": (rules_block.lheading, []),
    "paragraph": (rules_block.paragraph, []),
}


def install(md: MarkdownIt) -> None:
    """Give a parser these rules. Every block's first token then has its Spot in meta["at"]."""
    ruler = md.block.ruler
    for name, (rule, may_interrupt) in _OWN.items():
        ruler.at(name, _placed(rule), {"alt": may_interrupt})
    for name, rule, may_interrupt in (
        ("too_deep", _too_deep, []),
        ("line_of_braces", _line_of_braces, []),
        ("colon_fence", markdown_fences.fence, ["paragraph", "reference"]),
        ("footnote", _footnote, ["paragraph", "reference", "blockquote", "list"]),
    ):
        ruler.before("table", name, _placed(rule), {"alt": may_interrupt})
    md.enable("table")


def _placed(rule: Rule) -> Rule:
    """The rule, telling where the block it finds begins, and each item if it is a list."""

    def run(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        before, begin = len(state.tokens), _begin(state, line)
        if not rule(state, line, end, silent):
            return False
        made = state.tokens[before:]
        for token in made[:1]:
            token.meta["at"] = _spot(state, line, begin)
        for token in made if made and made[0].type.endswith("list_open") else ():
            if token.type == "list_item_open" and token.level == made[0].level + 1 and token.map:
                token.meta["at"] = _spot(state, token.map[0], _begin(state, token.map[0]))
        return True

    return run


def _spot(state: StateBlock, line: int, offset: int) -> Spot:
    return line + 1, offset - state.src.rfind("\n", 0, offset)


def _begin(state: StateBlock, line: int) -> int:
    """Offset of a line's first character that is neither blank nor the mark of a block around it."""
    return state.bMarks[line] + state.tShift[line]


def complain(token: Token, complaint: Complaint) -> None:
    """Make a token say what is wrong at its place."""
    token.meta["complaint"] = complaint


def _too_deep(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    if silent or state.level < DEEPEST:
        return False
    text = f"quotations or lists within one another, {DEEPEST} deep"
    complain(state.push("complaint", "", 0), Complaint("markdown-nesting", text, "is it meant as text? write \\>"))
    state.line = end
    return True


def _line_of_braces(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """`{#id}` alone on a line that begins a block: it belongs to the block that begins on the next line."""
    if silent or state.is_code_block(line):
        return False
    written = state.src[_begin(state, line) : state.eMarks[line]].rstrip()
    if not BRACES.fullmatch(written):
        return False
    token = state.push("braces", "", 0)
    token.map = [line, line + 1]
    token.meta["attributes"] = attributes(written)
    state.line = line + 1
    return True


def _footnote(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """`[^label]: text`; further paragraphs are indented by four spaces."""
    match = DEFINITION.match(state.src, _begin(state, line), state.eMarks[line])
    if match is None or state.is_code_block(line):
        return False
    if silent:
        return True
    token = state.push("footnote_open", "", 1)
    token.meta["label"] = match[1]
    kept = state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType
    state.blkIndent += 4
    state.bMarks[line], state.tShift[line], state.sCount[line] = match.end(), 0, state.blkIndent
    state.parentType = "footnote"
    state.md.block.tokenize(state, line, end)
    state.blkIndent -= 4
    state.bMarks[line], state.tShift[line], state.sCount[line], state.parentType = kept
    token.map = [line, state.line]
    state.push("footnote_close", "", -1)
    return True
