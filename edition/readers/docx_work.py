"""What is shared while one Word file is read: its parts, its styles, what was found and what there is to say.

Knows no element of the text; those who read paragraphs, notes and tables meet here.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from ..xml import Element
from .docx_comments import Comments
from .docx_fields import Field
from .docx_numbering import Numbering
from .docx_parts import Parts, Relation
from .docx_styles import Styles
from .docx_told import Told
from .reading import ReadOptions, Spot


class Story(Struct):
    """A run of text of its own: the body, a note, a text box. Fields may go on from one paragraph to the next."""

    relations: dict[str, Relation]
    kind: str = "body"  # body | note | box | cell
    fields: list[Field] = field(default_factory=list)

    def left_out(self) -> str:
        """Why what fields show here is left out; "" if it is not."""
        return next((found.left_out for found in self.fields if found.is_showing and found.left_out), "")

    def is_code(self) -> bool:
        return any(not found.is_showing for found in self.fields)


class Links(Struct):
    """Bookmarks, by their names without capitals, and all that points to them."""

    names: dict[str, str] = field(default_factory=dict)  # as they are written
    targets: dict[str, Element] = field(default_factory=dict)
    moved: dict[Element, Element] = field(default_factory=dict)  # what has taken the place of an element
    sources: list[tuple[Element, str, Spot]] = field(default_factory=list)
    to_notes: frozenset[str] = frozenset()  # what fields NOTEREF name

    def place(self, name: str, element: Element) -> None:
        self.names.setdefault(name.casefold(), name)
        self.targets.setdefault(name.casefold(), element)

    def target(self, name: str) -> Element | None:
        """Where a bookmark leads, whatever has taken the place of what it was put on."""
        found = self.targets.get(name.casefold())
        while found is not None and found in self.moved:
            found = self.moved[found]
        return found


class Work(Struct):
    """One reading. `language` is the main one of the text; `ordinals` number the paragraphs, from 1."""

    options: ReadOptions
    parts: Parts
    styles: Styles
    numbering: Numbering
    told: Told
    comments: Comments
    language: str
    ordinals: dict[Element, int]
    assemble: Callable[[Element, Story], list[Element]]
    definitions: dict[str, dict[str, Element]]  # of notes: "footnotes", "endnotes" -> id -> w:footnote
    links: Links = field(default_factory=Links)
    spots: dict[Element, Spot] = field(default_factory=dict)
    marks: dict[Element, Spot] = field(default_factory=dict)
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    serial: int = 0

    def next_serial(self) -> int:
        self.serial += 1
        return self.serial
