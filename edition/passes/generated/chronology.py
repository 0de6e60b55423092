"""The chronology: events in the order of time under their years, with the passages that speak of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ... import edtf
from ...book import Event
from ...edtf.shown import in_both_styles
from ...xml import ID, Element, add, tei
from ..lives import shown
from .made_from import Book, div, locators, source


def chronology(book: Book) -> Element:
    """A section for each year: a list of dates without their year and what happened."""
    years = []
    for number, (year, group) in enumerate(groupby(book.events, key=lambda event: _year(event, book)), 1):
        rows = tei("list", {"rend": "chronology"})
        for event in group:
            rows.append(tei("label", {ID: f"when-{event.key}"}, _date(event, year, book.language)))
            rows.append(_event(event, book))
        head = tei("head", {ID: f"when-year-{number}-head"}, year)  # a page may begin with it
        years.append(tei("div", {"type": "year", ID: f"when-year-{number}"}, head, rows))
    return div("chronology", book, *years)


def _event(event: Event, book: Book) -> Element:
    entry = tei("item", {ID: event.id}, tei("hi", {"rend": "label"}, event.label))
    add(entry, ". ")
    if event.about:
        add(entry, *book.about(event.about), " ")
    add(entry, *source(event.cite, book))
    people = [book.people[key] for key in event.people if key in book.people]
    if people:
        add(entry, tei("seg", {"type": "people"}, *_linked([(f"who-{p.key}", p.name) for p in people], book)), " ")
    add(entry, locators((name, "") for name in event.passages))
    return entry


def _linked(found: Sequence[tuple[str, str]], book: Book) -> list[str | Element]:
    """Names with links to who is who where the section stands and has them."""
    has_section = any(plan.generated == "who-is-who" for plan in book.plans)
    made: list[str | Element] = []
    for number, (target, name) in enumerate(found):
        made += [", "] if number else []
        is_there = has_section and book.mentions.get(target.removeprefix("who-"))
        made.append(tei("ref", {"target": f"#{target}"}, name) if is_there else name)
    return [*made, "."]


def _year(event: Event, book: Book) -> str:
    """The year an event stands under: of its beginning; what is coarser than a year stands under itself."""
    value = edtf.parse(event.edtf) if event.edtf else None
    if value is None:
        return book.wording.undated
    point = value.start or value.end
    assert point is not None
    whole = edtf.parse(point.year)
    return whole.shown(book.language) if whole is not None else value.shown(book.language)


def _date(event: Event, year: str, language: str) -> str:
    """The date without the year that its heading says already; never more exact than it is known."""
    value = edtf.parse(event.edtf) if event.edtf else None
    text = shown(event.edtf, language) if event.edtf else ""
    if value is None or text == year:
        return ""
    written = edtf.parse(event.written, julian=True) if event.written else None
    text = in_both_styles(value, written, language) if written else text
    if len({bound[:4] for bound in (event.first, event.last)}) == 1:
        return re.sub(rf"[, ]*(?:de )?\b{re.escape(year)}(?=[ ,]|\Z)", "", text) or text
    return text
