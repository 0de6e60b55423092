"""Words divided at the ends of lines: put together, by what the book itself writes elsewhere.

Knows texts; which words the book has it is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ...patterns import late
from .edits import Edit

# The end of a line within a word: as it stands, or as the reader of plain text leaves it (U+2060 behind the hyphen).
_LINE_END = late(r"(?P<first>[^\W\d_]+(?:['’][^\W\d_]+)?)(?P<end>-(?:\u2060|[ \t]*\n\s*))(?P<last>[^\W\d_]+)")
_HYPHEN = re.compile(r"-(?:\u2060|[ \t]*\n)")
IsWord = Callable[[str], bool]


def _line_ends(text: str) -> Iterator[re.Match[str]]:
    return _LINE_END.finditer(text) if _HYPHEN.search(text) else iter(())


def joined(text: str, is_word: IsWord) -> Iterator[Edit]:
    """Every such word as one: without its hyphen, or with it where it is a compound."""
    for match in _line_ends(text):
        start, end = match.span("end")
        keeps = _verdict(match, is_word) == "compound"
        yield Edit(start, end, "-" if keeps else "", "hyphen")


def at_breaks(text: str, is_word: IsWord) -> Iterator[Edit]:
    """Where the line's end is an element that stays, the hyphen says that it only divides (U+2010, words.py)."""
    for match in _line_ends(text):
        start, end = match.span("end")
        if _verdict(match, is_word) != "compound":
            yield Edit(start, start + 1, "\u2010", "hyphen")
            yield Edit(start + 2, end, "", "hyphen")


def doubtful(text: str, is_word: IsWord) -> Iterator[str]:
    """The words for which nothing in the book speaks, as they will stand."""
    for match in _line_ends(text):
        if _verdict(match, is_word) == "unknown":
            yield match["first"] + match["last"]


def without(text: str) -> str:
    """The text less all words that may be halves of one."""
    return _LINE_END.sub(" ", text) if _HYPHEN.search(text) else text


def _verdict(match: re.Match[str], is_word: IsWord) -> str:
    """word | compound | unknown: what stands whole elsewhere, else a compound if both halves are words."""
    first, last = match["first"].lower(), match["last"].lower()
    if match["last"][0].isupper():
        return "compound"
    if is_word(first + last):
        return "word"
    if is_word(f"{first}-{last}") or (is_word(first) and is_word(last)):
        return "compound"
    return "unknown"
