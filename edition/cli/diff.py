"""`edition diff`: what changed between two versions, as a reader would see it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import disk, manifest
from .caching import cache, versions
from .common import FINE, USAGE, WORK, Report, Settings, shared, working


@click.command("diff")
@click.argument("old")
@click.argument("new", default=".")
@click.option(
    "--edition", "edition", metavar="DIR", help="Whose releases and revisions are meant (default: the one here)."
)
@click.option("--no-pages", is_flag=True, help="Leave page numbers out, which take layout.")
@click.option("--html", "html", metavar="FILE", help="Write a page of HTML.")
@click.option("--errata", metavar="FILE", help="Write an errata leaf, a section of Markdown to bind in.")
@shared
@click.pass_obj
def command(
    settings: Settings, old: str, new: str, edition: str | None, no_pages: bool, html: str | None, errata: str | None
) -> None:
    """What a reader of OLD would notice in NEW: words, notes, names, events, pages, ids that are gone.

    OLD and NEW are folders (of sources, or of built outputs), releases ("1.0") or revisions of git; NEW is the folder
    here if left out. With --format json the differences are told as JSON.
    """
    from ..diff import shown, sides
    from ..diff.differences import as_json, compare

    where = Path(edition) if edition else _here()
    tool = versions(manifest.tool())
    try:
        with working(settings, f"comparing {old} and {new}"), cache(where or Path(new)) as store:
            named = str(where) if new == "." and where else new
            found = compare(*(sides.side(name, where, not no_pages, tool, store) for name in (old, named)))
    except sides.NoSuchVersion as error:
        click.echo(f"edition: {error}", err=True)
        report = Report(settings, err=True)
        report.add(where or Path(), error.problems)
        raise click.exceptions.Exit(WORK if error.problems else USAGE) from None
    is_json = settings.format == "json"
    click.echo(json.dumps(as_json(found), ensure_ascii=False, indent=1) if is_json else shown.text(found), nl=is_json)
    for file, told in ((html, shown.html), (errata, shown.errata)):
        if file:
            disk.write_all(Path(file).parent, {Path(file).name: told(found).encode()})
    raise click.exceptions.Exit(FINE)


def _here() -> Path | None:
    """The one edition that is here."""
    found = disk.edition_folders(Path())
    return found[0] if len(found) == 1 else None
