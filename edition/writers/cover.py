"""A cover drawn from title, subtitle, creators and publisher: for editions that bring none of their own.

One drawing, as a PNG for the shelves of reading systems and as an SVG (cover_svg.py) for the page. Knows the imprint
(the JSON of edition.yaml) and the fonts of the house; knows no EPUB. Same imprint, same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, ImageOps

WIDTH, HEIGHT = 1600, 2560
MARGIN, FRAME = 160, 70
FRAME_RULE, SHORT_RULE, RULE = 3, 5, 260  # widths of two rules, and how long the short one is
LEADING = 1.18
PAPER = "#f5f0e6"
# Grounds dark enough for paper-coloured letters: contrast of 8 and more.
GROUNDS = ("#6f1d1f", "#1d3b4f", "#2c4232", "#3d2c4d", "#4d3a22", "#20304f")
TITLE, SMALLEST_TITLE = 190, 90
_LETTERS = 255  # in greys, until the picture gets its colours
Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cover: its words, the font that sets them, and the top of that font's ascenders."""

    text: str
    font: Font
    top: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is on a cover of 1600 × 2560: its lines, and how far down a short rule parts them."""

    lines: list[Line]
    rule: float


def drawing(imprint: Mapping[str, Any], fonts: Path) -> Drawing:
    """Where everything stands. `fonts` is the folder of the house's fonts."""
    lines = _title(str(imprint["title"]), fonts)
    if imprint.get("subtitle"):
        subtitle = _font(fonts, "SourceSerif4Display-It", 84)
        lines += _set(_wrapped(imprint["subtitle"], subtitle), subtitle, _below(lines) + 70)
    return Drawing([*lines, *_foot(imprint, fonts)], _below(lines) + 120)


def as_png(drawn: Drawing, ground: str, paper: str) -> bytes:
    """The picture of 1600 × 2560 pixels."""
    image = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(image)
    draw.rectangle((FRAME, FRAME, WIDTH - FRAME, HEIGHT - FRAME), outline=_LETTERS, width=FRAME_RULE)
    draw.line((MARGIN, drawn.rule, MARGIN + RULE, drawn.rule), fill=_LETTERS, width=SHORT_RULE)
    for line in drawn.lines:
        draw.text((MARGIN, line.top), line.text, font=line.font, fill=_LETTERS)
    return _png(ImageOps.colorize(image, ground, paper))


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


def _title(title: str, fonts: Path) -> list[Line]:
    """The title, as large as goes on six lines."""
    for size in range(TITLE, SMALLEST_TITLE, -10):
        font = _font(fonts, "SourceSerif4Display-Regular", size)
        lines = _wrapped(title, font)
        if len(lines) <= 6 and max(map(font.getlength, lines)) <= WIDTH - 2 * MARGIN:
            break
    return _set(lines, font, 330)


def _foot(imprint: Mapping[str, Any], fonts: Path) -> list[Line]:
    names = _font(fonts, "SourceSerif4-Regular", 72)
    publisher = (imprint.get("publisher") or {}).get("name") or ""
    lines = [line for creator in imprint["creators"][:4] for line in _wrapped(creator["name"], names)]
    found = _set(lines, names, HEIGHT - 330 - 95 * len(lines))
    return [*found, *_set([publisher] if publisher else [], _font(fonts, "SourceSerif4-It", 56), HEIGHT - 240)]


def _set(lines: Sequence[str], font: Font, top: float) -> list[Line]:
    """Lines flush left from `top`."""
    return [Line(line, font, top + count * font.size * LEADING) for count, line in enumerate(lines)]


def _below(lines: Sequence[Line]) -> float:
    """Where the last of some lines ends."""
    return lines[-1].top + lines[-1].font.size * LEADING


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
