"""The calendar expressions of each language, one table a module, read when the language is met.

Knows words only; what a table holds is explained in calendar_grammar.py.
"""

from __future__ import annotations

from importlib import import_module

from ..calendar_grammar import Grammar

_GRAMMARS = {"en": "english", "de": "german", "fr": "french", "es": "spanish", "ru": "russian"}


def grammar(language: str) -> Grammar | None:
    """The table of a BCP 47 language, whatever its region; None where there is none yet."""
    name = _GRAMMARS.get(language.lower().partition("-")[0])
    if name is None:
        return None
    found: Grammar = getattr(import_module(f".{name}", __name__), name.upper())
    return found
