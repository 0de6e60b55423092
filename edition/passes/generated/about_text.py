"""The section about the text: what passes/about.py says, a paragraph each."""

from __future__ import annotations

from ...xml import Element
from .made_from import Book, div, line


def about_text(book: Book) -> Element:
    return div("about-text", book, *(line(key.replace("_", "-"), text) for key, text in book.editorial))
