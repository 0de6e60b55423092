"""Questions for study: gathered where the edition has a section for them; answers in a leader's edition only.

Knows one unit.
"""

from __future__ import annotations

from ..xml import Element, all_named, drop_keeping_tail, tei


def lists(unit: Element) -> list[Element]:
    return [found for found in all_named(unit, "list") if found.get("type") == "questions"]


def drop_answers(unit: Element) -> None:
    """Take the answers out."""
    for quote in [found for found in all_named(unit, "quote") if found.get("type") == "answer"]:
        drop_keeping_tail(quote)


def drop_questions(unit: Element) -> None:
    """Take the questions out of a chapter: they stand in a section of their own."""
    for found in lists(unit):
        drop_keeping_tail(found)


def entitle(unit: Element, heading: str) -> None:
    """Questions at the end of a chapter have a heading."""
    for found in lists(unit):
        found.insert(0, tei("head", {"resp": "#edition"}, heading))
