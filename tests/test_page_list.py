"""The pages of print in the e-book, word by word: the finished PDF is read, and every page that has text of the body
begins with the word that follows its marker in the EPUB."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from edition.words import words

from . import outputs
from .conftest import Built
from .test_print_numbers import novel

X = outputs.XHTML
SAME_LINE = 6  # pixels between pieces of one line, set in sizes of their own
MARKER = re.compile("\x00([^\x00]*)\x00")
LONGEST = 12  # words of such a reference
# Units of which the EPUB has no text of its own: its contents are the nav document.
WITHOUT = {"@contents", "@half-title", "@title", "@copyright"}


def text_of(element: Any) -> str:
    """An EPUB's text, without numbers of notes, with each page's label between two zeros."""
    if element.get("role") == "doc-pagebreak":
        return f"\x00{element.get('aria-label')}\x00"
    inner = element.text or ""
    for kid in element:
        name = kid.tag.removeprefix(X)
        if kid.get("role") != "doc-noteref":
            inner += f"\n{text_of(kid)}\n" if name in outputs.BLOCK or name == "br" else text_of(kid)
        inner += kid.tail or ""
    return inner


class Marked:
    """The EPUB: each page's words by its label, and what may stand before them in print."""

    def __init__(self, data: bytes) -> None:
        book = outputs.opened(data)
        roots = [root for root in book.documents.values() if root.find(f".//{X}*[@role='doc-endnotes']") is None]
        pieces = MARKER.split("\n".join(text_of(root.find(f"{X}body")) for root in roots))
        self.pages = {label: words(text) for label, text in zip(pieces[1::2], pieces[2::2], strict=True)}
        self.before = {label: words(text) for label, text in zip(pieces[1::2], pieces[::2], strict=False)}
        self.heads = [
            words(text_of(row)) for root in roots for row in root.iter(f"{X}tr") if row.find(f"{X}td") is None
        ]
        made = (text_of(span) for root in roots for span in root.iter() if span.get("data-made") == "")
        self.made = {word for text in made for word in words(text)}

    def without(self, label: str, said: list[str]) -> list[str]:
        """The words of a printed page less what is no text of the book there: the heads of a table that goes on, and
        the end of a reference that the tool wrote ("chapter 9, p. 12")."""
        for head in self.heads:
            if said[: len(head)] == head and self.pages[label][: len(head)] != head:
                return said[len(head) :]
        for k in range(1, LONGEST):
            if said[:k] == self.before[label][-k:] and self.made.issuperset(said[:k]):
                return said[k:]
        return said


def pages_of_pdf(built: Built) -> dict[str, list[str]]:
    """Label -> the whole words of a page's text: a word that began on the page before is none of them."""
    found, goes_on = {}, False
    starts = json.loads(built.file("pages.json").read_bytes())["starts"]
    for start, page in zip(starts, outputs.printed(built.file("pdf")), strict=True):
        # an index is as small as notes are, and has two columns, which are drawn one after the other
        lines = [line.text for line in page.body] if start["unit"].startswith("@") else rows(page.text)
        said = [word for line in lines for word in words(line)]
        if goes_on:  # the rest of a word, and the number of its note
            said = said[2:] if said[1].isdigit() else said[1:]
        found[start["label"]] = said
        goes_on = bool(lines) and lines[-1].rstrip().endswith(("\u2010", "-"))
    return found


def rows(lines: list[outputs.Line]) -> list[str]:
    """Pieces of text as lines from the top down, whatever the order they were drawn in."""
    found: dict[int, list[outputs.Line]] = {}
    for line in sorted(lines, key=lambda line: line.top):
        top = next((top for top in found if line.top - top < SAME_LINE), line.top)
        found.setdefault(top, []).append(line)
    return [" ".join(piece.text for piece in sorted(row, key=lambda piece: piece.left)) for row in found.values()]


def telling(row: list[str]) -> list[str]:
    """The words of a row, single letters left out."""
    return [word for word in row if len(word) > 1 and word.isalpha()]


def check(built: Built) -> int:
    """How many pages were held against the EPUB."""
    units = {start["label"]: start["unit"] for start in json.loads(built.file("pages.json").read_bytes())["starts"]}
    marked, count = Marked(built.file("epub").read_bytes()), 0
    for label, said in pages_of_pdf(built).items():
        if not said or units[label] in WITHOUT:
            continue
        assert label in marked.pages, f"page {label} has no marker"
        expected, got = marked.pages[label], marked.without(label, said)
        if units[label].startswith("@"):  # numbers of pages and letters of the alphabet are set apart there
            expected, got, before = map(telling, (expected, got, marked.before[label]))
            while got and expected and got[0] != expected[0] and got[0] in before[-LONGEST:]:
                got = got[1:]  # the rest of an entry's locators: "41 nn. 2 & 3"
        assert expected[:1] == got[:1], (label, expected[:6], got[:6])
        count += 1
    return count


def test_every_page_begins_with_the_word_behind_its_marker(built: Built) -> None:
    assert check(built) >= (60 if built.made.id == "moscow-trials" else 3)


@pytest.mark.slow
def test_the_pages_of_a_novel_do(tmp_path: Path) -> None:
    novel(tmp_path / "novel")
    (tmp_path / "out").mkdir()
    assert check(Built(tmp_path / "novel", tmp_path / "out")) > 50
