"""What an EPUB says to screen readers and in the menus of reading systems, by language; print never shows it.

Knows languages only; what readers see is in wording.py. Whatever stands here lands in outputs and is CC0 (LICENSE).
"""

from __future__ import annotations

from msgspec import Struct


class Spoken(Struct, frozen=True):
    """The words of one language. `{}` is filled in by the caller."""

    cover: str = "Cover"
    landmarks: str = "Landmarks"
    page_list: str = "Pages of the print edition"
    source_pages: str = "Pages of the source"
    start: str = "Start of the text"
    back: str = "Back to note {} in the text"
    back_to_one: str = "Back to reference {} of note {} in the text"
    page: str = "page {}"
    pages: str = "pages {}"
    note: str = "note {}"
    source: str = "the source"
    print_edition: str = "print edition"
    version: str = "version {}"
    has_headings: str = "headings"
    has_contents: str = "a table of contents"
    has_notes: str = "notes linked both ways"
    has_index: str = "an index"
    has_pages: str = "the page numbers of a print edition"
    summary: str = "Text that can be set in any size, face and colour, with {}."
    unset_summary: str = "Text with {}."
    contact: str = "Questions about accessibility: {}."


ENGLISH = Spoken()
_LANGUAGES = {"en": ENGLISH}


def spoken(language: str) -> tuple[Spoken, str]:
    """The words for a BCP 47 language, and the language they are in: English where there are none."""
    primary = language.split("-")[0].lower()
    return (_LANGUAGES[primary], language) if primary in _LANGUAGES else (ENGLISH, "en")
