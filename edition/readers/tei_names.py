"""Whom or what a name in a TEI source means, and when a date is: the shapes of references put into one.

`@ref` with "#a", "#a #b", an address, a bare id; `@key`; `@corresp`; dates in W3C's and in ISO's attributes.
Knows the registers of the file; knows nothing of those of the edition.
"""

from __future__ import annotations

import re

from ..xml import Element
from .tei_registers import Registers
from .tei_rend import as_token
from .tei_source import Source

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|.*[/#.?]")
_UNFIT = re.compile(r"[\s<>\"{}|\\^`]")
# What TEI P5 has in these attributes (teidata.temporal.w3c): dates, years, months, days, times.
_MOMENT = re.compile(
    r"-?\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?\Z"
    r"|--(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?\Z|---(0[1-9]|[12]\d|3[01])\Z|\d\d:\d\d:\d\d\Z"
)
_LONG_FEBRUARY = re.compile(r"(-02-3\d|-02-29|-(04|06|09|11)-31)")
DATED = ("when", "from", "to", "notBefore", "notAfter")


def named(registers: Registers, source: Source, name: Element) -> dict[str, str]:
    """@type, @ref and @key of a name. Ids of the file's registers become ids of ours; all else stays as given."""
    pointers = [_pointer(token, registers) for token in (name.get("ref") or name.get("corresp") or "").split()]
    keys: list[str] = []
    for key in name.get("key", "").split():
        own = registers.target(key)
        (pointers if own else keys).append(f"#{own}" if own else key)
    given = {
        "type": as_token(name.get("type", "")),
        "ref": " ".join(dict.fromkeys(_UNFIT.sub("", one) for one in pointers)),
        "key": " ".join(keys),
    }
    return {attribute: value for attribute, value in given.items() if value}


def _pointer(token: str, registers: Registers) -> str:
    """A pointer as it is to stand: a bare word is an id."""
    own = registers.target(token.removeprefix("#"))
    if own:
        return f"#{own}"
    return token if _ADDRESS.match(token) else f"#{token}"


def who(registers: Registers, speech: Element) -> dict[str, str]:
    """@who of a speech, likewise."""
    pointers = [_pointer(token, registers) for token in speech.get("who", "").split()]
    return {"who": " ".join(_UNFIT.sub("", one) for one in pointers)} if pointers else {}


def dated(element: Element, attributes: tuple[str, ...] = DATED) -> dict[str, str]:
    """The attributes of a date that say when, ISO's as W3C's; what is no date is left out."""
    found = {name: element.get(name) or element.get(f"{name}-iso") or "" for name in attributes}
    return {name: value.strip() for name, value in found.items() if is_moment(value.strip())}


def is_moment(text: str) -> bool:
    """Whether this is a date, part of one, or a time."""
    if not _MOMENT.match(text):
        return False
    short = _LONG_FEBRUARY.search(text)
    return short is None or (short.group() == "-02-29" and _is_leap(text[:4]))


def _is_leap(year: str) -> bool:
    if not year.isdigit():
        return True
    number = int(year)
    return number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
