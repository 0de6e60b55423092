"""Verse: stanzas and lines, and how far each line is set in.

Knows paragraphs whose role is verse; knows nothing of WordprocessingML.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..xml import Element, local, tei
from .docx_elements import pour
from .docx_paragraphs import Blank, Paragraph
from .docx_pieces import Piece, trimmed
from .docx_work import Work

STEP = 300  # twentieths of a point to one step of indention
SPACES = 3  # spaces to one step
DEEPEST = 9
_Line = tuple[int, list[Piece]]


def verse(found: Sequence[Paragraph | Blank], work: Work) -> Element:
    """One <lg>. Where lines are parted by line breaks, a paragraph is a stanza; else a line, and an empty one parts
    stanzas."""
    paragraphs = [item for item in found if isinstance(item, Paragraph)]
    if any(_is_break(piece) for paragraph in paragraphs for piece in paragraph.pieces):
        stanzas = [[paragraph] for paragraph in paragraphs]
    else:
        stanzas = _parted(found)
    margin = min(paragraph.indent for paragraph in paragraphs)
    made = [_stanza(stanza, margin, work) for stanza in stanzas]
    if len(made) == 1:
        return made[0]
    whole = tei("lg")
    work.spots[whole] = work.spots[made[0]]
    whole.extend(made)
    return whole


def _parted(found: Iterable[Paragraph | Blank]) -> list[list[Paragraph]]:
    stanzas: list[list[Paragraph]] = [[]]
    for item in found:
        if isinstance(item, Paragraph):
            stanzas[-1].append(item)
        elif stanzas[-1]:
            stanzas.append([])
    return [stanza for stanza in stanzas if stanza]


def _stanza(paragraphs: list[Paragraph], margin: int, work: Work) -> Element:
    made = tei("lg")
    work.spots[made] = (paragraphs[0].ordinal, 1)
    for paragraph in paragraphs:
        lines = _lines(paragraph, margin)
        for step, pieces in lines:
            line = tei("l", {"rend": f"indent{min(step, DEEPEST)}"} if step else {})
            work.spots[line] = (paragraph.ordinal, pieces[0].column)
            pour(line, pieces, paragraph.ordinal, work)
            made.append(line)
        for name in paragraph.names:
            work.links.place(name, made if len(lines) > 1 else made[-1])
    return made


def _lines(paragraph: Paragraph, margin: int) -> list[_Line]:
    """The lines of a paragraph: steps of indention, and the pieces."""
    split: list[list[Piece]] = [[]]
    for piece in paragraph.pieces:
        if _is_break(piece):
            split.append([])
        else:
            split[-1].append(piece)
    step = round((paragraph.indent - margin) / STEP)
    return [(step + _leading(pieces), kept) for pieces in split if (kept := trimmed(pieces))]


def _leading(pieces: list[Piece]) -> int:
    """Steps that tabs and spaces at the beginning of a line make."""
    text = "".join(piece.content for piece in pieces if isinstance(piece.content, str))
    blank = text[: len(text) - len(text.lstrip())]
    return blank.count("\t") + (len(blank) - blank.count("\t")) // SPACES


def _is_break(piece: Piece) -> bool:
    return not isinstance(piece.content, str) and local(piece.content) == "lb"
