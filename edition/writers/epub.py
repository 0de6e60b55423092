"""An edition as EPUB 3.3: all that binds its finished documents together, and the bytes of the file.

What goes before is in ordering and members. Pure: knows no file and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from ..book import PageMap
from ..images import KINDS
from ..wording import wording
from .accessibility import accessibility, claims
from .documents import FOLDER, STYLES, Document, assembled, h, safe_id
from .members import dump, load
from .metadata import identifier, metadata, old_meta, page_source
from .nav import NAV_FILE, Entry, Landmark, Navigation, has_source_pages, navigation, ncx, nested
from .opf import NCX_ID, File, Package, entries
from .ordering import Planned
from .roles import LANDMARKS, ZONES
from .seen import Seen
from .spoken import spoken
from .zipped import ToCome
from .zipped import dump as dump_binding

COVER_FILE, COVER_ID = "cover.xhtml", "cover-image"
_XHTML_TYPE = "application/xhtml+xml"
_CASCADE = ("house.css", "epub.css")


def in_cascade(css: Mapping[str, bytes]) -> list[str]:
    """The names of style sheets, ours before the edition's own."""
    return sorted(css, key=lambda name: (_CASCADE.index(name) if name in _CASCADE else len(_CASCADE), name))


def binding(
    documents: Sequence[Planned],
    seen: Mapping[str, Seen],
    imprint: Mapping[str, Any],
    pages: PageMap | None,
    css: Mapping[str, bytes],
    modified: str,
    cover: Cover | None,
    others: Iterable[str],
) -> bytes:
    """An EPUB of documents (ordering.planned) without these, of which only `seen` is known, by file (members.Member).

    `imprint`: the JSON of config.Edition. `pages`: the pages of the print edition, or None if the EPUB is to have none.
    `css`: style sheets by file name. `others`: names in the package of images that units show, and of fonts.
    `modified`: "2026-01-01T00:00:00Z". AssertionError where documents and pages do not fit together: a bug of ours.
    """
    known = dict(seen)
    files = {file: File(_id_of(file), FOLDER + file, _XHTML_TYPE, ToCome(file)) for file in seen}
    nav = _navigation(documents, imprint)
    assert pages is None or [label for label, _ in nav.pages] == list(pages.labels), "pages are missing or out of order"
    order = list(documents)
    own = next((document for document in order if document.kind == "nav"), None) or _no_contents(imprint)
    styles = in_cascade(css)
    listed = Document(own.file, own.title, own.language, navigation(nav, own.markers), own.zone, own.kind)
    known[own.file], data = load(dump(assembled(listed, styles)))
    files[own.file] = File("nav", FOLDER + own.file, _XHTML_TYPE, data, ("nav",))
    if cover is not None:
        front = _cover_document(cover, imprint["language"])
        order.insert(0, Planned(front.file, front.title, front.language, front.zone, front.kind, []))
        nav.landmarks.insert(0, Landmark("cover", "cover", front.title, front.file))
        known[front.file], data = load(dump(assembled(front, styles)))
        files[front.file] = File(_id_of(front.file), FOLDER + front.file, _XHTML_TYPE, data)
    names = [own.file, *(one.file for one in order if one is not own)]
    package = _package([(files[name], known[name]) for name in names], nav, imprint, css, modified, cover)
    package.spine = [files[document.file].id for document in order]
    package.files += [_other(name) for name in sorted(others)]
    return dump_binding(entries(package))


def _id_of(file: str) -> str:
    return f"doc-{file.removesuffix('.xhtml')}"


def _no_contents(imprint: Mapping[str, Any]) -> Planned:
    """The nav document of an edition without contents: in the package, not in the order of reading."""
    language = imprint["language"]
    return Planned(NAV_FILE, wording(language).contents, language, "frontmatter", "nav", [])


def _other(name: str) -> File:
    """An image or a font."""
    path = PurePosixPath(name)
    if path.suffix == ".ttf":
        return File(f"font-{path.stem}", name, "font/ttf", ToCome(name))
    return File(f"img-{path.stem}", name, KINDS[path.suffix.removeprefix(".")], ToCome(name))


class Cover(Struct, frozen=True):
    """A cover's picture: its bytes, "png" or "jpg", and what it shows."""

    data: bytes
    suffix: str
    text: str

    @property
    def file(self) -> str:
        return f"images/cover.{self.suffix}"


def _cover_document(cover: Cover, language: str) -> Document:
    """The picture alone, large: reading systems that show the cover image by themselves leave this page out."""
    image = h("img", {"src": f"../{cover.file}", "alt": cover.text, "role": "doc-cover"})
    section = h("section", {"class": "cover", "epub:type": "cover", "aria-label": spoken(language)[0].cover}, image)
    return Document(COVER_FILE, spoken(language)[0].cover, language, [section], "frontmatter", "cover")


# --- navigation


def _navigation(order: Sequence[Planned], imprint: Mapping[str, Any]) -> Navigation:
    language = imprint["language"]
    return Navigation(
        title=imprint["title"],
        language=language,
        contents=wording(language).contents,
        pages_title=_pages_title(imprint),
        entries=_entries(order) or [Entry(imprint["title"], order[0].file)],
        landmarks=_landmarks(order, spoken(language)[0].start, wording(language).title),
        pages=[(label, f"{document.file}#{name}") for document in order for label, name in document.markers],
    )


def _pages_title(imprint: Mapping[str, Any]) -> str:
    said, _ = spoken(imprint["language"])
    return said.source_pages if has_source_pages(imprint) else said.page_list


def _entries(order: Sequence[Planned]) -> list[Entry]:
    """The contents: units and their inner heads; what follows a part belongs to it, as far as its zone goes."""
    lines: dict[str, list[tuple[int, Entry]]] = {}
    for document in order:
        found = [(level, Entry(label, href)) for level, label, href in document.lines]
        lines.setdefault(document.zone, []).extend(found)
    return [entry for zone in ZONES.values() for entry in nested(lines.get(zone, []))]


def _landmarks(order: Sequence[Planned], start: str, title_page: str) -> list[Landmark]:
    """In reading order; the body begins with its first document, and the book with its first if it has no body."""
    body = next((doc for doc in order if doc.zone == "bodymatter"), order[0])
    found: dict[str, Landmark] = {}
    for doc in order:
        if doc.kind == "nav":
            found["toc"] = Landmark("toc", "toc", doc.title, f"{doc.file}#toc")
        kind, guide = LANDMARKS.get(doc.kind, ("", ""))
        if kind and kind not in found:
            found[kind] = Landmark(kind, guide, title_page if kind == "titlepage" else doc.title, doc.file)
        if doc is body:
            found["bodymatter"] = Landmark("bodymatter", "text", start, doc.file)
    return list(found.values())


# --- package


def _package(
    documents: Sequence[tuple[File, Seen]],
    nav: Navigation,
    imprint: Mapping[str, Any],
    css: Mapping[str, bytes],
    modified: str,
    cover: Cover | None,
) -> Package:
    said = metadata(imprint, modified)
    if nav.pages:
        said.append(page_source(imprint))
    claimed = imprint.get("accessibility") or {}
    seen = [seen for _, seen in documents]
    said += accessibility(seen[0], seen[1:], css.values(), imprint["language"], claimed.get("contact") or "")
    said += claims(claimed)
    authors = [creator["name"] for creator in imprint.get("creators") or ()]
    ncx_data = ncx(nav, identifier(imprint), authors)
    files = [file for file, _ in documents]
    files.insert(1, File(NCX_ID, "toc.ncx", "application/x-dtbncx+xml", ncx_data))
    files[2:2] = [File(f"css-{safe_id(name)}", STYLES + name, "text/css", css[name]) for name in in_cascade(css)]
    if cover is not None:
        kind = "image/png" if cover.suffix == "png" else "image/jpeg"
        files.append(File(COVER_ID, cover.file, kind, cover.data, ("cover-image",)))
        said.append(old_meta("cover", COVER_ID))
    guide = [(mark.guide, mark.title, FOLDER + mark.href) for mark in nav.landmarks]
    return Package(imprint["language"], said, files, [], guide)
