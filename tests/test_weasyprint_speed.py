"""What is sooner than WeasyPrint's own comes out the same: every box of every page, in place, size, text and style."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from weasyprint.layout import inline
from weasyprint.text import line_break

from edition.writers import pages, weasyprint_mends, weasyprint_speed

from . import print_fixture as fixture

FEATURES = ("font_size", "font_family", "font_weight", "color", "white_space", "margin_left", "text_indent", "hyphens")
LOOSE = """
.narrow { width: 150px; text-align: justify } .wide { word-spacing: 2px; letter-spacing: 0.5px; width: 190px }
.flex { display: flex } .grey { background: #ddd; border-radius: 4px } .small { font-variant: small-caps }
li { margin-left: 2em } .led::after { content: leader('.') ' ' counter(page) }
.closer { word-spacing: -1px; width: 120px } table.lines { border-collapse: collapse }
p.first::first-line { font-style: italic } p.first::first-letter { font-size: 200% }
"""
GERMAN = (
    "Donaudampfschifffahrtskapitäne überqueren gelegentlich mit Regenschirmen bewaffnete Straßenkreuzungen, "
    "und Zuckerbäcker backen ununterbrochen Zimtplätzchen, wel\u00adche nie\u00admand ver\u00adschmäht. "
)


@contextmanager
def slowly() -> Iterator[None]:
    """As WeasyPrint alone does it, its faults mended."""
    weasyprint_speed.uninstall()
    line_break.split_first_line = inline.split_first_line = weasyprint_mends.mended_split_first_line(sooner=False)
    try:
        yield
    finally:
        weasyprint_mends.install()
        weasyprint_speed.install()


def look(box: Any) -> tuple[Any, ...]:
    place = tuple(getattr(box, name, None) for name in ("position_x", "position_y", "width", "height", "baseline"))
    style = tuple(str(box.style[name]) for name in FEATURES)
    spaced = getattr(getattr(box, "pango_layout", None), "justification_spacing", 0)
    layer = getattr(box, "background", None)
    return type(box).__name__, box.element_tag, getattr(box, "text", ""), place, spaced, layer is None, style


def looks(made: dict[str, Any], sheet: bytes) -> list[Any]:
    request = json.dumps({"side": "recto", "first": "1", "labels": dict.fromkeys(fixture.TARGETS, "00")})
    blob = pages.lay_out(json.dumps(made).encode(), request, sheet)
    found = pages.load(blob, sheet)
    boxes = [look(box) for page in found for box in page._page_box.descendants(placeholders=True)]
    ends = [(page.anchors, [link[:3] for link in page.links], page.bookmarks) for page in found]
    return [pages.facts_of(blob), ends, *boxes]


def loose() -> dict[str, Any]:
    text = " ".join(fixture.WORDS) * 2
    notes = [fixture.note(f"n{n}", n, f"Note {n} of {text}") for n in range(1, 5)]
    calls = "".join(f"<p id='c{n}'>{text} {fixture.call(f'n{n}', n)} <em>{text}</em></p>" for n in range(1, 5))
    kinds = ("narrow", "wide", "closer", "first", "small", "grey", "narrow led")
    body = "".join(
        f"<p class='{kind}' id='{kind[:3]}{n}'><span id='s{kind[:3]}{n}'>{text}</span> <b>{word}</b></p>"
        for kind in kinds
        for n, word in enumerate(("correspondence", "book", "opposition"))
    )
    german = "".join(
        f"<p lang='de' class='{kind}' id='d{n}'>{GERMAN * 3}</p>" for n, kind in enumerate(("narrow", "wide"))
    )
    lists = "<ul><li id='l1'>one</li><li id='l2'>two<ol><li>deep</li><li id='l3'>deeper</li></ol></li></ul>"
    rows = "<tr><td id='t1'>a</td><td>b</td></tr><tr><td>c</td><td id='t2'>d</td></tr>"
    table = f"<table class='lines' id='t'><tbody>{rows}</tbody></table>"
    flex = "<div class='flex' id='f'><p id='f1'>one</p><p id='f2'>two and three</p><p>four</p></div>"
    flex += "<div class='flex'><p id='f3'>x</p></div>"
    body = f"<h1 id='h'>Loose</h1>{body}{german}{lists}{table}{flex}{calls}"
    return fixture.unit("loose.md#0", "chapter", "body", body, notes)


@pytest.mark.parametrize("number", range(6))
def test_every_box_of_the_fixture_is_as_weasyprint_has_it(number: int) -> None:
    made, sheet = fixture.edition()[number], fixture.style()
    with slowly():
        wanted = looks(made, sheet)
    assert looks(made, sheet) == wanted


def test_every_box_of_loose_things_is_as_weasyprint_has_it() -> None:
    made, sheet = loose(), fixture.style(LOOSE)
    with slowly():
        wanted = looks(made, sheet)
    assert len(wanted) > 1000 and looks(made, sheet) == wanted
