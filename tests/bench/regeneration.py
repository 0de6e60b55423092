"""What an edit costs, against a cold build of the same outputs in the same run: seconds of CPU, ratios, wall.

    python -m tests.bench regeneration            all; takes many minutes
    python -m tests.bench.regeneration large      300 chapters without pages
    python -m tests.bench.regeneration book       40 chapters, about 800 pages; `book 4` a book of 4 chapters

Every build is a process of its own with the store on disk, as the command line runs; rules that lay out and write are
reported apart.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from . import generated

_BUILD = """
import json, sys, time
from pathlib import Path
from edition import engine, manifest
from edition.cli import build, making
rules, spent = {}, {}
run = engine.Engine._run
def timed(self, key, changed=None):
    began, inner = time.process_time(), sum(spent.values())
    run(self, key, changed)
    own = time.process_time() - began - (sum(spent.values()) - inner)
    spent[key[0]] = spent.get(key[0], 0) + own
    rules[key[0]] = rules.get(key[0], 0) + 1
engine.Engine._run = timed
code = build.command.main([*sys.argv[1:], "--quiet"], standalone_mode=False)
print(json.dumps({"rules": rules, "spent": spent}))
"""
# Of a cold build, in per cent (issue 7); of a typo there is one for each choice of outputs.
LIMITS = {"no-op": 1.5, "retitled": 45, "moved": 50, "renamed": 50}
SECONDS = {"no-op": 0.4, "typo": 0.8}  # of 300 chapters without pages


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one build: seconds of CPU with its children, wall, seconds in layout and in writing the PDF, rules run."""

    cpu: float
    wall: float
    layout: float
    writing: float
    rules: int


class Book:
    """A generated edition in a folder, built into another, its store in a third."""

    def __init__(self, home: Path, size: generated.Size) -> None:
        self.folder, self.home = home / "generated", home
        generated.write(self.folder, size)

    def build(self, store: str, *to: str) -> Cost:
        command = [sys.executable, "-c", _BUILD, str(self.folder), "--out", str(self.home / f"out-{store}")]
        command += ["--to", ",".join(to)] if to else []
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        environment = {**os.environ, "EDITION_CACHE": str(self.home / store), "PYTHONDONTWRITEBYTECODE": ""}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = json.loads(done.stdout.splitlines()[-1])
        spent = told["spent"]
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Cost(
            cpu,
            time.perf_counter() - wall,
            spent.get("layout", 0),
            sum(spent.get(rule, 0) for rule in ("painted", "pdf", "print")),
            sum(told["rules"].values()),
        )

    def edit(self, chapter: int, change: Callable[[str], str]) -> None:
        path = self.folder / "text" / f"{chapter:03}.md"
        path.write_text(change(path.read_text()))


def _typo(text: str) -> str:
    """One letter doubled in the middle of a paragraph in the middle of the chapter."""
    start = text.index("\n\n", len(text) // 2) + 2
    at = text.index(" the ", start + 200)  # behind the first words, by which lists call a paragraph
    return f"{text[:at]} thee {text[at + 5 :]}"


def _retitled(text: str) -> str:
    return re.sub(r"^# \S+", "# Retitled", text, count=1)


def _longer(text: str) -> str:
    """Two more pages."""
    first = text.index("\n\n") + 2
    return f"{text[:first]}{'More words are put in here than were there before them. ' * 65}\n\n{text[first:]}"


def edits(book: Book) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done before each warm build."""
    yield "no-op", lambda: None
    yield "typo", lambda: book.edit(2, _typo)
    yield "retitled", lambda: book.edit(2, _retitled)
    yield "moved", lambda: book.edit(3, _longer)
    people = book.folder / "people.yaml"
    yield "renamed", lambda: people.write_text(re.sub(r"name: \w+ ", "name: Renamed ", people.read_text(), count=1))


def _told(name: str, cost: Cost, cold: Cost, limit: str = "") -> None:
    share = 100 * cost.cpu / cold.cpu
    print(
        f"  {name:9} {cost.cpu:7.2f} s of CPU {share:6.1f} % {limit:8}  {cost.wall:7.2f} s wall;"
        f" layout {cost.layout:6.2f}, writing the PDF {cost.writing:6.2f}; {cost.rules} rules",
        flush=True,
    )


def _run(title: str, size: generated.Size, limits: dict[str, str], *to: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        book = Book(Path(home), size)
        print(f"{title}: {size.chapters} chapters, {','.join(to) or size.outputs}, pages: {size.pages}", flush=True)
        cold = book.build("store", *to)
        _told("cold", cold, cold)
        book.build("store", *to)
        for name, edit in edits(book):
            edit()
            _told(name, book.build("store", *to), cold, limits.get(name, ""))


def large(chapters: int = 300) -> None:
    _run("large", replace(generated.LARGE, chapters=chapters), {name: f"(≤ {s} s)" for name, s in SECONDS.items()})


def book(chapters: int = 40) -> None:
    size = replace(generated.BOOK, chapters=chapters, people=20 * chapters)
    without = replace(size, pages="none", outputs="tei, epub")
    for row, typo, to in (
        (without, 3, ()),
        (size, 12, ("tei", "epub")),
        (size, 20, ("tei", "epub", "print")),  # a PDF without tags
        (size, 40, ()),
    ):
        _run("book", row, {name: f"(≤ {limit})" for name, limit in (LIMITS | {"typo": typo}).items()}, *to)


def main() -> None:
    large()
    book()


if __name__ == "__main__":
    which, *count = sys.argv[1:] or ["all"]
    {"large": large, "book": book, "all": main}[which](*map(int, count))
