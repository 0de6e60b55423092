"""`edition release`: a version is made, judged, written to the output folder and frozen in releases/VERSION.yaml."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from .. import disk, engine, manifest
from . import making
from .caching import versions
from .common import FINE, WORK, Report, Settings, blame, exit_code, shared, working

if TYPE_CHECKING:
    from ..builder import Made
    from ..release import Released


@click.command("release")
@click.argument("folder", metavar="DIR")
@click.argument("version")
@click.option("-m", "--message", "changes", metavar="TEXT", required=True, help="What is new, for readers.")
@click.option("--date", "day", metavar="DAY", help="Its date, 2026-11-29 (default: SOURCE_DATE_EPOCH, else today).")
@click.option("--out", metavar="DIR", default="build", show_default=True, help="Where ID/ID.epub and the rest go.")
@shared
@click.pass_obj
def command(settings: Settings, folder: str, version: str, changes: str, day: str | None, out: str) -> None:
    """Freeze VERSION of the edition in DIR: its date, changes, pages, and the hashes of what it was made from and into.

    All outputs are made with that date and number and written to OUT/ID/; the record goes to DIR/releases/VERSION.yaml,
    which belongs to the sources. Said again, it changes nothing. Refused while there are errors, open questions, or
    texts from elsewhere without a word on rights.
    """
    from ..passes import releases

    where = Path(folder)
    if not (where / "edition.yaml").is_file():
        raise click.UsageError(f"there is no edition.yaml in “{folder}”")
    if releases.versions_in(f"{version}.yaml".encode()) != [version]:
        raise click.UsageError(f"“{version}” is no version: numbers with points between them, for instance 1.0")
    report = Report(settings, err=True)
    try:
        code = _release(where, version, changes.strip(), _day(day), Path(out), settings, report)
    except OSError as error:
        code = blame(error)
    report.close()
    raise click.exceptions.Exit(code)


def _day(asked: str | None) -> str:
    """The day of the release: as asked, else of SOURCE_DATE_EPOCH, else today, UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if asked is None:
        return (datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)).date().isoformat()
    try:
        return date.fromisoformat(asked).isoformat()
    except ValueError:
        raise click.UsageError(f"--date: “{asked}” is no day, as 2026-11-29 is") from None


def _release(folder: Path, version: str, changes: str, day: str, out: Path, settings: Settings, report: Report) -> int:
    from ..release import Refused, release, standing_as

    tool, known = manifest.tool(), standing_as(folder, version, changes)
    if known is True:
        if settings.chatty:
            click.echo(f"version {version} is released already: nothing was changed", err=True)
        return FINE
    found: Refused | Released
    if isinstance(known, Refused):
        found = known
    else:
        with working(settings, f"{folder.resolve().name}: releasing {version}"):
            found = release(folder, version, changes, day, versions(tool))
    if isinstance(found, Refused):
        report.add(folder, found.problems)
        return exit_code(found.problems, found.usage, settings.strict) or WORK
    report.add(folder, found.made.problems)
    return _written(folder, out, version, found.made, found.record, tool)


def _written(folder: Path, out: Path, version: str, made: Made, record: bytes, tool: manifest.Tool) -> int:
    from ..passes.releases import file_of

    disk.write_all(folder, {file_of(version): record})
    inputs = {**made.inputs, file_of(version): engine.digest(record)}
    written = making.keep(replace(made, inputs=inputs), folder, out / made.id, (), tool).written
    for path in (folder / file_of(version), *written):
        click.echo(str(path))
    return FINE
