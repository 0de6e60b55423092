"""`edition new`: a small working edition to start from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from .. import disk
from .common import Settings, shared

SKELETON = disk.PACKAGE / "skeleton"


@click.command("new")
@click.argument("folder", metavar="DIR")
@shared
@click.pass_obj
def command(settings: Settings, folder: str) -> None:
    """Make a small working edition in DIR, which must be new or empty. Its files are CC0: all yours."""
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise click.UsageError(f"“{folder}” is a file")
    if target.is_dir() and os.listdir(target):
        raise click.UsageError(f"“{folder}” is not empty; nothing was written")
    files = _files(os.path.basename(os.path.realpath(target)))
    disk.write_all(target, files)
    for name in files:
        click.echo(str(target / name))
    if settings.chatty:
        click.echo(f"now type: edition build {click.format_filename(folder)}", err=True)


def _files(name: str) -> dict[str, bytes]:
    """The skeleton, with an id made from the folder's name written into edition.yaml."""
    paths = sorted(path for path in SKELETON.rglob("*") if path.is_file())
    files = {path.relative_to(SKELETON).as_posix(): path.read_bytes() for path in paths}
    files["edition.yaml"] = files["edition.yaml"].replace(b"id: my-edition", f"id: {_id_from(name)}".encode(), 1)
    return files


def _id_from(name: str) -> str:
    from ..config.fields import slug

    found = slug(name).lstrip("0123456789-")
    return found if found not in ("", "none") else "my-edition"
