"""Notes on the page: wherever they are called, they begin at the foot of that page, or where the note before them
ends overleaf; they overlap nothing and are whole."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from edition.writers import pages
from edition.writers.laid_out import note_area, text_boxes

from . import print_fixture as fixture

Note = dict[str, Any]


def some(count: int, seed: int = 5) -> str:
    return fixture.sentences(random.Random(seed), count)


def note(number: int, count: int, last: str = "") -> Note:
    return fixture.note(f"n{number}", number, f"In{number} {some(count, number)} Z{number}.{last}")


def call(number: int) -> str:
    return fixture.call(f"n{number}", number)


def filler(count: int) -> str:
    return "".join(f"<p>{some(60, k)}</p>" for k in range(count))


def row(number: int) -> str:
    return f"<tr><td id='c{number}'>Cell {some(4, number)}</td><td id='d{number}'>{some(5)}{call(number)}</td></tr>"


def many(count: int, words: int, gap: int) -> tuple[str, list[Note]]:
    text = "".join(f"{some(gap, k)[:-1]}{call(k)} " for k in range(1, count + 1))
    return f"<p id='m'>{text}</p>", [note(k, words) for k in range(1, count + 1)]


def table(count: int) -> str:
    rows = "".join(row(k) for k in range(1, count + 1))
    head = "<thead><tr><th id='th'>One</th><th id='ti'>Two</th></tr></thead>"
    return f"<table id='t'>{head}<tbody>{rows}</tbody></table>"


def verse(count: int) -> str:
    lines = "".join(f"<span class='line' id='l{k}'>{some(6, k)[:-1]}{call(k)}</span>" for k in range(1, count + 1))
    return f"<div class='verse' id='v'>{lines}</div>"


CASES: dict[str, tuple[str, list[Note]]] = {
    "a note of 900 words": (f"{filler(2)}<p id='a'>Word{call(1)} {some(80)}</p>{filler(6)}", [note(1, 900)]),
    "a note of 3000 words": (f"<p id='a'>Word{call(1)} {some(80)}</p>{filler(6)}", [note(1, 3000)]),
    "two long notes at once": (
        f"{filler(1)}<p id='a'>Word{call(1)} and{call(2)} {some(80)}</p>{filler(9)}",
        [note(1, 500), note(2, 600)],
    ),
    "in a heading": (f"{filler(3)}<h2 id='a'>A head{call(1)}</h2>{filler(6)}", [note(1, 60)]),
    "in a table": (f"{filler(1)}{table(30)}{filler(3)}", [note(k, 14) for k in range(1, 31)]),
    "in verse": (f"{filler(1)}{verse(30)}{filler(3)}", [note(k, 12) for k in range(1, 31)]),
    "in a caption": (
        f"{filler(2)}<figure id='a'><p id='b'>{some(20)}</p><figcaption id='c'>Caption{call(1)}</figcaption></figure>"
        f"{filler(4)}",
        [note(1, 50)],
    ),
    "two on one word": (
        f"{filler(2)}<p id='a'>{some(40)} Word{call(1)}{call(2)} {some(30)}</p>",
        [note(1, 30), note(2, 20)],
    ),
    "forty on one page": many(40, 2, 4),
    "forty longer ones": many(40, 12, 4),
    "hundred on few pages": many(100, 22, 9),
    "no room for one line of it": (
        f"<p id='a'>{some(174)}</p><p id='b'>{some(60, 2)} Last{call(1)}</p>{filler(3)}",
        [note(1, 40)],
    ),
    "in a list and a quotation": (
        f"{filler(2)}<ul id='u'><li id='i'>{some(30)}{call(1)}</li></ul>"
        f"<blockquote id='q'><p id='p'>{some(50)}{call(2)}</p></blockquote>{filler(3)}",
        [note(1, 130), note(2, 90)],
    ),
}
CASES |= {
    f"{words} words at the end of a chapter of {count}": (
        f"<p id='a'>{some(count)}</p><p id='b'>{some(30)} Last{call(1)}</p>",
        [note(1, words)],
    )
    for words in (10, 60, 400)
    for count in (190, 215, 240, 265, 290)
}


def laid(body: str, notes: list[Note], sheet: bytes) -> bytes:
    made = fixture.unit("text/one.md#0", "chapter", "body", f"<h1 id='h'>One</h1>{body}", notes, id="one")
    request = json.dumps({"side": "recto", "first": "0", "labels": {}})
    return pages.lay_out(json.dumps(made).encode(), request, sheet)


def lines_of(box: Any) -> Iterator[Any]:
    """The lines that hold text, with the folio and head left out."""
    for inner in box.descendants(placeholders=True):
        if type(inner).__name__ == "LineBox" and any(getattr(kid, "text", "").strip() for kid in inner.descendants()):
            yield inner


def overlaps(page: Any) -> list[str]:
    """Pairs of lines, of the text and of notes, that share ground."""
    rows = [line for kid in page._page_box.children if not getattr(kid, "at_keyword", "") for line in lines_of(kid)]
    found = []
    for k, one in enumerate(rows):
        for two in rows[k + 1 :]:
            across = min(one.position_x + one.width, two.position_x + two.width) - max(one.position_x, two.position_x)
            down = min(one.position_y + one.height, two.position_y + two.height) - max(one.position_y, two.position_y)
            if across > 0.5 and down > 0.5:
                found.append(" / ".join("".join(getattr(b, "text", "") for b in x.descendants()) for x in (one, two)))
    return found


def page_with(sheets: list[Any], word: str, *, in_notes: bool) -> int:
    """The page where a word stands, at the foot or in the text."""
    for number, page in enumerate(sheets):
        area = note_area(page)
        feet = {id(box) for box in (area.descendants() if area else ())}
        for box in text_boxes(page):
            if word in box.text.split() and (id(box) in feet) is in_notes:
                return number
    raise LookupError(word)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return fixture.style()


@pytest.mark.parametrize("name", CASES)
def test_notes_begin_where_they_are_called_overlap_nothing_and_are_whole(name: str, sheet: bytes) -> None:
    body, notes = CASES[name]
    blob = laid(body, notes, sheet)
    assert [problem.text for problem in pages.problems_of(blob)] == []
    sheets, ids = pages.load(blob, sheet), pages.facts_of(blob).ids
    for number, page in enumerate(sheets):
        assert overlaps(page) == [], number
        area = note_area(page)
        assert area is None or list(lines_of(area)), f"a rule without a note on page {number}"
    end = 0
    for made in notes:
        number, called = made["number"], ids[made["refs"][0]]
        begins = page_with(sheets, f"In{number}", in_notes=True)
        assert begins == called or begins == end > called, (name, number)
        end = page_with(sheets, f"Z{number}.", in_notes=True)
