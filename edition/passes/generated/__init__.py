"""Generated sections, as units of the normal form made from the book: title pages, contents, registers, index.

Each kind has its module, and its line in SECTIONS; `made_from` says from what. Knows no source. Page numbers are
`ptr[@type=page]`, lists of locators `seg[@type=locators]`: writers fill them in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...xml import Element
from . import about_text, chronology, contents, emendations, glossary, index, titles, who_is_who
from .made_from import INDEXES, Book, title_of

__all__ = ["SECTIONS", "Book", "Section", "section", "title_of"]


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of generated section: what makes it, and how it is laid out."""

    make: Callable[[Book], Element]
    opens: str = "recto"  # recto | verso | next
    of_pages: bool = False  # made of page numbers: laid out with the numbers themselves, after all they point to


SECTIONS: dict[str, Section] = {
    "half-title": Section(titles.half_title),
    "title": Section(titles.title),
    "copyright": Section(titles.copyright_page, opens="verso"),
    "contents": Section(contents.contents, of_pages=True),
    "notes": Section(titles.notes),
    "emendations": Section(emendations.emendations, of_pages=True),
    "about-text": Section(about_text.about_text),
    "who-is-who": Section(who_is_who.who_is_who, of_pages=True),
    "chronology": Section(chronology.chronology, of_pages=True),
    "questions": Section(glossary.gathered),
    "glossary": Section(glossary.glossary, of_pages=True),
    "bibliography": Section(glossary.bibliography),
    **{name: Section(index.index_of(name), of_pages=True) for name in INDEXES},
    "index": Section(index.index, of_pages=True),
}


def section(name: str, book: Book) -> Element:
    """The unit of a generated section or part title: a <div> whose id is its name."""
    return titles.part(name, book) if name.startswith("part-") else SECTIONS[name].make(book)
