"""What a reference is called, and references to nothing."""

from pathlib import Path
from typing import Any

import pytest

from edition.builder import make
from edition.passes import links
from edition.wording import ENGLISH
from edition.xml import Element, canonical, parse

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


def unit_of(text: str) -> Element:
    return parse(f'<div xmlns="http://www.tei-c.org/ns/1.0">{text}</div>'.encode())


def test_what_a_source_of_others_refers_to_in_vain_is_a_warning_once_and_stays_as_text() -> None:
    unit = unit_of('<p>a <ref target="#no">b</ref> c<ptr target="#no"/> d <ref target="#one">e</ref></p>')
    known = {"one": CHAPTER}
    found = links.dangling(unit, "b.xml", "b.xml#0", known.get, lambda: list(known))
    assert [(p.code, p.place.mark, p.text.endswith("(2 times)")) for p in found] == [("link-lost", "ref.1", True)]
    links.resolve(unit, known.get)
    assert canonical(unit) == canonical(unit_of('<p>a <seg>b</seg> c d <ref target="#one">e</ref></p>'))


@pytest.mark.parametrize(("stem", "is_kept"), [("a", True), ("other", False)])
def test_a_link_of_a_web_page_into_a_file_is_to_that_file(stem: str, is_kept: bool) -> None:
    unit = unit_of(f'<p>see <ref target="#one" n="{stem}">it</ref></p>')
    known = {"one": {**CHAPTER, "unit": "text/a.md#0"}}
    assert (links.dangling(unit, "b.html", "b.html#0", known.get, lambda: list(known)) == []) == is_kept
    links.resolve(unit, known.get)
    assert ('<ref target="#one">' in canonical(unit).decode()) == is_kept


def test_files_of_all_kinds_refer_to_one_another(tmp_path: Path) -> None:
    texts = {
        "one.md": "# One {#one}\n\nSee [the page](#two) and [the letter](#three).\n",
        "two.html": '<h1 id="two">Two</h1><p>See <a href="one.md#one">one</a>, <a href="#three">three</a>, '
        '<a href="#four">four</a>.</p>',
        "three.xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div xml:id="three"><head>Three</head>'
        '<p>See <ref target="#one">one</ref> and <ref target="#two">two</ref>.</p></div></body></text></TEI>',
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = f"id: e\ntitle: E\nlanguage: en-GB\ncontents: {{body: [{', '.join(texts)}]}}\n"
    (tmp_path / "edition.yaml").write_text(said, encoding="utf-8")
    made = make(tmp_path, ["tei"])
    assert [(p.code, p.place.file) for p in made.problems if p.severity != "info"] == [("link-lost", "two.html")]
    targets = [ref.get("target") for ref in parse(made.files["e.tei.xml"]).iter("{*}ref")]
    assert [target for target in targets if target and target.startswith("#")] == [
        "#two", "#three", "#one", "#three", "#one", "#two",
    ]  # fmt: skip


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
