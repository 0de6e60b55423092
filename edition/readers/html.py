"""The reader of web pages: HTML and XHTML, as saved by a browser or written by a program.

Knows one page; how it is read is in html_source (bytes), html_main (the main text), note_pairs and html_notes,
html_blocks.
"""

from __future__ import annotations

from ..problems import Place, Problem
from .html_body import Book, reading
from .html_main import body_of
from .html_names import text_of
from .html_source import Page, page_of
from .reading import Reading, ReadOptions, unread


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A web page as a TEI <body>: every word of its main text once, in order; what is left out is told."""
    page = page_of(name, data)
    about = _about(page)
    if not text_of(body_of(page)):
        text = "there is no text in this file"
        empty = Problem("chapter-empty", Place(name, 1, 1), text, "save the page anew, or take it out of contents")
        return unread([*page.problems, empty])
    found = reading(Book([page]), options)
    if not len(found.tree):
        text = "nothing of this page is text"
        empty = Problem("chapter-empty", Place(name, 1, 1), text, "say where it is: main: under read: in edition.yaml")
        return unread([*found.problems, empty])
    return Reading(found.tree, found.positions, found.problems, about=about)


def _about(page: Page) -> dict[str, str]:
    """What a page says of itself in its head."""
    found = {}
    title = next(
        (text_of_title for e in page.root.iter("title") if (text_of_title := "".join(e.itertext()).strip())), ""
    )
    if title:
        found["title"] = " ".join(title.split())
    for element in page.root.iter("meta"):
        name, content = (element.get("name") or element.get("property") or "").lower(), element.get("content") or ""
        key = {"author": "creator", "dc.creator": "creator", "dc.date": "date", "date": "date"}.get(name)
        if key and content.strip():
            found.setdefault(key, " ".join(content.split()))
    language = page.root.get("lang") or ""
    return {**found, **({"language": language} if language else {})}
