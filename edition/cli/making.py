"""One edition, from its folder to its output folder: current already, or made, judged and written.

Must not know of consoles and flags; what is said goes through functions it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .. import disk, engine, manifest
from ..problems import Place, Problem
from .common import FINE, exit_code

if TYPE_CHECKING:
    from ..builder import Made


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of every edition of a run; no outputs `to` means those its edition.yaml names."""

    out: Path
    to: tuple[str, ...]
    jobs: int
    strict: bool
    tool: manifest.Tool
    tell: Callable[[str], None]
    working: Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one edition: nothing is written where `code` is not 0, nor where all was `current`."""

    id: str
    problems: Sequence[Problem]
    code: int
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
        return Outcome(old.id, old.problems, exit_code(old.problems, False, order.strict), current=True)


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

    with order.working(f"{folder.resolve().name}: building"):
        made = builder.make(folder, order.to, order.jobs)
    problems = [*made.problems, *_twice(made.id, folder, taken)]
    code = exit_code(problems, made.usage, order.strict)
    if code != FINE:
        return Outcome(made.id, problems, code)
    written, removed = keep(made, order.out / made.id, order.to, order.tool)
    return Outcome(made.id, problems, code, False, written, removed)


def _twice(id: str, folder: Path, taken: dict[str, Path]) -> list[Problem]:
    first = taken.setdefault(id, folder)
    if first == folder:
        return []
    text = f"“{first}” is built too and has the same id “{id}”: both would be written to the same folder"
    return [Problem("edition-twice", Place("edition.yaml"), text, "give one of them another id")]


def keep(made: Made, target: Path, to: Sequence[str], tool: manifest.Tool) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write what was made into the folder `target`, manifest last: paths written, old ones removed."""
    old = manifest.load(disk.read_output(target / manifest.NAME))
    new = manifest.make(made.id, to, tool, made.inputs, made.files, made.problems, made.versions)
    files = {**made.files, manifest.NAME: manifest.dump(new)}
    disk.write_all(target, files)
    strays = sorted(set(old.outputs) - set(files)) if old else []
    removed = disk.remove_all(target, strays)
    return tuple(target / name for name in files), tuple(target / name for name in removed)
