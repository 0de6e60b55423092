"""Reading laid-out pages: which page an id stands on, which word begins it, and what did not come out as it should.

Knows boxes by their attributes only and imports no layout engine; knows no style and no other unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .. import book
from ..problems import Place, Problem
from . import fonts
from .flow import NOTE, Flow, is_apart, letters
from .printed import Note, Plain

HERE = Place("")  # the caller knows the unit
_SHOWN = 30
_A_LITTLE = 1.0  # CSS pixels
_STUB = 4  # lines


def text_boxes(page: Any) -> Iterator[Any]:
    """Every box of a page that holds text, in order, those of margins and notes too."""
    return (box for box in page._page_box.descendants(placeholders=True) if hasattr(box, "pango_layout"))


def note_area(page: Any) -> Any | None:
    """The box at the foot of a page that holds its notes."""
    return next((box for box in page._page_box.children if type(box).__name__ == "FootnoteAreaBox"), None)


def lines_at_end(pages: Sequence[Any]) -> int:
    """How many lines of text the last page holds."""
    root = pages[-1]._page_box.children[0]
    return sum(1 for box in root.descendants() if type(box).__name__ == "LineBox" and box.height)


def is_stub(pages: Sequence[Any]) -> bool:
    """Whether the last page of several holds a line or a few, and neither note nor picture."""
    if len(pages) < 2 or note_area(pages[-1]) is not None:
        return False
    boxes = pages[-1]._page_box.children[0].descendants()
    return 0 < lines_at_end(pages) <= _STUB and not any("Replaced" in type(box).__name__ for box in boxes)


def _too_tall(page: Any) -> str:
    """The text of a page that runs into its notes or off its foot; "" if all have room."""
    area, top = note_area(page), page._page_box.content_box_y()
    foot = top + page._page_box.height
    if area is not None and area.position_y < top - _A_LITTLE:
        return _text_of(area)
    root = page._page_box.children[0]
    lines = [box for box in root.descendants() if type(box).__name__ == "LineBox"]
    end = foot if area is None else area.position_y
    return next((_text_of(box) for box in lines if box.position_y + box.height > end + _A_LITTLE), "")


def _text_of(box: Any) -> str:
    return " ".join(inner.text for inner in box.descendants() if hasattr(inner, "pango_layout"))


class Reading:
    """The pages of one unit, beside the flow they were made from: which text stands where."""

    def __init__(self, pages: Sequence[Any], html: Plain, flow: Flow, notes: Mapping[str, Note]) -> None:
        self.pages = pages
        self.flow = flow
        self.notes = notes
        self._owners: dict[int, str] = {}
        self._repeated: dict[int, int] = {}
        self._own(html, "")
        self.letters = [self._letters(page) for page in pages]

    def _own(self, element: Plain, owner: str) -> None:
        """Whose text an element holds: "" the main flow's, else a note's; what counts nowhere has no owner."""
        if NOTE in element.get("class", "").split():
            owner = element.get("id", "")
        elif is_apart(element):
            return
        elif element.tag == "thead":
            self._repeated |= {id(inner): id(element) for inner in element.iter()}
        self._owners[id(element)] = owner
        for child in element:
            self._own(child, owner)

    def _letters(self, page: Any) -> dict[str, int]:
        """Letters of each flow on a page; the head of a table, repeated on every page of it, counts on the first."""
        counts: dict[str, int] = {}
        shown = set()
        for box in text_boxes(page):
            owner, head = self._owners.get(id(box.element)), self._repeated.get(id(box.element), 0)
            if owner is not None and "::" not in box.element_tag and head >= 0:
                counts[owner] = counts.get(owner, 0) + letters(box.text)
                shown.add(head)
        self._repeated |= {inner: -1 for inner, head in self._repeated.items() if head in shown}
        return counts

    def facts(self) -> book.PageFacts:
        starts, words, first = [], [], 0
        for page in self.letters:
            end = first + page.get("", 0)
            starts.append(self.flow.start(first, end))
            words.append(self.flow.words(first, end))
            first = end
        return book.PageFacts(len(self.pages), self.ids(), tuple(starts), tuple(words))

    def ids(self) -> dict[str, int]:
        """The page of every id."""
        found: dict[str, int] = {}
        for count, page in enumerate(self.pages):
            for name in page.anchors:
                found.setdefault(name, count)
        return found

    # --- what is wrong

    def lost_words(self) -> list[Problem]:
        """Letters of the text, or of a note, that are on no page, or on more than one."""
        wanted = {"": len(self.flow.marks), **{name: len(note.flow.marks) for name, note in self.notes.items()}}
        problems = []
        for name, count in wanted.items():
            printed = sum(page.get(name, 0) for page in self.letters)
            if printed != count:
                what = f"note {self.notes[name].number}" if name else "the text"
                text = f"{what} has {count} letters and digits, its pages have {printed}"
                hint = "a style sheet hides or changes them; if none does, this is a fault of ours"
                problems.append(Problem("print-loses-words", HERE, text, hint))
        return problems

    def too_tall(self) -> list[Problem]:
        """Text that runs into notes or off the paper."""
        found = [(number, _too_tall(page)) for number, page in enumerate(self.pages, 1)]
        told = "page {} of this text is too low for “{}”, which cannot be divided"
        hint = (
            "make it smaller, or divide it; an image, a table's row or a block that a style keeps together may do this"
        )
        return [
            Problem("page-overflow", HERE, told.format(number, " ".join(text.split())[:_SHOWN]), hint)
            for number, text in found
            if text
        ]

    def missing_glyphs(self, faces: tuple[fonts.Face, ...]) -> list[Problem]:
        """Characters that neither the face they are set in has nor a font that the edition brings."""
        found: dict[str, str] = {}
        brought = [face for face in faces if face.is_own]
        for page in self.pages:
            for box in text_boxes(page):
                style = box.style
                chosen = [
                    fonts.nearest(faces, family, style["font_weight"], style["font_style"] != "normal")
                    for family in style["font_family"]
                ]
                for char in fonts.missing(box.text, [face for face in chosen if face] + brought):
                    found.setdefault(char, box.text)
        return [_no_glyph(char, text) for char, text in sorted(found.items())]


def _no_glyph(char: str, text: str) -> Problem:
    at = text.index(char)
    around = text[max(0, at - _SHOWN) : at + _SHOWN].strip()
    return Problem(
        "glyph-missing",
        HERE,
        f"no font of the style has “{char}” (U+{ord(char):04X}), in “{around}”",
        "write it otherwise, or add a font that has it to the edition's styles",
    )
