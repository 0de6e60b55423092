"""The notes of an edition collected at its end, for EPUB: a part for each unit, a way back for each reference.

Knows opened units and their profiles; knows no package and no pages. Every form here is there for a reading system that
needs it: a <div>, since <aside> is hidden by some and <li> loses its number in popups; the number first and in text,
since some take the first link back for the note's mark; notes after the text that cites them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..xml import Element, add, local
from .documents import h, numbered
from .opened import Note, OpenUnit
from .profiles import Profile
from .spoken import spoken

MOST_IN_ONE_FILE = 500


def note_element(note: Note, language: str) -> Element:
    """One note: its number, a link back for each reference, its blocks. Links are within the edition ("#id")."""
    div = h("div", {"class": "note", "epub:type": "footnote", "role": "doc-footnote", "id": note.id}, *note.blocks)
    if not len(div) or local(div[0]) != "p":
        div.insert(0, h("p"))
    first = div[0]
    number = _number(note, language)
    number.tail, first.text = " " + (first.text or "").lstrip(), None
    first.insert(0, number)
    return div


def _number(note: Note, language: str) -> Element:
    """The number, itself the way back where there is one reference; a letter for each where there are more."""
    said, _ = spoken(language)
    shown = h("span", {"class": "note-number", "data-made": ""})
    stop = "." if note.number.isalnum() else ""
    if len(note.refs) == 1:
        add(shown, _back(note.refs[0], note.number, said.back.format(note.number), language), stop)
        return shown
    add(shown, note.number + stop)
    for count, ref in enumerate(note.refs):
        letter = _letter(count)
        add(shown, " ", _back(ref, letter, said.back_to_one.format(letter, note.number), language))
    return shown


def _letter(count: int) -> str:
    """a … z, aa, ab …"""
    before, letter = divmod(count, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + letter)


def _back(ref: str, text: str, label: str, language: str) -> Element:
    link = h("a", {"class": "backlink", "epub:type": "backlink", "role": "doc-backlink", "href": f"#{ref}"}, text)
    link.set("aria-label", label)
    spoken_in = spoken(language)[1]
    if spoken_in != language:
        link.set("lang", spoken_in)
    return link


def files_of_notes(profiles: Sequence[Profile], files: Mapping[str, str]) -> dict[str, list[Profile]]:
    """File -> the units whose notes it holds; {} if there are no notes. `files`: unit -> its own file.

    Above 500 notes there are several, each of whole units and named after its first: a note keeps its file as long
    as the units before it in that file stay.
    """
    groups: list[list[Profile]] = []
    count = 0
    for profile in profiles:
        notes = len(profile["note_ids"])
        if not notes:
            continue
        if not groups or count + notes > MOST_IN_ONE_FILE:
            groups.append([])
            count = 0
        groups[-1].append(profile)
        count += notes
    if len(groups) == 1:
        return {"notes.xhtml": groups[0]}
    return {f"notes-{files[group[0]['unit']]}": group for group in groups}


def notes_section(units: Sequence[OpenUnit], language: str, title: str, name: str = "") -> Element:
    """The notes of several units, whose blocks move into it; `name` is its id, if it has one."""
    heading = h("h1", {"data-made": ""}, title)
    attributes = {"class": "notes", "epub:type": "endnotes", "role": "doc-endnotes", "aria-label": title}
    section = h("section", attributes | ({"id": name} if name else {}), heading)
    section.extend(_part(unit, language) for unit in units)
    return section


def _part(unit: OpenUnit, language: str) -> Element:
    """The notes of one unit under its title."""
    name = f"notes-{unit.id}"
    title = numbered(unit.number, unit.title)
    section = h("section", {"aria-labelledby": name}, h("h2", {"id": name, "data-made": ""}, title))
    if unit.language != language:
        section.set("lang", unit.language)
    section.extend(note_element(note, unit.language) for note in unit.notes)
    return section
