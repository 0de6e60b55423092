"""References in an EPUB: labels of pages or, where it has none, of paragraphs; file names in links.

Knows opened units and documents; knows no package. What labels look like is decided in locators.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..book import PageMap
from ..xml import Element, drop_keeping_tail
from .documents import Document, has_class, named, safe_id
from .locators import Label, Labels, fill, labels_of, note_wording
from .opened import OpenUnit
from .spoken import spoken

_SAID_TO_WRITERS = ("data-page", "data-note", "data-locator", "data-to", "data-to-locator")


def fill_labels(units: Sequence[OpenUnit], pages: PageMap | None, ranges: str) -> None:
    """Write the labels of page references and locators: pages of the print edition, else paragraphs ("1.4").

    Without pages the text that is for print only goes too.
    """
    labels = labels_of(pages) if pages else _paragraphs(units)
    for unit in units:
        for tree in unit.trees():
            if pages is None:
                drop_print_only(tree)
            missing = fill(tree, labels, ranges, note_wording(unit.language))
            assert not missing, f"no page is known for {', '.join(missing)}"
            _finish(tree, unit.language, bool(pages))


def drop_print_only(tree: Element) -> None:
    """Take away what is said for print only."""
    for element in [element for element in named([tree]) if has_class(element, "in-print")]:
        drop_keeping_tail(element)


def _finish(tree: Element, language: str, paged: bool) -> None:
    """Say aloud what a bare number is; take away what was said to writers only."""
    for link in named([tree], "a"):
        if has_class(link, "page") and paged:
            label, said_in = _aloud(link, language)
            link.set("aria-label", label)
            if said_in != language:
                link.set("lang", said_in)
        for name in _SAID_TO_WRITERS:
            link.attrib.pop(name, None)


def _aloud(link: Element, language: str) -> tuple[str, str]:
    """What a page reference is called: it holds the visible text (WCAG 2.5.3), and says of what it is the number."""
    words, said_in = spoken(language)
    text = link.text or ""
    if text == link.get("data-note"):
        return words.note.format(text), said_in
    return (words.pages if "–" in text else words.page).format(text), said_in


def _paragraphs(units: Sequence[OpenUnit]) -> Labels:
    """Labels in the order of the book, none next to another, so that they are merged but never joined to ranges.

    A place without a paragraph number is called by the title of its unit.
    """
    order: dict[str, int] = {}
    unit_of: dict[str, OpenUnit] = {}
    numbers: dict[str, str] = {}
    for unit in units:
        notes = [note.id for note in unit.notes]
        ids = [element.get("id", "") for element in named(unit.trees()) if element.get("id")]
        for name in (*ids, *notes):
            order[name], unit_of[name] = len(order), unit
        for link in named(unit.trees(), "a"):
            numbers[link.get("data-page", "")] = link.get("data-locator", "")
            numbers[link.get("data-to", "")] = link.get("data-to-locator", "")
    first: dict[str, int] = {}

    def text(target: str) -> str:
        unit = unit_of[safe_id(target)]
        return numbers.get(target) or unit.short or unit.title

    for target in sorted(filter(None, numbers), key=lambda target: order[safe_id(target)]):
        first.setdefault(text(target), order[safe_id(target)])
    return lambda target: Label(text(target), 2 * first[text(target)], False)


def link_files(documents: Sequence[Document], moved: dict[str, tuple[str, str]]) -> None:
    """Put file names into links within the edition; `moved` says where ids went that are in no document: (file, id).

    An id twice, or a link to an id that nobody has, is a bug of ours.
    """
    where = dict(moved)
    for document in documents:
        for element in named(document.body):
            name = element.get("id")
            if name:
                assert name not in where, f"the id {name!r} is in {where[name][0]} and in {document.file}"
                where[name] = (document.file, name)
    for document in documents:
        for link in named(document.body, "a"):
            href = link.get("href", "")
            if href.startswith("#"):
                assert href[1:] in where, f"{document.file} links to {href!r}, which nobody has"
                file, name = where[href[1:]]
                link.set("href", f"#{name}" if file == document.file else f"{file}#{name}")
