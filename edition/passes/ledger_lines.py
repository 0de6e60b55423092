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
_FILE = re.compile(rb'\{"file": ("[^"\\]*")\}\n')
_ID = re.compile(rb'\{"id": "([^"\\]+)", ')  # no text has this in it: its quotation marks have backslashes
_ALIASES = rb', "aliases": (\["[^"\\]+"(?:, "[^"\\]+")*\])'
_OTHERS = re.compile(_ALIASES + rb"\}\n")
_KIND = rb'"kind": "\w+", "hash": "[0-9a-f]{10}"'
_LIVE = re.compile(rb'\{"id": "([^"\\]+)", ' + _KIND + rb', "text": "[^"\\]*"(?:' + _ALIASES + rb")?\}\n")
_GONE = re.compile(rb'\{"gone": "([^"\\]+)", ' + _KIND + rb'(?:, "file": "[^"\\]*")?(?:' + _ALIASES + rb")?\}\n")

Short = Mapping[str, Any]
Unit = tuple[str, Short, Callable[[], Sequence[Mark]]]  # its file, its marks `in_short`, its marks


def in_short(marks: Sequence[Mark]) -> dict[str, Any]:
    """What a unit's lines say whatever its ids are, as a digest; how many there are; its explicit ids, by ordinal."""
    rows = (Row(Mark(mark.kind, mark.hash, "x", shortened(mark.text)), "") for mark in marks)
    lines = lockfile.dump(Ledger(tuple(rows))).removeprefix(_FIRST).removesuffix(_END)
    explicit = [(ordinal, mark.id) for ordinal, mark in enumerate(marks) if mark.id]
    return {"sum": _sum(_without_ids(lines)), "count": len(marks), "explicit": explicit}


def _without_ids(lines: bytes) -> list[bytes]:
    return _ID.sub(b"{", lines).split(b"\n")[:-1]


def _sum(lines: Sequence[bytes]) -> str:
    return hashlib.blake2b(b"\n".join(lines), digest_size=16).hexdigest()


@dataclass(slots=True)
class Segment:
    """The lines of one file in edition.lock; of blocks that stand, in order, the ids and the rest; all ids in it."""

    file: str
    data: bytes
    ids: list[bytes]
    rest: list[bytes]
    names: list[bytes]

    def holds(self, units: Iterable[Short]) -> bool:
        """Whether the blocks of these units are those of the lines, with the ids that the source gives."""
        at = 0
        for unit in units:
            end = at + unit["count"]
            if _sum(self.rest[at:end]) != unit["sum"]:
                return False
            if any(self.ids[at + ordinal].decode() != name for ordinal, name in unit["explicit"]):
                return False
            at = end
        return at == len(self.rest) == len(self.ids)

    def is_as_written(self) -> bool:
        """Whether every line is as it would be written."""
        lines = self.data.splitlines(keepends=True)[1:]
        return all(_LIVE.fullmatch(line) or _GONE.fullmatch(line) for line in lines)


def segments(data: bytes) -> list[Segment]:
    """The file cut up; nothing where it cannot be, or an id stands twice. Lines of blocks are not looked at here."""
    heads = list(_FILE.finditer(data))
    if not data.startswith(_FIRST) or not data.endswith(_END) or not heads or heads[0].start() != len(_FIRST):
        return []
    ends = [*(head.start() for head in heads[1:]), len(data) - len(_END)]
    found = [_segment(head, data[head.end() : end]) for head, end in zip(heads, ends, strict=True)]
    names = [name for one in found for name in one.names]
    files = {one.file for one in found}
    whole = len(set(names)) == len(names) and len(files) == len(found)
    whole = whole and all(one.rest and one.data.endswith(b"\n") for one in found)
    return found if whole else []


def _segment(head: re.Match[bytes], lines: bytes) -> Segment:
    ids, others, live = _ID.findall(lines), list[bytes](), lines
    if b'{"gone": ' in lines or b', "aliases": ' in lines:
        others += (gone[1] for gone in _GONE.finditer(lines))
        others += (name.encode() for aliases in _OTHERS.finditer(lines) for name in json.loads(aliases[1]))
        live = _OTHERS.sub(b"}\n", _GONE.sub(b"", lines))
    return Segment(json.loads(head[1]), head[0] + lines, ids, _without_ids(live), [*ids, *others])


def realigned(data: bytes, units: Sequence[Unit]) -> bytes | None:
    """edition.lock after today's text, where only blocks of some files were reworded; None where more has happened.

    Those files are aligned by themselves: how rare a word is, is counted in them alone.
    """
    before = segments(data)
    today = [(file, list(own)) for file, own in groupby(units, key=lambda unit: unit[0])]
    today = [(file, own) for file, own in today if any(short["count"] for _, short, _ in own)]
    if not before or [one.file for one in before] != [file for file, _ in today]:
        return None
    pairs = zip(before, today, strict=True)
    changed = {one.file: (one, own) for one, (_, own) in pairs if not one.holds(short for _, short, _ in own)}
    if not changed:
        return data
    old, problems = lockfile.load(_joined(one.data for one, _ in changed.values()))
    new = align(old, [(file, marks()) for _, own in changed.values() for file, _, marks in own])
    known = not problems and all(one.is_as_written() for one, _ in changed.values())
    if not known or _names(old) != _names(new):
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
    ids = [name.decode() for name in _ID.findall(lock)]
    assert len(ids) == sum(sizes.values()), f"{len(ids)} lines of edition.lock for {sum(sizes.values())} blocks"
    aliases = _aliases(lock)
    table, at = {}, 0
    for unit, size in sizes.items():
        own, at = ids[at : at + size], at + size
        table[unit] = {"ids": own, "aliases": {name: aliases[name] for name in own if name in aliases}}
    return table


def _aliases(lock: bytes) -> dict[str, list[str]]:
    """Id of a block that stands -> others that mean it."""
    found = {}
    for others in _OTHERS.finditer(lock):
        line = _ID.match(lock, lock.rindex(b"\n", 0, others.start()) + 1)
        if line:
            found[line[1].decode()] = json.loads(others[1])
    return found
