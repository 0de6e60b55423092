"""Who is who: short lives of the people named in the text, alone or by families, with their places and events."""

from __future__ import annotations

from collections.abc import Sequence

from ...book import Event, Person
from ...xml import ID, Element, add, tei
from ..collation import sort_key
from ..lives import life
from .made_from import Book, div, in_order, locators, source


def who_is_who(book: Book) -> Element:
    rows = tei("list", {"rend": "who-is-who"})
    for family, people in _by_family(book):
        if family:
            rows.append(
                tei("item", {"rend": "family"}, tei("hi", {"rend": "name"}, book.wording.family.format(family)))
            )
        for person in people:
            rows.append(_entry(person, book))
    return div("who-is-who", book, rows)


def _by_family(book: Book) -> list[tuple[str, list[Person]]]:
    """People in order; those of one family together, under its name, if edition.yaml asks for it."""
    people = in_order(book)
    if not book.imprint["who_is_who"]["families"]:
        return [("", people)]
    groups: dict[tuple[str, str], list[Person]] = {}
    for person in people:
        groups.setdefault((person.family, "" if person.family else person.key), []).append(person)
    order = str(book.imprint["index"]["order"])
    made = [(family if len(some) > 1 else "", some) for (family, _), some in groups.items()]
    return sorted(made, key=lambda group: sort_key(group[0] or group[1][0].sort, order, book.language))


def _entry(person: Person, book: Book) -> Element:
    entry = tei("item", {ID: f"who-{person.key}"}, tei("hi", {"rend": "name"}, person.sort))
    dates = life(person, book.language)
    add(entry, f" ({dates})" if dates else "", ", " if person.about else "")
    if person.about:
        add(entry, *book.about(person.about))
    said = book.wording.in_this_book
    add(entry, ". ", *source(person.cite, book))
    add(entry, tei("hi", {"rend": "italic"}, said[:1].upper() + said[1:]), " ", _places(person, book))
    events = [event for event in book.events if person.key in event.people]
    if events and any(plan.generated == "chronology" for plan in book.plans):
        add(entry, "; ", *_events(events))
    return entry


def _places(person: Person, book: Book) -> Element:
    return locators((m.id, book.note_numbers.get(m.note, "")) for m in book.mentions.get(person.key, ()))


def _events(events: Sequence[Event]) -> list[str | Element]:
    made: list[str | Element] = []
    for number, event in enumerate(events):
        made += ["; "] if number else []
        made.append(tei("ref", {"target": f"#{event.id}"}, event.label))
    return made
