"""Dates of TEI sources held against the words they wrap."""

import pytest

from edition.passes import dates
from edition.passes.date_lint import disagrees, said
from edition.xml import parse


@pytest.mark.parametrize(
    ("words", "language", "near", "expected"),
    [
        ("16. 9. 1891", "de", "1891-09-16", "1891-09-16"),
        ("16 9 91", "de", "1891-09-16", "1891-09-16"),
        ("3/5 92", "de", "1892-05-03", "1892-05-03"),
        ("9/16/91", "en-US", "1891-09-16", "1891-09-16"),
        ("1 II 92", "de", "1892-02-01", "1892-02-01"),
        ("11. Aug 91", "de", "1891-08-11", "1891-08-11"),
        ("12. 8. 91", "de", "1891-08-11", "1891-08-12"),
        ("Samstag", "de", "1891-09-19", ""),
        ("21.", "de", "1891-09-21", ""),
        ("32. 8. 91", "de", "1891-08-11", ""),
        ("1891", "de", "1891-09-16", "1891"),
    ],
)
def test_what_the_words_say(words: str, language: str, near: str, expected: str) -> None:
    assert said(words, language, near) == expected


def test_a_value_may_say_more_but_not_otherwise() -> None:
    assert disagrees("12. 8. 91", "de", "1891-08-11") == "1891-08-12"
    assert disagrees("September 1891", "de", "1891-09-16") == ""
    assert disagrees("Samstag", "de", "1891-09-19") == ""
    assert disagrees("1936–38", "en", "1936/1938") == ""
    assert disagrees("1936–38", "en", "1936/1939") == "1936/1938"
    assert disagrees("before 1936", "en", "1935") == ""


def test_a_slip_is_told_at_its_place_and_left_as_it_is() -> None:
    unit = parse(
        b'<div xmlns="http://www.tei-c.org/ns/1.0"><p>x <date when="1891-08-11">12. 8. 91</date>, '
        b'<date when="1891-09-19">Samstag</date></p></div>'
    )
    problems = dates.mark(unit, "a.xml", "a.xml#0", "de", lambda block: {})
    assert [(p.code, p.place.block, p.place.mark) for p in problems] == [("date-when", 1, "date.1")]
    assert [date.get("when") for date in unit.iter("{*}date")] == ["1891-08-11", "1891-09-19"]
