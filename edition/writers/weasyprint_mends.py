"""Work-arounds for faults of WeasyPrint 70.0, each with the fault it mends; nothing else may depend on them.

Knows WeasyPrint's text layout; knows nothing of editions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import FunctionType
from typing import Any

import weasyprint
from weasyprint.layout import inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text import line_break

MENDED = "70.0"
_LARGEST = 2**21  # Pango's greatest width
_unmended = line_break.split_first_line


def install() -> None:
    """Mend the one version whose faults are known; any other is left as it is. Doing it twice does no harm."""
    if weasyprint.__version__ == MENDED:
        line_break.split_first_line = inline.split_first_line = split_first_line


def uninstall() -> None:
    """Bring the faults back, for the test that shows them."""
    line_break.split_first_line = inline.split_first_line = _unmended


def split_first_line(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,
    minimum: bool = False,
) -> Any:
    """As WeasyPrint's own, but a run of text that fits the line without the space at its end is kept whole.

    70.0 (since its change 2614) cuts such a run after its first word: a stray short line, about one in 20 pages.
    """
    if _may_hang(text, style, max_width) and not minimum:
        with_space = line_break.create_layout(text, style, context, max_width, justification_spacing)
        line, rest = with_space.get_first_line()
        if rest is None and line_break.line_size(line, style)[0] > max_width:
            bare = line_break.create_layout(text.rstrip(" "), style, context, max_width, justification_spacing)
            bare_line, bare_rest = bare.get_first_line()
            if bare_rest is None and line_break.line_size(bare_line, style)[0] <= max_width:
                return line_break.first_line_metrics(line, text, with_space, None, True, style)
    return _unmended(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _may_hang(text: str, style: Any, max_width: float | None) -> bool:
    """Whether a run ends with a space that vanishes at a line's end, and is short enough to fit a line at all."""
    if not text.endswith(" ") or style["white_space"] not in ("normal", "pre-line"):
        return False
    if max_width is None or not 0 < max_width < _LARGEST or not style["font_size"]:
        return False
    return len(text) > 1 and len(text) < 8 * max_width / style["font_size"]


# --- boxes that cannot be pickled as they are


def reduced(value: Any) -> Any:
    """How to pickle what 70.0 hangs on boxes and pickle cannot: for `Pickler.reducer_override`.

    Functions without a name, on the items of flex boxes and on the columns of tables, and the stand-ins of absolutely
    placed boxes, which ask for themselves without end while they are read back.
    """
    if isinstance(value, FunctionType):
        if value.__qualname__.endswith("flex_children.<locals>.<lambda>"):
            return _unfloated, ()
        if value.__qualname__.endswith("get_column_cells.<locals>.<lambda>"):
            return partial, (list, value())
    if isinstance(value, AbsolutePlaceholder):
        return _placeholder, (vars(value),)
    return NotImplemented


def _unfloated() -> Callable[[], bool]:
    return bool  # bool() is False


def _placeholder(state: Mapping[str, Any]) -> AbsolutePlaceholder:
    made = AbsolutePlaceholder.__new__(AbsolutePlaceholder)
    for name, value in state.items():
        object.__setattr__(made, name, value)
    return made
