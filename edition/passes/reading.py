"""The reading text: which branch of choice, app and subst is read, and the list of what is left out by that.

The one place where `reading:` of edition.yaml is decided; what is decided stands in the tree (`n="read"` where it is
not the usual branch), where `normal.vocabulary.is_unread` sees it. Knows one unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..book import Omission
from ..normal.vocabulary import READ, block_of, is_unread
from ..words import words
from ..xml import ID, Element, all_named, local

# What stands in the source, where the editor has something else (TEI Guidelines 3.5).
_OF_THE_SOURCE = ("sic", "orig", "abbr")


def choose(unit: Element, reading: str) -> None:
    """Mark what is read where that is not the usual branch.

    `normalised` is the usual: correction, regularisation, expansion; without what is surplus. `source` is what the
    source has instead. In both a lemma is read before its variants, an addition, and nothing that the writer deleted.
    """
    if reading != "source":
        return
    for choice in all_named(unit, "choice"):
        own = next((kid for kid in choice if local(kid) in _OF_THE_SOURCE), None)
        if own is not None:
            own.set("n", READ)
    for surplus in all_named(unit, "surplus"):
        surplus.set("n", READ)


def omissions(unit: Element) -> tuple[Omission, ...]:
    """All that the reading text leaves out, in order: the id of its block, its text, and as what it is left out."""
    return tuple(_omissions(unit))


def _omissions(element: Element) -> Iterator[Omission]:
    for kid in element:
        if local(kid) and is_unread(kid):
            text = " ".join("".join(kid.itertext()).split())
            block = block_of(kid)
            if words(text) and block is not None:
                yield Omission(block.get(ID, ""), text, local(kid))
        else:
            yield from _omissions(kid)
