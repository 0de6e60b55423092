"""What marks the first, second … note of a series: numbers, letters or symbols.

Knows no note and no page.
"""

from __future__ import annotations

SYMBOLS = "*†‡§¶"  # the parallel lines that come fifth in some houses are in few faces, and not in ours


def mark(number: int, kind: str) -> str:
    """The mark of the first, second … note: 1, 2 …; a … z, aa …; * † ‡ § ¶ ** …"""
    if kind == "letters":
        before, letter = divmod(number - 1, 26)
        return (mark(before, kind) if before else "") + chr(ord("a") + letter)
    if kind == "symbols":
        times, which = divmod(number - 1, len(SYMBOLS))
        return SYMBOLS[which] * (times + 1)
    return str(number)
