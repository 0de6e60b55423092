"""What a reference is called, and references to nothing."""

from typing import Any

import pytest

from edition.passes import links
from edition.wording import ENGLISH
from edition.xml import parse

CHAPTER: dict[str, Any] = {
    "unit": "a#0", "kind": "div", "text": "One", "unit_title": "One", "chapter": "1", "whole": True,
    "number": "", "paragraph": 0, "locator": "1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("target", "own_unit", "expected"),
    [
        ({}, "b#0", "chapter 1"),
        ({"chapter": ""}, "b#0", "‘One’"),
        ({"whole": False, "text": "A part of it"}, "b#0", "‘A part of it’"),
        ({"kind": "p", "whole": False, "paragraph": 4}, "b#0", "chapter 1, paragraph 4"),
        ({"kind": "p", "whole": False, "paragraph": 4}, "a#0", "paragraph 4"),
        ({"kind": "note", "whole": False, "number": "7"}, "a#0", "note 7"),
        ({"kind": "note", "whole": False, "number": "7", "chapter": ""}, "b#0", "‘One’, note 7"),
    ],
)
def test_label(target: dict[str, Any], own_unit: str, expected: str) -> None:
    assert links.label({**CHAPTER, **target}, own_unit, ENGLISH).replace("\u00a0", " ") == expected


def test_references_to_nothing_are_told_at_their_place() -> None:
    text = (
        '<div><p>x <ref target="#one">y</ref> <ptr target="#oen"/> <ref target="https://example.org">z</ref></p></div>'
    )
    unit = parse(text.replace("<div>", '<div xmlns="http://www.tei-c.org/ns/1.0">').encode())
    known = {"one": CHAPTER}
    found = links.dangling(unit, "a.md", "a.md#0", known.get, lambda: list(known))
    assert [(p.code, p.place.block, p.place.mark, p.hint) for p in found] == [
        ("link-nothing", 1, "ptr.1", "did you mean “one”?")
    ]
