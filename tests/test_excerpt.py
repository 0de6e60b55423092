"""Excerpts: what is cut and said to be, what registers keep, what becomes of references that leave."""

from __future__ import annotations

import re
from typing import Any

import pytest

from edition.writers import excerpt

from .print_fixture import call, note, page, unit

CHAPTER = unit(
    "text/a.md#0",
    "chapter",
    "body",
    '<h1 id="h">Head</h1><p id="a">One two.</p>'
    f'<section id="s"><h2>Inner</h2><p id="b">Three {call("n1", 1)}.</p><p id="c">Four, see <a href="#a">one</a>'
    f'<span class="in-print" data-made="">, p. {page("a")}</span>.</p></section>'
    f'<p id="d">Five {call("n2", 2)}.</p><ul><li id="i">Six</li><li id="j">Seven</li></ul>',
    [note("n1", 1, "First note."), note("n2", 2, "Second, of which <a href='#c'>before</a>.")],
    id="ch",
)


def whole(given: dict[str, Any]) -> dict[str, Any]:
    """A unit with what `xhtml` adds to it."""
    parts = [given["body"], *(n["body"] for n in given["notes"])]
    found = [name for part in parts for name in re.findall(' id="([^"]*)"', part)]
    return {**given, "ids": found, "pages": [], "words": 0}


def text(made: dict[str, Any]) -> str:
    return " ".join(re.sub("<[^>]*>", " ", made["body"]).split())


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("a", "a", "Head One two. […]"),
        ("b", "c", "Head […] Inner Three 1 . Four, see one , p. . […]"),
        ("c", "i", "Head […] Inner […] Four, see one , p. . Five 2 . Six […]"),
        ("s", "s", "Head […] Inner Three 1 . Four, see one , p. . […]"),
        ("a", "j", "Head One two. Inner Three 1 . Four, see one , p. . Five 2 . Six Seven"),
        ("j", "j", "Head […] […] Seven"),
    ],
)
def test_a_passage_is_cut_and_what_is_left_out_is_marked(first: str, last: str, expected: str) -> None:
    made = excerpt.cut(whole(CHAPTER), first, last)
    assert text(made) == expected
    assert [n["id"] for n in made["notes"]] == [n for n in ("n1", "n2") if f'"#{n}"' in made["body"]]
    assert made["ids"] == re.findall(' id="([^"]*)"', made["body"] + "".join(n["body"] for n in made["notes"]))


def test_a_place_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        excerpt.cut(whole(CHAPTER), "a", "nowhere")


def test_references_that_leave_say_whose_page_they_mean() -> None:
    made = excerpt.cut(whole(CHAPTER), "b", "d")
    inside = excerpt.ids([made])
    out = excerpt.outward(made, inside, {"a": "212"}.get, "{} of the full edition", {})  # type: ignore[arg-type]
    assert "Four, see one , p. 212 of the full edition ." in text(out)
    assert 'href="#a"' not in out["body"] and 'href="#n1"' in out["body"]
    assert "href=" in out["notes"][1]["body"], "a reference that stays is a link still"
    assert out["pages"] == []


def test_a_note_of_the_full_edition_has_the_number_that_it_has_there() -> None:
    links = "".join(f'<a class="xref" href="#{name}" data-number="7">note 7</a>' for name in ("n7", "here"))
    made = whole(unit("text/a.md#0", "chapter", "body", f'<p id="here">{links}</p>'))
    out = excerpt.outward(made, excerpt.ids([made]), lambda _: "", "{}", {"n7": "2", "here": "3"})
    assert text(out).split() == ["note", "2", "note", "7"] and "#n7" not in out["body"]


def index(*rows: tuple[str, str]) -> dict[str, Any]:
    items = "".join(
        f'<li id="index-{key}">{key} <span class="locators">{"".join(map(page, places.split()))}</span></li>'
        for key, places in rows
    )
    return whole(unit("@index", "index", "back", f'<h1>Index</h1><section id="l"><ul>{items}</ul></section>'))


def test_an_index_keeps_the_places_inside_and_the_entries_that_have_one() -> None:
    made = excerpt.needed(index(("dewey", "a b x"), ("lenin", "x")), {"a", "b"}, set())
    assert made is not None and text(made) == "Index dewey"
    assert re.findall('data-page="([^"]*)"', made["body"]) == ["a", "b"]
    assert excerpt.people_inside(index(("dewey", "a"), ("lenin", "x")), {"a"}) == {"who-dewey"}
    assert excerpt.needed(index(("politburo", "x")), {"a"}, {"politburo"}) is None  # a link to a section of that id


def test_a_register_keeps_those_who_are_named_and_what_is_linked_to() -> None:
    rows = '<li id="who-dewey">Dewey</li><li id="who-lenin">Lenin</li>'
    who = whole(unit("@who-is-who", "who-is-who", "back", f"<h1>Who is who</h1><ul>{rows}</ul>"))
    made = excerpt.needed(who, {"a"}, {"who-dewey"})
    assert made is not None and text(made) == "Who is who Dewey"
    terms = '<dt id="term-kulak">kulak</dt><dd>a rich peasant</dd><dt id="term-x">x</dt><dd>nothing</dd>'
    glossary = whole(unit("@glossary", "glossary", "back", f"<h1>Glossary</h1><dl>{terms}</dl>"))
    made = excerpt.needed(glossary, set(), {"term-kulak"})
    assert made is not None and text(made) == "Glossary kulak a rich peasant"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('A <b>1</b>. <em>See also</em> <a href="#index-b">B</a>', "A 1"),
        ('A <b>1</b>. <em>See also</em> <a href="#index-b">B</a>; <a href="#index-c">C</a>', "A 1 . See also C"),
        ('A <b>1</b>. <em>See also</em> <a href="#index-c">C</a>; <a href="#index-b">B</a>', "A 1 . See also C"),
        ('A<ul><li><em>see also</em> <a href="#index-b">B</a></li></ul>', "A"),
        ('A <i>1</i>; <a href="#event-x">X</a>; <a href="#event-c">C</a>; <a href="#event-y">Y</a>', "A 1 ; C"),
        ('A, <a href="#event-x">X</a>, <a href="#term-x">a term</a>', "A, a term"),
    ],
)
def test_what_leads_to_entries_that_are_left_out_goes(row: str, expected: str) -> None:
    register = whole(unit("@index", "index", "back", f"<ul><li>{row}</li></ul>"))
    made = excerpt.without_leads(register, {"index-c", "event-c"})
    assert text(made) == expected


def test_a_section_that_nothing_is_needed_of_is_left_out() -> None:
    assert excerpt.needed(index(("dewey", "x")), {"a"}, set()) is None
