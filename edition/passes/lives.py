"""Life dates as an edition's language says them, and as they sort.

Knows people and wording; knows no section.
"""

from __future__ import annotations

from msgspec.structs import replace

from .. import edtf
from ..book import Person
from ..wording import wording


def shown(text: str, language: str) -> str:
    """A date as a language says it; what is no EDTF stands as it is."""
    value = edtf.parse(text) if text else None
    return value.shown(language) if value else text


def life(person: Person, language: str) -> str:
    """1879–1940, with days where they are known; "" where nothing is."""
    born, died = (shown(value, language) for value in (person.born, person.died))
    if born and died:
        return f"{born} – {died}" if " " in born + died else f"{born}–{died}"
    words = wording(language)
    return words.born.format(born) if born else words.died.format(died) if died else ""


def years(person: Person, language: str) -> str:
    """Life dates without days and months: 1879–1940."""
    return life(_in_years(person), language)


def _in_years(person: Person) -> Person:
    return replace(person, born=_year(person.born), died=_year(person.died))


def _year(text: str) -> str:
    value = edtf.parse(text) if text else None
    if value is None or value.is_interval or value.start is None or value.start.grain < 4:
        return text
    return value.start.year + value.start.mark


def birth(person: Person) -> tuple[object, ...]:
    """What sorts people of one name."""
    value = edtf.parse(person.born) if person.born else None
    return tuple(value.sort_key()) if value else ()
