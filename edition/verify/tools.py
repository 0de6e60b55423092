"""Validators that are programs of their own, run where they are installed, and said where they are not.

Knows how each is called and what it answers; knows no format.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from ..problems import Place, Problem

_SECONDS = 300


def absent(file: str, tool: str, cure: str) -> Problem:
    """What is said of a validator that is not here."""
    return Problem("verify-tool", Place(file), f"{tool} is not installed here, so its rules were not checked", cure)


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """A program run to its end, its output as text. TimeoutExpired: after five minutes."""
    return subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)


def verapdf(path: Path, claims: bool) -> list[Problem]:
    """What veraPDF has against a PDF that claims a standard; nothing is asked of one that claims none."""
    if not claims:
        return []
    if shutil.which("verapdf") is None:
        return [absent(path.name, "veraPDF", "install it and put `verapdf` on PATH to check the claim of PDF/A")]
    found = run(["verapdf", "--format", "text", "--verbose", str(path)])
    failed = [line.strip() for line in found.stdout.splitlines() if line.strip().startswith("FAIL")]
    return [Problem("pdf-standard", Place(path.name), f"veraPDF: {line}") for line in failed]
