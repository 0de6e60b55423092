"""Whether the machine-readable date of a source agrees with the words it stands around.

Knows words and EDTF; knows no tree. A date may be more exact than its words, since what is around them may say more;
it may not say otherwise.
"""

from __future__ import annotations

import re

from .. import edtf
from ..patterns import late
from .calendar_words import find

_NUMERIC = late(r"\D?(\d{1,2})\s*[-./ ,]\s*(\d{1,2}|[IVX]+)\s*[-./ ,'’]*\s*(\d{4}|\d{2})\W*")
_SHORT_YEAR = late(r"(?<![0-9])['’]?([0-9]{2})\W*\Z")
_ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()


def said(words: str, language: str, near: str, style: edtf.Style = edtf.OURS) -> str:
    """What the words of a date say, as EDTF; "" where they cannot be read by themselves ("Saturday", "the 21st").

    A year of two digits is of the century of `near` (ISO 8601), as are days and months that are written in figures.
    """
    text = " ".join(words.split()).strip(" ,;:()[]")
    found = find(text, language, style=style)
    if len(found) == 1 and not re.search(r"\w", text[: found[0].start] + text[found[0].end :]):
        return found[0].edtf
    match = _NUMERIC.fullmatch(text)
    if match:
        return _in_figures(match, near, style)
    longer = _SHORT_YEAR.sub(rf" {near[:2]}\1", text)
    found = find(longer, language, style=style) if longer != text and re.search(r"[^\W\d_]", text) else []
    covers = len(found) == 1 and not re.search(r"\w", longer[: found[0].start] + longer[found[0].end :])
    return found[0].edtf if covers else ""


def _in_figures(match: re.Match[str], near: str, style: edtf.Style) -> str:
    """16 9 91, 9/16/91: the order of day and month is that of `near`, if either is."""
    day, year = int(match[1]), match[3] if len(match[3]) == 4 else near[:2] + match[3]
    month = int(match[2]) if match[2].isdigit() else _ROMAN.index(match[2]) + 1 if match[2] in _ROMAN else 0
    read = [edtf.ours(f"{year}-{m:02d}-{d:02d}", style) for d, m in ((day, month), (month, day))]
    ways = [date.text for date in read if isinstance(date, edtf.Edtf)]
    return near if near in ways else ways[0] if ways else ""


def disagrees(words: str, language: str, value: str, style: edtf.Style = edtf.OURS) -> str:
    """What the words say, if the value of their date (EDTF) says otherwise; "" if it does not. `style` is that of the
    words."""
    tagged = edtf.parse(value)
    if tagged is None or not tagged.first:
        return ""
    own = said(words, language, tagged.first if "/" in value else value, style)
    read = edtf.parse(own) if own else None
    if read is None or not (read.first and read.last and tagged.last):
        return ""
    return "" if read.first <= tagged.first and tagged.last <= read.last else own
