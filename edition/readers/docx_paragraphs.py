"""The paragraphs and tables of a story in order, each with its role: what docx_blocks makes blocks of.

Knows w:p and what stands between paragraphs (ECMA-376 part 1, 17.3.1); knows no block of TEI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..xml import Element, local
from .docx_fields import Field
from .docx_inline import Inline
from .docx_numbering import Numbered
from .docx_pieces import Piece, trimmed
from .docx_styles import ParagraphStyle
from .docx_tables import table
from .docx_work import Story, Work
from .docx_xml import PPR, RPR, TABLE, P, T, number, value, w

_STARS = re.compile(r"(?:[*⁂✻✽❦•·~#◦]\s*)+|(?:[-–—_=]\s*){3,}")
_OMITTED = {
    "omit-contents": "table of contents made by Word", "omit-index": "index made by Word", "omit": "as edition.yaml says",
}  # fmt: skip
# A field that is left out ends with its paragraphs: if its end is lost, not the whole text may go with it.
_LONG = ("table of contents made by Word", "index made by Word", "table of authorities made by Word")


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it was read. `continues`: it belongs to the item of a list before it."""

    ordinal: int
    role: str
    style: ParagraphStyle
    pieces: list[Piece]
    names: list[str]
    numbered: Numbered | None = None
    indent: int = 0  # twentieths of a point
    sequence: str = ""
    continues: bool = False
    has_left_out: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.content for piece in self.pieces if isinstance(piece.content, str))

    @property
    def level(self) -> int:
        """Of a heading: 0 for a title, 1 … for the rest; -1 for all else."""
        if self.role == "title":
            return 0
        return int(self.role[4:]) if self.role.startswith("head") else -1


@dataclass(slots=True)
class Made:
    """An element that is ready: a table, a figure, a block of a text box. `of`: the paragraph it was tied to."""

    element: Element
    ordinal: int
    of: Paragraph | None = None


@dataclass(slots=True)
class Blank:
    """An empty paragraph. `is_rule`: with a line or asterisks in it."""

    ordinal: int
    is_rule: bool = False


Item = Paragraph | Made | Blank


@dataclass(slots=True)
class _Carried:
    """What goes on to the next paragraph: bookmarks, breaks, a dropped initial."""

    names: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def items(container: Element, story: Story, work: Work) -> list[Item]:
    """Everything that stands in w:body, a note, a cell or a text box."""
    return list(_continued(list(_items(container, story, work, _Carried()))))


def _items(container: Element, story: Story, work: Work, carried: _Carried) -> Iterator[Item]:
    ordinal = 0
    for kid in container:
        if kid.tag == P:
            ordinal = work.ordinals[kid]
            yield from _paragraph(kid, ordinal, story, work, carried)
        elif kid.tag == TABLE:
            made = table(kid, story, work, ordinal)
            if made is not None:
                yield Made(made, work.spots[made][0])
        elif kid.tag == w("bookmarkStart"):
            carried.names.append(kid.get(w("name"), ""))
        elif kid.tag == w("altChunk"):
            work.told.tally("docx-object", ordinal, "a text put in from another file (altChunk)")
        elif kid.tag not in (PPR, w("sectPr"), w("tcPr")) and next(kid.iter(T), None) is not None:
            if next(kid.iter(P), None) is None:
                continue
            work.told.tally("docx-unknown", ordinal, str(kid.tag).rpartition("}")[2])
            yield from _items(kid, story, work, carried)


def _paragraph(element: Element, ordinal: int, story: Story, work: Work, carried: _Carried) -> Iterator[Item]:
    properties = element.find(PPR)
    style = work.styles.paragraph(value(properties, "pStyle"))
    role = _role(style, properties)
    if role.startswith(("head", "title")) and any(found.left_out in _LONG for found in story.fields):
        story.fields.clear()
    content = _content(element, role, style, ordinal, story, work)
    numbered = _numbered(properties, style, work)
    indent = number(_indent(properties, "left") or _indent(properties, "start"), style.indent)
    indent += max(number(_indent(properties, "firstLine")), 0)
    pieces = [*carried.pieces, *content.pieces]
    names = [*carried.names, *content.names]
    found = Paragraph(
        ordinal, role, style, pieces, names, numbered, indent, content.sequence, has_left_out=content.has_left_out
    )
    is_empty = all(_is_empty(piece) for piece in content.pieces)
    if (is_empty and not content.after) or _is_dropped(properties):
        carried.names, carried.pieces = names, [p for p in pieces if not is_empty or local_break(p)]
        if is_empty and not (content.has_left_out and not content.has_rule):
            yield Blank(ordinal, content.has_rule)
        return
    carried.names, carried.pieces = [], []
    found.pieces = pieces if role == "verse" else trimmed(pieces)
    if role not in ("verse", "lines") and not numbered and _STARS.fullmatch(found.text.strip()) and story.kind == "body":
        if all(isinstance(piece.content, str) for piece in found.pieces) and not content.after:
            carried.names = names
            yield Blank(ordinal, True)
            return
    yield from _with_figures(found, is_empty, content.after, carried)


def _content(element: Element, role: str, style: ParagraphStyle, ordinal: int, story: Story, work: Work):  # type: ignore[no-untyped-def]
    return None
