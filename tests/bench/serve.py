"""What the preview costs: seconds of CPU of the server from its start to the first text, and of an edit.

    python -m tests.bench serve [EDITION]

The flagship, in a copy; the store is that of a build before, and pages are made in processes of their own, which do not
count. A browser would have drawn the text with the answer that is waited for here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FLAGSHIP = ROOT / "sources" / "moscow-trials"
FIRST, EDIT = 1.0, 0.3  # seconds of CPU (issue 7)
_TICK = os.sysconf("SC_CLK_TCK")
_WAIT = 60  # seconds for an answer
EDITS = 5


def spent(process: int) -> float:
    """Seconds of CPU of a process alone, its children not counted (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


@contextmanager
def serving(folder: Path, store: Path) -> Iterator[tuple[int, str]]:
    """A server of the edition: its process and its address."""
    command = [sys.executable, "-m", "edition", "serve", str(folder), "--port", "0", "--quiet"]
    environment = {**os.environ, "EDITION_CACHE": str(store)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        try:
            yield server.pid, server.stdout.readline().strip()
        finally:
            server.terminate()


def now(address: str, known: list[str]) -> dict[str, object]:
    """What a browser asks for when it is told of a change."""
    asked = urllib.request.Request(f"{address}now", json.dumps(known).encode())
    with urllib.request.urlopen(asked, timeout=_WAIT) as answer:
        return dict(json.load(answer))


def settled(address: str, printing: bool = False) -> dict[str, object]:
    """The state once it is no longer printing."""
    while (state := now(address, []))["printing"] != printing:
        time.sleep(0.2)
    return state


def edit(folder: Path, count: int) -> None:
    """One word more in the middle of a paragraph."""
    path = sorted((folder / "text").glob("*.md"))[1]
    text = path.read_text()
    at = text.index(" the ", len(text) // 2)
    path.write_text(f"{text[:at]} the{count} the {text[at + 5 :]}")


def edited(folder: Path, process: int, address: str, count: int) -> float:
    """Seconds of CPU from an edit until the text with it has been sent."""
    state = settled(address)
    known = [digest for _, digest, _ in state["sections"]]  # type: ignore[attr-defined]
    before = spent(process)
    edit(folder, count)
    with urllib.request.urlopen(f"{address}events", timeout=_WAIT) as events:
        while f"the{count}" not in json.dumps(now(address, known)):
            events.readline()
    return spent(process) - before


def main(edition: Path = FLAGSHIP) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder, store = Path(home) / edition.name, Path(home) / "store"
        shutil.copytree(edition, folder)
        command = [sys.executable, "-m", "edition", "build", str(folder), "--out", f"{home}/out", "--quiet"]
        subprocess.run(command, env={**os.environ, "EDITION_CACHE": str(store)}, cwd=ROOT, check=True)
        with serving(folder, store) as (process, address):
            with urllib.request.urlopen(address, timeout=_WAIT) as answer:
                size = len(answer.read())
            first = spent(process)
            print(f"serve: {edition.name}, {size >> 10} KiB: first text {first:.2f} s of CPU (≤ {FIRST})", flush=True)
            took = [edited(folder, process, address, count) for count in range(EDITS)]
        print(f"  an edit {min(took):.2f}, at most {max(took):.2f} s of CPU (≤ {EDIT})", flush=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
