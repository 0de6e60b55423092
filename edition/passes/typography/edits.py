"""Edits of a block's own text, written into its tree whatever markup lies between.

Knows flows; knows no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...xml import Element
from ..spans import Piece, content, flow, set_content


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start…end of a flow become `after`. `before` is what stood there, once it is made."""

    start: int
    end: int
    after: str
    rule: str
    before: str = ""


def write(block: Element, edits: Iterable[Edit]) -> list[Edit]:
    """Make those edits that touch nothing but text, the later ones first; the earlier of two that overlap holds."""
    made: list[Edit] = []
    reached = 0
    whole = flow(block)
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        before = whole.text[edit.start : edit.end]
        if edit.start >= reached and before != edit.after and _is_text(whole.pieces, edit):
            made.append(replace(edit, before=before))
            reached = max(edit.end, edit.start + 1)
    for edit in reversed(made):
        _write_one(whole.pieces, edit)
    return made[::-1]


def _is_text(pieces: Sequence[Piece], edit: Edit) -> bool:
    touched = _touched(pieces, edit)
    return bool(touched) and all(isinstance(content(p.container)[p.index], str) for p in touched)


def _touched(pieces: Sequence[Piece], edit: Edit) -> list[Piece]:
    if edit.start == edit.end:
        return [p for p in pieces if p.start < edit.start <= p.end] or list(pieces[:1])
    return [p for p in pieces if p.start < edit.end and edit.start < p.end]


def _write_one(pieces: Sequence[Piece], edit: Edit) -> None:
    """The new text goes where the old begins."""
    for n, piece in enumerate(_touched(pieces, edit)):
        items = content(piece.container)
        text = items[piece.index]
        assert isinstance(text, str)
        first, last = max(edit.start - piece.start, 0), min(edit.end, piece.end) - piece.start
        items[piece.index] = text[:first] + ("" if n else edit.after) + text[last:]
        set_content(piece.container, items)
