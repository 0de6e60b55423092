"""Rules of the time line: its drawing, and whether there is one."""

from __future__ import annotations

from .. import book, edtf
from ..book import Event
from ..engine import Trace
from ..passes import time_line as drawn
from ..problems import Place, Problem
from .view import YAML, plans_of


def time_line(t: Trace) -> bytes:
    """The drawing, an SVG."""
    return drawn.drawing(_events(t), t.look("config", "language"))


def is_drawn(t: Trace) -> bool:
    """Whether the edition has a time line, and as many events as make one."""
    has_section = any(plan.generated == "timeline" for plan in plans_of(t))
    return has_section and drawn.FEWEST <= len(_events(t)) <= drawn.MOST


def problems(t: Trace) -> list[Problem]:
    """Bounds that are no dates; too few or too many events."""
    from .. import config as conf

    t.version(*YAML)
    where = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml").where
    span, found = t.look("config", "timeline"), list[Problem]()
    for name, text in (("from", span["from_"]), ("to", span["to"])):
        if text and (reason := edtf.problem_with(text)):
            place = where("timeline", name)
            found.append(Problem("date-edtf", place, f"“{text}” is no date: {reason}", edtf.HINT))
    count = len(_events(t))
    if not drawn.FEWEST <= count <= drawn.MOST:
        place = where("timeline") if span["from_"] or span["to"] else Place("edition.yaml", 1, 1)
        text = f"the time line would have {count} events, and is not drawn"
        hint = f"choose {drawn.FEWEST} to {drawn.MOST} of them: timeline: {{from: …, to: …}}"
        found.append(Problem("time-line-size", place, text, hint))
    return found


def _events(t: Trace) -> list[Event]:
    span = t.look("config", "timeline")
    return drawn.chosen(book.events_from(t.need("chronology")), span["from_"], span["to"])
