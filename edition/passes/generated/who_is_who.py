"""Who is who: short lives of the people named in the text."""

from __future__ import annotations

from ...book import Person
from ...xml import ID, Element, tei
from ..lives import life
from .made_from import Book, div, in_order, locators


def who_is_who(book: Book) -> Element:
    rows = tei("list", {"rend": "who-is-who"})
    for person in in_order(book):
        entry = tei("item", {ID: f"who-{person.key}"}, tei("hi", {"rend": "name"}, person.sort))
        dates = life(person, book.language)
        told = ", ".join(part for part in (f" ({dates})" if dates else "", person.about) if part)
        entry[-1].tail = f"{told}. " if dates else f", {told}. " if told else " "
        entry.append(locators(_first(book, person)))
        rows.append(entry)
    return div("who-is-who", book, rows)


def _first(book: Book, person: Person) -> list[tuple[str, str]]:
    return [(m.id, book.note_numbers.get(m.note, "")) for m in book.mentions.get(person.key, ())][:1]
