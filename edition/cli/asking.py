"""What `edition names` and `edition dates` share: a worklist shown, or asked about, and its answers kept.

Must not know how a worklist is made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import asdict

from .. import disk, manifest, yamlmarks
from ..book import Asked, Question
from ..config import Edition, load_edition
from ..config.appending import event_line, with_event, with_form, with_passage
from ..passes import worklist
from .caching import cache, versions
from .common import FINE, Report, Settings, blame, editions, exit_code, working

_WHY = {
    "ambiguous": "may be {keys}", "namesake": "may be part of a longer name; {keys}?",
    "institution": "in the name of an institution; {keys}?", "unresolved": "is {keys} in the source, and not listed",
    "unlisted": "is in no register", "dated": "is not in the chronology",
}  # fmt: skip


class Verb(Struct, frozen=True):
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
    told = ("form", "why", "count", "keys", "line", "file", *(("event",) if question.event else ()))
    return {**{name: found[name] for name in told}, "contexts": places}


# --- shown


def _shown(question: Question, folder: Path, form: str) -> str:
    times = f" ({question.count} times)" if question.count > 1 else ""
    why = _WHY.get(question.why, question.why).format(keys=", ".join(question.keys))
    head = f"{question.form}{times}: {why}"
    if form != "full":
        first = question.contexts[0]
        return f"{_where(first, folder)}: {head} [{question.file}: {question.line}]"
    places = (f"    {_where(one, folder)}: {_context(one)}" for one in question.contexts)
    event = [f"    or as an event: {question.event}"] if question.event and not question.keys else []
    return "\n".join([head, *places, f"    {question.file}: {question.line}", *event, ""])


def _where(asked: Asked, folder: Path) -> str:
    place = asked.place
    spot = [str(number) for number in (place.line, place.column) if number]
    return ":".join([os.path.relpath(folder / place.file), *spot])


def _context(asked: Asked) -> str:
    return f"{asked.before}[{asked.form}]{asked.after}".strip()


# --- asked


def _ask_all(verb: Verb, folder: Path, questions: Sequence[Question]) -> None:
    root = disk.edition_root(folder)
    edition = _edition(root)
    click.echo(f"Answer with {verb.answers}; Enter leaves it open, q ends.", err=True)
    for question, answer in _answers(questions, folder):
        if verb.what == "dates" and answer.startswith("+"):
            answer = _added(root, edition.chronology, question, answer.removeprefix("+").strip())
        if answer:
            text = (root.read(edition.decisions) or b"").decode()
            text = _with_answer(text, verb.what, question, answer)
            disk.write_all(folder, {edition.decisions: text.encode()})


def _added(root: disk.Root, file: str, question: Question, label: str) -> str:
    """Put an event into the chronology, and give its id; "" where it cannot be put in."""
    one, text = question.contexts[0], (root.read(file) or b"").decode()
    label = label or worklist.said(one)
    key = worklist.free_id(label, one.edtf, yamlmarks.plain(text.encode()))
    made = with_event(text, event_line(key, one.edtf, label, one.keys))
    if made is None:
        click.echo(f"    no line can be added to {file}: write its entries on lines of their own", err=True)
        return ""
    disk.write_all(root.folder, {file: made.encode()})
    click.echo(f"    {file}: {key}", err=True)
    return key


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


def _edition(root: disk.Root) -> Edition:
    value = load_edition(root.read("edition.yaml") or b"", "edition.yaml").value
    assert value is not None  # else there would be no questions
    return value
