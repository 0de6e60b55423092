"""The chronology: events in the order of time, with the passages that speak of them."""

from __future__ import annotations

from ...xml import ID, Element, tei
from ..lives import shown
from .made_from import Book, div, locators


def chronology(book: Book) -> Element:
    rows = tei("list", {"rend": "chronology"})
    for event in book.events:
        rows.append(
            tei(
                "label",
                {ID: f"when-{event.key}"},
                shown(event.edtf, book.language) if event.edtf else book.wording.undated,
            )
        )
        entry = tei("item", {ID: event.id}, tei("hi", {"rend": "label"}, event.label))
        entry[-1].tail = f". {event.about} " if event.about else ". "
        entry.append(locators((name, "") for name in event.passages))
        rows.append(entry)
    return div("chronology", book, rows)
