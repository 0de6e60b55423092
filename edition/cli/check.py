"""`edition check`: everything build would complain about; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from .. import manifest
from .caching import cache, versions
from .common import FINE, Report, Settings, blame, editions, exit_code, shared, working


@click.command("check")
@click.argument("folders", metavar="[DIR]...", nargs=-1)
@click.option("--no-pages", is_flag=True, help="Leave layout out, which takes most of the time.")
@click.option("--explain-reading", metavar="FILE", help="Tell what of a source was taken, what was left out and why.")
@shared
@click.pass_obj
def command(settings: Settings, folders: tuple[str, ...], no_pages: bool, explain_reading: str | None) -> None:
    """Everything `edition build` would complain about, layout included, on stdout; writes nothing.

    Without DIR: the current folder if it holds an edition.yaml, else every sources/*/.
    """
    if explain_reading is not None:
        _explain(explain_reading, editions(folders))
    report, code, tool = Report(settings, err=False), FINE, manifest.tool()
    for folder in editions(folders):
        code = max(code, _one(folder, not no_pages, report, settings, tool))
    report.close()
    raise click.exceptions.Exit(code)


def _explain(name: str, folders: Sequence[Path]) -> NoReturn:
    from .reading import explained

    if len(folders) != 1:
        raise click.UsageError("say of which edition: edition check DIR --explain-reading FILE")
    click.echo("\n".join(explained(folders[0], name)))
    raise click.exceptions.Exit(FINE)


def _one(folder: Path, pages: bool, report: Report, settings: Settings, tool: manifest.Tool) -> int:
    try:
        from .. import builder

        with partial(working, settings)(f"{folder.resolve().name}: checking"), cache(folder) as store:
            made = builder.check(folder, pages, store=store, tool=versions(tool))
    except Exception as error:
        return blame(error)
    report.add(folder, made.problems)
    return exit_code(made.problems, made.usage, settings.strict)
