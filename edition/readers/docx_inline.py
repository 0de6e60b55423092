"""A paragraph of Word as pieces: its text with all that stands around it and in it, in order.

Knows runs, links, fields, references to notes and bookmarks (ECMA-376 part 1, 17.3 and 17.16); what becomes of the
pieces is for docx_blocks to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct, field

from ..xml import Element, tei
from . import docx_media
from .docx_clean import texts
from .docx_fields import SILENT, Field, begin_showing, counts, index_entry
from .docx_languages import is_east_asian, is_foreign
from .docx_notes import note_of
from .docx_pieces import Mark, Piece
from .docx_styles import Look, ParagraphStyle, properties
from .docx_symbols import UNKNOWN, is_symbolic, symbol, text_in
from .docx_told import excerpt
from .docx_work import Story, Work
from .docx_xml import ID, PPR, REL_ID, RPR, SPACE, R, T, m, number, w
from .reading import UNFIT

HIDDEN = "hidden text"
MOST_FIELDS = 50  # within one another; Word itself stops at 20
_OWN_MARK = "marks of notes set by hand: notes are numbered anew"
_CODE = "text in the codes of fields"
_ADDRESS = re.compile(r"(?:https?|ftp|mailto|tel|urn|doi):", re.IGNORECASE)
_NO_MARKS: frozenset[Mark] = frozenset()
_UNSAFE = re.compile(r'[\s<>"{}|\\^`]')


class Content(Struct):
    """What was found in a paragraph; `after` are figures and blocks of text boxes, to be set behind it."""

    pieces: list[Piece] = field(default_factory=list)
    after: list[Element] = field(default_factory=list)
    names: list[str] = field(default_factory=list)  # bookmarks
    sequence: str = ""  # what a caption counts: "Figure", "Table"
    has_rule: bool = False
    has_left_out: bool = False


class Inline:
    """One paragraph being read."""

    def __init__(self, work: Work, story: Story, style: ParagraphStyle, ordinal: int) -> None:
        self._work = work
        self._story = story
        self._style = style
        self._ordinal = ordinal
        self._column = 1
        self._links: list[Mark] = []
        self._for_notes: list[str] = []
        self._in_own_mark = False
        self._plain = work.styles.look(style.id, ())
        self.content = Content()

    def finished(self) -> Content:
        """What was found. A bookmark meant for a note without one marks the paragraph."""
        self.content.names += self._for_notes
        return self.content

    def walk(self, container: Element) -> None:
        for kid in container:
            if kid.tag == R:
                self._run(kid)
            elif kid.tag in _INLINE:
                _INLINE[kid.tag](self, kid)
            elif kid.tag not in _SILENT and next(kid.iter(T), None) is not None:
                self._work.told.tally("unknown", self._ordinal, str(kid.tag).rpartition("}")[2])
                self.walk(kid)

    # --- runs

    def _run(self, run: Element) -> None:
        look = self._plain
        for kid in run:
            tag = kid.tag
            if tag == T:
                text = kid.text or ""
                self._text(text if kid.get(SPACE) == "preserve" else text.strip(" \t\r\n"), look)
            elif tag == RPR:
                look = self._work.styles.look(self._style.id, tuple(properties(kid).items()))
            elif tag in _RUN:
                _RUN[tag](self, kid, look)
            elif tag not in _SILENT and next(kid.iter(T), None) is not None:
                self._work.told.tally("unknown", self._ordinal, str(tag).rpartition("}")[2])
                self.walk(kid)
        self._in_own_mark = False

    def _text(self, text: str, look: Look) -> None:
        """Text as it is seen; what is not to be seen is left out and told."""
        if not text:
            return
        reason = self._reason(look)
        if reason:
            self._work.told.omit(reason, self._ordinal, text, self._column)
            self.content.has_left_out = True
            for found in self._story.fields:
                if reason == _CODE and not found.is_showing:
                    found.code.append(text)
            return
        if is_symbolic(look.font):
            text = self._known(look.font, text_in(look.font, text), text)
        elif UNFIT.search(text) or UNKNOWN in text:
            text = self._fit(text)
        self._work.comments.take(text)
        for lost in look.lost:
            self._work.told.tally("look", self._ordinal, lost)
        if look.style:
            self._work.told.tally("run style", self._ordinal, look.style)
        self._put(text, look)

    def _put(self, text: str, look: Look) -> None:
        for found in self._story.fields:
            found.shown = True
        around = self._marks_around(text, look)
        self._add(text, look.marks | around if around else look.marks)
        self._column += len(text)

    def _reason(self, look: Look) -> str:
        """Why text is left out here; "" if it is not."""
        if self._in_own_mark:
            return _OWN_MARK
        if self._story.fields:
            reason = _CODE if self._story.is_code() else self._story.left_out()
            if reason:
                return reason
        return HIDDEN if look.hidden else ""

    def _marks_around(self, text: str, look: Look) -> frozenset[Mark]:
        """Language and link."""
        tag = look.language_east if look.language_east and is_east_asian(text) else look.language
        found: list[Mark] = [("foreign", tag, 0)] if tag and is_foreign(tag, self._work.language) else []
        links = [*self._links, *(f.mark for f in self._story.fields if f.mark and f.is_showing)]
        return frozenset([*found, *links[-1:]]) if found or links else _NO_MARKS

    def _add(self, content: str | Element, marks: frozenset[Mark] = _NO_MARKS) -> None:
        self.content.pieces.append(Piece(content, marks, self._column))

    def _element(self, element: Element, look: Look) -> None:
        """An element within the text, unless text is left out here."""
        if not self._reason(look):
            self._work.marks[element] = (self._ordinal, self._column)
            self._add(element)

    def _known(self, font: str, text: str, raw: str) -> str:
        """Tell of the characters of a symbol font that nobody knows."""
        for char, code in zip(text, raw, strict=True):
            if char == UNKNOWN:
                of = f"{ord(code) & 0xFF:02X} of the font {font or 'it is set in'}"
                self._work.told.tally("symbol", self._ordinal, of, column=self._column)
        return text

    def _fit(self, text: str) -> str:
        """Characters that cannot stand in an edition, or were lost, are told as in any other source."""
        for char in dict.fromkeys(UNFIT.findall(text)):
            said = f"the character U+{ord(char):04X} cannot stand in an edition"
            self._work.told.say("source-character", self._ordinal, said, "delete it", self._column + text.index(char))
        if UNKNOWN in text:
            said = "the character U+FFFD stands for one that was lost"
            column = self._column + text.index(UNKNOWN)
            self._work.told.say("source-lost-character", self._ordinal, said, "put it back", column)
        return UNFIT.sub(UNKNOWN, text)

    # --- what a run holds besides text

    def _break(self, kid: Element, look: Look) -> None:
        kind = kid.get(w("type"), "textWrapping")
        if kind == "column":
            self._text(" ", look)
        else:
            self._element(tei("pb" if kind == "page" else "lb"), look)

    def _symbol(self, kid: Element, look: Look) -> None:
        font, code = kid.get(w("font"), ""), kid.get(w("char"), "")
        raw = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{1,5}", code) else 0
        char = symbol(font, raw)
        if not self._reason(look):
            self._put(self._known(font, char, chr(raw)), look)

    def _note(self, kid: Element, look: Look) -> None:
        if self._story.left_out() or self._story.is_code():
            return
        kind = "footnotes" if kid.tag == w("footnoteReference") else "endnotes"
        note = note_of(kind, kid.get(ID, ""), self._ordinal, self._column, self._story, self._work)
        self._in_own_mark = kid.get(w("customMarkFollows"), "0") in ("1", "true", "on")
        if note is not None:
            for name in self._for_notes:
                self._work.links.place(name, note)
            self._for_notes.clear()
            self._work.marks[note] = (self._ordinal, self._column)
            self._add(note)

    def _media(self, kid: Element, look: Look) -> None:
        if self._reason(look):
            self._work.told.omit(self._reason(look), self._ordinal, "\n".join(texts(kid)), self._column)
            return
        if docx_media.is_rule(kid):
            self.content.has_rule = True
            return
        for found in self._story.fields:
            found.shown = True
        self.content.after += docx_media.shown(kid, self._ordinal, self._story, self._work)

    def _ruby(self, kid: Element, look: Look) -> None:
        """A reading over a word: behind it, in brackets."""
        for name, before, after in (("rubyBase", "", ""), ("rt", "(", ")")):
            inner = kid.find(w(name))
            if inner is not None:
                self._text(before, look)
                self.walk(inner)
                self._text(after, look)
        self._work.told.tally("look", self._ordinal, "readings set over words (they stand behind them in brackets)")

    def _comment(self, kid: Element, look: Look) -> None:
        self._work.comments.refer(kid.get(ID, ""), self._ordinal, self._column, self._work.told)

    # --- fields

    def _field_character(self, kid: Element, look: Look) -> None:
        fields, kind = self._story.fields, kid.get(w("fldCharType"))
        if kind == "begin":
            if len(fields) >= MOST_FIELDS:
                fields.clear()
                self._work.told.tally("open fields", self._ordinal, str(MOST_FIELDS))
            fields.append(Field())
        elif fields and kind == "separate" and not fields[-1].is_showing:
            begin_showing(fields[-1], self._work.next_serial())
        elif fields and kind == "end":
            self._ended(fields.pop(), look)

    def _code(self, kid: Element, look: Look) -> None:
        if self._story.fields and not self._story.fields[-1].is_showing:
            self._story.fields[-1].code.append(kid.text or "")

    def _simple_field(self, kid: Element) -> None:
        found = Field([kid.get(w("instr"), "")])
        begin_showing(found, self._work.next_serial())
        self._story.fields.append(found)
        self.walk(kid)
        if self._story.fields and self._story.fields[-1] is found:
            self._story.fields.pop()
            self._ended(found, self._plain)

    def _ended(self, found: Field, look: Look) -> None:
        """What a field leaves where it stood, besides the text it has shown."""
        if not found.is_showing:
            begin_showing(found, self._work.next_serial())
        told = found.instruction
        if told is None or self._story.left_out() or self._story.is_code():
            return
        self._story_shown(found)
        if told.name == "XE":
            entry = index_entry(told)
            if entry is not None:
                self._add(entry)
            if "r" in told.switches:
                self._work.told.tally("index range", self._ordinal)
        elif told.name == "PAGEREF" and told.first:
            pointer = tei("ptr", {"type": "page"})
            self._work.links.sources.append((pointer, told.first, (self._ordinal, self._column)))
            self._element(pointer, look)
        elif told.name == "SYMBOL" and not found.shown:
            font = told.switches.get("f", "")
            char = symbol(font, number(told.first))
            self._put(self._known(font, char, chr(number(told.first) & 0xFF)), look)
        elif not found.shown and told.name not in SILENT and not found.left_out:
            self._work.told.tally("field", self._ordinal, told.name)
        if told.name == "SEQ" and not self.content.sequence:
            self.content.sequence = told.first
        if counts(told):
            self._work.told.tally("counted", self._ordinal)

    def _story_shown(self, found: Field) -> None:
        if found.shown:
            for outer in self._story.fields:
                outer.shown = True

    # --- between runs

    def _hyperlink(self, kid: Element) -> None:
        relation = self._story.relations.get(kid.get(REL_ID, ""))
        anchor = kid.get(w("anchor"), "")
        target = relation.target if relation is not None and relation.external else ""
        if kid.get(REL_ID) and not target and not anchor:
            said = f"the link {excerpt(''.join(t.text or '' for t in kid.iter(T)))} has lost its target"
            self._work.told.say("docx-reference", self._ordinal, said, "set it anew in Word", self._column)
        target += f"#{anchor}" if anchor else ""
        mark: Mark | None = ("ref", target, self._work.next_serial()) if target else None
        self._links += [mark] if mark else []
        self.walk(kid)
        if mark:
            self._links.pop()

    def _bookmark(self, kid: Element) -> None:
        name = kid.get(w("name"), "")
        if not name or name == "_GoBack" or self._story.left_out():
            return
        to_note = name.casefold() in self._work.links.to_notes
        (self._for_notes if to_note else self.content.names).append(name)

    def _formula(self, kid: Element) -> None:
        self._work.told.tally("formula", self._ordinal)
        self._text(docx_media.linear(kid), self._plain)

    def _subdocument(self, kid: Element) -> None:
        self._work.told.tally("object", self._ordinal, "a part kept in another file (master document)")

    def _comment_begins(self, kid: Element) -> None:
        self._work.comments.begin(kid.get(ID, ""))

    def _comment_ends(self, kid: Element) -> None:
        self._work.comments.end(kid.get(ID, ""))


def address(target: str) -> str:
    """A web address fit for a link; "" for what is none (a file on somebody's computer, a script)."""
    target = target.strip()
    if target.lower().startswith("www."):
        target = f"http://{target}"
    if not _ADDRESS.match(target):
        return ""
    return _UNSAFE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), target)


_INLINE: dict[object, Callable[[Inline, Element], None]] = {
    w("hyperlink"): Inline._hyperlink, w("fldSimple"): Inline._simple_field, w("bookmarkStart"): Inline._bookmark,
    w("commentRangeStart"): Inline._comment_begins, w("commentRangeEnd"): Inline._comment_ends,
    m("oMath"): Inline._formula, m("oMathPara"): Inline._formula, w("subDoc"): Inline._subdocument,
}  # fmt: skip
_RUN: dict[object, Callable[[Inline, Element, Look], None]] = {
    w("br"): Inline._break,
    w("cr"): Inline._break,
    w("tab"): lambda self, kid, look: self._text("\t", look),
    w("ptab"): lambda self, kid, look: self._text("\t", look),
    w("noBreakHyphen"): lambda self, kid, look: self._text("\u2011", look),
    w("softHyphen"): lambda self, kid, look: self._text("\u00ad", look),
    w("sym"): Inline._symbol,
    w("footnoteReference"): Inline._note,
    w("endnoteReference"): Inline._note,
    w("drawing"): Inline._media,
    w("pict"): Inline._media,
    w("object"): Inline._media,
    w("ruby"): Inline._ruby,
    w("fldChar"): Inline._field_character,
    w("instrText"): Inline._code,
    w("commentReference"): Inline._comment,
}
_SILENT = {PPR, RPR, w("proofErr"), w("bookmarkEnd"), w("lastRenderedPageBreak"), w("fldData")}
