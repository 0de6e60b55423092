"""The time line: its drawing, and the same in words, here or in the chronology."""

from __future__ import annotations

from ...book import Event
from ...xml import ID, Element, add, tei
from .. import time_line as drawn
from ..lives import shown
from .made_from import Book, div


def time_line(book: Book) -> Element:
    """The drawing, where there are as many events as make one; a link to the chronology, or else a list of them."""
    events = chosen(book)
    parts = [_figure(events, book)] if drawn.FEWEST <= len(events) <= drawn.MOST else []
    if any(plan.generated == "chronology" for plan in book.plans):
        words = book.wording
        said = words.indexing.see
        see = tei("hi", {"rend": "italic"}, f"{said[:1].upper()}{said[1:]}")
        link = tei("ref", {"target": "#chronology"}, words.chronology)
        parts.append(tei("p", {"rend": "see"}, see, " ", link, "."))
    else:
        parts.append(_list(events, book))
    return div("timeline", book, *parts)


def chosen(book: Book) -> list[Event]:
    span = book.imprint["timeline"]
    return drawn.chosen(book.events, span["from_"], span["to"])


def _figure(events: list[Event], book: Book) -> Element:
    years = [shown(bound[: bound.index("-", 1)], book.language) for bound in _ends(events)]
    said = tei("figDesc", {}, book.wording.time_line.format(len(events), *years))
    return tei("figure", {ID: "time-line"}, tei("graphic", {"url": drawn.ADDRESS}), said)


def _ends(events: list[Event]) -> tuple[str, str]:
    return (
        min(event.first or event.last for event in events),
        max(event.last or event.first for event in events),
    )


def _list(events: list[Event], book: Book) -> Element:
    rows = tei("list", {"rend": "time-line"})
    for event in events:
        item = tei("item", {}, tei("hi", {"rend": "italic"}, shown(event.edtf, book.language)))
        add(item, " ", event.label)
        rows.append(item)
    return rows
