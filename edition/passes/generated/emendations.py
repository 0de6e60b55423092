"""The list of emendations: what was corrected or left out, what stood there, why, and where."""

from __future__ import annotations

from ...book import Emendation
from ...wording.about import about_words
from ...xml import Element, tei
from .made_from import Book, div, locators


def emendations(book: Book) -> Element:
    rows = tei("list", {"rend": "emendations"})
    for one in book.emendations:
        rows.append(_row(one, book))
    return div("emendations", book, rows)


def _row(one: Emendation, book: Book) -> Element:
    """As apparatuses have it: what is read, a bracket, what stood there."""
    read = one.read or about_words(book.language).omitted_here
    row = tei("item", {}, tei("hi", {"rend": "lemma"}, read), "] ", tei("hi", {"rend": "italic"}, one.source))
    row[-1].tail = f". {one.why.rstrip('.')}. " if one.why else ". "
    row.append(locators([(one.id, book.note_numbers.get(one.note, ""))]))
    return row
