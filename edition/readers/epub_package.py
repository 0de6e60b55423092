"""What an EPUB says of itself: package document, manifest, spine, contents, list of pages (EPUB 2.0.1,
EPUB 3.3 section 5).

Knows archives and the package's XML; must not know what stands in a document.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct, field

from ..archive import Archive
from ..problems import Place, Problem
from ..xml import Element, NotWellFormed, local, parse
from .html_names import text_of, types
from .html_source import page_of

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
_OBFUSCATION = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
DOCUMENTS = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml", "text/xml")
_NCX = "application/x-dtbncx+xml"
_ABOUT = ("title", "creator", "language", "date", "publisher", "identifier", "rights")


class Item(Struct, frozen=True):
    """A resource of the manifest: its name in the archive, its kind, its properties."""

    name: str
    kind: str
    properties: frozenset[str]


class Package(Struct, frozen=True):
    """An EPUB's package: what it holds and in which order it is read."""

    about: dict[str, str]
    items: dict[str, Item]
    spine: tuple[Item, ...]
    guide: dict[str, str]  # what the guide of EPUB 2 calls a document: name -> "cover", "toc"
    problems: list[Problem] = field(default_factory=list)

    def nav(self) -> str:
        return next((item.name for item in self.items.values() if "nav" in item.properties), "")

    def ncx(self) -> str:
        return next((item.name for item in self.items.values() if item.kind == _NCX), "")


class Contents(Struct, frozen=True):
    """What the contents of an EPUB call its documents, and the pages its page-list knows, by address in the archive."""

    titles: tuple[tuple[str, str], ...] = ()
    pages: tuple[tuple[str, str], ...] = ()


def package(archive: Archive) -> Package | list[Problem]:
    """The package of an EPUB; or why there is none, or why it cannot be read (errors)."""
    root = xml_member(archive, CONTAINER)
    if isinstance(root, Problem):
        return [root]
    path = next((unquote(e.get("full-path") or "") for e in _all(root, "rootfile") if e.get("full-path")), "")
    if not path:
        return [_fault(archive, CONTAINER, "it names no package document")]
    opf = xml_member(archive, path)
    if isinstance(opf, Problem):
        return [opf]
    items = {i.get("id") or "": _item(i, path) for i in _all(opf, "item")}
    refs = [(ref, items.get(ref.get("idref") or "")) for ref in _all(opf, "itemref")]
    lost = [_lost(archive, path, ref) for ref, item in refs if item is None]
    spine = tuple(item for _, item in refs if item is not None)
    if not spine:
        return [_fault(archive, path, "its spine names no document, so that there is nothing to read"), *lost]
    locked = _locked(archive, {path, *(item.name for item in spine)})
    if locked:
        return locked
    guide = {resolved(path, e.get("href"))[0]: (e.get("type") or "").lower() for e in _all(opf, "reference")}
    return Package(_about(opf), items, spine, guide, lost)


def xml_member(archive: Archive, name: str) -> Element | Problem:
    """The root of a member that must be XML."""
    data = archive.read(name)
    if isinstance(data, Problem):
        return data
    try:
        return parse(data)
    except NotWellFormed as error:
        return Problem(
            "epub-package", Place(archive.file, error.line), f"{name}: it is not well-formed ({error})", _HINT
        )


_HINT = "open the e-book in a program that can mend it (Sigil, calibre) and save it anew"


def _fault(archive: Archive, name: str, text: str) -> Problem:
    return Problem("epub-package", Place(archive.file), f"{name}: {text}", _HINT)


def _lost(archive: Archive, path: str, ref: Element) -> Problem:
    text = f"{path}: the spine asks for “{ref.get('idref')}”, which is not in the manifest"
    return Problem("epub-package", Place(archive.file, ref.sourceline or 0), text, _HINT)


def _all(root: Element, name: str) -> list[Element]:
    return list(root.iter("{*}" + name))


def resolved(base: str, href: str | None) -> tuple[str, str]:
    """The name in the archive and the fragment of an address written in the member `base`."""
    path, _, fragment = (href or "").strip().partition("#")
    name = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
    return name, unquote(fragment)


def _item(element: Element, path: str) -> Item:
    properties = frozenset((element.get("properties") or "").split())
    return Item(resolved(path, element.get("href"))[0], (element.get("media-type") or "").lower(), properties)


def _about(opf: Element) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for element in opf.iter("{http://purl.org/dc/elements/1.1/}*"):
        text = " ".join("".join(element.itertext()).split())
        if local(element) in _ABOUT and text:
            found.setdefault(local(element), []).append(text)
    return {name: "; ".join(texts) if name == "creator" else texts[0] for name, texts in found.items()}


def _locked(archive: Archive, needed: set[str]) -> list[Problem]:
    """Complaints of members that are encrypted; fonts made unreadable do not matter (EPUB 3.3, section 4.3)."""
    if ENCRYPTION not in archive:
        return []
    root = xml_member(archive, ENCRYPTION)
    if isinstance(root, Problem):
        return [root]
    names = []
    for data in _all(root, "EncryptedData"):
        methods = [e.get("Algorithm") for e in data if local(e) == "EncryptionMethod"]
        if not any(method in _OBFUSCATION for method in methods):
            names += [unquote(e.get("URI") or "") for e in _all(data, "CipherReference")]
    locked = [name for name in names if name in needed]
    if not locked:
        return []
    text = f"this e-book is locked: “{locked[0]}”" + (f" and {len(locked) - 1} more are" if locked[1:] else " is")
    hint = "an edition cannot be made of it; ask the publisher for a file without DRM"
    return [Problem("epub-drm", Place(archive.file), f"{text} encrypted", hint)]


# --- contents and pages


def contents(archive: Archive, package: Package) -> Contents:
    """The titles and page numbers an EPUB's navigation knows: EPUB 3's,
    else EPUB 2's NCX. Faults of it are no matter."""
    nav, ncx = package.nav(), package.ncx()
    found = Contents()
    if nav and isinstance(data := archive.read(nav), bytes):
        root = page_of(archive.file, data, nav).root
        found = Contents(tuple(_nav_links(root, nav, "toc")), tuple(_nav_links(root, nav, "page-list")))
    if ncx and not (found.titles and found.pages):
        root_or = xml_member(archive, ncx)
        if not isinstance(root_or, Problem):
            titles, pages = tuple(_ncx(root_or, ncx, "navPoint")), tuple(_ncx(root_or, ncx, "pageTarget"))
            found = Contents(found.titles or titles, found.pages or pages)
    return found


def _nav_links(root: Element, base: str, kind: str) -> Iterator[tuple[str, str]]:
    for nav in root.iter("nav"):
        if kind in types(nav) or (kind == "page-list" and "pagelist" in types(nav)):
            for link in nav.iter("a"):
                if link.get("href"):
                    yield "#".join(resolved(base, link.get("href"))), text_of(link)


def _ncx(root: Element, base: str, kind: str) -> Iterator[tuple[str, str]]:
    for point in _all(root, kind):
        source = next((e.get("src") for e in point if local(e) == "content"), "")
        label = next(("".join(e.itertext()) for e in point if local(e) == "navLabel"), "") or point.get("value") or ""
        if source:
            yield "#".join(resolved(base, source)), " ".join(label.split())
