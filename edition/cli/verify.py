"""`edition verify`: outputs against the rules of their formats; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ..problems import Place, Problem, did_you_mean
from .common import FINE, Report, Settings, blame, exit_code, shared

_CURE = "it verifies {}"


@click.command("verify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--against",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The TEI whose words an EPUB must have (default: ID.tei.xml beside it).",
)
@shared
@click.pass_obj
def command(settings: Settings, files: tuple[Path, ...], against: Path | None) -> None:
    """Hold finished files against the rules of their formats, on stdout.

    Our own checks, and validators of others where they are installed; those that are not are named.
    """
    report, code = Report(settings, err=False), FINE
    for path in files:
        try:
            problems = _verified(path, against)
        except Exception as error:
            code = max(code, blame(error))
            continue
        report.add(path.parent, problems)
        code = max(code, exit_code(problems, False, settings.strict))
    report.close()
    raise click.exceptions.Exit(code)


def _verified(path: Path, against: Path | None) -> list[Problem]:
    verifier = VERIFIERS.get(path.suffix.lower())
    if verifier is not None:
        found = verifier(path, path.read_bytes())
        return found + (_words(path, against) if path.suffix.lower() == ".epub" else [])
    hint = did_you_mean(path.suffix.lower(), VERIFIERS, _CURE.format(", ".join(VERIFIERS)))
    return [Problem("source-format", Place(path.name), f"files named {path.suffix} cannot be verified", hint)]


def _pdf(path: Path, data: bytes) -> list[Problem]:
    from ..verify import pdf, tools

    return [*pdf.check(path.name, data), *_proof(path, data), *tools.verapdf(path, b"pdfaid" in data)]


def _proof(path: Path, data: bytes) -> list[Problem]:
    """What a proof-reader would mark, for which the map of its pages must stand beside a PDF."""
    from .. import book
    from ..verify import proof, tools

    beside = path.with_suffix(".pages.json")
    if not beside.exists():
        said = f"{beside.name} is not beside it, so its lines and pages were not proof-read"
        hint = "`edition build` puts it there; a PDF for a press has the pages of the one for the screen"
        return [Problem("page-map", Place(path.name), said, hint)]
    try:
        pages = book.page_map_from(beside.read_bytes())
    except (ValueError, KeyError, TypeError):
        return [Problem("page-map", Place(beside.name), "this is no map of pages", "build the edition again")]
    try:
        return proof.check_pages(data, pages)
    except FileNotFoundError:
        return [tools.absent(path.name, "pdftotext", "install poppler to have lines and pages proof-read")]


def _epub(path: Path, data: bytes) -> list[Problem]:
    from ..verify import epub, tools

    return [*epub.check(path.name, data), *tools.epubcheck(path), *tools.ace(path)]


def _words(path: Path, against: Path | None) -> list[Problem]:
    """Whether an EPUB has the words of its TEI."""
    from ..verify import conserved
    from ..writers.documents import safe_id

    tei = against or path.with_suffix(".tei.xml")
    if not tei.exists():
        said = f"{tei.name} is not beside it, so its words were not compared"
        return [Problem("verify-text", Place(path.name), said, "`edition build --to tei,epub`, or --against FILE")]
    return conserved.check(path.name, path.read_bytes(), tei.name, tei.read_bytes(), safe_id)


VERIFIERS: dict[str, Callable[[Path, bytes], list[Problem]]] = {".epub": _epub, ".pdf": _pdf}
