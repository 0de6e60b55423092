"""The house's fonts in an e-book, cut down to the characters that it has: for editions that ask for them.

Knows font files and characters; knows no document. EPUB 3.3 §3.2 (core media types: font/ttf); the fonts' licence (SIL
OFL) allows to embed parts of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Source Serif"
FACES = {
    "SourceSerif4-Regular.ttf": "",
    "SourceSerif4-It.ttf": " font-style: italic;",
    "SourceSerif4-Bold.ttf": " font-weight: 700;",
    "SourceSerif4-BoldIt.ttf": " font-weight: 700; font-style: italic;",
}
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u2010\u2013\u2026\u2018\u2019\u201c\u201d"
_FEATURES = [*subset.Options._layout_features_default, "smcp", "c2sc", "onum", "lnum", "tnum", "pnum"]


def sheet() -> bytes:
    """The style sheet that names the faces and sets the book in them; readers may choose others, as ever."""
    rules = [
        f'@font-face {{ font-family: "{FAMILY}"; src: url("../fonts/{file}");{how} }}' for file, how in FACES.items()
    ]
    return ("\n".join([*rules, f'body {{ font-family: "{FAMILY}", serif; }}']) + "\n").encode()


def cut(font: Path, characters: Iterable[str]) -> bytes:
    """A font with these characters and those of ALWAYS, as far as it has them; the same bytes for the same."""
    options = subset.Options(layout_features=_FEATURES, hinting=False, notdef_outline=True, recalc_timestamp=False)
    with TTFont(font, recalcTimestamp=False) as whole:
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=sorted({ord(character) for character in (*characters, *ALWAYS)}))
        cutter.subset(whole)
        data = BytesIO()
        whole.save(data, reorderTables=True)
    return data.getvalue()
