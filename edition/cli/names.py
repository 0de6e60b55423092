"""`edition names`: forms of names to decide, and names to list, ranked by how much each decision settles."""

from __future__ import annotations

import click

from .asking import Verb, run
from .common import Settings, shared


@click.command("names")
@click.argument("folders", metavar="[DIR]...", nargs=-1)
@click.option("--ask", is_flag=True, help="Ask about each, and append the answers to decisions.yaml.")
@shared
@click.pass_obj
def command(settings: Settings, folders: tuple[str, ...], ask: bool) -> None:
    """Forms of names that are undecided, by frequency, then names that no register has, by likelihood.

    Each with three places and the line that would decide it. Without DIR: the current folder if it holds an
    edition.yaml, else every sources/*/.
    """
    run(Verb("names", "an id, or none"), folders, ask, settings)
