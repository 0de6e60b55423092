"""The calendar expressions of each language, one table a module.

Knows words only; what a table holds is explained in calendar_grammar.py.
"""

from __future__ import annotations

from ..calendar_grammar import Grammar
from .english import ENGLISH
from .french import FRENCH
from .german import GERMAN
from .russian import RUSSIAN
from .spanish import SPANISH

_GRAMMARS = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ru": RUSSIAN}


def grammar(language: str) -> Grammar | None:
    """The table of a BCP 47 language, whatever its region; None where there is none yet."""
    return _GRAMMARS.get(language.lower().partition("-")[0])
