"""Rules of print: style, pages of each unit, rounds of layout until page numbers stand."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..book import PageFacts, dump
from ..engine import Trace, Work
from ..passes import plan
from ..wording import wording
from ..writers import folios, own_fonts
from ..writers.line_numbers import NONE
from ..writers.printed import collected
from ..writers.settle import spine
from .pictures import bytes_of
from .view import LAYOUT, plans_of, text_units

OWN_SHEET = "styles/print.css"


def style(t: Trace) -> bytes:
    """All that style tells a layout of the reference pages."""
    return style_for(t, t.look("config", "pdf")["page"])


def style_for(t: Trace, page: str, *, reference: bool = True) -> bytes:
    """The house's sheets, the preset of a page, a spine as wide as the book is thick, the edition's own sheet.

    Numbers of lines are those of the pages that are cited, the `reference`: no format beside it has any.
    """
    from ..writers.pages import style_of

    names = ("house.css", "print.css", f"presets/{page}.css")
    sheets = [(t.read(f"house:{name}") or b"").decode() for name in names]
    words = sum(json.loads(t.need("length", key)) for key in text_units(t))
    sheets.append(f"@page {{ --spine: {spine(words)}mm }}")
    given = (t.read(OWN_SHEET) or b"").decode()
    own, problems = own_fonts.within(given, OWN_SHEET, t.read)
    t.say(*problems, *folios.problems(given, OWN_SHEET))
    said = t.look("config", "notes")
    divided = t.look("config", "hyphenation")
    marks = {series["name"]: series["marks"] for series in said["series"].values()}
    notes = {
        "place": said["place"],
        "series": list(marks),
        "title": wording(t.look("config", "language")).notes,
        "anew": marks if said["numbering"] == "page" else None,
    }
    title, ranges, pdf = t.look("config", "title"), t.look("config", "index")["ranges"], t.look("config", "pdf")
    lines = pdf["line_numbers"] if reference else NONE
    return style_of([*sheets, own], title, ranges, notes, divided, pdf["verse_numbers"], lines)


def _series(t: Trace) -> list[str]:
    """The series of notes that stand apart, in order."""
    return [series["name"] for series in t.look("config", "notes")["series"].values()]


def paper(t: Trace, key: str) -> bytes:
    """The XHTML of a unit as print has it: the section of notes, if there is one, with the notes in it."""
    made = t.need("xhtml", key)
    if key != "@notes":
        return made
    units = (json.loads(t.need("xhtml", plan.key)) for plan in plans_of(t))
    return dump(collected(json.loads(made), units, _series(t)))


def layout(t: Trace, key: str, request: str) -> Work:
    """The pages of a unit, as `request` asks: made in the pool."""
    from ..writers.pages import lay_out

    t.version(*LAYOUT)
    unit = t.need("paper", key)
    pictures = tuple(bytes_of(t, json.loads(unit)["images"]).items())
    return Work(lay_out, unit, request, t.need("style"), pictures)


def painted(t: Trace, key: str, request: str, way: str, bleed: str) -> Work:
    """The pages of a unit painted one of the ways: made in the pool."""
    from ..writers.painted import paint

    t.version(*LAYOUT)
    return Work(paint, t.need("layout", key, request), request, t.need("style"), way, bleed)


def pages(t: Trace) -> bytes:
    """{requests, map, notes}: rounds of layout until page numbers stand, and the numbers of notes."""
    return settled_by(t, "layout")


def settled_by(t: Trace, rule: str, *more: str) -> bytes:
    """The rounds of one format: `rule`, of a unit, a request and `more`, makes pages."""
    from ..writers.pages import facts_of, problems_of
    from ..writers.settle import Unit, settle

    def laid_out(wanted: Sequence[tuple[str, str]]) -> list[PageFacts]:
        return [facts_of(blob) for blob in t.need_all(rule, [(*asked, *more) for asked in wanted])]

    found = [json.loads(t.need("paper", p.key)) for p in plans_of(t)]
    numbering = t.look("config", "notes")["numbering"]
    settled = settle([Unit(**plan.settling(unit, numbering)) for unit in found], laid_out)
    t.say(*settled.problems)
    for key, request in settled.requests:
        t.say(*problems_of(t.need(rule, key, request, *more)))
    return dump({"requests": settled.requests, "map": settled.page_map, "notes": settled.notes})


def page_map(t: Trace) -> bytes:
    """The map of the pages of print: labels, the page of every id, the first word of every page."""
    return dump(json.loads(t.need("pages"))["map"])
