"""Lines of WeasyPrint 70.0 found with fewer texts shaped: a word, or a part of it, that cannot fit is not tried.

To end a line, WeasyPrint shapes it again with the next word, and with every part of that word that may be divided off.
Most are much too long, which the words on the draft's second line tell. Knows WeasyPrint's breaking of lines and
Pango's layouts; knows nothing of editions. With `SOONER` split_first_line gives the same lines (weasyprint_mends.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

_SPACE = 0.1  # of the type's size: no space is narrower
_SOFT_HYPHEN = "\xad"
_SETS_TEXT = """            layout.set_text(new_first_line_text)
            first_line, resume_index = layout.get_first_line()
            if resume_index is None:
                if first_line_text:"""
_TRIES = "    if dictionary_iterations:\n        for first_word_part in dictionary_iterations:"
_FINDS_WORD = "    next_word = second_line_text[:break_point].rstrip(' ')\n"

# What WeasyPrint's split_first_line says instead of what it says; `Ends` is what it then knows besides.
SOONER = {
    _FINDS_WORD: _FINDS_WORD
    + "    ends = Ends(layout, first_line_text, second_line_text, max_width - first_line_width, style)\n",
    _SETS_TEXT: _SETS_TEXT.replace("    layout", "    if not ends.fail(next_word):\n                layout").replace(
        "            first_line,", "                first_line,"
    ),
    _TRIES: "    dictionary_iterations = ends.worth_trying(dictionary_iterations)\n" + _TRIES,
}

ffi.cdef("void pango_layout_index_to_pos (PangoLayout *layout, int index, PangoRectangle *pos);")
_PLACE = ffi.new("PangoRectangle *")


class Lack:
    """What a line lacked to hold more, as told by all the `Ends` of it: no less than so many CSS pixels."""

    least, unknown = inf, 0

    def begin(self) -> None:
        self.least, self.unknown = inf, 0

    def end(self) -> float:
        """0 where it is not known."""
        found = 0.0 if self.unknown or self.least == inf else self.least
        self.unknown = 1  # for a line around the one that has ended
        return found


LACK = Lack()


class Ends:
    """How far the beginnings of a draft's second line would reach if they stood at the end of its first.

    What was shaped on the second line is as wide on the first; a space before it is at least a little wide.
    """

    def __init__(self, layout: Any, first_line: str, second_line: str, room: float, style: Any) -> None:
        self.layout, self.second_line = layout.layout, second_line
        self.room = room - _SPACE * style["font_size"]
        self.begins = len(first_line.encode())
        is_plain = _SOFT_HYPHEN not in first_line + second_line and style["word_spacing"] >= 0
        self.is_known = bool(first_line) and room >= 0 and is_plain
        self.left, self.line = self._place(0) if self.is_known else (0, 0)
        self.is_told = False
        LACK.unknown += 1

    def _place(self, length: int) -> tuple[int, int]:
        """Where the second line goes on after so many bytes: from the left, from the top."""
        pango.pango_layout_index_to_pos(self.layout, self.begins + length, _PLACE)
        return _PLACE.x, _PLACE.y

    def fail(self, part: str) -> bool:
        """Whether there is certainly no room for a part of the second line, from its beginning on."""
        if not self.is_known or not self.second_line.startswith(part):
            return False
        right, line = self._place(len(part.encode()))
        if line != self.line:
            return False
        lacking = (right - self.left) * FROM_UNITS - self.room
        LACK.least, LACK.unknown = min(LACK.least, lacking), LACK.unknown - (not self.is_told)
        self.is_told = True
        return bool(lacking > 0)

    def worth_trying(self, parts: Sequence[str]) -> list[str]:
        """Without the parts that certainly fail."""
        return [part for part in parts if not self.fail(part)]
