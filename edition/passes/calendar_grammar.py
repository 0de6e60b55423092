"""What calendar expressions look like in each language, as data: one table per language.

Knows words only, no texts and no dates. The finder that reads the tables is calendar_words.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grammar:
    """The calendar expressions of a language.

    The finder writes every token of a text as one letter, so that an expression is a short string of letters:

        d 1–39      n other number below 1000   y 1000–2100    z other number of four digits
        o 19th      k 1930s, M month, S season  e BC, E AD     w the, f of, a and
        - any dash  , comma, / slash            F from, B between, t to, u until, i since
        b before    A after, N not, g onwards   c circa        p early, q mid, r late

    and anything else as x. `forms` gives letter and value of a word as written, or else in lower case (months stand
    there with their capital only). `points` and `shared` are regular expressions over these letters: of one date,
    and of two that share a month or a year. In them <d>, <m>, <s>, <y>, <k> and <n> (a year's last digits) stand
    for a value, <d1> and <d2> for those of two dates, J for what joins these. `opens` turns prepositions into EDTF.
    A bare number is no year after what `not_before` matches or before what `not_after` does; nor before `counted`
    things, unless it comes after `surely`.
    """

    forms: Mapping[str, tuple[str, int]]
    day_suffixes: frozenset[str]
    decade_suffixes: frozenset[str]
    points: tuple[str, ...]
    shared: tuple[str, ...]
    opens: tuple[tuple[str, str], ...]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    counted: re.Pattern[str]
    surely: re.Pattern[str]


def grammar(language: str) -> Grammar | None:
    """The table of a BCP 47 language, whatever its region; None where there is none yet."""
    return _GRAMMARS.get(language.lower().partition("-")[0])


# --- English

_MONTHS = (
    "January February March April May June July August September October November December Jan Feb Mar "
    "Apr May Jun Jul Aug Sep Oct Nov Dec"
).split()
_KINDS = {
    "e": "BC BCE B.C. B.C.E.",
    "E": "AD CE A.D. C.E.",
    "w": "the",
    "f": "of",
    "a": "and",
    "F": "from",
    "B": "between",
    "t": "to through",
    "u": "until till",
    "i": "since",
    "b": "before by pre",
    "A": "after post",
    "N": "not",
    "g": "onward onwards",
    "c": "c c. ca ca. circa about around approximately",
    "p": "early",
    "q": "mid",
    "r": "late",
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def _english_forms() -> dict[str, tuple[str, int]]:
    forms = {word: (kind, 0) for kind, words in _KINDS.items() for word in words.split()}
    forms |= {season: ("S", number) for season, number in _SEASONS.items()}
    forms["or"] = ("a", 1)
    for place, name in enumerate([*_MONTHS, "Sept"]):
        number = place % 12 + 1 if name != "Sept" else 9
        dotted = [f"{name}."] if len(name) <= 4 and name not in ("May", "June", "July") else []
        forms |= dict.fromkeys((name, name.upper(), *dotted), ("M", number))
    return forms


_ENGLISH = Grammar(
    forms=_english_forms(),
    day_suffixes=frozenset(("st", "nd", "rd", "th")),
    decade_suffixes=frozenset(("s", "'s", "’s")),
    points=(
        "<d>f?w?<m>[,f]?<y>",
        "<m>w?<d>,?<y>",
        "[pqr]?-?<m>[,f]?<y>",
        "[pqr]?-?<s>(?:,|f|fw)?<y>",
        "<s>f?w?<y>[-/]<n>",
        "[pqr]?-?<y>",
        "[pqr]?-?<k>",
    ),
    shared=(
        "<d1>J<d2>f?w?<m2>[,f]?<y2>",
        "<d1>f?<m1>J<d2>f?<m2>,?<y2>",
        "<m1><d1>J<d2>,?<y2>",
        "<m1><d1>J<m2><d2>,?<y2>",
        "<m1>J<m2>[,f]?<y2>",
        "<s1>J<s2>(?:,|f|fw)?<y2>",
    ),
    opens=(("b-?", "../{}"), ("A-?", "{}/.."), ("Nb", "{}/.."), ("NA", "../{}"), ("i", "{}/")),
    not_before=re.compile(
        r"(?:(?<!\w)(?:(?:nos?|nr|nn?|ll?|ff?|cols?|chs?|arts?|figs?)\.|(?:pp?|vols?|fols?|chaps?|tel)\.?|"
        r"pages?|numbers?|lines?|chapters?|volumes?|articles?|notes?|rooms?|sections?|paragraphs?|items?|lots?|"
        r"some|over|nearly|almost|roughly|(?:more|less|fewer|greater)\s+than|at\s+(?:least|most)|exactly|"
        r"isbn|iso|rfc|din)"
        r"|[#$£€¥₽§¶№×+=<>@&\\*^~±])\s*\Z",
        re.IGNORECASE,
    ),
    not_after=re.compile(
        r"\s*(?:[%‰°€$£]|(?:per\s+cent|percent|km|kg|m|cm|mm|g|lbs?|ft|kilomet(?:er|re)s|met(?:er|re)s|miles|yards|"
        r"feet|acres|hectares|tons|tonnes|kilos|pounds|dollars|francs|marks|rubles|roubles|copies|words|pages|"
        r"lines|votes|million|thousand|times|rpm)\b)"
    ),
    counted=re.compile(
        r"\s*(?:people|persons|men|women|children|years|months|weeks|days|hours|minutes|workers|peasants|soldiers|"
        r"officers|troops|prisoners|victims|delegates|members|students|inhabitants|households|families|houses|"
        r"ships|horses|guns|others|of\s+(?:them|these|those|whom))\b"
    ),
    surely=re.compile(r"\b(?:in|since|during|until|till|year|spring|summer|autumn|winter)\s+\Z", re.IGNORECASE),
)

_GRAMMARS = {"en": _ENGLISH}
