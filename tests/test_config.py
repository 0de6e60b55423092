"""edition.yaml and the registers: what they say, and every mistake at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import edition as edition_package
from edition import config
from edition.config import Edition, Loaded, fields, load_chronology, load_decisions, load_edition, load_people, models
from edition.problems import Place, Problem, explanation

Expected = list[tuple[int, int, str]]
MINIMAL = "title: A\nlanguage: en\ncontents: {body: [a.md]}\n"
FULL = """\
id: moscow-trials
title: The Moscow Trials
subtitle: A study reader
language: en-GB
creators: [{name: Leon Trotsky, role: aut, sort: "Trotsky, Leon"}]
publisher:
  {name: Verlag, place: Berlin, year: 2026, edition: Second, series: Readers 4,
   isbn: {print: 978-3-16-148410-0, pdf: 0-306-40615-2, epub: 080442957X}}
copyright: © 2026 Verlag
licence: CC-BY-SA-4.0
statement: A statement
cite_as: Cite it so
description: About it
subjects: {keywords: [trials], thema: [NHTB, 1DTN], bisac: [HIS032000]}
contents:
  front: [half-title, text/preface.md]
  body:
    - {file: text/one.txt, title: One, short: 1, by: N. N., date: 2016, source: A site,
       url: "https://example.org/1", accessed: 2020, rights: none}
    - {part: Two, contents: [text/two.md]}
  back: [{section: index, title: Names}]
people: [../shared/people.yaml, people.yaml]
chronology: events.yaml
decisions: decided.yaml
read: {"text/*.txt": {paragraphs: lines}}
notes: {place: foot, numbering: book}
pdf: {page: a5}
epub: {pages: none}
index: {order: word, ranges: mhra}
outputs: [pdf, tei]
"""


def places(problems: list[Problem]) -> Expected:
    return [(p.place.line, p.place.column, p.code) for p in problems]


def edition(text: str) -> Loaded[Edition]:
    return load_edition(text.encode(), "edition.yaml")


def good(text: str) -> Edition:
    loaded = edition(text)
    assert loaded.problems == []
    assert loaded.value is not None
    return loaded.value


# --- what edition.yaml says


def test_the_least_edition_has_its_defaults() -> None:
    found = good(MINIMAL)
    assert (found.id, found.title, found.language, found.files()) == ("", "A", "en", ("a.md",))
    assert (found.people, found.chronology, found.decisions, found.named) == (
        ("people.yaml",), "chronology.yaml", "decisions.yaml", (),
    )  # fmt: skip
    assert (found.notes.place, found.notes.numbering, found.pdf.page, found.epub.pages) == (
        "foot", "chapter", "a5", "print",
    )  # fmt: skip
    assert (found.index.order, found.index.ranges, found.outputs) == ("letter", "short", ("tei", "epub", "pdf"))
    assert (found.publisher, found.creators, found.read) == (None, (), {})


def test_everything_that_is_said_arrives() -> None:
    found = good(FULL)
    assert found.publisher is not None
    assert found.publisher.isbn is not None
    assert (found.publisher.year, found.publisher.isbn.pdf) == ("2026", "0-306-40615-2")
    assert found.contents.body[1].part == "Two"
    assert found.contents.back[0].section == "index"
    assert found.files() == ("text/preface.md", "text/one.txt", "text/two.md")
    assert found.named == ("people", "chronology", "decisions")
    assert found.outputs == ("pdf", "tei")


@pytest.mark.parametrize("text", [MINIMAL, FULL])
def test_an_edition_travels_as_json(text: str) -> None:
    found = good(text)
    assert Edition.model_validate(json.loads(json.dumps(found.model_dump(mode="json")))) == found


def test_how_to_read_is_resolved_for_each_file() -> None:
    text = 'read: {"*.txt": {paragraphs: lines}, b.txt: {paragraphs: indented}}\n'
    found = good(MINIMAL.replace("a.md", "a.md, a.txt, b.txt") + text)
    assert {path: how.paragraphs for path, how in found.read.items()} == {"a.txt": "lines", "b.txt": "indented"}


def test_one_register_or_several() -> None:
    assert good(MINIMAL + "people: x.yaml\n").people == ("x.yaml",)
    assert good(MINIMAL + "people: [../x.yaml, y.yaml]\n").people == ("../x.yaml", "y.yaml")


def test_a_named_register_is_told_from_a_default_one() -> None:
    assert good(MINIMAL + "people: people.yaml\nchronology:\n").named == ("people",)


def test_a_bare_word_is_a_section_and_anything_else_a_file() -> None:
    body = good(MINIMAL.replace("a.md", "index, a.md, text/b")).contents.body
    assert [(entry.file, entry.section) for entry in body] == [("", "index"), ("a.md", ""), ("text/b", "")]


def test_a_key_without_a_value_counts_as_left_out() -> None:
    found = good(MINIMAL + "subtitle:\nindex:\ncreators:\nid: ''\n")
    assert (found.subtitle, found.index.order, found.creators, found.id) == ("", "letter", (), "")


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("en-gb", "en-GB"),
        ("SR-cyrl", "sr-Cyrl"),
        ("grc", "grc"),
        ('"no"', "no"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("de-1996", "de-1996"),
        ("es-419", "es-419"),
        ("de-DE-x-GOTH", "de-DE-x-goth"),
        ("und", "und"),
    ],
)
def test_languages_are_brought_into_their_usual_letters(written: str, tag: str) -> None:
    assert good(MINIMAL.replace("language: en", f"language: {written}")).language == tag


@pytest.mark.parametrize(
    "licence",
    ["CC-BY-SA-4.0", "CC0-1.0", "CC-BY-3.0-AT", "MIT OR Apache-2.0", "GPL-3.0-or-later WITH GCC-exception-3.1",
     "https://example.org/licence", "LicenseRef-mine"],
)  # fmt: skip
def test_licences_that_are_known_to_programs(licence: str) -> None:
    assert good(MINIMAL + f"licence: {licence}\n").licence == licence


# --- places


def test_where_things_stand() -> None:
    loaded = edition(FULL)
    assert loaded.where("title") == Place("edition.yaml", 2, 8)
    assert loaded.where_key("title") == Place("edition.yaml", 2, 1)
    assert loaded.where("contents", "front", 1) == Place("edition.yaml", 16, 23)
    assert loaded.where_key("contents", "front", 1) == Place("edition.yaml", 16, 23)
    assert loaded.where("contents", "body", 1, "contents", 0) == Place("edition.yaml", 20, 30)


def test_what_is_not_there_has_the_place_of_what_is_around_it() -> None:
    loaded = edition(FULL)
    assert loaded.where("contents", "front", 1, "file") == Place("edition.yaml", 16, 23)
    assert loaded.where("contents", "body", 9) == Place("edition.yaml", 18, 5)
    assert loaded.where_key("nothing", "at", "all") == Place("edition.yaml", 1, 1)
    assert edition("a: [").where("title") == Place("edition.yaml", 1, 1)


def test_values_left_out_for_an_error_do_not_move_the_places_of_the_rest() -> None:
    loaded = edition("title: A\nlanguage: en\ncontents:\n  body:\n    - indx\n    - a.md\n")
    assert places(loaded.problems) == [(5, 7, "config-section")]
    assert loaded.value is not None
    assert [entry.file for entry in loaded.value.contents.body] == ["a.md"]
    assert loaded.where("contents", "body", 0) == Place("edition.yaml", 6, 7)


# --- mistakes in edition.yaml: added to MINIMAL, whose lines are 1 to 3

ADDED: list[tuple[str, Expected]] = [
    ("subtitel: x", [(4, 1, "config-unknown-key")]),
    ("subtitel:", [(4, 1, "config-unknown-key")]),
    ("isbn: {print: x}", [(4, 1, "config-unknown-key")]),
    ("id: Moscow", [(4, 5, "config-id")]),
    ("id: 1917", [(4, 5, "config-id")]),
    ("id: none", [(4, 5, "config-id")]),
    ("subtitle: no", [(4, 11, "config-not-text")]),
    ("subtitle: ~", [(4, 11, "config-not-text")]),
    ("subtitle: [no, 'no']", [(4, 11, "config-type"), (4, 12, "config-not-text")]),
    ("subtitle: ' '", [(4, 11, "config-empty")]),
    ("creators: [{name: A, role: editor}]", [(4, 28, "config-relator")]),
    ("creators: [{name: A, role: edr}]", [(4, 28, "config-relator")]),
    ("creators: [{role: edt}]", [(4, 12, "config-missing")]),
    ("creators: [{name: , role: edt}]", [(4, 19, "config-empty")]),
    ("creators: [{nmae: A}]", [(4, 12, "config-missing"), (4, 13, "config-unknown-key")]),
    ("creators: [A]", [(4, 12, "config-type")]),
    ("creators: A", [(4, 11, "config-type")]),
    ("publisher: Verlag", [(4, 12, "config-type")]),
    ("publisher: {year: 2026}", [(4, 12, "config-missing")]),
    ("publisher: {name: V, year: 26}", [(4, 28, "config-format")]),
    ("publisher: {name: V, isbn: {print: 978-3-16-148410-1}}", [(4, 36, "config-isbn")]),
    ("publisher: {name: V, isbn: {pdf: 0-306-40615-3}}", [(4, 34, "config-isbn")]),
    ("publisher: {name: V, isbn: {epub: 97831614841}}", [(4, 35, "config-isbn")]),
    ("publisher: {name: V, isbn: {ebook: 1}}", [(4, 29, "config-unknown-key")]),
    ("licence: CC BY-SA 4.0", [(4, 10, "config-licence")]),
    ("licence: CC-BY-SA", [(4, 10, "config-licence")]),
    ("licence: All rights reserved", [(4, 10, "config-licence")]),
    ("licence: https://x", [(4, 10, "config-format")]),
    ("subjects: {keywords: trials}", [(4, 22, "config-type")]),
    ("subjects: {thema: [nhtb], bisac: [HIS1]}", [(4, 20, "config-format"), (4, 35, "config-format")]),
    ("people: /people.yaml", [(4, 9, "config-path")]),
    ("people: [people.yaml, ../../x.yaml]", [(4, 23, "config-path")]),
    ("people: {a: b}", [(4, 9, "config-type")]),
    ("chronology: a\\b.yaml", [(4, 13, "config-path")]),
    ("chronology: [a.yaml]", [(4, 13, "config-type")]),
    ("decisions: C:/b.yaml", [(4, 12, "config-path")]),
    ("decisions: a//b.yaml", [(4, 12, "config-path")]),
    ("read: {a.txt: {paragraphs: lines}}", [(4, 8, "config-unmatched")]),
    ("read: {a.md: {paragraphs: line}}", [(4, 27, "config-value")]),
    ("read: {a.md: lines}", [(4, 14, "config-type")]),
    ("notes: {place: foto}", [(4, 16, "config-value")]),
    ("notes: {place: chapter, numbering: page}", [(4, 8, "config-value")]),
    ("notes: {numbering: off}", [(4, 20, "config-not-text")]),
    ("notes: {series: {ed: x}}", [(4, 18, "config-id")]),
    ("notes: {series: {e: {name: x, marks: stars}}}", [(4, 38, "config-value")]),
    ("notes: foot", [(4, 8, "config-type")]),
    ("pdf: {page: a4}", [(4, 13, "config-value")]),
    ("pdf: {line_numbers: 101}", [(4, 21, "config-value")]),
    ("pdf: {line_numbers: {every: 5, anew: book}}", [(4, 38, "config-value")]),
    ("accessibility: {conforms: wcag-2.1}", [(4, 27, "config-value")]),
    ("accessibility: {certified_by: A}", [(4, 16, "config-value")]),
    ("accessibility: {conforms: wcag-2.1-aa, report: https://example.org/a}", [(4, 16, "config-value")]),
    ("accessibility: {exemption: small}", [(4, 28, "config-value")]),
    ("epub: {pages: [print]}", [(4, 15, "config-value")]),
    ("index: {order: lettre, ranges: shrt}", [(4, 16, "config-value"), (4, 32, "config-value")]),
    ("outputs: [pdf, epbu]", [(4, 16, "config-value")]),
    ("outputs: pdf", [(4, 10, "config-type")]),
    ("title: B", [(4, 1, "yaml-duplicate-key")]),
    ('cover: {ground: "#123"}', [(4, 17, "config-format")]),
    ('cover: {ground: "#f0e0d0"}', [(4, 8, "config-value")]),
    ("dedication: For all", [(4, 1, "section-unused")]),
    ("colophon: [Set by hand.]", [(4, 1, "section-unused")]),
    ("epigraph: {by: somebody}", [(4, 1, "section-unused"), (4, 11, "config-missing")]),
    ("abbreviations: [HB]", [(4, 1, "section-unused"), (4, 16, "config-type")]),
    ("named: [people]", [(4, 1, "config-unknown-key")]),
]


@pytest.mark.parametrize(("line", "expected"), ADDED, ids=[line for line, _ in ADDED])
def test_a_mistake_is_named_at_its_place(line: str, expected: Expected) -> None:
    assert places(edition(MINIMAL + line + "\n").problems) == expected


CONTENTS: list[tuple[str, Expected]] = [
    ("[indx]", [(3, 19, "config-section")]),
    ("[dedication, a.md]", [(3, 19, "config-section")]),
    ("[credits, a.md, colophon]", []),
    ("[{section: glosary}]", [(3, 29, "config-section")]),
    ("[/a.md]", [(3, 19, "config-path")]),
    ("[a.md, index, b.md, index]", [(3, 38, "config-twice")]),
    ("[a.md, {file: a.md}]", [(3, 32, "config-twice")]),
    ("[a.md, {part: P, contents: [a.md]}]", [(3, 46, "config-twice")]),
    ("[{part: P}]", [(3, 19, "config-entry")]),
    ("[{title: P}]", [(3, 19, "config-entry")]),
    ("[{file: a.md, part: P}]", [(3, 19, "config-entry")]),
    ("[{file: a.md, contents: [b.md]}]", [(3, 32, "config-entry")]),
    ("[{part: P, contents: [{part: Q, contents: [b.md]}]}]", [(3, 40, "config-entry")]),
    ("[{file: a.md, titel: x}]", [(3, 32, "config-unknown-key")]),
    ("[{file: a.md, url: example.org}]", [(3, 37, "config-format")]),
    ("[a.md, no]", [(3, 25, "config-not-text")]),
    ("[a.md, '']", [(3, 25, "config-empty")]),
    ("[[a.md]]", [(3, 19, "config-type")]),
    ("[]", [(3, 18, "config-empty")]),
    ("a.md", [(3, 18, "config-type")]),
    ("", [(3, 18, "config-empty")]),
]


@pytest.mark.parametrize(("body", "expected"), CONTENTS, ids=[body for body, _ in CONTENTS])
def test_a_mistake_in_the_contents(body: str, expected: Expected) -> None:
    assert places(edition(f"title: A\nlanguage: en\ncontents: {{body: {body}}}\n").problems) == expected


@pytest.mark.parametrize(
    "word", ["english", "en_GB", "en-UK", "eng", "xq", "e", "en-", "de-Latn-DE-", "1", "no", "日本語"]
)
def test_languages_that_are_none(word: str) -> None:
    code = "config-not-text" if word == "no" else "config-language"
    problems = edition(MINIMAL.replace("language: en", f"language: {word}")).problems
    assert places(problems) == [(2, 11, code)]
    assert problems[0].hint


def test_missing_keys_are_told_one_by_one_at_the_head_of_the_mapping() -> None:
    problems = edition("# a comment\nsubtitle: x\n").problems
    assert places(problems) == [(2, 1, "config-missing")] * 3
    assert [p.text for p in problems] == [f"“{key}” is missing" for key in ("contents", "language", "title")]


@pytest.mark.parametrize("text", ["- a\n", "word\n", '"word"\n'])
def test_a_file_that_is_no_mapping(text: str) -> None:
    for load in (load_edition, load_people, load_chronology, load_decisions):
        loaded: Loaded[Any] = load(text.encode(), "x.yaml")
        assert places(loaded.problems) == [(1, 1, "config-type")]
        assert loaded.value is None


def test_all_mistakes_of_a_file_are_told_at_once_in_its_order() -> None:
    loaded = edition(
        "titel: A\nlanguage: english\nlanguage: de\ncontents: {body: [indx, a.md], bakc: []}\nnotes: {place: &x foto}\n"
    )
    assert places(loaded.problems) == [
        (1, 1, "config-missing"),
        (1, 1, "config-unknown-key"),
        (2, 11, "config-language"),
        (3, 1, "yaml-duplicate-key"),
        (4, 19, "config-section"),
        (4, 32, "config-unknown-key"),
        (5, 16, "yaml-alias"),
    ]


def test_an_edition_with_a_wrong_value_is_used_without_it() -> None:
    loaded = edition(MINIMAL + "notes: {place: foto, numbering: book}\nlicense: x\n")
    assert len(loaded.problems) == 2
    assert loaded.value is not None
    assert (loaded.value.notes.place, loaded.value.notes.numbering) == ("foot", "book")


def test_an_edition_that_lacks_what_it_needs_is_not_used() -> None:
    assert edition("title: A\ncontents: {body: [a.md]}\n").value is None
    assert edition(MINIMAL.replace("language: en", "language: english")).value is None


HINTS = [
    ("subtitel: x", "did you mean “subtitle”?"),
    ("isbn: {}", "it belongs under “publisher”"),
    ("keywords: []", "it belongs under “subjects”"),
    ("notes: {place: foto}", "did you mean “foot”?"),
    ("pdf: {page: a4}", "known: a5"),
    ("creators: [{name: A, role: editor}]", "write edt"),
    ("licence: cc by-sa 4.0", "did you mean “CC-BY-SA-4.0”?"),
    ("id: Moscow Trials", "write moscow-trials"),
    ("people: shared\\people.yaml", "write shared/people.yaml"),
    ("read: {b.md: {}}", "did you mean “a.md”?"),
    ("publisher: {name: V, isbn: {print: 978-3-16-148410-1}}", "after these digits it would be 0"),
]


@pytest.mark.parametrize(("line", "hint"), HINTS, ids=[line for line, _ in HINTS])
def test_a_mistake_has_its_cure(line: str, hint: str) -> None:
    assert hint in edition(MINIMAL + line + "\n").problems[0].hint


# --- registers


def loaded(load: Callable[[bytes, str], Loaded[Any]], text: str) -> Loaded[Any]:
    return load(text.encode(), "x.yaml")


def test_people_are_read() -> None:
    found = load_people(
        b"trotsky: {name: Leon Trotsky, sort: 'Trotsky, Leon', variants: [L. D. Trotsky], born: 1879-11-07,"
        b" died: 1940-08-21, about: x, idno: {wikidata: Q33391, gnd: 118642979, viaf: 54946879, lccn: n80013101},"
        b" see_also: [sedova]}\nsedova: {name: Natalia Sedova}\n",
        "people.yaml",
    )
    assert found.problems == []
    assert found.value is not None
    assert found.value["trotsky"].born == "1879-11-07"
    assert found.value["trotsky"].idno["wikidata"] == "Q33391"
    assert (found.value["sedova"].sort, found.value["sedova"].idno) == ("", {})
    assert found.where("trotsky", "see_also", 0).line == 1
    assert found.where_key("sedova") == Place("people.yaml", 2, 1)


def test_an_empty_register_is_empty() -> None:
    for load in (load_people, load_chronology):
        assert loaded(load, "# nobody yet\n").value == {}
    assert loaded(load_decisions, "").value == config.Decisions()


PEOPLE: list[tuple[str, Expected]] = [
    ("Leon: {name: L}", [(1, 1, "config-id")]),
    ("none: {name: L}", [(1, 1, "config-id")]),
    ("a: {sort: L}", [(1, 4, "config-missing")]),
    ("a:", [(1, 3, "config-type")]),
    ("a: Leon", [(1, 4, "config-type")]),
    ("a: {name: L, brn: 1879}", [(1, 14, "config-unknown-key")]),
    ("a: {name: L, variants: M}", [(1, 24, "config-type")]),
    ("a: {name: L, variants: [M, no, '']}", [(1, 28, "config-not-text"), (1, 32, "config-empty")]),
    ("a: {name: [L]}", [(1, 11, "config-type")]),
    ("a: {name: L, idno: {wikidata: 33391}}", [(1, 31, "config-idno")]),
    ("a: {name: L, idno: {viaf: x, gnd: 12}}", [(1, 27, "config-idno"), (1, 35, "config-idno")]),
    ("a: {name: L, idno: {lccn: 1}}", [(1, 27, "config-idno")]),
    ("a: {name: L, idno: {wikidta: Q1}}", [(1, 21, "config-value")]),
    ("a: {name: L, idno: Q1}", [(1, 20, "config-type")]),
    ("a: {name: L, see_also: [b]}", [(1, 25, "config-reference")]),
    ("a: {name: L, see_also: [a]}", [(1, 25, "config-reference")]),
    ("a: {name: L, see_also: [B]}", [(1, 25, "config-id")]),
    ("a: {name: L}\na: {name: M}", [(2, 1, "yaml-duplicate-key")]),
    ("a: {name: L, died: off}", [(1, 20, "config-not-text")]),
    ("a: {name: &l L}\nb: {name: *l}", [(1, 11, "yaml-alias"), (2, 11, "yaml-alias")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PEOPLE, ids=[text for text, _ in PEOPLE])
def test_a_mistake_among_people(text: str, expected: Expected) -> None:
    assert places(loaded(load_people, text).problems) == expected


def test_see_also_may_name_people_of_other_registers() -> None:
    assert load_people(b"a: {name: L, see_also: [b]}", "x.yaml", {"b"}).problems == []


def test_events_are_read() -> None:
    found = loaded(
        load_chronology, "first: {date: 1936-08-19/1936-08-24, label: First Trial, people: [a, b], place: Moscow}\n"
    )
    assert found.problems == []
    assert found.value is not None
    assert found.value["first"].people == ("a", "b")


EVENTS: list[tuple[str, Expected]] = [
    ("a: {date: 1936}", [(1, 4, "config-missing")]),
    ("a: {lable: x, date: 1936}", [(1, 4, "config-missing"), (1, 5, "config-unknown-key")]),
    ("a: {date: , label: x}", [(1, 11, "config-empty")]),
    ("a: {date: 1936, label: x, people: b}", [(1, 35, "config-type")]),
    ("a: {date: 1936, label: x, people: [B]}", [(1, 36, "config-id")]),
    ("A b: {date: 1936, label: x}", [(1, 1, "config-id")]),
]


@pytest.mark.parametrize(("text", "expected"), EVENTS, ids=[text for text, _ in EVENTS])
def test_a_mistake_among_events(text: str, expected: Expected) -> None:
    assert places(loaded(load_chronology, text).problems) == expected


def test_decisions_are_read() -> None:
    text = "forms: {Leon: none, No: a-b}\nhere: {p-7f3a: {Primakov: primakov-yuri}}\ndates: {p-1: {1930s: none}}\n"
    found = loaded(load_decisions, text)
    assert found.problems == []
    assert found.value is not None
    assert found.value.forms == {"Leon": "none", "No": "a-b"}
    assert found.value.here == {"p-7f3a": {"Primakov": "primakov-yuri"}}
    assert found.value.dates == {"p-1": {"1930s": "none"}}


DECISIONS: list[tuple[str, Expected]] = [
    ("forms: {Leon: no}", [(1, 15, "config-not-text")]),
    ("forms: {Leon: ~}", [(1, 15, "config-not-text")]),
    ("forms: {Leon: 'no'}", [(1, 15, "config-id")]),
    ("forms: {Leon: None}", [(1, 15, "config-id")]),
    ("forms: {Leon: }", [(1, 15, "config-empty")]),
    ("forms: {Leon: [a]}", [(1, 15, "config-type")]),
    ("forms: {' ': a}", [(1, 9, "config-empty")]),
    ("form: {Leon: a}", [(1, 1, "config-unknown-key")]),
    ("here: {p-1: a}", [(1, 13, "config-type")]),
    ("here: {1-p: {A: a}}", [(1, 8, "config-id")]),
    ("dates: {p-1: {May: No}}", [(1, 20, "config-not-text")]),
]


@pytest.mark.parametrize(("text", "expected"), DECISIONS, ids=[text for text, _ in DECISIONS])
def test_a_mistake_among_decisions(text: str, expected: Expected) -> None:
    problems = loaded(load_decisions, text).problems
    assert places(problems) == expected
    if expected[0][2] in ("config-not-text", "config-id") and expected[0][1] > 8:
        assert "none" in problems[0].hint


# --- every key of a file: misspelled, or deleted

REGISTERS = {
    load_edition: FULL,
    load_people: "a:\n  name: L\n  sort: M\n  variants: [N]\n  born: 1\n  died: 2\n  about: x\n"
    "  idno: {gnd: 118642979}\n  see_also: [b]\nb:\n  name: M\n",
    load_chronology: "a:\n  date: 1936\n  label: x\n  people: [b]\n  place: c\n  about: d\n",
    load_decisions: "forms: {L: a}\nhere: {p-1: {L: b}}\ndates: {p-1: {May: c}}\n",
}  # fmt: skip
KEY = re.compile(r"\b([a-z_]+):(?=\s)")
OWN_NAMES = {"a", "b"}  # ids of the fixtures
REQUIRED = {"title", "language", "contents", "body", "name", "date", "label", "file", "section", "part"}


def keys_of(text: str) -> list[tuple[int, int, str]]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        found += [(number, match.start() + 1, match.group(1)) for match in KEY.finditer(line)]
    return [(line, column, key) for line, column, key in found if key not in OWN_NAMES]


@pytest.mark.parametrize("load", REGISTERS)
def test_every_key_misspelled_by_one_letter_is_named_at_its_place(load: Callable[..., Loaded[Any]]) -> None:
    lines = REGISTERS[load].split("\n")
    assert len(keys_of(REGISTERS[load])) >= 3
    for line, column, key in keys_of(REGISTERS[load]):
        old = lines[line - 1]
        for wrong in (key[:-1] + "q", key[:-1], key + "x"):
            lines[line - 1] = old[: column - 1] + wrong + old[column - 1 + len(key) :]
            problems = [p for p in loaded(load, "\n".join(lines)).problems if p.code != "config-missing"]
            there = [p for p in problems if (p.place.line, p.place.column) == (line, column)]
            assert [p.code for p in there] in (["config-unknown-key"], ["config-value"]), (key, wrong, problems)
            assert f"“{key}”" in there[0].hint or key in there[0].hint, (wrong, there)
        lines[line - 1] = old


def key_paths(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all keys of a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    here = [(*path, key) for key in tree] if isinstance(tree, dict) else []
    return here + [inner for step, child in pairs for inner in key_paths(child, (*path, step))]


@pytest.mark.parametrize("load", REGISTERS)
def test_every_key_deleted_is_missed_or_optional(load: Callable[..., Loaded[Any]]) -> None:
    for path in key_paths(yaml.load(REGISTERS[load], yaml.BaseLoader)):
        tree = yaml.load(REGISTERS[load], yaml.BaseLoader)
        parent = tree
        for step in path[:-1]:
            parent = parent[step]
        del parent[path[-1]]
        codes = {p.code for p in loaded(load, json.dumps(tree)).problems}
        optional = path in (("contents", "body", 0, "title"), ("contents", "back", 0, "title"))
        optional = optional or path == ("contents", "body", 0, "date")
        if path == ("b",):  # an id: what refers to it is complained of
            assert codes == ({"config-reference"} if load is load_people else set())
        elif path == ("contents", "body", 1, "contents") or path[-1] in ("file", "section", "part"):
            assert "config-entry" in codes
        elif path[-1] in REQUIRED and not optional:
            assert codes == {"config-missing"}, path
        else:
            assert codes == set(), path


# --- never a traceback, never the words of the library

WORDS = sorted(
    {name for model in vars(models).values()
     if isinstance(model, type) and issubclass(model, models.Model) for name in model.model_fields}
    | {*fields.SECTIONS, "none", "a.md", "no", "en", "", "wikidata", "Q1"}
)  # fmt: skip
TREES = st.recursive(
    st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5),
    max_leaves=25,
)


@given(TREES)
def test_whatever_the_shape_there_are_problems_of_ours_or_a_value(tree: Any) -> None:
    """JSON is YAML, in which every text has quotes."""
    data = json.dumps(tree).encode()
    for load in (load_edition, load_people, load_chronology, load_decisions):
        found: Loaded[Any] = load(data, "x.yaml")
        assert found.value is not None or found.problems
        for problem in found.problems:
            assert "nput" not in problem.text + problem.hint
            assert "valid" not in problem.text
            assert problem.place.line == 1
            assert explanation(problem.code).severity == "error" or problem.code == "section-unused"


def test_every_code_has_a_page_and_every_page_a_use() -> None:
    folder = Path(edition_package.__file__).parent
    sources = [*folder.glob("config/*.py"), folder / "yamlmarks.py"]
    used = {code for path in sources for code in re.findall(r'"((?:yaml|config)-[a-z0-9-]+)"', path.read_text("utf-8"))}
    pages = {path.stem for path in folder.glob("codes/*.md") if path.stem.startswith(("yaml-", "config-"))}
    assert used == pages


@pytest.mark.parametrize("code", ["yaml-", "config-"])
def test_pages_of_codes_are_short_and_show_an_example(code: str) -> None:
    for path in (Path(edition_package.__file__).parent / "codes").glob(f"{code}*.md"):
        page = explanation(path.stem)
        assert page.severity == "error"
        assert "```" in page.text
        assert 8 <= len(page.text.splitlines()) <= 24, path


# --- JSON Schema


def test_schemas_describe_every_key_that_is_built_and_no_other() -> None:
    schemas = config.schemas()
    assert set(schemas) == {
        "edition.yaml", "people.yaml", "places.yaml", "organisations.yaml", "chronology.yaml", "decisions.yaml",
        "annotations.yaml", "bibliography.yaml", "glossary.yaml",
    }  # fmt: skip
    for schema in schemas.values():
        assert schema["$schema"].endswith("2020-12/schema")
        assert schema["additionalProperties"] is False
        parts = [schema, *schema.get("$defs", {}).values()]
        for part in [inner for outer in parts for inner in (outer, *outer.get("anyOf", ()))]:
            for name, field in part.get("properties", {}).items():
                assert field.get("description"), name
    keys = set(schemas["edition.yaml"]["properties"])
    assert keys == set(models.EditionFile.model_fields)
    assert not keys & {"named"}
    assert schemas["edition.yaml"]["required"] == ["title", "language", "contents"]


def test_the_schema_takes_numbers_where_text_looks_like_them() -> None:
    text = config.schemas()["people.yaml"]["$defs"]["PersonRecord"]["properties"]
    assert text["born"]["type"] == ["string", "number"]
