"""Page numbers put into the XHTML of a unit: single references, and lists of locators merged and joined.

Knows XHTML trees and labels of pages; knows no layout. Used for print and EPUB alike, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from ..book import PageMap
from ..wording import wording
from ..xml import XHTML, Element

NBSP = "\u00a0"
EN_DASH = "\u2013"
_LINK = f"{{{XHTML}}}a"
_SPAN = f"{{{XHTML}}}span"
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_SHORTEST_RUN = {"full": 3, "short": 2, "mhra": 2}


class Label(NamedTuple):
    """The label of a page: its text, its ordinal (neighbours differ by 1), whether it is roman."""

    text: str
    page: int
    roman: bool


Labels = Callable[[str], Label | None]


class NoteWording(NamedTuple):
    """How a place in a note is said after its page: in one note, in several, and what joins the last."""

    one: str = "n."
    several: str = "nn."
    last: str = " & "


def note_wording(language: str) -> NoteWording:
    """How a language says so."""
    words = wording(language).indexing
    return NoteWording(words.note, words.notes, words.last_note)


def label_of(text: str) -> Label:
    """A label read back from what is printed: "47" or "xii"."""
    if text.isdigit():
        return Label(text, int(text), False)
    values = [_ROMAN[letter] for letter in text]
    after = [*values[1:], 0]
    return Label(text, sum(v if v >= w else -v for v, w in zip(values, after, strict=True)), True)


def labels_from(texts: Mapping[str, str]) -> Labels:
    """The labels that the request for a layout holds: id -> text."""
    return lambda target: label_of(texts[target]) if texts.get(target) else None


def labels_of(pages: PageMap) -> Labels:
    """The labels of the settled pages."""

    def label(target: str) -> Label | None:
        text = pages.label(target)
        return Label(text, pages.ids[target], not text.isdigit()) if text else None

    return label


def labels_with_gaps(pages: PageMap) -> Labels:
    """The labels of pages some of which may be missing: only those that count on are neighbours."""
    ordinals = [0] if pages.labels else []
    for last, own in pairwise(pages.labels):
        ordinals.append(ordinals[-1] + (1 if _counts_on(last, own) else 2))

    def label(target: str) -> Label | None:
        text = pages.label(target)
        return Label(text, ordinals[pages.ids[target]], not text.isdigit()) if text else None

    return label


def _counts_on(last: str, own: str) -> bool:
    """Whether one label follows another: 12 and 13, xii and xiii, in one volume if volumes are told apart."""
    (volume, _, before), (other, _, after) = last.rpartition(":"), own.rpartition(":")
    try:
        first, second = label_of(before), label_of(after)
    except KeyError:
        return False
    return volume == other and first.roman == second.roman and first.page + 1 == second.page


def targets(root: Element) -> list[str]:
    """The ids whose page numbers a tree prints, each once, in order."""
    ends = (name for link in _page_links(root) for name in (link.get("data-page", ""), link.get("data-to", "")))
    return list(dict.fromkeys(filter(None, ends)))


def fill(root: Element, label: Labels, ranges: str = "short", notes: NoteWording | None = None) -> list[str]:
    """Write page numbers into `root`, in place; returns the ids that have no label.

    `a.page` gets the label of the page where its `data-page` stands; without a label it stays empty. The links of a
    `span.locators` are put in order, places on one page merged, pages in succession joined (from two on with `ranges`
    "short" or "mhra", from three with "full"), commas put between; a link without a label leaves the list. A link
    with `data-to` is of a passage that goes on to there: it is a range whatever its length.
    """
    missing = [target for target in targets(root) if label(target) is None]
    for link in _page_links(root):
        own = label(link.get("data-page", ""))
        link.text = own.text if own else None
    for span in root.iter(_SPAN):
        if _has_class(span, "locators"):
            _write(span, _pieces(_places(span, label), ranges, notes or NoteWording()))
    return missing


def renumber(root: Element, numbers: Mapping[str, str]) -> None:
    """Write other numbers of notes into locators and references, in place; `numbers` by the ids they lead to."""
    for link in root.iter(_LINK):
        number = numbers.get((link.get("href") or "")[1:])
        if number and link.get("data-note"):
            link.set("data-note", number)
        elif number and link.get("data-number"):
            before, _, after = (link.text or "").rpartition(link.get("data-number", ""))
            link.text = f"{before}{number}{after}"


def pieces(item: Element, label: Labels, ranges: str) -> int:
    """How many locators an entry has right behind its heading: pages, ranges and notes."""
    own = next((kid for kid in item if kid.tag == _SPAN and _has_class(kid, "locators")), None)
    return 0 if own is None else len(list(_pieces(_places(own, label), ranges, NoteWording())))


def _has_class(element: Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _page_links(root: Element) -> list[Element]:
    return [link for link in root.iter(_LINK) if _has_class(link, "page") and link.get("data-page")]


class _Place(NamedTuple):
    """A locator; places sort by numbering and page, on one page the text before its notes."""

    arabic: bool
    page: int
    note: tuple[int, str]
    text: str
    main: bool
    link: Element
    last: Label

    @property
    def key(self) -> tuple[bool, int, tuple[int, str]]:
        return self.arabic, self.page, self.note

    @property
    def is_long(self) -> bool:
        """Whether it is a passage of more pages than one."""
        return self.last.page != self.page


def _places(span: Element, label: Labels) -> list[_Place]:
    """The places of a list, each once; the main one wins over others on its page."""
    found = []
    for link in _page_links(span):
        own = label(link.get("data-page", ""))
        if own:
            note = link.get("data-note", "")
            number = (int(note) if note.isdigit() else 0, note)
            end = label(link.get("data-to", "")) if link.get("data-to") and not note else None
            last = end if end and end.page > own.page and end.roman == own.roman else own
            main = "data-main" in link.attrib
            found.append(_Place(not own.roman, own.page, number, own.text, main, link, last))
    found.sort(key=lambda place: (place.key, not place.main, -place.last.page))
    return [next(same) for _, same in groupby(found, key=lambda place: place.key)]


Piece = tuple[str, list[Element]]  # what stands before the last link; the links, filled


def _pieces(places: Sequence[_Place], ranges: str, wording: NoteWording) -> Iterator[list[Element]]:
    """What stands between two commas: a page, a range, or a page with its notes."""
    texts = [place for place in places if not place.note[1]]
    runs = [(run[0].key, [_run(run, ranges)]) for run in _runs(texts, _SHORTEST_RUN[ranges])]
    noted = groupby((place for place in places if place.note[1]), key=lambda place: place.key[:2])
    groups = [list(group) for _, group in noted]
    notes = [(group[0].key, _notes(group, wording)) for group in groups]
    return (links for _, links in sorted([*runs, *notes], key=lambda piece: piece[0]))


def _runs(places: Sequence[_Place], shortest: int) -> Iterator[list[_Place]]:
    """Places on pages in succession, of one numbering; a main place stands by itself."""
    run: list[_Place] = []
    end = 0
    for place in places:
        follows = bool(run) and run[-1].arabic == place.arabic and place.page <= end + 1
        if not follows or place.main or run[-1].main:
            yield from _kept(run, shortest)
            run, end = [], 0
        run.append(place)
        end = max(end, place.last.page)
    yield from _kept(run, shortest)


def _kept(run: list[_Place], shortest: int) -> list[list[_Place]]:
    """A run if it is long enough to be one, else its places one by one."""
    return [run] if len(run) >= shortest or any(place.is_long for place in run) else [[place] for place in run]


def _run(run: Sequence[_Place], ranges: str) -> Element:
    first, last = run[0], max((place.last for place in run), key=lambda label: label.page)
    is_one = last.page == first.page
    first.link.text = first.text if is_one else first.text + EN_DASH + shortened(first.text, last.text, ranges)
    return first.link


def shortened(first: str, last: str, ranges: str) -> str:
    """The second number of a range. "short": the fewest figures, but a number in the teens keeps both (301–3, 116–18:
    New Hart's Rules 11.3.3; ISO 999 8.4 leaves the choice to the house). "mhra": two figures at least, and all where
    the hundreds differ (301–03, 98–101: MHRA Style Guide 9.7). Roman numerals are never shortened."""
    if ranges == "full" or not (first.isdigit() and last.isdigit()) or len(first) != len(last):
        return last
    if ranges == "mhra":
        return last[-2:] if first[:-2] == last[:-2] else last
    same = next(k for k, (a, b) in enumerate(zip(first, last, strict=True)) if a != b)
    teens = len(last) > 1 and last[-2] == "1"
    return last[min(same, len(last) - 2) :] if teens else last[same:]


def _notes(places: Sequence[_Place], wording: NoteWording) -> list[Element]:
    """12 n. 4, or 12 nn. 3, 4 & 5: one link to each note."""
    mark = wording.one if len(places) == 1 else wording.several
    for place in places:
        place.link.text, place.link.tail = place.note[1], ", "
    places[0].link.text = NBSP.join((places[0].text, mark, places[0].note[1]))
    if len(places) > 1:
        places[-2].link.tail = wording.last
    return [place.link for place in places]


def _write(span: Element, pieces: Iterator[list[Element]]) -> None:
    kept = list(pieces)
    span[:] = []
    span.text = None
    for links in kept:
        links[-1].tail = ", "
        span.extend(links)
    if len(span):
        span[-1].tail = None
