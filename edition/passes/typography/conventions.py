"""What is usual in a language: quotation marks, dashes, and spaces that do not break.

A table; knows no text. Sources: the Unicode CLDR for marks; Hart's Rules (en-GB), Chicago (en-US), DIN 5008 (de),
Lexique des règles typographiques (fr), Ortografía (es), Мильчин (ru).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

NO_BREAK, NARROW = "\u00a0", "\u202f"
Pair = tuple[str, str]


class Convention(Struct, frozen=True):
    """`double`: what straight double marks become, by depth; `single`: what straight single ones become. `dash`: a
    spaced hyphen, `joined`: two hyphens between words, `speech`: a hyphen that begins a paragraph ("" = none does).
    `before`: spaces before marks of punctuation; `inside`: the space within «». `numbered`: abbreviations before a
    number, `titled`: those before a name, as regular expressions; `together`: others whose parts stay together."""

    name: str
    double: tuple[Pair, Pair]
    single: Pair
    dash: str = " – "
    joined: str = "—"
    speech: str = ""
    before: Mapping[str, str] | None = None
    inside: str = ""
    numbered: str = ""
    titled: str = ""
    together: str = ""

    @property
    def pairs(self) -> Mapping[str, str]:
        """Opening mark -> closing mark, of all that are usual; and those that are not but mean nothing else."""
        return _pairs(*self.double, self.single)


@cache
def _pairs(*usual: Pair) -> Mapping[str, str]:
    own = dict(usual)
    closing = set(own.values())
    other = {"“": "”", "‘": "’", "„": "“", "«": "»", "‹": "›", "‚": "‘"}
    return own | {a: b for a, b in other.items() if a not in closing and a not in own}


_CURLY, _CURLY_1 = ("“", "”"), ("‘", "’")
_LOW, _LOW_1 = ("„", "“"), ("‚", "‘")
_ANGLES, _ANGLES_1 = ("«", "»"), ("‹", "›")
_HIGH = {";": NARROW, "!": NARROW, "?": NARROW, ":": NO_BREAK}
_ENGLISH: Mapping[str, Any] = {
    "numbered": "pp?|vols?|[Nn]os?|ch|fols?|[Ff]ig|n|ll?",
    "titled": r"(?:Mr|Mrs|Ms|Dr|Prof|Rev|Capt|Gen|Col|Lt|St)\.?",
}
_GERMAN: Mapping[str, Any] = {
    "numbered": "S|Nr|Bd|Kap|Abb|Sp|Bl",
    "together": r"z\. B\.|d\. h\.|u\. a\.|s\. o\.|s\. u\.|i\. e\.|o\. ä\.",
}
_RUSSIAN: Mapping[str, Any] = {"numbered": "с|стр|т|гл|рис", "titled": "[ВвКкСсОоУуИиАаЯя]"}

CONVENTIONS = (
    Convention("en", (_CURLY, _CURLY), _CURLY_1, **_ENGLISH),
    Convention("en-US", (_CURLY, _CURLY), _CURLY_1, dash="—", **_ENGLISH),
    Convention("en-CA", (_CURLY, _CURLY), _CURLY_1, dash="—", **_ENGLISH),
    Convention("de", (_LOW, _LOW_1), _LOW_1, joined="–", **_GERMAN),
    Convention("de-CH", (_ANGLES, _ANGLES_1), _ANGLES_1, joined="–", **_GERMAN),
    Convention(
        "fr", (_ANGLES, _CURLY), _CURLY_1, " — ", speech="—", before=_HIGH, inside=NO_BREAK,
        numbered="p|pp|vol|t|chap|n|fol", titled=r"(?:M|MM|Mme|Mlle|Dr|Me)\.?",
    ),
    Convention("fr-CH", (_ANGLES, _ANGLES_1), _ANGLES_1, " — ", speech="—",
               before=dict.fromkeys(";!?:", NARROW), inside=NARROW, numbered="p|pp|vol|t"),
    Convention("fr-CA", (_ANGLES, _CURLY), _CURLY_1, " — ", speech="—",
               before={":": NO_BREAK}, inside=NO_BREAK, numbered="p|pp|vol|t"),
    Convention("es", (_ANGLES, _CURLY), _CURLY_1, " — ", speech="—", numbered="págs?|pp?|vol|cap|núm|t",
               titled=r"(?:Sr|Sra|D|Dña|Dr)\."),
    Convention("it", (_ANGLES, _CURLY), _CURLY_1, numbered="pp?|vol|cap|n", titled=r"(?:Sig|Dott|Prof)\."),
    Convention("pt", (_ANGLES, _CURLY), _CURLY_1, " — ", speech="—", numbered="pp?|vol|cap"),
    Convention("nl", (_CURLY, _CURLY), _CURLY_1, numbered="pp?|nr|blz"),
    Convention("pl", (("„", "”"), _ANGLES), ("‚", "’"), speech="—", numbered="s|nr|t"),
    Convention("cs", (_LOW, _LOW_1), _LOW_1, numbered="s|č|sv"),
    Convention("ru", (_ANGLES, _LOW), _LOW, f"{NO_BREAK}— ", speech="—", **_RUSSIAN),
    Convention("uk", (_ANGLES, _LOW), _LOW, f"{NO_BREAK}— ", speech="—", numbered="с|т"),
)  # fmt: skip
_BY_NAME = {one.name.lower(): one for one in CONVENTIONS}


@cache
def convention(language: str) -> Convention | None:
    """The convention of a BCP 47 tag, by language and region, else by language; None where none is known here."""
    parts = language.lower().split("-")
    region = next((part for part in parts[1:] if len(part) == 2), "")
    return _BY_NAME.get(f"{parts[0]}-{region}") or _BY_NAME.get(parts[0])
