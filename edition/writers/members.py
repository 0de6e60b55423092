"""One content document of an EPUB, from its units and a request that says all they need to know of the book.

Knows opened units and documents; knows no other document. Equal units and requests, equal bytes: so a document that an
edit leaves alone goes into the next EPUB as it is, compressed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..book import PageStart
from ..xml import Element
from .breaks import mark_pages
from .documents import Document, assembled, named, serialized
from .endnotes import notes_section
from .locators import Label
from .opened import open_unit
from .paragraph_numbers import settle_paragraph_numbers
from .references import fill_labels
from .roles import set_roles
from .seen import seen
from .source_pages import show_pages
from .zipped import Deflated, deflated, filled

MEDIA_TYPE = "application/epub+zip"


class Member(NamedTuple):
    """A finished document: what accessibility metadata asks of it, and its bytes in the form a zip has them."""

    seen: Mapping[str, Any]
    data: Deflated


def member(units: Sequence[Mapping[str, Any]], request: Mapping[str, Any]) -> bytes:
    """A document as `request` (ordering.planned) wants it, of one unit, or of the notes of several; for `load`."""
    notes = request["notes"]
    opened = [open_unit(unit if notes else {**unit, "notes": []}, request["file"]) for unit in units]
    labels = {target: Label(*label) for target, label in request["labels"].items()}
    unpaged = frozenset(request["unpaged"])
    for unit in opened:
        settle_paragraph_numbers(unit, shown=request["paragraph_numbers"])
        if request["source_pages"]:
            show_pages(unit)
        fill_labels(unit, labels.get, request["ranges"], unpaged)
        set_roles(unit, notes)
    told = (request[name] for name in ("language", "title", "name"))
    section = notes_section(opened, *told) if notes else opened[0].section
    mark_pages(section, [PageStart(*start) for start in request["starts"]])
    _link([section], request["links"])
    _point_to(section, request["images"])
    document = Document(request["file"], request["title"], request["language"], [section], request["zone"])
    return dump(assembled(document, request["styles"]))


def _link(roots: Sequence[Element], links: Mapping[str, str]) -> None:
    """Write where links within the edition lead. One that leads nowhere is a bug of ours."""
    own = {element.get("id", "") for element in named(roots)}
    for link in named(roots, "a"):
        href = link.get("href", "")
        if href.startswith("#"):
            assert href[1:] in links or href[1:] in own, f"a link to {href!r}, which nobody has"
            link.set("href", links.get(href[1:], href))


def _point_to(section: Element, images: Sequence[str]) -> None:
    """Point images to where they lie in the package."""
    for image in named([section], "img"):
        if image.get("src") in images:
            image.set("src", f"../{image.get('src')}")


def dump(root: Element) -> bytes:
    """A finished document as bytes: a header in JSON, its length first, and what the zip is to have."""
    data = deflated(serialized(root))
    header = json.dumps({"seen": seen(root), "crc": data.crc, "size": data.size}).encode()
    return len(header).to_bytes(8, "big") + header + data


def load(made: bytes) -> Member:
    """What `dump` wrote."""
    end = 8 + int.from_bytes(made[:8], "big")
    header = json.loads(made[8:end])
    return Member(header["seen"], Deflated(made[end:], header["crc"], header["size"]))


def bound(binding: bytes, made: Mapping[str, bytes], others: Mapping[str, Deflated]) -> bytes:
    """The bytes of an EPUB: its `binding` (epub.py), and what that leaves to come, documents by file, images and fonts
    by name."""
    return filled(binding, MEDIA_TYPE, {**others, **{file: load(data).data for file, data in made.items()}})
