"""The package of an EPUB: manifest and spine, packed through ebooklib into the same bytes every time.

Knows finished files and their metadata; knows no unit. ebooklib is data model and serialiser of manifest, spine and
guide only: items are bytes that it leaves alone, metadata (metadata.py) and zip are ours. EPUB 3.3 §5, OCF §4.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ebooklib import epub
from lxml import etree
from msgspec import Struct, field

from ..xml import LANG, Element, document
from .metadata import DC, OPF, PACKAGE_ID
from .zipped import Deflated, Entry, ToCome, deflated

NCX_ID = "ncx"


class File(Struct, frozen=True):
    """One file of the package, its name relative to the package document; its bytes, or what will be there."""

    id: str
    name: str
    media_type: str
    data: bytes | ToCome
    properties: tuple[str, ...] = ()


class Package(Struct):
    """A whole package. `spine` holds ids of files, `guide` (type, title, href)."""

    language: str
    metadata: list[Element]
    files: list[File]
    spine: list[str]
    guide: list[tuple[str, str, str]] = field(default_factory=list)


class _Item(epub.EpubItem):  # type: ignore[misc]
    """Bytes in, the same bytes out: ebooklib writes only the items of its own classes anew."""

    def __init__(self, file: File) -> None:
        super().__init__(uid=file.id, file_name=file.name, media_type=file.media_type, content=file.data)
        self.properties = list(file.properties)


class _Entries(list[Entry]):
    """Where ebooklib writes: it hands names over, or (from 0.21 on) ZipInfo."""

    def writestr(self, name: Any, data: Any, *how: Any) -> None:
        name = name.filename if isinstance(name, zipfile.ZipInfo) else name
        if not isinstance(data, ToCome | Deflated):
            data = deflated(data.encode() if isinstance(data, str) else data)
        self.append(Entry(name, data))


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """ebooklib's serialiser with metadata of ours, in memory."""

    def __init__(self, package: Package) -> None:
        book = epub.EpubBook()
        book.items, book.spine = [], list(package.spine)
        book.FOLDER_NAME, book.IDENTIFIER_ID, book.language = "EPUB", PACKAGE_ID, package.language
        for file in package.files:
            book.add_item(_Item(file))
        book.guide = [{"type": kind, "title": title, "href": href} for kind, title, href in package.guide]
        super().__init__("", book)
        self.package = package

    def entries(self) -> list[Entry]:
        self.out = _Entries()
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out

    def _write_opf(self) -> None:
        attributes = {"version": "3.0", "unique-identifier": PACKAGE_ID, LANG: self.package.language}
        root = etree.Element(f"{{{OPF}}}package", attributes, nsmap={None: OPF, "dc": DC})
        etree.SubElement(root, f"{{{OPF}}}metadata").extend(self.package.metadata)
        self._write_opf_manifest(root)
        self._write_opf_spine(root, NCX_ID)
        self._write_opf_guide(root)
        self.out.writestr("EPUB/content.opf", _finished(root))


def _finished(root: Element) -> bytes:
    """ebooklib makes its elements without a namespace; ids of metadata and manifest share one space."""
    for element in root.iter():
        if isinstance(element.tag, str) and not element.tag.startswith("{"):
            element.tag = f"{{{OPF}}}{element.tag}"
    _assert_unique([element.get("id", "") for element in root.iter() if element.get("id")], "id")
    etree.cleanup_namespaces(root, keep_ns_prefixes=["dc"])
    etree.indent(root, " ")
    return document(root)


def _assert_unique(names: Sequence[str], what: str) -> None:
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    assert not twice, f"the same {what} twice in the package: {', '.join(twice)}"


def entries(package: Package) -> list[Entry]:
    """The files of the EPUB but the first, which is the same in all: equal packages, equal bytes (with equal zlibs)."""
    _assert_unique([file.name.lower() for file in package.files], "file name")
    ids = {file.id for file in package.files}
    assert set(package.spine) <= ids and NCX_ID in ids, "the spine names a file that is not there"
    return _Writer(package).entries()
