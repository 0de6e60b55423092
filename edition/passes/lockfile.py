"""edition.lock: the ledger of ids as a file that people read in diffs and git merges line by line.

Owns the form of the file; must not know how ids are given. One JSON object a line: the version; then a line for each
source file and after it one for each of its blocks, in the order of the text, those that are gone where they stood; an
end. So what two people add or delete in two places is in two places here too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ..normal.vocabulary import ID_PREFIX, REGISTER_PREFIXES
from ..problems import Place, Problem
from .alignment import Mark as Mark
from .similarity import shortened

NAME = "edition.lock"
VERSION = 1
_FIRST, _LAST = {NAME: VERSION}, {"end": NAME}
FIRST, END = b'{"edition.lock": 1}\n', b'{"end": "edition.lock"}\n'  # lines
_HEAD, _HEAD_END = b'{"file": ', b"}\n"
_FILE = re.compile(rb'"[^"\\\x00-\x1f]*"')
LINES = "lock:"  # before the name of a source: its lines here, read alone; by itself: the names of all sources
Lines = Mapping[str, bytes]  # file -> its lines, without the one that names it
_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")
_ID = re.compile(r"[^\W\d][\w.\-]*")
_HASH = re.compile(r"[0-9a-f]{10}")
_AGAIN = "take the file back from version control, then build again"
_UNMERGED = f"delete the lines of markers, keep all others; “{NAME} merge=union” in .gitattributes does so by itself"
_ENOUGH = 10  # complaints about one file
_SHOWN = 20  # ids in one complaint


class Row(Struct, frozen=True):
    """A block of the ledger: `mark.id` is its id, `aliases` are ids that mean it too, `file` is where it stands.

    If it is `gone`, nothing has these ids any more, and nothing will; its text is not kept.
    """

    mark: Mark
    file: str
    aliases: tuple[str, ...] = ()
    gone: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (self.mark.id, *self.aliases)


class Ledger(Struct, frozen=True):
    """All blocks in the order of the text; those that are gone stand after the one they stood after."""

    rows: tuple[Row, ...] = ()

    @property
    def live(self) -> list[Row]:
        return [row for row in self.rows if not row.gone]

    @property
    def gone(self) -> list[Row]:
        return [row for row in self.rows if row.gone]


def natural(name: str) -> tuple[int, str]:
    """Order of ids: "p-7f3a", "p-7f3a-2", "p-7f3a-10"."""
    return len(name), name


# --- writing


def dump(ledger: Ledger) -> bytes:
    """The file. Texts are shortened (similarity.shortened)."""
    lines: list[dict[str, Any]] = [_FIRST]
    file = ""
    for row in ledger.rows:
        if not row.gone and row.file != file:
            file = row.file
            lines.append({"file": file})
        lines.append(_line(row, file))
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return "".join(encode(line) + "\n" for line in [*lines, _LAST]).encode()


def _line(row: Row, file: str) -> dict[str, Any]:
    told: dict[str, Any] = {"gone" if row.gone else "id": row.mark.id, "kind": row.mark.kind, "hash": row.mark.hash}
    if row.gone and row.file != file:
        told["file"] = row.file
    if not row.gone:
        told["text"] = shortened(row.mark.text)
    if row.aliases:
        told["aliases"] = list(row.aliases)
    return told


# --- reading


def load(data: bytes | None) -> tuple[Ledger, list[Problem]]:
    """The ledger of a file (None: there is none yet), and what is wrong with it.

    Rows may stand in any order and ids may come twice, as a merge leaves them: the text decides which row is meant.
    A line that cannot be read is left out and complained of.
    """
    if data is None:
        return Ledger(), []
    rows: list[Row] = []
    problems: list[Problem] = []
    file = ""
    for number, line in enumerate(data.splitlines(), 1):
        try:
            told = _told(line, number)
        except _Wrong as wrong:
            problems.append(wrong.problem(number))
            if wrong.code == "lock-version":
                return Ledger(), problems
            continue
        if told.keys() == {"file"}:
            file = told["file"]
        elif told:
            rows.append(_row(told, file))
    problems += _torn(data)
    return Ledger(tuple(dict.fromkeys(rows))), _one_conflict(problems)[:_ENOUGH]


def _row(told: Mapping[str, Any], file: str) -> Row:
    name = told["gone"] if "gone" in told else told["id"]
    mark = Mark(told["kind"], told["hash"], name, told.get("text", ""))
    return Row(mark, told.get("file", file), tuple(told.get("aliases", ())), "gone" in told)


class _Wrong(Exception):
    """What is wrong with a line."""

    def __init__(self, code: str, text: str, hint: str) -> None:
        super().__init__(text)
        self.code, self.text, self.hint = code, text, hint

    def problem(self, line: int) -> Problem:
        return Problem(self.code, Place(NAME, line, 1), self.text, self.hint)


def _told(line: bytes, number: int) -> dict[str, Any]:
    """What a line says of a block or a file; {} for the first line, the last one and empty ones. Raises _Wrong."""
    try:
        text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        if text[:7] in _MARKERS:
            raise _Wrong("lock-conflict", "this file has not been merged", _UNMERGED)
        told = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        raise _Wrong("lock-broken", "this line is no JSON", _AGAIN) from None
    if told in ({}, _LAST, _FIRST):
        return {}
    if isinstance(told, dict) and type(told.get(NAME)) is int and told[NAME] > VERSION:
        text = f"this file was written by a newer Edition (form {told[NAME]}; known is {VERSION})"
        raise _Wrong("lock-version", text, "build with that version, or a later one")
    fault = next(_faults(told), "")
    if fault:
        raise _Wrong("lock-broken", fault, _AGAIN)
    return dict(told)


def _faults(told: Any) -> Iterator[str]:
    """Why a line is neither a file's nor a block's."""
    if not isinstance(told, dict) or sum(key in told for key in ("id", "gone")) != (told.keys() != {"file"}):
        yield "this line is about no block"
        return
    if told.keys() == {"file"}:
        if not isinstance(told["file"], str):
            yield "the name of the file is no text"
        return
    wanted = {"kind", "hash"} | ({"id", "text"} if "id" in told else {"gone"})
    odd = sorted(wanted - told.keys()) or sorted(told.keys() - wanted - {"file", "aliases"})
    if odd:
        yield f"“{odd[0]}” is {'missing' if odd[0] in wanted else 'not known here'}"
    elif not all(isinstance(told[key], str) for key in told.keys() - {"aliases"}):
        yield "a value is no text"
    elif told["kind"] not in ID_PREFIX or not _HASH.fullmatch(told["hash"]):
        yield "“kind” or “hash” has been changed"
    elif not _is_id(name := told["gone"] if "gone" in told else told["id"]):
        yield f"“{name}” cannot be an id"
    elif not isinstance(told.get("aliases", []), list) or not all(map(_is_id, told.get("aliases", []))):
        yield "“aliases” is no list of ids"


def _is_id(name: Any) -> bool:
    return isinstance(name, str) and bool(_ID.fullmatch(name)) and not name.startswith(REGISTER_PREFIXES)


def _torn(data: bytes) -> list[Problem]:
    """Whether the first line or the end is missing."""
    if not data.strip():
        return [Problem("lock-broken", Place(NAME, 1, 1), "this file is empty", _AGAIN)]
    lines = [line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n")]
    found = []
    if json.dumps(_FIRST).encode() not in lines:
        text = "the first line, which tells the version, is missing"
        found.append(Problem("lock-broken", Place(NAME, 1, 1), text, _AGAIN))
    if lines[-1] or json.dumps(_LAST).encode() not in lines:
        at = Place(NAME, len(data.splitlines()), 1)
        found.append(Problem("lock-broken", at, "the end of this file is missing", _AGAIN))
    return found


def _one_conflict(problems: list[Problem]) -> list[Problem]:
    """The first marker of a conflict stands for all."""
    conflicts = [problem for problem in problems if problem.code == "lock-conflict"]
    return conflicts[:1] + [problem for problem in problems if problem.code != "lock-conflict"]


# --- cutting


def cut(data: bytes) -> dict[str, bytes]:
    """The lines of each file, in order; nothing where the whole is not as it would be written. Lines of blocks are not
    looked at: they may not even be UTF-8."""
    return {file: data[start:end] for file, (start, end) in _spans(data).items()}


def _spans(data: bytes) -> dict[str, tuple[int, int]]:
    """Where the lines of each file begin and end."""
    if not data.startswith(FIRST + _HEAD) or not data.endswith(b"\n" + END):
        return {}
    found: dict[str, tuple[int, int]] = {}
    at, last, count = len(FIRST), len(data) - len(END), 0
    while at < last:
        end = data.find(_HEAD_END, at)
        name, lines = data[at + len(_HEAD) : end], end + len(_HEAD_END)
        at, count = data.find(b"\n" + _HEAD, end, last) + 1 or last, count + 1
        if not _FILE.fullmatch(name) or not is_utf8(name) or at <= lines:
            return {}
        found[json.loads(name)] = lines, at
    return found if len(found) == count else {}


def replaced(data: bytes, new: Lines) -> bytes:
    """The whole with the lines of some files in place of their old ones."""
    pieces, at = [], 0
    for file, (start, end) in _spans(data).items():
        if file in new:
            pieces += [data[at:start], new[file]]
            at = end
    return b"".join([*pieces, data[at:]]) if pieces else data


def is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False


def joined(lines: Lines) -> bytes:
    """The whole again."""
    heads = ((json.dumps(file, ensure_ascii=False).encode(), own) for file, own in lines.items())
    return b"".join([FIRST, *(b"".join([_HEAD, name, _HEAD_END, own]) for name, own in heads), END])


# --- comparing


def frozen_problems(before: bytes | None, after: bytes) -> list[Problem]:
    """What a build that may change no id has against one that would. Order of lines and repeated ones are no change."""
    old, new = load(before)[0], load(after)[0]
    known, named = frozenset(old.rows), {row.mark.id for row in old.live}
    names = {row.mark.id for row in new.live}
    forgotten = {row.mark.id for row in old.gone} ^ {row.mark.id for row in new.gone}
    listed = [
        ("new", sorted(names - named, key=natural)),
        ("gone", sorted(named - names, key=natural)),
        ("changed", [row.mark.id for row in new.live if row.mark.id in named and row not in known]),
        ("long gone", sorted(forgotten - named - names, key=natural)),
    ]
    said = [f"{what}: {_list(ids)}" for what, ids in listed if ids]
    if not said:
        return []
    text = f"there is no {NAME} ({said[0]})" if before is None else f"{NAME} would change ({'; '.join(said)})"
    hint = f"build without --frozen and commit {NAME}"
    return [Problem("ledger-frozen", Place(NAME), text, hint)]


def _list(names: list[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
