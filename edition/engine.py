"""Rules and traces: a value is made again only if something that went into it has changed.

Knows nothing of books. A rule is a pure function `rule(t, *key) -> bytes`; `t` is its only door to the world and
records what was seen through it. A trace holds the rule's dependencies in the order they were met, each with
the digest seen, the digest of the value, and the problems said. A value is current if every dependency, asked again
in that order, has the digest it had; a rule that runs again and gives the same bytes stops the change there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .problems import Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

ABSENT = "absent"
Dependency = tuple[str, ...]


def digest(data: bytes) -> str:
    """20 bytes of BLAKE2b, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=20).hexdigest()


@dataclass(frozen=True, slots=True)
class Work:
    """What a rule may return instead of bytes: a function, importable by name, to be called in the pool."""

    function: Callable[..., bytes]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class TraceRow:
    """What is kept of one run of a rule."""

    dependencies: tuple[tuple[Dependency, str], ...]
    value: str
    problems: tuple[Problem, ...]


class Store(Protocol):
    """Where traces and values live; values are addressed by their digest."""

    def trace(self, key: Dependency) -> TraceRow | None: ...
    def keep_trace(self, key: Dependency, row: TraceRow) -> None: ...
    def value(self, name: str) -> bytes | None: ...
    def keep_value(self, data: bytes) -> str: ...


@dataclass(slots=True)
class Memory:
    """A store that lives as long as the process."""

    traces: dict[Dependency, TraceRow] = field(default_factory=dict)
    values: dict[str, bytes] = field(default_factory=dict)

    def trace(self, key: Dependency) -> TraceRow | None:
        return self.traces.get(key)

    def keep_trace(self, key: Dependency, row: TraceRow) -> None:
        self.traces[key] = row

    def value(self, name: str) -> bytes | None:
        return self.values.get(name)

    def keep_value(self, data: bytes) -> str:
        name = digest(data)
        self.values[name] = data
        return name


Rule = Callable[..., "bytes | Work"]


class Cycle(Exception):
    """A rule that needs its own value: a bug of ours."""


class Engine:
    """One build: every file is read once, every value is checked or made once."""

    def __init__(
        self,
        rules: Mapping[str, Rule],
        read: Callable[[str], bytes | None],
        store: Store,
        versions: Mapping[str, str] | None = None,
        pool: Executor | None = None,
    ) -> None:
        self._rules = rules
        self._read = read
        self._store = store
        self._versions = versions or {}
        self._pool = pool
        self._done: dict[Dependency, TraceRow] = {}
        self._files: dict[str, tuple[str, bytes | None]] = {}
        self._tables: dict[str, dict[str, Any]] = {}
        self._running: list[Dependency] = []
        self.ran: list[Dependency] = []

    # --- what a build asks for

    def need(self, rule: str, *key: str) -> bytes:
        """The current value of a rule."""
        value = self._store.value(self.demand((rule, *key)).value)
        assert value is not None
        return value

    def problems(self) -> list[Problem]:
        """Everything said by the rules this build has asked for, run now or earlier, each once, in stable order."""
        said = {p: None for row in self._done.values() for p in row.problems}
        return sorted(said, key=lambda p: (p.place, p.code, p.text))

    def inputs(self) -> dict[str, str]:
        """Digest of every file seen, or "absent"."""
        return {path: seen[0] for path, seen in sorted(self._files.items())}

    # --- what traces ask for

    def file(self, path: str) -> tuple[str, bytes | None]:
        if path not in self._files:
            data = self._read(path)
            self._files[path] = (ABSENT if data is None else digest(data), data)
        return self._files[path]

    def cell(self, table: tuple[str, ...], name: str) -> Any:
        """One entry of a table: a rule whose value is a JSON object; None where it has no such entry."""
        value = self.demand(table).value
        if value not in self._tables:
            self._tables[value] = json.loads(self.need(*table))
        return self._tables[value].get(name)

    def demand(self, key: Dependency) -> TraceRow:
        """The current trace of a rule, which is run if need be."""
        return self.demand_all([key])[0]

    def demand_all(self, keys: Iterable[Dependency]) -> list[TraceRow]:
        """The current traces of several rules; those that hand work to the pool run side by side."""
        started = [(key, self._start(key)) for key in keys]
        return [self._finish(key, begun) for key, begun in started]

    def digest_now(self, dependency: Dependency) -> str:
        """The digest that a dependency has today."""
        kind, *rest = dependency
        if kind == "file":
            return self.file(rest[0])[0]
        if kind == "version":
            return self._versions.get(rest[0], ABSENT)
        if kind == "cell":
            return cell_digest(self.cell(tuple(rest[:-1]), rest[-1]))
        return self.demand(tuple(rest)).value

    # --- running

    def _start(self, key: Dependency) -> TraceRow | tuple[Trace, bytes | Future[bytes]]:
        if key in self._done:
            return self._done[key]
        if key in self._running:
            raise Cycle(" > ".join(map(str, [*self._running, key])))
        self._running.append(key)
        try:
            row = self._store.trace(key)
            if row is not None and self._is_current(row):
                self._done[key] = row
                return row
            trace = Trace(self, key)
            result = self._rules[key[0]](trace, *key[1:])
        finally:
            self._running.pop()
        if isinstance(result, bytes):
            return trace, result
        if self._pool is None:
            return trace, result.function(*result.arguments)
        return trace, self._pool.submit(result.function, *result.arguments)

    def _finish(self, key: Dependency, begun: TraceRow | tuple[Trace, bytes | Future[bytes]]) -> TraceRow:
        if isinstance(begun, TraceRow):
            return begun
        if key in self._done:
            return self._done[key]
        trace, result = begun
        data = result if isinstance(result, bytes) else result.result()
        row = TraceRow(tuple(trace.dependencies.items()), self._store.keep_value(data), tuple(trace.problems))
        self._store.keep_trace(key, row)
        self._done[key] = row
        self.ran.append(key)
        return row

    def _is_current(self, row: TraceRow) -> bool:
        return self._store.value(row.value) is not None and all(
            self.digest_now(dependency) == seen for dependency, seen in row.dependencies
        )


def cell_digest(value: Any) -> str:
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False).encode())


class Trace:
    """The only door a rule has to the world; it records what was seen through it."""

    def __init__(self, engine: Engine, key: Dependency) -> None:
        self._engine = engine
        self.dependencies: dict[Dependency, str] = {}
        self.problems: list[Problem] = []
        self.version("code")
        self.version(key[0])

    def _record(self, *dependency: str) -> None:
        if dependency not in self.dependencies:
            self.dependencies[dependency] = self._engine.digest_now(dependency)

    def read(self, path: str) -> bytes | None:
        """A file's bytes; None if there is none (which is recorded too)."""
        self._record("file", path)
        return self._engine.file(path)[1]

    def version(self, name: str) -> None:
        """Depend on a version: of the code, or of a library that a rule's value is made with."""
        self._record("version", name)

    def need(self, rule: str, *key: str) -> bytes:
        """The value of another rule, whole."""
        self._record("rule", rule, *key)
        return self._engine.need(rule, *key)

    def need_all(self, rule: str, keys: Iterable[tuple[str, ...]]) -> list[bytes]:
        """The values of one rule for several keys, made side by side where there is a pool."""
        wanted = list(keys)
        self._engine.demand_all([(rule, *key) for key in wanted])
        return [self.need(rule, *key) for key in wanted]

    def look(self, table: str | tuple[str, ...], name: str) -> Any:
        """One cell of a table (a rule whose value is a JSON object): only that cell is depended on."""
        key = (table,) if isinstance(table, str) else table
        self._record("cell", *key, name)
        return self._engine.cell(key, name)

    def say(self, *problems: Problem) -> None:
        """Complaints: kept with the value, repeated by every build that uses it."""
        self.problems += problems
