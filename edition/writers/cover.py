"""A cover drawn from title, subtitle, creators and publisher, as a PNG: for editions that bring none of their own.

Knows the imprint (the JSON of edition.yaml) and the fonts of the house; knows no EPUB. Same imprint, same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 1600, 2560
MARGIN = 160
PAPER = "#f5f0e6"
# Grounds dark enough for paper-coloured letters: contrast of 8 and more.
GROUNDS = ("#6f1d1f", "#1d3b4f", "#2c4232", "#3d2c4d", "#4d3a22", "#20304f")
TITLE, SMALLEST_TITLE = 190, 90
_LETTERS = 255  # in greys, until the picture gets its colours
Font = ImageFont.FreeTypeFont


def cover(imprint: Mapping[str, Any], fonts: Path) -> bytes:
    """The PNG (1600 × 2560 pixels). `fonts` is the folder of the house's fonts."""
    image = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    draw.rectangle((70, 70, WIDTH - 70, HEIGHT - 70), outline=_LETTERS, width=3)
    below = _title(draw, str(imprint["title"]), fonts)
    if imprint.get("subtitle"):
        subtitle = _font(fonts, "SourceSerif4Display-It", 84)
        below = _lines(draw, _wrapped(imprint["subtitle"], subtitle), subtitle, below + 70)
    draw.line((MARGIN, below + 120, MARGIN + 260, below + 120), fill=_LETTERS, width=5)
    _foot(draw, imprint, fonts)
    return _png(ImageOps.colorize(image, *colours(imprint)))


def colours(imprint: Mapping[str, Any]) -> tuple[str, str]:
    """Ground and letters of an edition's covers: its own choice, else one of ours by its id."""
    own = imprint.get("cover") or {}
    seed = hashlib.blake2b(str(imprint["id"]).encode(), digest_size=1).digest()[0]
    return own.get("ground") or GROUNDS[seed % len(GROUNDS)], own.get("paper") or PAPER


def description(imprint: Mapping[str, Any]) -> str:
    """What the cover shows, for those who do not see it."""
    parts = [imprint["title"], imprint.get("subtitle"), *(creator["name"] for creator in imprint["creators"])]
    return ". ".join(part for part in parts if part)


def _font(fonts: Path, name: str, size: int) -> Font:
    return ImageFont.truetype(str(fonts / f"{name}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


def _title(draw: ImageDraw.ImageDraw, title: str, fonts: Path) -> float:
    """The title, as large as goes on six lines; where it ends."""
    for size in range(TITLE, SMALLEST_TITLE, -10):
        font = _font(fonts, "SourceSerif4Display-Regular", size)
        lines = _wrapped(title, font)
        if len(lines) <= 6 and max(map(font.getlength, lines)) <= WIDTH - 2 * MARGIN:
            break
    return _lines(draw, lines, font, 330)


def _foot(draw: ImageDraw.ImageDraw, imprint: Mapping[str, Any], fonts: Path) -> None:
    names = _font(fonts, "SourceSerif4-Regular", 72)
    publisher = (imprint.get("publisher") or {}).get("name") or ""
    lines = [line for creator in imprint["creators"][:4] for line in _wrapped(creator["name"], names)]
    top = HEIGHT - 330 - 95 * len(lines)
    _lines(draw, lines, names, top)
    if publisher:
        _lines(draw, [publisher], _font(fonts, "SourceSerif4-It", 56), HEIGHT - 240)


def _lines(draw: ImageDraw.ImageDraw, lines: Sequence[str], font: Font, top: float) -> float:
    """Lines set flush left from `top`; where they end."""
    leading = font.size * 1.18
    for count, line in enumerate(lines):
        draw.text((MARGIN, top + count * leading), line, font=font, fill=_LETTERS)
    return top + len(lines) * leading


def _wrapped(text: str, font: Font) -> list[str]:
    """Words on as few lines as the measure allows, the lines as even as can be."""
    limit = WIDTH - 2 * MARGIN
    words = [part for word in text.split() for part in _parts(word, font, limit)]
    least = len(_greedy(words, font, limit))
    narrowest = next(w for w in range(200, limit + 20, 20) if len(_greedy(words, font, w)) == least or w >= limit)
    return _greedy(words, font, min(narrowest, limit))


def _parts(word: str, font: Font, limit: float) -> list[str]:
    """A word, cut where it would run over the measure."""
    parts = [""]
    for letter in word:
        if font.getlength(parts[-1] + letter) > limit:
            parts.append("")
        parts[-1] += letter
    return parts


def _greedy(words: Sequence[str], font: Font, limit: float) -> list[str]:
    breaks = [0]
    for count in range(1, len(words)):
        if font.getlength(" ".join(words[breaks[-1] : count + 1])) > limit:
            breaks.append(count)
    return [" ".join(words[a:b]) for a, b in pairwise([*breaks, len(words)])]


def _png(image: Image.Image) -> bytes:
    """A palette of 64 shades is enough for letters on a ground, and a tenth of the size."""
    data = BytesIO()
    image.quantize(64, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()
