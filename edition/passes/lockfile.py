"""edition.lock: the ledger of ids as a file that people read in diffs and git merges line by line.

Owns the form of the file; must not know how ids are given. One line of JSON per block in the order of the text, then
the ids that are no more; a first line with the version, a last line that says nothing is cut off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..normal.vocabulary import ID_PREFIX, REGISTER_PREFIXES
from ..problems import Place, Problem
from .alignment import Mark as Mark
from .similarity import shortened

NAME = "edition.lock"
VERSION = 1
_FIRST, _LAST = {NAME: VERSION}, {"end": NAME}
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_ID = re.compile(r"[^\W\d][\w.\-]*")
_HASH = re.compile(r"[0-9a-f]{10}")
_AGAIN = "take the file back from version control, then build again"
_UNMERGED = f"delete the lines of markers, keep all others; “{NAME} merge=union” in .gitattributes does so by itself"
_ENOUGH = 10  # complaints about one file
_SHOWN = 20  # ids in one complaint


@dataclass(frozen=True, slots=True)
class Row:
    """A block of the ledger: `mark.id` is its id; `aliases` are ids that mean it too; the source file it stands in."""

    mark: Mark
    file: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.mark.id, *self.aliases)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The blocks in the order of the text, and those that are gone (without text), whose ids are never given again."""

    rows: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()


def natural(name: str) -> tuple[int, str]:
    """Order of ids: "p-7f3a", "p-7f3a-2", "p-7f3a-10"."""
    return len(name), name


# --- writing


def dump(ledger: Ledger) -> bytes:
    """The file. Texts are shortened (similarity.shortened)."""
    lines = [_FIRST, *(_row(row) for row in ledger.rows), *(_gone(row) for row in ledger.gone), _LAST]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _row(row: Row) -> dict[str, Any]:
    told = {"id": row.mark.id, "file": row.file, "kind": row.mark.kind, "hash": row.mark.hash}
    return {**told, "text": shortened(row.mark.text), **({"aliases": row.aliases} if row.aliases else {})}


def _gone(row: Row) -> dict[str, Any]:
    told = {"gone": row.mark.id, "file": row.file, "kind": row.mark.kind, "hash": row.mark.hash}
    return {**told, **({"aliases": row.aliases} if row.aliases else {})}


# --- reading


def load(data: bytes | None) -> tuple[Ledger, list[Problem]]:
    """The ledger of a file (None: there is none yet), and what is wrong with it.

    Rows may stand in any order and ids may come twice, as a merge leaves them: the text decides which row is meant.
    A line that cannot be read is left out and complained of.
    """
    if data is None:
        return Ledger(), []
    rows: list[Row] = []
    gone: dict[str, Row] = {}
    problems: list[Problem] = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            told = _told(line, number)
        except _Wrong as wrong:
            problems.append(wrong.problem(number))
            if wrong.code == "lock-version":
                return Ledger(), problems
            continue
        if told is not None and "gone" in told:
            gone.setdefault(told["gone"], _read_row(told, told["gone"]))
        elif told is not None:
            rows.append(_read_row(told, told["id"]))
    problems += _torn(data)
    return Ledger(tuple(dict.fromkeys(rows)), tuple(gone.values())), _conflicts_once(problems)[:_ENOUGH]


def _read_row(told: Mapping[str, Any], name: str) -> Row:
    mark = Mark(told["kind"], told["hash"], name, told.get("text", ""))
    return Row(mark, told["file"], tuple(told.get("aliases", ())))


class _Wrong(Exception):
    """What is wrong with a line."""

    def __init__(self, code: str, text: str, hint: str) -> None:
        super().__init__(text)
        self.code, self.text, self.hint = code, text, hint

    def problem(self, line: int) -> Problem:
        return Problem(self.code, Place(NAME, line, 1), self.text, self.hint)


def _told(line: bytes, number: int) -> dict[str, Any] | None:
    """What a line says of a block; None for the first line, the last line and an empty one. Raises _Wrong."""
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        if text[:7] in _MARKERS:
            raise _Wrong("lock-conflict", "this file has not been merged", _UNMERGED)
        told = json.loads(text) if text else None
    except (ValueError, RecursionError):
        raise _Wrong("lock-broken", "this line is no JSON", _AGAIN) from None
    if told in (None, _LAST, _FIRST):
        return None
    if isinstance(told, dict) and type(told.get(NAME)) is int and told[NAME] > VERSION:
        text = f"this file was written by a newer Edition (form {told[NAME]}; known is {VERSION})"
        raise _Wrong("lock-version", text, "build with that version, or a later one")
    fault = next(_faults(told), "")
    if fault:
        raise _Wrong("lock-broken", fault, _AGAIN)
    return dict(told)


def _faults(told: Any) -> Iterator[str]:
    """Why a line is no row of the ledger."""
    if not isinstance(told, dict) or not ("id" in told) ^ ("gone" in told):
        yield "this line is not about a block"
        return
    name = told.get("id", told.get("gone"))
    if not _is_id(name):
        yield f"“{name}” cannot be an id" if isinstance(name, str) else "the id is no text"
    wanted = {"file", "kind", "hash"} | ({"id", "text"} if "id" in told else {"gone"})
    odd = sorted((wanted - set(told)) | (set(told) - wanted - {"aliases"}))
    if odd:
        yield f"“{odd[0]}” is {'missing' if odd[0] in wanted else 'not known here'}"
        return
    if not all(isinstance(told[key], str) for key in wanted):
        yield "a value is no text"
    elif told["kind"] not in ID_PREFIX or not _HASH.fullmatch(told["hash"]):
        yield "“kind” or “hash” has been changed"
    aliases = told.get("aliases", [])
    if not isinstance(aliases, list) or not all(map(_is_id, aliases)):
        yield "“aliases” is no list of ids"


def _is_id(name: Any) -> bool:
    return isinstance(name, str) and bool(_ID.fullmatch(name)) and not name.startswith(REGISTER_PREFIXES)


def _torn(data: bytes) -> list[Problem]:
    """Whether the first line or the end is missing."""
    if not data.strip():
        return [Problem("lock-broken", Place(NAME, 1, 1), "this file is empty", _AGAIN)]
    lines = [line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    found = []
    if not any(line.startswith(json.dumps({NAME: 0}).encode()[:-2]) for line in lines):
        text = "the first line, which tells the version, is missing"
        found.append(Problem("lock-broken", Place(NAME, 1, 1), text, _AGAIN))
    if lines[-1] or json.dumps(_LAST).encode() not in lines:
        at = Place(NAME, len(data.splitlines()), 1)
        found.append(Problem("lock-broken", at, "the end of this file is missing", _AGAIN))
    return found


def _conflicts_once(problems: list[Problem]) -> list[Problem]:
    """The first marker of a conflict stands for all."""
    conflicts = [problem for problem in problems if problem.code == "lock-conflict"]
    return conflicts[:1] + [problem for problem in problems if problem.code != "lock-conflict"]


# --- comparing


def frozen_problems(before: bytes | None, after: bytes) -> list[Problem]:
    """What a build that may change no id has against one that would. Order of lines and repeated ones are no change."""
    old, new = load(before)[0], load(after)[0]
    told_old, told_new = ({row.mark.id: row for row in ledger.rows} for ledger in (old, new))
    known = frozenset(old.rows)
    forgotten = {row.mark.id for row in old.gone} ^ {row.mark.id for row in new.gone}
    listed = [
        ("new", sorted(set(told_new) - set(told_old), key=natural)),
        ("no more", sorted(set(told_old) - set(told_new), key=natural)),
        ("otherwise", [row.mark.id for row in new.rows if row.mark.id in told_old and row not in known]),
        ("long gone", sorted(forgotten - set(told_old) - set(told_new), key=natural)),
    ]
    said = [f"{what}: {_list(names)}" for what, names in listed if names]
    if not said:
        return []
    text = f"{NAME} would change ({'; '.join(said)})" if before is not None else f"there is no {NAME} ({said[0]})"
    hint = f"build without --frozen and commit {NAME}"
    return [Problem("ledger-frozen", Place(NAME, 1 if before is not None else 0), text, hint)]


def _list(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
