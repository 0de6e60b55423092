"""Numbers of lines of verse: where they stand, and that they are no part of the text."""

from __future__ import annotations

import json

from edition.writers import pages
from edition.writers.laid_out import text_boxes
from edition.writers.verse import number_lines
from edition.xml import XHTML, parse

from . import print_fixture as fixture


def lines(count: int, *classes: str) -> str:
    return "".join(f'<p class="{" ".join(("l", *classes))}" id="l{k}">A line of it</p>' for k in range(count))


def numbered(body: str, every: int) -> list[str]:
    root = parse(f'<div xmlns="{XHTML}">{body}</div>'.encode())
    number_lines(root, every)
    return ["".join(each.itertext()) for each in root.iter(f"{{{XHTML}}}p")]


def test_each_poem_is_counted_by_itself_through_its_stanzas() -> None:
    poem = f'<div class="lg"><div class="lg">{lines(3)}</div><div class="lg">{lines(3)}</div></div>'
    told = numbered(poem * 2, 5)
    assert [k for k, text in enumerate(told) if text == "5A line of it"] == [4, 10]
    assert numbered(poem, 0) == ["A line of it"] * 6


def test_drama_is_counted_through_and_a_shared_line_counts_once() -> None:
    speech = f'<div class="sp"><p class="speaker">A</p>{lines(2)}</div><div class="sp">{lines(1, "step-3")}</div>'
    told = [text for text in numbered(speech * 3, 5) if text != "A"]
    assert [k for k, text in enumerate(told) if text == "5A line of it"] == [6]


def test_numbers_are_printed_and_no_word_is_lost_or_gained() -> None:
    made = fixture.unit("text/one.md#0", "chapter", "body", f'<h1 id="h">One</h1><div class="lg">{lines(60)}</div>')
    plain = json.loads(fixture.style())
    style = json.dumps({**plain, "verse": 5}).encode()
    request = json.dumps({"side": "recto", "first": "0", "labels": {}})
    blob = pages.lay_out(json.dumps(made).encode(), request, style)
    assert pages.problems_of(blob) == []
    found = [box for page in pages.load(blob, style) for box in text_boxes(page)]
    said = [box for box in found if box.element is not None and box.element.get("class") == "line-number"]
    assert [box.text for box in said] == [str(k) for k in range(5, 61, 5)]
    assert len({round(box.position_x + box.width) for box in said}) <= 2  # flush, on rectos and on versos


def test_no_speaker_stays_behind_at_the_foot_of_a_page() -> None:
    style = json.dumps({**json.loads(fixture.style()), "verse": 1}).encode()
    request = json.dumps({"side": "recto", "first": "0", "labels": {}})
    speech = f'<div class="sp"><p class="speaker">Kunz</p><div class="lg">{lines(3)}</div></div>'
    for more in range(4):  # of the lines of a speech and the space above it, one after another falls to the foot
        body = f'<h1 id="h">One</h1><div class="lg">{lines(20 + more)}</div>{speech * 3}'
        made = fixture.unit("text/one.md#0", "chapter", "body", body)
        for page in pages.load(pages.lay_out(json.dumps(made).encode(), request, style), style):
            last = [box for box in text_boxes(page) if box.element is not None and box.element.tag == "p"][-1]
            assert last.text != "Kunz"
