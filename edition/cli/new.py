"""`edition new`: a small working edition to start from."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click

from .. import disk
from .common import Settings, shared

SKELETON = disk.PACKAGE / "skeleton"
_ID = re.compile(r"[a-z][a-z0-9-]*\Z")


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
    """The skeleton; where the folder's name cannot serve as an id, edition.yaml gets one made from it."""
    paths = sorted(path for path in SKELETON.rglob("*") if path.is_file())
    files = {path.relative_to(SKELETON).as_posix(): path.read_bytes() for path in paths}
    if not _ID.match(name) or name == "none":
        line = f"id: {_id_from(name)}\n".encode()
        files["edition.yaml"] = files["edition.yaml"].replace(b"title:", line + b"title:", 1)
    return files


def _id_from(name: str) -> str:
    from ..config_fields import slug

    return slug(name).lstrip("0123456789-") or "my-edition"
