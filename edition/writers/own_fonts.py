"""Fonts that an edition brings, put into its own style sheet: so a layout needs nothing but the style it is given.

Knows the text of style sheets; knows no font and no layout. An edition has its fonts in styles/fonts/, and names them
as the house does: `@font-face { font-family: "My Hebrew"; src: url("fonts/MyHebrew.ttf") }`.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from ..problems import Place, Problem

DATA = "data:font/"
_NAMED = re.compile(r"""url\(\s*["']?(fonts/[^"')]+?\.(ttf|otf))["']?\s*\)""", re.IGNORECASE)
_HOUSE = 'url("fonts/SourceSerif4-Regular.ttf")'


def within(css: str, file: str, read: Callable[[str], bytes | None]) -> tuple[str, list[Problem]]:
    """The sheet with every font that the edition has in place of its name; an error for each that nobody has.

    `read` gives the bytes of a file of the edition, and with "house:" before its name of one of the house.
    """
    problems: list[Problem] = []

    def put(match: re.Match[str]) -> str:
        name, kind = match[1], match[2].lower()
        data = read(f"styles/{name}")
        if data is not None:
            return f'url("{DATA}{kind};base64,{base64.b64encode(data).decode()}")'
        if read(f"house:{name}") is not None:
            return match[0]
        before = css[: match.start(1)]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        problems.append(
            Problem("font-missing", place, f"there is no styles/{name}", "put the font there, or mend its name")
        )
        return _HOUSE

    return _NAMED.sub(put, css), problems


def unpacked(url: str) -> bytes:
    """The font in an address that `within` made."""
    return base64.b64decode(url.partition(",")[2])
