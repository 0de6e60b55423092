"""What pages cost: plain WeasyPrint with CSS page references against ours, and pandoc with Typst, on one made-up book
with notes, cross-references, an index and contents. Seconds of CPU with all processes, wall, the largest process.

    python -m tests.bench print                 50, 200 and 800 pages
    python -m tests.bench.print 200 2000        sizes of one's own

Plain WeasyPrint and `ours` write one untagged PDF of the same XHTML in the same style and fonts. What follows is the
writing alone, from pages laid out before: tags, tags and the embedded TEI, the press PDF, none of which plain
WeasyPrint has whole. What it takes to read the sources and to make XHTML of them is in no row. Every row is a process
of its own, with all its imports.
"""

from __future__ import annotations

import json
import math
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edition import builder
from edition.disk import styles_folder
from edition.passes import plan

from . import generated, print_plain, print_typst

SIZE = replace(generated.BOOK, words=4_400, notes=22, references=15, names=40)  # of a chapter of 20 pages
# Shares of plain WeasyPrint's CPU and, with two processes, of its wall: what must hold, and the goal (issue 5).
LIMITS = {200: (0.67, 0.51), 800: (0.43, 0.33), 2000: (0.23, 0.19)}
GOALS = {200: (0.55, 0.38), 800: (0.35, 0.24), 2000: (0.18, 0.13)}
GROWTH, MEMORY = 1.10, 512  # exponent of CPU from the smallest book of 200 pages on; MB at 800 pages
OURS = ("ours", "ours, two", "untagged alone", "tagged", "tagged, TEI", "press")


@dataclass(frozen=True, slots=True)
class Cost:
    pages: int
    cpu: float
    wall: float
    memory: int  # MB of the largest process


def prepare(home: Path, pages: int) -> None:
    """Write an edition of about so many pages, and what its pages are made of."""
    chapters = max(2, round(pages / 20))
    folder = home / "generated"
    generated.write(folder, replace(SIZE, chapters=chapters, people=12 * chapters))
    file = folder / "edition.yaml"
    told = file.read_text().replace("[who-is-who, chronology, index]", "[index]")
    file.write_text(told.replace("chronology: chronology.yaml\n", ""))
    with builder.opened(folder) as build:
        assert build.configured() and build.sound(), build.complaints()[:3]
        engine = build.engine
        papers = [engine.need("paper", unit["key"]) for unit in engine.cell(("order",), "all")]
        imprint = {**json.loads(engine.need("config")), "standing": json.loads(engine.need("standing"))}
        given = {
            "papers": papers,
            "settling": [plan.settling(json.loads(paper), "chapter") for paper in papers],
            "style": engine.need("style"),
            "imprint": imprint,
            "modified": plan.moment("0", imprint),
            "tei": engine.need("tei"),
        }
    (home / "given").write_bytes(pickle.dumps(given))
    (home / "plain.html").write_text(print_plain.page(papers))
    (home / "plain.css").write_text(print_plain.style())
    print_typst.write(folder, home)


def measured(home: Path, *command: str) -> Cost:
    """What a command costs that says how many pages it made."""
    code = (sys.executable, "-m", *command) if command[0].startswith("tests.") else command
    environment = {**os.environ, "FONTCONFIG_FILE": str(styles_folder() / "fonts.conf")}
    began = time.perf_counter()
    process = subprocess.Popen([*code, str(home)], stdout=subprocess.PIPE, env=environment)
    assert process.stdout is not None
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, command
    wall = time.perf_counter() - began
    return Cost(int(told.split()[-1]), usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss // 1024)


def table(home: Path, pages: int) -> dict[str, Cost]:
    """Every way, one after another, told as it is measured."""
    ways = {"plain": ("tests.bench.print_plain",), **{how: ("tests.bench.print_ours", how) for how in OURS}}
    ways["pandoc, Typst"] = ("tests.bench.print_typst",)
    print(f"about {pages} pages", flush=True)
    found: dict[str, Cost] = {}
    for name, command in ways.items():
        cost = found[name] = measured(home, *command)
        share = f"{cost.cpu / found['plain'].cpu:5.2f} CPU {cost.wall / found['plain'].wall:5.2f} wall"
        seconds = f"{cost.cpu:8.2f} s CPU {cost.wall:8.2f} s wall {cost.memory:5} MB"
        print(f"  {name:14} {cost.pages:5} pages {seconds}  {share}", flush=True)
    return found


def _judged(what: str, value: float, limit: float, goal: float | None = None) -> str:
    wanted = f"≤ {limit}" if goal is None else f"≤ {limit}, goal {goal}"
    return f"  {what}: {value:.2f} ({wanted}) {'holds' if value <= limit else 'OVER'}"


def judge(found: dict[int, dict[str, Cost]]) -> None:
    for pages, costs in found.items():
        if pages in LIMITS:
            plain, one, two = costs["plain"], costs["ours"], costs["ours, two"]
            (cpu, wall), (cpu_goal, wall_goal) = LIMITS[pages], GOALS[pages]
            print(f"at {pages} pages, of plain WeasyPrint's")
            print(_judged("CPU", one.cpu / plain.cpu, cpu, cpu_goal))
            print(_judged("wall with two processes", two.wall / plain.wall, wall, wall_goal))
            if pages == 800:
                print(_judged("largest process, MB", max(one.memory, two.memory), MEMORY))
    large = [costs["ours"] for pages, costs in found.items() if pages >= 200]
    if len(large) > 1:
        growth = math.log(large[-1].cpu / large[0].cpu) / math.log(large[-1].pages / large[0].pages)
        print(_judged(f"exponent of CPU from {large[0].pages} to {large[-1].pages} pages", growth, GROWTH))


def main(sizes: Sequence[int] = (50, 200, 800)) -> None:
    found = {}
    for pages in sizes:
        with tempfile.TemporaryDirectory() as home:
            prepare(Path(home), pages)
            found[pages] = table(Path(home), pages)
    judge(found)


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]])
