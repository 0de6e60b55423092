"""What Project Gutenberg adds to a text before and behind it.

Knows plain trees; knows nothing of other sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..xml import Element
from .html_drops import Drop
from .html_names import count, text_of

_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_END = re.compile(
    r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg(?:'s|’s| EBook)", re.IGNORECASE
)
_LICENCE = "what Project Gutenberg adds to the text"


def boilerplate(body: Element) -> list[Drop]:
    """What stands before the line START OF THE PROJECT GUTENBERG EBOOK and after the line END OF …, both included."""
    text = "".join(body.itertext())
    found: list[Drop] = []
    if "gutenberg" not in text.lower():
        return found
    for pattern, before in ((_START, True), (_END, False)):
        element = _line_with(body, pattern) if pattern.search(text) else None
        if element is not None:
            element = _whole(element, body, before)
            found += [Drop(element, _LICENCE), *_beside(element, body, before)]
    return found


def _line_with(body: Element, pattern: re.Pattern[str]) -> Element | None:
    """The smallest element that holds a line, unless it holds the book too."""
    whole = count([body])
    for element in body.iter():
        own = "".join(
            [element.text or "", *("".join(kid.itertext()) + (kid.tail or "") for kid in element if not len(kid))]
        )
        if pattern.search(own) and element is not body:
            return element if count([element]) * 2 < whole else None
    return None


def _whole(element: Element, body: Element, before: bool) -> Element:
    """What holds an element and nothing that does not go with it."""
    while (parent := element.getparent()) is not None and parent is not body:
        others = element.itersiblings(preceding=not before)
        loose = [element.tail] + [kid.tail for kid in element.itersiblings()] if before else [parent.text]
        if any(text_of(kid) for kid in others) or any((text or "").strip() for text in loose):
            break
        element = parent
    return element


def _beside(element: Element, body: Element, before: bool) -> Iterator[Drop]:
    """Everything in the body before an element, or after it."""
    node = element
    while node is not body:
        parent = node.getparent()
        if parent is None:
            return
        if before:
            yield Drop(parent, _LICENCE, "text")
        else:
            yield Drop(node, _LICENCE, "tail")
        for sibling in node.itersiblings(preceding=before):
            yield Drop(sibling, _LICENCE)
            yield Drop(sibling, _LICENCE, "tail")
        node = parent
