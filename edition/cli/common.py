"""What the verbs share: global flags, exit codes, which editions are meant, how complaints reach the console.

Must not know how an edition is made.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from .. import disk, report
from ..problems import Problem

FINE, WORK, USAGE, BUG, ENVIRONMENT, INTERRUPTED = 0, 1, 2, 3, 4, 130

Function = TypeVar("Function", bound=Callable[..., Any])


# --- global flags


class Settings:
    """The global flags, wherever on the line they stood."""

    def __init__(self) -> None:
        self.format = "full"
        self.strict = self.quiet = False

    @property
    def chatty(self) -> bool:
        """Whether progress and sums may be told: never between the lines a program reads."""
        return not self.quiet and self.format in ("full", "concise")


def _note(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    settings = ctx.ensure_object(Settings)
    if value and param.name:
        setattr(settings, param.name, value)


def _enter(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> None:
    for folder in value:
        try:
            ctx.with_resource(contextlib.chdir(folder))
        except OSError as error:
            raise click.BadParameter(f"“{folder}”: {error.strerror}", ctx, param) from None


def shared(function: Function) -> Function:
    """Add --format, --strict, --quiet and -C, which may stand before the verb or after it."""
    options = (
        click.option(
            "--format",
            type=click.Choice(report.FORMATS),
            callback=_note,
            expose_value=False,
            help="How complaints are written (default: full).",
        ),
        click.option("--strict", is_flag=True, callback=_note, expose_value=False, help="Warnings fail too."),
        click.option(
            "--quiet",
            is_flag=True,
            callback=_note,
            expose_value=False,
            help="No progress, no notes, no sums: errors and warnings only.",
        ),
        click.option(
            "-C",
            "start",
            metavar="DIR",
            multiple=True,
            is_eager=True,
            callback=_enter,
            expose_value=False,
            help="Work as if started in DIR.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


# --- which editions


def editions(given: Sequence[str]) -> list[Path]:
    """The folders of the editions meant, each once; a usage error where there is none."""
    found: dict[str, Path] = {}
    for name in given or ["."]:
        folders = disk.edition_folders(Path(name))
        if not folders:
            raise click.UsageError(_none_in(name))
        for folder in folders:
            found.setdefault(os.path.realpath(folder), folder)
    return list(found.values())


def _none_in(name: str) -> str:
    if not os.path.isdir(name):
        return f"there is no folder “{name}”"
    if os.path.exists(os.path.join(name, "edition.yml")):
        return f"“{name}” holds edition.yml: rename it edition.yaml"
    where = "this folder" if name == "." else f"“{name}”"
    return f"there is no edition.yaml in {where}, nor in its sources/*/; `edition new DIR` makes one"


# --- complaints


def exit_code(problems: Sequence[Problem], usage: bool, strict: bool) -> int:
    """What the complaints about one edition come to."""
    severities = {problem.severity for problem in problems}
    if "error" in severities:
        return USAGE if usage else WORK
    return WORK if strict and "warning" in severities else FINE


class Report:
    """Complaints on their way to a console, edition by edition, and their sum (as JSON, one list) at the end.

    Files are shown relative to the current folder.
    """

    def __init__(self, settings: Settings, err: bool) -> None:
        self._settings = settings
        self._err = err
        self._all: list[Problem] = []

    def add(self, folder: Path, problems: Sequence[Problem]) -> None:
        wanted = [p for p in problems if not (self._settings.quiet and p.severity == "info")]
        shown = [p.at(p.place._replace(file=_shown(folder, p.place.file))) for p in wanted]
        self._all += shown
        if shown and self._settings.format != "json":
            sources = disk.edition_root(folder)
            originals = {new.place.file: old.place.file for new, old in zip(shown, wanted, strict=True)}
            self._print(shown, lambda name: sources.read(originals[name]))

    def close(self) -> None:
        if self._settings.format == "json":
            self._print(self._all, lambda name: None)
        elif self._settings.chatty and self._all:
            click.echo(report.summary(self._all), err=True)

    def _print(self, problems: Sequence[Problem], read: report.Read) -> None:
        stream = sys.stderr if self._err else sys.stdout
        text = report.render(problems, self._settings.format, read, colour=is_terminal(stream) and not _no_colour())
        click.echo(text + ("\n" if self._settings.format == "full" else ""), nl=False, err=self._err)


def _shown(folder: Path, file: str) -> str:
    return os.path.relpath(folder / file) if file else ""


# --- the console


def is_terminal(stream: TextIO) -> bool:
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _no_colour() -> bool:
    return bool(os.environ.get("NO_COLOR"))


@contextlib.contextmanager
def working(settings: Settings, text: str) -> Iterator[None]:
    """Tell that long work goes on: a moving sign on a terminal, a plain line elsewhere."""
    if not settings.chatty:
        yield
    elif is_terminal(sys.stderr):
        from rich.console import Console

        with Console(stderr=True).status(text):
            yield
    else:
        click.echo(text, err=True)
        yield


@contextlib.contextmanager
def until_interrupted() -> Iterator[None]:
    """Work that goes on until it is interrupted, or terminated, which is no failure of it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        yield


# --- errors that are not about the work


def blame(error: Exception) -> int:
    """Tell in one line whose fault an exception is: ENVIRONMENT, or BUG, whose traceback is saved.

    One that click tells is raised again.
    """
    if isinstance(error, click.ClickException):
        raise error
    cause = _environment(error)
    if cause:
        click.echo(f"edition: {cause}; `edition doctor` tells what is missing here", err=True)
        return ENVIRONMENT
    summary = " ".join(f"{type(error).__name__}: {error}".split())
    try:
        saved = f"traceback: {_save_traceback(error)}"
    except OSError as failed:
        saved = f"its traceback could not be saved: {failed.strerror}"
    click.echo(f"edition: a bug of ours, please report it: {summary} ({saved})", err=True)
    return BUG


def _environment(error: Exception) -> str:
    """What is wrong with this machine, if that is what an exception says; else ""."""
    if isinstance(error, OSError):
        name = f": {error.filename}" if error.filename else ""
        return (error.strerror or str(error).partition("\n")[0].strip() or type(error).__name__) + name
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("edition"):
        return f"the Python package '{error.name}' is not installed"
    return "out of memory" if isinstance(error, MemoryError) else ""


def _save_traceback(error: Exception) -> str:
    import tempfile
    import traceback

    state = os.environ.get("XDG_STATE_HOME")
    folder = os.path.join(state, "edition") if state else tempfile.gettempdir()
    os.makedirs(folder, exist_ok=True)
    handle, path = tempfile.mkstemp(".txt", "edition-traceback-", folder)
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write("".join(traceback.format_exception(error)))
    return path
