"""The order of an index."""

import pytest

from edition.passes.collation import letter, sort_key


def in_order(order: str, *entries: str) -> list[str]:
    return sorted(entries, key=lambda entry: sort_key(entry, order))


def test_letter_by_letter_ignores_spaces_and_hyphens_up_to_the_comma() -> None:
    assert in_order("letter", "New, Ada", "Newark", "New York", "Newton") == [
        "New, Ada",
        "Newark",
        "Newton",
        "New York",
    ]
    assert in_order("letter", "Smilga-Poluyan, T.", "Smilgas, A.", "Smilga, I.") == [
        "Smilga, I.", "Smilga-Poluyan, T.", "Smilgas, A.",
    ]  # fmt: skip


def test_word_by_word_compares_word_after_word() -> None:
    assert in_order("word", "Newark", "New York", "Newton") == ["New York", "Newark", "Newton"]


def test_same_surnames_are_ordered_by_given_names() -> None:
    assert in_order("letter", "Joffe, Maria", "Joffe, Adolf", "Joffe, Nadezhda") == [
        "Joffe, Adolf", "Joffe, Maria", "Joffe, Nadezhda",
    ]  # fmt: skip


def test_diacritics_and_cases_do_not_part_a_letter() -> None:
    assert in_order("letter", "Zola", "Čapek", "Camus", "d’Alembert") == ["Camus", "Čapek", "d’Alembert", "Zola"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [("Čapek", "C"), ("d’Alembert", "D"), ("Ёлкин", "Е"), ("1984", "#"), ("Øster", "O"), ("…", "#")],
)
def test_letter(entry: str, expected: str) -> None:
    assert letter(entry) == expected
