"""`edition build`: the outputs of editions, all or none of each."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from .. import disk, manifest
from ..problems import did_you_mean
from . import making
from .common import FINE, USAGE, Report, Settings, blame, editions, shared, working

OUTPUTS = ("tei", "epub", "pdf", "print", "booklets")


@click.command("build")
@click.argument("folders", metavar="[DIR]...", nargs=-1)
@click.option(
    "--to",
    "to",
    metavar="LIST",
    multiple=True,
    help=f"Of {','.join(OUTPUTS)} (default: `outputs` of edition.yaml, else tei,epub,pdf).",
)
@click.option("--out", metavar="DIR", default="build", show_default=True, help="Where ID/ID.epub and the rest go.")
@click.option("-j", "jobs", metavar="N", type=click.IntRange(1), default=1, show_default=True, help="Processes.")
@click.option("--cluster", metavar="ADDRESS", help="Not built yet.")
@click.option(
    "--frozen",
    is_flag=True,
    help="No change of ids: if edition.lock would change, that is an error. (No build lets the clock into an output.)",
)
@shared
@click.pass_obj
def command(
    settings: Settings,
    folders: tuple[str, ...],
    to: tuple[str, ...],
    out: str,
    jobs: int,
    cluster: str,
    frozen: bool,
) -> None:
    """Make the outputs of the editions in DIR...: OUT/ID/ID.tei.xml, .epub, .pdf, .pages.json, manifest.json.

    And, in DIR, edition.lock: the ids of all paragraphs, which the next build keeps; commit it with the sources.

    Without DIR: the current folder if it holds an edition.yaml, else every sources/*/. The paths written go
    to stdout, complaints to stderr. An edition with an error is not written and its old outputs stay; what an
    older build made and this one does not is removed.
    """
    if cluster:
        raise click.UsageError("--cluster is not built yet")
    order = making.Order(
        Path(out),
        _outputs(to),
        jobs,
        settings.strict,
        frozen,
        manifest.tool(),
        partial(click.echo, err=True),
        partial(working, settings),
    )
    report, taken, code = Report(settings, err=True), dict[str, Path](), FINE
    for folder in editions(folders):
        code = max(code, _one(folder, order, taken, report, settings))
    report.close()
    raise click.exceptions.Exit(code)


def _one(folder: Path, order: making.Order, taken: dict[str, Path], report: Report, settings: Settings) -> int:
    """Build one edition and tell; its exit code. An error of ours in one edition does not end the others."""
    try:
        guess = manifest.guess_id(disk.edition_root(folder).read("edition.yaml"), folder.resolve().name)
        if os.path.realpath(order.out / guess) == os.path.realpath(folder):
            click.echo(f"edition: --out {order.out} would put outputs among the sources of “{folder}”", err=True)
            return USAGE
        outcome = making.build_one(folder, order, taken)
    except Exception as error:
        return blame(error)
    report.add(folder, outcome.problems)
    for path in outcome.written:
        click.echo(str(path))
    if settings.chatty:
        for path in outcome.removed:
            click.echo(f"removed {path}", err=True)
        if outcome.current:
            click.echo(f"{outcome.id}: up to date", err=True)
        elif not outcome.written:
            click.echo(f"{outcome.id or folder}: not written", err=True)
    return outcome.code


def _outputs(to: tuple[str, ...]) -> tuple[str, ...]:
    """The outputs asked for, each once, in the order of OUTPUTS."""
    asked = {name.strip() for given in to for name in given.split(",") if name.strip()}
    for name in sorted(asked):
        if name not in OUTPUTS:
            hint = did_you_mean(name, OUTPUTS, f"there are {', '.join(OUTPUTS)}")
            raise click.UsageError(f"--to: there is no output “{name}”; {hint}")
    return tuple(name for name in OUTPUTS if name in asked)
