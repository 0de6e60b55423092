"""The words the tool itself puts into an edition, by language: labels, headings of generated sections, headnotes.

Knows languages only: one module each. Whatever stands here lands in outputs and is CC0 (LICENSE).
"""

from __future__ import annotations

from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .russian import RUSSIAN
from .shape import CitationWords, IndexWords, Wording
from .spanish import SPANISH

__all__ = ["ENGLISH", "LANGUAGES", "CitationWords", "IndexWords", "Wording", "is_worded", "wording"]

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN}


def wording(language: str) -> Wording:
    """The words of a BCP 47 language; English where there are none."""
    return LANGUAGES.get(language.split("-")[0].lower(), ENGLISH)


def is_worded(language: str) -> bool:
    """Whether the tool has words of this language."""
    return language.split("-")[0].lower() in LANGUAGES
