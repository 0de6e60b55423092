"""What a word is: the one definition, for the ledger, for conservation of words and for the page map.

Knows text only: no trees, no files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate

from .patterns import late

# Combining marks of the scripts in use, which `\w` leaves out; tests compare this with unicodedata.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u093c\u093e-\u094f\u1ab0-\u1ace"
    "\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
# Patterns of a word in text that is `prepared`: what follows its first letter; the whole; the whole from its end.
REST = f"[^\\W_]*(?:[{_MARKS}]+[^\\W_]*)*"
WORD = f"[^\\W_]{REST}"
DROW = f"(?:[{_MARKS}]*[^\\W_]+)+"
AT_START = f"(?<![^\\W_].)(?<![{_MARKS}].)"  # behind a character: it is the first of its word
_WORD = late(f"(?:[^\\W_]+|[{_MARKS}]+)+")
_WORD_WITHOUT_LINES = re.compile(f"[\\w{_MARKS}]+")  # the same and much faster, where there is no "_"
_FIRST = re.compile(f"[^\\W_]|[{_MARKS}]")
_SPACED = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))  # ASCII, all but words blank
_SIGNS = "“”‘’—–…"  # what most often keeps a text from being ASCII
_WORD_AS_IT_STANDS = late(f"([^\\W_]+(?:(?:[{_MARKS}\u00ad\u200b\u2060\ufeff]+|\u2010\n[ \t]*(?=[^\\W_]))[^\\W_]*)*)")
_JOINED = late("\u2010\n[ \t]*")
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
_INVISIBLE = late(f"[{_UNSEEN}]+")
_UNPREPARED = late(f"[{_UNSEEN}]|\u2010\n")
_JOINT = f"\u2010[{_UNSEEN}]*\n[ \t{_UNSEEN}]*"
# What is prepared by itself: a character with its marks, vowels and finals of Hangul among them.
# To a space or hyphen a mark does not belong.
_PIECE = late(f"(?s){_JOINT}|[\\s\u2010]|.(?:[{_MARKS}\u1160-\u11ff{_UNSEEN}]|{_JOINT})*")


def prepared(text: str) -> str:
    """NFC, without soft hyphens and other invisible breaks; a word divided at a line's end (U+2010) is joined."""
    if any(unseen in text for unseen in _UNSEEN):
        text = _INVISIBLE.sub("", text)
    if "\u2010\n" in text:
        text = _JOINED.sub("", text)
    return unicodedata.normalize("NFC", text)


def placed(text: str) -> tuple[str, Sequence[int]]:
    """The text `prepared`, and for each place in it (its end too) the place in the text as it stands."""
    if text.isascii() or (unicodedata.is_normalized("NFC", text) and not _UNPREPARED.search(text)):
        return text, range(len(text) + 1)
    pieces = _PIECE.findall(text)
    made = [prepared(piece) for piece in pieces]
    starts = accumulate(map(len, pieces), initial=0)
    places = [at for at, piece in zip(starts, made, strict=False) for _ in piece]
    return "".join(made), [*places, len(text)]


def has_words(text: str) -> bool:
    """Whether there is a word in a text."""
    return _FIRST.search(text) is not None


def first_words(text: str, count: int) -> list[str]:
    """The first words of a text; of a long one no more is looked at than is needed."""
    found = words(text[: 16 * count])[:-1]
    return (found if len(found) >= count else words(text))[:count]


def words(text: str) -> list[str]:
    """The words of a text in order: maximal runs of letters, marks and digits."""
    for sign in () if text.isascii() else _SIGNS:
        text = text.replace(sign, " ")
    if text.isascii():
        return text.translate(_SPACED).split()
    return _WORD_WITHOUT_LINES.findall(prepared(text).replace("_", " "))


def spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of every word in `text` as it stands; for text that is already `prepared`."""
    return [match.span() for match in _WORD.finditer(text)]


def parted(text: str) -> tuple[list[str], list[str]]:
    """Any text as what stands between its words and the words as they stand in it: there is one more of the first."""
    pieces = _WORD_AS_IT_STANDS.split(text)
    return pieces[::2], pieces[1::2]


def fingerprint(text: str) -> str:
    """The words in lower case, joined by spaces: what stays equal under a typography pass."""
    return " ".join(words(text)).casefold()
