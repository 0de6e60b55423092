"""Headings of the index said again at the top of a column or page where their entry goes on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from edition.writers import pages
from edition.writers.laid_out import text_boxes

from . import print_fixture as fixture

AGAIN = "Trotsky, Leon (continued)"


def index(before: int, subs: int, name: str = "Trotsky, Leon") -> dict[str, Any]:
    """An index of short entries, then of one with sub-headings."""
    short = "".join(f'<li><span class="name">Short {n}</span></li>' for n in range(before))
    inner = "".join(f'<li><span class="name">matter {n}</span></li>' for n in range(subs))
    long = f'<li><span class="name">{name}</span><ul class="sub">{inner}</ul></li>'
    body = f'<h1>Index</h1><section><h2>T</h2><ul class="index">{short}{long}</ul></section>'
    return fixture.unit("@index", "index", "back", body)


def columns(made: dict[str, Any]) -> list[list[str]]:
    """The lines of each column, in order; nothing may be wrong with the pages."""
    request = json.dumps({"side": "recto", "first": "0", "labels": {}})
    blob = pages.lay_out(json.dumps(made).encode(), request, fixture.style())
    assert pages.problems_of(blob) == []
    found: dict[tuple[int, bool], list[str]] = {}
    for number, page in enumerate(pages.load(blob, fixture.style())):
        for box in text_boxes(page):
            if box.element is not None and (box.element_tag == "span" or box.element.tag == "span"):
                middle = page._page_box.content_box_x() + page._page_box.width / 2
                found.setdefault((number, box.position_x > middle), []).append(box.text.replace("\u00a0", " "))
    return [lines for _, lines in sorted(found.items())]


@pytest.mark.parametrize("before", range(4))
def test_a_heading_is_said_again_at_the_top_of_every_column_where_its_entry_goes_on(before: int) -> None:
    found = columns(index(20 + before, 150))
    begun = next(n for n, lines in enumerate(found) if "Trotsky, Leon" in lines)
    assert [lines[0] for lines in found[begun + 1 :]] == [AGAIN] * (len(found) - begun - 1)
    assert len(found) - begun > 3
    told = [line for lines in found for line in lines]
    assert told.count(AGAIN) == len(found) - begun - 1
    assert [line for line in told if line.startswith("matter")] == [f"matter {n}" for n in range(150)]


@pytest.mark.parametrize("before", [3, 6, 40])
def test_an_entry_that_is_whole_is_said_once(before: int) -> None:
    for lines in columns(index(before, 4)):
        goes_on = any(line.startswith("matter") for line in lines) and "Trotsky, Leon" not in lines
        assert [line for line in lines if line == AGAIN] == [AGAIN] * goes_on and (not goes_on or lines[0] == AGAIN)


def test_a_long_heading_turns_over_and_says_it_all() -> None:
    name = " ".join(["Trotsky, Leon, whose name is as long as a line and longer"] * 2)
    again = [line for lines in columns(index(20, 150, name)) for line in lines if "(continued)" in line]
    assert len(again) > 3
