"""The words a book has, by which other passes tell a word from a slip: lower-case words, and compounds with hyphens.

Knows one unit.
"""

from __future__ import annotations

from ..normal.vocabulary import blocks
from ..patterns import late
from ..words import words
from ..xml import Element
from .spans import flow
from .typography import hyphens

_COMPOUND = late(r"[^\W\d_]+(?:-[^\W\d_]+)+")


def gather(unit: Element) -> list[str]:
    """The words and compounds of a unit that stand in lower case; no halves of words divided at a line's end."""
    texts = [hyphens.without(flow(block).text) for block in blocks(unit)]
    found = set(words(" ".join(texts)))
    found |= {compound for text in texts if "-" in text for compound in _COMPOUND.findall(text)}
    return sorted(word for word in found if word.islower())
