"""Complaints as text: four formats, and a caret that stands where it should."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import report
from edition.problems import Place, Problem

TEXT = "# Head\n\nSee [it](#deweyy) there.\n"
FILES = {"a.md": TEXT.encode(), "latin.md": b"# caf\xe9\n", "bom.md": b"\xef\xbb\xbfone\r\ntwo\rthree"}
LINK = Problem("link-nothing", Place("a.md", 3, 5), "no element has the id “deweyy”", "did you mean “dewey”?")
NAME = Problem("name-ambiguous", Place("a.md", 1), "a name")
FILE = Problem("file-missing", Place("edition.yaml"), "no file")
NOWHERE = Problem("edition-twice", Place(""), "twice")


def rendered(problems: list[Problem], form: str = "full", colour: bool = False) -> str:
    return report.render(problems, form, FILES.get, lambda name: f"sources/x/{name}", colour)


def test_full_shows_line_caret_and_hint() -> None:
    assert rendered([LINK]) == (
        "sources/x/a.md:3:5: error[link-nothing]: no element has the id “deweyy”\n"
        "  3 | See [it](#deweyy) there.\n"
        "    |     ^\n"
        "    = did you mean “dewey”?\n"
    )


def test_full_shows_what_is_known_of_a_place_and_no_more() -> None:
    assert rendered([NAME, FILE, NOWHERE]) == (
        "sources/x/a.md:1: warning[name-ambiguous]: a name\n"
        "  1 | # Head\n"
        "\n"
        "sources/x/edition.yaml: error[file-missing]: no file\n"
        "\n"
        "error[edition-twice]: twice\n"
    )


def test_concise_is_one_line_each() -> None:
    assert rendered([LINK, NAME, FILE], "concise").splitlines() == [
        "sources/x/a.md:3:5: error[link-nothing]: no element has the id “deweyy”",
        "sources/x/a.md:1: warning[name-ambiguous]: a name",
        "sources/x/edition.yaml: error[file-missing]: no file",
    ]


def test_json_is_a_list_with_stable_keys_even_when_empty() -> None:
    assert json.loads(rendered([LINK], "json")) == [
        {
            "code": "link-nothing", "severity": "error", "file": "sources/x/a.md", "line": 3, "column": 5,
            "text": "no element has the id “deweyy”", "hint": "did you mean “dewey”?",
        }
    ]  # fmt: skip
    assert json.loads(rendered([], "json")) == []
    assert [rendered([], form) for form in ("full", "concise", "github")] == ["", "", ""]


def test_github_annotations_escape_what_would_end_them() -> None:
    odd = Problem("link-nothing", Place("a,b:c%.md", 3, 5), "50 %\r\nnew: line", "a hint")
    assert rendered([odd, NAME, NOWHERE], "github").splitlines() == [
        "::error file=sources/x/a%2Cb%3Ac%25.md,line=3,col=5,title=link-nothing::50 %25%0D%0Anew: line%0Aa hint",
        "::warning file=sources/x/a.md,line=1,title=name-ambiguous::a name",
        "::error title=edition-twice::twice",
    ]


def test_colour_is_only_what_is_added() -> None:
    import re

    coloured = rendered([LINK, NAME], colour=True)
    assert "\x1b[1;31m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == rendered([LINK, NAME])


def test_the_sum_counts_in_words() -> None:
    assert report.summary([LINK, FILE, NAME]) == "2 errors, 1 warning"
    assert report.summary([]) == ""


@pytest.mark.parametrize(
    "place", [Place("latin.md", 1, 3), Place("gone.md", 1, 1), Place("a.md", 99, 1), Place("a.md", 5, 1)]
)
def test_a_file_that_cannot_be_shown_gives_no_excerpt(place: Place) -> None:
    assert rendered([Problem("link-nothing", place, "x")]).count("\n") == 1


@pytest.mark.parametrize(("line", "text"), [(1, "one"), (2, "two"), (3, "three")])
def test_lines_are_those_an_editor_counts(line: int, text: str) -> None:
    assert f"  {line} | {text}\n    | ^\n" in rendered([Problem("link-nothing", Place("bom.md", line, 1), "x")])


def test_a_message_cannot_give_orders_to_a_terminal() -> None:
    evil = Problem("link-nothing", Place("a.md"), "a\x1b[2Jb\nc\u202ed", "e\x07f")
    for form in ("full", "concise"):
        assert not set(rendered([evil], form)) & set("\x1b\u202e\x07")
        assert rendered([evil], form).startswith("sources/x/a.md: error[link-nothing]: a\ufffd[2Jb c\ufffdd")


# --- the caret


@pytest.mark.parametrize(
    ("line", "column", "shown", "before"),
    [
        ("abc", 1, "abc", 0),
        ("abc", 4, "abc", 3),
        ("abc", 99, "abc", 3),
        ("abc  ", 5, "abc", 3),
        ("", 1, "", 0),
        ("\tabc", 2, "    abc", 4),
        ("莫斯科 abc", 5, "莫斯科 abc", 7),
        ("cafe\u0301 abc", 7, "cafe\u0301 abc", 5),
        ("Ленин abc", 7, "Ленин abc", 6),
        ("a\x1b[31mb", 7, "a\ufffd[31mb", 6),
        ("한국 x", 4, "한국 x", 5),
        (unicodedata.normalize("NFD", "한국") + " x", 8, unicodedata.normalize("NFD", "한국") + " x", 5),
    ],
)
def test_the_caret_stands_under_its_character(line: str, column: int, shown: str, before: int) -> None:
    assert report.excerpt(line, column) == (shown, before)


@pytest.mark.parametrize("column", [1, 2, 50, 99, 100, 101, 250, 499, 500, 501])
def test_a_long_line_is_cut_around_the_caret(column: int) -> None:
    line = "".join(chr(0x100 + k) for k in range(500))
    shown, before = report.excerpt(line, column)
    assert len(shown) <= 100
    assert (shown + "$")[before] == (line + "$")[column - 1]
    assert shown.startswith("…") == (column > 52)
    assert shown.endswith("…") == (column <= 450)


def test_a_cut_does_not_part_a_letter_from_its_accent() -> None:
    shown, before = report.excerpt("e\u0301" * 300, 301)
    assert shown[:3] == "…e\u0301"
    assert shown[-3:] == "e\u0301…"
    assert before == 50


def width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    none = sum(unicodedata.category(c) in ("Mn", "Me", "Cf") or "\u1160" <= c <= "\u11ff" for c in text)
    return len(text) + wide - none


@given(st.text(max_size=400), st.integers(0, 500))
def test_any_line_can_be_shown(line: str, column: int) -> None:
    shown, before = report.excerpt(line, column)
    assert width(shown) <= report.WIDTH
    assert 0 <= before <= width(shown)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)


@given(st.text(alphabet="ab莫é\u0301\t", max_size=300), st.integers(1, 300))
def test_the_cells_before_the_caret_are_those_of_the_text_before_it(line: str, column: int) -> None:
    shown, before = report.excerpt(line, column, width=10_000)
    seen = line.rstrip()[: column - 1].replace("\t", "    ")
    assert shown.startswith(seen)
    assert before == width(seen)
