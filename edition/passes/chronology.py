"""The chronology: events in order of time, each with the dates in the text that speak of it.

A date speaks of an event if it was decided for it; or if it has the event's bounds, and its block names one of the
event's people, where it has people; or if both are of one year, may be of one day, and the block names all the event's
people. Of several dates of a block the first of these three holds.
Knows facts of units; knows no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from .. import edtf
from ..book import Dated, Event, Facts

_LAST = 3  # the weakest of the ways in which a date speaks of an event


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
    found: dict[str, tuple[int, str]] = {}
    for date in unit.dates:
        rank = _meant(event, date, named.get(date.block, set()))
        if rank and rank < found.get(date.block, (_LAST + 1, ""))[0]:
            found[date.block] = (rank, date.id)
    return [name for _, name in found.values()]


def _meant(event: Event, date: Dated, named: set[str]) -> int:
    """How a date speaks of an event: 1 decided, 2 of its bounds, 3 of its year; 0 not at all."""
    if date.event:
        return int(date.event == event.key)
    if not event.edtf:
        return 0
    people = set(event.people)
    if (date.first, date.last) == (event.first, event.last):
        return 2 if not people or people & named else 0
    years = {_year(bound) for bound in (event.first, event.last, date.first, date.last)}
    may_be_one = date.first <= event.last and event.first <= date.last
    return _LAST if len(years) == 1 and "" not in years and may_be_one and people and people <= named else 0


def _year(bound: str) -> str:
    """The year of an ISO date, "-0044" before Christ; "" of an open bound."""
    return bound[: bound.index("-", 1)] if bound else ""
