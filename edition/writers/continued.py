"""Headings of an index that are said again where their entry goes on in the next column or on the next page.

Knows XHTML as units have it, and boxes by their attributes only; weasyprint_mends.py asks `in_turn` for the children of
every block that is laid out, or goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..xml import XHTML, Element, local
from .documents import h

AGAIN = "again"  # class of the heading said again, first child of its entry
_Turn = tuple[int, Any, Any]  # ordinal of a child, the child, where it goes on


def say_again(root: Element, said: str) -> None:
    """Put before every entry of an index that has sub-headings what it is called where it goes on: "Smith (cont.)"."""
    for entry in root.iterfind(f".//{{{XHTML}}}ul[@class='index']/{{{XHTML}}}li"):
        name = next((kid for kid in entry if kid.get("class") == "name"), None)
        if name is not None and any(local(kid) == "ul" for kid in entry):
            text = f"{''.join(name.itertext())} {said}"
            entry.insert(0, h("span", {"class": AGAIN, "data-made": "", "aria-hidden": "true"}, text))


def in_turn(box: Any, skip: int | None, stack: Any) -> Iterator[_Turn]:
    """The children of a block from `skip` on, of which the first goes on at `stack`; before what is left of an entry
    its heading, if the heading proper and a part of the entry stand elsewhere."""
    first = skip or 0
    if _is_again(box):
        if first > 1:
            yield first, box.children[0], None
        first = max(first, 1)
    for index, child in enumerate(box.children[first:], first):
        yield index, child, stack if index == skip else None


def _is_again(box: Any) -> bool:
    """Whether a block's first child is its heading said again."""
    if box.element_tag != "li" or not box.children:
        return False
    element = box.children[0].element
    return element is not None and element.get("class") == AGAIN and box.children[0].element_tag == "span"
