"""The words the tool itself puts into an edition, by language: labels, headings of generated sections, headnotes.

Knows languages only: one module each. Whatever stands here lands in outputs and is CC0 (LICENSE).
"""

from __future__ import annotations

from .english import ENGLISH
from .shape import Wording

__all__ = ["ENGLISH", "Wording", "is_worded", "wording"]

_LANGUAGES = {"en": ENGLISH}


def wording(language: str) -> Wording:
    """The words of a BCP 47 language; English where there are none."""
    return _LANGUAGES.get(language.split("-")[0].lower(), ENGLISH)


def is_worded(language: str) -> bool:
    """Whether the tool has words of this language."""
    return language.split("-")[0].lower() in _LANGUAGES
