"""The order of an index."""

import pytest

from edition.passes.collation import letter, sort_key, without_leading


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


@pytest.mark.parametrize(
    ("language", "entries"),
    [
        ("sv", ["Aalto", "Zorn", "Ågren", "Ärlig", "Öberg"]),
        ("da", ["Abell", "Zeuthen", "Ærø", "Øster", "Ågren", "Aagaard"]),
        ("cs", ["Cyril", "Čapek", "Hus", "Chelčický", "Ibl"]),
        ("es", ["Nuñez", "Nzila", "Ñandú", "Oca"]),
        ("pl", ["Lzy", "Łódź", "Ma"]),
        ("hr", ["Czap", "Čop", "Ćosić", "Dan"]),
        ("en", ["Åland", "Čapek", "Czerny", "Ñandú", "Zorn"]),
        ("ru", ["Ежов", "Ёлкин", "Жданов", "Иванов", "Йоффе", "Каменев"]),
    ],
)
def test_every_language_has_its_own_order(language: str, entries: list[str]) -> None:
    backwards = entries[::-1]
    assert sorted(backwards, key=lambda entry: sort_key(entry, "letter", language)) == entries


@pytest.mark.parametrize(
    ("language", "entry", "expected"),
    [
        ("cs", "Chelčický", "Ch"),
        ("cs", "Čapek", "Č"),
        ("en", "Čapek", "C"),
        ("da", "Aagaard", "Aa"),
        ("sv", "Ågren", "Å"),
    ],
)
def test_letter_of_a_language(language: str, entry: str, expected: str) -> None:
    assert letter(entry, language) == expected


def test_articles_and_prepositions_do_not_sort() -> None:
    assert without_leading("in the Gulag", "en-GB") == "Gulag"
    assert without_leading("die Trotzkisten", "de") == "Trotzkisten"
    assert without_leading("the", "en") == "the"
