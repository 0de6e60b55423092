"""The RELAX NG of the normal form, compiled once, and what it has against a document.

Knows the grammar; used by tests and by `edition verify`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lxml import etree

from ..xml import Element, parse


@cache
def grammar() -> etree.RelaxNG:
    """The grammar of edition.rng."""
    return etree.RelaxNG(parse(files("edition").joinpath("normal", "edition.rng").read_bytes()))


def violations(root: Element) -> list[str]:
    """What is not of the normal form in a whole TEI document: "line: message" each; [] if it is valid."""
    rules = grammar()
    if rules.validate(root):
        return []
    return [f"{entry.line}: {entry.message}" for entry in rules.error_log]
