"""annotations.yaml in a unit: notes on, and corrections to, a source that is not the editor's own.

A place is found by the ledger's id of its block (a former one too) and by quoted words, whatever markup, quotes and
spaces are between. Knows one unit and the annotations of its blocks; knows no file. What is not found is told to the
caller, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from ..normal.vocabulary import NAMES, blocks
from ..patterns import late
from ..words import fingerprint, words
from ..xml import ID, Element, add, local, tei
from .spans import GAP, flow, insert, wrap

_ALIKE = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚‹›", "'"), **dict.fromkeys("–—‐‑", "-")})
_PASSED_OVER = late("[\u00ad\u200b\u2060\ufeff\x1f]")
_BEHIND = late("[.,;:!?…”’»)\\]'\"]*")
CANDIDATES = 3


class Applied(Struct, frozen=True):
    """What became of an annotation, by its key: `fault` is "", absent or repeated; `id` of what it made, its block."""

    key: str
    fault: str
    block: str = ""
    id: str = ""
    why: str = ""
    words: str = ""


class Span(Struct, frozen=True):
    """Characters start…end of the flow of `block`."""

    block: Element
    start: int
    end: int


def corrected(unit: Element, at: Callable[[str], Sequence[Mapping[str, Any]]]) -> list[Applied]:
    """Write corrections and omissions into a unit (TEI Guidelines 3.5.1). `at` gives the annotations of a block."""
    done = []
    for block in blocks(unit):
        for one in at(block.get(ID, "")):
            if one["corr"] or one["omit"]:
                found = _find(block, one["find"])
                done.append(_applied(one, block, found))
                if len(found) == 1:
                    _correct(found[0], one["corr"])
    return done


def _applied(one: Mapping[str, Any], block: Element, found: Sequence[Span], made: str = "") -> Applied:
    fault = "" if len(found) == 1 else "repeated" if found else "absent"
    return Applied(one["key"], fault, block.get(ID, ""), made, one["why"], _words(found))


def _words(found: Sequence[Span]) -> str:
    """The words found, as they stand."""
    return " ".join(flow(found[0].block).text[found[0].start : found[0].end].split()) if found else ""


def _correct(span: Span, corr: str) -> None:
    made: list[Element] = []

    def sic() -> Element:
        made.append(tei("sic" if corr else "surplus"))
        return made[-1]

    wrap(span.block, span.start, span.end, sic)
    for n, element in enumerate(made[::-1] if corr else ()):
        _as_choice(element, corr if n == 0 else "")


def _as_choice(sic: Element, corr: str) -> None:
    """<choice> around what was wrong; where markup divides it, its first part is corrected and the rest left out."""
    if not corr:
        sic.tag = tei("surplus").tag
        return
    parent, tail = sic.getparent(), sic.tail
    assert parent is not None
    choice = tei("choice")
    parent.replace(sic, choice)
    sic.tail, choice.tail = None, tail
    add(choice, sic, tei("corr", {}, corr))


def annotated(
    unit: Element, at: Callable[[str], Sequence[Mapping[str, Any]]], make: Callable[[Mapping[str, Any], str], Element]
) -> list[Applied]:
    """Put notes and entries of the index where they belong. `make` makes a note of its annotation and its id."""
    done = []
    for block in list(blocks(unit)):
        for one in [one for one in at(block.get(ID, "")) if one["note"] or one["index"]]:
            found = _find(block, one["find"])
            name = f"{block.get(ID)}.a{one['key'][:4]}"
            done.append(_applied(one, block, found, name))
            if len(found) == 1:
                text = flow(block).text
                made = make(one, name) if one["note"] else index_mark(one["index"])
                behind = _BEHIND.match(text, found[0].end)
                insert(block, behind.end() if behind and one["find"] else found[0].end, made, (*NAMES, "date"))
    return done


def index_mark(entry: str) -> Element:
    """An entry of the index, "heading > sub-heading", as <index>: its levels one within another (TEI, Core 3.9.2)."""
    first, *others = re.split(r"\s*>\s*", entry)
    mark = tei("index", {"indexName": "subject"}, tei("term", {}, first))
    inner = mark
    for level in others:
        inner.append(tei("index", {}, tei("term", {}, level)))
        inner = inner[-1]
    return mark


def _find(block: Element, wanted: str) -> list[Span]:
    """Where quoted words stand in a block; without any, its end. Only whole words are meant."""
    text = flow(block).text
    if not wanted:
        end = len(text.rstrip(f" \n{GAP}"))
        return [Span(block, end, end)]
    plain, offsets = _plain(text)
    needle = _plain(wanted)[0].strip()
    found = []
    for match in re.finditer(re.escape(needle), plain):
        if _is_whole(plain, match.start(), match.end()):
            found.append(Span(block, offsets[match.start()], offsets[match.end() - 1] + 1))
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends where words do."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() and text[start].isalnum()) and not (after.isalnum() and text[end - 1].isalnum())


def _plain(text: str) -> tuple[str, list[int]]:
    """A text with one kind of quotes, hyphens and spaces, no notes in it; and where each character stood."""
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text.translate(_ALIKE)):
        if _PASSED_OVER.match(character):
            continue
        if character.isspace():
            character = " "
            if characters and characters[-1] == " ":
                continue
        characters.append(character)
        offsets.append(offset)
    return "".join(characters), offsets


# --- lost ones


def candidates(wanted: str, units: Sequence[Element]) -> list[str]:
    """Where words may stand now: «p-7f3a (“first words …”)», those that have all of them first, at most three."""
    want = fingerprint(wanted)
    asked = set(want.split())
    ranked = []
    for count, block in enumerate(block for unit in units for block in blocks(unit)):
        own = fingerprint(flow(block).text)
        share = 2.0 if want and want in own else len(asked & set(own.split())) / max(len(asked), 1)
        if share > 0.5:
            ranked.append((-share, count, block))
    return [_shown(block) for _, _, block in sorted(ranked, key=lambda row: row[:2])[:CANDIDATES]]


def _shown(block: Element) -> str:
    return f"{block.get(ID)} (“{' '.join(words(flow(block).text)[:6])} …”)"


def note(blocks_: Sequence[Element], series: str, name: str) -> Element:
    """A note of the edition's own: @resp says that it is none of the source's."""
    made = tei("note", {"place": "foot", "resp": "#edition", ID: name}, *blocks_)
    if series:
        made.set("type", series)
    for count, block in enumerate(list(_inner(made)), 1):
        block.set(ID, f"{name}.{count}")
    return made


def _inner(made: Element) -> Iterator[Element]:
    return (block for block in blocks(made) if block is not made and local(block))
