"""The order of an index: letter by letter or word by word, by the Unicode Collation Algorithm.

Knows strings only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from .name_forms import folded


@cache
def _collator() -> Any:
    from pyuca import Collator

    return Collator()


def sort_key(text: str, order: str) -> tuple[tuple[int, ...], ...]:
    """The key of an entry "Surname, Given".

    Letter by letter (`order` = "letter") ignores spaces and hyphens up to the comma, then compares what follows it;
    word by word ("word") compares each word by itself (ISO 999:1996, 8.2).
    """
    parts = [part.strip() for part in text.split(",", 1)]
    if order == "word":
        parts = [word for part in parts for word in re.split(r"[\s\-\u2010]+", part)]
    else:
        parts = [re.sub(r"[\s\-\u2010’']", "", part) for part in parts]
    return tuple(tuple(_collator().sort_key(part)) for part in parts)


def letter(text: str) -> str:
    """The letter an entry is grouped under: its first letter without diacritics, in upper case; "#" for others."""
    for character in folded(text):
        if unicodedata.category(character).startswith("L"):
            return character.upper()
        if character.isdigit():
            return "#"
    return "#"
