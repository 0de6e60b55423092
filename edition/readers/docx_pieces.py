"""Stretches of text and what stands around them, made into the content of a TEI element.

Knows pieces and marks; knows nothing of Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from ..xml import LANG, Element, add, tei

Mark = tuple[str, str, int]
"""Name, value, and a number that keeps neighbours apart: ("hi", "italic", 0), ("foreign", "fr", 0), ("ref", key, 3)."""

# Where several begin and end at the same places, the first of these is outermost.
_ORDER = ("ref", "foreign", "q", "title", "term", "hi")
_HIGHLIGHTS = ("bold", "italic", "small-caps", "letterspaced", "underline", "strikethrough", "superscript", "subscript")
_NONE: frozenset[Mark] = frozenset()
_LETTER = re.compile(r"[^\W_]")
# Marks that show on a space.
_SEEN = frozenset({("hi", "underline", 0), ("hi", "strikethrough", 0)})


class Piece(NamedTuple):
    """Text, or an element that stands in it; the marks around it; where it begins in its paragraph, from 1."""

    content: str | Element
    marks: frozenset[Mark]
    column: int


def rank(mark: Mark) -> tuple[int, int]:
    inner = _HIGHLIGHTS.index(mark[1]) if mark[0] == "hi" else 0
    return _ORDER.index(mark[0]), inner


def is_blank(piece: Piece) -> bool:
    return isinstance(piece.content, str) and not piece.content.strip()


def trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    """Without spaces at the beginning and end; tabs within are spaces."""
    found = list(pieces)
    while found and isinstance(first := found[0].content, str):
        left = first.lstrip()
        if left:
            found[0] = Piece(left, found[0].marks, found[0].column + len(first) - len(left))
            break
        found.pop(0)
    while found and isinstance(last := found[-1].content, str):
        if last.strip():
            found[-1] = Piece(last.rstrip(), *found[-1][1:])
            break
        found.pop()
    return [Piece(p[0].replace("\t", " "), *p[1:]) if isinstance(p[0], str) and "\t" in p[0] else p for p in found]


def language_of(pieces: Sequence[Piece]) -> str:
    """The foreign language in which all words of the pieces are; "" if there is no such language."""
    first = next((mark[1] for piece in pieces for mark in piece.marks if mark[0] == "foreign"), "")
    mark = ("foreign", first, 0)
    return first if first and all(mark in piece.marks or _is_wordless(piece) for piece in pieces) else ""


def without(pieces: Iterable[Piece], *names: tuple[str, str]) -> list[Piece]:
    """The pieces without marks of this name and value."""
    return [Piece(p.content, frozenset(m for m in p.marks if m[:2] not in names), p.column) for p in pieces]


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours that look the same joined.

    What has no look of its own – spaces, notes, breaks – takes what its neighbours share; where words are no words
    (a comma, a dash), they are in no other language than those around.
    """
    shared = _shared(pieces) if any(piece.marks for piece in pieces) else pieces
    found: list[Piece] = []
    for marks, group in groupby(shared, _kind):
        if marks is None:
            found += group
        else:
            alike = list(group)
            text = "".join(str(piece.content) for piece in alike)
            found.append(Piece(text, *alike[0][1:]) if len(alike) > 1 else alike[0])
    return found


def _kind(piece: Piece) -> frozenset[Mark] | None:
    return piece.marks if isinstance(piece.content, str) else None


def _parted(piece: Piece) -> list[Piece]:
    """A marked piece without the spaces at its ends, and those by themselves."""
    text = piece.content
    if not isinstance(text, str) or not piece.marks or not (text[0].isspace() or text[-1].isspace()):
        return [piece]
    inner = text.strip()
    left = len(text) - len(text.lstrip())
    parts = [(0, text[:left]), (left, inner), (left + len(inner), text[left + len(inner) :] if inner else "")]
    return [Piece(part, piece.marks, piece.column + at) for at, part in parts if part]


def _shared(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without a look of their own, given what the neighbours on both sides have in common."""
    found = [part for piece in pieces for part in _parted(piece)]
    if any(mark[0] == "foreign" for piece in found for mark in piece.marks):
        found = _given(found, _is_wordless, "foreign")
    return _given(found, _is_lookless, "")


def _given(pieces: Sequence[Piece], is_bare: Callable[[Piece], bool], only: str) -> list[Piece]:
    """Bare pieces with the marks of their neighbours instead of their own; of the kind `only`, if that is said."""
    found: list[Piece] = []
    groups = [(bare, list(group)) for bare, group in groupby(pieces, is_bare)]
    for k, (bare, group) in enumerate(groups):
        if not bare:
            found += group
            continue
        before = groups[k - 1][1][-1].marks if k else _NONE
        after = groups[k + 1][1][0].marks if k + 1 < len(groups) else _NONE
        given = {mark for mark in before & after if mark not in _SEEN and only in ("", mark[0])}
        for piece in group:
            kept = {mark for mark in piece.marks if mark in _SEEN or only not in ("", mark[0])}
            found.append(Piece(piece.content, frozenset(given | kept), piece.column))
    return found


def _is_wordless(piece: Piece) -> bool:
    return not isinstance(piece.content, str) or _LETTER.search(piece.content) is None


def _is_lookless(piece: Piece) -> bool:
    return not isinstance(piece.content, str) or not piece.content.strip()


Make = Callable[[Mark, Piece], Element]


def fill(element: Element, pieces: Sequence[Piece], make: Make) -> None:
    """Put pieces into an element. `make` gives the element of a mark and is told the first piece in it.

    At every place the mark that lasts longest is outermost; time is linear in the pieces, as no stretch is looked at
    more often than there are marks on it.
    """
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if not piece.marks:
            add(element, piece.content)
            at += 1
            continue
        ends = {mark: _end(pieces, at, mark) for mark in piece.marks}
        outer = min(ends, key=lambda mark: (-ends[mark], rank(mark)))
        inner = made = make(outer, piece)
        add(element, made)
        stretch = [p._replace(marks=p.marks - {outer}) for p in pieces[at : ends[outer]]]
        fill(inner, stretch, make)
        at = ends[outer]


def _end(pieces: Sequence[Piece], at: int, mark: Mark) -> int:
    end = at + 1
    while end < len(pieces) and mark in pieces[end].marks:
        end += 1
    return end


def plain_mark(mark: Mark) -> Element:
    """The element of a mark that needs to know nothing else."""
    name, value, _ = mark
    if name == "hi":
        return tei("hi", {"rend": value})
    return tei("foreign", {LANG: value}) if name == "foreign" else tei(name)
