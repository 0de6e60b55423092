"""What an edit costs, against a cold build of the same outputs in the same run: seconds of CPU, ratios, wall.

    python -m tests.bench regeneration            all; takes many minutes
    python -m tests.bench.regeneration large      300 chapters without pages
    python -m tests.bench.regeneration book       40 chapters, about 800 pages; `book 4` a book of 4 chapters
    python -m tests.bench.regeneration watched    both without pages, followed

Every build is a process of its own with the store on disk, as the command line runs; rules that lay out and write are
reported apart. Books without pages are then built by one that follows their sources (`edition build --watch`), too.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
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
from edition import engine
from edition.cli import build, end
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
end(0)
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


class Following:
    """A process that follows the sources of a book; its seconds of CPU (Linux)."""

    def __init__(self, book: Book) -> None:
        command = [sys.executable, "-m", "edition", "build", str(book.folder), "--out", str(book.home / "out-followed")]
        environment = {**os.environ, "EDITION_CACHE": str(book.home / "followed"), "PYTHONDONTWRITEBYTECODE": ""}
        self._process = subprocess.Popen(
            [*command, "--watch", "--quiet"], env=environment, stdout=subprocess.PIPE, text=True
        )
        self._before = 0.0

    def cost(self, is_built: bool = True) -> float:
        """Of what was done since the last call, once it is done: a manifest is the last that a build writes, and what
        then goes on is over when the process has been idle for a second."""
        assert self._process.stdout is not None
        while is_built and not self._process.stdout.readline().endswith("manifest.json\n"):
            assert self._process.poll() is None
        now, idle = self._spent(), 0
        while idle < 10:
            time.sleep(0.1)
            idle, now = (idle + 1 if self._spent() - now <= 0.01 else 0), self._spent()
        cost, self._before = now - self._before, now
        return cost

    def _spent(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        self._process.send_signal(signal.SIGINT)
        assert self._process.wait() == 0


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


def _follow(title: str, size: generated.Size, limits: dict[str, str]) -> None:
    """A cold build, five times a file that is written as it was, five typos."""
    with tempfile.TemporaryDirectory() as home:
        book = Book(Path(home), size)
        print(f"{title}, followed: {size.chapters} chapters, {size.outputs}, pages: {size.pages}", flush=True)
        following = Following(book)
        cold = following.cost()
        print(f"  cold      {cold:7.2f} s of CPU", flush=True)
        for name, change, is_built in (("no-op", str, False), ("typo", _typo, True)):
            costs = []
            for _ in range(5):
                book.edit(2, change)
                costs.append(following.cost(is_built))
            told = f"{min(costs):.2f} to {max(costs):.2f}"
            middle = sorted(costs)[2]
            share = 100 * middle / cold
            print(f"  {name:9} {middle:7.2f} s of CPU {share:6.1f} % {limits[name]:8}  {told}", flush=True)
        following.end()


def watched() -> None:
    _follow("large", generated.LARGE, {name: f"(≤ {s} s)" for name, s in SECONDS.items()})
    without = replace(generated.BOOK, pages="none", outputs="tei, epub")
    _follow("book", without, {"no-op": f"(≤ {LIMITS['no-op']})", "typo": "(≤ 3)"})


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
    watched()


if __name__ == "__main__":
    which, *count = sys.argv[1:] or ["all"]
    {"large": large, "book": book, "watched": watched, "all": main}[which](*map(int, count))
