"""Rules of the formats beside the reference: their pages bear the reference's numbers in the margin."""

from __future__ import annotations

import json

from .. import book
from ..book import dump
from ..engine import Trace, Work
from ..wording import wording
from .pictures import bytes_of
from .printed import settled_by, style_for
from .view import LAYOUT, imprint_of, modified

# Where a format says which numbers are whose.
_SAYS = ("@copyright", "@index")


def also_style(t: Trace, page: str) -> bytes:
    """All that style tells a layout of this format."""
    return style_for(t, page, reference=False)


def also_paper(t: Trace, key: str) -> bytes:
    """The XHTML of a unit as print has it, and where in it the pages of the reference begin."""
    starts = book.page_map_from(t.need("reference")).starts
    marks = [[start.label, start.block, start.word] for start in starts if start.unit == key and start.block]
    said = wording(t.look("config", "language")).margin_pages if key in _SAYS else ""
    return dump({**json.loads(t.need("paper", key)), "marks": marks, "said": said})


def also_layout(t: Trace, key: str, request: str, page: str) -> Work:
    """The pages of a unit in this format: made in the pool."""
    from ..writers.pages import lay_out

    t.version(*LAYOUT)
    unit = t.need("also_paper", key)
    pictures = tuple(bytes_of(t, json.loads(unit)["images"]).items())
    return Work(lay_out, unit, request, t.need("also_style", page), pictures)


def also_painted(t: Trace, key: str, request: str, page: str) -> Work:
    """The pages of a unit in this format, painted for the screen: made in the pool."""
    from ..writers.painted import paint

    t.version(*LAYOUT)
    return Work(paint, t.need("also_layout", key, request, page), request, t.need("also_style", page), "screen")


def also_pages(t: Trace, page: str) -> bytes:
    """{requests, map} of this format."""
    return settled_by(t, "also_layout", page)


def also(t: Trace, page: str) -> bytes:
    """The PDF of this format."""
    from ..writers.pdf import screen

    t.version(*LAYOUT, "zlib")
    found = json.loads(t.need("also_pages", page))
    painted = t.need_all("also_painted", [(*asked, page) for asked in found["requests"]])
    map_ = book.page_map_from(dump(found["map"]))
    return screen(painted, map_, imprint_of(t), t.need("also_style", page), modified(t), None)
