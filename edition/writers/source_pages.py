"""The pages of the books that the sources were taken from, as the sources mark them: a map like that of print.

Knows the XHTML of units, where TEI's `pb` are empty spans; knows no layout. The breaks of a source are exact to the
word where it has them in words; a break within a word counts before the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..book import PageMap, PageStart
from ..xml import XHTML, Element, local
from .flow import BLOCKS
from .frozen import Position, first_word, pages_before, root_of, text_of
from .opened import OpenUnit


def begun(unit: Mapping[str, Any]) -> dict[str, Any]:
    """The pages that begin in a unit, as JSON.

    `starts` are (label, block, word), block "" behind the unit's last word; `ids` tell of each id the last of the
    starts before it, or -1.
    """
    text = text_of([unit])
    blocks = [name for name, element in text.elements.items() if _has_words(text.words(name), element)]
    places: list[tuple[str, str, int, Position]] = []
    for label, block, word in _breaks(unit, text.notes):
        while block and word >= len(text.words(block)):
            block, word = next((name for name in blocks if text.blocks[name] > text.blocks[block]), ""), 0
        at = (*text.blocks[block], word) if block else (1, 0, 0)
        places.append((label, block, word, at))
    places.sort(key=lambda place: place[3])
    return {
        "starts": [(label, block, word) for label, block, word, _ in places],
        "ids": pages_before(text, [at for *_, at in places]),
    }


def _has_words(own: list[str], element: Element) -> bool:
    return bool(own) and local(element) in BLOCKS


def _breaks(unit: Mapping[str, Any], refs: Mapping[str, str]) -> Iterator[tuple[str, str, int]]:
    """Label, block and word of every numbered break; one in a note stands where the note is called."""
    body = root_of(unit["body"])
    called = {element.get("id", ""): element for element in body.iter(f"{{{XHTML}}}a") if element.get("id")}
    for mark in _marks(body):
        yield mark.get("data-n", ""), *first_word(mark)
    for note in unit["notes"]:
        for mark in _marks(root_of(note["body"])):
            if refs.get(note["id"]) in called:
                yield mark.get("data-n", ""), *first_word(called[refs[note["id"]]])


def _marks(root: Element) -> list[Element]:
    return [span for span in root.iter(f"{{{XHTML}}}span") if span.get("class") == "pb" and span.get("data-n")]


def show_pages(unit: OpenUnit) -> None:
    """Print the numbers of the source's pages where they begin, in place: "[12]"."""
    for mark in (mark for tree in unit.trees() for mark in _marks(tree)):
        mark.text = f"[{mark.get('data-n')}]"
        mark.set("class", "source-page")
        mark.set("data-made", "")


# --- the book


def source_map(units: Sequence[tuple[str, str, Mapping[str, Any]]]) -> tuple[PageMap, list[tuple[str, str]]]:
    """The map of all pages, and (file, label) of breaks left out because their file has had that page before.

    `units` are (file, unit, what `begun` told) in the order of the edition. Where files count anew, a label says in
    which volume it is: "2:14". What stands before the first break of its file is on no page.
    """
    called = _labels(units)
    starts: list[PageStart] = []
    ids: dict[str, int] = {}
    repeated: list[tuple[str, str]] = []
    seen: dict[str, dict[str, int]] = {}  # file -> label -> page
    for file, unit, told in units:
        known = seen.setdefault(file, {})
        before = max(known.values(), default=-1)
        own = []
        for label, block, word in told["starts"]:
            if label in known:
                repeated.append((file, label))
            else:
                known[label] = len(starts)
                starts.append(PageStart(called[file].format(label), unit, block, word))
            own.append(max(known.values()))
        on = {name: own[k] if k >= 0 else before for name, k in told["ids"].items()}
        ids |= {name: page for name, page in on.items() if page >= 0}
    return PageMap(tuple(start.label for start in starts), ids, tuple(starts)), repeated


def _labels(units: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, str]:
    """File -> the form of its labels: a volume ends before the file that has a page of it once more."""
    labels: dict[str, set[str]] = {}
    for file, _, told in units:
        labels.setdefault(file, set()).update(label for label, *_ in told["starts"])
    volumes: dict[str, int] = {}
    volume, seen = 1, set[str]()
    for file, own in labels.items():
        if own & seen:
            volume, seen = volume + 1, set()
        seen |= own
        volumes[file] = volume
    return {file: f"{number}:{{}}" if volume > 1 else "{}" for file, number in volumes.items()}
