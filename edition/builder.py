"""One edition, checked or built: runs the recipe on a folder and brings its problems to lines and columns.

Knows the recipe and the engine; writes nothing (the command line does) and prints nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from .config import load_edition
from .disk import Root, edition_root, styles_folder
from .engine import Engine, Memory
from .passes import lockfile
from .passes.plan import named_files
from .pool import pool
from .problems import Place, Problem
from .recipe import RULES

HOUSE, EPOCH, FOLDER = "house:", "env:SOURCE_DATE_EPOCH", "folder:"
OUTPUTS = ("tei", "epub", "pdf")
_LIBRARIES = ("lxml", "weasyprint", "pydyf", "ebooklib", "pyphen", "markdown-it-py", "pyuca")


@dataclass(frozen=True, slots=True)
class Made:
    """What a run gives: outputs by file name, problems with lines and columns, digests of all that was read.

    `usage` says that YAML could not be read or breaks its schema (exit code 2). `lock` is edition.lock as it is to be;
    it comes with the files only.
    """

    id: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    usage: bool = False
    versions: dict[str, str] = field(default_factory=dict)
    lock: bytes | None = None

    @property
    def failed(self) -> bool:
        return any(problem.is_error for problem in self.problems)


def versions() -> dict[str, str]:
    """The versions of everything that outputs depend on besides the sources."""
    return {name: version(name) for name in _LIBRARIES} | {"edition": version("edition")}


def reader(folder: Path) -> Callable[[str], bytes | None]:
    """What rules read through: files of the edition and, by prefix, our styles, the environment, the folder's name."""
    own, styles = edition_root(folder), Root(styles_folder())

    def read(path: str) -> bytes | None:
        if path == EPOCH:
            return os.environ.get("SOURCE_DATE_EPOCH", "").encode() or None
        if path.startswith(HOUSE):
            return styles.read(path.removeprefix(HOUSE))
        return own.folder.name.encode() if path == FOLDER else own.read(path)

    return read


Versions = Mapping[str, str]  # what traces of an older build must agree with


def make(
    folder: Path, outputs: Sequence[str] = (), jobs: int = 1, store: Memory | None = None, tool: Versions | None = None
) -> Made:
    """Build an edition. Any error: no files. A store that outlives the process goes with the versions of `tool`."""
    return _run(folder, store or Memory(), jobs, outputs, True, tool)


def check(
    folder: Path, pages: bool = True, store: Memory | None = None, jobs: int = 1, tool: Versions | None = None
) -> Made:
    """Everything `make` would complain about, layout included unless `pages` is False; no files."""
    return _run(folder, store or Memory(), jobs, None, pages, tool)


def _run(
    folder: Path, store: Memory, jobs: int, outputs: Sequence[str] | None, pages: bool, tool: Versions | None
) -> Made:
    with pool(jobs) as executor:
        engine = Engine(RULES, reader(folder), store, tool or versions(), executor)
        edition = Build(engine, edition_root(folder))
        files: dict[str, bytes] = {}
        if edition.configured() and edition.sound() and (pages or outputs is not None):
            files = edition.outputs(outputs)
        return edition.made(folder.resolve().name, files)


def _of_yaml(problems: Sequence[Problem]) -> bool:
    """Whether YAML could not be read, or breaks its schema."""
    return any(problem.is_error and problem.code.startswith(("yaml-", "config-")) for problem in problems)


class Build:
    """One run of the recipe, stage by stage: each goes on only if the one before found no error."""

    def __init__(self, engine: Engine, root: Root) -> None:
        self._engine = engine
        self._root = root
        self._missing: list[Problem] = []

    def configured(self) -> bool:
        """Whether edition.yaml can be used."""
        self._engine.demand(("config",))
        return not self._failed()

    def sound(self) -> bool:
        """Whether registers and texts are without error."""
        self._missing = [p for path, place in self._named() if (p := self._root.check(path, place))]
        fault = self._root.check(lockfile.NAME, Place(lockfile.NAME))
        self._missing += [fault] if fault and fault.code != "file-missing" else []
        for rules in (("persons", "decisions"), ("events", "ledger")):
            for rule in rules:
                self._engine.demand((rule,))
            if _of_yaml(self._problems()):
                return False  # what names people would only be complained of too
        for key in self._text_units():
            self._engine.demand(("resolved", key))
        for rule in ("names_left", "typography_left", "decisions_checked", "chronology"):
            self._engine.demand((rule,))
        return not self._failed()

    def outputs(self, wanted: Sequence[str] | None) -> dict[str, bytes]:
        """The outputs by file name; only their problems where `wanted` is None."""
        engine = self._engine
        names = {"tei": "tei.xml", "epub": "epub", "pdf": "pdf"}
        chosen = OUTPUTS if wanted is None else wanted or self._default()
        files = {f"{self._id()}.{names[name]}": engine.need(name) for name in chosen}
        if "pdf" in chosen or ("epub" in chosen and engine.cell(("config",), "epub")["pages"] == "print"):
            files[f"{self._id()}.pages.json"] = engine.need("page_map")
        return {} if wanted is None or self._failed() else files

    def made(self, name: str, files: Mapping[str, bytes]) -> Made:
        problems = sorted(map(self._located, self._problems()), key=lambda p: (p.place, p.code, p.text, p.hint))
        apart = (HOUSE, EPOCH, FOLDER)
        inputs = {path: seen for path, seen in self._engine.inputs().items() if not path.startswith(apart)}
        lock = self._engine.need("lock") if files else None
        return Made(self._id() or name, dict(files), problems, inputs, _of_yaml(problems), versions(), lock)

    def _problems(self) -> list[Problem]:
        return [*self._missing, *self._engine.problems()]

    def _failed(self) -> bool:
        return any(problem.is_error for problem in self._problems())

    def _named(self) -> Iterator[tuple[str, Place]]:
        """Every file that edition.yaml names, and where."""
        return named_files(load_edition(self._engine.file("edition.yaml")[1] or b"", "edition.yaml"))

    def _id(self) -> str:
        return str(self._engine.cell(("config",), "id") or "")

    def _default(self) -> Sequence[str]:
        return self._engine.cell(("config",), "outputs") or OUTPUTS

    def _text_units(self) -> list[str]:
        return [unit["key"] for unit in self._engine.cell(("order",), "all") if not unit["key"].startswith("@")]

    def _located(self, problem: Problem) -> Problem:
        """The problem with today's line and column."""
        place = problem.place
        if place.block < 0 or place.line:
            return problem.at(replace(place, unit="", block=-1, mark=""))
        first = self._engine.cell(("units", place.file), place.unit)["first"] if place.unit else 0
        blocks = self._engine.cell(("positions", place.file), "blocks")
        if not blocks:
            return problem.at(Place(place.file, 1, 1))
        block = blocks[min(max(first + place.block, 0), len(blocks) - 1)]
        line, column = block["marks"].get(place.mark) or (block["line"], block["column"])
        member = block.get("member", "")  # of an archive, to which the line belongs
        text = f"{member}: {problem.text}" if member else problem.text
        return replace(problem, place=Place(place.file, line, column), text=text)
