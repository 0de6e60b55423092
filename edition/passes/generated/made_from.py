"""What generated sections are made from, and the pieces that several of them use.

Knows the book's tables and the imprint (the JSON of edition.yaml); knows no section.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ...book import Emendation, Event, Facts, IndexEntry, Mention, Person, UnitPlan
from ...wording import Wording
from ...xml import ID, LANG, Element, all_named, tei
from ..collation import sort_key
from ..lives import birth
from . import INDEXES


class Book(Struct, frozen=True):
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
    entries: Sequence[IndexEntry]
    works: Mapping[str, Mapping[str, Any]]
    cited: Collection[str]
    terms: Mapping[str, Mapping[str, Any]]
    term_places: Mapping[str, Sequence[tuple[str, str]]]  # id of a term -> where it is marked: id, note
    questions: Sequence[tuple[UnitPlan, Element]]  # units that have some
    about: Callable[[str], list[str | Element]]  # inline Markdown of registers
    emendations: Sequence[Emendation] = ()
    editorial: Sequence[tuple[str, str]] = ()  # passes/about.py
    cip: str = ""  # a library's cataloguing data, line by line

    @property
    def language(self) -> str:
        return str(self.imprint["language"])


_TOLD = ("by", "title", "source", "date", "translator", "url", "accessed", "rights")


def unparted(book: Book) -> list[IndexEntry]:
    """The entries of the index that have none of their own."""
    apart = {INDEXES[plan.kind] for plan in book.plans if plan.kind in INDEXES}
    return [entry for entry in book.entries if entry.kind not in apart]


def title_of(name: str, book: Book) -> str:
    if name == "index" and any(entry.kind in ("subject", "work") for entry in unparted(book)):
        return book.wording.indexing.heading
    return str(book.imprint["title"]) if name in ("half-title", "title") else book.wording.section(name)


def div(name: str, book: Book, *content: str | Element, head: bool = True) -> Element:
    first = (tei("head", {}, title_of(name, book)),) if head else ()
    return tei("div", {"type": name, ID: name, LANG: book.language}, *first, *content)


def line(kind: str, text: str) -> Element:
    return tei("p", {"rend": kind}, text)


def page(target: str) -> Element:
    return tei("ptr", {"type": "page", "target": f"#{target}"})


def origin(entry: Mapping[str, Any], book: Book) -> str:
    """Where a text comes from, as edition.yaml tells of its file; "" where it tells nothing."""
    if not any(entry[name] for name in ("source", "url", "rights", "translator")):
        return ""
    translated = f"{book.wording.role('trl')} {entry['translator']}" if entry["translator"] else ""
    told = (translated if name == "translator" else entry[name] for name in _TOLD)
    return ". ".join(part for part in told if part)


def source(cite: str, book: Book) -> list[str | Element]:
    """Where something of a register is known from, as a sentence: its citation, which in a text would be a note."""
    found: list[str | Element] = []
    for piece in book.about(cite) if cite else ():
        bibls = [] if isinstance(piece, str) else list(all_named(piece, "bibl"))
        for bibl in bibls:
            bibl.tail = None
        found += bibls or [piece]
    return [*found, ". "] if found else []


def locators(places: Iterable[tuple[str, str]]) -> Element:
    """A list of locators from (id, note number or "")."""
    group = tei("seg", {"type": "locators"})
    for name, note in places:
        pointer = page(name)
        if note:
            pointer.set("n", note)
        group.append(pointer)
    return group


def in_order(book: Book) -> list[Person]:
    """The people who are named in the text, in the order of the index."""
    order = str(book.imprint["index"]["order"])
    named = (person for key, person in book.people.items() if book.mentions.get(key))
    return sorted(named, key=lambda person: (sort_key(person.sort, order, book.language), birth(person), person.key))
