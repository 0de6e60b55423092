"""The vocabulary of the normal form: which TEI elements are blocks, and how a block or an inline of it is counted.

Knows trees; knows no source format, no file and no pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Place
from ..xml import ID, Element, all_named, local

# Addressable elements: each gets an id, a line in the position table and a fingerprint. Document order counts them.
BLOCKS = frozenset(
    ("div", "head", "p", "ab", "lg", "l", "quote", "item", "label", "note", "figure", "table", "row", "cell")
)
# The first letter of a generated id.
ID_PREFIX = {
    "div": "d", "head": "h", "p": "p", "ab": "p", "lg": "g", "l": "l", "quote": "q", "item": "i", "label": "i",
    "note": "n", "figure": "f", "table": "t", "row": "r", "cell": "c",
}  # fmt: skip
# Elements whose own text is not the words around them: a stream of its own each (words.py, DESIGN 3.3).
APART = frozenset(("note",))
# The type of an anchor that stands for its block: an id which the block, or one merged into it, had before.
ALIAS = "alias"
# Register ids carry their kind (TEI ids of the text may not begin so).
REGISTER_PREFIXES = ("person-", "place-", "org-", "event-", "bib-", "term-")


def blocks(root: Element) -> Iterator[Element]:
    """Block elements of a tree in document order; the root counts if it is one."""
    return all_named(root, *BLOCKS)


def block_of(element: Element) -> Element | None:
    """The nearest block that is or holds `element`."""
    found: Element | None = element
    while found is not None and local(found) not in BLOCKS:
        found = found.getparent()
    return found


def mark_of(element: Element, block: Element) -> str:
    """The name of an inline within its block: "ref.2" for the second <ref>; "" for the block itself.

    Counted among equal names only, so that names and dates marked later leave the others' counts alone.
    """
    if element is block:
        return ""
    name = local(element)
    alike = (other for other in all_named(block, name) if block_of(other) is block)
    return f"{name}.{next(k for k, other in enumerate(alike, 1) if other is element)}"


def place(element: Element, root: Element, file: str, unit: str = "") -> Place:
    """The Place of an element: block ordinal within `root`, which is the tree of `file` as read, or of its unit."""
    block = block_of(element)
    if block is None:
        return Place(file, unit=unit)
    ordinal = next(k for k, other in enumerate(blocks(root)) if other is block)
    return Place(file, unit=unit, block=ordinal, mark=mark_of(element, block))


def standing(element: Element) -> tuple[str, str]:
    """Where an inline stands: the id of its block, and the id of the note it is in ("" outside notes)."""
    block = block_of(element)
    note: Element | None = element
    while note is not None and local(note) != "note":
        note = note.getparent()
    return ("" if block is None else block.get(ID, "")), ("" if note is None else note.get(ID, ""))
