"""Rules of the ledger: which block has which id, and edition.lock as it is to be.

A file whose blocks are those of its lines is looked at by itself; where blocks were only reworded, so are they; all
else goes the long way, through the whole ledger (passes/ledger_lines.py).
"""

from __future__ import annotations

import json

from ..book import dump
from ..engine import Trace
from ..passes import generated, ledger, ledger_lines, lockfile
from ..passes.lockfile import LINES
from .view import file_of, text_units, unit_tree


def early(t: Trace, key: str) -> bytes:
    """Table: "marks" -> the marks of a unit's blocks."""
    return dump({"marks": ledger.marks(unit_tree(t, key))})


def marks_in_short(t: Trace, key: str) -> bytes:
    """Table of the marks of a unit in short (passes/ledger_lines.py)."""
    return dump(ledger_lines.in_short(_marks(t, key)))


def _marks(t: Trace, key: str) -> list[lockfile.Mark]:
    return [lockfile.Mark(**mark) for mark in t.look(("early", key), "marks")]


def _count(t: Trace, key: str) -> int:
    count: int = t.look(("marks_in_short", key), "count")
    return count


def held(t: Trace, path: str) -> bytes:
    """What edition.lock says of a source whose blocks are what they were; null where they are not."""
    units = [json.loads(t.need("marks_in_short", key)) for key in t.look(("units", path), "keys")]
    return dump(ledger_lines.held(t.read(f"{LINES}{path}"), units))


def ids_checked(t: Trace) -> bytes:
    """Nothing; complains of the ids that sources give."""
    given = {key: (file_of(key), t.look(("marks_in_short", key), "explicit")) for key in text_units(t)}
    t.say(*ledger.id_problems(given, generated.SECTIONS))
    return b""


def listed(t: Trace) -> bytes:
    """The sources that have lines in edition.lock as it is to be, in order."""
    return dump([*dict.fromkeys(file_of(key) for key in text_units(t) if _count(t, key))])


def ids_in_lock(t: Trace, path: str) -> bytes:
    """Every id in the lines of a source in edition.lock."""
    return dump(ledger_lines.names(t.read(f"{LINES}{path}") or b""))


def are_single(t: Trace) -> bytes:
    """Whether no id stands twice in edition.lock."""
    found = [name for file in json.loads(t.need("listed")) for name in json.loads(t.need("ids_in_lock", file))]
    return dump(len(set(found)) == len(found))


def reworded(t: Trace) -> bytes:
    """Table: source -> its lines in edition.lock as they are to be, where they change; null where more than words has
    changed."""
    t.need("ids_checked")
    files = json.loads(t.need("listed"))
    if (t.read(LINES) or b"").decode().splitlines() != files or not json.loads(t.need("are_single")):
        return dump(None)
    before = {file: t.read(f"{LINES}{file}") or b"" for file in files if t.gives(dump(None), "held", file)}
    units = text_units(t) if before else []
    marks = {file: [mark for key in units if file_of(key) == file for mark in _marks(t, key)] for file in before}
    after = ledger_lines.realigned(before, marks)
    return dump(after and {file: lines.decode() for file, lines in after.items()})


def is_reworded(t: Trace) -> bytes:
    """Whether nothing but words has changed."""
    return dump(not t.gives(dump(None), "reworded"))


def lock(t: Trace) -> bytes:
    """edition.lock as it is to be: every block of the text with its id, and the ids that are no more."""
    t.is_passing = True
    data, after = t.read(lockfile.NAME), json.loads(t.need("reworded"))
    if data is not None and after is not None:
        return lockfile.replaced(data, {file: lines.encode() for file, lines in after.items()})
    before, problems = lockfile.load(data)
    t.say(*problems)
    return lockfile.dump(ledger.align(before, [(file_of(key), _marks(t, key)) for key in text_units(t)]))


def ledger_(t: Trace) -> bytes:
    """Table: unit -> {ids, aliases} of its blocks, the long way."""
    sizes = {key: _count(t, key) for key in text_units(t)}
    return dump(ledger_lines.cells(t.need("lock"), sizes))


def ids(t: Trace, path: str) -> bytes:
    """Table: unit of a source -> {ids, aliases} of its blocks."""
    keys = t.look(("units", path), "keys")
    if not json.loads(t.need("is_reworded")):
        return dump({key: t.look("ledger", key) for key in keys})
    sizes = {key: _count(t, key) for key in keys}
    if told := json.loads(t.need("held", path)):
        return dump(ledger_lines.by_unit(told, sizes))
    return dump(ledger_lines.cells(t.look("reworded", path).encode(), sizes))
