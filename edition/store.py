"""Traces and values on disk. What is torn, edited, lost or locked is missing, never wrong, and never an error.

Knows one folder, SQLite and the engine's rows; knows no rule. Values go by their digest and are hashed again whenever
they are read: small ones are rows of a database, others files. Traces are values too, many in one; they are looked into
only if this very Python wrote them. All may be deleted at any time, by anyone.
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
_LATE = 1 / 8  # of all traces: if more were written after the others, all are written anew, in one
_SECONDS = 5.0  # to wait for another build that is writing
_FORMAT = 6
_READER = f"{_FORMAT} {sys.version}\n".encode()  # of traces
_FAULTS = (sqlite3.Error, UnicodeError)  # what SQLite says of a damaged schema may not even be text
Raw = tuple[tuple[tuple[Any, ...], ...], str, list[dict[str, Any]]]  # a TraceRow as it is written
_TABLES = (
    "CREATE TABLE trace (number INTEGER PRIMARY KEY, space TEXT, value TEXT, sum BLOB)",
    "CREATE TABLE blob (name TEXT PRIMARY KEY, size INTEGER, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE small (name TEXT PRIMARY KEY, data BLOB)",
)
# Values beyond so many bytes of those used after them.
_OLDEST = """SELECT name FROM
    (SELECT name, total(size) OVER (ORDER BY used DESC, size, name DESC) AS total FROM blob) WHERE total > ?"""


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
        self._late, self._now = 0, 1  # how many traces were written after the others; the number of this build
        self._rows: dict[Key, Raw] = self._ask(self._kept) or {}

    def value(self, name: str) -> bytes | None:
        for near in (self.values, self._recent, self._small):
            if (found := near.get(name)) is not None:
                return found
        row = self._ask(lambda db: db.execute("SELECT data FROM small WHERE name = ?", (name,)).fetchone())
        data = row[0] if row else None
        with suppress(OSError):
            data = data if row else (self._blobs / name).read_bytes()
        return self._at_hand(name, data) if isinstance(data, bytes) and digest(data) == name else None

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

    def save(self) -> None:
        """A build is over: the next, of whatever process, finds all that it made."""
        self._ask(self._flush)
        self._forget(raw[1] for raw in self._rows.values())

    def close(self, most: int = MAX_BYTES) -> None:
        """Write what waits, and drop what was used longest ago, down to `most` bytes of values."""
        for step in (self._flush, self._bind, lambda db: self._make_room(db, most), sqlite3.Connection.close):
            self._ask(step)
        self._db = None

    def _kept(self, db: sqlite3.Connection) -> dict[Key, Raw]:
        """The traces of this space; later ones count."""
        self._now = 1 + db.execute("SELECT coalesce(max(CAST(used AS INTEGER)), 0) FROM blob").fetchone()[0]
        rows, counts = dict[Key, Raw](), [0]
        asked = db.execute("SELECT value, sum FROM trace WHERE space = ? ORDER BY number", (self._space,))
        for value, told in asked.fetchall():
            if told == self._sum(value) and (data := self.value(value)) is not None:
                rows |= (found := marshal.loads(data))
                counts.append(len(found))
                self._used.add(value)
        self._late = sum(counts) - max(counts)
        return rows

    def _flush(self, db: sqlite3.Connection) -> None:
        made = {key: _raw(row) for key, row in self.traces.items()}
        self._write(db, made)
        self._rows |= made
        self._late += len(made)
        self.traces.clear()

    def _bind(self, db: sqlite3.Connection) -> None:
        """Put all traces in one if many are late; what another build has written meanwhile is lost."""
        if self._late > max(_ROWS, _LATE * len(self._rows)):
            self._write(db, self._rows, instead=True)

    def _write(self, db: sqlite3.Connection, rows: dict[Key, Raw], instead: bool = False) -> None:
        """Write traces, after those of this space or instead of them, and all values that wait."""
        if not rows and not self._sizes:
            return
        value = self.keep_value(marshal.dumps(rows))
        self._used.add(value)
        told = (self._space, value, self._sum(value))
        with db:
            if instead:
                db.execute("DELETE FROM trace WHERE space = ?", (self._space,))
            db.execute("INSERT INTO trace (space, value, sum) VALUES (?, ?, ?)", told)
            db.executemany(f"INSERT OR REPLACE INTO blob VALUES (?, ?, {self._now})", self._sizes.items())
            db.executemany("INSERT OR REPLACE INTO small VALUES (?, ?)", self._small.items())
        self._sizes, self._small, self._waiting = {}, {}, 0

    def _sum(self, value: object) -> bytes:
        return hashlib.sha256(_READER + f"{self._space} {value}".encode()).digest()

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
        size = db.execute("SELECT total(size) FROM blob").fetchone()[0]
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
