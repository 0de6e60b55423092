"""Rules of what the editor says: edition.yaml, registers, decisions."""

from __future__ import annotations

import json
from typing import Any

from .. import book
from .. import config as conf
from ..book import dump
from ..config import Loaded
from ..engine import Trace
from ..passes import annotations_told, plan, registers
from ..passes import events as event_records
from ..passes.name_forms import as_cell, form_table, small_letters
from ..readers import ReadOptions
from ..readers import read as read_source
from ..xml import canonical, parse
from .view import YAML, text_units


def config(t: Trace) -> bytes:
    """edition.yaml as JSON; {} where it cannot be used."""
    t.version(*YAML)
    loaded = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
    t.say(*loaded.problems)
    if loaded.value is None:
        return dump({})
    raw = loaded.value.model_dump(mode="json")
    return dump({**raw, "id": raw["id"] or (t.read("folder:") or b"").decode()})


def named(t: Trace) -> bytes:
    """Every file that edition.yaml names, and where."""
    t.version(*YAML)
    return dump(list(plan.named_files(conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml"))))


def names(t: Trace) -> bytes:
    """Table: key -> Person of any kind, of all registers: YAML files and TEI sources."""
    t.version(*YAML)
    paths = [(name, path) for name in book.REGISTERS for path in t.look("config", name)]
    keys = registers.keys_of(conf.load_register(name, t.read(path) or b"", path) for name, path in paths)
    files: dict[str, list[Loaded[dict[str, Any]]]] = {name: [] for name in book.REGISTERS}
    for name, path in paths:
        files[name].append(conf.load_register(name, t.read(path) or b"", path, keys))
    told = [(path, json.loads(t.need("told", path))) for path in t.look("plan", "files")]
    found, problems = registers.register(files, told)
    t.say(*(p for some in files.values() for one in some for p in one.problems), *problems)
    return dump(found)


def kinds(t: Trace) -> bytes:
    """Table: key of a register -> its kind, person, place or org."""
    return dump({key: person["kind"] for key, person in json.loads(t.need("names")).items()})


def persons(t: Trace) -> bytes:
    """Table: key -> Person, of the people among all names."""
    return dump(registers.of_kind(book.persons_from(t.need("names")), "person"))


def decisions(t: Trace) -> bytes:
    """Table: "forms", "here", "dates" as decisions.yaml has them."""
    t.version(*YAML)
    path = t.look("config", "decisions")
    loaded = conf.load_decisions(t.read(path) or b"", path)
    t.say(*loaded.problems)
    return dump((loaded.value or conf.Decisions()).model_dump(mode="json"))


def forms(t: Trace) -> bytes:
    """Table: first word of a form -> the forms that begin with it (name_forms.as_cell); "" -> the small letters that
    any begins with."""
    decided = json.loads(t.need("decisions"))["forms"]
    table = form_table(book.persons_from(t.need("names")), decided, t.look("config", "language"))
    return dump({word: as_cell(found) for word, found in table.items()} | {"": small_letters(table)})


def events(t: Trace) -> bytes:
    """The Events of chronology.yaml and of TEI sources as they stand, not yet linked."""
    t.version(*YAML)
    path = t.look("config", "chronology")
    loaded = conf.load_chronology(t.read(path) or b"", path)
    t.say(*loaded.problems)
    told = [(path, json.loads(t.need("told", path))) for path in t.look("plan", "files")]
    found, problems = event_records.events(loaded.value or {}, json.loads(t.need("persons")), loaded.where, told)
    t.say(*problems)
    return dump(list(found.values()))


def annotations_(t: Trace) -> bytes:
    """Table: id of a block -> its annotations, notes as TEI; "" -> whether there are any; else no block asks."""
    t.version(*YAML, "markdown-it-py", "mdit-py-plugins")
    path = t.look("config", "annotations")
    loaded = conf.load_annotations(t.read(path) or b"", path)
    t.say(*loaded.problems)
    table: dict[str, list[dict[str, Any]]] = {}
    for n, one in enumerate(loaded.value or ()):
        told = annotations_told.record(one)
        if one.note:
            reading = read_source("note.md", one.note.encode(), ReadOptions(t.look("config", "language")))
            where = loaded.where(n, "note")
            t.say(*(problem.at(where) for problem in reading.problems))
            told["note"] = canonical(reading.tree).decode()
        table.setdefault(one.at, []).append(told)
    return dump({**table, "": bool(table)})


def annotations_checked(t: Trace) -> bytes:
    """Complains of annotations that have lost their place."""
    t.version(*YAML)
    path = t.look("config", "annotations")
    loaded = conf.load_annotations(t.read(path) or b"", path)
    applied = {one["key"]: one for key in text_units(t) for one in json.loads(t.need("applied", key))}
    lost = annotations_told.lost(loaded.value or (), applied)
    trees = [parse(t.need("normal", key)) for key in text_units(t)] if lost else []
    t.say(*(annotations_told.problem(one, fault, loaded.where(n), trees) for n, one, fault in lost))
    return b""


def decisions_checked(t: Trace) -> bytes:
    """Complains of decisions about people, events and blocks that there are not."""
    t.version(*YAML)
    path = t.look("config", "decisions")
    loaded = conf.load_decisions(t.read(path) or b"", path)
    if loaded.value is not None:
        known = {name: json.loads(t.need(name)) for name in ("names", "targets")}
        known["events"] = {event.key: event for event in book.events_from(t.need("events"))}
        t.say(*plan.decision_problems(loaded.value, known, loaded.where, loaded.where_key))
    return b""
