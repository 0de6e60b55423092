"""The page numbers of a release, found again in the text of today.

Knows the XHTML of units and where pages began; knows no layout. A page that began at a word begins at the same word of
the same paragraph now, wherever that stands; where the word has changed, at the one nearest to it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from ..book import PageMap, PageStart
from ..words import words
from ..xml import XHTML, Element, local, parse
from .breaks import own_text
from .flow import BLOCKS

Position = tuple[int, int, int]  # unit, element of it, word of that element
CONTEXT = 2  # words kept of the beginning of a page


class Text(Struct):
    """Where everything stands in the text of today."""

    units: list[str] = field(default_factory=list)
    blocks: dict[str, tuple[int, int]] = field(default_factory=dict)  # id -> unit, ordinal of the element in it
    elements: dict[str, Element] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)  # id in a note -> id of the reference to the note

    def words(self, name: str) -> list[str]:
        """The own words of the element that has an id."""
        return words("".join(piece for piece, _ in own_text(self.elements[name])))


def text_of(units: Sequence[Mapping[str, Any]]) -> Text:
    """The text of units (docs/architecture.md, "A unit as XHTML")."""
    found = Text()
    for number, unit in enumerate(units):
        found.units.append(unit["unit"])
        for ordinal, element in enumerate(root_of(unit["body"]).iter(f"{{{XHTML}}}*")):
            name = element.get("id")
            if name and name not in found.blocks:
                found.blocks[name], found.elements[name] = (number, ordinal), element
        for note in unit["notes"]:
            inner = (element.get("id") for element in root_of(note["body"]).iter(f"{{{XHTML}}}*"))
            found.notes |= dict.fromkeys([note["id"], *filter(None, inner)], (note["refs"] or [""])[0])
    return found


def root_of(markup: str) -> Element:
    """The tree of a piece of a unit's XHTML."""
    return parse(f'<div xmlns="{XHTML}">{markup}</div>'.encode())


def first_words(text: Text, start: PageStart) -> str:
    """The words with which a page begins, as a release keeps them."""
    return " ".join(text.words(start.block)[start.word : start.word + CONTEXT]) if start.block else ""


# --- labels of a release in the text of today


def placed(rows: Sequence[Mapping[str, Any]], text: Text, now: Callable[[str], str]) -> tuple[PageMap, list[str]]:
    """The map of pages, and the labels of pages whose beginning is no more.

    `rows` are config.PageRecord as JSON, in order. `now` gives the id that stands today for one of then: itself, the
    one it became, or where it is gone the next; "" for none.
    """
    starts: list[tuple[Position, PageStart]] = []
    lost: list[str] = []
    here: Position = (0, -1, 0)
    unit = text.units[0]
    for row in rows:
        name = now(row["at"]) if row["at"] else ""
        start = PageStart(row["page"], "", "", 0)
        if name in text.blocks:
            word = nearest(text.words(name), row["text"].split(), row["word"] if name == row["at"] else 0)
            here, unit = (*text.blocks[name], word), text.units[text.blocks[name][0]]
            start = PageStart(row["page"], unit, name, word)
        elif row["at"] or row["unit"]:
            unit = row["unit"] if row["unit"] in text.units else unit
            here = max(here, (text.units.index(unit), -1, 0))
            start = PageStart(row["page"], unit, "", 0)
        if row["at"] and name != row["at"]:
            lost.append(row["page"])
        starts.append((here, start))
    starts.sort(key=lambda pair: pair[0])
    ordered = tuple(start for _, start in starts)
    labels = tuple(start.label for start in ordered)
    # Blank pages, and pages of notes alone, stand with the one before, whose text is not theirs.
    begins = [(at, page) for page, (at, start) in enumerate(starts) if start.block or (start.unit and at[1] < 0)]
    on = pages_before(text, [at for at, _ in begins])
    return PageMap(labels, {name: begins[max(0, k)][1] for name, k in on.items()}, ordered), lost


def with_exceptions(pages: PageMap, labels: Mapping[str, str]) -> PageMap:
    """The map with ids on the pages that a release says they stood on, as notes may that were carried over."""
    known = {label: page for page, label in enumerate(pages.labels)}
    moved = {name: known[label] for name, label in labels.items() if name in pages.ids and label in known}
    return PageMap(pages.labels, pages.ids | moved, pages.starts)


def exceptions(pages: PageMap, text: Text) -> dict[str, str]:
    """Ids that stand on another page of `pages` than the place in the text says where its pages begin."""
    rows = [{"page": s.label, "at": s.block, "word": s.word, "text": "", "unit": s.unit} for s in pages.starts]
    derived, _ = placed(rows, text, lambda name: name)
    here = {name: pages.label(name) for name in derived.ids}
    return {name: label for name, label in here.items() if label and label != derived.label(name)}


def nearest(now: Sequence[str], text: Sequence[str], word: int) -> int:
    """The word at which a page begins that began with `text` at `word`: the likest, then the nearest."""
    alike = [
        (sum(1 for k, said in enumerate(text) if now[n + k : n + k + 1] == [said]), n)
        for n in range(len(now))
        if text and now[n] == text[0]
    ]
    if alike:
        return min(alike, key=lambda found: (-found[0], abs(found[1] - word)))[1]
    return min(word, max(len(now) - 1, 0))


def pages_before(text: Text, begins: Sequence[Position]) -> dict[str, int]:
    """Of every id, the last of the pages that begin before its first word, or at it: counted from 0, -1 for none."""
    found: dict[str, int] = {}
    for name, element in text.elements.items():
        block, word = first_word(element)
        at = text.blocks.get(block, text.blocks[name])
        found[name] = bisect_right(begins, (*at, word)) - 1
    return found | {name: found[reference] for name, reference in text.notes.items() if reference in found}


def first_word(element: Element) -> tuple[str, int]:
    """Where the text of an element begins: a block with an id, and the word of it."""
    block = element
    while local(block) not in BLOCKS or not block.get("id"):
        parent = block.getparent()
        if parent is None:
            return "", 0
        block = parent
    if block is not element:
        return block.get("id", ""), _words_before(element, block)
    worded = (inner for inner in _blocks(element) if words("".join(piece for piece, _ in own_text(inner))))
    return next(worded, element).get("id", ""), 0


def _blocks(element: Element) -> Iterator[Element]:
    return (inner for inner in element.iter(f"{{{XHTML}}}*") if local(inner) in BLOCKS and inner.get("id"))


def _words_before(element: Element, block: Element) -> int:
    """How many of a block's own words stand before an inline element of it."""
    before = []
    inside = {id(inner) for inner in element.iter()}
    for piece, (owner, _) in own_text(block):
        if id(owner) in inside:
            break
        before.append(piece)
    return len(words("".join(before)))
