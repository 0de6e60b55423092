"""Readers: the table by suffix. A reader is `read(name, data, options) -> Reading`.

Knows which formats there are; what is in them is known to each reader alone.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePosixPath

from .. import images
from ..problems import Place, Problem, did_you_mean
from ..xml import Element, all_named
from .reading import Reading, ReadOptions, unread

__all__ = ["READERS", "ReadOptions", "Reading", "read"]

Reader = Callable[[str, bytes, ReadOptions], Reading]


def _late(module: str) -> Reader:
    """The reader of a module that is imported when a source asks for it: an edition has sources of few formats."""

    def read(name: str, data: bytes, options: ReadOptions) -> Reading:
        found: Reading = import_module(f".{module}", __name__).read(name, data, options)
        return found

    return read


READERS: dict[str, Reader] = {
    ".md": _late("markdown"),
    ".markdown": _late("markdown"),
    ".txt": _late("text"),
    ".docx": _late("docx"),
    ".html": _late("html"),
    ".htm": _late("html"),
    ".xhtml": _late("html"),
    ".epub": _late("epub"),
    ".xml": _late("tei"),
    ".tei": _late("tei"),
    ".odd": _late("tei"),
    **dict.fromkeys((".odt", ".rtf", ".tex", ".org", ".rst", ".docbook", ".fb2"), _late("pandoc")),
}


# Sources that hold their images themselves.
ARCHIVES = frozenset((".docx", ".epub"))


def _locate_images(tree: Element, name: str, in_archive: bool) -> None:
    """Write the addresses of images as seen from the edition's folder; those of members with the archive's name."""
    for graphic in all_named(tree, "graphic"):
        url = graphic.get("url", "")
        own = in_archive and url and not images.is_elsewhere(url)
        graphic.set("url", f"{name}{images.MEMBER}{url}" if own else images.located(name, url))


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """Read a source by the suffix of its name."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in READERS:
        found = READERS[suffix](name, data, options)
        _locate_images(found.tree, name, suffix in ARCHIVES)
        return found
    place = Place(name)
    known = ", ".join(READERS)
    hint = did_you_mean(suffix, READERS, f"it can be one of {known}")
    kind = f"files named {suffix}" if suffix else "files without a suffix"
    return unread([Problem("source-format", place, f"{kind} cannot be read", hint)])
