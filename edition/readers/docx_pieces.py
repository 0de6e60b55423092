"""Stretches of text and what stands around them, made into the content of a TEI element.

Knows pieces and marks; knows nothing of Word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from ..words import words
from ..xml import LANG, Element, add, tei

Mark = tuple[str, str, int]
"""Name, value, and a number that keeps neighbours apart: ("hi", "italic", 0), ("foreign", "fr", 0), ("ref", key, 3)."""

# Where several begin and end at the same places, the first of these is outermost.
_ORDER = ("ref", "foreign", "q", "title", "term", "hi")
_HIGHLIGHTS = ("bold", "italic", "small-caps", "letterspaced", "underline", "strikethrough", "superscript", "subscript")
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
    found = [p._replace(content=p.content.replace("\t", " ")) if isinstance(p.content, str) else p for p in pieces]
    while found and isinstance(first := found[0].content, str):
        left = first.lstrip()
        found[0] = found[0]._replace(content=left, column=found[0].column + len(first) - len(left))
        if left:
            break
        found.pop(0)
    while found and isinstance(last := found[-1].content, str):
        found[-1] = found[-1]._replace(content=last.rstrip())
        if found[-1].content:
            break
        found.pop()
    return found


def language_of(pieces: Iterable[Piece]) -> str:
    """The foreign language in which all words of the pieces are; "" if there is no such language."""
    spoken = set()
    for piece in pieces:
        if isinstance(piece.content, str) and words(piece.content):
            spoken.add(next((mark[1] for mark in piece.marks if mark[0] == "foreign"), ""))
    return spoken.pop() if len(spoken) == 1 else ""


def without(pieces: Iterable[Piece], *names: tuple[str, str]) -> list[Piece]:
    """The pieces without marks of this name and value."""
    return [piece._replace(marks=frozenset(m for m in piece.marks if m[:2] not in names)) for piece in pieces]


def merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours that look the same joined.

    What has no look of its own – spaces, notes, breaks – takes what its neighbours share; where words are no words
    (a comma, a dash), they are in no other language than those around.
    """
    shared = _shared(pieces)
    found: list[Piece] = []
    for piece in shared:
        last = found[-1] if found else None
        if last and isinstance(last.content, str) and isinstance(piece.content, str) and last.marks == piece.marks:
            found[-1] = last._replace(content=last.content + piece.content)
        else:
            found.append(piece)
    return found


def _shared(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without a look of their own, given what the neighbours on both sides have in common."""
    found = list(pieces)
    for lookless, kind in ((_is_wordless, "foreign"), (_is_lookless, "")):
        end = 0
        for is_bare, group in groupby(list(found), lookless):
            start, end = end, end + len(list(group))
            if not is_bare:
                continue
            before = found[start - 1].marks if start else frozenset()
            after = found[end].marks if end < len(found) else frozenset()
            common = before & after
            for k in range(start, end):
                own = {m for m in found[k].marks if m in _SEEN or (kind and m[0] != kind)}
                given = {m for m in common if (not kind or m[0] == kind) and m not in _SEEN}
                found[k] = found[k]._replace(marks=frozenset(own | given))
    return found


def _is_wordless(piece: Piece) -> bool:
    return not isinstance(piece.content, str) or not words(piece.content)


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
