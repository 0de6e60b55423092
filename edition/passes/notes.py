"""Notes of a unit: the series each belongs to, and references to a note that was called before.

Knows one unit, and the series that edition.yaml names; what numbers notes get is numbering.py's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..normal.vocabulary import place
from ..problems import Problem, did_you_mean
from ..xml import ID, Element, all_named


def settle(unit: Element, file: str, key: str, series: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """Give notes the names of their series (`[^e-1]`: that of "e"), second references the id of their note."""
    return [*_name_series(unit, file, key, series), *_point(unit, file, key)]


def _name_series(unit: Element, file: str, key: str, series: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    problems = []
    for note in all_named(unit, "note"):
        letter = note.get("type", "")
        if letter in series:
            note.set("type", series[letter]["name"])
        elif len(letter) == 1:
            text = f"no series of notes has the letter “{letter}”"
            hint = did_you_mean(letter, series, f"name it in edition.yaml: notes: {{series: {{{letter}: editorial}}}}")
            problems.append(Problem("note-series", place(note, unit, file, key), text, hint))
    return problems


def _point(unit: Element, file: str, key: str) -> list[Problem]:
    """Labels are good until here; ids take their place."""
    labelled = {note.get("n", ""): note for note in all_named(unit, "note")}
    problems = []
    for pointer in [each for each in all_named(unit, "ptr") if each.get("type") == "note" and each.get("n")]:
        note = labelled.get(pointer.get("n", ""))
        if note is not None:
            pointer.set("target", f"#{note.get(ID, '')}")
            del pointer.attrib["n"]
            continue
        text = f"the footnote [^{pointer.get('n', '')}] stands in another chapter, which has its own notes"
        hint = "write a note of its own here, with another label, or a cross-reference"
        problems.append(Problem("note-elsewhere", place(pointer, unit, file, key), text, hint))
        pointer.set("target", f"#{unit.get(ID, '')}")
    return problems
