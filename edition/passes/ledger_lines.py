"""The short way through the ledger: files whose blocks are what they were keep their lines of edition.lock as they are.

Knows the lines that lockfile.py writes, and takes them without parsing; a file that is not just as it would be written
(merged, edited, torn), or an edit that gives or ends an id, goes the long way: `ledger.align` on all there is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from . import lockfile
from .alignment import Mark
from .ledger import align
from .lockfile import Ledger, Row
from .similarity import shortened

_FIRST, _END = b'{"edition.lock": 1}\n', b'{"end": "edition.lock"}\n'
_FILE = re.compile(rb'^\{"file": ("[^"\\]*")\}\n', re.MULTILINE)
_ALIASES = rb'(?:, "aliases": (\["[^\]\\]+"\]))?'
_LIVE = re.compile(
    rb'\{"id": "([^"\\]+)", ("kind": "\w+", "hash": "[0-9a-f]{10}", "text": "[^"\\]*")' + _ALIASES + rb"\}\n"
)
_GONE = re.compile(
    rb'\{"gone": "([^"\\]+)", ("kind": "\w+", "hash": "[0-9a-f]{10}")(?:, "file": "[^"\\]*")?' + _ALIASES + rb"\}\n"
)

Short = Mapping[str, Any]
Unit = tuple[str, Short, Callable[[], Sequence[Mark]]]  # its file, its marks `in_short`, its marks


def in_short(marks: Sequence[Mark]) -> dict[str, Any]:
    """What a unit's lines say whatever its ids are, as a digest; how many there are; its explicit ids, by ordinal."""
    rows = (Row(Mark(mark.kind, mark.hash, "x", shortened(mark.text)), "") for mark in marks)
    lines = lockfile.dump(Ledger(tuple(rows)))
    explicit = [(ordinal, mark.id) for ordinal, mark in enumerate(marks) if mark.id]
    return {"sum": _sum([line[2] for line in _LIVE.finditer(lines)]), "count": len(marks), "explicit": explicit}


def _sum(lines: Sequence[bytes]) -> str:
    return hashlib.blake2b(b"\n".join(lines), digest_size=16).hexdigest()


@dataclass(slots=True)
class Segment:
    """The lines of one file in edition.lock; of blocks that stand, in order, the ids, their aliases and the rest."""

    file: str
    data: bytes
    ids: list[str]
    aliases: list[list[str]]
    rest: list[bytes]
    gone: list[str]

    def holds(self, units: Iterable[Short]) -> bool:
        """Whether the blocks of these units are those of the lines, with the ids that the source gives."""
        at = 0
        for unit in units:
            end = at + unit["count"]
            if _sum(self.rest[at:end]) != unit["sum"]:
                return False
            if any(self.ids[at + ordinal] != name for ordinal, name in unit["explicit"]):
                return False
            at = end
        return at == len(self.rest)


def segments(data: bytes) -> list[Segment]:
    """The file cut up; nothing where a line is not as it would be written, or an id stands twice."""
    heads = list(_FILE.finditer(data))
    if not data.startswith(_FIRST) or not data.endswith(_END) or not heads or heads[0].start() != len(_FIRST):
        return []
    ends = [*(head.start() for head in heads[1:]), len(data) - len(_END)]
    found = [_segment(head, data[head.end() : end]) for head, end in zip(heads, ends, strict=True)]
    names = [name for one in found for name in (*one.ids, *one.gone, *(alias for row in one.aliases for alias in row))]
    files = {one.file for one in found}
    whole = len(set(names)) == len(names) and len(files) == len(found) and all(one.rest for one in found)
    return found if whole else []


def _segment(head: re.Match[bytes], lines: bytes) -> Segment:
    segment = Segment(json.loads(head[1]), head[0] + lines, [], [], [], [])
    at = 0
    while at < len(lines):
        line = _LIVE.match(lines, at)
        gone = None if line else _GONE.match(lines, at)
        if line:
            segment.ids.append(line[1].decode())
            segment.aliases.append(json.loads(line[3]) if line[3] else [])
            segment.rest.append(line[2])
        elif gone:
            segment.gone += [gone[1].decode(), *(json.loads(gone[3]) if gone[3] else ())]
        else:
            return Segment("", b"", [], [], [], [])
        at = (line or gone).end()  # type: ignore[union-attr]
    return segment


def realigned(data: bytes, units: Sequence[Unit]) -> bytes | None:
    """edition.lock after today's text, where only blocks of some files were reworded; None where more has happened.

    Those files are aligned by themselves: how rare a word is, is counted in them alone.
    """
    before = segments(data)
    today = [(file, list(own)) for file, own in groupby(units, key=lambda unit: unit[0])]
    today = [(file, own) for file, own in today if any(short["count"] for _, short, _ in own)]
    if not before or [one.file for one in before] != [file for file, _ in today]:
        return None
    changed = {
        one.file: own
        for one, (_, own) in zip(before, today, strict=True)
        if not one.holds(short for _, short, _ in own)
    }
    old, problems = lockfile.load(_joined(one.data for one in before if one.file in changed))
    new = align(old, [(file, marks()) for own in changed.values() for file, _, marks in own])
    if problems or _names(old) != _names(new):
        return None
    again = {one.file: one.data for one in segments(lockfile.dump(new))}
    if again.keys() != changed.keys():
        return None
    return _joined(again.get(one.file, one.data) for one in before)


def _joined(lines: Iterable[bytes]) -> bytes:
    return b"".join([_FIRST, *lines, _END])


def _names(ledger: Ledger) -> tuple[list[tuple[str, ...]], list[Row]]:
    """The ids in use, and what is gone."""
    return sorted(row.names for row in ledger.live), ledger.gone


def cells(lock: bytes, sizes: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Unit -> {"ids": of its blocks in order, "aliases": id -> other ids that mean it}, of a lock just written.

    `sizes`: how many blocks each has.
    """
    live = [(line[1].decode(), line[3]) for line in map(_LIVE.match, lock.splitlines(keepends=True)) if line]
    assert len(live) == sum(sizes.values()), f"{len(live)} lines of edition.lock for {sum(sizes.values())} blocks"
    table, at = {}, 0
    for unit, size in sizes.items():
        own, at = live[at : at + size], at + size
        table[unit] = {"ids": [name for name, _ in own], "aliases": {name: json.loads(raw) for name, raw in own if raw}}
    return table
