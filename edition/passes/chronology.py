"""The chronology: events in order of time, each with the dates in the text that speak of it.

A date speaks of an event if it was decided for it; or if it has the event's bounds, and its block names one of the
event's people, where it has people; or if both are of one year and the block names all the event's people.
Knows facts of units; knows no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .. import edtf
from ..book import Dated, Event, Facts


def ordered(found: Iterable[Event]) -> list[Event]:
    """By time; events without a date last, in the order given."""

    def key(event: Event) -> tuple[bool, tuple[object, ...]]:
        value = edtf.parse(event.edtf) if event.edtf else None
        return (value is None, tuple(value.sort_key()) if value else ())

    return sorted(found, key=key)


def linked(event: Event, facts: Sequence[Facts]) -> Event:
    """The event with the dates in the text that speak of it, one a block, in reading order."""
    return replace(event, passages=tuple(name for unit in facts for name in _speaking(event, unit)))


def _speaking(event: Event, unit: Facts) -> list[str]:
    named: dict[str, set[str]] = {}
    for mention in unit.names:
        named.setdefault(mention.block, set()).add(mention.key)
    found: dict[str, str] = {}
    for date in unit.dates:
        if _meant(event, date, named.get(date.block, set())):
            found.setdefault(date.block, date.id)
    return list(found.values())


def _meant(event: Event, date: Dated, named: set[str]) -> bool:
    if date.event:
        return date.event == event.key
    if not event.edtf:
        return False
    people = set(event.people)
    if (date.first, date.last) == (event.first, event.last):
        return not people or bool(people & named)
    years = {_year(bound) for bound in (event.first, event.last, date.first, date.last)}
    return len(years) == 1 and "" not in years and bool(people) and people <= named


def _year(bound: str) -> str:
    """The year of an ISO date, "-0044" before Christ; "" of an open bound."""
    return bound[: bound.index("-", 1)] if bound else ""
