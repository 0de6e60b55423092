"""The words of an edition as its sources and outputs have them, so that nothing is lost on the way (DESIGN 3.3).

A stream is one run of words: the main flow of a unit, or one note. Text that the tool made is in no stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from msgspec import Struct, field

from ..normal.vocabulary import CONTAINERS, is_block, is_unread
from ..words import words
from ..xml import ID, TEI, Element, local

_BREAK = "\n"
# Elements that part words though they are no blocks.
_PARTING = CONTAINERS | {"lb", "dateline", "salute", "signed", "addrLine"}


class Streams(Struct):
    """One unit: the words of its main flow, and those of each of its notes, in order."""

    name: str
    main: list[str] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)


def of_reading(body: Element) -> Streams:
    """The streams of a reader's whole <body>."""
    return _streams("", body)


def of_tei(root: Element) -> list[Streams]:
    """The streams of every unit of a TEI document, in order; generated sections and title pages have none."""
    text = root.find(f"{{{TEI}}}text")
    zones = [] if text is None else list(text)
    return [_streams(unit.get(ID, ""), unit) for zone in zones for unit in _units(zone)]


def notes_of_tei(root: Element) -> dict[str, list[str]]:
    """The words of each note of a TEI document's text that is not the edition's own, by its id."""
    text = root.find(f"{{{TEI}}}text")
    notes = () if text is None else (note for note in text.iter(f"{{{TEI}}}note") if note.get(ID))
    return {note.get(ID, ""): words("".join(_text(note))) for note in notes if note.get("resp") != "#edition"}


def _units(zone: Element) -> Iterator[Element]:
    """The divs of a zone, those of a part instead of the part."""
    for unit in zone:
        if local(unit) == "div" and unit.get(ID, "").startswith("part-"):
            yield from _units(unit)
        elif local(unit) == "div" and unit.get("resp") != "#edition":
            yield unit


def _streams(name: str, root: Element) -> Streams:
    notes = [note for note in root.iter(f"{{{TEI}}}note") if note.get("resp") != "#edition"]
    return Streams(name, words("".join(_text(root))), [words("".join(_text(note))) for note in notes])


def _text(element: Element) -> Iterator[str]:
    """The reading text of a flow: notes left out, blocks and line breaks parting words."""
    yield element.text or ""
    for kid in element:
        name = local(kid)
        is_made = kid.get("resp") == "#edition" or (name == "head" and kid.get("type") == "short")
        if name == "note" or is_made or is_unread(kid):
            yield ""
        elif is_block(kid) or name in _PARTING or (name == "bibl" and local(element) == "figure"):
            yield from (_BREAK, *_text(kid), _BREAK)
        elif name:
            yield from _text(kid)
        yield kid.tail or ""


def merged(streams: Iterable[Streams]) -> Streams:
    """Several units as one: for a source that is compared with the units made of it."""
    whole = Streams("")
    for unit in streams:
        whole.main += unit.main
        whole.notes += unit.notes
    return whole


def differences(expected: list[str], found: list[str], context: int = 4) -> list[str]:
    """Where two streams differ: "after A B C: «x y» became «z»"; [] if they are equal."""
    if expected == found:
        return []
    told = []
    for kind, a, b, c, d in SequenceMatcher(None, expected, found, autojunk=False).get_opcodes():
        if kind != "equal":
            before = " ".join(expected[max(0, a - context) : a])
            told.append(f"after “{before}”: «{' '.join(expected[a:b])}» became «{' '.join(found[c:d])}»")
    return told
