"""`edition explain`: the page of a complaint."""

from __future__ import annotations

import json
import sys

import click

from .. import problems
from .common import Settings, is_terminal, shared


@click.command("explain")
@click.argument("code", required=False)
@shared
@click.pass_obj
def command(settings: Settings, code: str | None) -> None:
    """What the complaint CODE means, with an example and the cure. Without CODE: all codes."""
    if code is None:
        _list(settings)
        return
    if code not in problems.codes():
        hint = problems.did_you_mean(code, problems.codes(), "`edition explain` lists all codes")
        raise click.UsageError(f"no complaint has the code “{code}”; {hint}")
    page = problems.explanation(code)
    if settings.format == "json":
        click.echo(json.dumps(_json(page) | {"text": page.text}, ensure_ascii=False, indent=1))
    elif is_terminal(sys.stdout):
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(_markdown(page)))
    else:
        click.echo(_markdown(page), nl=False)


def _markdown(page: problems.Explanation) -> str:
    return f"# {page.severity}[{page.code}]: {page.title}\n\n{page.text}"


def _json(page: problems.Explanation) -> dict[str, str]:
    return {"code": page.code, "severity": page.severity, "title": page.title}


def _list(settings: Settings) -> None:
    pages = [problems.explanation(code) for code in problems.codes()]
    if settings.format == "json":
        click.echo(json.dumps([_json(page) for page in pages], ensure_ascii=False, indent=1))
        return
    width = max((len(page.code) for page in pages), default=0)
    for page in pages:
        click.echo(f"{page.code:{width}}  {page.severity:7}  {page.title}")
