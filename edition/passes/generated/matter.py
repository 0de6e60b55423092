"""What stands before and after the text besides titles and registers: dedication, epigraph, lists of illustrations and
abbreviations, credits, colophon. Their words are the editor's, from edition.yaml, or those of figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...xml import Element, tei
from .made_from import Book, div, origin, page


def dedication(book: Book) -> Element:
    return div("dedication", book, *_lines("dedicated", book.imprint["dedication"], book), head=False)


def epigraph(book: Book) -> Element:
    said: dict[str, Any] = book.imprint["epigraph"] or {"text": "", "by": ""}
    lines = [*_lines("motto", said["text"], book), *_lines("attribution", said["by"], book)]
    return div("epigraph", book, *lines, head=False)


def illustrations(book: Book) -> Element:
    """Every figure that has a caption, in the order of the book, with its page."""
    rows = tei("list", {"rend": "illustrations"})
    for unit in (book.facts[plan.key] for plan in book.plans if plan.key in book.facts):
        for figure in unit.figures:
            if figure.caption:
                link = tei("ref", {"target": f"#{figure.id}"}, figure.caption)
                rows.append(tei("item", {}, link, page(figure.id)))
    return div("illustrations", book, rows)


def abbreviations(book: Book) -> Element:
    """In the order of edition.yaml, which is the editor's."""
    rows = tei("list", {"rend": "gloss"})
    for short, meaning in book.imprint["abbreviations"].items():
        rows.append(tei("label", {}, short))
        rows.append(tei("item", {}, *book.about(meaning)))
    return div("abbreviations", book, rows)


def credits_(book: Book) -> Element:
    """The editor's thanks, where texts come from and who allowed them, whose the images are."""
    lines = [tei("p", {"rend": "thanks"}, *book.about(text)) for text in book.imprint["credits"]]
    lines += [tei("p", {"rend": "source"}, told) for told in (origin(entry, book) for entry in book.sources) if told]
    images = [tei("item", {}, *row) for row in _images(book)]
    return div("credits", book, *lines, *([tei("list", {"rend": "simple"}, *images)] if images else []))


def _images(book: Book) -> Iterator[list[str | Element]]:
    for unit in (book.facts[plan.key] for plan in book.plans if plan.key in book.facts):
        for figure in unit.figures:
            if figure.credit:
                link = tei("ref", {"target": f"#{figure.id}"}, figure.caption)
                yield [*((link, ". ") if figure.caption else ()), f"{figure.credit.rstrip('.')}. ", page(figure.id)]


def colophon(book: Book) -> Element:
    """The editor's words; where there are none, by what the book was made, and which version it is."""
    texts = book.imprint["colophon"] or (book.wording.made_with,)
    return div("colophon", book, *(tei("p", {"rend": "made"}, *book.about(text)) for text in texts), head=False)


def _lines(kind: str, text: str, book: Book) -> list[Element]:
    return [tei("p", {"rend": kind}, *book.about(line)) for line in text.splitlines() if line.strip()]
