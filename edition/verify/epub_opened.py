"""A finished EPUB read for its checks: package, documents, and where every link of them leads.

Knows zip archives, OPF, XHTML and NCX; knows no rule, and nothing of how Edition writes one.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote, urldefrag

from msgspec import Struct

from ..archive import Archive, open_archive
from ..problems import Place, Problem
from ..xml import XHTML, Element, NotWellFormed, parse

CONTAINER = "META-INF/container.xml"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
_DOCUMENT = "application/xhtml+xml"
_NCX = "application/x-dtbncx+xml"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_CSS_URL = re.compile(rb"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")
_LINKS = ("href", "src", "poster", "data", "cite", "{http://www.w3.org/1999/xlink}href")


class Item(Struct, frozen=True):
    """A line of the manifest; `name` is the file's in the archive."""

    id: str
    name: str
    kind: str
    properties: frozenset[str]


class Link(Struct, frozen=True):
    """A link within the book: the file and line it stands in, the file and the id ("" for none) it leads to."""

    source: str
    line: int
    file: str
    id: str
    element: Element


class Opened:
    """An EPUB, its documents parsed once for all checks. Raises Unreadable."""

    def __init__(self, file: str, archive: Archive) -> None:
        self.file, self.archive = file, archive
        roots = self.tree(CONTAINER).iterfind(".//{*}rootfile")
        self.package_name = next((root.get("full-path", "") for root in roots), "")
        self.package = self.tree(self.package_name)
        self.items = [
            Item(
                item.get("id", ""),
                self.joined(self.package_name, item.get("href", ""))[0],
                item.get("media-type", ""),
                frozenset(item.get("properties", "").split()),
            )
            for item in self.package.iterfind(".//{*}manifest/{*}item")
        ]
        self.documents = {
            item.name: self.tree(item.name) for item in self.items if item.kind == _DOCUMENT and item.name in archive
        }
        self.ids = {name: Counter(ids_of(root)) for name, root in self.documents.items()}

    def tree(self, name: str) -> Element:
        try:
            return parse(self.data(name))
        except NotWellFormed as fault:
            text = f"“{name}” is not well-formed: {fault}"
            raise Unreadable(Problem("epub-unreadable", self.place(name, fault.line), text)) from None

    def data(self, name: str) -> bytes:
        found = self.archive.read(name)
        if isinstance(found, Problem):
            raise Unreadable(found)
        return found

    def place(self, name: str, line: int = 0) -> Place:
        return Place(f"{self.file}/{name}", line)

    @staticmethod
    def joined(base: str, href: str) -> tuple[str, str]:
        """The file and the id that an address in the file `base` means."""
        path, fragment = urldefrag(href)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
        return name, unquote(fragment)

    @property
    def spine(self) -> list[str]:
        names = {item.id: item.name for item in self.items}
        said = self.package.iterfind(".//{*}spine/{*}itemref")
        return [names[ref.get("idref", "")] for ref in said if ref.get("idref") in names]

    @property
    def nav(self) -> Item | None:
        return next((item for item in self.items if "nav" in item.properties), None)

    @property
    def ncx(self) -> Item | None:
        return next((item for item in self.items if item.kind == _NCX and item.name in self.archive), None)

    @cached_property
    def links(self) -> list[Link]:
        """Every link of the documents, the NCX and the guide to something in the book."""
        trees = dict(self.documents)
        if self.ncx:
            trees[self.ncx.name] = self.tree(self.ncx.name)
        trees[self.package_name] = self.package
        return [link for name, root in trees.items() for link in self._links(name, root)]

    def _links(self, name: str, root: Element) -> Iterator[Link]:
        guide = root.iterfind(".//{*}guide/{*}reference") if name == self.package_name else root.iter("{*}*")
        for element in guide:
            for attribute in _LINKS:
                href = element.get(attribute)
                if href and not _SCHEME.match(href) and not href.startswith("//"):
                    yield Link(name, element.sourceline or 0, *self.joined(name, href), element)

    def named_by_styles(self) -> Iterator[str]:
        """The files that style sheets call for."""
        for item in self.items:
            if item.kind == "text/css" and item.name in self.archive:
                for url, imported in _CSS_URL.findall(self.data(item.name)):
                    yield self.joined(item.name, (url or imported).decode("utf-8", "replace"))[0]


class Unreadable(Exception):
    """An EPUB that cannot be read far enough to be checked; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = list(problems)


def opened(file: str, data: bytes) -> Opened:
    """An EPUB read whole. Raises Unreadable."""
    archive = open_archive(file, data)
    if isinstance(archive, list):
        raise Unreadable(*archive)
    return Opened(file, archive)


def ids_of(root: Element) -> Iterator[str]:
    return (element.get("id", "") for element in root.iter("{*}*") if element.get("id"))


def says(element: Element, kind: str) -> bool:
    """Whether an element is of a kind ("noteref") by its epub:type or its role."""
    return kind in element.get(OPS_TYPE, "").split() or f"doc-{kind}" in element.get("role", "").split()


def elements(root: Element, name: str, kind: str) -> Iterator[Element]:
    """XHTML elements of a name ("" for any) and a kind, in document order."""
    return (element for element in root.iter(f"{{{XHTML}}}{name or '*'}") if says(element, kind))
