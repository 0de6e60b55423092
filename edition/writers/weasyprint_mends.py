"""Work-arounds for faults of WeasyPrint 70.0, each with the fault it mends; nothing else may depend on them.

Knows WeasyPrint's layout of lines and its boxes; knows nothing of editions. `install` mends the one version whose
faults are known and leaves any other as it is.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import FunctionType
from typing import Any

import weasyprint
from weasyprint.layout import block, inline
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text import line_break

MENDED = "70.0"
_LARGEST = 2**21  # Pango's greatest width
_split_first_line = line_break.split_first_line
_linebox_layout = block._linebox_layout


def install() -> None:
    if weasyprint.__version__ == MENDED:
        line_break.split_first_line = inline.split_first_line = split_first_line
        block._linebox_layout = _mended_linebox_layout()


def uninstall() -> None:
    """Bring the faults back, for the tests that show them."""
    line_break.split_first_line = inline.split_first_line = _split_first_line
    block._linebox_layout = _linebox_layout


# --- a run of text cut after its first word


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
    if not minimum and max_width is not None and _may_hang(text, style, max_width):
        with_space = line_break.create_layout(text, style, context, max_width, justification_spacing)
        line, rest = with_space.get_first_line()
        if rest is None and line_break.line_size(line, style)[0] > max_width:
            bare = line_break.create_layout(text.rstrip(" "), style, context, max_width, justification_spacing)
            bare_line, bare_rest = bare.get_first_line()
            if bare_rest is None and line_break.line_size(bare_line, style)[0] <= max_width:
                return line_break.first_line_metrics(line, text, with_space, None, True, style)
    return _split_first_line(text, style, context, max_width, justification_spacing, is_line_start, minimum)


def _may_hang(text: str, style: Any, max_width: float) -> bool:
    """Whether a run ends with a space that vanishes at a line's end, and is short enough to fit a line at all."""
    if not text.endswith(" ") or style["white_space"] not in ("normal", "pre-line") or not style["font_size"]:
        return False
    return 0 < max_width < _LARGEST and 1 < len(text) < 8 * max_width / style["font_size"]


# --- notes lost and notes carried off


@cache
def _mended_linebox_layout() -> Callable[..., Any]:
    """WeasyPrint's own, without its attempt to save a line at the foot of a page by putting a note off.

    Where widows and orphans forbid a break, 70.0 moves notes of the page to the next until the line fits. It takes
    notes that were put off already, which so wander on from page to page, and it forgets the notes of the line it
    saves, which are never printed at all.
    """
    source = inspect.getsource(_linebox_layout)
    attempt = "report = not context.in_column and can_break_now and not could_break_before"
    assert source.count(attempt) == 1, "WeasyPrint is not the version that this mends"
    names: dict[str, Any] = {}
    exec(compile(source.replace(attempt, "report = False"), block.__file__, "exec"), vars(block), names)
    mended: Callable[..., Any] = names[_linebox_layout.__name__]
    return mended


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
            return partial, (_same, value())
    if isinstance(value, AbsolutePlaceholder):
        return _placeholder, (vars(value),)
    return NotImplemented


def _same(cells: list[Any]) -> list[Any]:
    return cells


def _unfloated() -> Callable[[], bool]:
    return bool  # bool() is False


def _placeholder(state: Mapping[str, Any]) -> AbsolutePlaceholder:
    made = AbsolutePlaceholder.__new__(AbsolutePlaceholder)
    for name, value in state.items():
        object.__setattr__(made, name, value)
    return made
