"""Traces and values on disk. What is torn, edited, lost or locked is missing, never wrong, and never an error.

Knows one folder, SQLite and the engine's rows; knows no rule. Values go by their digest and are hashed again whenever
they are read: small ones are rows of a database, others files. Traces are rows too, and once there are many of them a
value together; they are looked into only if their digest is right and this very Python wrote them. All may be deleted
at any time, by anyone.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from .engine import Key, Memory, TraceRow, digest
from .problems import Problem

MAX_BYTES, _KEPT = 2 << 30, 0.8  # of values, and the share that stays once they are more
_RECENT = 64 << 20  # bytes of values that stay at hand
_SMALL = 1 << 16  # bytes of a value that is kept in the database: a file of its own costs more
_ROWS, _BYTES = 128, 1 << 20  # so many traces, or so much work, are written together
_SINGLE = 1 / 8  # of all traces: if more are single ones, all are put together
_SECONDS = 5.0  # to wait for another build that is writing
_FORMAT = 5
_READER = f"{_FORMAT} {sys.version}\n".encode()  # of traces
_FAULTS = (sqlite3.Error, UnicodeError)  # what SQLite says of a damaged schema may not even be text
Raw = tuple[tuple[tuple[Any, ...], ...], str, list[dict[str, Any]]]  # a TraceRow as it is written
_KEEP = "INSERT OR REPLACE INTO trace VALUES (?, ?, ?, ?)"
_TABLES = (
    "CREATE TABLE trace (key TEXT PRIMARY KEY, row BLOB, value TEXT, sum BLOB) WITHOUT ROWID",
    "CREATE TABLE blob (name TEXT PRIMARY KEY, size INTEGER, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE small (name TEXT PRIMARY KEY, data BLOB)",
)
# Values beyond so many bytes of those used after them.
_OLDEST = """SELECT name FROM
    (SELECT name, sum(size) OVER (ORDER BY used DESC, size, name DESC) AS total FROM blob) WHERE total > ?"""


class Disk(Memory):
    """A store in a folder. Whatever the disk refuses stays in memory, so that a build comes to its end.

    `space` says whose traces are meant; values are shared by all.
    """

    def __init__(self, folder: Path, space: str) -> None:
        super().__init__()  # traces: not yet in the database; values: those that could not be written
        self._blobs, self._file, self._space = folder / "blobs", folder / "traces.sqlite", space
        self._sizes: dict[str, int] = {}  # of values of which the database does not know yet
        self._small: dict[str, bytes] = {}  # small ones that are not yet in it
        self._recent: dict[str, bytes] = {}
        self._waiting, self._room = 0, _RECENT
        self._used: set[str] = set()
        self._db = self._connected() or self._connected()
        with suppress(OSError):
            self._blobs.mkdir(exist_ok=True)
        self._single, self._now = 0, 1  # traces in rows of their own; the number of this build
        self._rows: dict[Key, Raw] = self._ask(self._kept) or {}

    def value(self, name: str) -> bytes | None:
        for near in (self.values, self._recent, self._small):
            if (found := near.get(name)) is not None:
                return found
        row = self._ask(lambda db: db.execute("SELECT data FROM small WHERE name = ?", (name,)).fetchone())
        data = row[0] if row else self._of_file(name)
        return self._at_hand(name, data) if isinstance(data, bytes) and digest(data) == name else None

    def _of_file(self, name: str) -> bytes | None:
        with suppress(OSError):
            return (self._blobs / name).read_bytes()
        return None

    def _at_hand(self, name: str, data: bytes) -> bytes:
        """Keep a value for the next who asks, in place of all before it where there is no more room."""
        if self._room < len(data):
            self._recent, self._room = {}, _RECENT
        self._recent[name] = data
        self._room -= len(data)
        return data

    def keep_value(self, data: bytes) -> str:
        name = digest(data)
        if self._db and len(data) <= _SMALL:
            self._small[name] = data
        elif self.value(name) is None:
            try:
                (self._blobs / name).write_bytes(data)  # another build that reads half of it misses it
            except OSError:
                return self.hold_value(data)
        self._sizes[name] = len(data)
        self._waiting += len(data)
        self._at_hand(name, data)
        return name

    def trace(self, key: Key) -> TraceRow | None:
        row = super().trace(key) or (_row(self._rows[key]) if key in self._rows else None)
        if row:
            self._used.add(row.value)
        return row

    def keep_trace(self, key: Key, row: TraceRow) -> None:
        super().keep_trace(key, row)
        self._used.add(row.value)
        if len(self.traces) >= _ROWS or self._waiting >= _BYTES:
            self._ask(self._flush)

    def close(self, most: int = MAX_BYTES) -> None:
        """Write what waits, and drop what was used longest ago, down to `most` bytes of values."""
        for step in (self._flush, self._bind, lambda db: self._make_room(db, most), sqlite3.Connection.close):
            self._ask(step)
        self._db = None

    def _kept(self, db: sqlite3.Connection) -> dict[Key, Raw]:
        """The traces of this space: those put together, and the single ones, which are younger."""
        self._now = 1 + db.execute("SELECT coalesce(max(used), 0) FROM blob").fetchone()[0]
        rows: dict[Key, Raw] = {}
        for name, row, value, told in db.execute("SELECT * FROM trace WHERE key = ?", (self._space,)):
            if told == _sum(name, row, value) and (data := self.value(value)) is not None:
                rows = marshal.loads(data)
                self._used.add(value)
        single = db.execute("SELECT * FROM trace WHERE key > ? AND key < ?", [self._space + c for c in " !"])
        for name, row, value, told in single:
            if told == _sum(name, row, value):
                rows.update([marshal.loads(row)])
            self._single += 1
        return rows

    def _flush(self, db: sqlite3.Connection) -> None:
        made = {key: _raw(row) for key, row in self.traces.items()}
        named = [(f"{self._space} {one[0]!r}", marshal.dumps(one), one[1][1]) for one in made.items()]
        with db:
            db.executemany(f"INSERT OR REPLACE INTO blob VALUES (?, ?, {self._now})", self._sizes.items())
            db.executemany("INSERT OR REPLACE INTO small VALUES (?, ?)", self._small.items())
            db.executemany(_KEEP, [(*one, _sum(*one)) for one in named])
        self._rows |= made
        self._single += len(made)
        self.traces.clear()
        self._sizes, self._small, self._waiting = {}, {}, 0

    def _bind(self, db: sqlite3.Connection) -> None:
        """Put all traces together if many are single; those that another build has written meanwhile are lost."""
        if self._single <= max(_ROWS, _SINGLE * len(self._rows)):
            return
        one = (self._space, b"", self.keep_value(marshal.dumps(self._rows)))
        self._used.add(one[2])
        self._flush(db)
        with db:
            db.execute(_KEEP, (*one, _sum(*one)))
            db.execute("DELETE FROM trace WHERE key > ? AND key < ?", [self._space + c for c in " !"])

    def _connected(self) -> sqlite3.Connection | None:
        """The database; None where it cannot be had."""
        self._db = None
        with suppress(sqlite3.Error):
            self._db = sqlite3.connect(self._file, timeout=_SECONDS)
        self._ask(self._prepare)
        return self._db

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Values of which a new database knows nothing are deleted."""
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        with db:  # of builds that start at once, one alone finds the database new
            db.execute("BEGIN IMMEDIATE")
            found = db.execute("PRAGMA user_version").fetchone()[0]
            if found not in (0, _FORMAT):
                raise sqlite3.DatabaseError("another format")
            if found == 0:
                shutil.rmtree(self._blobs, ignore_errors=True)
                for statement in (*_TABLES, f"PRAGMA user_version = {_FORMAT}"):
                    db.execute(statement)

    def _ask(self, question: Callable[[sqlite3.Connection], Any]) -> Any:
        """What the database answers, if there is one. After an error it is not asked again; damaged, it is deleted."""
        try:
            return question(self._db) if self._db else None
        except _FAULTS as error:
            self._db = None
            for suffix in () if isinstance(error, sqlite3.OperationalError) else ("", "-wal", "-shm"):
                with suppress(OSError):
                    os.unlink(f"{self._file}{suffix}")
            return None

    def _make_room(self, db: sqlite3.Connection, most: int) -> None:
        """Note what was used, from half of `most` on; of more than `most` bytes, delete what was used longest ago."""
        size = db.execute("SELECT coalesce(sum(size), 0) FROM blob").fetchone()[0]
        if size > most / 2:
            with db:
                db.executemany(f"UPDATE blob SET used = {self._now} WHERE name = ?", zip(self._used))
        if size > most:
            self._evict(db, most)

    def _evict(self, db: sqlite3.Connection, most: int) -> None:
        with db:
            db.execute(f"DELETE FROM blob WHERE name IN ({_OLDEST})", (most * _KEPT,))
            db.execute("DELETE FROM small WHERE name NOT IN (SELECT name FROM blob)")
            db.execute("DELETE FROM trace WHERE value NOT IN (SELECT name FROM blob)")
        known = {name for (name,) in db.execute("SELECT name FROM blob")}
        for path in (path for path in self._blobs.glob("*") if path.name not in known):
            with suppress(OSError):
                path.unlink()


def _raw(row: TraceRow) -> Raw:
    return tuple(map(tuple, row.seen)), row.value, [problem.to_json() for problem in row.problems]


def _row(raw: Raw) -> TraceRow:
    seen, value, said = raw
    return TraceRow(seen, value, tuple(map(Problem.from_json, said)))


def _sum(name: str, row: object, value: object) -> bytes:
    return hashlib.sha256(_READER + repr((name, row, value)).encode()).digest()
