"""The index: one of all headings, or one each of people, places, organisations, works and subjects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ...book import IndexEntry, IndexPlace, IndexReference
from ...wording import IndexWords
from ...xml import ID, Element, tei
from . import INDEXES
from .made_from import Book, div, line, page, unparted


def index(book: Book) -> Element:
    """The index of all that has none of its own."""
    return _index("index", book, unparted(book))


def index_of(name: str, book: Book) -> Element:
    """The index of one kind."""
    return _index(name, book, [entry for entry in book.entries if entry.kind == INDEXES[name]])


def _index(name: str, book: Book, entries: Sequence[IndexEntry]) -> Element:
    made = []
    for number, (initial, group) in enumerate(groupby(entries, key=lambda entry: entry.letter), 1):
        rows = [_entry(entry, book.wording.indexing) for entry in group]
        told = {"type": "letter", "n": initial, ID: f"{name}-letter-{number}"}
        made.append(tei("div", told, tei("head", {}, initial), tei("list", {"rend": "index"}, *rows)))
    section = div(name, book, line("headnote", _headnote(entries, book)), *made)
    section.set("subtype", "index")
    return section


def _entry(entry: IndexEntry, words: IndexWords, *, depth: int = 0) -> Element:
    told = {ID: entry.id} if not depth else {}
    item = tei("item", told, tei("hi", {"rend": "name"}, entry.name))
    if entry.see:
        item[-1].tail = " "
        _references(item, words.see, entry.see)
        return item
    if entry.places:
        item[-1].tail = " "
        item.append(locators(entry.places))
    inner = [_entry(sub, words, depth=depth + 1) for sub in entry.subs]
    if entry.also and inner:
        inner.append(_references(tei("item", {"rend": "also"}), words.see_also, entry.also))
    elif entry.also:
        item[-1].tail = ". "
        _references(item, words.see_also[:1].upper() + words.see_also[1:], entry.also)
    if inner:
        item.append(tei("list", {"rend": "sub"}, *inner))
    return item


def _references(item: Element, said: str, others: Sequence[IndexReference]) -> Element:
    item.append(tei("hi", {"rend": "italic"}, said))
    item[-1].tail = " "
    for number, other in enumerate(others):
        if number:
            item[-1].tail = "; "
        item.append(tei("ref", {"target": f"#{other.id}"}, other.heading))
    return item


def locators(places: Sequence[IndexPlace]) -> Element:
    """A list of locators: writers merge, sort and join them."""
    group = tei("seg", {"type": "locators"})
    for place in places:
        pointer = page(place.id)
        for name, value in (("n", place.note), ("rend", "main" * place.main), ("corresp", place.end)):
            if value:
                pointer.set(name, f"#{value}" if name == "corresp" else value)
        group.append(pointer)
    return group


def _headnote(entries: Sequence[IndexEntry], book: Book) -> str:
    """What numbers, bold, n. and see mean, as far as they occur, and the order."""
    words = book.wording.indexing
    every = [place for entry in entries for place in _places(entry)]
    parts = [{"print": words.pages, "source": words.sourced}.get(book.imprint["epub"]["pages"], words.paragraphs)]
    if any(place.main for place in every):
        parts.append(words.main)
    if any(place.note for place in every):
        parts.append(words.noted)
    if any(entry.see or entry.also for entry in entries):
        parts.append(words.references)
    parts.append(words.letter if book.imprint["index"]["order"] == "letter" else words.word)
    return "; ".join(parts) + "."


def _places(entry: IndexEntry) -> list[IndexPlace]:
    return [*entry.places, *(place for sub in entry.subs for place in _places(sub))]
