"""Emendations of a unit: every correction, and whatever is left out as superfluous, with its place.

Knows one unit in the normal form, and why annotations.yaml asked for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..book import Emendation
from ..normal.vocabulary import standing
from ..xml import ID, Element, all_named, child, local


def gather(unit: Element, applied: Iterable[Mapping[str, Any]]) -> tuple[Emendation, ...]:
    """In document order. `applied`: what became of annotations (annotations.Applied), as JSON."""
    whys = {(one["block"], one["words"]): one["why"] for one in applied if not one["fault"]}
    found = []
    for element in all_named(unit, "choice", "surplus"):
        block, note = standing(element)
        sic = child(element, "sic")
        if sic is None and local(element) == "choice":
            continue
        source = _text(element if sic is None else sic)
        corr = child(element, "corr")
        why = whys.get((block, source), "")
        found.append(Emendation(element.get(ID, block), note, source, "" if corr is None else _text(corr), why))
    return tuple(found)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
