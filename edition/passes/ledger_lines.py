"""The short way through the ledger: files whose blocks are what they were keep their lines of edition.lock as they are.

Knows the lines that lockfile.py writes, and takes them without parsing; a file that is not just as it would be written
(merged, edited, torn), or an edit that gives or ends an id, goes the long way: `ledger.align` on all there is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from . import lockfile
from .alignment import Mark
from .ledger import align
from .lockfile import Ledger, Lines, Row, cut, is_utf8, joined
from .similarity import shortened

_ID = re.compile(rb'\{"id": "([^"\\]+)", ')  # no text has this in it: its quotation marks have backslashes
_ALIASES = rb', "aliases": (\["[^"\\]+"(?:, "[^"\\]+")*\])'
_OTHERS = re.compile(_ALIASES + rb"\}\n")
_KIND = rb'"kind": "\w+", "hash": "[0-9a-f]{10}"'
_LIVE = re.compile(rb'\{"id": "([^"\\]+)", ' + _KIND + rb', "text": "[^"\\]*"(?:' + _ALIASES + rb")?\}\n")
_GONE = re.compile(rb'\{"gone": "([^"\\]+)", ' + _KIND + rb'(?:, "file": "[^"\\]*")?(?:' + _ALIASES + rb")?\}\n")

Short = Mapping[str, Any]


def in_short(marks: Sequence[Mark]) -> dict[str, Any]:
    """What a unit's lines say whatever its ids are, as a digest; how many there are; its explicit ids, by ordinal."""
    rows = (Row(Mark(mark.kind, mark.hash, "x", shortened(mark.text)), "") for mark in marks)
    lines = lockfile.dump(Ledger(tuple(rows))).removeprefix(lockfile.FIRST).removesuffix(lockfile.END)
    explicit = [(ordinal, mark.id) for ordinal, mark in enumerate(marks) if mark.id]
    return {"sum": _sum(_without_ids(lines)), "count": len(marks), "explicit": explicit}


def _without_ids(lines: bytes) -> list[bytes]:
    return _ID.sub(b"{", lines).split(b"\n")[:-1]


def _sum(lines: Sequence[bytes]) -> str:
    return hashlib.blake2b(b"\n".join(lines), digest_size=16).hexdigest()


def held(lines: bytes | None, units: Sequence[Short]) -> dict[str, Any] | None:
    """What the lines of a file say, if its blocks are theirs, with the ids that the source gives; else None.

    "ids" of the blocks in order, "aliases": id -> others that mean it.
    """
    if not lines:
        return None if any(unit["count"] for unit in units) else {"ids": [], "aliases": {}}
    if not is_utf8(lines):
        return None
    live, ids = _alive(lines), _ids(lines)
    rest, at = _without_ids(live), 0
    for unit in units:
        end = at + unit["count"]
        if _sum(rest[at:end]) != unit["sum"] or any(ids[at + n] != name for n, name in unit["explicit"]):
            return None
        at = end
    return {"ids": ids, "aliases": _aliases(lines)} if at == len(rest) == len(ids) else None


def names(lines: bytes) -> list[str]:
    """Every id in the lines of a file, in use or not; none where they are not UTF-8."""
    return [*_ids(lines), *_others(lines)] if is_utf8(lines) else []


def _ids(lines: bytes) -> list[str]:
    return [name.decode() for name in _ID.findall(lines)]


def _alive(lines: bytes) -> bytes:
    """The lines of blocks that stand, without aliases."""
    if b'{"gone": ' in lines or b', "aliases": ' in lines:
        return _OTHERS.sub(b"}\n", _GONE.sub(b"", lines))
    return lines


def _others(lines: bytes) -> list[str]:
    """The ids in some lines that no block has today."""
    gone = [found[1].decode() for found in _GONE.finditer(lines)] if b'{"gone": ' in lines else []
    return [*gone, *(name for found in _OTHERS.finditer(lines) for name in json.loads(found[1]))]


def _aliases(lines: bytes) -> dict[str, list[str]]:
    """Id of a block that stands -> others that mean it."""
    found = {}
    for others in _OTHERS.finditer(lines):
        line = _ID.match(lines, lines.rfind(b"\n", 0, others.start()) + 1)
        if line:
            found[line[1].decode()] = json.loads(others[1])
    return found


def realigned(before: Lines, today: Mapping[str, Sequence[Mark]]) -> dict[str, bytes] | None:
    """The lines of files whose blocks were only reworded, or moved among them, after today's text; None where more has
    happened.

    These files are aligned by themselves: how rare a word is, is counted in them alone.
    """
    if not all(map(_is_as_written, before.values())):
        return None
    old, problems = lockfile.load(joined(before))
    new = align(old, list(today.items()))
    if problems or _in_use(old) != _in_use(new):
        return None
    again = cut(lockfile.dump(new))
    return again if again.keys() == before.keys() else None


def _is_as_written(lines: bytes) -> bool:
    """Whether every line is as it would be written."""
    whole = lines.splitlines(keepends=True)
    return is_utf8(lines) and bool(whole) and all(_LIVE.fullmatch(line) or _GONE.fullmatch(line) for line in whole)


def _in_use(ledger: Ledger) -> tuple[list[tuple[str, ...]], list[Row]]:
    """The ids in use, and what is gone."""
    return sorted(row.names for row in ledger.live), ledger.gone


def cells(lines: bytes, sizes: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """Unit -> {"ids": of its blocks in order, "aliases": id -> other ids that mean it}, of lines just written.

    `sizes`: how many blocks each has.
    """
    return by_unit({"ids": _ids(lines), "aliases": _aliases(lines)}, sizes)


def by_unit(told: Mapping[str, Any], sizes: Mapping[str, int]) -> dict[str, dict[str, Any]]:
    """What is `held` of all units of a file, for each."""
    ids, aliases = told["ids"], told["aliases"]
    assert len(ids) == sum(sizes.values()), f"{len(ids)} lines of edition.lock for {sum(sizes.values())} blocks"
    table, at = {}, 0
    for unit, size in sizes.items():
        own, at = ids[at : at + size], at + size
        table[unit] = {"ids": own, "aliases": {name: aliases[name] for name in own if name in aliases}}
    return table
