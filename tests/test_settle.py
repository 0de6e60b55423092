"""Rounds of layout until page numbers stand, with layouts that are told and not made."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from edition.book import PageFacts
from edition.problems import explanation
from edition.writers import settle as rounds
from edition.writers.settle import Settled, Unit, in_mask, roman, settle

Request = dict[str, object]


def facts(pages: int, ids: dict[str, int] | None = None) -> PageFacts:
    return PageFacts(pages, ids or {}, tuple((f"b{n}", n) for n in range(pages)), (100,) * pages)


def run(units: Sequence[Unit], make: Callable[[str, Request], PageFacts]) -> tuple[Settled, list[list[str]]]:
    asked: list[list[str]] = []

    def lay_out(requests: Sequence[tuple[str, str]]) -> list[PageFacts]:
        asked.append([key for key, _ in requests])
        return [make(key, json.loads(request)) for key, request in requests]

    return settle(units, lay_out), asked


def requests(settled: Settled) -> dict[str, Request]:
    return {key: json.loads(text) for key, text in settled.requests}


def test_front_matter_is_roman_and_the_body_starts_at_1_on_a_recto() -> None:
    units = [Unit("t", "front", "recto", 10), Unit("v", "front", "verso", 10), Unit("c", "front", "recto", 10)]
    units += [Unit("one", "body", "recto", 900), Unit("two", "body", "recto", 900), Unit("x", "back", "next", 9)]
    settled, _ = run(units, lambda key, _: facts(3 if key in ("one", "two") else 1))
    labels = settled.page_map.labels
    assert labels == ("i", "ii", "iii", "iv", "1", "2", "3", "4", "5", "6", "7", "8")
    owners = [start.unit for start in settled.page_map.starts]
    assert owners == ["t", "v", "c", "", "one", "one", "one", "", "two", "two", "two", "x"]


def test_a_blank_page_has_a_label_and_no_word() -> None:
    units = [Unit("one", "body", "recto", 1), Unit("two", "body", "recto", 1)]
    settled, _ = run(units, lambda *_: facts(1))
    blank = settled.page_map.starts[1]
    assert (blank.label, blank.unit, blank.block, blank.word) == ("2", "", "", 0)


def test_without_front_matter_the_body_starts_at_1() -> None:
    settled, _ = run([Unit("one", "body", "next", 1)], lambda *_: facts(2))
    assert settled.page_map.labels == ("1", "2")


def test_a_unit_may_open_on_a_verso() -> None:
    units = [Unit("one", "body", "recto", 1), Unit("plate", "body", "verso", 1), Unit("two", "body", "verso", 1)]
    settled, _ = run(units, lambda *_: facts(1))
    assert [start.unit for start in settled.page_map.starts] == ["one", "plate", "", "two"]
    assert requests(settled)["plate"]["side"] == "verso"


def test_running_text_gets_masks_and_units_made_of_numbers_the_labels() -> None:
    units = [
        Unit("p", "front", "recto", 300, ("b",), ("a",)),
        Unit("one", "body", "recto", 330 * 20, ("a", "b"), ("b",)),
        Unit("@index", "back", "recto", 10, ("a", "b"), (), exact=True),
    ]
    settled, _ = run(
        units, lambda key, _: facts(20, {"b": 11}) if key == "one" else facts(1, {"a": 0} if key == "p" else {})
    )
    asked = requests(settled)
    assert asked["p"] == {"side": "recto", "first": "i", "labels": {"b": "12"}}
    assert asked["one"] == {"side": "recto", "first": "0", "labels": {"a": "i", "b": "00"}}
    assert asked["@index"] == {"side": "recto", "first": "0", "labels": {"a": "i", "b": "12"}}


def test_numbers_of_its_own_pages_lay_no_unit_out_again() -> None:
    units = [Unit("one", "body", "next", 330 * 8), Unit("two", "body", "next", 1), Unit("three", "body", "next", 1)]
    settled, asked = run(units, lambda key, _: facts(98 if key == "one" else 5))
    assert [asked["first"] for asked in requests(settled).values()] == ["0", "0", "0"]
    assert asked == [["one", "two", "three"]]


def test_a_chapter_that_moves_without_changing_digits_is_not_laid_out_again() -> None:
    units = [Unit("one", "body", "recto", 330 * 30), Unit("two", "body", "recto", 330 * 9, ("x",), ("x",))]
    _, asked = run(units, lambda key, _: facts(34 if key == "one" else 9, {"x": 2} if key == "two" else {}))
    assert asked == [["one", "two"]]


def test_units_made_of_numbers_wait_for_the_others() -> None:
    units = [Unit("@contents", "front", "recto", 1, ("x",), exact=True), Unit("one", "body", "recto", 1, (), ("x",))]
    _, asked = run(units, lambda key, _: facts(1, {"x": 0} if key == "one" else {}))
    assert asked == [["one"], ["@contents"]]


def test_a_number_that_gains_a_digit_in_layout_lays_its_unit_out_again() -> None:
    def make(key: str, request: Request) -> PageFacts:
        wide = request["labels"] == {"x": "000"}
        return facts(99 + wide if key == "one" else 1, {"x": 0} if key == "two" else {})

    units = [Unit("one", "body", "next", 330 * 98, ("x",), ()), Unit("two", "body", "next", 330, (), ("x",))]
    settled, asked = run(units, make)
    assert settled.problems == ()
    assert requests(settled)["one"]["labels"] == {"x": "000"}
    assert settled.page_map.label("x") == "101"
    assert [key for round_ in asked for key in round_].count("one") == 2


def test_a_number_that_loses_a_digit_is_not_left_in_a_wide_gap() -> None:
    units = [Unit("one", "body", "next", 330 * 120, ("x",), ()), Unit("two", "body", "next", 330, (), ("x",))]
    settled, _ = run(units, lambda key, _: facts(90) if key == "one" else facts(1, {"x": 0}))
    assert requests(settled)["one"]["labels"] == {"x": "00"}


def two_faced(key: str, request: Request) -> PageFacts:
    """As long as “00” stands there the target is on page 100, and on 99 as soon as “000” does."""
    wide = request["labels"] == {"x": "000"}
    return facts(98 if wide else 99) if key == "one" else facts(1, {"x": 0})


def test_a_width_that_swings_comes_to_rest_at_the_wider() -> None:
    units = [Unit("one", "body", "next", 330 * 98, ("x",), ()), Unit("two", "body", "next", 330, (), ("x",))]
    settled, _ = run(units, two_faced)
    assert settled.problems == ()
    assert requests(settled)["one"]["labels"] == {"x": "000"}
    assert settled.page_map.label("x") == "99"
    assert in_mask("99", "000") == "\u200799"


def test_a_book_that_does_not_settle_is_told() -> None:
    units = [Unit("two", "front", "next", 1), Unit("three", "front", "next", 1, ("x",), ("x",))]

    def swing(key: str, request: Request) -> PageFacts:
        if key == "two":
            return facts(4)
        return facts(2, {"x": 1 if request["labels"] == {"x": "v"} else 0})

    settled, asked = run(units, swing)
    assert [problem.code for problem in settled.problems] == ["pages-do-not-settle"]
    assert "three" in settled.problems[0].text and "two" not in settled.problems[0].text
    assert len(asked) == rounds.ROUNDS
    assert explanation("pages-do-not-settle").severity == "error"


def test_a_page_of_something_that_is_nowhere_is_a_bug_of_ours() -> None:
    with pytest.raises(KeyError, match="ghost"):
        run([Unit("one", "body", "recto", 1, ("ghost",), ())], lambda *_: facts(1))


def test_ids_unknown_to_the_estimate_are_found_by_the_layout() -> None:
    units = [Unit("one", "body", "recto", 1, ("late",), ())]
    settled, _ = run(units, lambda *_: facts(12, {"late": 10}))
    assert requests(settled)["one"]["labels"] == {"late": "00"}


def test_requests_are_canonical_and_in_the_order_of_units() -> None:
    units = [Unit("b", "body", "next", 1, ("y", "x", "y"), ("x", "y")), Unit("a", "body", "next", 1)]
    settled, _ = run(units, lambda key, _: facts(1, {"x": 0, "y": 0} if key == "b" else {}))
    assert [key for key, _ in settled.requests] == ["b", "a"]
    assert settled.requests[0][1] == '{"first":"0","labels":{"x":"0","y":"0"},"side":"recto"}'


def test_the_estimate_is_made_of_words_alone() -> None:
    made = rounds.estimate(Unit("one", "body", "next", 661, (), ("a", "b", "c")))
    assert made.pages == 3
    assert made.ids == {"a": 0, "b": 1, "c": 2}


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994)] == ["i", "iv", "ix", "xiv", "xl", "xc", "cd", "mcmxciv"]


def test_one_unit_tells_how_many_words_a_page_holds() -> None:
    """Where pages hold half of what is usual, only that unit has numbers of the wrong width at first."""
    units = [Unit(f"u{n}", "body", "next", 3_300, tuple(f"i{k}" for k in range(8)), (f"i{n}",)) for n in range(8)]
    settled, asked = run(units, lambda key, _: facts(20, {f"i{key[1:]}": 0}))
    assert settled.page_map.labels[-1] == "160"
    assert asked == [["u4"], [f"u{n}" for n in range(8)]]
