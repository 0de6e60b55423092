"""The reader of what pandoc reads: OpenDocument, RTF, LaTeX, Org, reStructuredText, DocBook, FictionBook.

Pandoc makes a web page of the file, which our reader of web pages reads, with its notes. What pandoc is known to lose
on the way is told, format by format. Knows how pandoc is asked; knows none of the formats.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from ..normal.vocabulary import blocks
from ..problems import Place, Problem
from ..xml import ID, Element, all_named
from .reading import Reading, ReadOptions, decoded, unread

_SECONDS = 120
_MEMORY = "-M2g"
_ALL = "ids of paragraphs, languages of single words, page numbers of the source"


class Format(Struct, frozen=True):
    """A format by pandoc's name for it, whether a file of it is text, and what is lost between it and us."""

    name: str
    pandoc: str
    is_text: bool
    lost: str


FORMATS = {
    ".odt": Format(
        "OpenDocument", "odt-auto_identifiers", False,
        "page breaks, fields, index marks, comments, tracked changes (they are accepted), the difference of foot- and "
        "endnotes, names of styles",
    ),
    ".rtf": Format(
        "RTF", "rtf", False, "page breaks, small capitals, fields, index marks, comments, names of styles",
    ),
    ".tex": Format(
        "LaTeX", "latex-auto_identifiers", True,
        "macros and environments of packages it does not know, index entries, page references, files taken in by "
        "\\input",
    ),
    ".org": Format("Org", "org-auto_identifiers", True, "drawers, tags, states of tasks, index entries, inclusions"),
    ".rst": Format(
        "reStructuredText", "rst-auto_identifiers", True, "directives it does not know, index entries, inclusions",
    ),
    ".docbook": Format("DocBook", "docbook", True, "index terms, profiling, entities, files taken in by XInclude"),
    ".fb2": Format("FictionBook", "fb2", True, "pictures, the description of the book, styles of its own"),
}  # fmt: skip


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A file through pandoc, as a TEI <body>. Its paragraphs are counted: the "line" of a place is a paragraph."""
    form = FORMATS[PurePosixPath(name).suffix.lower()]
    program = executable()
    if not program:
        text = f"{form.name} is read through pandoc, which is not installed"
        hint = "pip install 'edition[pandoc]', or install pandoc, or save the file as .docx, .html or .md"
        return unread([Problem("pandoc-missing", Place(name), text, hint)])
    faults = _faults(name, data, form)
    if faults:
        return unread(faults)
    page, problems = _converted(name, data, form, program)
    if page is None:
        return unread(problems)
    told = f"{form.name} is read through pandoc, which may lose: {form.lost}; {_ALL}"
    from . import html

    found = html.read(name, page, replace(options, main="body"))
    kept = [p.at(Place(name)) for p in found.problems if p.code not in ("html-main", "html-notes")]
    if not form.is_text:
        _without_made_ids(found.tree)
    places = [{"line": n, "column": 1, "marks": {}} for n, _ in enumerate(blocks(found.tree), 1)]
    return Reading(found.tree, places, [Problem("pandoc-loses", Place(name), told), *problems, *kept])


def _without_made_ids(tree: Element) -> None:
    """Take away the ids that pandoc makes of the words of heads, which no edit would leave alone."""
    meant = {link.get("target") for link in all_named(tree, "ref", "ptr")}
    for div in all_named(tree, "div"):
        if f"#{div.get(ID)}" not in meant:
            div.attrib.pop(ID, None)


def executable() -> str:
    """The pandoc of the extra, else the system's; "" where there is none."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc") or ""


def _faults(name: str, data: bytes, form: Format) -> list[Problem]:
    if not data.strip():
        return [Problem("chapter-empty", Place(name), "there is nothing in this file", "take it out of contents")]
    if form.is_text:
        return [problem for problem in decoded(name, data)[1] if problem.is_error]
    return []


def _converted(name: str, data: bytes, form: Format, program: str) -> tuple[bytes | None, list[Problem]]:
    """What pandoc makes of a file, and what it says. It may open no file and fetch nothing (--sandbox); whole pages are
    asked for, since only they have title and author."""
    import subprocess

    options = ["--sandbox", "--standalone", "--metadata=pagetitle=x", "--wrap=none"]
    command = [program, "+RTS", _MEMORY, "-RTS", *options, "--from", form.pandoc, "--to", "html5", "-"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        text = f"pandoc did not finish within {_SECONDS} seconds"
        return None, [Problem("pandoc-failed", Place(name), text, "divide the file, or save it as .docx")]
    said = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        hint = f"open it in the program that made it, and save it anew; or is it no {form.name} at all?"
        return None, [Problem("pandoc-failed", _place(name, said), f"pandoc cannot read this: {_short(said)}", hint)]
    return done.stdout, [_warning(name, row) for row in _warnings(said)]


def _warnings(said: str) -> Sequence[str]:
    """Pandoc's warnings, one a line; what follows on more lines belongs to the one before."""
    return [" ".join(row.split()) for row in re.split(r"^\[WARNING\] ", said, flags=re.MULTILINE)[1:]]


def _warning(name: str, row: str) -> Problem:
    return Problem("pandoc-warning", _place(name, row), f"pandoc says: {_short(row)}")


def _place(name: str, said: str) -> Place:
    """Pandoc tells line and column of texts, and nothing of other files."""
    found = re.search(r"line (\d+),? column (\d+)", said)
    return Place(name, int(found[1]), int(found[2])) if found else Place(name)


def _short(said: str) -> str:
    return " ".join(said.split())[:200]
