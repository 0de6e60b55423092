"""The command `edition`: which verbs there are, and what becomes of errors that reach the top.

Each verb is a module of this folder, imported when it is asked for; nothing here knows what a verb does.
"""
# ruff: noqa: E402

from __future__ import annotations

import gc

gc.set_threshold(100_000)  # objects between two looks for cycles: imports and builds make many and leave few

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from ..problems import did_you_mean
from .common import INTERRUPTED, blame, shared

VERBS = {
    "new": "A small working edition to start from.",
    "build": "Make the outputs of editions.",
    "serve": "Preview in the browser, which follows the sources.",
    "check": "Everything build would complain about; writes nothing.",
    "names": "Worklist of names to decide or to list.",
    "dates": "Worklist of dated passages that are not in the chronology.",
    "release": "Freeze a version: date, changes, hashes, page numbers.",
    "verify": "Finished files against the rules of their formats.",
    "why": "Why something is made again, or is not.",
    "diff": "What changed between two versions, as a reader would see it.",
    "explain": "What a complaint means, with an example and the cure.",
    "schema": "JSON Schema of the YAML files, for editors that complete and check.",
    "doctor": "Is everything here that a build needs?",
}


class Verbs(click.Group):
    """A group whose verbs are found by name, and which turns errors into exit codes (DESIGN 2.1)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name in VERBS:
            command: click.Command = import_module(f".{name}", __name__).command
            return command
        hint = did_you_mean(name, VERBS, "`edition --help` lists them")
        raise click.UsageError(f"there is no verb “{name}”; {hint}", ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo("edition: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            ctx.exit(blame(error))


@click.command(
    "edition",
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 fine; 1 problems in the work; 2 usage, or YAML that cannot be read or breaks its "
    "schema; 3 a bug of ours; 4 the environment; 130 interrupted.",
)
@click.version_option(package_name="edition")
@shared
def main() -> None:
    """Scholarly editions from any source: TEI, EPUB and print PDF with one page numbering."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def run() -> None:
    """The command as a process of its own."""
    try:
        main(prog_name="edition")
    except SystemExit as ended:
        end(ended.code if isinstance(ended.code, int) else 0)
        raise


def end(code: int) -> None:
    """End the process at once: to take apart what the system takes back whole is a seventh of a build with nothing to
    do. Where there are other processes to see to, or somebody measures this one, it is left to Python."""
    if "multiprocessing" in sys.modules or sys.getprofile():
        return
    with suppress(OSError):  # a reader that has gone
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
