"""What the records of annotations.yaml are to the passes, and what is said of those that have lost their place.

Knows the models of annotations and the trees of all units; changes none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from ..config import Annotation
from ..problems import Place, Problem
from ..xml import Element
from .annotations import candidates

Lost = tuple[int, Annotation, str]
"""Ordinal of an annotation, itself, and what is wrong: gone (its block), absent or repeated (its words)."""


def record(one: Annotation) -> dict[str, Any]:
    """An annotation as a cell of the table "annotations"; its `key` is the same wherever it stands in the file."""
    told = one.model_dump(mode="json")
    seen = "\n".join(f"{name}={told[name]}" for name in sorted(told))
    return {**told, "key": hashlib.blake2b(seen.encode(), digest_size=5).hexdigest()}


def lost(annotations: Sequence[Annotation], applied: Mapping[str, Mapping[str, Any]]) -> list[Lost]:
    """Those that could not be applied. `applied`: what became of each that has its block, by its key."""
    found: list[Lost] = []
    for n, one in enumerate(annotations):
        became = applied.get(record(one)["key"])
        fault = "gone" if became is None else became["fault"]
        if fault:
            found.append((n, one, fault))
    return found


def problem(one: Annotation, fault: str, where: Place, units: Sequence[Element]) -> Problem:
    """The complaint, with the nearest candidates."""
    words = f"“{one.find}”"
    if fault == "repeated":
        text = f"{words} stands in {one.at} more than once"
        return Problem("annotation-lost", where, text, "quote more words, so that one place is meant")
    text = f"no paragraph has the id “{one.at}” now" if fault == "gone" else f"{one.at} does not have the words {words}"
    near = candidates(one.find, units)
    if near:
        hint = f"what is meant may be in {', or '.join(near)}; change at or find, or delete the annotation"
    else:
        hint = "nothing in the text is like it; delete the annotation, or say anew where it belongs"
    return Problem("annotation-lost", where, text, hint)
