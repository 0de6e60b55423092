"""`edition why`: which input changed, what that makes again, and what it spares."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from .. import engine, manifest
from ..engine import Key, Memory, TraceRow
from ..why import Run, told
from .caching import cache, last_run, versions
from .common import FINE, WORK, Settings, editions, shared, working

_OUTPUTS = {"tei": "tei", "xml": "tei", "epub": "epub", "pdf": "pdf", "json": "reference"}


class _Aside(Memory):
    """A store that takes from another and gives it nothing, so that the build to come has the same to do."""

    def __init__(self, below: Memory) -> None:
        super().__init__()
        self._below = below

    def trace(self, key: Key) -> TraceRow | None:
        return super().trace(key) or self._below.trace(key)

    def value(self, name: str) -> bytes | None:
        return self.values.get(name) or self._below.value(name)


@click.command("why")
@click.argument("target")
@click.argument("folder", metavar="[DIR]", required=False)
@shared
@click.pass_obj
def command(settings: Settings, target: str, folder: str | None) -> None:
    """Why TARGET will be made again by the next build, or was by the last: which input changed, what follows from it.

    TARGET is an output (epub, pdf, tei, or its file), a text of the edition, or the id of anything in it.
    """
    where = editions([folder] if folder else [])[0]
    tool = versions(manifest.tool())
    with working(settings, f"{where.resolve().name}: looking"), cache(where) as store:
        keys, now = _run(where, target, tool, _Aside(store))
    if keys is None:
        raise click.UsageError(f"“{target}” is no output, no text and no id of {where}")
    last = last_run(where)
    if not now.why and last and any(key in last.why for key in keys):
        click.echo("Nothing is left to do for it. In the last build that did something:")
        now = last
    click.echo(told(keys, now, target))
    raise click.exceptions.Exit(FINE if keys else WORK)


def _run(where: Path, target: str, tool: dict[str, str], store: Memory) -> tuple[Collection[Key] | None, Run]:
    from .. import builder

    with builder.opened(where, store, tool=tool) as edition:
        sound = edition.configured() and edition.sound()
        asked = edition.engine
        keys = _keys(target, asked) if asked.cell(("config",), "language") else None
        for key in (keys or ()) if sound else ():
            asked.demand(key)
        return keys, Run(dict(asked.why), asked.spared())


def _keys(target: str, asked: engine.Engine) -> Collection[Key] | None:
    """The values that TARGET means."""
    rule = _OUTPUTS.get(target.rpartition(".")[2])
    if rule and (target in _OUTPUTS or "/" not in target):
        return [(rule,)]
    units = [unit["key"] for unit in asked.cell(("order",), "all")]
    own = [key for key in units if key in (target, f"@{target}") or key.rpartition("#")[0] == target]
    if not own:
        cell = asked.cell(("targets",), target)
        own = [cell["unit"]] if cell else []
    return [("xhtml", key) for key in own] or None
