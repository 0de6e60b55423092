"""An edition as EPUB 3.3: from the XHTML of its units to the bytes of the file.

The order of the work; each step is a module beside this one. Pure: knows no file and no clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from ..book import UNLISTED, PageMap, PageStart
from ..images import KINDS
from ..wording import wording
from ..xml import Element
from .accessibility import accessibility, claims
from .breaks import mark_pages, marker_id
from .documents import FOLDER, STYLES, Document, assembled, h, named, numbered, safe_id, serialized
from .endnotes import endnotes
from .nav import NAV_FILE, Entry, Landmark, Navigation, navigation, ncx, nested
from .opened import OpenUnit, open_units
from .opf import NCX_ID, File, Package, identifier, metadata, old_meta, packed, page_source
from .paragraph_numbers import settle_paragraph_numbers
from .references import fill_labels, link_files
from .roles import LANDMARKS, ZONES, set_roles
from .spoken import spoken

# Units that the contents leave out.
COVER_FILE, COVER_ID = "cover.xhtml", "cover-image"
_XHTML_TYPE = "application/xhtml+xml"
_CASCADE = ("house.css", "epub.css")


def epub(
    units: Sequence[Mapping[str, Any]],
    imprint: Mapping[str, Any],
    pages: PageMap | None,
    css: Mapping[str, bytes],
    modified: str,
    cover: Cover | None = None,
    images: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The bytes of an EPUB.

    `units`: the JSON of docs/architecture.md, "A unit as XHTML", in the order of the book; the nav document takes the
    place of one of the kind "contents". `imprint`: the JSON of config.Edition. `pages`: the pages of the print edition,
    or None if the EPUB is to have none. `css`: style sheets by file name. `images`: those that units
    show, by the name they have there. `modified`: "2026-01-01T00:00:00Z".
    AssertionError where units, links and pages do not fit together: a bug of ours.
    """
    opened = open_units(units)
    settle_paragraph_numbers(opened, shown=(imprint.get("epub") or {}).get("paragraph_numbers", True))
    texts = [unit for unit in opened if unit.kind != "contents"]
    fill_labels(texts, pages, str((imprint.get("index") or {}).get("ranges") or "short"))
    order = _in_order(opened, pages, imprint)
    link_files(order, {unit.id: (NAV_FILE, "toc") for unit in opened if unit.kind == "contents"})
    nav = _navigation(order, {unit.file: unit for unit in opened}, imprint)
    assert pages is None or [label for label, _ in nav.pages] == list(pages.labels), "pages are missing or out of order"
    nav_document = next((doc for doc in order if doc.kind == "nav"), None) or _nav_document(imprint, [])
    nav_document.body = navigation(nav, nav_document.markers)
    if cover is not None:
        order.insert(0, _cover_document(cover, imprint["language"]))
        nav.landmarks.insert(0, Landmark("cover", "cover", order[0].title, order[0].file))
    _set_images(order, images)
    package = _package(order, nav_document, nav, imprint, css, modified, cover)
    package.files += [
        File(f"img-{PurePosixPath(name).stem}", name, _kind(name), images[name]) for name in sorted(images)
    ]
    return packed(package)


def _set_images(order: Sequence[Document], images: Mapping[str, bytes]) -> None:
    """Point the images of all documents to where they lie in the package."""
    for doc in order:
        for image in named(doc.body, "img"):
            if image.get("src") in images:
                image.set("src", f"../{image.get('src')}")


def _kind(name: str) -> str:
    return KINDS[name.rpartition(".")[2]]


@dataclass(frozen=True, slots=True)
class Cover:
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


def _in_order(opened: Sequence[OpenUnit], pages: PageMap | None, imprint: Mapping[str, Any]) -> list[Document]:
    """The documents as the spine has them, pages marked; notes behind the body and the last unit that has some."""
    starts = _starts_by_unit(pages) if pages else {}
    language = imprint["language"]
    last = max((k for k, unit in enumerate(opened) if unit.notes or unit.zone == "body"), default=0)
    collected = next((unit for unit in opened if unit.kind == "notes"), None)
    order: list[Document] = []
    for count, unit in enumerate(opened):
        own = starts.pop(unit.key, [])
        if unit is collected:
            order += _notes_documents(opened, unit, own, language)
            continue
        order.append(
            _nav_document(imprint, own) if unit.kind == "contents" else _text_document(unit, own, imprint["title"])
        )
        if count == last and collected is None:
            order += endnotes(opened, language, wording(language).notes)
    assert not starts, f"pages of units that are not in the book: {', '.join(starts)}"
    return order


def _notes_documents(
    opened: Sequence[OpenUnit], own: OpenUnit, starts: Sequence[PageStart], language: str
) -> list[Document]:
    """The files of notes that print has at the end of the book too, each page marked in the file where it begins."""
    found = endnotes(opened, language, own.title, own.id) or [_text_document(own, [], own.title)]
    ids = [{each.get("id", "") for each in named(doc.body)} for doc in found]
    here, pages = 0, [list[PageStart]() for _ in found]
    for start in starts:
        here = next((k for k, names in enumerate(ids) if safe_id(start.block) in names), here) if start.block else here
        pages[here].append(start)
    for doc, some in zip(found, pages, strict=True):
        doc.markers = mark_pages(doc.body[0], some)
    return found


def _starts_by_unit(pages: PageMap) -> dict[str, list[PageStart]]:
    """The pages of each unit; a blank page, which belongs to none, goes with the next page that does, or the last."""
    found: dict[str, list[PageStart]] = {}
    blanks: list[PageStart] = []
    for start in pages.starts:
        if start.unit:
            found.setdefault(start.unit, []).extend([*blanks, start])
            blanks = []
        else:
            blanks.append(start)
    if found:
        found[next(reversed(found))].extend(blanks)
    return found


def _text_document(unit: OpenUnit, starts: Sequence[PageStart], title: str) -> Document:
    set_roles(unit)
    markers = mark_pages(unit.section, starts)
    zone = ZONES[unit.zone]
    return Document(unit.file, unit.title or title, unit.language, [unit.section], zone, unit.kind, markers)


def _nav_document(imprint: Mapping[str, Any], starts: Sequence[PageStart]) -> Document:
    language = imprint["language"]
    markers = [(start.label, marker_id(start.label)) for start in starts]
    return Document(NAV_FILE, wording(language).contents, language, [], "frontmatter", "nav", markers)


# --- navigation


def _navigation(order: Sequence[Document], units: Mapping[str, OpenUnit], imprint: Mapping[str, Any]) -> Navigation:
    language = imprint["language"]
    return Navigation(
        title=imprint["title"],
        language=language,
        contents=wording(language).contents,
        entries=_entries(order, units) or [Entry(imprint["title"], order[0].file)],
        landmarks=_landmarks(order, spoken(language)[0].start, wording(language).title),
        pages=[(label, f"{doc.file}#{name}") for doc in order for label, name in doc.markers],
    )


def _entries(order: Sequence[Document], units: Mapping[str, OpenUnit]) -> list[Entry]:
    """The contents: units and their inner heads; what follows a part belongs to it, as far as its zone goes."""
    lines: dict[str, list[tuple[int, Entry]]] = {}
    noted = False
    for doc in order:
        unit = units.get(doc.file)
        if unit is not None:
            lines.setdefault(doc.zone, []).extend(_lines(unit))
        elif doc.kind == "notes" and not noted:
            noted = True
            lines.setdefault(doc.zone, []).append((1, Entry(doc.title, doc.file)))
    return [entry for zone in ZONES.values() for entry in nested(lines.get(zone, []))]


def _lines(unit: OpenUnit) -> list[tuple[int, Entry]]:
    """A unit and its inner heads, with their levels; of a generated unit only its title."""
    if unit.kind in UNLISTED or not unit.title:
        return []
    own = (0 if unit.kind == "part" else 1, Entry(numbered(unit.number, unit.title), unit.file))
    heads = [] if unit.key.startswith("@") else unit.heads
    return [own, *((level, Entry(text, f"{unit.file}#{name}")) for name, level, text in heads if level > 1 and text)]


def _landmarks(order: Sequence[Document], start: str, title_page: str) -> list[Landmark]:
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
    order: Sequence[Document],
    nav_document: Document,
    nav: Navigation,
    imprint: Mapping[str, Any],
    css: Mapping[str, bytes],
    modified: str,
    cover: Cover | None,
) -> Package:
    styles = sorted(css, key=lambda name: (_CASCADE.index(name) if name in _CASCADE else len(_CASCADE), name))
    documents = [nav_document, *(doc for doc in order if doc is not nav_document)]
    roots = [assembled(doc, styles) for doc in documents]
    said = metadata(imprint, modified)
    if nav.pages:
        said.append(page_source(imprint))
    claimed = imprint.get("accessibility") or {}
    said += accessibility(roots[0], roots[1:], css.values(), imprint["language"], claimed.get("contact") or "")
    said += claims(claimed)
    authors = [creator["name"] for creator in imprint.get("creators") or ()]
    ncx_data = ncx(nav, identifier(imprint), authors)
    files = [_file(doc, root) for doc, root in zip(documents, roots, strict=True)]
    files.insert(1, File(NCX_ID, "toc.ncx", "application/x-dtbncx+xml", ncx_data))
    files[2:2] = [File(f"css-{safe_id(name)}", STYLES + name, "text/css", css[name]) for name in styles]
    if cover is not None:
        kind = "image/png" if cover.suffix == "png" else "image/jpeg"
        files.append(File(COVER_ID, cover.file, kind, cover.data, ("cover-image",)))
        said.append(old_meta("cover", COVER_ID))
    guide = [(mark.guide, mark.title, FOLDER + mark.href) for mark in nav.landmarks]
    return Package(imprint["language"], said, files, [_file_id(doc) for doc in order], guide)


def _file_id(doc: Document) -> str:
    return "nav" if doc.kind == "nav" else f"doc-{doc.file.removesuffix('.xhtml')}"


def _file(doc: Document, root: Element) -> File:
    properties = ("nav",) if doc.kind == "nav" else ()
    return File(_file_id(doc), FOLDER + doc.file, _XHTML_TYPE, serialized(root), properties)
