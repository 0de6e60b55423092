"""One edition, from its folder to its output folder: current already, or made, judged and written.

Must not know of consoles and flags; what is said goes through functions it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .. import disk, engine, manifest
from ..problems import Place, Problem
from .common import FINE, exit_code

if TYPE_CHECKING:
    from ..builder import Made


LOCK = "edition.lock"
Store = Callable[[Path], AbstractContextManager[engine.Memory]]  # for builds of the edition in a folder


class Order(NamedTuple):
    """What is asked of every edition of a run; no outputs `to` means those its edition.yaml names.

    `frozen`: edition.lock may not change.
    """

    out: Path
    to: tuple[str, ...]
    jobs: int
    strict: bool
    frozen: bool
    tool: manifest.Tool
    store: Store
    tell: Callable[[str], None]
    working: Callable[[str], AbstractContextManager[None]]


class Outcome(NamedTuple):
    """What became of one edition: nothing is written where `code` is not 0, nor where all was `current`.

    `inputs`: all files that had a part in it, with the digests that the next build should find.
    """

    id: str
    problems: Sequence[Problem]
    code: int
    inputs: Mapping[str, str] = {}
    current: bool = False
    written: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()


def build_one(folder: Path, order: Order, taken: dict[str, Path]) -> Outcome:
    """Build the edition in `folder`; `taken` are the ids of this run so far. OSError: disk or lock."""
    sources = disk.edition_root(folder)
    guess = manifest.guess_id(sources.read("edition.yaml"), sources.folder.name)
    with disk.locked(order.out, guess, order.tell):
        old = _current(sources, guess, order)
        if old is None:
            return _make(folder, order, taken)
        taken[old.id] = folder
        return Outcome(old.id, old.problems, exit_code(old.problems, False, order.strict), old.inputs, current=True)


def _current(sources: disk.Root, guess: str, order: Order) -> manifest.Manifest | None:
    """The manifest of the build that lies in the output folder, if there is nothing to do."""

    def digest_of(name: str) -> str:
        data = sources.read(name)
        return engine.ABSENT if data is None else engine.digest(data)

    target = order.out / guess
    old = manifest.load(disk.read_output(target / manifest.NAME))
    if old and old.id == guess and manifest.is_current(old, order.to, order.tool, digest_of, target):
        return old
    return None


def _make(folder: Path, order: Order, taken: dict[str, Path]) -> Outcome:
    from .. import builder
    from ..why import Run
    from .caching import remember, versions

    with order.working(f"{folder.resolve().name}: building"), order.store(folder) as store:
        made = builder.make(folder, order.to, order.jobs, store=store, tool=versions(order.tool))
    if made.why:
        remember(folder, Run(made.why, made.spared))
    problems = [*made.problems, *_twice(made.id, folder, taken), *(_frozen(folder, made) if order.frozen else ())]
    code = exit_code(problems, made.usage, order.strict)
    if code != FINE:
        return Outcome(made.id, problems, code, made.inputs)
    if _is_overtaken(made, folder):
        return _make(folder, order, taken)
    kept = keep(made, folder, order.out / made.id, order.to, order.tool, order.frozen)
    return Outcome(made.id, problems, code, kept.inputs, False, kept.written, kept.removed)


def _is_overtaken(made: Made, folder: Path) -> bool:
    """Whether edition.lock has become another while it was read and built from, as by a switch of branches in git: the
    one made here would put an end to ids that it has."""
    now = disk.edition_root(folder).read(LOCK)
    return LOCK in made.inputs and made.inputs[LOCK] != (engine.ABSENT if now is None else engine.digest(now))


def _twice(id: str, folder: Path, taken: dict[str, Path]) -> list[Problem]:
    first = taken.setdefault(id, folder)
    if first == folder:
        return []
    text = f"“{first}” is built too and has the same id “{id}”: both would be written to the same folder"
    return [Problem("edition-twice", Place("edition.yaml"), text, "give one of them another id")]


def _frozen(folder: Path, made: Made) -> list[Problem]:
    from ..passes import lockfile

    before = disk.edition_root(folder).read(LOCK)
    return [] if made.lock is None else lockfile.frozen_problems(before, made.lock)


class Kept(NamedTuple):
    """Paths written, paths removed, and what the manifest says of inputs."""

    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    inputs: Mapping[str, str]


def keep(made: Made, folder: Path, target: Path, to: Sequence[str], tool: manifest.Tool, frozen: bool = False) -> Kept:
    """Write what was made into the folder `target`, and then edition.lock into the edition's own.

    The lock is an input too. A build that reads the one written here makes the same again, so it is this one that
    the manifest names.
    """
    old = manifest.load(disk.read_output(target / manifest.NAME))
    lock = None if frozen or made.lock == disk.edition_root(folder).read(LOCK) else made.lock
    inputs = dict(made.inputs) if lock is None else {**made.inputs, LOCK: engine.digest(lock)}
    new = manifest.make(made.id, to, tool, inputs, made.files, made.problems, made.versions)
    files = {**made.files, manifest.NAME: manifest.dump(new)}
    disk.write_all(target, files)
    strays = sorted(set(old.outputs) - set(files)) if old else []
    removed = disk.remove_all(target, strays)
    if lock is not None:
        disk.write_all(folder, {LOCK: lock})
    return Kept(tuple(target / name for name in files), tuple(target / name for name in removed), inputs)
