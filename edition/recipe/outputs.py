"""Rules of what is written: TEI, PDF."""

from __future__ import annotations

import hashlib
import json

from .. import __version__, book
from ..book import UnitPlan
from ..engine import Trace
from ..passes import images
from ..writers.tei import is_kept, tei_document, tei_part, tei_registers
from ..xml import Element, parse
from .pictures import picture_of
from .view import LAYOUT, file_of, imprint_of, modified, plans_of


def tei_(t: Trace) -> bytes:
    """The TEI document."""
    t.is_passing = True
    t.version("edition")
    plans, imprint = plans_of(t), imprint_of(t)
    files = sorted({file_of(p.key) for p in plans if not p.generated})
    sums = [
        {**t.look("plan", f"told:{path}"), "path": path, "sha256": hashlib.sha256(t.read(path) or b"").hexdigest()}
        for path in files
    ]
    return tei_document(
        [(p, _kept(t, p) if p.generated else t.need("part", p.key)) for p in plans],
        imprint,
        t.need("tei_registers"),
        sums,
        json.loads(t.need("about_text")),
        __version__,
    )


def _kept(t: Trace, unit: UnitPlan) -> Element | None:
    """A generated section, if the TEI has its words."""
    words = t.need("kept_words", unit.key)
    return parse(words) if words else None


def kept_words(t: Trace, key: str) -> bytes:
    """A generated section where the TEI has its words, which stand nowhere else; else nothing."""
    unit = UnitPlan(**t.look("order", key))
    section = t.need("section", unit.generated)
    return section if is_kept(parse(section), unit) else b""


def tei_registers_(t: Trace) -> bytes:
    """The registers as they stand in the TEI document."""
    names, events = book.persons_from(t.need("names")), book.events_from(t.need("chronology"))
    return tei_registers(list(names.values()), events, json.loads(t.need("works")))


def part(t: Trace, key: str) -> bytes:
    """A unit as it stands in the TEI document."""
    tree = parse(t.need("resolved", key))
    images.name_all(tree, lambda url: picture_of(t, url))
    return tei_part(tree)


def pdf(t: Trace) -> bytes:
    """The PDF for screens and home printing."""
    from ..writers.pdf import screen

    t.version(*LAYOUT, "zlib")
    imprint = imprint_of(t)
    tei = t.need("tei") if imprint["pdf"]["archive"] == "a3u" else None
    map_ = book.page_map_from(t.need("page_map"))
    return screen(_painted(t, "screen"), map_, imprint, t.need("style"), modified(t), tei)


def press(t: Trace) -> bytes:
    """The PDF for a printer."""
    from ..writers.pdf import press as write

    t.version(*LAYOUT, "zlib")
    imprint = imprint_of(t)
    profile = t.read(imprint["press"]["profile"]) if imprint["press"]["profile"] else None
    painted = _painted(t, "press", str(imprint["press"]["bleed"]))
    map_ = book.page_map_from(t.need("page_map"))
    return write(painted, map_, imprint, t.need("style"), modified(t), profile)


def _painted(t: Trace, way: str, bleed: str = "0") -> list[bytes]:
    requests = json.loads(t.need("pages"))["requests"]
    return t.need_all("painted", [(*asked, way, bleed) for asked in requests])
