"""What is left out of a page: an element, or a text beside one, and what it is.

Knows plain trees; decides nothing.
"""

from __future__ import annotations

from msgspec import Struct

from ..words import words
from ..xml import Element
from .html_names import detach, pieces


class Drop(Struct, frozen=True):
    """Something left out: an element, or the text in it or after it (`part`), and what it is."""

    element: Element
    what: str
    part: str = ""

    def words(self) -> int:
        return len(words(self.text()))

    def text(self) -> str:
        return "".join(pieces(self.element)) if not self.part else getattr(self.element, self.part) or ""

    def remove(self) -> None:
        if self.part:
            setattr(self.element, self.part, " ")
        else:
            detach(self.element)
