"""Ids of blocks: the room of the ledger.

An explicit id stands. Every other block is named after a hash of its words in lower case, with a suffix where the
same words occur again; the alignment with edition.lock, which lets ids outlive edits, comes into `align`.
Knows fingerprints only: no tree of another unit, no file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..normal.vocabulary import ID_PREFIX, REGISTER_PREFIXES, block_of, blocks
from ..problems import Place, Problem
from ..words import fingerprint
from ..xml import ID, Element, all_named, child, local
from .spans import flow


@dataclass(frozen=True, slots=True)
class Mark:
    """A block as the ledger sees it: kind, hash of its words, explicit id if it has one."""

    kind: str
    hash: str
    id: str


def marks(unit: Element) -> list[Mark]:
    """One Mark per block of a unit, in document order."""
    return [Mark(local(block), _hash(block), block.get(ID, "")) for block in blocks(unit)]


def _hash(block: Element) -> str:
    own = block
    if local(block) == "div":
        head = child(block, "head")
        own = block if head is None else head
    elif local(block) in ("note", "quote", "item") and not flow(block).text.strip("\x1f \n"):
        first = next((inner for inner in blocks(block) if inner is not block), None)
        own = block if first is None else first
    text = fingerprint(flow(own).text)
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()


def align(units: Mapping[str, Sequence[Mark]]) -> dict[str, list[str]]:
    """unit -> the id of each of its blocks, in order. Deterministic; explicit ids are never given away."""
    taken = {mark.id for row in units.values() for mark in row if mark.id}
    given: dict[str, list[str]] = {}
    for unit, row in units.items():
        given[unit] = [mark.id or _fresh(mark, taken) for mark in row]
    return given


def _fresh(mark: Mark, taken: set[str]) -> str:
    base = f"{ID_PREFIX[mark.kind]}-{mark.hash[:6]}"
    name, occurrence = base, 1
    while name in taken:
        occurrence += 1
        name = f"{base}-{occurrence}"
    taken.add(name)
    return name


def id_problems(units: Mapping[str, tuple[str, Sequence[Mark]]], reserved: Collection[str]) -> list[Problem]:
    """Explicit ids given twice, or that belong to generated sections or registers. `units`: key -> (file, marks)."""
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for key, (file, row) in units.items():
        for ordinal, mark in enumerate(row):
            here = Place(file, unit=key, block=ordinal)
            if mark.id and (mark.id in reserved or mark.id.startswith((*REGISTER_PREFIXES, "part-"))):
                text = f"the id “{mark.id}” belongs to a generated section or a register"
                found.append(Problem("id-reserved", here, text, "choose another id"))
            elif mark.id in seen:
                hint = f"it is given first in {seen[mark.id]}; ids are unique in the whole edition"
                found.append(Problem("id-doubled", here, f"the id “{mark.id}” is given twice", hint))
            elif mark.id:
                seen[mark.id] = file
    return found


def give_ids(unit: Element, ids: Sequence[str]) -> None:
    """Write the ledger's ids into a unit's blocks."""
    for block, name in zip(blocks(unit), ids, strict=True):
        block.set(ID, name)


def give_inline_ids(unit: Element) -> None:
    """Names and dates are called after their block and their place in it: "p-7f3a.n2", "p-7f3a.d1"."""
    for block in blocks(unit):
        for name, letter in (("persName", "n"), ("date", "d")):
            own = (element for element in all_named(block, name) if block_of(element) is block)
            for count, element in enumerate(own, 1):
                element.set(ID, f"{block.get(ID)}.{letter}{count}")
