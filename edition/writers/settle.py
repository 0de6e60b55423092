"""Rounds of layout until the widths of page numbers and the sides of first pages stand; then the map of pages.

Knows counts, labels and requests; knows no layout engine and no tree. A page number in running text enters a request
as a mask of its width only, so that a unit is laid out again when a number gains a digit and not when it changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct, field

from ..book import PageFacts, PageMap, PageStart
from ..problems import Place, Problem

ROUNDS = 8
FREE_ROUNDS = 4  # after these a mask only grows
WORDS_PER_PAGE = 330  # until a unit is laid out
SAMPLE = 1_000  # words; of fewer, and of fewer than four units so long, no page is worth measuring
FIGURE_SPACE = "\u2007"

LayOut = Callable[[Sequence[tuple[str, str]]], Sequence[PageFacts]]


class Unit(Struct, frozen=True):
    """What the rounds know of a unit.

    `targets`: ids whose page numbers it prints; `ids`: ids it holds, in order, for the first estimate; `exact`: it is
    made of numbers and gets the labels themselves (contents, who is who, chronology, index; front matter always);
    `again`: notes of its own whose page a later call may have to say.
    """

    key: str
    zone: str  # front | body | back
    opens: str  # recto | verso | next
    words: int
    targets: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    exact: bool = False
    again: tuple[str, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.exact or self.zone == "front"


class Settled(Struct, frozen=True):
    """The requests that stand, in order of units; the pages; what is wrong; how many rounds it took; the numbers of
    notes that are numbered by the page."""

    requests: tuple[tuple[str, str], ...]
    page_map: PageMap
    problems: tuple[Problem, ...]
    rounds: int
    notes: dict[str, str]


class Leaf(Struct, frozen=True):
    """A page of the edition: its label, its unit ("" for a blank page) and its ordinal in the unit."""

    label: str
    unit: str
    page: int


class Widths(Struct):
    """Digits of every reference of every unit; free at first, later they only grow, so that rounds come to an end."""

    digits: dict[tuple[str, str], int] = field(default_factory=dict)
    free: bool = True
    estimated: bool = True

    def unknown(self, unit: Unit, target: str, book: PageMap) -> str:
        """A label for an id that an estimate does not know; once all units are laid out there must be none."""
        if not self.estimated:
            raise KeyError(f"unit {unit.key} prints the page of {target!r}, which no unit holds")
        return book.labels[-1]

    def mask(self, unit: str, target: str, label: str) -> str:
        before = 0 if self.free else self.digits.get((unit, target), 0)
        self.digits[unit, target] = max(before, len(label))
        return "0" * self.digits[unit, target]


def settle(units: Sequence[Unit], lay_out: LayOut, file: str = "edition.yaml") -> Settled:
    """Lay out until every request is the one its pages were made from.

    `lay_out` gets (key, request) pairs that are new and gives their PageFacts. One unit is laid out to learn how many
    words a page holds. The first round estimates labels from that and from word counts, and leaves out exact units,
    whose numbers would all be wrong. A page asked for of an id that no unit holds is a bug of ours (KeyError).
    """
    widths = Widths()
    asked, facts = _first(units, lay_out, widths)
    for count in range(ROUNDS):
        widths.free, widths.estimated = count < FREE_ROUNDS, len(asked) < len(units)
        requests = _requests(units, facts, widths)
        if requests == asked:
            return Settled(tuple(asked.items()), page_map(units, facts), (), count, _numbers(facts))
        patient = count == 0 and not all(unit.is_exact for unit in units)
        exact = {unit.key for unit in units if unit.is_exact and patient}
        wanted = [(key, text) for key, text in requests.items() if asked.get(key) != text and key not in exact]
        for (key, text), made in zip(wanted, lay_out(wanted), strict=True):
            asked[key], facts[key] = text, made
        asked = {unit.key: asked[unit.key] for unit in units if unit.key in asked}
    problem = _unsettled(units, facts, asked, file)
    return Settled(tuple(asked.items()), page_map(units, facts), (problem,), ROUNDS, _numbers(facts))


def _first(units: Sequence[Unit], lay_out: LayOut, widths: Widths) -> tuple[dict[str, str], dict[str, PageFacts]]:
    """What is known before the first round: the request and facts of a sample, if there is one; else estimates."""
    facts = {unit.key: estimate(unit) for unit in units}
    long = sorted((unit for unit in units if not unit.is_exact and unit.words >= SAMPLE), key=lambda unit: unit.words)
    if len(long) < 4:
        return {}, facts
    sample = long[len(long) // 2]
    request = _requests(units, facts, widths)[sample.key]
    (made,) = lay_out([(sample.key, request)])
    per_page = max(1, round(sample.words / max(1, made.pages - 0.5)))
    return {sample.key: request}, {unit.key: estimate(unit, per_page) for unit in units} | {sample.key: made}


def _unsettled(units: Sequence[Unit], facts: Mapping[str, PageFacts], asked: Mapping[str, str], file: str) -> Problem:
    again = _requests(units, facts, Widths())
    moving = ", ".join(key for key, text in again.items() if asked.get(key) != text)
    return Problem(
        "pages-do-not-settle",
        Place(file),
        f"the page numbers still change after {ROUNDS} rounds of layout, in: {moving}",
        "reword a paragraph of one of them, so that the number at its edge no longer moves a page",
    )


def estimate(unit: Unit, per_page: int = WORDS_PER_PAGE) -> PageFacts:
    """Pages by the count of words alone, ids spread evenly over them."""
    pages = max(1, -(-unit.words // per_page))
    ids = {name: k * pages // len(unit.ids) for k, name in enumerate(unit.ids)}
    return PageFacts(pages, ids, (("", 0),) * pages, (0,) * pages)


def spine(words: int) -> int:
    """How many millimetres move from the outer margin to the spine: one for every 150 pages above the first 150."""
    return min(5, max(0, words // WORDS_PER_PAGE // 150))


# --- pages in order


def leaves(units: Sequence[Unit], facts: Mapping[str, PageFacts]) -> list[Leaf]:
    """Every page in order, with the blanks that make units open on their side.

    Front matter is numbered i, ii …; what follows starts at 1 on a recto. A blank page has the label of its place.
    """
    found: list[Leaf] = []
    start: int | None = None
    for unit in units:
        opens = unit.opens
        if unit.zone != "front" and start is None:
            start = len(found) + len(found) % 2
            opens = "recto"
        if opens not in ("next", _side(len(found))):
            found.append(Leaf(_label(len(found), start), "", 0))
        for page in range(facts[unit.key].pages):
            found.append(Leaf(_label(len(found), start), unit.key, page))
    return found


def _side(ordinal: int) -> str:
    """A book's first page is a recto."""
    return "verso" if ordinal % 2 else "recto"


def _label(ordinal: int, start: int | None) -> str:
    return roman(ordinal + 1) if start is None or ordinal < start else str(ordinal - start + 1)


def roman(number: int) -> str:
    """A number from 1 as a lower-case roman numeral."""
    values = (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")
    text = ""
    for value, letters in (*values, (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        text += letters * (number // value)
        number %= value
    return text


def page_map(units: Sequence[Unit], facts: Mapping[str, PageFacts]) -> PageMap:
    """The map of all pages. Of equal ids the first wins; a blank page belongs to no unit and has no word."""
    pages = leaves(units, facts)
    first = _first_pages(pages)
    ids: dict[str, int] = {}
    for unit in units:
        for name, page in facts[unit.key].ids.items():
            ids.setdefault(name, first[unit.key] + page)
    starts = (
        PageStart(leaf.label, leaf.unit, *(facts[leaf.unit].starts[leaf.page] if leaf.unit else ("", 0)))
        for leaf in pages
    )
    return PageMap(tuple(leaf.label for leaf in pages), ids, tuple(starts))


def _first_pages(pages: Iterable[Leaf]) -> dict[str, int]:
    return {leaf.unit: ordinal for ordinal, leaf in enumerate(pages) if leaf.unit and leaf.page == 0}


# --- requests


def _requests(units: Sequence[Unit], facts: Mapping[str, PageFacts], widths: Widths) -> dict[str, str]:
    """What each unit would be laid out with, if the pages were as `facts` says; canonical JSON."""
    book = page_map(units, facts)
    pages = leaves(units, facts)
    first, numbers = _first_pages(pages), _numbers(facts)
    asked = {}
    for unit in units:
        ordinal = first[unit.key]
        label = pages[ordinal].label
        request = {
            "side": _side(ordinal),
            "first": "0" if label.isdigit() else label,
            "labels": {target: _shown(unit, target, book, widths) for target in sorted({*unit.targets, *unit.again})},
        }
        notes = {target: numbers[target] for target in unit.targets if target in numbers}
        if notes:
            request["notes"] = notes
        asked[unit.key] = json.dumps(request, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return asked


def _numbers(facts: Mapping[str, PageFacts]) -> dict[str, str]:
    """The number of every note that is numbered by the page, by its id and all ids within it."""
    return {name: number for told in facts.values() for name, number in told.notes.items()}


def _shown(unit: Unit, target: str, book: PageMap, widths: Widths) -> str:
    label = book.label(target) or widths.unknown(unit, target, book)
    return label if unit.is_exact or not label.isdigit() else widths.mask(unit.key, target, label)


def in_mask(label: str, mask: str) -> str:
    """A label as it stands in the place of its mask; a figure space fills what a shorter number leaves."""
    return label.rjust(len(mask), FIGURE_SPACE)
