"""The glossary, the bibliography, and the questions of all chapters: lists of what the editor has recorded."""

from __future__ import annotations

from copy import deepcopy

from ...xml import ID, Element, add, tei
from .. import citations, questions
from ..collation import sort_key, without_leading
from .made_from import Book, div, locators


def glossary(book: Book) -> Element:
    """Every term with what it means, as a sentence, and where it is marked."""
    language, order = book.language, str(book.imprint["index"]["order"])
    rows = tei("list", {"rend": "glossary"})
    for key, record in sorted(
        book.terms.items(), key=lambda item: (sort_key(item[1]["term"], order, language), item[0])
    ):
        places = [(name, book.note_numbers.get(note, "")) for name, note in book.term_places.get(key, ())]
        about = [deepcopy(piece) if not isinstance(piece, str) else piece for piece in book.about(record["about"])]
        item = tei("item", {}, *about)
        if not "".join(item.itertext()).rstrip().endswith((".", "!", "?")):
            add(item, ".")
        if places:
            add(item, " ", locators(places))
        rows.append(tei("label", {ID: f"term-{key}"}, record["term"]))
        rows.append(item)
    return div("glossary", book, rows)


def bibliography(book: Book) -> Element:
    """The works that are cited, by author and title."""
    language = book.language
    found = [(key, work) for key, work in book.works.items() if key in book.cited]

    def key_of(item: tuple[str, citations.Work]) -> tuple[object, ...]:
        work = item[1]
        author = "; ".join(work["author"]) or without_leading(str(work["title"]), language)
        title = without_leading(str(work["title"]), language)
        return sort_key(author, "word", language), sort_key(title, "word", language), work["date"], item[0]

    rows = tei("list", {"rend": "bibliography"})
    for key, work in sorted(found, key=key_of):
        rows.append(tei("item", {ID: f"bib-{key}"}, *citations.entry(work, book.wording, language)))
    return div("bibliography", book, rows)


def gathered(book: Book) -> Element:
    """The questions of all chapters, under the chapters' titles."""
    made = []
    for number, (plan, tree) in enumerate(book.questions, 1):
        title = plan.title or book.facts[plan.key].title
        told = " ".join(part for part in (book.numbers.get(plan.key, ""), title) if part)
        head = tei("head", {}, tei("ref", {"target": f"#{book.facts[plan.key].id}"}, told))
        kept = [deepcopy(found) for found in questions.lists(tree)]
        for found in kept:
            found.tail = None
        made.append(tei("div", {"type": "of-chapter", ID: f"questions-{number}"}, head, *kept))
    return div("questions", book, *made)
