"""What words a language must have for the tool to write an edition in it.

Knows no language. `{}` in a wording is filled in by the caller.
"""

from __future__ import annotations

from msgspec import Struct


class IndexWords(Struct, frozen=True):
    """What an index says besides its entries."""

    heading: str  # of an index of more than names
    index_of_people: str
    index_of_places: str
    index_of_organisations: str
    index_of_works: str
    index_of_subjects: str
    see: str
    see_also: str
    note: str  # "n.": the mark of a place in one note,
    notes: str  # in several,
    last_note: str  # and what joins the last of them
    continued: str  # behind a heading whose entry goes on in the next column
    # The headnote: sentences without their stops, of which it has those that are needed.
    pages: str
    paragraphs: str
    sourced: str
    booklet: str
    main: str
    noted: str
    references: str
    letter: str
    word: str


class CitationWords(Struct, frozen=True):
    """What citations and the bibliography say (one style: first in full, then by short title)."""

    edited_by: str
    translated_by: str
    in_: str
    and_: str
    others: str
    edition: str
    volume: str
    accessed: str
    undated: str
    page: str
    pages: str
    headnote: str


class Wording(Struct, frozen=True):
    """The words of one language."""

    chapter: str
    note: str
    paragraph: str
    page: str
    quoted: str
    contents: str
    copyright: str
    half_title: str
    title: str
    who_is_who: str
    timeline: str
    chronology: str
    dedication: str
    epigraph: str
    illustrations: str
    abbreviations: str
    credits: str
    colophon: str
    cite_as: str  # {}: how
    made_with: str
    emendations: str
    about_text: str
    glossary: str
    questions: str
    bibliography: str
    index: str
    undated: str
    born: str
    died: str
    notes: str
    draft: str
    draft_after: str
    version: str
    licence: str
    family: str  # {}: the name of a family
    in_this_book: str  # before pages
    margin_pages: str  # of a format beside the reference: which numbers are whose
    answer: str
    of_whole: str  # {}: a page of the edition from which a booklet is taken
    with_answers: str
    test_sheet: str
    test_sheet_steps: str  # what to do, and what to see, a line each
    excerpt_from: str  # {}: the title of that edition
    time_line: str  # {} events from {} to {}
    indexing: IndexWords
    citing: CitationWords
    roles: tuple[tuple[str, str], ...]

    def section(self, name: str) -> str:
        """The heading of a generated section."""
        field = name.replace("-", "_")
        return str(getattr(self.indexing if name.startswith("index-of-") else self, field))

    def role(self, code: str) -> str:
        """How a MARC relator is said before a name; "" where the name stands alone."""
        return dict(self.roles).get(code, "")
