"""The paragraphs and tables of a story in order, each with its role: what docx_blocks makes blocks of.

Knows w:p and what stands between paragraphs (ECMA-376 part 1, 17.3.1); knows no block of TEI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct, field

from ..xml import Element, local
from .docx_fields import Field
from .docx_inline import Content, Inline
from .docx_numbering import Numbered
from .docx_pieces import Piece, is_blank, trimmed
from .docx_styles import ParagraphStyle
from .docx_tables import table
from .docx_work import Story, Work
from .docx_xml import PPR, TABLE, P, T, number, value, w

_STARS = re.compile(r"(?:[*⁂✻✽❦•·~#◦]\s*)+|(?:[-–—_=]\s*){3,}")
_OMITTED = {
    "omit-contents": "table of contents made by Word",
    "omit-index": "index made by Word",
    "omit": "as edition.yaml says",
}
# Fields over many paragraphs. If the end of one is lost, not the whole text may go with it.
_LONG = ("table of contents made by Word", "index made by Word", "table of authorities made by Word")
_LEAST_INDENT = 300  # twentieths of a point, from which on a paragraph may belong to the item before it


class Paragraph(Struct):
    """A paragraph as it was read. `continues`: it belongs to the item of a list before it."""

    ordinal: int
    role: str
    style: ParagraphStyle
    pieces: list[Piece]
    names: list[str]
    numbered: Numbered | None = None
    left: int = 0  # how far it is set in, and its first line beyond that; in twentieths of a point
    first: int = 0
    sequence: str = ""
    continues: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.content for piece in self.pieces if isinstance(piece.content, str))

    @property
    def indent(self) -> int:
        return self.left + self.first

    @property
    def level(self) -> int:
        """Of a heading: 0 for a title, 1 … for the rest; -1 for all else."""
        if self.role == "title":
            return 0
        return int(self.role[4:]) if self.role.startswith("head") else -1


class Made(Struct):
    """An element that is ready: a table, a figure, a block of a text box. `of`: the paragraph it was tied to."""

    element: Element
    ordinal: int
    of: Paragraph | None = None


class Blank(Struct):
    """An empty paragraph. `is_rule`: with a line or asterisks in it."""

    ordinal: int
    is_rule: bool = False


Item = Paragraph | Made | Blank


class _Carried(Struct):
    """What goes on to the next paragraph: bookmarks and page breaks of an empty one, a dropped initial."""

    names: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def items(container: Element, story: Story, work: Work) -> list[Item]:
    """Everything that stands in w:body, a note, a cell or a text box."""
    found = list(_items(container, story, work, _Carried()))
    _continue(found)
    return found


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
            work.told.tally("object", ordinal, "a text put in from another file (altChunk)")
        elif next(kid.iter(T), None) is not None and next(kid.iter(P), None) is not None:
            work.told.tally("unknown", ordinal, str(kid.tag).rpartition("}")[2])
            yield from _items(kid, story, work, carried)


def _paragraph(element: Element, ordinal: int, story: Story, work: Work, carried: _Carried) -> Iterator[Item]:
    properties = _properties(element)
    style = work.styles.paragraph(value(properties.get(w("pStyle"))))
    role = _role(style, properties)
    if role.startswith(("head", "title")) and any(found.left_out in _LONG for found in story.fields):
        story.fields.clear()
    content = _content(element, role, style, ordinal, story, work)
    numbered = _numbered(properties, style, work)
    pieces, names = [*carried.pieces, *content.pieces], [*carried.names, *content.names]
    carried.pieces, carried.names = [], []
    if _is_dropped(properties):
        carried.pieces, carried.names = pieces, names
    elif all(is_blank(piece) or _is_page_break(piece) for piece in pieces):
        carried.pieces = [piece for piece in pieces if _is_page_break(piece)]
        if content.after:
            _name(names, content.after[0], work)
            yield from (Made(made, ordinal) for made in content.after)
        else:
            carried.names = names
            if content.has_rule or not content.has_left_out:
                yield Blank(ordinal, content.has_rule)
    else:
        left, first = _indent(properties, style)
        kept = pieces if role == "verse" else trimmed(pieces)
        found = Paragraph(ordinal, role, style, kept, names, numbered, left, first, content.sequence)
        _tell(found, content, work)
        yield from _whole(found, content, story, carried)


def _whole(found: Paragraph, content: Content, story: Story, carried: _Carried) -> Iterator[Item]:
    """A paragraph that has something in it, and what is tied to it."""
    only_text = all(isinstance(piece.content, str) for piece in found.pieces)
    if found.role == "break" or (
        story.kind == "body" and only_text and found.role == "p" and _STARS.fullmatch(found.text.strip())
    ):
        carried.names = found.names
        yield Blank(found.ordinal, True)
        return
    yield found
    yield from (Made(made, found.ordinal, found) for made in content.after)


def _tell(found: Paragraph, content: Content, work: Work) -> None:
    if not found.style.mapped and found.level < 0:
        work.told.tally("style", found.ordinal, found.style.name)
    if found.level > 0 and found.numbered is not None and not found.numbered.is_bare:
        work.told.tally("heading number", found.ordinal)
    for made in content.after:
        if local(made) == "figure":
            work.told.tally("image", found.ordinal)


def _name(names: list[str], element: Element, work: Work) -> None:
    for name in names:
        work.links.place(name, element)


def _content(element: Element, role: str, style: ParagraphStyle, ordinal: int, story: Story, work: Work) -> Content:
    inline = Inline(work, story, style, ordinal)
    reason = _OMITTED.get(role, "")
    if not reason:
        inline.walk(element)
        return inline.finished()
    around = Field(is_showing=True, left_out=reason)
    story.fields.append(around)
    inline.walk(element)
    if around in story.fields:
        story.fields.remove(around)
    return inline.finished()


# --- what a paragraph's properties say

Properties = dict[object, Element]


def _properties(element: Element) -> Properties:
    own = element.find(PPR)
    return {} if own is None else {kid.tag: kid for kid in own}


def _role(style: ParagraphStyle, properties: Properties) -> str:
    level = number(value(properties.get(w("outlineLvl"))), 9)
    return f"head{level + 1}" if style.role == "p" and 0 <= level < 9 else style.role


def _numbered(properties: Properties, style: ParagraphStyle, work: Work) -> Numbered | None:
    numbering = properties.get(w("numPr"))
    own, level = value(numbering, "numId"), value(numbering, "ilvl")
    name = own or style.list_id
    if name in ("", "0"):
        return None
    if level or own:
        return work.numbering.count(name, number(level))
    bound = style.list_level if style.list_level >= 0 else work.numbering.level_of_style(name, style.id)
    return work.numbering.count(name, bound)


def _indent(properties: Properties, style: ParagraphStyle) -> tuple[int, int]:
    """How far a paragraph stands from the margin, and its first line beyond that."""
    own = properties.get(w("ind"))
    if own is None:
        return style.indent, 0
    left = own.get(w("left")) or own.get(w("start")) or ""
    return number(left, style.indent), max(number(own.get(w("firstLine"), "")), 0)


def _is_dropped(properties: Properties) -> bool:
    """Whether this is a dropped initial, which Word keeps in a paragraph of its own (17.3.1.11)."""
    return value(properties.get(w("framePr")), attribute=w("dropCap")) in ("drop", "margin")


def _is_page_break(piece: Piece) -> bool:
    return not isinstance(piece.content, str) and local(piece.content) == "pb"


def _continue(found: list[Item]) -> None:
    """Mark paragraphs without a number that belong to an item: set off as far as it, with another item behind them."""
    last: Numbered | None = None
    waiting: list[Paragraph] = []
    for item in found:
        if isinstance(item, Blank) or (isinstance(item, Made) and item.of is not None):
            continue
        if isinstance(item, Made) or item.level >= 0:
            last = None
        elif item.numbered is not None and not item.numbered.is_bare:
            if last is not None and last.list == item.numbered.list:
                for paragraph in waiting:
                    paragraph.continues = True
            last, waiting = item.numbered, []
        elif item.numbered is not None or item.role == "continued":
            item.continues = last is not None
        elif last is not None and item.role == "p" and item.indent >= max(last.indent, _LEAST_INDENT):
            waiting.append(item)
        else:
            last, waiting = None, []
