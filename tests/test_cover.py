"""The cover that is drawn where an edition brings none."""

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import weasyprint
from PIL import Image, ImageChops, ImageStat

from edition.disk import styles_folder
from edition.writers.cover import GROUNDS, HEIGHT, PAPER, WIDTH, as_png, colours, description, drawing
from edition.writers.cover_svg import as_svg

from .conftest import Built
from .outputs import XHTML, needs, opened

FONTS = styles_folder() / "fonts"
PLAIN: dict[str, Any] = {"id": "x", "title": "Two Letters", "creators": [{"name": "Ada Editor"}]}


def cover(imprint: dict[str, Any]) -> bytes:
    return as_png(drawing(imprint, FONTS), *colours(imprint))


def drawn(imprint: dict[str, Any]) -> bytes:
    return as_svg(drawing(imprint, FONTS), *colours(imprint), description(imprint))


def picture(imprint: dict[str, Any]) -> Image.Image:
    return Image.open(BytesIO(cover(imprint)))


def test_same_imprint_same_bytes() -> None:
    for made in (cover, drawn):
        assert made(PLAIN) == made(dict(PLAIN))
        assert made(PLAIN) != made({**PLAIN, "title": "Three Letters"})


@pytest.mark.parametrize(
    "title",
    ["A", "Two Letters", "A History of the Correspondence of Madame de Sévigné and her Daughter " * 2, "W" * 40],
)
def test_nothing_runs_over_the_edge(title: str) -> None:
    """Outside the frame there is only ground."""
    image = picture({**PLAIN, "title": title, "subtitle": "With notes", "publisher": {"name": "A Press"}}).convert(
        "RGB"
    )
    assert image.size == (WIDTH, HEIGHT)
    ground = image.getpixel((5, 5))
    assert all(
        image.crop(box).getcolors() == [(60 * HEIGHT, ground)]
        for box in ((0, 0, 60, HEIGHT), (WIDTH - 60, 0, WIDTH, HEIGHT))
    )


def test_drawing_and_picture_are_alike(tmp_path: Path) -> None:
    """Every letter at its place: the SVG, printed and made a picture again, hardly differs from the PNG."""
    imprint = {**PLAIN, "title": "Affable Wars: Čapek & Вавилов", "subtitle": "With notes", "publisher": {"name": "Y"}}
    (tmp_path / "cover.svg").write_bytes(drawn(imprint))
    style = f"@page {{size: {WIDTH}px {HEIGHT}px; margin: 0}} body {{margin: 0}} img {{width: 100%; display: block}}"
    weasyprint.HTML(string=f"<style>{style}</style><img src='cover.svg'>", base_url=str(tmp_path)).write_pdf(
        tmp_path / "cover.pdf"
    )
    subprocess.run(
        [needs("pdftoppm"), "-r", "96", "-png", "-singlefile", tmp_path / "cover.pdf", tmp_path / "cover"], check=True
    )
    printed = Image.open(tmp_path / "cover.png").convert("L").resize((400, 640))
    expected = picture(imprint).convert("L").resize((400, 640))
    assert ImageStat.Stat(ImageChops.difference(printed, expected)).mean[0] < 1.5


def luminance(colour: str) -> float:
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("ground", GROUNDS)
def test_letters_can_be_read(ground: str) -> None:
    """WCAG 2.2, 1.4.6: a contrast of 7 and more."""
    assert (luminance(PAPER) + 0.05) / (luminance(ground) + 0.05) >= 7


def test_an_edition_may_choose_its_colours() -> None:
    image = picture({**PLAIN, "cover": {"ground": "#102030", "paper": "#ffeedd"}}).convert("RGB")
    shades = {colour for _, colour in image.getcolors(WIDTH * HEIGHT) or ()}
    assert {(0x10, 0x20, 0x30), (0xFF, 0xEE, 0xDD)} <= shades


def test_the_description_says_what_is_on_it() -> None:
    assert description({**PLAIN, "subtitle": "With notes"}) == "Two Letters. With notes. Ada Editor"


def test_an_edition_has_its_cover_and_a_page_for_it(built: Built) -> None:
    book = opened(built.file("epub").read_bytes())
    item = next(i for i in book.package.iter("{*}item") if i.get("properties") == "cover-image")
    assert book.files[f"EPUB/{item.get('href')}"][:8] == b"\x89PNG\r\n\x1a\n"
    assert next(iter(book.documents)) == "cover.xhtml"
    [drawing] = book.documents["cover.xhtml"].iter(f"{XHTML}source")
    assert drawing.get("srcset") == "../images/cover.svg" and b"<svg" in book.files["EPUB/images/cover.svg"]
