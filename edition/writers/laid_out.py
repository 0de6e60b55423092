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
from .printed import Plain

HERE = Place("")  # the caller knows the unit
_SHOWN = 30
_A_LITTLE = 1.0  # CSS pixels


def text_boxes(page: Any) -> Iterator[Any]:
    """Every box of a page that holds text, in order, those of margins and notes too."""
    return (box for box in page._page_box.descendants(placeholders=True) if hasattr(box, "pango_layout"))


def note_area(page: Any) -> Any | None:
    """The box at the foot of a page that holds its notes."""
    return next((box for box in page._page_box.children if type(box).__name__ == "FootnoteAreaBox"), None)


class Reading:
    """The pages of one unit, beside the flow they were made from: which text stands where."""

    def __init__(self, pages: Sequence[Any], html: Plain, flow: Flow, notes: Mapping[str, Flow]) -> None:
        self.pages = pages
        self.flow = flow
        self.notes = notes
        self._owners: dict[int, str] = {}
        self._own(html, "")
        self.letters = [self._letters(page) for page in pages]

    def _own(self, element: Plain, owner: str) -> None:
        """Whose text an element holds: "" the main flow's, else a note's; what counts nowhere has no owner."""
        if NOTE in element.get("class", "").split():
            owner = element.get("id", "")
        elif is_apart(element):
            return
        self._owners[id(element)] = owner
        for child in element:
            self._own(child, owner)

    def _letters(self, page: Any) -> dict[str, int]:
        counts: dict[str, int] = {}
        for box in text_boxes(page):
            owner = self._owners.get(id(box.element))
            if owner is not None and "::" not in box.element_tag:
                counts[owner] = counts.get(owner, 0) + letters(box.text)
        return counts

    def facts(self) -> book.PageFacts:
        ids: dict[str, int] = {}
        starts, words, first = [], [], 0
        for count, page in enumerate(self.pages):
            for name in page.anchors:
                ids.setdefault(name, count)
            end = first + self.letters[count].get("", 0)
            starts.append(self.flow.start(first, end))
            words.append(self.flow.words(first, end))
            first = end
        return book.PageFacts(len(self.pages), ids, tuple(starts), tuple(words))

    # --- what is wrong

    def lost_words(self) -> list[Problem]:
        """Letters of the text, or of a note, that are on no page, or on more than one."""
        wanted = {"": len(self.flow.marks), **{name: len(flow.marks) for name, flow in self.notes.items()}}
        found = {name: sum(page.get(name, 0) for page in self.letters) for name in wanted}
        return [
            Problem(
                "print-loses-words",
                HERE,
                f"{'the text' if not name else f'note “{name}”'} has {wanted[name]} letters, its pages {found[name]}",
                "a style sheet may hide or change them; if it does not, this is a fault of ours",
            )
            for name in wanted
            if wanted[name] != found[name]
        ]

    def long_notes(self) -> list[Problem]:
        """Notes that take more than their page, or that come later than the page after their number's."""
        found: dict[str, None] = {}
        for page in self.pages:
            area = note_area(page)
            top = page._page_box.content_box_y()
            if area is not None and area.position_y < top - _A_LITTLE:
                found |= {box.element.get("id"): None for box in area.children if box.element is not None}
        for name in self.notes:
            called = self._page_of(f"#{name}")
            printed = next((count for count, page in enumerate(self.letters) if page.get(name)), called)
            if printed > called + 1:
                found[name] = None
        return [
            Problem(
                "note-too-long",
                HERE,
                f"the note “{name}” does not fit at the foot of its page or of the next",
                "shorten it, or move a part of it into the text",
            )
            for name in found
        ]

    def _page_of(self, href: str) -> int:
        """The page of the number that refers to a note."""
        for count, page in enumerate(self.pages):
            for box in page._page_box.descendants():
                element = box.element
                if element is not None and element.get("href") == href and "noteref" in element.get("class", ""):
                    return count
        return 0

    def missing_glyphs(self, faces: tuple[fonts.Face, ...]) -> list[Problem]:
        """Characters that no font of the style has, in the face they are set in."""
        found: dict[str, str] = {}
        for page in self.pages:
            for box in text_boxes(page):
                style = box.style
                chosen = [
                    fonts.nearest(faces, family, style["font_weight"], style["font_style"] != "normal")
                    for family in style["font_family"]
                ]
                for char in fonts.missing(box.text, (face for face in chosen if face)):
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
