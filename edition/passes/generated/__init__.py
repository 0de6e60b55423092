"""Generated sections, as units of the normal form made from the book: title pages, contents, registers, index.

Each kind has its module, and its line in SECTIONS; `made_from` says from what. Knows no source. Page numbers are
`ptr[@type=page]`, lists of locators `seg[@type=locators]`: writers fill them in.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from ...normal.vocabulary import blocks
from ...xml import ID, Element

if TYPE_CHECKING:
    from .made_from import Book

# Which kinds of headings have an index of their own, if it stands in contents.
INDEXES = {
    "index-of-people": "person",
    "index-of-places": "place",
    "index-of-organisations": "org",
    "index-of-works": "work",
    "index-of-subjects": "subject",
}


class Section(Struct, frozen=True):
    """A kind of generated section: what makes it, and how it is laid out."""

    make: Callable[[Book], Element]
    opens: str = "recto"  # recto | verso | next
    of_pages: bool = False  # made of page numbers: laid out with the numbers themselves, after all they point to
    words: bool = False  # has words that stand nowhere else, which the TEI keeps


def _late(module: str, function: str, *kind: str) -> Callable[[Book], Element]:
    """What makes a section, imported when one is made: a build that makes none asks for their names only."""

    def make(book: Book) -> Element:
        made: Element = getattr(import_module(f".{module}", __name__), function)(*kind, book)
        return made

    return make


SECTIONS: dict[str, Section] = {
    "half-title": Section(_late("titles", "half_title")),
    "title": Section(_late("titles", "title")),
    "copyright": Section(_late("titles", "copyright_page"), opens="verso"),
    "dedication": Section(_late("matter", "dedication"), words=True),
    "epigraph": Section(_late("matter", "epigraph"), words=True),
    "contents": Section(_late("contents", "contents"), of_pages=True),
    "illustrations": Section(_late("matter", "illustrations"), of_pages=True),
    "abbreviations": Section(_late("matter", "abbreviations"), words=True),
    "notes": Section(_late("titles", "notes")),
    "emendations": Section(_late("emendations", "emendations"), of_pages=True),
    "about-text": Section(_late("about_text", "about_text")),
    "who-is-who": Section(_late("who_is_who", "who_is_who"), of_pages=True),
    "timeline": Section(_late("time_line", "time_line")),
    "chronology": Section(_late("chronology", "chronology"), of_pages=True),
    "questions": Section(_late("glossary", "gathered")),
    "glossary": Section(_late("glossary", "glossary"), of_pages=True),
    "bibliography": Section(_late("glossary", "bibliography")),
    "credits": Section(_late("matter", "credits_"), words=True, of_pages=True),
    **{name: Section(_late("index", "index_of", name), of_pages=True) for name in INDEXES},
    "index": Section(_late("index", "index"), of_pages=True),
    "colophon": Section(_late("matter", "colophon"), opens="verso", words=True),
}


def section(name: str, book: Book) -> Element:
    """The unit of a generated section or part title: a <div> whose id is its name."""
    if name.startswith("part-"):
        return _late("titles", "part", name)(book)
    made = SECTIONS[name].make(book)
    return _kept(made) if SECTIONS[name].words else made


def _kept(made: Element) -> Element:
    """A section that goes into the TEI as it is: not the source's, and every block of it with an id."""
    made.set("resp", "#edition")
    for number, block in enumerate(block for block in blocks(made) if ID not in block.attrib):
        block.set(ID, f"{made.get(ID)}.{number}")
    return made
