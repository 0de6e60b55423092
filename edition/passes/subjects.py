"""What a unit's text says to the index: entries and passages, and how mentions of names stand in it.

`mark` gives ids, `gather` tells the unit's Facts of them.
Knows one unit; knows no register and no other unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ..book import IndexMark
from ..normal.vocabulary import NAMES, block_of, place, standing
from ..problems import Place, Problem
from ..xml import ID, Element, all_named, local
from . import citations, questions, terms

# Inlines that other places point to, and the letter of their ids: "p-7f3a.x1".
_POINTED = {"index": "x", "term": "t", "bibl": "b"}
_LEVEL = "{http://www.tei-c.org/ns/1.0}index"


def mark(unit: Element, file: str, key: str) -> list[Problem]:
    """Give ids to all that the index, the glossary and the bibliography point to; complain of marks without a name."""
    counted: Counter[tuple[Element, str]] = Counter()
    for element in all_named(unit, *_POINTED):
        block, letter = block_of(element), _POINTED[local(element)]
        if block is not None and not _is_level(element):
            counted[block, letter] += 1
            element.set(ID, f"{block.get(ID)}.{letter}{counted[block, letter]}")
    _name_ends(unit)
    text = "no name that is in a register stands in these words"
    hint = "put the brackets around the name, or say who it is: {person=…}"
    empty = [seg for seg in _mentions(unit) if not list(_named(seg))]
    return [Problem("index-mention", place(seg, unit, file, key), text, hint) for seg in empty]


def _is_level(element: Element) -> bool:
    """Whether an element stands within an <index>: one level of it."""
    return any(local(above) == "index" for above in element.iterancestors())


def _name_ends(unit: Element) -> None:
    """The end of each passage is called after its beginning."""
    anchors = {a.get(ID): a for a in all_named(unit, "anchor") if a.get("type") == "index"}
    for entry in all_named(unit, "index"):
        anchor = anchors.get(entry.get("spanTo", "")[1:])
        if anchor is not None:
            name = f"{entry.get(ID)}.end"
            anchor.set(ID, name)
            entry.set("spanTo", f"#{name}")


def _mentions(unit: Element) -> list[Element]:
    return [seg for seg in all_named(unit, "seg") if seg.get("type") == "mention"]


def _named(seg: Element) -> Iterator[Element]:
    """The names that a mark is of: those within it, else the one around it."""
    within = [name for name in all_named(seg, *NAMES) if name.get("ref")]
    around = [name for name in seg.iterancestors() if local(name) in NAMES and name.get("ref")]
    yield from within or around[:1]


def weights(unit: Element) -> dict[str, dict[str, str]]:
    """How mentions stand in the index: id of the name -> {weight: main | passing, sub: sub-heading}."""
    found = {}
    for seg in _mentions(unit):
        for name in _named(seg):
            found[name.get(ID, "")] = {"weight": seg.get("subtype", ""), "sub": seg.get("n", "")}
    return found


def gather(unit: Element, file: str, key: str) -> list[IndexMark]:
    """The entries that the text itself gives, in order."""
    marks = [element for element in all_named(unit, "index") if not _is_level(element)]
    return [_entry(element, place(element, unit, file, key)) for element in marks]


def _entry(element: Element, where: Place) -> IndexMark:
    path, see, level = [], "", element
    while True:
        terms = [kid for kid in level if local(kid) == "term"]
        path += [" ".join("".join(term.itertext()).split()) for term in terms if term.get("type") != "see"][:1]
        see = see or next(("".join(term.itertext()).strip() for term in terms if term.get("type") == "see"), "")
        inner = level.find(_LEVEL)
        if inner is None:
            break
        level = inner
    _, note = standing(element)
    main = "bold" in element.get("rend", "").split()
    name, index = element.get(ID, ""), element.get("indexName", "")
    return IndexMark(tuple(path), name, element.get("spanTo", "")[1:], note, main, see, index, where)


def facts(unit: Element, file: str, key: str) -> dict[str, Any]:
    """The index's part of a unit's Facts."""
    return {
        "entries": gather(unit, file, key),
        "weights": weights(unit),
        "cited": [(name, bibl.get(ID, ""), standing(bibl)[1]) for bibl, name in citations.cited(unit)],
        "terms": terms.uses(unit),
        "has_questions": bool(questions.lists(unit)),
    }
