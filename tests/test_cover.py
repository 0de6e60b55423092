"""The cover that is drawn where an edition brings none."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from edition.disk import styles_folder
from edition.writers.cover import GROUNDS, HEIGHT, PAPER, WIDTH, cover, description

from .conftest import Built
from .outputs import opened

FONTS = styles_folder() / "fonts"
PLAIN: dict[str, Any] = {"id": "x", "title": "Two Letters", "creators": [{"name": "Ada Editor"}]}


def picture(imprint: dict[str, Any]) -> Image.Image:
    return Image.open(BytesIO(cover(imprint, FONTS)))


def test_same_imprint_same_bytes() -> None:
    assert cover(PLAIN, FONTS) == cover(dict(PLAIN), FONTS)
    assert cover(PLAIN, FONTS) != cover({**PLAIN, "title": "Three Letters"}, FONTS)


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
