"""Units painted apart and put together are the pages that WeasyPrint itself writes, wherever they come to stand."""

from __future__ import annotations

import io
import json
import re
import subprocess
from functools import cache
from typing import Any

import pikepdf
import pytest
from weasyprint import Document
from weasyprint.pdf.metadata import DocumentMetadata

from edition.book import PageMap, PageStart
from edition.writers import pages, pdf
from edition.writers.painted import load, paint

from . import print_fixture as fixture
from .test_pdf import tool

REQUEST = json.dumps({"side": "recto", "first": "1", "labels": {}})
DRAWN = """
.faint { opacity: 0.4 } .dawn { background: linear-gradient(red, blue); height: 40px }
.tiled { background: repeating-radial-gradient(circle, green 0 4px, white 4px 8px); height: 40px; width: 60px }
@page { @bottom-center { color: rgb(0 0 0 / 0.3); opacity: 0.6 } @top-left { color: rgb(90 0 0 / 0.45) } }
.turned { transform: rotate(4deg) } .round { border: 2px solid navy; border-radius: 8px; overflow: hidden }
"""
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" width="100" height="40">
<defs><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><circle cx="4" cy="4" r="3"/></pattern>
<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-opacity="0.2"/></linearGradient></defs>
<rect width="50" height="40" fill="url(#p)"/><rect x="50" width="50" height="40" fill="url(#g)" opacity="0.5"/>
<text x="4" y="30" font-family="Source Serif 4" font-size="12">Drawn</text></svg>"""


def unit(name: str, word: str) -> dict[str, Any]:
    """A chapter of two pages that draws with groups, patterns and shadings."""
    drawn = f"<p class='faint'>Faint {word}</p><div class='dawn'></div><div class='tiled'></div>"
    more = f"<p class='turned'>Turned {word}</p><p class='round'>Round {word} <em>and fine</em></p>"
    figure = f'<figure><img src="{name}.svg" alt="Drawn"/></figure>'
    body = f"<h1>{word}</h1>{drawn}{figure}{more}<p style='break-before: page'>{' '.join(fixture.WORDS)} {word}</p>"
    return {**fixture.unit(f"{name}.md#0", "chapter", "body", body), "images": {f"{name}.svg": ""}}


@cache
def laid() -> tuple[bytes, ...]:
    made = (("one", "Alpha"), ("two", "Beta"))
    pictures = {"one": SVG, "two": SVG.replace('r="3"', 'r="1"').replace("red", "lime")}
    sheet = fixture.style(DRAWN)
    return tuple(
        pages.lay_out(
            json.dumps(unit(*each)).encode(), REQUEST, sheet, [(f"{each[0]}.svg", pictures[each[0]].encode())]
        )
        for each in made
    )


@cache
def page_map() -> PageMap:
    """As if both units had been laid out with the numbers that their pages have: 1 and 2, twice."""
    units = [(f"{name}.md#0", pages.facts_of(blob)) for name, blob in zip(("one", "two"), laid(), strict=True)]
    starts = [PageStart(str(n), key, *start) for key, facts in units for n, start in enumerate(facts.starts, 1)]
    return PageMap(tuple(start.label for start in starts), {}, tuple(starts))


def together() -> bytes:
    sheet = fixture.style(DRAWN)
    units = pdf._in_order([paint(blob, REQUEST, sheet, "plain") for blob in laid()], page_map(), sheet, "plain")
    return pdf._written(units, DocumentMetadata(), sheet, lambda _: None)


def by_weasyprint() -> bytes:
    sheet = fixture.style(DRAWN)
    sheets = [page for blob in laid() for page in pages.load(blob, sheet)]
    own = Document([], DocumentMetadata(), None, pages.setting(sheet).fonts, {}, None).copy(sheets)
    data: bytes = own.write_pdf()
    return data


def pictures_of(data: bytes) -> list[bytes]:
    command = [tool("pdftoppm"), "-r", "80", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.split(b"P6\n")[1:]


def test_pages_look_as_weasyprint_paints_them() -> None:
    ours, theirs = pictures_of(together()), pictures_of(by_weasyprint())
    assert len(ours) == len(theirs) == 4
    assert [n for n, (one, other) in enumerate(zip(ours, theirs, strict=True)) if one != other] == []
    assert ours[0] != ours[2], "the two units draw different things under the same names"


def test_words_and_fonts_are_those_of_weasyprint() -> None:
    for command in ([tool("pdftotext"), "-bbox", "-", "-"], [tool("pdffonts"), "-"]):
        found = [
            subprocess.run(command, input=data, capture_output=True, check=True).stdout
            for data in (together(), by_weasyprint())
        ]
        found = [re.sub(rb"(\.\d)\d+", rb"\1", each) for each in found]
        if command[0].endswith("pdffonts"):  # with the numbers of objects in the last column
            found = [b"\n".join(sorted(line[:70] for line in each.splitlines())) for each in found]
        assert found[0] == found[1]


def test_a_painted_unit_says_nothing_of_where_it_stands() -> None:
    """Its bytes are those of the same pages painted again; only gaps hold what the whole edition decides."""
    sheet = fixture.style(DRAWN)
    painted = paint(laid()[0], REQUEST, sheet, "plain")
    assert painted == paint(laid()[0], REQUEST, sheet, "plain")
    gaps = [gap for page in load(painted, sheet).pages for gap in page.gaps]
    assert [(gap.target, gap.folio) for gap in gaps] == [("", (None,))] * 2


@pytest.mark.parametrize(("way", "operator"), [("plain", b" rg"), ("press", b" k")])
def test_a_press_gets_black_ink_alone(way: str, operator: bytes) -> None:
    sheet = fixture.style()
    made = json.dumps(fixture.unit("one.md#0", "chapter", "body", "<h1>One</h1><p>Text.</p>")).encode()
    unit_ = load(paint(pages.lay_out(made, REQUEST, sheet), REQUEST, sheet, way, "3"), sheet)
    content = b"".join(piece for piece in unit_.pages[0].content if isinstance(piece, bytes))
    assert operator in content and unit_.pages[0].bleed["top"] == pytest.approx(3 * 96 / 25.4)


def test_structure_tree_is_written_for_the_screen_alone() -> None:
    sheet = fixture.style(DRAWN)
    units = [paint(blob, REQUEST, sheet, "screen") for blob in laid()]
    with pikepdf.open(io.BytesIO(pdf.screen(units, page_map(), fixture.IMPRINT, sheet, fixture.MODIFIED))) as made:
        kinds = [str(kid.S) for kid in made.Root.StructTreeRoot.K[0].K]
    assert kinds == ["/Sect", "/Sect"]
    with pikepdf.open(io.BytesIO(together())) as made:
        assert "/StructTreeRoot" not in made.Root
