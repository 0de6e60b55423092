"""Notes whose numbers begin anew on every page: read off the finished pages, and written into them.

Knows the tree of a unit as the layout reads it, and boxes by their attributes only; imports no layout engine. A number
is first laid out as the first of its kind; where it turns out to need more or less room, the unit is laid out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any
from xml.etree import ElementTree

from msgspec import Struct
from msgspec.structs import replace

from ..book import PageFacts
from ..wording.marks import mark
from .flow import NOTE
from .laid_out import text_boxes
from .locators import NBSP
from .printed import Plain

FREE_ROUNDS = 4  # after these a number's room only grows
_WIDEST = {"numbers": "0", "letters": "m", "symbols": "¶"}


class Said(Struct, frozen=True):
    """What marks each note, by its id; which calls (ordinals) stand on another page than the first of their note."""

    marks: dict[str, str]
    away: frozenset[int] = frozenset()


class Calls:
    """The calls and numbers of a unit's notes in its tree.

    `kinds` tells what marks the notes of each series (numbers, letters, symbols), `labels` the page of each note that
    is called again, `mark_of_note` how a language says that a number is a note's: "n.".
    """

    def __init__(
        self,
        html: Plain,
        notes: Sequence[Mapping[str, Any]],
        kinds: Mapping[str, str],
        labels: Mapping[str, str],
        mark_of_note: str,
    ) -> None:
        self._labels, self._after_page = labels, f"{NBSP}{mark_of_note}{NBSP}"
        self._series = {note["id"]: note["series"] if note["series"] in kinds else "" for note in notes}
        self.kinds = {name: kinds.get(series, "numbers") for name, series in self._series.items()}
        links = [(link, link.get("href", "")[1:]) for link in html.iter("a") if _is(link, "noteref")]
        self._calls = [(link, name) for link, name in links if name in self.kinds]
        self._first: dict[str, int] = {}
        for ordinal, (_, name) in enumerate(self._calls):
            self._first.setdefault(name, ordinal)
        standing = [note for note in html.iter() if _is(note, NOTE) and note.get("id") in self.kinds]
        self._numbers = [
            (link, note.get("id", "")) for note in standing for link in note.iter("a") if _is(link, "note-number")
        ]

    def guessed(self) -> Said:
        return Said({name: mark(1, kind) for name, kind in self.kinds.items()})

    def write(self, said: Said) -> None:
        """Put marks into the tree; a call away from its note says the page too: 41 n. 3."""
        for number, name in self._numbers:
            number.text = said.marks[name]
        for ordinal, (call, name) in enumerate(self._calls):
            call[:], call.text = [], said.marks[name]
            call.set("class", "noteref")
            if ordinal in said.away:
                call.set("class", "noteref away")
                call.text = None
                page = ElementTree.SubElement(call, "span", {"data-page": name})
                page.text, page.tail = self._labels[name], self._after_page + said.marks[name]

    def read(self, pages: Sequence[Any]) -> Said:
        """What the marks are, by the pages on which calls stand; on one page, by the order of the text."""
        at = dict.fromkeys(range(len(self._calls)), -1)
        ordinals = {id(call): ordinal for ordinal, (call, _) in enumerate(self._calls)}
        for number, box in _texts(pages):
            ordinal = ordinals.get(id(box.element), -1)
            if at.get(ordinal) == -1:
                at[ordinal] = number
        marks, counts = self.guessed().marks, dict[tuple[int, str], int]()
        for name, ordinal in self._first.items():
            key = at[ordinal], self._series[name]
            counts[key] = counts.get(key, 0) + 1
            marks[name] = mark(counts[key], self.kinds[name])
        away = (ordinal for ordinal, (_, name) in enumerate(self._calls) if at[ordinal] != at[self._first[name]])
        return Said(marks, frozenset(away))

    def patch(self, pages: Sequence[Any], said: Said, true: Said) -> None:
        """Write the true marks into pages that were laid out with those that were `said`."""
        texts = {id(number): true.marks[name] for number, name in self._numbers}
        for ordinal, (call, name) in enumerate(self._calls):
            texts[id(call)] = (self._after_page if ordinal in said.away else "") + true.marks[name]
        for _, box in _texts(pages):
            if id(box.element) in texts:
                box.text = box.pango_layout.text = texts[id(box.element)]


def _is(element: Plain, name: str) -> bool:
    return name in element.get("class", "").split()


def _texts(pages: Sequence[Any]) -> Iterator[tuple[int, Any]]:
    """Every text of an element's own, with the page (from 0) it stands on."""
    for number, page in enumerate(pages):
        yield from ((number, box) for box in text_boxes(page) if "::" not in (box.element_tag or ""))


def numbered(calls: Calls, lay_out: Callable[[], list[Any]]) -> tuple[list[Any], dict[str, str]]:
    """Pages with their notes numbered by the page, and what marks each note. `lay_out` makes pages of the tree."""
    said = calls.guessed()
    for rounds in count(1):
        calls.write(said)
        pages = lay_out()
        true = calls.read(pages)
        if _fits(said, true, is_free=rounds <= FREE_ROUNDS):
            break
        said = true if rounds < FREE_ROUNDS else _roomier(said, true, calls.kinds)
    calls.patch(pages, said, true)
    return pages, true.marks


def _fits(said: Said, true: Said, *, is_free: bool) -> bool:
    """Whether true marks can be written where others were laid out: as wide, or with room for the widest of its
    kind."""
    pairs = [(said.marks[name], own) for name, own in true.marks.items()]
    if is_free:
        return said.away == true.away and all(a == b or (len(a) == len(b) and (a + b).isdigit()) for a, b in pairs)
    return true.away <= said.away and all(len(a) >= len(b) for a, b in pairs)


def _roomier(said: Said, true: Said, kinds: Mapping[str, str]) -> Said:
    """Room for the widest mark of its kind, as long as any so far: it only grows, so that rounds come to an end."""
    marks = {name: _WIDEST[kinds[name]] * max(len(said.marks[name]), len(own)) for name, own in true.marks.items()}
    return Said(marks, said.away | true.away)


def told(facts: PageFacts, notes: Sequence[Mapping[str, Any]], marks: Mapping[str, str]) -> PageFacts:
    """What a unit tells, with what marks each note: of its own id and of all within it, whose page is that of the
    call."""
    ids, numbers = dict(facts.ids), dict[str, str]()
    for note in notes:
        within = [note["id"], *re.findall(r' id="([^"]*)"', note["body"])]
        numbers |= dict.fromkeys(within, marks[note["id"]])
        called = next((facts.ids[ref] for ref in note["refs"] if ref in facts.ids), None)
        if called is not None:
            ids |= dict.fromkeys((name for name in within if name in ids), called)
    return replace(facts, ids=ids, notes=numbers)
