"""The index of names."""

from __future__ import annotations

from ...xml import ID, Element, tei
from ..collation import letter
from .made_from import Book, div, in_order, life, line, locators


def index(book: Book) -> Element:
    sections: list[Element] = []
    people = in_order(book)
    alike = {p.sort for p in people if sum(1 for q in people if q.sort == p.sort) > 1}
    for person in people:
        initial = letter(person.sort)
        if not sections or sections[-1].get("n") != initial:
            head = tei("head", {}, initial)
            kind = {"type": "letter", "n": initial, ID: f"index-letter-{len(sections) + 1}"}
            sections.append(tei("div", kind, head, tei("list", {"rend": "index"})))
        name = f"{person.sort} ({life(person, book)})" if person.sort in alike and life(person, book) else person.sort
        entry = tei("item", {ID: f"index-{person.key}"}, tei("hi", {"rend": "name"}, name), " ")
        entry.append(locators((m.id, book.note_numbers.get(m.note, "")) for m in book.mentions[person.key]))
        sections[-1][-1].append(entry)
    return div("index", book, line("headnote", _headnote(book)), *sections)


def _headnote(book: Book) -> str:
    words = book.wording.indexing
    parts = [words.pages if book.imprint["epub"]["pages"] == "print" else words.paragraphs, words.noted]
    return "; ".join(parts) + "."
