"""A grammar's expressions compiled, and what a match of one means in EDTF.

Knows tokens and tables; where in a text an expression may stand is known to calendar_words.py.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from .. import edtf
from ..patterns import late
from .calendar_grammar import Grammar
from .calendar_tables import grammar
from .calendar_tokens import Lexicon, Token, lexicon

Compiled = tuple[re.Pattern[str], ...]


class Rules(Struct, frozen=True):
    """The expressions of a language, ready to be looked for."""

    grammar: Grammar
    lexicon: Lexicon
    starters: re.Pattern[str]
    points: Compiled
    shared: Compiled
    dual: Compiled
    opens: tuple[tuple[re.Pattern[str], str], ...]
    joins: str  # what may join two dates that share something


class Line(Struct, frozen=True):
    """A text as tokens. `century` (19 for 19XX) is that of decades in two digits, 0 where it is not known; `style` is
    how the text counts where it does not say."""

    text: str
    tokens: tuple[Token, ...]
    kinds: str  # one letter for each token, and an x at the end
    rules: Rules
    century: int = 19
    style: edtf.Style = edtf.OURS


class Read(Struct, frozen=True):
    """Tokens from `first` up to `stop`, read as EDTF; `doubt` is why that is not the only reading.

    `written` is the date as its words have it, where they are of another style than the EDTF. `calendar` is the one
    that the words name (julian, gregorian or ""), `is_our_year`: they leave no doubt of the year.
    """

    first: int
    stop: int
    text: str
    doubt: str = ""
    written: str = ""
    calendar: str = ""
    is_our_year: bool = False


@cache
def rules(language: str) -> Rules | None:
    """The rules of a language; None where it has no table."""
    words = grammar(language)
    if words is None:
        return None
    points, shared, dual = (
        tuple(_compiled(pattern, words) for pattern in patterns)
        for patterns in (words.points, (*words.shared, *_ERAS), words.dual)
    )
    opens = tuple((late(pattern), form) for pattern, form in words.opens)
    starts = "".join(pattern[0] for pattern, _ in words.opens) + "".join(words.openers)
    starters = re.compile(f"[dnyzoRkKTMSEhDcpqr{starts}]")
    return Rules(words, lexicon(words), starters, points, shared, dual, opens, _joins(words))


def _joins(words: Grammar) -> str:
    return "-" + "".join(sorted(set("tua/" + "".join(words.openers.values())) - {"-"}))


# 100–44 BC, AD 14–37: the era is said once.
_ERAS = ("(?P<y1>[dnyz])J(?P<y2>[dnyz]G?e)", "(?P<y1>E[dnyz]|[dnyz]G?E)J(?P<y2>[dnyz])")
_SLOTS = {
    "d.": ("d", r"[do]\."),
    "m": ("m", "M"),
    "m#": ("m", "[dR]"),
    "s": ("s", "S"),
    "k": ("k", "k"),
    "k#": ("k", "y"),
    "kt": ("kk", "T"),
    "c#": ("c", "d"),
    "y": ("y", "(?:E[dnyz]|[dnyz]G?[eE]|yG?)"),
    "n": ("n", "[dny]"),
}


def _compiled(pattern: str, words: Grammar) -> re.Pattern[str]:
    slots = {**_SLOTS, "d": ("d", words.day), "c": ("c", words.century), "kk": ("kk", words.short_decade)}

    def slot(match: re.Match[str]) -> str:
        group, kinds = slots[match[1] + match[3]] if match[1] + match[3] in slots else slots[match[1]]
        return f"(?P<{group}{match[2]}>{kinds})"

    pattern = pattern.replace("{", r"(?:/|(?P<open>[(\[]))").replace("}", r"(?(open)[)\]])")
    pattern = re.sub("(?<!P)<([a-z]+)([12]?)([.#]?)>", slot, _turned(pattern))
    return late(pattern.replace("J", f"(?P<j>[{_joins(words)}])w?"))


def _turned(pattern: str) -> str:
    """<d.1> as <d1.>: the sign last."""
    return re.sub("<([a-z]+)([.#])([12])>", r"<\1\3\2>", pattern)


# --- what a match means


def has(match: re.Match[str], name: str) -> bool:
    """Whether a match has a value of that name."""
    return name in match.re.groupindex and match[name] is not None


def value(line: Line, match: re.Match[str], name: str) -> int:
    """The value of that name, 0 if the match has none."""
    return line.tokens[match.start(name)].value if has(match, name) else 0


def year(line: Line, match: re.Match[str], name: str) -> int:
    """As astronomers count: 44 BC is -43."""
    tokens = line.tokens[match.start(name) : match.end(name)]
    number = max(token.value for token in tokens)
    return 1 - number if any(token.kind == "e" for token in tokens) else number


def written(year: int, month: int, day: int) -> str:
    """EDTF of the parts that are known; 0 is unknown."""
    return edtf.iso_year(year) + "".join(f"-{part:02d}" for part in (month, day) if part)


def point(line: Line, match: re.Match[str], which: str = "") -> tuple[str, str]:
    """EDTF of one date of a match (or of the first or second of two), and a doubt; "" if it is none after all."""
    if has(match, "c" + which):
        return _century(line, match, which), ""
    if has(match, "k" + which):
        number = value(line, match, "k" + which)
        return (f"{number // 10:03d}X" if number % 10 == 0 else ""), ""
    if has(match, "kk" + which):
        return _short_decade(line, value(line, match, "kk" + which))
    return _day(line, match), ""


def _day(line: Line, match: re.Match[str]) -> str:
    season, digits = value(line, match, "s"), value(line, match, "n")
    own = year(line, match, "y")
    if digits and not (season == 24 and digits in ((own + 1) % 100, own + 1)):
        return ""
    month = value(line, match, "m")
    return written(own, month or season, value(line, match, "d")) if month <= 12 else ""


def _century(line: Line, match: re.Match[str], which: str) -> str:
    """The nineteenth is 18XX, its thirties 183X. The first two are centuries of an era only if they say so."""
    number, tens = value(line, match, "c" + which), value(line, match, "kk" + which)
    era = {token.kind for token in line.tokens[match.start() : match.end()]} & {"e", "E"}
    if not 0 < number < 22 or (number < 3 and not era):
        return ""
    if tens:
        return f"{(number - 1) * 10 + tens // 10:03d}X" if tens % 10 == 0 and not era else ""
    return f"{'-' if 'e' in era else ''}{number - 1:02d}XX"


def _short_decade(line: Line, tens: int) -> tuple[str, str]:
    if tens % 10 or not 20 <= tens <= 90:
        return "", ""
    doubt = "" if line.century else f"which century the {tens}s belong to is not said"
    return f"{line.century or 19}{tens // 10}X", doubt


def shared_years(line: Line, match: re.Match[str]) -> tuple[str, str]:
    """EDTF of the two dates of a match that share a month, a year or an era."""

    def either(kind: str, own: str, other: str) -> int:
        return value(line, match, kind + own) or value(line, match, kind + other)

    end_year = year(line, match, "y2")
    start_year = year(line, match, "y1") if has(match, "y1") else end_year
    if end_year <= 0 < start_year:
        start_year = 1 - start_year
    start, end = (
        written(own_year, either("m", own, other) or value(line, match, "s" + own), value(line, match, "d" + own))
        for own_year, own, other in ((start_year, "1", "2"), (end_year, "2", "1"))
    )
    return start, end
