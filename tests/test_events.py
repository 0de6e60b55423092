"""Events: of chronology.yaml and of TEI sources made one, with a report of what was taken as one."""

from typing import Any

import pytest

from edition.config import load_chronology
from edition.passes import events
from edition.passes.chronology import ordered
from edition.passes.generated import chronology


def made(text: str, *told: dict[str, Any]) -> tuple[dict[str, events.Event], list[tuple[str, str]]]:
    loaded = load_chronology(text.encode(), "chronology.yaml")
    assert loaded.problems == []
    sources = [("a.xml", {"events": list(told)})]
    found, problems = events.events(loaded.value or {}, {"zinoviev", "kamenev"}, loaded.where, sources)
    return found, [(p.code, p.place.file) for p in problems]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"when": "1936-08-19"}, "1936-08-19"), ({"from": "1936", "to": "1938"}, "1936/1938"),
        ({"from": "1936"}, "1936/.."),
        ({"notBefore": "1936", "notAfter": "1938"}, "[1936..1938]"), ({"notAfter": "1938"}, "../1938"),
        ({"when": "-0044-03-15"}, "-0043-03-15"), ({}, ""),
    ],
)  # fmt: skip
def test_events_of_sources(given: dict[str, str], expected: str) -> None:
    found, said = made("", {"id": "e1", "name": "Trial", "line": 3, **given})
    assert (found["e1"].edtf, found["e1"].label, said) == (expected, "Trial", [])


def test_a_date_of_a_source_that_cannot_be_is_told() -> None:
    found, said = made("", {"id": "e1", "name": "Trial", "line": 3, "when": "1936-02-30"})
    assert (found["e1"].edtf, said) == ("", [("register-told", "a.xml")])


def test_of_one_id_chronology_yaml_holds() -> None:
    record = {"id": "trial", "name": "A trial", "line": 3, "when": "1936", "about": "told by the source"}
    found, said = made("trial: {date: 1936-08-19, label: First trial, cite: '[@key, p. 4]'}", record)
    assert (found["trial"].label, found["trial"].edtf, found["trial"].about) == (
        "First trial", "1936-08-19", "told by the source",
    )  # fmt: skip
    assert found["trial"].cite == "[@key, p. 4]" and said == [("event-merged", "chronology.yaml")]


def test_events_are_one_where_date_people_and_wording_agree() -> None:
    first = "trial: {date: 1936-08-19/1936-08-24, label: First Moscow Trial, people: [zinoviev]}\n"
    again = "again: {date: 1936-08-19/1936-08-24, label: The first Moscow trial, people: [zinoviev]}\n"
    found, said = made(first + again)
    assert list(found) == ["trial"] and said == [("event-merged", "chronology.yaml")]


@pytest.mark.parametrize(
    "other",
    [
        "{date: 1936-08-19, label: First Moscow Trial, people: [zinoviev]}",
        "{date: 1936-08-19/1936-08-24, label: First Moscow Trial, people: [kamenev]}",
        "{date: 1936-08-19/1936-08-24, label: A congress opens, people: [zinoviev]}",
    ],
)
def test_otherwise_they_are_two(other: str) -> None:
    first = "trial: {date: 1936-08-19/1936-08-24, label: First Moscow Trial, people: [zinoviev]}\n"
    found, said = made(f"{first}other: {other}\n")
    assert (list(found), said) == (["trial", "other"], [])


def test_earliest_first_points_before_ranges_coarse_before_fine() -> None:
    dates = ["../1936", "1936", "1936-01-01", "1936/1938", "1936-08-19", "1937"]
    found, _ = made("".join(f"e{n}: {{date: {date}, label: L{n}}}\n" for n, date in enumerate(dates[::-1])))
    assert [event.edtf for event in ordered(found.values())] == dates


@pytest.mark.parametrize(
    ("given", "date", "written"),
    [
        ("date: 1825-12-14", "1825-12-14", ""), ("date: 1825-12-14, calendar: julian", "1825-12-26", "1825-12-14"),
        ("date: 1648-02-10, year_start: 03-25", "1649-02-10", "1648-02-10"),
        ("date: 1648-02-10, calendar: julian, year_start: 03-25", "1649-02-20", "1648-02-10"),
        ("date: 1900-02-29, calendar: julian", "1900-03-13", "1900-02-29"),
        ("date: 1825, calendar: julian", "1825", ""),
    ],
)  # fmt: skip
def test_an_event_may_be_dated_in_another_style(given: str, date: str, written: str) -> None:
    found, said = made(f"e: {{{given}, label: It happens}}")
    assert (found["e"].edtf, found["e"].written, said) == (date, written, [])


def test_a_date_of_another_style_is_shown_in_both() -> None:
    found, _ = made("e: {date: 1825-12-14, calendar: julian, label: It happens}\nf: {date: 1825-12-25, label: x}")
    shown = [chronology._date(found[key], "1825", "en-GB") for key in "ef"]
    assert shown == ["26 December (14 December Old Style)", "25 December"]


def test_a_date_that_its_style_has_not_is_told() -> None:
    _, said = made("e: {date: 1900-02-29, label: It happens}\nf: {date: 1648-03, year_start: 03-25, label: It happens}")
    assert said == [("date-edtf", "chronology.yaml"), ("date-edtf", "chronology.yaml")]
