"""The JSON of units (docs/architecture.md, "A unit as XHTML") opened as trees, with the ids and file names of an EPUB.

Knows the form of a unit; knows no other file of the package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..xml import Element
from .documents import elements, file_names, named, safe_id

_ID_LISTS = ("aria-labelledby", "aria-describedby", "headers", "for")


class Note(Struct):
    """A note of a unit: its id, those of its references, its blocks."""

    id: str
    number: str
    refs: list[str]
    blocks: list[Element]


class OpenUnit(Struct):
    """A unit while the EPUB is made. Ids and fragments in `section` and `notes` are EPUB ids; `id` is one too."""

    key: str
    id: str
    kind: str
    zone: str
    title: str
    short: str
    number: str
    language: str
    heads: list[tuple[str, int, str]]  # id, level, text
    section: Element
    notes: list[Note]
    file: str

    def trees(self) -> list[Element]:
        """The section and every block of the notes."""
        return [self.section, *(block for note in self.notes for block in note.blocks)]


def open_units(units: Sequence[Mapping[str, Any]]) -> list[OpenUnit]:
    """Units in the order given."""
    files = file_names([unit["id"] for unit in units])
    return [open_unit(unit, file) for unit, file in zip(units, files, strict=True)]


def open_unit(unit: Mapping[str, Any], file: str) -> OpenUnit:
    """A unit in a file of that name."""
    roots = elements(unit["body"])
    assert len(roots) == 1, f"unit {unit['unit']!r} has {len(roots)} outermost elements"
    opened = OpenUnit(
        key=unit["unit"],
        id=safe_id(unit["id"]),
        kind=unit["kind"],
        zone=unit["zone"],
        title=unit["title"],
        short=unit["short"],
        number=unit["number"],
        language=unit["language"],
        heads=[(safe_id(head["id"]), int(head["level"]), head["text"]) for head in unit["heads"]],
        section=roots[0],
        notes=[_note(note) for note in unit["notes"]],
        file=file,
    )
    for tree in opened.trees():
        _with_safe_ids(tree)
    return opened


def _note(note: Mapping[str, Any]) -> Note:
    refs = [safe_id(ref) for ref in note["refs"]]
    return Note(safe_id(note["id"]), str(note["number"]), refs, elements(note["body"]))


def _with_safe_ids(root: Element) -> None:
    """Every id, fragment and list of ids of a tree as EPUB ids."""
    for element in named([root]):
        if "id" in element.attrib:
            element.set("id", safe_id(element.get("id", "")))
        href = element.get("href", "")
        if href.startswith("#"):
            element.set("href", f"#{safe_id(href[1:])}")
        for name in _ID_LISTS:
            if name in element.attrib:
                element.set(name, " ".join(map(safe_id, element.get(name, "").split())))
