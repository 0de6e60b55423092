"""Where the notes of a TEI file belong: the idioms by which a note and its place are told apart, put into one plan.

A note stands where it is; or at the reference that calls it from the back (`ref[@target]`); or at the anchor or the
passage it says itself (`note[@target]`, `note[@corresp]`); or it goes on with another (`note[@prev]`). TEI P5 3.9.
Knows a source; makes nothing.
"""

from __future__ import annotations

from msgspec import Struct, field

from ..xml import Element
from .tei_elements import DIVS, REGISTERS
from .tei_source import Source, line, word_count

# What holds a note that stands among blocks, not in a text.
_APART = DIVS | {"back", "front", "body", "text", "noteGrp", "standOff", "listAnnotation", "list", "item", "TEI"}


class Plan(Struct):
    """`at`: reference -> the note that stands in its place. `behind`: element -> notes that come right after it.
    `more`: note -> the notes that go on with it. `orphans`: notes in a section of notes that nothing calls."""

    at: dict[Element, Element] = field(default_factory=dict)
    behind: dict[Element, list[Element]] = field(default_factory=dict)
    more: dict[Element, list[Element]] = field(default_factory=dict)
    orphans: list[Element] = field(default_factory=list)
    placed: set[Element] = field(default_factory=set)


def plan(source: Source) -> Plan:
    """The plan of all notes outside the header."""
    made = Plan()
    outside = {one for header in source.all("teiHeader") for one in header.iter()}
    notes = [one for one in source.all("note") if one not in outside and not _is_taken(one, source)]
    for note in notes:
        if _is_index_marker(note, source):
            source.taken.add(note)
            text = "marks of passages for an index are no notes"
            source.said.count("tei-left-out", line(note), text, words=word_count(note))
        elif note.get("prev", "").startswith("#") and source.ids.get(note.get("prev", "")[1:]) in notes:
            made.more.setdefault(source.ids[note.get("prev", "")[1:]], []).append(note)
            made.placed.add(note)
    _called(made, notes, source, outside)
    _pointing(made, notes, source)
    made.orphans = [note for note in notes if note not in made.placed and _is_in_section_of_notes(note, source)]
    return made


def _is_taken(element: Element, source: Source) -> bool:
    return any(one in source.taken for one in element.iterancestors())


def _is_index_marker(note: Element, source: Source) -> bool:
    """Whether a note holds nothing but records of a register, which say who is meant in the line beside it."""
    kids = source.kids(note)
    if any(source.name(above) in REGISTERS for above in note.iterancestors()):
        return False
    loose = (note.text or "") + "".join(kid.tail or "" for kid in note)
    return bool(kids) and not loose.strip() and all(source.name(kid) in REGISTERS for kid in kids)


def _called(made: Plan, notes: list[Element], source: Source, outside: set[Element]) -> None:
    """Notes apart from the text, at the first reference that names them."""
    apart = {source.id(note): note for note in notes if source.id(note) and _is_apart(note, source)}
    for ref in source.all("ref", "ptr", "xref", "xptr"):
        if ref in outside or _is_taken(ref, source):
            continue
        for name in source.ids_meant(ref.get("target", "")):
            note = apart.get(name)
            if note is not None and note not in made.placed and not _holds(note, ref):
                made.at[ref] = note
                made.placed.add(note)
                break


def _pointing(made: Plan, notes: list[Element], source: Source) -> None:
    """Notes apart from the text, or said to end elsewhere, that name their place themselves."""
    for note in notes:
        if note in made.placed or not _is_apart(note, source):
            continue
        for attribute in ("targetEnd", "target", "corresp"):
            named = [source.ids[name] for name in source.ids_meant(note.get(attribute, "")) if name in source.ids]
            if named and not _holds(named[-1], note):
                made.behind.setdefault(named[-1], []).append(note)
                made.placed.add(note)
                break


def _is_apart(note: Element, source: Source) -> bool:
    parent = note.getparent()
    return parent is not None and source.name(parent) in _APART and not _has_text(parent)


def _has_text(parent: Element) -> bool:
    return bool(((parent.text or "") + "".join(kid.tail or "" for kid in parent)).strip())


def _holds(one: Element, other: Element) -> bool:
    return any(above is one for above in other.iterancestors())


def _is_in_section_of_notes(note: Element, source: Source) -> bool:
    """Whether a note stands in a division that is made of notes, or in the back or beside the text by itself."""
    parent = note.getparent()
    if parent is None or source.name(parent) not in _APART:
        return False
    kids = [source.name(kid) for kid in source.kids(parent)]
    others = [name for name in kids if name not in ("note", "head", "pb", "noteGrp", "lb", "milestone")]
    return source.name(parent) in ("standOff", "back", "noteGrp", "listAnnotation") or not others
