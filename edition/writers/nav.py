"""The navigation of an EPUB: the nav document (contents, landmarks, list of pages) and the NCX for older systems.

Knows entries, landmarks and page labels as they are given; knows no unit. EPUB 3.3 §7; OPF 2.0.1 §2.4.1 for the NCX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct, field

from ..xml import Element, add, document
from .breaks import marker
from .documents import FOLDER, h
from .spoken import spoken

NAV_FILE = "nav.xhtml"
_NCX = "http://www.daisy.org/z3986/2005/ncx/"


class Entry(Struct):
    """A line of the contents; `href` is relative to the folder of the texts."""

    label: str
    href: str
    children: list[Entry] = field(default_factory=list)


class Landmark(Struct, frozen=True):
    """A place that reading systems offer by its kind: epub:type, the type EPUB 2 knew ("" for none), title."""

    type: str
    guide: str
    title: str
    href: str


class Navigation(Struct):
    """All that the two navigation files say. `pages` are (label, href), in reading order."""

    title: str
    language: str
    contents: str
    pages_title: str
    entries: list[Entry]
    landmarks: list[Landmark]
    pages: list[tuple[str, str]]


def nested(heads: Sequence[tuple[int, Entry]]) -> list[Entry]:
    """A tree from entries with their levels; a level left out hangs its entries on the next one above."""
    top: list[Entry] = []
    path: list[tuple[int, Entry]] = []
    for level, entry in heads:
        while path and path[-1][0] >= level:
            path.pop()
        (path[-1][1].children if path else top).append(entry)
        path.append((level, entry))
    return top


def has_source_pages(imprint: Mapping[str, Any]) -> bool:
    """Whether the page numbers are those of the sources."""
    return (imprint.get("epub") or {}).get("pages") == "source"


def navigation(nav: Navigation, markers: Sequence[tuple[str, str]] = ()) -> list[Element]:
    """The body of nav.xhtml: the contents, landmarks and pages, of which only the first is shown.

    `markers` are (label, id) of the print pages that its contents filled: nothing but entries may stand in the
    contents, so the first goes before them and the others behind.
    """
    said, language = spoken(nav.language)
    attributes = {"id": "toc", "class": "contents", "epub:type": "toc", "role": "doc-toc", "data-made": ""}
    toc = h("nav", {**attributes, "aria-label": nav.contents})
    add(toc, h("h1", None, nav.contents), _list(nav.entries))
    pages = [marker(label) for label, _ in markers]
    body = [*pages[:1], toc, *pages[1:]]
    links = [h("a", {"epub:type": mark.type, "href": mark.href}, mark.title) for mark in nav.landmarks]
    body.append(_hidden("landmarks", said.landmarks, language, links))
    if nav.pages:
        links = [h("a", {"href": href}, label) for label, href in nav.pages]
        body.append(_hidden("page-list", nav.pages_title, language, links, role="doc-pagelist"))
    return body


def _list(entries: Sequence[Entry]) -> Element:
    return h("ol", None, *(_item(entry) for entry in entries))


def _item(entry: Entry) -> Element:
    item = h("li", None, h("a", {"href": entry.href}, entry.label))
    if entry.children:
        item.append(_list(entry.children))
    return item


def _hidden(kind: str, title: str, language: str, links: Sequence[Element], **attributes: str) -> Element:
    nav = h(
        "nav", {"id": kind, "epub:type": kind, "hidden": "hidden", "data-made": "", "aria-label": title, **attributes}
    )
    add(nav, h("h2", {"lang": language}, title), h("ol", None, *(h("li", None, a) for a in links)))
    return nav


# --- NCX


def ncx(nav: Navigation, identifier: str, authors: Sequence[str]) -> bytes:
    """toc.ncx, beside the folder of the texts."""
    root = _ncx("ncx", {"version": "2005-1", "{http://www.w3.org/XML/1998/namespace}lang": nav.language})
    numbers = [int(label) for label, _ in nav.pages if label.isdecimal()]
    head = {
        "dtb:uid": identifier,
        "dtb:depth": str(_depth(nav.entries)),
        "dtb:totalPageCount": str(len(nav.pages)),
        "dtb:maxPageNumber": str(max(numbers, default=0)),
    }
    add(root, _ncx("head", {}, *(_ncx("meta", {"name": name, "content": value}) for name, value in head.items())))
    add(root, _ncx("docTitle", {}, _text(nav.title)), *(_ncx("docAuthor", {}, _text(author)) for author in authors))
    count = iter(range(1, 1_000_000))
    add(root, _ncx("navMap", {}, *(_point(entry, count) for entry in nav.entries)))
    if nav.pages:
        label = _ncx("navLabel", {}, _text(nav.pages_title))
        add(root, _ncx("pageList", {}, label, *(_target(*page, count) for page in nav.pages)))
    etree.indent(root, " ")
    return document(root)


def _ncx(name: str, attributes: dict[str, str], *content: str | Element) -> Element:
    element = etree.Element(f"{{{_NCX}}}{name}", attributes, nsmap={None: _NCX})
    add(element, *content)
    return element


def _text(text: str) -> Element:
    return _ncx("text", {}, text)


def _depth(entries: Sequence[Entry]) -> int:
    return max((1 + _depth(entry.children) for entry in entries), default=0)


def _point(entry: Entry, count: Iterator[int]) -> Element:
    point = _ncx("navPoint", {"id": f"nav-{next(count)}"})
    add(point, _ncx("navLabel", {}, _text(entry.label)), _ncx("content", {"src": FOLDER + entry.href}))
    add(point, *(_point(child, count) for child in entry.children))
    return point


def _target(label: str, href: str, count: Iterator[int]) -> Element:
    kind = "normal" if label.isdecimal() else "front" if re.fullmatch("[ivxlcdm]+", label) else "special"
    target = _ncx("pageTarget", {"id": f"nav-{next(count)}", "type": kind})
    if label.isdecimal():
        target.set("value", label)
    add(target, _ncx("navLabel", {}, _text(label)), _ncx("content", {"src": FOLDER + href}))
    return target
