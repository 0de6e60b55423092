"""Page numbers in the XHTML of a unit: what is merged, joined, shortened, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.book import PageMap
from edition.writers import locators
from edition.writers.locators import fill, label_of, labels_from, labels_of, shortened
from edition.xml import XHTML, Element, parse

# Where each test id stands: "a12" on page 12, "r4" on page iv.
LABELS = {f"{kind}{n}": str(n) for kind in "abcm" for n in range(1, 400)}
LABELS |= {f"r{n}": text for n, text in enumerate(("i", "ii", "iii", "iv", "v", "vi"), 1)}


def links(*places: str) -> Element:
    """span.locators of "a12", "a12n4" (in note 4), "m12" (the main place) and "a12-b15" (a passage that goes on)."""
    made = []
    for place in places:
        passage, _, note = place.partition("n")
        target, _, end = passage.partition("-")
        attributes = f' data-note="{note}"' if note else ""
        attributes += f' data-to="{end}"' if end else ""
        attributes += ' data-main=""' if target[0] == "m" else ""
        made.append(f'<a class="page" href="#{target}" data-page="{target}"{attributes}/>')
    return parse(f'<p xmlns="{XHTML}">Name <span class="locators">{"".join(made)}</span>.</p>'.encode())


def listed(*places: str, ranges: str = "short") -> str:
    root = links(*places)
    assert fill(root, labels_from(LABELS), ranges) == []
    return "".join(root[0].itertext()).replace("\u00a0", " ")


def test_a_single_reference_gets_the_label_of_its_page() -> None:
    root = parse(f'<p xmlns="{XHTML}">see p. <a class="page" href="#a7" data-page="a7"/>.</p>'.encode())
    fill(root, labels_from(LABELS))
    assert "".join(root.itertext()) == "see p. 7."


def test_a_reference_without_a_label_stays_empty_and_is_told() -> None:
    root = parse(f'<p xmlns="{XHTML}"><a class="page" href="#x" data-page="x"/></p>'.encode())
    assert fill(root, labels_from({})) == ["x"]
    assert "".join(root.itertext()) == ""


def test_a_place_without_a_label_leaves_the_list() -> None:
    root = links("a3", "a9")
    assert fill(root, labels_from({"a3": "3"})) == ["a9"]
    assert "".join(root.itertext()) == "Name 3."


def test_the_links_stay_links_to_their_own_places() -> None:
    root = links("b9", "a2", "a3n1")
    fill(root, labels_from(LABELS))
    assert [a.get("href") for a in root[0]] == ["#a2", "#a3", "#b9"]


def test_places_come_in_the_order_of_pages() -> None:
    assert listed("a9", "a2", "a5") == "2, 5, 9"


def test_places_on_one_page_are_one() -> None:
    assert listed("a5", "b5", "c5") == "5"


def test_pages_in_succession_are_joined_and_others_are_not() -> None:
    assert listed("a1", "a2", "a3", "a5", "a7", "a8") == "1–3, 5, 7–8"


def test_a_range_is_one_link_to_its_start() -> None:
    root = links("a3", "a1", "a2")
    fill(root, labels_from(LABELS))
    assert [(a.get("href"), a.text) for a in root[0]] == [("#a1", "1–3")]


def test_two_pages_are_not_joined_where_ranges_are_written_in_full() -> None:
    assert listed("a41", "a42", "a50", "a51", "a52", ranges="full") == "41, 42, 50–52"


def test_a_note_is_named_after_its_page() -> None:
    assert listed("a12n4") == "12 n. 4"


def test_notes_of_one_page_are_named_together_in_order() -> None:
    assert listed("a12n4", "b12n3") == "12 nn. 3 & 4"
    assert listed("a12n10", "b12n9", "c12n2") == "12 nn. 2, 9 & 10"


def test_the_same_note_twice_is_one() -> None:
    assert listed("a12n4", "b12n4") == "12 n. 4"


def test_the_text_of_a_page_comes_before_its_notes_and_is_not_merged_with_them() -> None:
    assert listed("a12n4", "b12") == "12, 12 n. 4"


def test_a_note_does_not_break_a_run_of_pages_nor_make_one() -> None:
    assert listed("a12", "a12n4", "a13") == "12–13, 12 n. 4"
    assert listed("a12", "a13n4", "a14") == "12, 13 n. 4, 14"


def test_roman_pages_come_first_and_are_never_joined_with_arabic_ones() -> None:
    assert listed("a1", "r6", "r5", "a2") == "v–vi, 1–2"
    pages = PageMap(("i", "ii", "1", "2"), {"r2": 1, "a1": 2}, ())
    root = links("r2", "a1")
    fill(root, labels_of(pages))
    assert "".join(root[0].itertext()) == "ii, 1"


def test_the_main_place_stands_by_itself_and_wins_over_others_on_its_page() -> None:
    root = links("a4", "a5", "m5", "a6", "a7")
    fill(root, labels_from(LABELS))
    assert [(a.text, "data-main" in a.attrib) for a in root[0]] == [("4", False), ("5", True), ("6–7", False)]


def test_a_blank_page_between_two_pages_parts_them() -> None:
    assert listed("a6", "a8") == "6, 8"


@pytest.mark.parametrize(
    ("first", "last", "short", "mhra"),
    [
        ("41", "42", "2", "42"),
        ("301", "303", "3", "03"),
        ("10", "12", "12", "12"),
        ("113", "115", "15", "15"),
        ("119", "121", "21", "21"),
        ("101", "111", "11", "11"),
        ("98", "101", "101", "101"),
        ("198", "203", "203", "203"),
        ("8", "9", "9", "9"),
        ("9", "10", "10", "10"),
        ("1298", "1301", "301", "1301"),
        ("xii", "xiv", "xiv", "xiv"),
    ],
)
def test_the_second_number_of_a_range(first: str, last: str, short: str, mhra: str) -> None:
    assert shortened(first, last, "short") == short
    assert shortened(first, last, "mhra") == mhra
    assert shortened(first, last, "full") == last


@given(st.integers(1, 3998), st.integers(1, 3998))
def test_a_shortened_range_can_be_read_back(one: int, other: int) -> None:
    if one == other:
        return
    first, last = sorted((one, other))
    for ranges in ("short", "mhra"):
        text = shortened(str(first), str(last), ranges)
        whole = text if len(str(last)) > len(str(first)) else str(first)[: len(str(first)) - len(text)] + text
        assert int(whole) == last


@given(st.lists(st.integers(1, 60), min_size=1), st.sampled_from(("short", "mhra", "full")))
def test_a_list_says_the_pages_and_nothing_else(pages: list[int], ranges: str) -> None:
    said: set[int] = set()
    for piece in listed(*(f"a{page}" for page in pages), ranges=ranges).split(", "):
        first, _, last = piece.partition("–")
        end = int(first[: len(first) - len(last)] + last) if last else int(first)
        assert not said & set(range(int(first), end + 1))
        said |= set(range(int(first), end + 1))
    assert said == set(pages)


def test_roman_numerals_are_read() -> None:
    assert [label_of(text).page for text in ("i", "iv", "ix", "xii", "xlix", "cmxcix")] == [1, 4, 9, 12, 49, 999]


def test_targets_are_told_once_in_order() -> None:
    assert locators.targets(links("b9", "a2", "b9")) == ["b9", "a2"]


def test_a_passage_that_goes_on_is_a_range_and_takes_in_what_it_touches() -> None:
    assert listed("a3-b5") == "3–5"
    assert listed("a3-b4", ranges="full") == "3–4"
    assert listed("a3-b3") == "3"
    assert listed("a3-b9", "a5", "a10", "a12") == "3–10, 12"
    assert listed("a3-b9", "a9n2") == "3–9, 9 n. 2"
    assert listed("m3-b5", "a6") == "3–5, 6"


def test_notes_are_marked_in_the_language_of_the_edition() -> None:
    root = links("a12n4", "a12n5")
    fill(root, labels_from(LABELS), notes=locators.note_wording("de-AT"))
    assert "".join(root[0].itertext()).replace("\u00a0", " ") == "12 Anm. 4 u. 5"
