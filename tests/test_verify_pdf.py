"""`edition verify` of PDFs: nothing against ours, and a word for each thing that is planted in them."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

import pikepdf
import pytest

from edition.verify import pdf as verify
from edition.writers import pdf
from edition.writers.painted import paint

from . import print_fixture as fixture


@cache
def for_press() -> bytes:
    made = fixture.printed()
    style, asked = fixture.style(), made.settled.requests
    units = [paint(made.blobs[key, request], request, style, "press", "3") for key, request in asked]
    return pdf.press(units, made.settled.page_map, fixture.IMPRINT, fixture.style(), fixture.MODIFIED, b"a profile")


def codes(data: bytes) -> list[str]:
    return sorted({problem.code for problem in verify.check("a.pdf", data)})


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(target)
    return target.getvalue()


def test_ours_are_without_fault() -> None:
    assert verify.check("a.pdf", fixture.printed().pdf) == []
    assert verify.check("a-print.pdf", for_press()) == []


def test_the_press_has_the_pages_of_the_screen() -> None:
    """Same pages, to which only blanks are added; the same words on each; trimmed size within a bleed of 3 mm."""
    with pikepdf.open(io.BytesIO(fixture.printed().pdf)) as screen, pikepdf.open(io.BytesIO(for_press())) as press:
        count = len(screen.pages)
        assert len(press.pages) == count + -count % 4
        for ours, theirs in zip(verify.painted(screen), verify.painted(press), strict=False):
            said = "".join([*ours.by_mark.values(), *ours.artifacts])
            assert sorted(said.replace(" ", "")) == sorted("".join(theirs.loose).replace(" ", ""))
        page = press.pages[9]
        trim, media = [[float(side) for side in page.obj[name]] for name in ("/TrimBox", "/MediaBox")]
        assert [round((trim[n] - media[n]) / 72 * 25.4, 2) for n in range(4)] == [3, 3, -3, -3]
        assert str(press.Root.OutputIntents[0].S) == "/GTS_PDFX"


def test_same_bytes_for_the_press() -> None:
    first = for_press()
    for_press.cache_clear()
    assert for_press() == first


PLANTED: dict[str, tuple[str, Callable[[pikepdf.Pdf], None]]] = {}


def plant(code: str) -> Callable[[Callable[[pikepdf.Pdf], None]], Callable[[pikepdf.Pdf], None]]:
    def keep(change: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
        PLANTED[change.__name__] = code, change
        return change

    return keep


@plant("pdf-font")
def a_font_taken_out(found: pikepdf.Pdf) -> None:
    font = next(iter(found.pages[7].resources["/Font"].values()))
    for name in ("/FontFile2", "/FontFile3"):
        if name in font.DescendantFonts[0].FontDescriptor:
            del font.DescendantFonts[0].FontDescriptor[name]


@plant("pdf-box")
def a_page_of_another_size(found: pikepdf.Pdf) -> None:
    for name in ("/MediaBox", "/BleedBox", "/TrimBox"):
        found.pages[3].obj[name] = pikepdf.Array([0, 0, 300, 400])


@plant("pdf-link")
def a_link_to_nothing(found: pikepdf.Pdf) -> None:
    next(page for page in found.pages if "/Annots" in page.obj).obj.Annots[0].Dest = pikepdf.String("nowhere")


@plant("pdf-language")
def no_language(found: pikepdf.Pdf) -> None:
    del found.Root["/Lang"]


@plant("pdf-outline")
def a_stray_bookmark(found: pikepdf.Pdf) -> None:
    with found.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Never said", 1))


@plant("pdf-tag")
def text_outside_of_tags(found: pikepdf.Pdf) -> None:
    page = found.pages[7]
    name = next(iter(page.resources["/Font"].keys()))
    page.contents_add(f"BT {name} 9 Tf (\x00\x03) Tj ET".encode("latin-1"))


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(name: str) -> None:
    code, change = PLANTED[name]
    assert codes(changed(fixture.printed().pdf, change)) == [code]


def test_a_press_file_in_colours_or_with_links_is_refused() -> None:
    def coloured(found: pikepdf.Pdf) -> None:
        found.pages[2].contents_add(b"1 0 0 rg 0 0 10 10 re f")

    assert codes(changed(for_press(), coloured)) == ["pdf-press"]

    def linked(found: pikepdf.Pdf) -> None:
        found.pages[2].obj.Annots = pikepdf.Array()

    assert codes(changed(for_press(), linked)) == ["pdf-press"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no PDF at all", b"\x00" * 99])
def test_what_is_no_pdf_is_said(data: bytes) -> None:
    assert codes(data) == ["pdf-unreadable"]
