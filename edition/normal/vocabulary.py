"""The vocabulary of the normal form: which TEI elements are blocks, and how a block or an inline of it is counted.

Knows trees; knows no source format, no file and no pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Place
from ..xml import ID, Element, all_named, local

# Addressable elements: each gets an id, a line in the position table and a fingerprint. Document order counts them.
BLOCKS = frozenset(
    ("div", "head", "p", "ab", "lg", "l", "quote", "item", "label", "note", "figure", "table", "row", "cell")
    + ("speaker", "stage", "castItem", "opener", "closer", "trailer")
)
_IN_ORDER = tuple(sorted(BLOCKS))
# Elements that hold blocks and no text of their own; white space in them means nothing.
CONTAINERS = frozenset(
    ("body", "div", "lg", "list", "quote", "note", "figure", "table", "row", "epigraph", "argument", "postscript")
    + ("sp", "spGrp", "castList", "castGroup", "floatingText")
)
# Elements that are names of people, places and organisations, or other words for them.
NAMES = ("persName", "placeName", "orgName", "geogName", "name", "rs")
# The first letter of a generated id.
ID_PREFIX = {
    "div": "d", "head": "h", "p": "p", "ab": "p", "lg": "g", "l": "l", "quote": "q", "item": "i", "label": "i",
    "note": "n", "figure": "f", "table": "t", "row": "r", "cell": "c", "speaker": "s", "stage": "s", "castItem": "i",
    "opener": "o", "closer": "o", "trailer": "o",
}  # fmt: skip
# Elements whose own text is not the words around them: a stream of its own each (words.py, DESIGN 3.3).
APART = frozenset(("note",))
# The type of an anchor that stands for its block: an id which the block, or one merged into it, had before.
ALIAS = "alias"
# Register ids carry their kind (TEI ids of the text may not begin so).
GENERATED_PREFIXES = ("part-", "who-", "when-", "index-")  # so those of what stands in generated sections
REGISTER_PREFIXES = ("person-", "place-", "org-", "event-", "bib-", "term-")
_FREE_ID = re.compile(r"[^\W\d][\w.-]*")
# Of the children of <choice> the reading text has the first of these kinds that is there, else its first child.
_READINGS = ("corr", "reg", "expan")
# @n of a branch that is read though another usually is (passes/reading.py).
READ = "read"
# What the reading text leaves out wherever it stands; the words for an image stand for it and are no text.
_NEVER_READ = frozenset(("del", "surplus", "figDesc", "index"))


def blocks(root: Element) -> Iterator[Element]:
    """Block elements of a tree in document order; the root counts if it is one."""
    found = all_named(root, *_IN_ORDER)
    if next(all_named(root, "stage"), None) is None:
        return found
    return (element for element in found if local(element) != "stage" or is_block(element))


def is_block(element: Element) -> bool:
    """Whether an element is a block: by its name; a stage direction in the midst of a line is none."""
    name = local(element)
    return name in BLOCKS and (name != "stage" or _stands_among_blocks(element))


def _stands_among_blocks(element: Element) -> bool:
    parent = element.getparent()
    return parent is None or local(parent) in CONTAINERS


def is_unread(element: Element) -> bool:
    """Whether the reading text leaves an element out: what is deleted, and every branch but one of `choice` and `app`.

    Of `choice` it has the correction, regularisation or expansion; of `app` the lemma, else the first reading; unless
    passes/reading.py says otherwise.
    """
    parent, name = element.getparent(), local(element)
    if name in _NEVER_READ:
        return element.get("n") != READ
    if parent is None or local(parent) not in ("choice", "app") or name == "note":
        return False
    return element is not _read_branch(parent)


def is_within_unread(element: Element) -> bool:
    """Whether an element is left out by the reading text, or stands in what is."""
    return is_unread(element) or any(is_unread(above) for above in element.iterancestors())


def _read_branch(parent: Element) -> Element | None:
    kids = [kid for kid in parent if local(kid) and local(kid) != "note"]
    wanted = _READINGS if local(parent) == "choice" else ("lem",)
    ranked = sorted(kids, key=lambda kid: wanted.index(local(kid)) if local(kid) in wanted else len(wanted))
    return next((kid for kid in ranked if kid.get("n") == READ), ranked[0] if ranked else None)


def block_of(element: Element) -> Element | None:
    """The nearest block that is or holds `element`."""
    found: Element | None = element
    while found is not None and not is_block(found):
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


def is_added(element: Element) -> bool:
    """Whether an element is, or stands in, a note that the edition adds to a source (passes/annotations.py)."""
    notes = (one for one in (element, *element.iterancestors()) if local(one) == "note")
    return any(note.get("resp") == "#edition" for note in notes)


def place(element: Element, root: Element, file: str, unit: str = "") -> Place:
    """The Place of an element: block ordinal within `root`, which is the tree of `file` as read, or of its unit."""
    block = block_of(element)
    while block is not None and is_added(block) and (around := block.getparent()) is not None:
        element, block = around, block_of(around)
    if block is None:
        return Place(file, unit=unit)
    added = any(is_added(note) for note in all_named(root, "note"))
    order = (one for one in blocks(root) if not added or not is_added(one))
    ordinal = next(k for k, other in enumerate(order) if other is block)
    return Place(file, unit=unit, block=ordinal, mark=mark_of(element, block))


def is_free_id(name: str) -> bool:
    """Whether something of the text may have this id: no name that an edition cannot hold, none of a register's."""
    return _FREE_ID.fullmatch(name) is not None and not name.startswith(REGISTER_PREFIXES)


def standing(element: Element) -> tuple[str, str]:
    """Where an inline stands: the id of its block, and the id of the note it is in ("" outside notes)."""
    block = block_of(element)
    note: Element | None = element
    while note is not None and local(note) != "note":
        note = note.getparent()
    return ("" if block is None else block.get(ID, "")), ("" if note is None else note.get(ID, ""))
