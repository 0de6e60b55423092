"""Footnotes and endnotes: a note where its reference stands.

Knows footnotes.xml and endnotes.xml (ECMA-376 part 1, 17.11); how blocks are made is asked of `Work.assemble`.
"""

from __future__ import annotations

from ..words import words
from ..xml import Element, add, tei
from .docx_clean import texts
from .docx_work import Story, Work
from .docx_xml import ID, P, w

PLACES = {"footnotes": ("foot", "footnote"), "endnotes": ("end", "endnote")}


def definitions(kind: str, work: Work) -> dict[str, Element]:
    """The notes of a kind by id, without those that only hold rules between notes and text."""
    root = work.parts.root(kind)
    name = w(PLACES[kind][1])
    found = () if root is None else root.iterfind(name)
    return {note.get(ID, ""): note for note in found if note.get(w("type"), "normal") == "normal"}


def note_of(kind: str, name: str, ordinal: int, column: int, story: Story, work: Work) -> Element | None:
    """The note a reference asks for; None, told, where it cannot be had."""
    place, said = PLACES[kind]
    definition = work.definitions[kind].get(name)
    fault = ""
    if story.kind == "note":
        fault = f"a reference to {said} {name} within a note"
    elif definition is None:
        fault = f"a reference to {said} {name}, which is not in the file"
    elif (kind, name) in work.notes:
        fault = f"a second reference to {said} {name}: the note stands at the first"
    if fault or definition is None:
        work.told.say("docx-note", ordinal, fault, "put the note in anew in Word", column)
        return None
    note = tei("note", {"place": place})
    work.notes[kind, name] = note
    first = next(definition.iter(P), None)
    work.spots[note] = (ordinal if first is None else work.ordinals[first], 1)
    add(note, *work.assemble(definition, Story(work.parts.others[kind].relations, "note")))
    if len(note) == 0:
        work.told.say("note-empty", ordinal, "this note has no text", "write it in Word, or delete its number", column)
        paragraph = tei("p")
        work.spots[paragraph] = work.spots[note]
        note.append(paragraph)
    return note


def say_unreferenced(work: Work) -> None:
    """Notes that nothing refers to: Word does not show them."""
    for kind, (_, said) in PLACES.items():
        for name, definition in work.definitions[kind].items():
            text = "\n".join(texts(definition))
            if (kind, name) not in work.notes and words(text):
                first = next(definition.iter(P), None)
                ordinal = 0 if first is None else work.ordinals[first]
                work.told.omit(f"{said}s without a reference", ordinal, text)
