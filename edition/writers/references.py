"""References in an EPUB: labels of pages or, where it has none, of paragraphs.

Knows opened units and their profiles; knows no document and no package. What labels look like is decided in
locators.py.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from ..xml import Element, drop_keeping_tail
from .documents import has_class, named, safe_id
from .locators import Label, Labels, fill, note_wording
from .opened import OpenUnit
from .profiles import Profile
from .spoken import spoken

_SAID_TO_WRITERS = ("data-page", "data-note", "data-number", "data-locator", "data-to", "data-to-locator")


def fill_labels(unit: OpenUnit, labels: Labels, ranges: str, unpaged: Set[str]) -> None:
    """Write the labels of page references and locators: pages, or of what is on none (`unpaged`) paragraphs ("1.4").

    Where there is no page, the text that is said of pages only goes too.
    """
    for tree in unit.trees():
        drop_print_only(tree, unpaged)
        missing = fill(tree, labels, ranges, note_wording(unit.language))
        assert not missing, f"no page is known for {', '.join(missing)}"
        _finish(tree, unit.language, unpaged)


def drop_print_only(tree: Element, unpaged: Set[str] | None = None) -> None:
    """Take away what is said of pages for print only: all of it, or where the place is one of those on no page."""
    for element in [element for element in named([tree], "span") if has_class(element, "in-print")]:
        if unpaged is None or any(link.get("data-page") in unpaged for link in named([element], "a")):
            drop_keeping_tail(element)


def _finish(tree: Element, language: str, unpaged: Set[str]) -> None:
    """Say aloud what a bare number is; take away what was said to writers only."""
    for link in named([tree], "a"):
        if has_class(link, "page") and link.get("data-page") not in unpaged:
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


def paragraphs(profiles: Sequence[Profile]) -> Labels:
    """Labels in the order of the book, none next to another, so that they are merged but never joined to ranges.

    A place without a paragraph number is called by the title of its unit.
    """
    order: dict[str, int] = {}
    profile_of: dict[str, Profile] = {}
    numbers: dict[str, str] = {}
    for profile in profiles:
        for name in (*profile["body"]["ids"], *profile["notes"]["ids"], *profile["note_ids"]):
            order[name], profile_of[name] = len(order), profile
        numbers |= {**profile["body"]["pages"], **profile["notes"]["pages"]}
    first: dict[str, int] = {}

    def text(target: str) -> str:
        profile = profile_of[safe_id(target)]
        return numbers.get(target) or str(profile["short"] or profile["title"])

    for target in sorted(numbers, key=lambda target: order[safe_id(target)]):
        first.setdefault(text(target), order[safe_id(target)])
    return lambda target: Label(text(target), 2 * first[text(target)], False)
