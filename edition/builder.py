"""One edition, checked or built: runs the recipe on a folder and brings its problems to lines and columns.

Knows the recipe and the engine; writes nothing (the command line does) and prints nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from . import __version__
from .book import Question, questions_from
from .disk import Root, edition_root, styles_folder
from .engine import Engine, Key, Memory, Seen
from .passes import lockfile
from .passes.lockfile import LINES
from .problems import Place, Problem
from .recipe import RULES

if TYPE_CHECKING:
    from concurrent.futures import Executor

HOUSE, EPOCH, FOLDER = "house:", "env:SOURCE_DATE_EPOCH", "folder:"
OUTPUTS = ("tei", "epub", "pdf")  # by default
_NAMES = {"tei": "{}.tei.xml", "epub": "{}.epub", "pdf": "{}.pdf", "print": "{}-print.pdf"}
_LIBRARIES = ("lxml", "weasyprint", "pydyf", "ebooklib", "pyphen", "markdown-it-py", "pyuca")


class Made(Struct, frozen=True):
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
    why: Mapping[Key, Seen | None] = field(default_factory=dict)
    spared: Mapping[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        return any(problem.is_error for problem in self.problems)


@cache
def versions() -> dict[str, str]:
    """The versions of everything that outputs depend on besides the sources."""
    from importlib.metadata import version

    return {name: version(name) for name in _LIBRARIES} | {"edition": version("edition")}


def reader(folder: Path, over: Mapping[str, bytes] | None = None) -> Callable[[str], bytes | None]:
    """What rules read through: files of the edition and, by prefix, our styles, the environment, the folder's name.

    `over` are files that count instead of those in the folder.
    """
    own, styles, instead = edition_root(folder), Root(styles_folder()), over or {}
    lock = cache(lambda: instead[lockfile.NAME] if lockfile.NAME in instead else own.read(lockfile.NAME))
    lines = cache(lambda: lockfile.cut(lock() or b""))

    def read(path: str) -> bytes | None:
        if path == lockfile.NAME:
            return lock()
        if path.startswith(LINES):
            return lines().get(path.removeprefix(LINES)) if path != LINES else "\n".join(lines()).encode()
        if path in instead:
            return instead[path]
        if path == EPOCH:
            return os.environ.get("SOURCE_DATE_EPOCH", "").encode() or None
        if path.startswith(HOUSE):
            return styles.read(path.removeprefix(HOUSE))
        return own.folder.name.encode() if path == FOLDER else own.read(path)

    return read


# What is complained of once the texts are sound.
_CHECKS = (
    "names_left",
    "typography_left",
    "decisions_checked",
    "annotations_checked",
    "chronology",
    "kept",
    "index_checked",
    "bibliography_checked",
    "booklets_checked",
)
Versions = Mapping[str, str]  # what traces of an older build must agree with


def make(
    folder: Path, outputs: Sequence[str] = (), jobs: int = 1, store: Memory | None = None, tool: Versions | None = None
) -> Made:
    """Build an edition. Any error: no files. A store that outlives the process goes with the versions of `tool`.

    Where ids were given or ended, they are looked up once more by the new edition.lock, as the next build will do it,
    which then finds that done.
    """
    with opened(folder, store, jobs, tool) as edition:
        made = edition.whole(outputs)
    if store and made.lock is not None and not edition.ids_stand():
        with opened(folder, store, 1, tool, {lockfile.NAME: made.lock}) as again:
            again.sound()
    return made


def check(
    folder: Path, pages: bool = True, store: Memory | None = None, jobs: int = 1, tool: Versions | None = None
) -> Made:
    """Everything `make` would complain about, layout included unless `pages` is False; no files."""
    with opened(folder, store, jobs, tool) as edition:
        return edition.whole(None, pages)


def worklist(
    folder: Path, what: str, store: Memory | None = None, tool: Versions | None = None
) -> tuple[Made, list[Question]]:
    """What the editor may still decide about "names" or "dates"; none while the edition has an error."""
    with opened(folder, store, 1, tool) as edition:
        found = edition.worklist(what) if edition.configured() and edition.sound() else []
        return edition.made({}), found


@contextmanager
def opened(
    folder: Path,
    store: Memory | None = None,
    jobs: int = 1,
    tool: Versions | None = None,
    over: Mapping[str, bytes] | None = None,
) -> Iterator[Build]:
    """A build that is begun; `over` are files that count instead of those in the folder."""
    with _workers(jobs) as executor:
        engine = Engine(RULES, reader(folder, over), store or Memory(), tool or versions(), executor)
        yield Build(engine, edition_root(folder))


def _workers(jobs: int) -> AbstractContextManager[Executor | None]:
    if jobs == 1:
        return nullcontext()
    from .pool import pool

    return pool(jobs, ["edition.writers.pages", "edition.writers.painted"])


def _of_yaml(problems: Sequence[Problem]) -> bool:
    """Whether YAML could not be read, or breaks its schema."""
    return any(problem.is_error and problem.code.startswith(("yaml-", "config-")) for problem in problems)


class Build:
    """One run of the recipe, stage by stage: each goes on only if the one before found no error."""

    def __init__(self, engine: Engine, root: Root) -> None:
        self.engine = engine
        self._root = root
        self._missing: list[Problem] = []

    def whole(self, outputs: Sequence[str] | None, pages: bool = True) -> Made:
        """All stages; `outputs` as for `outputs`, None to check only, without `pages` short of layout."""
        files: dict[str, bytes] = {}
        if self.configured() and self.sound() and (pages or outputs is not None):
            files = self.outputs(outputs)
        return self.made(files)

    def configured(self) -> bool:
        """Whether edition.yaml can be used."""
        self.engine.demand(("config",))
        return not self._failed()

    def sound(self) -> bool:
        """Whether registers and texts are without error."""
        self._missing = [
            fault
            for path, place in self._named()
            if self.engine.file(path)[1] is None and (fault := self._root.check(path, place))
        ]
        fault = self._root.check(lockfile.NAME, Place(lockfile.NAME))
        self._missing += [fault] if fault and fault.code != "file-missing" else []
        for rules in (("persons", "decisions", "annotations", "released"), ("events", "lock")):
            for rule in rules:
                self.engine.demand((rule,))
            if _of_yaml(self._problems()):
                return False  # what names people would only be complained of too
        for key in self._text_units():
            self.engine.demand(("resolved", key))
        for rule in _CHECKS:
            self.engine.demand((rule,))
        return not self._failed()

    def ids_stand(self) -> bool:
        """Whether no id is given or ended, as against edition.lock."""
        is_same = self.engine.need("lock") == self.engine.file(lockfile.NAME)[1]
        return is_same or bool(json.loads(self.engine.need("is_reworded")))

    def worklist(self, what: str) -> list[Question]:
        """What the editor may still decide about "names" or "dates", each place with today's line and column."""
        questions = questions_from(self.engine.need(f"{what}_worklist"))
        return [
            replace(one, contexts=tuple(replace(c, place=self._here(c.place)) for c in one.contexts))
            for one in questions
        ]

    def outputs(self, wanted: Sequence[str] | None) -> dict[str, bytes]:
        """The outputs by file name; only their problems where `wanted` is None."""
        engine = self.engine
        chosen = OUTPUTS if wanted is None else wanted or self._default()
        files = {_NAMES[name].format(self._id()): engine.need(name) for name in chosen if name in _NAMES}
        for booklet in engine.cell(("config",), "booklets") if "booklets" in chosen else ():
            files[f"{self._id()}-{booklet['id']}.pdf"] = engine.need("booklet", booklet["id"])
            if booklet["test_sheet"]:
                files[f"{self._id()}-{booklet['id']}-test.pdf"] = engine.need("booklet_test", booklet["id"])
        if "tei" in chosen and (changes := engine.need("changes")):
            files[f"{self._id()}.changes.json"] = changes
        is_printed = bool({"pdf", "print"} & set(chosen))
        if is_printed or ("epub" in chosen and engine.cell(("config",), "epub")["pages"] == "print"):
            files[f"{self._id()}.pages.json"] = engine.need("reference")
            engine.demand(("index_crowded",))
        if is_printed:
            engine.demand(("pages_moved",))
        if "pdf" in chosen:
            formats = engine.cell(("config",), "pdf")["also"]
            files |= {f"{self._id()}-{page}.pdf": engine.need("also", page) for page in formats}
        if "tei" in chosen and wanted is not None:
            files |= self._images()
        return {} if wanted is None or self._failed() else files

    def _images(self) -> dict[str, bytes]:
        """The images that stand beside the TEI, which names them."""
        from . import images

        names: dict[str, str] = json.loads(self.engine.need("shown"))
        return {name: images.unpacked(self.engine.need("image", url))[1] for name, url in names.items()}

    def made(self, files: Mapping[str, bytes]) -> Made:
        """What has come of it so far."""
        problems = sorted(map(self._located, self._problems()), key=lambda p: (p.place, p.code, p.text, p.hint))
        apart = (HOUSE, EPOCH, FOLDER, LINES)
        inputs = {path: seen for path, seen in self.engine.inputs().items() if not path.startswith(apart)}
        lock = self.engine.need("lock") if files else None
        name, usage = self._id() or self._root.folder.name, _of_yaml(problems)
        run = dict(self.engine.why), self.engine.spared()
        return Made(name, dict(files), problems, inputs, usage, {"edition": __version__}, lock, *run)

    def complaints(self) -> list[tuple[Problem, str]]:
        """Every problem with its line and column, and the id of the block that it is about ("": about none)."""
        return [(self._located(problem), self._block(problem.place)) for problem in self._problems()]

    def _block(self, place: Place) -> str:
        """The id of the block of a place in a text."""
        if place.block < 0:
            return ""
        unit, ordinal = place.unit, place.block
        for key in () if unit else reversed(self.engine.cell(("units", place.file), "keys") or ()):
            first = self.engine.cell(("units", place.file), key)["first"]
            if not unit and first <= ordinal:
                unit, ordinal = key, ordinal - first
        ids = (self.engine.cell(("ids", place.file), unit) or {}).get("ids") or () if unit else ()
        return ids[ordinal] if ordinal < len(ids) else ""

    def _problems(self) -> list[Problem]:
        return [*self._missing, *self.engine.problems()]

    def _failed(self) -> bool:
        return any(problem.is_error for problem in self._problems())

    def _named(self) -> Iterator[tuple[str, Place]]:
        """Every file that edition.yaml names, and where."""
        return ((path, Place(*where)) for path, where in json.loads(self.engine.need("named")))

    def _id(self) -> str:
        return str(self.engine.cell(("config",), "id") or "")

    def _default(self) -> Sequence[str]:
        return self.engine.cell(("config",), "outputs") or OUTPUTS

    def _text_units(self) -> list[str]:
        return [unit["key"] for unit in self.engine.cell(("order",), "all") if not unit["key"].startswith("@")]

    def _here(self, place: Place) -> Place:
        return self._located(Problem("", place, "")).place

    def _located(self, problem: Problem) -> Problem:
        """The problem with today's line and column."""
        place = problem.place
        if place.block < 0 or place.line:
            return problem.at(place._replace(unit="", block=-1, mark=""))
        first = self.engine.cell(("units", place.file), place.unit)["first"] if place.unit else 0
        blocks = self.engine.cell(("positions", place.file), "blocks")
        if not blocks:
            return problem.at(Place(place.file, 1, 1))
        block = blocks[min(max(first + place.block, 0), len(blocks) - 1)]
        line, column = block["marks"].get(place.mark) or (block["line"], block["column"])
        member = block.get("member", "")  # of an archive, to which the line belongs
        text = f"{member}: {problem.text}" if member else problem.text
        return problem._replace(place=Place(place.file, line, column), text=text)
