"""The order of an index: letter by letter or word by word, by the Unicode Collation Algorithm as a language has it.

Knows strings only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from ..patterns import late
from .alphabets import ARTICLES, LEADING, LETTERS
from .name_forms import folded

_APART = late(r"[\s\-\u2010]+")
_IGNORED = late(r"[\s\-\u2010’'.]")


@cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


@cache
def _icu(language: str) -> Any:
    from icu import Collator, Locale  # type: ignore[import-not-found,unused-ignore]

    return Collator.createInstance(Locale(language))


def has_icu() -> bool:
    """Whether PyICU is installed."""
    from importlib.util import find_spec

    return find_spec("icu") is not None


def sort_key(text: str, order: str, language: str = "", collation: str = "uca") -> tuple[Any, ...]:
    """The key of an entry "Surname, Given".

    Letter by letter (`order` = "letter") ignores spaces and hyphens up to the comma, then compares what follows it;
    word by word ("word") compares each word by itself (ISO 999:1996, 8.2). `collation`: "uca", or "icu" for PyICU.
    """
    parts = [part.strip() for part in text.split(",", 1)]
    if order == "word":
        parts = [word for part in parts for word in _APART.split(part)]
    else:
        parts = [_IGNORED.sub("", part) for part in parts]
    return tuple(_key(part, language, collation) for part in parts)


def _key(text: str, language: str, collation: str) -> Any:
    if collation == "icu":
        return _icu(language).getSortKey(text)
    own = tailored(text, language)
    return tuple(_collator().sort_key(own))


def tailored(text: str, language: str) -> str:
    """The text in letters that sort by the algorithm's own table as the language sorts its letters."""
    letters = LETTERS.get(_primary(language), {})
    if not letters:
        return text
    lower = unicodedata.normalize("NFC", text).lower()
    return _pattern(_primary(language)).sub(lambda match: letters[match[0]], lower)


def _primary(language: str) -> str:
    return language.split("-")[0].lower()


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, LETTERS[language]), key=len, reverse=True)))


def without_leading(text: str, language: str) -> str:
    """A sub-heading without the articles, prepositions and conjunctions it begins with: they do not sort."""
    return _without(text, LEADING.get(_primary(language), frozenset()))


def without_article(title: str, language: str) -> str:
    """A title without the article and the quotes it begins with: they do not sort."""
    return _without(title.lstrip("[“‘«„(\"'"), ARTICLES.get(_primary(language), frozenset()))


def _without(text: str, leading: frozenset[str]) -> str:
    words = text.split()
    while len(words) > 1 and words[0].lower() in leading:
        del words[0]
    return " ".join(words)


def letter(text: str, language: str = "") -> str:
    """The letter an entry is grouped under: its first, in upper case, as the language counts letters; "#" for others.

    Diacritics count only where they make another letter: Č stands under C in English, under Č in Czech.
    """
    own = LETTERS.get(_primary(language), {})
    lower = unicodedata.normalize("NFC", text).lower()
    for position, character in enumerate(lower):
        match = _pattern(_primary(language)).match(lower, position) if own else None
        if match:
            return match[0].capitalize()
        base = folded(character)
        if base and unicodedata.category(base[0]).startswith("L"):
            return base[0].upper()
        if character.isdigit():
            return "#"
    return "#"
