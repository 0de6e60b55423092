"""Rules of the ledger: which block has which id, and edition.lock as it is to be.

A file whose blocks are those of its lines is looked at by itself; where blocks were only reworded, so are they; all
else goes the long way, through the whole ledger (passes/ledger_lines.py).
"""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from ..book import dump
from ..engine import Trace
from ..passes import generated, ledger, ledger_lines, lockfile
from ..passes.lockfile import LINES
from .view import file_of, text_units, unit_tree


def early(t: Trace, key: str) -> bytes:
    """Table: "marks" -> the marks of a unit's blocks."""
    return dump({"marks": ledger.marks(unit_tree(t, key))})


def marks_in_short(t: Trace, key: str) -> bytes:
    """The marks of a unit in short (passes/ledger_lines.py)."""
    return dump(ledger_lines.in_short(_marks(t, key)))


def _marks(t: Trace, key: str) -> list[lockfile.Mark]:
    return [lockfile.Mark(**mark) for mark in t.look(("early", key), "marks")]


def _in_short(t: Trace, key: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(t.need("marks_in_short", key))
    return found


def held(t: Trace, path: str) -> bytes:
    """What edition.lock says of a source whose blocks are what they were; null where they are not."""
    units = [_in_short(t, key) for key in t.look(("units", path), "keys")]
    return dump(ledger_lines.held(t.read(f"{LINES}{path}"), units))


def reworded(t: Trace) -> bytes:
    """Table: source -> its lines in edition.lock as they are to be, where they change; null where more than words has
    changed. Complains of ids."""
    own = {key: _in_short(t, key) for key in text_units(t)}
    t.say(*ledger.id_problems({key: (file_of(key), one["explicit"]) for key, one in own.items()}, generated.SECTIONS))
    files = list(dict.fromkeys(file_of(key) for key, one in own.items() if one["count"]))
    if (t.read(LINES) or b"").decode().splitlines() != files:
        return dump(None)
    told = {file: json.loads(t.need("held", file)) for file in files}
    before = {file: t.read(f"{LINES}{file}") or b"" for file, one in told.items() if one is None}
    marks = {file: [mark for key in own if file_of(key) == file for mark in _marks(t, key)] for file in before}
    names = chain.from_iterable((*one["ids"], *one["others"]) for one in told.values() if one)
    after = ledger_lines.realigned(before, marks, names)
    return dump(after and {file: lines.decode() for file, lines in after.items()})


def is_reworded(t: Trace) -> bytes:
    """Whether nothing but words has changed."""
    return dump(json.loads(t.need("reworded")) is not None)


def lock(t: Trace) -> bytes:
    """edition.lock as it is to be: every block of the text with its id, and the ids that are no more."""
    data, after = t.read(lockfile.NAME), json.loads(t.need("reworded"))
    if data is not None and after is not None:
        files = (t.read(LINES) or b"").decode().splitlines()
        lines = {file: t.read(f"{LINES}{file}") or b"" for file in files}
        return lockfile.joined(lines | {file: own.encode() for file, own in after.items()}) if after else data
    before, problems = lockfile.load(data)
    t.say(*problems)
    return lockfile.dump(ledger.align(before, [(file_of(key), _marks(t, key)) for key in text_units(t)]))


def ledger_(t: Trace) -> bytes:
    """Table: unit -> {ids, aliases} of its blocks, the long way."""
    sizes = {key: _in_short(t, key)["count"] for key in text_units(t)}
    return dump(ledger_lines.cells(t.need("lock"), sizes))


def ids(t: Trace, path: str) -> bytes:
    """Table: unit of a source -> {ids, aliases} of its blocks."""
    keys = t.look(("units", path), "keys")
    if not json.loads(t.need("is_reworded")):
        return dump({key: t.look("ledger", key) for key in keys})
    sizes = {key: _in_short(t, key)["count"] for key in keys}
    if told := json.loads(t.need("held", path)):
        return dump(ledger_lines.by_unit(told, sizes))
    return dump(ledger_lines.cells(t.look("reworded", path).encode(), sizes))
