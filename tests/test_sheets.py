"""Pages on sheets: where poppler finds their words, which way up, and how near to the spine."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from edition.writers.imposition import Folding
from edition.writers.sheets import MILLIMETRE, PAPERS, imposed

from .outputs import needs

A5 = (148 * MILLIMETRE, 210 * MILLIMETRE)


@cache
def numbered(count: int, size: tuple[float, float] = A5) -> bytes:
    """Pages that say "page1", "page2" … near the left edge of the type area, their heads up."""
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    for number in range(1, count + 1):
        page = pdf.add_blank_page(page_size=size)
        name = page.add_resource(font, pikepdf.Name.Font)
        page.contents_add(f"BT {name} 12 Tf 100 400 Td (page{number}) Tj ET".encode())
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def words(data: bytes, folder: Path) -> list[dict[str, tuple[float, float]]]:
    """Of every side: word -> its lower left corner in points from the upper left of the paper."""
    path = folder / "sheets.pdf"
    path.write_bytes(data)
    said = subprocess.run([needs("pdftotext"), "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
    found: list[dict[str, tuple[float, float]]] = []
    for line in said.stdout.splitlines():
        if "<page " in line:
            found.append({})
        place = re.search(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)".*>(\w+)</word>', line)
        if place:
            found[-1][place[4]] = float(place[1]), float(place[2])
    return found


def test_two_pages_stand_on_a_side(tmp_path: Path) -> None:
    found = words(imposed(numbered(8), "a4", Folding(paper=0)), tmp_path)
    assert [sorted(side) for side in found] == [
        ["page1", "page8"],
        ["page2", "page7"],
        ["page3", "page6"],
        ["page4", "page5"],
    ]
    middle = PAPERS["a4"][0] * MILLIMETRE / 2
    assert found[0]["page8"][0] == pytest.approx(100 + middle - A5[0], abs=0.6)
    assert found[0]["page1"][0] == pytest.approx(100 + middle, abs=0.6)


def test_creep_moves_inner_pages_to_the_spine(tmp_path: Path) -> None:
    still, moved = (words(imposed(numbered(32), "a4", Folding(paper=paper)), tmp_path) for paper in (0.0, 0.5))
    for depth in range(8):
        for side in (2 * depth, 2 * depth + 1):
            for name, (x, _) in still[side].items():
                towards = 1 if x < PAPERS["a4"][0] * MILLIMETRE / 2 else -1
                assert moved[side][name][0] - x == pytest.approx(towards * depth * 0.5 * MILLIMETRE, abs=0.02)


def test_a_page_too_large_is_made_smaller_and_none_larger(tmp_path: Path) -> None:
    large = imposed(numbered(4, (500.0, 700.0)), "letter", Folding(paper=0))
    scale = min(PAPERS["letter"][0] / 2 * MILLIMETRE / 500, PAPERS["letter"][1] * MILLIMETRE / 700)
    assert words(large, tmp_path)[0]["page1"][0] == pytest.approx(
        PAPERS["letter"][0] / 2 * MILLIMETRE + 100 * scale, abs=0.6
    )
    small = imposed(numbered(4, (300.0, 400.0)), "a4", Folding(paper=0))
    with pikepdf.open(BytesIO(small)) as pdf:
        assert b" 1.00000 0 0 1.00000 " in pdf.pages[0].Contents.read_bytes()


def test_over_the_long_edge_backs_stand_on_their_heads(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(imposed(numbered(4), "a4", Folding(flip="long-edge")))) as pdf:
        front, back = (page.Contents.read_bytes() for page in pdf.pages)
    assert b"-1.00000 0 0 -1.00000" in back and b"-1.00000 0 0 -1.00000" not in front
    turned = words(imposed(numbered(4), "a4", Folding(flip="long-edge")), tmp_path)
    assert turned[1]["page3"][0] < PAPERS["a4"][0] * MILLIMETRE / 2 < turned[1]["page2"][0]


def test_two_passes_print_fronts_first(tmp_path: Path) -> None:
    found = words(imposed(numbered(8), "a4", Folding(passes="single")), tmp_path)
    assert [sorted(side)[0] for side in found] == ["page1", "page3", "page2", "page4"]


def test_same_bytes() -> None:
    assert imposed(numbered(12), "a4", Folding()) == imposed(numbered(12), "a4", Folding())
