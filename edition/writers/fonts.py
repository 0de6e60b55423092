"""The fonts of the house: where they are, what characters they have, and that no others are seen.

Knows font files and style sheets; knows no layout engine. With `disk.styles_folder` and the file that keeps the
system's fonts out of sight it is one of the stated exceptions to the one door (docs/architecture.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import tinycss2
from fontTools.ttLib import TTFont
from msgspec import Struct

from ..disk import styles_folder
from . import own_fonts

FOLDER = "fonts"
CONFIG = "fonts.conf"


class FontsMissing(OSError):
    """A font file of the house is not there: the set-up was not run."""


def hide_system_fonts() -> None:
    """Let fontconfig see no fonts but those that style sheets name; must be called before it is loaded."""
    os.environ["FONTCONFIG_FILE"] = str(styles_folder() / CONFIG)


class Face(Struct, frozen=True, order=True):
    """One font of a family, as an @font-face rule declares it."""

    family: str
    weight: int
    italic: bool
    file: str

    @property
    def is_own(self) -> bool:
        """Whether the edition brought it (own_fonts.py)."""
        return self.file.startswith(own_fonts.DATA)

    def characters(self) -> frozenset[str]:
        return _characters(self.file)


@cache
def _characters(file: str) -> frozenset[str]:
    is_own = file.startswith(own_fonts.DATA)
    with TTFont(BytesIO(own_fonts.unpacked(file)) if is_own else styles_folder() / file, lazy=True) as font:
        return frozenset(map(chr, font.getBestCmap()))


def faces(css: str) -> tuple[Face, ...]:
    """The faces that a style sheet declares, of the house or the edition's own. Raises FontsMissing."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    found = tuple(_face(_descriptors(rule)) for rule in rules if getattr(rule, "lower_at_keyword", "") == "font-face")
    for face in found:
        if not face.is_own and not (styles_folder() / face.file).is_file():
            raise FontsMissing(f"the font {Path(face.file).name} is missing: run `make setup`")
    return found


def _descriptors(rule: Any) -> dict[str, list[Any]]:
    declarations = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return {d.lower_name: [v for v in d.value if v.type != "whitespace"] for d in declarations}


def _face(given: Mapping[str, list[Any]]) -> Face:
    weight = next((v.serialize() for v in given.get("font-weight", ())), "400")
    style = next((v.serialize() for v in given.get("font-style", ())), "normal")
    source = next(_address(v) for v in given["src"] if _address(v))
    number = {"normal": 400, "bold": 700}.get(weight) or int(weight)
    return Face(" ".join(str(v.value) for v in given["font-family"]), number, style != "normal", str(source))


def _address(token: Any) -> str:
    """What stands in url(…), with or without quotes; "" for another token."""
    if token.type == "function" and token.lower_name == "url":
        return "".join(str(v.value) for v in token.arguments if v.type == "string")
    return str(token.value) if token.type == "url" else ""


def nearest(known: tuple[Face, ...], family: str, weight: int, italic: bool) -> Face | None:
    """The face of a family that is used for a weight and slant; None if there is no such family."""
    own = [face for face in known if face.family == family]
    return min(own, key=lambda face: (face.italic != italic, abs(face.weight - weight)), default=None)


def missing(text: str, chosen: Iterable[Face]) -> str:
    """The characters of a text that no face of a list has, each once; those that print nothing do not count."""
    left = set(text).difference(*(face.characters() for face in chosen))
    return "".join(char for char in dict.fromkeys(text) if char in left and not _is_unprinted(char))


def _is_unprinted(char: str) -> bool:
    code = ord(char)
    return char.isspace() or code in (0xAD, 0xFEFF) or 0x200B <= code <= 0x200F or 0x2028 <= code <= 0x206F
