"""`edition schema`: JSON Schema of the YAML files, for editors that complete and check."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .common import shared


@click.command("schema")
@click.option("--out", metavar="DIR", help="Write one file for each schema into DIR, and print their paths.")
@shared
def command(out: str | None) -> None:
    """JSON Schemas of edition.yaml and the registers: one object of all, or with --out a file each."""
    from .. import config, disk

    schemas = config.schemas()
    if out is None:
        click.echo(_text(schemas), nl=False)
        return
    stems = {name.removesuffix(".yaml"): schema for name, schema in schemas.items()}
    files = {f"{stem}.schema.json": _text(schema).encode() for stem, schema in stems.items()}
    disk.write_all(Path(out), files)
    for name in files:
        click.echo(str(Path(out) / name))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
