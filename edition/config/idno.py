"""Record numbers of authority files: their shapes and check digits, verified without asking anybody.

Knows numbers only.
"""

from __future__ import annotations

import re

from .fields import quoted

_SHAPES = {
    "wikidata": "Q[1-9][0-9]*",
    "viaf": "[1-9][0-9]{1,21}",
    "gnd": "1[012]?[0-9]{7}[0-9X]|[1-9][0-9]{0,7}-[0-9X]|3[0-9]{7}[0-9X]",
    "lccn": "[a-z]{1,3}[0-9]{8}([0-9]{2})?",
    "isni": "(?:[0-9]{4} ?){3}[0-9]{3}[0-9X]",
    "orcid": "(?:[0-9]{4}-){3}[0-9]{3}[0-9X]",
    "geonames": "[1-9][0-9]{0,8}",
}
# What stands before the number where a whole address is given.
_ADDRESS = re.compile("https?://(?:[^/]+/)+?(?=[^/]+/?$)")


def fault(scheme: str, number: str) -> tuple[str, str] | None:
    """(What is wrong with a record number, what to do); None if nothing is, or nothing is known of the scheme."""
    if re.fullmatch(_SHAPES.get(scheme, ".*"), number) is None:
        return f"{quoted(number)} is no id of {scheme}", "copy the id alone, without its address"
    right = _check_digit(scheme, number)
    if right and right != number[-1]:
        hint = f"after these digits it would be {right}: one of them is mistyped"
        return f"the check digit of {scheme} {number} is wrong", hint
    return None


def bare(text: str) -> str:
    """The number without the address it was given with: https://d-nb.info/gnd/118609807/ is 118609807."""
    return _ADDRESS.sub("", text.strip()).rstrip("/")


def _check_digit(scheme: str, number: str) -> str:
    """The check digit these digits ask for; "" where the scheme has none."""
    digits = [int(digit) for digit in number[:-1] if digit.isdigit()]
    if scheme == "gnd":
        return _gnd(digits, has_hyphen="-" in number)
    return _iso_7064(digits) if scheme in ("isni", "orcid") else ""


def _gnd(digits: list[int], *, has_hyphen: bool) -> str:
    """Weights from 2, right to left, modulo 11; the numbers with a hyphen take the rest itself (DNB, on GND ids)."""
    rest = sum(weight * digit for weight, digit in enumerate(reversed(digits), 2)) % 11
    return "0123456789X"[rest if has_hyphen else -rest % 11]


def _iso_7064(digits: list[int]) -> str:
    """ISO 7064, MOD 11-2."""
    total = 0
    for digit in digits:
        total = (total + digit) * 2
    return "0123456789X"[(12 - total % 11) % 11]
