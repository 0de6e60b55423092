"""A text as the letters of a grammar: numbers, words, phrases and signs, each a token with its place and value.

Knows texts and tables of words; knows no expression and no date.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..patterns import late
from .calendar_grammar import Form, Grammar


class Token(Struct, frozen=True):
    """text[start:end] is one letter of a grammar (calendar_grammar.py), and may have a value."""

    start: int
    end: int
    kind: str
    value: int = 0


HYPHENS = "-\u2010\u2011"
_SIGNS = {sign: sign for sign in ",/.()[]"} | {"&": "a"} | dict.fromkeys("-\u2010\u2011\u2012–—", "-")
# \x1f stands where a note or a block was taken out: it is white space to Python, but not to us.
_NUMBER = (
    r"(?P<number>[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:[.:][0-9]+)*)"
    rf"(?P<suffix>['’]?[^\W\d_]+|\.º|[{HYPHENS}](?:го|е|х|м|ми|му|ом|ый|ые|ых|ым|й)(?![^\W\d_]))?"
)
_WORD = (
    r"(?P<word>(?:[^\W\d_]\.){2,4}"
    r"|(?:[^\W\d_][\u0300-\u036f]*)+(?:\u00ad(?:[^\W\d_][\u0300-\u036f]*)+)*\.?)"
)
_REST = r"|\n[ \t]*\n|[^\s\u00ad\u200b\u2060\ufeff]|\x1f"
_DOTTED = late(r"[0-9]{1,2}(?:\.[0-9]{1,2})?\.(?:[0-9]{4}|[0-9]{1,2})")
_ROMAN = late("(X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_WORD = re.compile("([IVXХІ]+)([^IVXХІ]*)")
_UNITS = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


# --- words and phrases of a language


class Lexicon(Struct, frozen=True):
    """A grammar's words made ready: the pattern of all its tokens, and its phrases as `_plain` writes them."""

    words: Grammar
    pattern: re.Pattern[str]
    phrases: Mapping[str, Form]


def lexicon(words: Grammar) -> Lexicon:
    phrases = {_plain(phrase): form for phrase, form in words.phrases.items()}
    found = "|".join(map(_spaced, sorted(phrases, key=lambda phrase: (-len(phrase), phrase))))
    pattern = rf"(?P<phrase>(?<![^\W\d_])(?i:{found}))|{_NUMBER}|{_WORD}{_REST}"
    return Lexicon(words, re.compile(pattern), phrases)


_BLANK = r"[^\S\n\x1f]"


def _spaced(phrase: str) -> str:
    """A phrase as a pattern: any white space (none needed after a full stop), either apostrophe, a word's end."""
    pattern = re.escape(phrase).replace(r"\.\ ", rf"\.{_BLANK}*\n?{_BLANK}*")
    pattern = pattern.replace(r"\ ", rf"(?:{_BLANK}+\n?|\n){_BLANK}*").replace("'", "['’]")
    return pattern + ("" if phrase[-1] in ".'" else r"(?![^\W\d_])")


def _plain(phrase: str) -> str:
    plain = re.sub(r"\s+", " ", phrase.lower().replace("’", "'"))
    return re.sub(r"\.\s*(?=\w)", ". ", plain)


# --- tokens


def tokens(text: str, lexicon: Lexicon) -> Iterator[Token]:
    """The tokens of a text in order; white space and invisible breaks are none."""
    words = lexicon.words
    glued = False  # a letter stands right before
    end = 0
    for match in lexicon.pattern.finditer(text):
        glued = glued and match.start() == end
        end = match.end()
        if match["phrase"]:
            yield Token(match.start(), end, *lexicon.phrases[_plain(match["phrase"])])
        elif match["number"]:
            yield from _number(match, words, glued)
        elif match["word"]:
            yield from _word(match, words)
        else:
            yield Token(match.start(), end, _SIGNS.get(match[0], "x"))
        glued = match[0][-1].isalpha() and words.forms.get(match[0], ("x", 0))[0] not in ("c", "f", "w")


# --- numbers and words


def _number(match: re.Match[str], words: Grammar, glued: bool) -> Iterator[Token]:
    number, suffix = match["number"], match["suffix"] or ""
    start, end = match.span()
    if words.is_dotted and not suffix and not glued and _DOTTED.fullmatch(number):
        for piece in re.finditer(r"[0-9]+|\.", number):
            at = start + piece.start()
            yield _plain_number(piece[0], at) if piece[0] != "." else Token(at, at + 1, ".")
        return
    if glued or len(number) > 4 or not number.isdigit() or not int(number):
        yield Token(start, end, "x")
        return
    kind = _suffixed(int(number), suffix, words) if suffix else ""
    if kind:
        yield Token(start, end, kind, int(number))
    elif suffix and suffix[0] not in f"'’{HYPHENS}":
        yield Token(start, end, "x")
    else:
        yield _plain_number(number, start)
        yield from _after_number(match, words)


def _after_number(match: re.Match[str], words: Grammar) -> Iterator[Token]:
    """What was no suffix after all: ’s, or a hyphen and a word."""
    suffix = match["suffix"] or ""
    if suffix[:1] in HYPHENS and suffix:
        yield Token(match.start("suffix"), match.start("suffix") + 1, "-")
        yield Token(match.start("suffix") + 1, match.end(), "x")


def _plain_number(number: str, start: int) -> Token:
    value, end = int(number), start + len(number)
    if len(number) == 4:
        return Token(start, end, "y" if 1000 <= value <= 2100 else "z", value)
    return Token(start, end, "d" if 0 < value < 40 and len(number) < 3 else "n", value)


def _suffixed(value: int, suffix: str, words: Grammar) -> str:
    """The kind of a number with letters after it; "" if these mean nothing to the language."""
    plain = suffix.replace("\u2010", "-").replace("\u2011", "-")
    is_ten = value % 10 == 0
    if plain in words.decade_suffixes and 1000 <= value <= 2100 and is_ten:
        return "k"
    if plain in words.decade_suffixes and 20 <= value <= 90 and is_ten:
        return "K"
    if plain in words.day_suffixes and value < 40:
        return "o"
    return "y" if plain in words.year_suffixes and 1000 <= value <= 2100 else ""


def _word(match: re.Match[str], words: Grammar) -> Iterator[Token]:
    written = unicodedata.normalize("NFC", match["word"].replace("\u00ad", ""))
    start, end = match.span()
    for form in (written, written.lower()):
        if form in words.forms:
            yield Token(start, end, *words.forms[form])
            return
    bare = written.rstrip(".")
    kind, value = words.forms.get(bare) or words.forms.get(bare.lower()) or _roman(bare, words)
    stop = end - (bare != written)
    yield Token(start, stop, kind, value)
    if bare != written:
        yield Token(stop, end, ".")


def _roman(word: str, words: Grammar) -> Form:
    """XIX and XIXe are R with their value; any other word is x. Cyrillic letters that look alike count."""
    match = _ROMAN_WORD.fullmatch(word)
    if not match or match[2] not in words.roman_suffixes:
        return "x", 0
    digits = _ROMAN.fullmatch(match[1].replace("Х", "X").replace("І", "I"))
    return ("R", 10 * len(digits[1]) + _UNITS[digits[2]]) if digits else ("x", 0)
