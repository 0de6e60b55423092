"""The events of an edition made one: of chronology.yaml and of the lists of its TEI sources.

An event that stands in several is one: by its id, and then what chronology.yaml says holds, field by field; or because
date, people and wording agree. Knows records and ids; knows no text. What speaks of an event is known to chronology.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from .. import edtf
from ..book import Event
from ..config import EventRecord
from ..problems import Place, Problem, did_you_mean
from ..words import words

Told = Sequence[tuple[str, Mapping[str, Sequence[Mapping[str, Any]]]]]
_ALIKE = 0.6  # what part of the shorter label's words the other must have


def events(
    records: Mapping[str, EventRecord], people: Iterable[str], where: Callable[..., Place], told: Told = ()
) -> tuple[dict[str, Event], list[Problem]]:
    """Events by key, and what is wrong with them. `where(key, field, …)` gives the Place of a value; `told`: (source,
    its Reading.registers), in order."""
    found: dict[str, Event] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    known = set(people)
    for path, registers in told:
        for raw in registers.get("events", ()):
            place = Place(path, raw.get("line", 0))
            event, lost = _told(raw)
            problems += [Problem("register-told", place, f"“{event.key}”: {said}") for said in lost]
            found.setdefault(event.key, event)
            places.setdefault(event.key, place)
    for key, record in records.items():
        problems += _problems(key, record, known, where)
        if key in found:
            text = f"“{key}” is in a source too; here its {', '.join(sorted(record.model_fields_set))} hold"
            problems.append(Problem("event-merged", where(key), text))
        found[key] = _own(key, record, found.get(key))
        places[key] = where(key)
    return _merged(found, places, problems), problems


def _problems(key: str, record: EventRecord, known: set[str], where: Callable[..., Place]) -> list[Problem]:
    found: list[Problem] = []
    date = edtf.ours(record.date, edtf.style(record.calendar, record.year_start)) if record.date else None
    if isinstance(date, str):
        found.append(Problem("date-edtf", where(key, "date"), f"“{record.date}” is no date: {date}", edtf.HINT))
    for n, person in enumerate(record.people):
        if person not in known:
            text = f"nobody in people.yaml has the id “{person}”"
            hint = did_you_mean(person, known, "add the person to people.yaml")
            found.append(Problem("person-unknown", where(key, "people", n), text, hint))
    return found


def _own(key: str, record: EventRecord, before: Event | None) -> Event:
    """The event of a record; what the record leaves out is as the source has it."""
    date = edtf.ours(record.date, edtf.style(record.calendar, record.year_start)) if record.date else ""
    dated = _dated(Event(key, "", "", "", record.label), date.text if isinstance(date, edtf.Edtf) else "")
    return replace(
        dated,
        about=record.about or (before.about if before else ""),
        people=tuple(record.people),
        place=record.place,
        cite=record.cite,
        written=record.date if dated.edtf not in ("", record.date) else "",
    )


def _dated(event: Event, text: str) -> Event:
    value = edtf.parse(text) if text else None
    return replace(event, edtf=value.text, first=value.first, last=value.last) if value else event


def _told(raw: Mapping[str, Any]) -> tuple[Event, list[str]]:
    """The event of a record of a source, and what of it cannot be kept."""
    text = _edtf(raw)
    reason = edtf.problem_with(text) if text else ""
    event = Event(raw["id"], "", "", "", raw.get("name") or raw["id"], raw.get("about", ""))
    return _dated(event, text), [f"“{text}” is no date: {reason}"] if reason else []


def _edtf(raw: Mapping[str, Any]) -> str:
    """The date of a TEI event (att.datable.w3c) as EDTF."""

    def given(name: str) -> str:
        value = str(raw.get(name, ""))
        return edtf.iso_year(int(value[:5]) + 1) + value[5:] if value.startswith("-") else value

    if raw.get("when"):
        return given("when")
    if raw.get("from") or raw.get("to"):
        return f"{given('from') or '..'}/{given('to') or '..'}"
    first, last = given("notBefore"), given("notAfter")
    if first and last:
        return f"[{first}..{last}]"
    return f"{first or '..'}/{last or '..'}" if first or last else ""


# --- events that are one


def _merged(found: Mapping[str, Event], places: Mapping[str, Place], problems: list[Problem]) -> dict[str, Event]:
    """The events without those that say what an earlier one does, each of which is told."""
    kept: dict[str, Event] = {}
    for key, event in found.items():
        twin = next((one for one in kept.values() if _is_one(one, event)), None)
        if twin is None:
            kept[key] = event
            continue
        kept[twin.key] = replace(twin, about=twin.about or event.about, place=twin.place or event.place)
        text = f"“{key}” is taken as “{twin.key}”: date, people and wording agree"
        hint = f"delete one of them; in decisions write {twin.key}"
        problems.append(Problem("event-merged", places[key], text, hint))
    return kept


def _is_one(one: Event, other: Event) -> bool:
    if not one.first or (one.first, one.last) != (other.first, other.last) or set(one.people) != set(other.people):
        return False
    said = [{word.casefold() for word in words(event.label)} for event in (one, other)]
    return len(said[0] & said[1]) >= _ALIKE * max(1, min(map(len, said)))
