"""The chronology: events of chronology.yaml in order of time, each with the blocks that speak of it.

A block speaks of an event if a date in it was decided for the event, or has the event's bounds (and, where the event
has people, names one of them or stands alone with those bounds), or lies within the event's year and the block
names all its people. Knows facts of units; knows no tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from .. import edtf
from ..book import Dated, Event, Facts
from ..config import EventRecord
from ..problems import Place, Problem, did_you_mean


def events(
    records: Mapping[str, EventRecord], people: Iterable[str], where: Callable[..., Place]
) -> tuple[dict[str, Event], list[Problem]]:
    """Events by key, and what is wrong with them. `where(key, field, …)` gives the Place of a value."""
    found: dict[str, Event] = {}
    problems: list[Problem] = []
    known = set(people)
    for key, record in records.items():
        reason = edtf.problem_with(record.date) if record.date else ""
        if reason:
            problems.append(
                Problem("date-edtf", where(key, "date"), f"“{record.date}” is no date: {reason}", edtf.HINT)
            )
        for n, person in enumerate(record.people):
            if person not in known:
                text = f"nobody in people.yaml has the id “{person}”"
                hint = did_you_mean(person, known, "add the person to people.yaml")
                problems.append(Problem("person-unknown", where(key, "people", n), text, hint))
        value = None if reason or not record.date else edtf.parse(record.date)
        first, last = (value.first, value.last) if value else ("", "")
        found[key] = Event(
            key, value.text if value else "", first, last, record.label, record.about, tuple(record.people), record.place
        )
    return found, problems


def ordered(found: Iterable[Event]) -> list[Event]:
    """By time; events without a date last, in the order given."""

    def key(event: Event) -> tuple[bool, tuple[object, ...]]:
        value = edtf.parse(event.edtf) if event.edtf else None
        return (value is None, tuple(value.sort_key()) if value else ())

    return sorted(found, key=key)


def linked(event: Event, facts: Sequence[Facts]) -> Event:
    """The event with the blocks that speak of it, in reading order."""
    blocks = [block for unit in facts for block in _speaking(event, unit)]
    return replace(event, blocks=tuple(dict.fromkeys(blocks)))


def _speaking(event: Event, unit: Facts) -> list[str]:
    named: dict[str, set[str]] = {}
    for mention in unit.names:
        named.setdefault(mention.block, set()).add(mention.key)
    dated: dict[str, list[Dated]] = {}
    for date in unit.dates:
        dated.setdefault(date.block, []).append(date)
    return [block for block, dates in dated.items() if any(_meant(event, d, named.get(block, set())) for d in dates)]


def _meant(event: Event, date: Dated, named: set[str]) -> bool:
    if date.event:
        return date.event == event.key
    if not event.edtf:
        return False
    people = set(event.people)
    if (date.first, date.last) == (event.first, event.last):
        return not people or bool(people & named)
    within = bool(event.first and event.last) and date.first[:4] == date.last[:4] == event.first[:4] == event.last[:4]
    return within and bool(people) and people <= named
