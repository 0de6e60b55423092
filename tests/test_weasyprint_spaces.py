"""Lines that hold more between narrower spaces: they end where all lines end, and nothing else is set otherwise."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.writers import pages, weasyprint_spaces

from . import print_fixture as fixture

REQUEST = json.dumps({"side": "recto", "first": "1", "labels": {}})
TEXT = "".join(f"<p id='p{k}'>{fixture.sentences(random.Random(k), 40)}</p>" for k in range(40))


@contextmanager
def only_wider() -> Iterator[None]:
    """As WeasyPrint has it."""
    weasyprint_spaces.uninstall()
    try:
        yield
    finally:
        weasyprint_spaces.install()


def paragraphs(body: str, css: str = "") -> list[Any]:
    sheet = fixture.style(css)
    blob = pages.lay_out(json.dumps(fixture.unit("a.md#0", "chapter", "body", body)).encode(), REQUEST, sheet)
    assert pages.problems_of(blob) == []
    boxes = [box for page in pages.load(blob, sheet) for box in page._page_box.descendants()]
    return [box for box in boxes if box.element_tag == "p" and type(box).__name__ == "BlockBox"]


def text_boxes(line: Any) -> list[Any]:
    return [box for box in line.descendants() if hasattr(box, "pango_layout") and box.text]


def spacing(line: Any) -> float:
    """What its spaces gain or lose, in parts of the type's size."""
    return float(max((box.justification_spacing / box.style["font_size"] for box in text_boxes(line)), key=abs))


def lines(body: str, css: str = "") -> list[Any]:
    return [line for paragraph in paragraphs(body, css) for line in paragraph.children if text_boxes(line)]


def places(body: str, css: str = "") -> list[Any]:
    return [
        (box.text, box.position_x, box.position_y, box.width)
        for paragraph in paragraphs(body, css)
        for line in paragraph.children
        for box in text_boxes(line)
    ]


def test_wide_lines_become_fewer() -> None:
    def wide(found: list[Any]) -> int:
        return sum(spacing(line) > 0.2 for line in found)

    with only_wider():
        before = lines(TEXT, "p { hyphens: none }")
    after = lines(TEXT, "p { hyphens: none }")
    assert wide(after) < 0.9 * wide(before)
    assert min(map(spacing, before)) == 0 > min(map(spacing, after))


@given(st.integers(0, 10_000), st.integers(150, 420))
@settings(max_examples=15, deadline=None)
def test_every_line_ends_at_the_edge_and_no_space_is_too_narrow(seed: int, width: int) -> None:
    text = fixture.sentences(random.Random(seed), 60)
    body = f"<p id='a'>{text} <em>{text}</em>, <b>of</b>{text}</p>"
    (paragraph,) = paragraphs(body, f"p {{ width: {width}px; orphans: 1; widows: 1 }}")[:1]
    *full, last = [line for line in paragraph.children if text_boxes(line)]
    right = paragraph.content_box_x() + paragraph.width
    for line in full:
        assert spacing(line) > -weasyprint_spaces.NARROWER - 0.001
        end = text_boxes(line)[-1]
        assert abs(end.position_x + end.width - right) < 0.1 or " " not in "".join(box.text for box in text_boxes(line))
    assert text_boxes(last)[-1].position_x + text_boxes(last)[-1].width < right + 0.1


@pytest.mark.parametrize(
    ("change", "css"),
    [
        (str, "p { text-align: left }"),
        (str, "p { white-space: pre-wrap }"),
        (lambda text: text.replace(".<", "<span style='position: absolute'>x</span>.<"), ""),
        (lambda text: text.replace(".<", "<span style='float: left'>x</span>.<"), ""),
    ],
    ids=["ragged", "spaces kept", "placed", "floating"],
)
def test_all_else_is_as_weasyprint_has_it(change: Callable[[str], str], css: str) -> None:
    with only_wider():
        wanted = places(change(TEXT), css)
    assert places(change(TEXT), css) == wanted
