"""`edition dates`: dated passages that no event of the chronology is linked to."""

from __future__ import annotations

import click

from .asking import Verb, run
from .common import Settings, shared


@click.command("dates")
@click.argument("folders", metavar="[DIR]...", nargs=-1)
@click.option(
    "--ask", is_flag=True, help="Ask about each, and append the answers to decisions.yaml and chronology.yaml."
)
@shared
@click.pass_obj
def command(settings: Settings, folders: tuple[str, ...], ask: bool) -> None:
    """Dated passages that are not in the chronology, those that an event of it may fit first.

    Each with its place, the line that would decide it, and one that makes it an event. Without DIR: the current folder
    if it holds an edition.yaml, else every sources/*/.
    """
    run(Verb("dates", "the id of an event, none, or + and what happened for a new one"), folders, ask, settings)
