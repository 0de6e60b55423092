"""Rules and traces: a value is made again only if something that went into it has changed.

Knows nothing of books. A rule is a pure function `rule(t, *key) -> bytes`; `t` is its only door to the world and
records what was seen through it. A trace holds the rule's dependencies in the order they were met, each with
the digest seen, the digest of the value, and the problems said. A value is current if every dependency, asked again
in that order, has the digest it had; a rule that runs again and gives the same bytes stops the change there. Where
no file and no version behind a value has changed, however far back, the value stands, and nothing is asked.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from .problems import Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

ABSENT, _MADE = "absent", ("value", "table")
Key = tuple[str, ...]  # of a value: its rule and the rule's arguments
Work = partial[bytes]  # what a rule may return instead of bytes: a call of something importable, made in the pool
Rule = Callable[..., bytes | Work]
Read = Callable[[str], bytes | None]
Versions = Mapping[str, str]


def digest(data: bytes) -> str:
    """The first 20 bytes of SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:40]


class Seen(NamedTuple):
    """A dependency as a run met it: a file (path), a version (name), a value (key) or cells of a table (key).

    `digest` is that of the whole; `cells`, those looked at, name -> digest, as JSON, count where the whole has changed.
    """

    kind: str  # file | version | value | table
    key: Key
    digest: str
    cells: str = ""


class TraceRow(NamedTuple):
    """What is kept of one run of a rule: fields of Seen, in the order in which it was seen; `value` is a digest."""

    seen: tuple[tuple[str, Key, str, str], ...]
    value: str
    problems: tuple[Problem, ...]


class Memory:
    """A store that lives as long as the process: traces by key, values by digest. What a store has lost is None."""

    def __init__(self) -> None:
        self.traces: dict[Key, TraceRow] = {}
        self.values: dict[str, bytes] = {}

    def trace(self, key: Key) -> TraceRow | None:
        return self.traces.get(key)

    def keep_trace(self, key: Key, row: TraceRow) -> None:
        self.traces[key] = row

    def value(self, name: str) -> bytes | None:
        return self.values.get(name)

    def keep_value(self, data: bytes) -> str:
        self.values[name := digest(data)] = data
        return name

    hold_value = keep_value  # for as long as the process lives, and no longer

    def save(self) -> None:
        """A build is over: what no trace names any more is forgotten."""
        self._forget(row.value for row in self.traces.values())

    def _forget(self, named: Iterable[str]) -> None:
        used = set(named)
        self.values = {name: data for name, data in self.values.items() if name in used}


class Engine:
    """One build: every file is read once, every value is checked or made once.

    `versions`: of the code and of libraries, by name; every rule depends on "code", and on what it names through
    `Trace.version`. `ran`: the rules run, in order; `why`: what had changed first for each, None if nothing was known.
    """

    def __init__(
        self, rules: Mapping[str, Rule], read: Read, store: Memory, versions: Versions, pool: Executor | None = None
    ) -> None:
        self._rules, self._read, self._store, self.versions, self._pool = rules, read, store, versions, pool
        self._done: dict[Key, TraceRow] = {}
        self._standing: dict[Key, TraceRow | None] = {}
        self._waiting: dict[Key, tuple[Trace, Future[bytes]]] = {}
        self._files: dict[str, tuple[str, bytes | None]] = {}
        self._tables: dict[str, dict[str, Any]] = {}
        self._cells: dict[tuple[str, str], str] = {}
        self._running: list[Key] = []
        self.ran: list[Key] = []
        self.why: dict[Key, Seen | None] = {}

    def need(self, rule: str, *key: str) -> bytes:
        """The current value of a rule."""
        return self.fetch((rule, *key))[1]

    def problems(self) -> list[Problem]:
        """All that is said by the rules this build has asked for, run now or earlier, each once, in stable order.
        Checking asks in the order in which a rule asked, up to the first change: for nothing a cold build does not."""
        said = {p: None for row in self._done.values() for p in row.problems}
        return sorted(said, key=lambda p: (p.place, p.code, p.text, p.hint))

    def inputs(self) -> dict[str, str]:
        """Digest of every file that went into what this build has asked for, or "absent"."""
        seen = (one for row in self._done.values() for one in row.seen)
        return dict(sorted((key[0], name) for kind, key, name, _ in seen if kind == "file"))

    def spared(self) -> dict[str, int]:
        """How many values were current as they were kept, by rule."""
        return Counter(key[0] for key in self._done if key not in self.why)

    def file(self, path: str) -> tuple[str, bytes | None]:
        if path not in self._files:
            data = self._read(path)
            self._files[path] = (ABSENT if data is None else digest(data), data)
        return self._files[path]

    def fetch(self, key: Key) -> tuple[str, bytes]:
        """The current value of a rule and its digest; what the store has lost is made again."""
        if (data := self._store.value(name := self.demand(key).value)) is None:
            del self._done[key]
            self._run(key)
            name = self.demand(key).value
            data = self._store.value(name)
            assert data is not None, f"the store does not hold what it has just been given: {key}"
        return name, data

    def table(self, key: Key) -> tuple[str, dict[str, Any]]:
        """A table, which is a rule whose value is a JSON object: digest and cells. Nobody may change it."""
        name = self.demand(key).value
        if name not in self._tables:
            name, data = self.fetch(key)
            self._tables[name] = json.loads(data)
        return name, self._tables[name]

    def cell(self, table: Key, name: str) -> Any:
        """One entry of a table; None where it has no such entry."""
        return self.table(table)[1].get(name)

    def cell_digest(self, table: str, name: str) -> str:
        """Digest of a cell of the table that has the digest `table`; "" where it has no such cell."""
        if (table, name) not in self._cells:
            cell = self._tables[table].get(name)
            self._cells[table, name] = "" if cell is None else digest(json.dumps(cell, sort_keys=True).encode())[:16]
        return self._cells[table, name]

    def demand(self, key: Key) -> TraceRow:
        """The current trace of a rule, which is run if need be."""
        return self._done.get(key) or self.demand_all([key])[0]

    def demand_all(self, keys: Iterable[Key]) -> list[TraceRow]:
        """The current traces of several rules; those that hand work to the pool run side by side."""
        wanted = list(keys)
        for key in wanted:
            self._start(key)
        return [self._finish(key) for key in wanted]

    def _start(self, key: Key) -> None:
        """See that a rule is current, or has run, or waits for the pool."""
        if key in self._done or key in self._waiting:
            return
        if key in self._running:
            raise RecursionError(" > ".join(map(str, [*self._running, key])))  # a bug of ours
        if row := self._stands(key):
            return self._take(key, row)
        self._running.append(key)
        row = self._store.trace(key)
        changed = row and self._check(key, row)
        if row is None or changed:
            self._run(key, changed)
        self._running.pop()

    def _stands(self, key: Key) -> TraceRow | None:
        """The trace of a value behind which no file and no version has changed; None where one has. Runs nothing."""
        known, standing = self._done, self._standing
        if key in known or key in standing:
            return known.get(key) or standing[key]
        standing[key] = None  # a ring of values does not stand
        row = self._store.trace(key)
        for kind, other, name, _ in row.seen if row else ():
            if kind in _MADE:
                below = known.get(other) or standing.get(other) or self._stands(other)
                if below is None or below.value != name:
                    return None
            elif name != self._now(kind, other[0]):
                return None
        standing[key] = row
        return row

    def _now(self, kind: str, name: str) -> str:
        """The digest that a file or a version has now."""
        return self.file(name)[0] if kind == "file" else self.versions.get(name, ABSENT)

    def _take(self, key: Key, row: TraceRow) -> None:
        """Count a value that stands, and all that it was made of, among what this build has asked for."""
        self._done[key] = row
        for kind, other, _, _ in row.seen:
            if kind in _MADE and other not in self._done and (below := self._standing[other]):
                self._take(other, below)

    def _check(self, key: Key, row: TraceRow) -> Seen | None:
        """The first dependency that has changed; None if there is none, and then the row is done."""
        now = []
        for seen in map(Seen._make, row.seen):
            if (today := self._today(seen)) is None:
                return seen
            now.append(today)
        if tuple(now) != row.seen:  # only other cells of a table have changed: next time its digest will do
            row = row._replace(seen=tuple(now))
            self._store.keep_trace(key, row)
        self._done[key] = row
        return None

    def _today(self, seen: Seen) -> Seen | None:
        """A dependency as it is now; None if it has changed."""
        name = self.demand(seen.key).value if seen.kind in _MADE else self._now(seen.kind, seen.key[0])
        if name == seen.digest or seen.kind != "table":
            return seen if name == seen.digest else None
        name, _ = self.table(seen.key)
        same = all(self.cell_digest(name, cell) == old for cell, old in json.loads(seen.cells).items())
        return seen._replace(digest=name) if same else None

    def _run(self, key: Key, changed: Seen | None = None) -> None:
        self.why[key] = changed
        trace = Trace(self)
        made = self._rules[key[0]](trace, *key[1:])
        if isinstance(made, partial) and self._pool is not None:
            self._waiting[key] = (trace, self._pool.submit(made))
        else:
            self._keep(key, trace, made() if isinstance(made, partial) else made)

    def _finish(self, key: Key) -> TraceRow:
        if key in self._waiting:
            trace, future = self._waiting.pop(key)
            self._keep(key, trace, future.result())
        return self._done[key]

    def _keep(self, key: Key, trace: Trace, data: bytes) -> None:
        keep = self._store.hold_value if trace.is_passing else self._store.keep_value
        row = TraceRow(trace.seen(), keep(data), tuple(trace.problems))
        self._store.keep_trace(key, row)
        self._done[key] = row
        self.ran.append(key)


class Trace:
    """The only door a rule has to the world; it records what was seen through it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: dict[tuple[str, Key], str] = {}
        self._looked: dict[Key, tuple[Mapping[str, Any], dict[str, None]]] = {}  # a table's cells, names looked at
        self.problems: list[Problem] = []
        self.is_passing = False  # whether the value, put together of others that are kept, is not worth keeping
        self.version("code")

    def seen(self) -> tuple[Seen, ...]:
        """Everything seen so far, in the order it was met."""
        seen, digest_of, cells = self._seen, self._engine.cell_digest, dict[Key, str]()
        for key, (_, names) in self._looked.items():
            cells[key] = json.dumps({name: digest_of(seen["table", key], name) for name in names})
        return tuple(Seen(kind, key, name, cells[key] if kind == "table" else "") for (kind, key), name in seen.items())

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None if there is none (which is recorded too)."""
        self._seen["file", (path,)], data = self._engine.file(path)
        return data

    def version(self, *names: str) -> None:
        """Depend on versions: of the code, or of libraries that a rule's value is made with."""
        for name in names:
            self._seen["version", (name,)] = self._engine.versions.get(name, ABSENT)

    def need(self, rule: str, *key: str) -> bytes:
        """The value of another rule, whole."""
        self._seen["value", (rule, *key)], data = self._engine.fetch((rule, *key))
        return data

    def gives(self, data: bytes, rule: str, *key: str) -> bool:
        """Whether the value of another rule is `data`; it is not fetched to see that."""
        self._seen["value", (rule, *key)] = name = self._engine.demand((rule, *key)).value
        return name == digest(data)

    def need_all(self, rule: str, keys: Iterable[tuple[str, ...]]) -> list[bytes]:
        """The values of one rule for several keys, made side by side where there is a pool."""
        wanted = list(keys)
        self._engine.demand_all([(rule, *key) for key in wanted])
        return [self.need(rule, *key) for key in wanted]

    def look(self, table: str | Key, name: str) -> Any:
        """One cell of a table (a rule whose value is a JSON object): only that cell is depended on."""
        key = (table,) if isinstance(table, str) else table
        if key not in self._looked:
            self._seen["table", key], found = self._engine.table(key)
            self._looked[key] = found, {}
        cells, names = self._looked[key]
        names[name] = None
        return cells.get(name)

    def say(self, *problems: Problem) -> None:
        """Complaints: kept with the value, repeated by every build that uses it."""
        self.problems += problems
