"""The calendar in words, one table per language: how dates are shown, and how they are found in prose.

Knows no dates, no texts and no trees. A language is added by one `Display` and one `Grammar`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Display:
    """How a language writes dates; the strings are formats over the names in braces."""

    months: tuple[str, ...]
    seasons: tuple[str, ...]  # spring, summer, autumn, winter
    day: str  # {day} {month} {year}
    day_month: str  # {day} {month}: the first end of a range within one year
    days: str  # {day} {last} {month} {year}: a range within one month
    month: str  # {month} {year}; of seasons too
    decade: str  # {year}
    circa: str  # {date}; so are the next five
    doubtful: str
    before: str
    after: str
    since: str
    until: str
    common_era: str  # {year}, below 1000
    before_common_era: str  # {year}
    circa_decade: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """What calendar expressions look like in a language.

    The finder writes every token of a text as one letter, so that an expression is a short string of letters:

        d 1–39       n other number below 1000    y 1000–2100     z other year of four digits
        o 19th       k 1930s, M month, S season   e BC, E AD      w the, f of, a and
        - any dash   , comma, / slash             F from, B between, t to, u until, i since
        b before     A after, N not, g onwards    c circa         p early, q mid, r late

    and anything else is x. `forms` gives letter and value of a word as written, else in lower case (so months are
    listed with their capital). `points` and `shared` are regular expressions over these letters: of one date, and
    of two that share a month or a year. In them <d>, <m>, <s>, <y>, <k> and <n> (a year's last digits) stand for
    a value, <d1> and <d2> for those of the two dates, J for what joins these. `opens` turns the letters of a
    preposition into EDTF. `not_before` and `not_after` are what makes a bare number before or after it no year;
    `counted` are nouns that do so only where no word of `surely` stands before the number.
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


_BRITISH = Display(
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ),
    seasons=("spring", "summer", "autumn", "winter"),
    day="{day} {month} {year}",
    day_month="{day} {month}",
    days="{day}–{last} {month} {year}",
    month="{month} {year}",
    decade="the {year}s",
    circa="c. {date}",
    doubtful="{date}?",
    before="before {date}",
    after="after {date}",
    since="from {date}",
    until="until {date}",
    common_era="AD {year}",
    before_common_era="{year} BC",
    circa_decade="c. {year}s",
)  # fmt: skip

_AMERICAN = replace(
    _BRITISH,
    seasons=("spring", "summer", "fall", "winter"),
    day="{month} {day}, {year}",
    day_month="{month} {day}",
    days="{month} {day}–{last}, {year}",
)

_DISPLAYS: dict[str, Display] = {"en": _BRITISH, "en-us": _AMERICAN}


def _english_forms() -> dict[str, tuple[str, int]]:
    forms: dict[str, tuple[str, int]] = {}
    for number, name in enumerate(_BRITISH.months, 1):
        short = {name[:3], name[:4]} if name == "September" else {name[:3]}
        for form in {name, name.upper(), *short, *(f"{s}." for s in short if s != name)}:
            forms[form] = ("M", number)
    kinds = {
        "e": "BC BCE B.C. B.C.E.", "E": "AD CE A.D. C.E.", "w": "the", "f": "of", "a": "and or &", "F": "from",
        "B": "between", "t": "to through", "u": "until till", "i": "since", "b": "before by pre", "A": "after post",
        "N": "not", "g": "onward onwards", "c": "c c. ca ca. circa about around approximately", "p": "early",
        "q": "mid", "r": "late",
    }  # fmt: skip
    forms |= {word: (kind, 0) for kind, words in kinds.items() for word in words.split()}
    seasons = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
    return forms | {season: ("S", number) for season, number in seasons.items()}


_ENGLISH = Grammar(
    forms=_english_forms(),
    day_suffixes=frozenset(("st", "nd", "rd", "th")),
    decade_suffixes=frozenset(("s", "'s", "’s")),
    points=(
        "<d>f?w?<m>[,f]?<y>",
        "<m>w?<d>,?<y>",
        "[pqr]?-?<m>[,f]?<y>",
        "[pqr]?-?<s>(?:,|f|fw)?<y>",
        "<s>f?<y>[-/]<n>",
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
        "<y1>J<y2>",
    ),
    opens=(("b-?", "../{}"), ("A-?", "{}/.."), ("Nb", "{}/.."), ("NA", "../{}"), ("i", "{}/"), ("u", "/{}")),
    not_before=re.compile(
        r"(?:(?<!\w)(?:pp?|no|nos|nr|vols?|nn?|ll?|ff?|fols?|cols?|chs?|chaps?|arts?|figs?|pages?|numbers?|lines?|"
        r"chapters?|volumes?|articles?|notes?|rooms?|sections?|paragraphs?|items?|lots?|some|over|nearly|almost|"
        r"roughly|(?:more|less|fewer|greater) than|at least|at most|exactly|only|isbn|iso|rfc|din|tel)\.?"
        r"|[#$£€¥₽§¶№+×=<>@&_/\\*^~±])\s*\Z",
        re.IGNORECASE,
    ),
    not_after=re.compile(
        r"\s*(?:[%‰°€$£]|(?:per\s+cent|percent|km|kg|m|cm|mm|g|lbs?|ft|kilomet(?:er|re)s|met(?:er|re)s|miles|yards|feet|"
        r"acres|hectares|tons|tonnes|kilos|pounds|dollars|francs|marks|rubles|roubles|copies|words|pages|lines|"
        r"votes|million|thousand|times|rpm)\b)"
    ),
    counted=re.compile(
        r"\s*(?:people|persons|men|women|children|years|months|weeks|days|hours|minutes|workers|peasants|soldiers|"
        r"officers|troops|prisoners|victims|delegates|members|students|inhabitants|households|families|houses|ships|"
        r"horses|guns|others|of\s+(?:them|these|those|whom))\b"
    ),
    surely=re.compile(r"\b(?:in|since|during|until|till|year|summer|winter|spring|autumn)\s+\Z", re.IGNORECASE),
)

_GRAMMARS: dict[str, Grammar] = {"en": _ENGLISH}


def display(language: str) -> Display | None:
    """The words of a language (BCP 47), of the region if it has its own; None where there is no table yet."""
    tag = language.lower()
    return _DISPLAYS.get(tag) or _DISPLAYS.get(tag.partition("-")[0])


def grammar(language: str) -> Grammar | None:
    """The expressions of a language (BCP 47); None where there is no table yet."""
    return _GRAMMARS.get(language.lower().partition("-")[0])
