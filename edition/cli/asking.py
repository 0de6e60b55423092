"""What `edition names` and `edition dates` share: a worklist shown, or asked about, and its answers kept.

Must not know how a worklist is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click

from .. import disk, manifest
from ..book import Asked, Question
from ..config.appending import with_form, with_passage
from .caching import cache, versions
from .common import FINE, Report, Settings, blame, editions, exit_code, working

_WHY = {
    "ambiguous": "may be {keys}", "namesake": "may be part of a longer name; {keys}?",
    "institution": "in the name of an institution; {keys}?", "unresolved": "is {keys} in the source, and not listed",
    "unlisted": "is in no register", "dated": "is not in the chronology",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """A worklist's name, and what may be answered."""

    what: str
    answers: str


def run(verb: Verb, folders: Sequence[str], ask: bool, settings: Settings) -> None:
    """Show or ask, edition by edition; exit code 1 where an edition has errors, which are told first."""
    report, code, tool = Report(settings, err=True), FINE, manifest.tool()
    listed: list[dict[str, object]] = []
    for folder in editions(folders):
        code = max(code, _one(verb, folder, ask, report, settings, tool, listed))
    if settings.format == "json" and not ask:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
    raise click.exceptions.Exit(code)


def _one(
    verb: Verb,
    folder: Path,
    ask: bool,
    report: Report,
    settings: Settings,
    tool: manifest.Tool,
    listed: list[dict[str, object]],
) -> int:
    try:
        from .. import builder

        with partial(working, settings)(f"{folder.resolve().name}: reading"), cache(folder) as store:
            made, questions = builder.worklist(folder, verb.what, store=store, tool=versions(tool))
    except Exception as error:
        return blame(error)
    if made.failed:
        report.add(folder, [problem for problem in made.problems if problem.is_error])
    elif ask:
        _ask_all(verb, folder, questions)
    elif settings.format == "json":
        listed += [{"edition": made.id, **_plain(question)} for question in questions]
    else:
        for question in questions:
            click.echo(_shown(question, folder, settings.format))
        if settings.chatty:
            click.echo(f"{made.id}: {len(questions)} to decide", err=True)
    return exit_code(made.problems, made.usage, False)


def _plain(question: Question) -> dict[str, object]:
    found = asdict(question)
    places = [
        {"file": one.place.file, "line": one.place.line, "column": one.place.column, "block": one.block,
         "before": one.before, "form": one.form, "after": one.after}
        for one in question.contexts
    ]  # fmt: skip
    return {**{name: found[name] for name in ("form", "why", "count", "keys", "line", "file")}, "contexts": places}


# --- shown


def _shown(question: Question, folder: Path, form: str) -> str:
    times = f" ({question.count} times)" if question.count > 1 else ""
    why = _WHY.get(question.why, question.why).format(keys=", ".join(question.keys))
    head = f"{question.form}{times}: {why}"
    if form != "full":
        first = question.contexts[0]
        return f"{_where(first, folder)}: {head} [{question.file}: {question.line}]"
    places = (f"    {_where(one, folder)}: {_context(one)}" for one in question.contexts)
    return "\n".join([head, *places, f"    {question.file}: {question.line}", ""])


def _where(asked: Asked, folder: Path) -> str:
    place = asked.place
    spot = f":{place.line}:{place.column}" if place.line else ""
    return f"{os.path.relpath(folder / place.file)}{spot}"


def _context(asked: Asked) -> str:
    return f"{asked.before}[{asked.form}]{asked.after}".strip()


# --- asked


def _ask_all(verb: Verb, folder: Path, questions: Sequence[Question]) -> None:
    root = disk.edition_root(folder)
    file = _decisions(root)
    click.echo(f"Answer with {verb.answers}; Enter leaves it open, q ends.", err=True)
    for question, answer in _answers(questions, folder):
        text = (root.read(file) or b"").decode()
        text = _with_answer(text, verb.what, question, answer)
        disk.write_all(folder, {file: text.encode()})


def _with_answer(text: str, what: str, question: Question, answer: str) -> str:
    """decisions.yaml with an answer: about a form wherever it stands, or about this passage only."""
    if what == "names" and (question.why in ("ambiguous", "unlisted") or (question.count > 1 and answer == "none")):
        return with_form(text, question.form, answer)
    section = "dates" if what == "dates" else "here"
    return with_passage(text, section, question.contexts[0].block, question.form, answer)


def _answers(questions: Sequence[Question], folder: Path) -> Iterator[tuple[Question, str]]:
    for question in questions:
        click.echo(_shown(question, folder, "full"), nl=False)
        answer = click.prompt("    decision", default="", show_default=False).strip()
        if answer == "q":
            return
        if answer:
            yield question, answer


def _decisions(root: disk.Root) -> str:
    from ..config import load_edition

    value = load_edition(root.read("edition.yaml") or b"", "edition.yaml").value
    return value.decisions if value else "decisions.yaml"
