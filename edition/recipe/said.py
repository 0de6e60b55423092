"""Rules of what the editor says: edition.yaml, registers, decisions."""

from __future__ import annotations

import json

from .. import book
from .. import config as conf
from ..book import dump
from ..engine import Trace
from ..passes import chronology, people, plan
from ..passes.name_forms import form_table
from .view import YAML


def config(t: Trace) -> bytes:
    """edition.yaml as JSON; {} where it cannot be used."""
    t.version(*YAML)
    loaded = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
    t.say(*loaded.problems)
    if loaded.value is None:
        return dump({})
    raw = loaded.value.model_dump(mode="json")
    return dump({**raw, "id": raw["id"] or (t.read("folder:") or b"").decode()})


def persons(t: Trace) -> bytes:
    """Table: key -> Person, of all registers of people."""
    t.version(*YAML)
    paths = t.look("config", "people")
    keys = [key for path in paths for key in conf.load_people(t.read(path) or b"", path).value or ()]
    loaded = [conf.load_people(t.read(path) or b"", path, keys) for path in paths]
    found, problems = people.register(loaded)
    t.say(*(p for one in loaded for p in one.problems), *problems)
    return dump(found)


def decisions(t: Trace) -> bytes:
    """Table: "forms", "here", "dates" as decisions.yaml has them."""
    t.version(*YAML)
    path = t.look("config", "decisions")
    loaded = conf.load_decisions(t.read(path) or b"", path)
    t.say(*loaded.problems)
    return dump(loaded.value.model_dump(mode="json") if loaded.value else {"forms": {}, "here": {}, "dates": {}})


def forms(t: Trace) -> bytes:
    """Table: first word of a form -> the forms that begin with it."""
    return dump(form_table(book.persons_from(t.need("persons")), json.loads(t.need("decisions"))["forms"]))


def events(t: Trace) -> bytes:
    """The Events of chronology.yaml as they stand, not yet linked."""
    t.version(*YAML)
    path = t.look("config", "chronology")
    loaded = conf.load_chronology(t.read(path) or b"", path)
    t.say(*loaded.problems)
    found, problems = chronology.events(loaded.value or {}, json.loads(t.need("persons")), loaded.where)
    t.say(*problems)
    return dump(list(found.values()))


def decisions_checked(t: Trace) -> bytes:
    """Complains of decisions about people, events and blocks that there are not."""
    t.version(*YAML)
    path = t.look("config", "decisions")
    loaded = conf.load_decisions(t.read(path) or b"", path)
    if loaded.value is not None:
        known = {name: json.loads(t.need(name)) for name in ("persons", "targets")}
        known["events"] = {event.key: event for event in book.events_from(t.need("events"))}
        t.say(*plan.decision_problems(loaded.value, known, loaded.where, loaded.where_key))
    return b""
