"""The parts of a Word file: which there are, how they are related, and what is wrong with the package.

Knows the package (ECMA-376, part 2, Open Packaging Conventions); knows no paragraph.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from msgspec import Struct

from ..archive import Archive, open_archive
from ..problems import Place, Problem
from ..xml import Element, NotWellFormed, parse
from .docx_xml import BODY, PACKAGE, STRICT

MAIN = "word/document.xml"
_KNOWN = ("styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended")
# What an old Word file, or one locked with a password, begins with (MS-CFB 2.2); streams are named in UTF-16.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Relation(Struct, frozen=True):
    """Where a part points: a member of the archive, or, `external`, an address. `kind` is the last part of its type."""

    kind: str
    target: str
    external: bool


class Part(Struct, frozen=True):
    """A part of the file as XML, and its relations by id."""

    member: str
    root: Element
    relations: dict[str, Relation]


class Parts(Struct, frozen=True):
    """The main part; those it names once (styles, numbering, footnotes …) by kind; its headers and footers in order."""

    document: Part
    others: dict[str, Part]
    margins: tuple[Part, ...]

    def root(self, kind: str) -> Element | None:
        return self.others[kind].root if kind in self.others else None


def opened(name: str, data: bytes) -> tuple[Parts | None, list[Problem]]:
    """The parts of the Word file in `data`; None where it has no text that could be read (always with an error)."""
    other = _other_kind(data)
    archive = [] if other else open_archive(name, data)
    if isinstance(archive, Archive):
        other = _other_package(archive)
    if other:
        kind, hint = other
        return None, [Problem("docx-kind", Place(name), f"this is no Word file of today but {kind}", hint)]
    if not isinstance(archive, Archive):
        return None, archive
    return _Package(name, archive).parts()


def _other_kind(data: bytes) -> tuple[str, str] | None:
    """What a file with the name of a Word file may be instead, and what to do."""
    save = "open it in a word processor and save it as .docx"
    if data.startswith(_COMPOUND):
        if _LOCKED in data:
            return "one locked with a password", "take the password off in Word (File, Info, Protect Document)"
        return "one in the old format (.doc)", save
    if data.startswith(b"{\\rtf"):
        return "RTF", save
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        return "a page of HTML or XML", "give it its right name, .html or .xml"
    return None


def _other_package(archive: Archive) -> tuple[str, str] | None:
    """What an archive says of itself, where that is not Word's (OpenDocument 1.3 part 2, 3.3; EPUB 3.3, 4.2.6.3)."""
    kind = archive.read("mimetype") if "mimetype" in archive else b""
    if isinstance(kind, bytes) and kind.startswith(b"application/vnd.oasis.opendocument"):
        return "OpenDocument", "save it as .docx, or give it its right name, .odt"
    if isinstance(kind, bytes) and kind.startswith(b"application/epub"):
        return "an EPUB", "give it its right name, .epub"
    return None


class _Package:
    """One archive being opened: what was wrong on the way."""

    def __init__(self, name: str, archive: Archive) -> None:
        self._name = name
        self._archive = archive
        self._problems: list[Problem] = []

    def parts(self) -> tuple[Parts | None, list[Problem]]:
        member = self._main()
        if member not in self._archive:
            text = f"there is no text in it: “{MAIN}” is missing"
            hint = "open it in Word and save it anew; if Word cannot open it either, get the file anew"
            return None, [Problem("docx-part", Place(self._name), text, hint)]
        document = self._part(member)
        if document is None:
            return None, self._problems
        if document.root.find(BODY) is None:
            text = f"“{member}” is not the text of a Word file: it has no w:body"
            return None, [*self._problems, Problem("docx-part", Place(self._name), text, "get the file anew")]
        found = Parts(document, self._others(document), self._margins(document))
        return found, self._problems

    def _main(self) -> str:
        """The member that holds the text (part 2, 9.3: the relation of type officeDocument)."""
        relations = self._relations("")
        return next((r.target for r in relations.values() if r.kind == "officeDocument"), MAIN)

    def _others(self, document: Part) -> dict[str, Part]:
        """Parts by kind; where the relations are lost, by their usual names."""
        named = {r.kind: r.target for r in document.relations.values() if not r.external}
        folder = posixpath.dirname(document.member)
        found = {}
        for kind in _KNOWN:
            member = named.get(kind, posixpath.join(folder, f"{kind}.xml"))
            part = self._part(member) if member in self._archive else None
            if part is not None:
                found[kind] = part
            elif kind in named and member not in self._archive:
                text = f"“{member}” ({kind}) is missing"
                self._problems.append(Problem("docx-part", Place(self._name), text, "open it in Word and save it anew"))
        return found

    def _margins(self, document: Part) -> tuple[Part, ...]:
        members = sorted({r.target for r in document.relations.values() if r.kind in ("header", "footer")})
        parts = [self._part(member) for member in members if member in self._archive]
        return tuple(part for part in parts if part is not None)

    def _part(self, member: str) -> Part | None:
        root = self._root(member)
        return None if root is None else Part(member, root, self._relations(member))

    def _relations(self, member: str) -> dict[str, Relation]:
        """The relations of a part ("": of the package) by id; {} where there are none."""
        folder, own = posixpath.split(member)
        path = posixpath.join(folder, "_rels", f"{own}.rels")
        root = self._root(path) if path in self._archive else None
        found = {}
        for element in () if root is None else root.iter(f"{{{PACKAGE}}}Relationship"):
            target, external = element.get("Target", ""), element.get("TargetMode") == "External"
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = Relation(kind, target, external)
        return found

    def _root(self, member: str) -> Element | None:
        data = self._archive.read(member)
        if isinstance(data, Problem):
            self._problems.append(data)
            return None
        if b"purl.oclc.org/ooxml" in data:
            for strict, usual in STRICT:
                data = data.replace(strict, usual)
        try:
            return parse(data)
        except NotWellFormed as fault:
            text = f"“{member}” in it is damaged at line {fault.line}, column {fault.column}: {fault}"
            hint = "open the file in Word and save it anew; if that fails, get it anew"
            self._problems.append(Problem("docx-xml", Place(self._name), text, hint))
            return None
