"""The numbers of paragraphs in an e-book: links by which a reader takes the address of a paragraph, or left out.

Knows opened units; knows no edition. What is counted is decided in passes/numbering.py.
"""

from __future__ import annotations

from ..wording import wording
from ..xml import XHTML, Element, drop_keeping_tail
from .documents import has_class, named
from .opened import OpenUnit


def settle_paragraph_numbers(unit: OpenUnit, *, shown: bool) -> None:
    """Make every number of a paragraph a link to it that says what it is, or take it out, in place."""
    for number in [each for each in named([unit.section], "span") if has_class(each, "paragraph-number")]:
        if shown:
            _link(number, wording(unit.language).paragraph)
        else:
            drop_keeping_tail(number)


def _link(number: Element, label: str) -> None:
    paragraph = number.getparent()
    assert paragraph is not None
    number.tag = f"{{{XHTML}}}a"
    number.set("href", f"#{paragraph.get('id')}")
    number.set("aria-label", label.format(number.text))
