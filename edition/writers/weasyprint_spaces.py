"""Lines that hold one more word, or more of a word, between narrower spaces: WeasyPrint only ever makes them wider.

A line whose spaces would be wide is broken a second time as if it were a little longer; if what it then holds has room
between spaces not too narrow, it stays. Knows WeasyPrint's layout of lines; knows nothing of editions.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.preferred import trailing_whitespace_size

from .weasyprint_known import IS_KNOWN
from .weasyprint_lines import LACK

NARROWER = 0.035  # of the type's size, the most a space loses: Source Serif's, 0.235, keeps a fifth of an em
_WIDER = 0.19  # of the type's size: spaces that would gain more are wide
_A_LITTLE = 0.01  # CSS pixels

_split_inline_box = inline.split_inline_box
_text_align = inline.text_align


def install() -> None:
    if IS_KNOWN:
        inline.split_inline_box = split_inline_box
        inline.text_align = text_align


def uninstall() -> None:
    inline.split_inline_box = _split_inline_box
    inline.text_align = _text_align


def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *given: Any) -> Any:
    """As WeasyPrint's own; a line that is to be justified may be too long by what its spaces can lose."""
    if type(box) is not boxes.LineBox:
        return _split_inline_box(context, box, position_x, max_x, *given)
    LACK.begin()
    found = _split_inline_box(context, box, position_x, max_x, *given)
    lacking = LACK.end()
    line, resume_at, is_forced, *_ = found
    if resume_at is None or is_forced or not _is_justified(line.style):
        return found
    spaces, room = _spaces(context, line), max_x - _end(context, line)
    most = _most(line, spaces + 1)
    is_wide = spaces and room >= spaces * _WIDER * line.style["font_size"]
    if not is_wide or lacking > most or _has_others(context, box):
        return found
    longer = _split_inline_box(context, box, position_x, max_x + most, *given)
    excess = _end(context, longer[0]) - max_x
    fits = excess < _most(line, _spaces(context, longer[0]))
    return longer if fits and longer[1] != resume_at else found


def text_align(context: Any, line: Any, available_width: float, last: bool) -> Any:
    """As WeasyPrint's own; spaces of a line that is too long become narrower, if that is enough."""
    excess = line.width - available_width
    if not _A_LITTLE < excess < _most(line, inline.count_expandable_spaces(line)) or not _is_justified(line.style):
        return _text_align(context, line, available_width, last)
    inline.justify_line(context, line, -excess)
    return 0


def _is_justified(style: Any) -> bool:
    return bool(
        style["text_align_all"] == "justify" and style["direction"] == "ltr" and style["white_space"] == "normal"
    )


def _most(line: Any, spaces: int) -> float:
    """How much shorter a line may become by narrower spaces."""
    return float(spaces * NARROWER * line.style["font_size"])


def _spaces(context: Any, line: Any) -> int:
    """How many spaces a line has without the one at its end."""
    at_end = 1 if trailing_whitespace_size(context, line) > 0 else 0
    return int(inline.count_expandable_spaces(line)) - at_end


def _end(context: Any, line: Any) -> float:
    """Where a line ends without the space at its end."""
    return float(line.position_x + line.width - trailing_whitespace_size(context, line))


def _has_others(context: Any, box: Any) -> bool:
    """Whether something floats beside a paragraph or is placed in it, which must not be laid out twice."""
    return bool(context.excluded_shapes) or not all(each.is_in_normal_flow() for each in box.descendants())
