"""Rules that look at a few characters: composed letters, ellipses, dashes, spaces.

Knows texts and conventions; knows no tree. A rule gives its Edits and changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from ...patterns import late
from .conventions import NARROW, NO_BREAK, Convention
from .edits import Edit

_DECOMPOSED = late("[^\\s\x1f]+")
_DOTS = late(r"(?<![.…])(?:\.{3}|\.(?:[ \u00a0]\.){2})(?![ \u00a0]?\.(?:[ \u00a0]?\.)+)")
_SPACED = late(r"(?<=[\S\x1f])[ \n]+-{1,3}[ \n]+(?=[\S\x1f])")
_JOINED = late(r"(?<![-–—])-{2,3}(?![-–—>])")
_RANGE = late(r"(?<![\w\-–./:])(\d{1,4})-(\d{1,4})(?![\w\-–/]|[.:]\d)")
_SPEECH = late(r"\A[ \n]*(-{1,3})[ \n]+(?=\S)")
_SPACES = late(r"(?<=\S) {2,}(?=\S)")
_PERCENT = late(r"(?<=\d) (?=[%‰])")
_SECTION = late(r"(?<=[§№]) (?=\d)")


def composed(text: str) -> Iterator[Edit]:
    """Letters and their accents as one character (Unicode NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _DECOMPOSED.finditer(text):
        whole = unicodedata.normalize("NFC", match.group())
        if whole != match.group():
            yield Edit(*match.span(), whole, "nfc")


def ellipses(text: str) -> Iterator[Edit]:
    """Three full stops, and three with spaces between them; the Russian "?.." has two and stays."""
    if ".." in text or ". ." in text or ".\u00a0." in text:
        yield from (Edit(*match.span(), "…", "ellipsis") for match in _DOTS.finditer(text))


def dashes(text: str, of: Convention) -> Iterator[Edit]:
    """Hyphens that stand for a dash: between spaces, doubled, between two numbers, before direct speech."""
    if "-" not in text:
        return
    for match in _SPACED.finditer(text):
        around = text[match.start() - 1] + text[match.end()]
        if not around.isdigit():
            yield Edit(*match.span(), of.dash, "dash")
    yield from (Edit(*match.span(), of.joined, "dash") for match in _JOINED.finditer(text))
    for match in _RANGE.finditer(text):
        if _rises(match[1], match[2]):
            yield Edit(match.end(1), match.start(2), "–", "range")
    speech = _SPEECH.match(text) if of.speech else None
    if speech:
        yield Edit(*speech.span(1), of.speech, "dash")


def _rises(first: str, last: str) -> bool:
    """Whether two numbers are a range: 12-15, 1914-1918, 1914-18. 2016-08 may be a month."""
    if last.startswith("0") or first.startswith("0"):
        return False
    whole = first[: len(first) - len(last)] + last
    return int(whole) > int(first) and not (len(first) == 4 and len(last) == 2 and int(last) <= 12)


def spaces(text: str, of: Convention) -> Iterator[Edit]:
    """One space between words; none that breaks before marks, within guillemets, behind abbreviations."""
    if "  " in text:
        yield from (Edit(*match.span(), " ", "space") for match in _SPACES.finditer(text))
    if "§" in text or "№" in text:
        yield from (Edit(*match.span(), NO_BREAK, "space") for match in _SECTION.finditer(text))
    if of.name[:2] not in ("en", "nl"):
        yield from (Edit(*match.span(), NO_BREAK, "space") for match in _PERCENT.finditer(text))
    for sign, pattern in _patterns(of.numbered, of.titled, of.name):
        if sign.search(text):
            yield from (Edit(*match.span(1), NO_BREAK, "space") for match in pattern.finditer(text))
    for match in re.finditer(of.together, text) if of.together else ():
        yield Edit(*match.span(), match.group().replace(" ", NARROW), "space")
    yield from _before(text, of)
    if of.inside:
        yield from (Edit(*m.span(1), of.inside, "space") for m in re.finditer(r"«([ \u00a0\u202f]?)(?=\S)", text))
        yield from (Edit(*m.span(1), of.inside, "space") for m in re.finditer(r"(?<=[^\s«])([ \u00a0\u202f]?)»", text))


@cache
def _patterns(numbered: str, titled: str, name: str) -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Abbreviations before a number, and before a name, with the space behind them; with each what is found faster,
    and without which there is none."""
    capital = r"[^\W\d_]" if name == "ru" else r"(?=[^\W\d_])(?-i:[A-ZÀ-Þ])"
    wanted = [(r"\. \d", rf"\b(?:{numbered})\.( )(?=\d)")] if numbered else []
    wanted += [(f"(?:{titled}) ", rf"\b(?:{titled})( )(?={capital})")] if titled else []
    return [(late(sign), late(pattern)) for sign, pattern in wanted]


def _before(text: str, of: Convention) -> Iterator[Edit]:
    """The space before marks, put in where there is none and no doubt: not in 12:30 nor https://."""
    for mark, space in (of.before or {}).items():
        if mark in text:
            pattern = rf"(?<=[\w»)\]”’…%])([ \u00a0\u202f]?){re.escape(mark)}(?=[\s\x1f»)\]”?!.…]|\Z)"
            yield from (Edit(*match.span(1), space, "space") for match in re.finditer(pattern, text))
