"""The reading text of an edition as pieces of HTML: one for each unit, its notes at its end.

Knows the XHTML of units (docs/architecture.md) and, once there are some, the pages of print; knows no server.
"""

from __future__ import annotations

import json
import re

from msgspec import Struct

from ..book import PageMap
from ..engine import digest
from ..writers.documents import h, mirror_languages
from ..writers.endnotes import note_element
from ..writers.locators import fill, labels_of, note_wording
from ..writers.opened import open_units
from ..writers.references import drop_print_only
from ..xml import fragment

_SHORT = re.compile(r"<([a-z0-9]+)((?:\s[^<>]*?)?)\s*/>")
_VOID = frozenset(("br", "hr", "img", "wbr", "col"))


class Section(Struct, frozen=True):
    """A unit as it is shown: its key, what the list of contents says of it, its HTML, and a digest of that."""

    key: str
    id: str
    kind: str
    zone: str
    number: str
    title: str
    html: str
    digest: str


def section(raw: bytes, pages: PageMap | None, ranges: str) -> Section:
    """A unit, of its JSON. Without pages, page numbers and what is said around them are left out."""
    (unit,) = open_units([json.loads(raw)])
    for tree in unit.trees():
        if pages is None:
            drop_print_only(tree)
        fill(tree, labels_of(pages) if pages else lambda target: None, ranges, note_wording(unit.language))
    notes = [note_element(note, unit.language) for note in unit.notes]
    article = h("article", {"lang": unit.language, "class": "unit"}, unit.section)
    if notes:
        article.append(h("div", {"class": "notes"}, *notes))
    mirror_languages(article)
    html = _as_html(fragment(article))
    return Section(unit.key, unit.id, unit.kind, unit.zone, unit.number, unit.title, html, digest(html.encode())[:16])


def _as_html(markup: str) -> str:
    """XHTML as a browser's HTML parser reads it: void elements apart, nothing is closed in short."""
    return _SHORT.sub(lambda tag: tag[0] if tag[1] in _VOID else f"<{tag[1]}{tag[2]}></{tag[1]}>", markup)
