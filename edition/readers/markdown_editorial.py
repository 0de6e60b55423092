"""The editor's hand in Markdown: corrections, what is supplied, gaps, pages of the source, queries.

    [read]{sic="raed"}   []{sic="too much"}   […]{.supplied}   []{.gap}   [three lines]{.gap}   []{pb=12}
    [who?]{.query}

Knows the attributes of one pair of braces; knows no token.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..xml import Element, tei
from .markdown_attributes import Attributes, Complaint

QUERY = "query"  # of no vocabulary: never part of a tree
_ALONE = (".gap", ".query", "pb")


def editorial(given: Attributes, is_empty: bool) -> list[Element]:
    """The elements that the words in the brackets go into, the outermost first (TEI Guidelines 3.5, 12.3)."""
    made: list[Element] = []
    names = given.names()
    if ".supplied" in names:
        made.append(tei("supplied"))
    if "sic" in names and is_empty:
        made.append(tei("surplus", {}, given.get("sic")))
    elif "sic" in names:
        made += [tei("choice", {}, tei("sic", {}, given.get("sic"))), tei("corr")]
    if ".gap" in names:
        made += [tei("gap")] if is_empty else [tei("gap"), tei("desc")]
    if "pb" in names:
        made.append(tei("pb", {"n": given.get("pb")}))
    return made


def editorial_faults(given: Attributes, is_empty: bool) -> Iterator[Complaint]:
    """What does not go together: words and none, and marks that stand alone with others."""
    names = given.names()
    alone = [name for name in _ALONE if name in names]
    if alone and len(names) > 1:
        yield Complaint("markdown-attribute", f"{{{alone[0]}}} stands alone", "give the rest braces of its own")
    elif "pb" in names and not is_empty:
        hint = "[]{pb=12}, where page 12 of the source begins"
        yield Complaint("markdown-attribute", "the beginning of a page has no words", hint)
    elif is_empty and not {"pb", ".gap", "sic"} & set(names):
        yield Complaint("markdown-attribute", "there are no words in these brackets", "[words]{…}")
