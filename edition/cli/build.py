"""`edition build`: the outputs of editions, all or none of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from .. import disk, manifest
from ..problems import did_you_mean
from . import caching, making
from .common import FINE, USAGE, Report, Settings, blame, editions, shared, until_interrupted, working

_NOTHING: Mapping[Path, making.Outcome] = {}
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
@click.option(
    "--watch",
    is_flag=True,
    help="Then follow the sources: after every edit, build again what it changes. (A network disk that tells of no "
    "change is looked at all the time where WATCHFILES_FORCE_POLLING=1 is set.)",
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
    watch: bool,
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
        caching.cache,
        partial(click.echo, err=True),
        partial(working, settings),
    )
    if watch:
        _follow(editions(folders), order, settings)
    outcomes = _build(editions(folders), order, settings)
    raise click.exceptions.Exit(max(outcome.code for outcome in outcomes.values()))


def _build(
    folders: Iterable[Path], order: making.Order, settings: Settings, before: Mapping[Path, making.Outcome] = _NOTHING
) -> dict[Path, making.Outcome]:
    """Build editions, one after the other, and tell what became of each, but for what was told `before`.

    An error of ours in one edition does not end the others.
    """
    report, taken, outcomes = Report(settings, err=True), dict[str, Path](), dict[Path, making.Outcome]()
    told = not before
    for folder in folders:
        try:
            outcome = _one(folder, order, taken)
        except Exception as error:
            outcome = making.Outcome("", (), blame(error))
        outcomes[folder] = outcome
        if _is_news(outcome, before.get(folder)):
            known = before[folder].problems if folder in before else ()
            report.add(folder, [p for p in outcome.problems if p.severity != "info" or p not in known])
            _tell(folder, outcome, settings)
            told = True
    if told:
        report.close()
    return outcomes


def _is_news(outcome: making.Outcome, before: making.Outcome | None) -> bool:
    """Whether an outcome is to be told: that nothing is to be done is none, unless the one before had failed."""
    if before is None:
        return True
    return outcome != before and not (outcome.current and (before.current or before.written))


def _one(folder: Path, order: making.Order, taken: dict[str, Path]) -> making.Outcome:
    guess = manifest.guess_id(disk.edition_root(folder).read("edition.yaml"), folder.resolve().name)
    if os.path.realpath(order.out / guess) == os.path.realpath(folder):
        click.echo(f"edition: --out {order.out} would put outputs among the sources of “{folder}”", err=True)
        return making.Outcome("", (), USAGE)
    return making.build_one(folder, order, taken)


def _tell(folder: Path, outcome: making.Outcome, settings: Settings) -> None:
    for path in outcome.written:
        click.echo(str(path))
    if settings.chatty:
        for path in outcome.removed:
            click.echo(f"removed {path}", err=True)
        if outcome.current:
            click.echo(f"{outcome.id}: up to date", err=True)
        elif not outcome.written:
            click.echo(f"{outcome.id or folder}: not written", err=True)


def _follow(folders: Sequence[Path], order: making.Order, settings: Settings) -> NoReturn:
    """Build, and build again after every change, until Ctrl-C."""
    from . import watching

    before: dict[Path, making.Outcome] = {}

    def work(store: making.Store) -> watching.Followed:
        now = order._replace(tool=manifest.restyled(order.tool), store=store)
        outcomes = _build(folders, now, settings, before)
        if settings.chatty and not before:
            click.echo("following the sources; Ctrl-C ends it", err=True)
        for folder, outcome in outcomes.items():
            last = before.get(folder, outcome)
            known = outcome if outcome.inputs else last  # where no build came about
            before[folder] = outcome._replace(inputs=known.inputs, problems=known.problems)
        return watching.followed({folder: outcome.inputs for folder, outcome in before.items()})

    with until_interrupted(), caching.staying() as store:
        watching.follow(partial(work, store), order.tell)
    raise click.exceptions.Exit(FINE)


def _outputs(to: tuple[str, ...]) -> tuple[str, ...]:
    """The outputs asked for, each once, in the order of OUTPUTS."""
    asked = {name.strip() for given in to for name in given.split(",") if name.strip()}
    for name in sorted(asked):
        if name not in OUTPUTS:
            hint = did_you_mean(name, OUTPUTS, f"there are {', '.join(OUTPUTS)}")
            raise click.UsageError(f"--to: there is no output “{name}”; {hint}")
    return tuple(name for name in OUTPUTS if name in asked)
