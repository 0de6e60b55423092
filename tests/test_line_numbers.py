"""Numbers of lines in the margin: beside which lines they stand; they move none and are no part of the text."""

from __future__ import annotations

import io
import json
import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from edition import builder
from edition.verify.tagged import painted, structure
from edition.writers import line_numbers, pages
from edition.writers.laid_out import note_area, text_boxes

from . import print_fixture as fixture

REQUEST = json.dumps({"side": "recto", "first": "0", "labels": {}})


def style(verse: int = 0, **lines: Any) -> bytes:
    return json.dumps({**json.loads(fixture.style()), "verse": verse, "lines": {**line_numbers.NONE, **lines}}).encode()


def unit(key: str = "text/one.md#0") -> dict[str, Any]:
    """A chapter of three pages: heads, paragraphs, notes, a quotation, verse, a list, a table."""
    dice, notes = random.Random(7), [fixture.note("n1", 1, "Of a note."), fixture.note("n2", 2, "Of two lines. " * 9)]
    words = [fixture.sentences(dice, 70) for _ in range(11)]
    verse = "".join(f'<p class="l" id="l{k}">Verse</p>' for k in range(4))
    parts = [
        f'<p id="a">{words[0]}{fixture.call("n1", 1)}</p><p id="b">{words[1]}</p><h2 id="h2">Headwithin</h2>',
        f'<blockquote id="q"><p id="qp">{words[2]}</p></blockquote><div class="lg" id="lg">{verse}</div>',
        f'<ul id="u"><li id="i">{words[3]}</li><li id="j">Short.</li></ul>',
        f'<p id="c">{words[4]}{fixture.call("n2", 2)}</p>',
        '<table id="t"><tr id="r"><td id="d">Cellone</td><td id="e">Celltwo</td></tr></table>',
        *(f'<p id="p{k}">{text}</p>' for k, text in enumerate(words[5:])),
    ]
    return fixture.unit(key, "chapter", "body", f'<h1 id="h">Headfirst</h1>{"".join(parts)}', notes, id="one")


def laid(sheet: bytes, key: str = "text/one.md#0") -> list[Any]:
    blob = pages.lay_out(json.dumps(unit(key)).encode(), REQUEST, sheet)
    assert pages.problems_of(blob) == []
    return pages.load(blob, sheet)


def numbers(page: Any) -> list[Any]:
    """The numbers of a page, in order."""
    margins = [box for box in page._page_box.children if getattr(box, "at_keyword", "") == line_numbers.AT]
    return [box for margin in margins for box in margin.descendants() if hasattr(box, "pango_layout")]


def places(page: Any) -> list[tuple[str, float, float]]:
    """All text of a page but its numbers, with its places."""
    own = {id(box) for box in numbers(page)}
    return [(box.text, box.position_x, box.position_y) for box in text_boxes(page) if id(box) not in own]


def counted(page: Any, verse: bool) -> list[float]:
    """The baselines of what is a line of text, found in another way: by the elements that runs of text belong to."""
    notes = {id(box) for area in filter(None, [note_area(page)]) for box in area.descendants()}
    apart = ("Head", "Cell") if verse else ("Head", "Cell", "Verse")
    found = set()
    for box in text_boxes(page):
        kind = "" if box.element is None else box.element.get("class") or box.element.tag
        if kind not in ("", "line-number") and id(box) not in notes and not box.text.startswith(apart):
            found.add(round(box.position_y + box.baseline, 2))
    return sorted(found)


@pytest.mark.parametrize("anew", ["page", "chapter"])
@pytest.mark.parametrize("verse", [0, 2])
def test_every_fifth_line_has_its_number_on_its_baseline(anew: str, verse: int) -> None:
    sheets, before = laid(style(verse, every=5, anew=anew)), 0
    assert len(sheets) >= 3
    for page in sheets:
        lines = counted(page, verse=not verse)
        expected = {str(count): line for count, line in enumerate(lines, before + 1) if count % 5 == 0}
        assert {box.text: round(box.position_y + box.baseline, 2) for box in numbers(page)} == expected
        assert len({round(box.position_x + box.width, 2) for box in numbers(page)}) == 1
        left = min(x for text, x, _ in places(page) if text.strip())
        assert all(box.position_x + box.width < left for box in numbers(page))
        before += len(lines) if anew == "chapter" else 0


def test_numbers_move_nothing_and_stand_beside_texts_only() -> None:
    assert [places(page) for page in laid(style(every=1))] == [places(page) for page in laid(style())]
    assert not any(map(numbers, laid(style())))
    assert not any(map(numbers, laid(style(every=1), "@index")))


def test_numbers_are_artifacts() -> None:
    made = [fixture.unit("@title", "title", "front", '<p class="title">T</p>'), unit()]
    with_, without = (fixture.print_out(made, sheet).pdf for sheet in (style(every=3), style()))
    read = [pikepdf.open(io.BytesIO(data)) for data in (with_, without)]
    told = [structure(pdf, painted(pdf)) for pdf in read]
    assert told[0] is not None and told[1] is not None and told[0].text() == told[1].text()
    artifacts = [[text.strip() for page in painted(pdf) for text in page.artifacts] for pdf in read]
    assert len(artifacts[0]) > len(artifacts[1]) + 20 and {"6", "27"} <= set(artifacts[0]) - set(artifacts[1])
    assert not any(page.loose for pdf in read for page in painted(pdf))


def test_an_edition_asks_for_them_and_the_reference_alone_has_them(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# One\n\n{fixture.sentences(random.Random(1), 90)}\n")
    yaml = "title: T\nlanguage: en\ncontents: {body: [a.md]}\npdf: {line_numbers: 7, also: [large-print]}\n"
    (tmp_path / "edition.yaml").write_text(yaml)
    made = builder.make(tmp_path, ("pdf",))
    read = {name: pikepdf.open(io.BytesIO(data)) for name, data in made.files.items() if name.endswith(".pdf")}
    found = {name: [text.strip() for page in painted(pdf) for text in page.artifacts] for name, pdf in read.items()}
    assert [("7" in texts, "large-print" in name) for name, texts in sorted(found.items())] == [
        (False, True),
        (True, False),
    ]
