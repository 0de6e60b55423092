"""Edits of a block's own text, written into its tree whatever markup lies between.

Knows flows; knows no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from ...xml import Element
from ..spans import Piece, flow, set_text_at, text_at


class Edit(Struct, frozen=True):
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
            made.append(Edit(edit.start, edit.end, edit.after, edit.rule, before))
            reached = max(edit.end, edit.start + 1)
    for edit in reversed(made):
        _write_one(whole.pieces, edit)
    return made[::-1]


def _is_text(pieces: Sequence[Piece], edit: Edit) -> bool:
    touched = _touched(pieces, edit)
    return bool(touched) and all(text_at(p.container, p.index) is not None for p in touched)


def _touched(pieces: Sequence[Piece], edit: Edit) -> list[Piece]:
    if edit.start == edit.end:
        return [p for p in pieces if p.start < edit.start <= p.end] or list(pieces[:1])
    return [p for p in pieces if p.start < edit.end and edit.start < p.end]


def _write_one(pieces: Sequence[Piece], edit: Edit) -> None:
    """The new text goes where the old begins."""
    for n, piece in enumerate(_touched(pieces, edit)):
        text = text_at(piece.container, piece.index) or ""
        first, last = max(edit.start - piece.start, 0), min(edit.end, piece.end) - piece.start
        set_text_at(piece.container, piece.index, text[:first] + ("" if n else edit.after) + text[last:])
