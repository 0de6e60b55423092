"""What every reader gives and shares: Reading, its options, decoding, and the position table.

Knows trees and bytes; knows no source format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from ..normal.vocabulary import is_block
from ..patterns import late
from ..problems import Place, Problem
from ..xml import Element, local, tei

Spot = tuple[int, int]
"""Line and column, both counted from 1; columns count characters."""

# What XML 1.0 cannot hold (section 2.2), and the C1 controls, which no text means to hold.
UNFIT = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LOST = late("\ufffd")
_MOJIBAKE = late("(?:[ÂÃ]|â\u20ac|Ð[\u0080-\u00bf\u0152-\u2122][ÐÑ])[\u0080-\u00bf\u0152-\u2122]")


class ReadOptions(Struct, frozen=True):
    """How a source is to be read.

    `language` is the edition's (BCP 47); `paragraphs` is "", lines, blocks or indented (plain text only); `title` is
    the one edition.yaml gives, by which a plain text knows its head. `main` and `drop` are selectors (name, #id,
    .class) of what is to be read, and of what is not (HTML and EPUB). Of a Word file, `styles` says what styles mean
    (name or id -> role, docx_names), `changes` what becomes of tracked changes (accept, reject, refuse), `comments`
    whether they are told (query, drop).
    """

    language: str
    paragraphs: str = ""
    title: str = ""
    main: str = ""
    drop: tuple[str, ...] = ()
    styles: Mapping[str, str] = field(default_factory=dict)
    changes: str = "refuse"
    comments: str = "query"


class Reading(Struct, frozen=True):
    """What a reader makes of a source: a TEI <body>, the place of every block of it, and what there is to say.

    `positions` has one entry per block of the tree in document order (normal.vocabulary.blocks):
    {"line": 12, "column": 1, "marks": {"ref.1": [12, 40], "note.1": [13, 5]}}. `registers` has what the source itself
    says of the "people", "places", "organisations", "events" and "works" in it: a list of plain records each.
    """

    tree: Element
    positions: list[dict[str, Any]]
    problems: list[Problem]
    registers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    about: dict[str, str] = field(default_factory=dict)  # what a source says of itself: title, creator, date, language


def unread(problems: list[Problem]) -> Reading:
    """The reading of a source that cannot be read."""
    return Reading(tei("body"), [], problems)


def decoded(name: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, its lines ended by \\n, without byte-order mark.

    Bytes that are not UTF-8 make the text "" and a problem at the first of them; characters no edition can hold are
    replaced by U+FFFD and reported once each, at the first place they stand.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", [_not_utf8(name, data, error.start)]
    return fit(name, text)


def fit(name: str, text: str) -> tuple[str, list[Problem]]:
    """A text with \\n at the end of its lines and U+FFFD for what no edition can hold,
    and what there is to say of it."""
    text = _with_newlines(text)
    problems = [
        *_characters(name, text, UNFIT, "source-character", "cannot stand in an edition", "delete it"),
        *_characters(name, text, _LOST, "source-lost-character", "stands for one that was lost", "put it back"),
    ]
    return UNFIT.sub("\ufffd", text), problems


def _with_newlines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _not_utf8(name: str, data: bytes, offset: int) -> Problem:
    line, column = spot_of(before := _with_newlines(data[:offset].decode("utf-8")), len(before))
    text = f"byte 0x{data[offset]:02X} is not UTF-8"
    kind = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "another encoding, perhaps Windows-1252"
    return Problem(
        "source-encoding", Place(name, line, column), text, f"the file seems to be in {kind}; save it as UTF-8"
    )


def _characters(name: str, text: str, wanted: re.Pattern[str], code: str, said: str, hint: str) -> Iterable[Problem]:
    first: dict[str, int] = {}
    count: Counter[str] = Counter()
    for match in wanted.finditer(text):
        first.setdefault(match.group(), match.start())
        count[match.group()] += 1
    for character, offset in first.items():
        times = f", and {count[character] - 1} more" if count[character] > 1 else ""
        complaint = f"the character U+{ord(character):04X} {said}{times}"
        yield Problem(code, Place(name, *spot_of(text, offset)), complaint, hint)


def mojibake(file: str, text: str) -> list[Problem]:
    """What looks like UTF-8 once read as Windows-1252: said at its first place, if it is there twice."""
    found = list(_MOJIBAKE.finditer(text))
    if len(found) < 2:
        return []
    line = text.count("\n", 0, found[0].start()) + 1
    said = f"“{found[0].group()}” and {len(found) - 1} more look like UTF-8 that was once read as Windows-1252"
    hint = "get the page anew from where it comes, or mend it with a program such as ftfy"
    return [Problem("source-mojibake", Place(file, line), said, hint)]


def spot_of(text: str, offset: int) -> Spot:
    """Line and column of an offset of a text whose lines end with \\n."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def position_table(
    tree: Element, blocks: Mapping[Element, Spot], marks: Mapping[Element, Spot]
) -> list[dict[str, Any]]:
    """Reading.positions of a tree.

    `blocks` has the place of every block, `marks` those of inlines worth pointing at. A note is in both: as a block
    it stands at its definition, as a mark of the block around it at its reference.
    """
    entries: dict[Element, dict[str, Any]] = {}
    counted: Counter[tuple[Element, str]] = Counter()
    for element in tree.iter():
        name = local(element)
        holder = _holder(element, entries)
        if is_block(element):
            line, column = blocks[element]
            entries[element] = {"line": line, "column": column, "marks": {}}
        if holder is not None and (element not in entries or element in marks):
            counted[holder, name] += 1
            if element in marks:
                entries[holder]["marks"][f"{name}.{counted[holder, name]}"] = list(marks[element])
    return list(entries.values())


def _holder(element: Element, entries: Mapping[Element, Any]) -> Element | None:
    """The nearest block around an element, itself left out."""
    around = element.getparent()
    while around is not None and around not in entries:
        around = around.getparent()
    return around
