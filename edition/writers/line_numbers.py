"""Numbers of lines in the margin, as many as are asked for: drawn beside the lines of a unit that has been laid out.

Knows pages and boxes by their attributes only and imports no layout engine. The numbers stand in a margin box, so that
they move no line and are no part of the text; the style says how it looks, SHEET that there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any

AT = "@left-middle"
SHEET = f' @page {{ {AT} {{ content: "0" }} }}'
NONE: Mapping[str, Any] = {"every": 0, "anew": "page"}
# What stands in lines of its own: heads, pictures, tables.
_APART = ("h1", "h2", "h3", "h4", "h5", "h6", "figure", "table", "header")


def number(pages: Sequence[Any], every: int, anew: str, *, verse: bool) -> None:
    """Put a number beside every so many lines, counted anew on each page or (`chapter`) through the unit.

    Heads, tables, figures and notes are not counted, nor is `verse` where it has numbers of its own.
    """
    count = 0
    for page in pages:
        count = 0 if anew == "page" else count
        numbered = []
        for line in _lines(page._page_box.children[0], verse):
            count += 1
            if count % every == 0:
                numbered.append((str(count), line.position_y + line.baseline))
        for margin in page._page_box.children:
            if getattr(margin, "at_keyword", "") == AT:
                (sample,) = (box for box in margin.descendants() if type(box).__name__ == "LineBox")
                margin.children = [_beside(sample, text, baseline) for text, baseline in numbered]


def _lines(box: Any, verse: bool) -> Iterator[Any]:
    """The lines of text below a box that are counted, from top to bottom."""
    for kid in getattr(box, "children", ()):
        element = kid.element
        if type(kid).__name__ == "LineBox":
            if any(getattr(each, "text", "").strip() for each in kid.descendants()):
                yield kid
        elif kid.is_in_normal_flow() and kid.element_tag not in _APART and (verse or not _is_verse(element)):
            yield from _lines(kid, verse)


def _is_verse(element: Any) -> bool:
    return element is not None and "l" in element.get("class", "").split()


def _beside(sample: Any, text: str, baseline: float) -> Any:
    """A line with a number, set as the sample is, its right end where that of the sample stands."""
    line = sample.deepcopy()
    line.translate(dy=baseline - line.position_y - line.baseline)
    (box,) = (each for each in line.descendants() if hasattr(each, "pango_layout"))
    box.position_x -= (len(text) / len(box.text) - 1) * box.width
    box.width *= len(text) / len(box.text)
    box.pango_layout = copy(box.pango_layout)
    box.text = box.pango_layout.text = text
    return line
