"""A paragraph of Word as pieces: its text with all that stands around it and in it, in order.

Knows runs, links, fields, references to notes and bookmarks (ECMA-376 part 1, 17.3); what becomes of the pieces is
for docx_blocks to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..problems import Place, Problem
from ..xml import Element, tei
from . import docx_media
from .docx_fields import SILENT, Field, begin_showing, counts, index_entry
from .docx_notes import note_of
from .docx_pieces import Mark, Piece
from .docx_styles import Look, ParagraphStyle, properties
from .docx_symbols import UNKNOWN, is_symbolic, symbol, text_in
from .docx_told import excerpt
from .docx_work import Story, Work
from .docx_xml import ID, REL_ID, RPR, SPACE, VAL, P, PPR, R, T, m, w
from .languages import is_foreign, is_east_asian
from .reading import UNFIT
