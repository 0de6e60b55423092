"""Generated sections, as units of the normal form made from the book: title pages, contents, registers, index.

Each kind has its module, and its line in SECTIONS; `made_from` says from what. Knows no source. Page numbers are
`ptr[@type=page]`, lists of locators `seg[@type=locators]`: writers fill them in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...normal.vocabulary import blocks
from ...xml import ID, Element
from . import about_text, chronology, contents, emendations, glossary, index, matter, time_line, titles, who_is_who
from .made_from import INDEXES, Book, title_of

__all__ = ["SECTIONS", "Book", "Section", "section", "title_of"]


@dataclass(frozen=True, slots=True)
class Section:
    """A kind of generated section: what makes it, and how it is laid out."""

    make: Callable[[Book], Element]
    opens: str = "recto"  # recto | verso | next
    of_pages: bool = False  # made of page numbers: laid out with the numbers themselves, after all they point to
    words: bool = False  # has words that stand nowhere else, which the TEI keeps


SECTIONS: dict[str, Section] = {
    "half-title": Section(titles.half_title),
    "title": Section(titles.title),
    "copyright": Section(titles.copyright_page, opens="verso"),
    "dedication": Section(matter.dedication, words=True),
    "epigraph": Section(matter.epigraph, words=True),
    "contents": Section(contents.contents, of_pages=True),
    "illustrations": Section(matter.illustrations, of_pages=True),
    "abbreviations": Section(matter.abbreviations, words=True),
    "notes": Section(titles.notes),
    "emendations": Section(emendations.emendations, of_pages=True),
    "about-text": Section(about_text.about_text),
    "who-is-who": Section(who_is_who.who_is_who, of_pages=True),
    "timeline": Section(time_line.time_line),
    "chronology": Section(chronology.chronology, of_pages=True),
    "questions": Section(glossary.gathered),
    "glossary": Section(glossary.glossary, of_pages=True),
    "bibliography": Section(glossary.bibliography),
    "credits": Section(matter.credits_, words=True, of_pages=True),
    **{name: Section(index.index_of(name), of_pages=True) for name in INDEXES},
    "index": Section(index.index, of_pages=True),
    "colophon": Section(matter.colophon, opens="verso", words=True),
}


def section(name: str, book: Book) -> Element:
    """The unit of a generated section or part title: a <div> whose id is its name."""
    if name.startswith("part-"):
        return titles.part(name, book)
    made = SECTIONS[name].make(book)
    return _kept(made) if SECTIONS[name].words else made


def _kept(made: Element) -> Element:
    """A section that goes into the TEI as it is: not the source's, and every block of it with an id."""
    made.set("resp", "#edition")
    for number, block in enumerate(block for block in blocks(made) if ID not in block.attrib):
        block.set(ID, f"{made.get(ID)}.{number}")
    return made
