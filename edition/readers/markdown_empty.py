"""What a Markdown file must not lack: words in its headings, text in its chapters and sections.

Knows trees and where their blocks stand; knows no Markdown.
"""

from __future__ import annotations

from ..words import words
from ..xml import Element, child, local
from .markdown_attributes import Complaint
from .markdown_marks import Work


def say_empty(body: Element, work: Work) -> None:
    """Complain of headings without words, and of chapters and sections without text."""
    if len(body) == 0 and not work.problems:
        work.say(
            (1, 1), Complaint("chapter-empty", "there is no text in this file", "write it, or take it out of contents")
        )
    for div in body.iter("{*}div"):
        head = child(div, "head")
        assert head is not None
        if not words(_own_text(head)):
            work.say(
                work.blocks[head],
                Complaint("heading-empty", "this heading has no words", r"write \# for a # that is text"),
            )
        if all(local(kid) in ("head", "milestone") for kid in div):
            chapter = div.getparent() is body
            code, kind = ("chapter-empty", "chapter") if chapter else ("section-empty", "section")
            work.say(work.blocks[div], Complaint(code, f"this {kind} has no text", "write it, or delete the heading"))


def _own_text(element: Element) -> str:
    """An element's text without its notes."""
    return (element.text or "") + "".join(
        ("" if local(kid) == "note" else _own_text(kid)) + (kid.tail or "") for kid in element
    )
