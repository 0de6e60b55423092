"""What the editor may decide: names and dates, ranked by how much each decision settles, with contexts and its line.

Knows what units ask, the registers and the chronology; knows no tree.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from msgspec.structs import replace

from ..book import Asked, Event, Person, Question
from ..config.appending import event_line, flow_pair
from ..config.fields import slug
from .name_candidates import sound
from .name_forms import sort_form
from .name_words import TITLES

CONTEXTS = 3
PEOPLE = "people.yaml"  # where most names belong; places and organisations have files of their own


def names(asked: Iterable[Asked], people: Mapping[str, Person], decisions: str) -> list[Question]:
    """Undecided forms first, by frequency; then unlisted names by likelihood and frequency."""
    grouped = _grouped(asked)
    spelled = _sounds(people)
    found = [_name(question, spelled, decisions) for question in grouped]
    return sorted(found, key=lambda q: (q.why == "unlisted", -q.likelihood, -q.count, q.form))


def _grouped(asked: Iterable[Asked]) -> list[Question]:
    groups: dict[tuple[str, str, tuple[str, ...]], list[Asked]] = {}
    for one in asked:
        groups.setdefault((one.form, one.why, one.keys), []).append(one)
    return [
        Question(form, why, len(some), keys, tuple(some[:CONTEXTS]), "", "", some[0].likelihood)
        for (form, why, keys), some in groups.items()
    ]


def _sounds(people: Mapping[str, Person]) -> dict[str, list[str]]:
    """The sound of a surname or of the name of a place -> whose it is."""
    found: dict[str, list[str]] = {}
    for key, person in people.items():
        found.setdefault(sound(person.sort.partition(",")[0]), []).append(key)
    return found


def _name(question: Question, spelled: Mapping[str, Sequence[str]], file: str) -> Question:
    """The question with proposals and the line that would decide it."""
    form, keys = question.form, question.keys
    if question.why == "unlisted":
        keys = tuple(spelled.get(sound(form.split()[-1]), ()))
        if not keys:
            name = " ".join(word for word in form.split() if word not in TITLES)
            return replace(question, line=f"{slug(sort_form(name))}: {flow_pair('name', name)}", file=PEOPLE)
        return replace(question, keys=keys, line=f"forms: {flow_pair(form, keys[0])}", file=file)
    if question.why == "unresolved":
        return replace(question, line=f"{keys[0]}: {flow_pair('name', form)}", file=PEOPLE)
    if question.why == "ambiguous":
        return replace(question, line=f"forms: {flow_pair(form, keys[0])}", file=file)
    block = question.contexts[0].block
    return replace(question, line=f"here: {{{block}: {flow_pair(form, keys[0])}}}", file=file)


def dates(asked: Iterable[Asked], events: Sequence[Event], decisions: str) -> list[Question]:
    """Dated passages that no event of the chronology is linked to, in reading order; first those an event may fit."""
    linked = {name for event in events for name in event.passages}
    found = [_date(one, events, decisions) for one in asked if one.id not in linked]
    return sorted(found, key=lambda q: not q.keys)


def _date(one: Asked, events: Sequence[Event], file: str) -> Question:
    fitting = tuple(event.key for event in events if event.first and _fits(one, event))
    event = fitting[0] if fitting else "none"
    line = f"dates: {{{one.block}: {flow_pair(one.form, event)}}}"
    label = said(one)
    added = event_line(free_id(label, one.edtf, {event.key for event in events}), one.edtf, label, one.keys)
    return Question(one.form, one.why or "dated", 1, fitting, (one,), line, file, event=added)


def said(one: Asked) -> str:
    """The sentence that a date stands in, as far as its context goes: a label to begin with."""
    before, after = re.split(r"[.!?]\s", one.before)[-1], re.split(r"[.!?](?:\s|\Z)", one.after)[0]
    return " ".join(f"{before}{one.form}{after}".split()).strip("… ")


def free_id(label: str, date: str, taken: Collection[str]) -> str:
    """An id that no event has yet, of the first words of a label; of the date where they give none."""
    wanted = "-".join(slug(label).split("-")[:6]) or f"event-{slug(date)}"
    ids = (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in ids if name not in taken and name != "none")


def _fits(one: Asked, event: Event) -> bool:
    """Whether an event lies within the time of a passage, or the other way round."""
    if not (one.first and one.last and event.last):
        return False
    within, around = one.first >= event.first and one.last <= event.last, one.first <= event.first
    return within or (around and event.last <= one.last)
