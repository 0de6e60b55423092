"""Readers: the table by suffix. A reader is `read(name, data, options) -> Reading`.

Knows which formats there are; what is in them is known to each reader alone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

from ..problems import Place, Problem, did_you_mean
from . import docx, epub, html, markdown, tei, text
from .reading import Reading, ReadOptions, unread

__all__ = ["NOT_YET", "READERS", "ReadOptions", "Reading", "read"]

READERS: dict[str, Callable[[str, bytes, ReadOptions], Reading]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": text.read,
    ".docx": docx.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".epub": epub.read,
    ".xml": tei.read,
    ".tei": tei.read,
    ".odd": tei.read,
}
NOT_YET = {
    ".odt": "OpenDocument", ".rtf": "RTF", ".tex": "LaTeX", ".org": "Org", ".rst": "reStructuredText",
    ".docbook": "DocBook", ".fb2": "FictionBook",
}  # fmt: skip


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Read a source by the suffix of its name."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in READERS:
        return READERS[suffix](name, data, options)
    place = Place(name)
    known = ", ".join(READERS)
    if suffix in NOT_YET:
        hint = f"save it as plain text or Markdown ({known})"
        return unread([Problem("not-yet", place, f"{NOT_YET[suffix]} ({suffix}) cannot be read yet", hint)])
    hint = did_you_mean(suffix, READERS, f"it can be one of {known}")
    kind = f"files named {suffix}" if suffix else "files without a suffix"
    return unread([Problem("source-format", place, f"{kind} cannot be read", hint)])
