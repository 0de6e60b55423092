"""Calendar expressions in English."""

from __future__ import annotations

import re

from ...patterns import late
from ..calendar_grammar import DAY_FIRST, MONTH_FIRST, Form, Grammar, forms_of, numbered, phrases_of

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
    "h": "century centuries",
    "O": "O.S. OS",
    "W": "N.S. NS",
}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def _forms() -> dict[str, Form]:
    forms = forms_of(_KINDS) | numbered("R", _ORDINALS)
    forms |= {season: ("S", number) for season, number in _SEASONS.items()}
    forms["or"] = ("a", 1)
    for place, name in enumerate([*_MONTHS, "Sept"]):
        number = place % 12 + 1 if name != "Sept" else 9
        dotted = [f"{name}."] if len(name) <= 4 and name not in ("May", "June", "July") else []
        forms |= dict.fromkeys((name, name.upper(), *dotted), ("M", number))
    return forms


ENGLISH = Grammar(
    forms=_forms(),
    phrases=phrases_of({"O": ["old style"], "W": ["new style"]}) | {"twenty-first": ("R", 21)},
    day_suffixes=frozenset(("st", "nd", "rd", "th")),
    decade_suffixes=frozenset(("s", "'s", "’s")),
    is_dotted=False,
    points=(
        "<d>f?w?<m>[,f]?<y>",
        "<m>w?<d>,?<y>",
        "[pqr]?-?<m>[,f]?<y>",
        "[pqr]?-?<s>(?:,|f|fw)?<y>",
        "<s>f?w?<y>[-/]<n>",
        "[pqr]?-?<y>",
        "[pqr]?-?<k>",
        "[pqr]?-?<c>-?h[eE]?",
    ),
    shared=(
        "<d1>J<d2>f?w?<m2>[,f]?<y2>",
        "<d1>f?<m1>J<d2>f?<m2>,?<y2>",
        "<m1><d1>J<d2>,?<y2>",
        "<m1><d1>J<m2><d2>,?<y2>",
        "<m1>J<m2>[,f]?<y2>",
        "<s1>J<s2>(?:,|f|fw)?<y2>",
        "<c1>J<c2>h[eE]?",
    ),
    dual=(*DAY_FIRST, *MONTH_FIRST),
    opens=(("b-?", "../{}"), ("A-?", "{}/.."), ("Nb", "{}/.."), ("NA", "../{}"), ("i", "{}/")),
    openers={"F": "-tu", "B": "-ta"},
    joins="-tu",
    clue=re.compile("[0-9]|centur", re.IGNORECASE),
    not_before=late(
        r"(?:(?<!\w)(?:(?:nos?|nr|nn?|ll?|ff?|cols?|chs?|arts?|figs?)\.|(?:pp?|vols?|fols?|chaps?|tel)\.?|"
        r"pages?|numbers?|lines?|chapters?|volumes?|articles?|notes?|rooms?|sections?|paragraphs?|items?|lots?|"
        r"some|over|nearly|almost|roughly|(?:more|less|fewer|greater)\s+than|at\s+(?:least|most)|exactly|"
        r"isbn|iso|rfc|din)"
        r"|[#$£€¥₽§¶№×+=<>@&\\*^~±])\s*\Z",
        re.IGNORECASE,
    ),
    not_after=late(
        r"\s*(?:[%‰°€$£]|(?:per\s+cent|percent|km|kg|m|cm|mm|g|lbs?|ft|kilomet(?:er|re)s|met(?:er|re)s|miles|yards|"
        r"feet|acres|hectares|tons|tonnes|kilos|pounds|dollars|francs|marks|rubles|roubles|copies|words|pages|"
        r"lines|votes|million|thousand|times|rpm)\b)"
    ),
    counted=late(
        r"\s*(?:people|persons|men|women|children|years|months|weeks|days|hours|minutes|workers|peasants|soldiers|"
        r"officers|troops|prisoners|victims|delegates|members|students|inhabitants|households|families|houses|"
        r"ships|horses|guns|others|of\s+(?:them|these|those|whom))\b"
    ),
    surely=late(r"\b(?:in|since|during|until|till|year|spring|summer|autumn|winter)\s+\Z", re.IGNORECASE),
)
