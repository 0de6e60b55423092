"""markdown-it with our rules, and the way from an offset in a block's content back to line and column.

Knows tokens; knows no tree. What leaves here is markdown-it's token stream, each token with its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct

from . import markdown_blocks, markdown_inline
from .markdown_attributes import BRACES, attributes
from .reading import Spot

_CLOSING = re.compile(r"(?:^|(?<=[ \t]))#+[ \t]*$")


class Source(Struct, frozen=True):
    """Where the content of a block stands in its file: for each line of it, offset, line number, and what to add to
    an offset in that line to get its column."""

    starts: tuple[int, ...]
    line: int
    shifts: tuple[int, ...]

    def spot(self, offset: int) -> Spot:
        """Line and column of an offset in the content."""
        index = bisect_right(self.starts, offset) - 1
        return self.line + index, offset - self.starts[index] + self.shifts[index] + 1


class _Parser(MarkdownIt):
    """markdown-it that leaves addresses as they are written; the tree judges them."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


@cache
def _parser() -> MarkdownIt:
    md = _Parser("commonmark", {"maxNesting": 100})
    markdown_blocks.install(md)
    markdown_inline.install(md)
    md.core.ruler.before("inline", "sources", _sources)
    return md


def parsed(text: str) -> tuple[list[Token], dict[str, Any]]:
    """Tokens of a text whose lines end with \\n, and markdown-it's definitions of link labels."""
    env: dict[str, Any] = {"lines": text.split("\n")}
    return _parser().parse(text, env), env


def _sources(state: StateCore) -> None:
    """Give each block's content its Source, then take the braces off the ends of headings."""
    lines: list[str] = state.env["lines"]
    for before, token in zip(state.tokens, state.tokens[1:], strict=False):
        if "cell" in token.meta:
            line, column = token.meta["cell"]
            token.meta["source"] = Source((0,), line, (column - 1,))
        elif token.type == "inline" and token.map:
            written = lines[token.map[0] : token.map[1]]
            if before.markup.startswith("#"):
                written = [_CLOSING.sub("", line) for line in written]
            token.meta["source"] = _source(token.content, written, token.map[0] + 1)
            if before.type == "heading_open":
                _take_braces(before, token)


def _source(content: str, written: list[str], line: int) -> Source:
    """Each line of the content is the end of a line written: only marks of blocks around it are cut off, at its front.

    markdown-it also trims wide spaces off the content as a whole, and with them whole first lines of nothing else.
    """
    pieces = content.split("\n")
    first = pieces[0].rstrip()
    dropped = next((n for n, source in enumerate(written) if source.rstrip().endswith(first)), 0)
    starts, shifts, offset = [], [], 0
    for n, (piece, source) in enumerate(zip(pieces, written[dropped:], strict=False), 1):
        starts.append(offset)
        is_last = n == len(pieces)
        shifts.append(len(source.rstrip()) - len(piece.rstrip()) if is_last else len(source) - len(piece))
        offset += len(piece) + 1
    return Source(tuple(starts), line + dropped, tuple(shifts))


def _take_braces(heading: Token, inline: Token) -> None:
    """`Heading {#id short="…"}`: braces at the end of a heading are the heading's."""
    content = inline.content
    start = content.rfind("{")
    while start > 0 and not BRACES.fullmatch(content, start):
        start = content.rfind("{", 0, start)
    if start < 0 or not BRACES.fullmatch(content, start) or _belongs_to_words(content[:start]):
        return
    heading.meta["attributes"] = attributes(content[start:])
    heading.meta["braces"] = inline.meta["source"].spot(start)
    inline.content = _CLOSING.sub("", content[:start].rstrip()).rstrip()


def _belongs_to_words(before: str) -> bool:
    """Whether braces behind this are those of [words], or escaped."""
    return before.endswith("]") or (len(before) - len(before.rstrip("\\"))) % 2 == 1
