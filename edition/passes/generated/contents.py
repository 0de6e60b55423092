"""The table of contents; what has no title is called by its first words."""

from __future__ import annotations

from ...book import UNLISTED, Facts
from ...xml import Element, tei
from .made_from import Book, div, page, title_of


def contents(book: Book) -> Element:
    rows = tei("list", {"rend": "contents"})
    for plan in book.plans:
        name = plan.generated
        if name in UNLISTED:
            continue
        target = name or book.facts[plan.key].id
        title = plan.title or (title_of(name, book) if name else _called(book.facts[plan.key]))
        row = tei("item", {"rend": "part" if plan.kind == "part" else plan.zone})
        if book.numbers.get(plan.key):
            row.append(tei("num", {}, book.numbers[plan.key]))
        row.append(tei("ref", {"target": f"#{target}"}, title))
        row.append(page(target))
        rows.append(row)
    return div("contents", book, rows)


def _called(facts: Facts) -> str:
    return facts.title or facts.opening
