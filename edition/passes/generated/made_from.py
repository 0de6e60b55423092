"""What generated sections are made from, and the pieces that several of them use.

Knows the book's tables and the imprint (the JSON of edition.yaml); knows no section.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ... import edtf
from ...book import Event, Facts, Mention, Person, UnitPlan
from ...wording import Wording
from ...xml import ID, LANG, Element, tei
from ..collation import sort_key


@dataclass(frozen=True, slots=True)
class Book:
    """What generated sections are made from."""

    imprint: Mapping[str, Any]
    wording: Wording
    plans: Sequence[UnitPlan]
    sources: Sequence[Mapping[str, Any]]
    facts: Mapping[str, Facts]
    numbers: Mapping[str, str]
    people: Mapping[str, Person]
    mentions: Mapping[str, Sequence[Mention]]
    note_numbers: Mapping[str, str]
    events: Sequence[Event]

    @property
    def language(self) -> str:
        return str(self.imprint["language"])


def heading(name: str, book: Book) -> str:
    return str(book.imprint["title"]) if name in ("half-title", "title") else book.wording.section(name)


def div(name: str, book: Book, *content: str | Element, head: bool = True) -> Element:
    first = (tei("head", {}, heading(name, book)),) if head else ()
    return tei("div", {"type": name, ID: name, LANG: book.language}, *first, *content)


def line(kind: str, text: str) -> Element:
    return tei("p", {"rend": kind}, text)


def page(target: str) -> Element:
    return tei("ptr", {"type": "page", "target": f"#{target}"})


def locators(places: Iterable[tuple[str, str]]) -> Element:
    """A list of locators from (id, note number or "")."""
    group = tei("seg", {"type": "locators"})
    for name, note in places:
        pointer = page(name)
        if note:
            pointer.set("n", note)
        group.append(pointer)
    return group


def life(person: Person, book: Book) -> str:
    born, died = (shown(value, book) for value in (person.born, person.died))
    if born and died:
        return f"{born} – {died}" if " " in born + died else f"{born}–{died}"
    return book.wording.born.format(born) if born else book.wording.died.format(died) if died else ""


def shown(text: str, book: Book) -> str:
    """A date as the edition's language says it; what is no EDTF stands as it is."""
    value = edtf.parse(text) if text else None
    return value.shown(book.language) if value else text


def _birth(person: Person) -> tuple[object, ...]:
    value = edtf.parse(person.born) if person.born else None
    return tuple(value.sort_key()) if value else ()


def in_order(book: Book) -> list[Person]:
    """The people who are named in the text, in the order of the index."""
    order = str(book.imprint["index"]["order"])
    named = (person for key, person in book.people.items() if book.mentions.get(key))
    return sorted(named, key=lambda person: (sort_key(person.sort, order), _birth(person), person.key))
