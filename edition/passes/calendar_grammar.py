"""What a language's table of calendar expressions holds, and how such a table is put together.

Knows words only, no texts and no dates. The tables are in calendar_tables/; the finder that reads them is
calendar_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from ..patterns import late

Form = tuple[str, int]
"""The letter of a word, and its value."""


class Grammar(Struct, frozen=True):
    """The calendar expressions of a language.

    The finder writes every token of a text as one letter, so that an expression is a short string of letters:

        d 1–39      n other number below 1000   y 1000–2100    z other number of four digits
        o 19th      R XIX, nineteenth           k 1930s        K 30s, thirty     T a word for 30s with its noun
        M month     S season                    h century      H century, not after plain numbers
        D decade    Y year, before its number   G year, after its number         I the same, of another case
        e BC        E AD                        O Old Style    W New Style
        w the       f of     a and, or          F from         B between         t to     u until   i since
        b before    A after  N not              P not before   Q not after       g onwards
        c circa     p early  q mid              r late
        - any dash  , comma  / slash            . full stop    ( ) [ ] brackets

    and anything else as x. `forms` gives letter and value of a word as written, or else in lower case; `phrases`
    those of several words, in lower case. `points` and `shared` are regular expressions over these letters: of one
    date, and of two that share a month or a year; `dual` those of one day in two calendars. In them <d>, <m>, <s>,
    <y>, <k>, <c> and <n> (a year's last digits) stand for a value, as do <d.> (a day with its full stop), <m#> (a
    month's number), <k#> (a decade written like a year) and <kk> (its last two digits); <d1> and <d2> are those of
    two dates, J is what joins these, and {…} a second one after a slash or in brackets. `opens` turns prepositions
    into EDTF; `openers` are those that begin a range, with what may join it, `joins` what joins one without.
    A bare number is no year after what `not_before` matches or before what `not_after` does; nor before `counted`
    things, unless it comes after `surely`. Without what `clue` matches a text has no dates.
    """

    forms: Mapping[str, Form]
    phrases: Mapping[str, Form]
    points: tuple[str, ...]
    shared: tuple[str, ...]
    opens: tuple[tuple[str, str], ...]
    openers: Mapping[str, str]
    joins: str
    clue: re.Pattern[str]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    counted: re.Pattern[str]
    surely: re.Pattern[str]
    dual: tuple[str, ...]
    day: str = "[do]"
    century: str = "[oR]"
    short_decade: str = "[dnK]"
    day_suffixes: frozenset[str] = frozenset()
    decade_suffixes: frozenset[str] = frozenset()
    year_suffixes: frozenset[str] = frozenset()
    roman_suffixes: frozenset[str] = frozenset(("",))
    is_dotted: bool = True  # whether 19.8.1936 is a day


# One day in two calendars: 10/22 March 1848, 10 (22) March, 28 February (12 March), 7 November [O.S. 25 October] 1917.
DAY_FIRST = (
    "<d1>{<d2>}w?f?<m2>[.,f]?w?Y?<y2>",
    "<d1>w?f?<m1>{[OW]?<d2>f?<m2>[OW]?}[.,f]?w?Y?<y2>",
    "<d1>w?f?<m1>[.,f]?w?Y?<y1>{[OW]?<d2>f?<m2>[.,f]?(?:w?Y?<y2>)?[OW]?}",
)
MONTH_FIRST = (
    "<m1>w?<d1>{[OW]?<d2>},?<y2>",
    "<m1>w?<d1>{[OW]?<m2><d2>},?<y2>",
    "<m1>w?<d1>,?<y1>{[OW]?<m2><d2>,?(?:<y2>)?[OW]?}",
)


def forms_of(kinds: Mapping[str, str]) -> dict[str, Form]:
    """Forms without a value, from words apart by spaces for each letter."""
    return {word: (kind, 0) for kind, words in kinds.items() for word in words.split()}


def phrases_of(kinds: Mapping[str, Sequence[str]]) -> dict[str, Form]:
    """Phrases without a value, from lists of them for each letter."""
    return {phrase: (kind, 0) for kind, phrases in kinds.items() for phrase in phrases}


def numbered(kind: str, rows: Iterable[str], first: int = 1, step: int = 1) -> dict[str, Form]:
    """Forms with values: each row has all the forms of one value, apart by spaces."""
    return {word: (kind, first + step * n) for n, row in enumerate(rows) for word in row.split()}


def declined(stems: str, endings: str) -> list[str]:
    """Rows of all forms of each stem, for `numbered`; "" among the endings is "-"."""
    ends = [ending if ending != "-" else "" for ending in endings.split()]
    return [" ".join(stem + end for end in ends) for stem in stems.split()]


def before(abbreviations: str, words: str, signs: str = r"#$£€¥₽§¶№×+=<>@&\\*^~±") -> re.Pattern[str]:
    """What makes a number after it a page, a quantity …: abbreviations with their full stop, words, signs."""
    return late(
        rf"(?:(?<!\w)(?:(?:{_alternatives(abbreviations)})\.|(?:{_alternatives(words)}))|[{signs}])\s*\Z", re.IGNORECASE
    )


def after(units: str, signs: str = "%‰°€$£₽") -> re.Pattern[str]:
    """What makes a number before it a quantity: words, signs."""
    return late(rf"\s*(?:[{signs}]|(?:{_alternatives(units)})(?!\w))", re.IGNORECASE)


def counted_things(words: str) -> re.Pattern[str]:
    """What there may be that many of."""
    return late(rf"\s*(?:{_alternatives(words)})(?!\w)", re.IGNORECASE)


def sure_words(words: str) -> re.Pattern[str]:
    """After what even a number of things is a year."""
    return late(rf"\b(?:{_alternatives(words)})\s+\Z", re.IGNORECASE)


def _alternatives(words: str) -> str:
    """A regular expression from words apart by spaces, in which _ is a space of the text."""
    return "|".join(word.replace("_", r"\s+") for word in words.split())
