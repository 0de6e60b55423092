"""The state of a preview: the last good text, what is wrong with today's sources, and where in the text that stands.

Knows the builder; knows no server, no browser and no layout (printing does that, in a process of its own).
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from .. import builder, recipe
from ..book import PageMap
from ..engine import Memory
from ..problems import Problem
from ..readers import READERS, ReadOptions
from ..writers.documents import safe_id
from .text import Section, section


class Complaint(Struct, frozen=True):
    """A problem with its place in a file, and the id of the block it is about ("" if it is about none)."""

    problem: Problem
    block: str

    def to_json(self) -> dict[str, Any]:
        problem = self.problem
        where = ":".join(str(part) for part in (problem.place.file, problem.place.line, problem.place.column) if part)
        told = {"code": problem.code, "severity": problem.severity, "text": problem.text, "hint": problem.hint}
        return {**told, "where": where, "block": self.block}


class Preview(Struct, frozen=True):
    """What is shown: the text of the last sources without errors, and the complaints about those of today."""

    title: str = ""
    language: str = "en"
    standing: str = ""
    sections: tuple[Section, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    good: bool = False  # whether today's sources have no error
    seconds: float = 0.0  # of CPU, for the text


class Session:
    """One edition, read again and again. All calls come from one thread, for the store's sake."""

    def __init__(self, folder: Path, store: AbstractContextManager[Memory], tool: Mapping[str, str]) -> None:
        self._folder, self._tool = folder, tool
        self._opening, self._open = store, ExitStack()
        self._store: Memory | None = None
        self._units: list[bytes] = []  # their JSON
        self._ranges, self._files = "", list[str]()
        self._known: dict[bytes, Section] = {}  # of the units of before, as they were shown with the pages of before
        self.shown = Preview()
        self.inputs: Mapping[str, str] = {}  # all files that had a part in today's text, with their digests
        self.pages: PageMap | None = None

    def read(self) -> Preview:
        """Today's sources; where they have an error, the text of the last good ones."""
        began = time.thread_time()
        store = self._store = self._store or self._open.enter_context(self._opening)
        with builder.opened(self._folder, store, tool=self._tool) as edition:
            good = edition.configured() and edition.sound()
            if good:
                self._take(edition)
            said = tuple(Complaint(problem, safe_id(block)) for problem, block in edition.complaints())
            self.inputs = edition.engine.inputs()
        store.save()
        self.shown = replace(self.shown, complaints=said, good=good, seconds=time.thread_time() - began)
        return self.shown

    def prepare(self) -> None:
        """Import what the first edit will need: a text that was kept has needed none of it."""
        recipe.load("booklets", "edited", "ids", "normal", "references", "rendered", "tables", "texts")
        for suffix in {PurePosixPath(file).suffix.lower() for file in self._files} & READERS.keys():
            READERS[suffix]("", b"", ReadOptions(self.shown.language))

    def close(self) -> None:
        """Leave the store as it is to be found by the next."""
        self._open.close()

    def number(self, pages: PageMap) -> Preview:
        """The text with the page numbers of print."""
        if pages != self.pages:
            self.pages, self._known = pages, {}
        return self._show()

    def _take(self, edition: builder.Build) -> None:
        engine = edition.engine
        self._units = [engine.need("xhtml", unit["key"]) for unit in engine.cell(("order",), "all")]
        self._files = engine.cell(("plan",), "files")
        config, standing = json.loads(engine.need("config")), json.loads(engine.need("standing"))
        if config["index"]["ranges"] != self._ranges:
            self._ranges, self._known = config["index"]["ranges"], {}
        version = standing["version"]
        said = f"version {version}" if standing["released"] else f"draft after {version}" if version else "draft"
        self.shown = replace(self.shown, title=config["title"], language=config["language"], standing=said)
        self._show()

    def _show(self) -> Preview:
        if self._units:
            known = self._known
            self._known = {raw: known.get(raw) or section(raw, self.pages, self._ranges) for raw in self._units}
            self.shown = replace(self.shown, sections=tuple(self._known[raw] for raw in self._units))
        return self.shown
