"""The one definition of a word."""

import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from edition.words import _WORD, fingerprint, first_words, placed, prepared, spans, words


def test_words() -> None:
    assert words("Trotsky’s “river of blood”, 1936–38.") == ["Trotsky", "s", "river", "of", "blood", "1936", "38"]
    assert words("co\u00adoperation co-operation") == ["cooperation", "co", "operation"]
    assert words("exam\u2010\n   ple and exam-\nple") == ["example", "and", "exam", "ple"]
    assert words("Cafe\u0301 Ёлка ἀρχή שָׁלוֹם") == ["Café", "Ёлка", "ἀρχή", "שָׁלוֹם"]
    assert words("snake_case") == ["snake", "case"]


def test_marks_belong_to_words_in_the_scripts_in_use() -> None:
    scripts = (
        (0x300, 0x370),
        (0x483, 0x48A),
        (0x591, 0x5C8),
        (0x610, 0x61B),
        (0x64B, 0x660),
        (0x1AB0, 0x1AC0),
        (0x1DC0, 0x1E00),
    )
    for first, last in scripts:
        for code in range(first, last):
            if unicodedata.category(chr(code)).startswith("M"):
                assert _WORD.fullmatch("a" + chr(code)), hex(code)
    letters = (
        chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) in ("Lu", "Ll", "Lt", "Lo", "Nd")
    )
    assert all(_WORD.fullmatch(letter) for letter in letters)


@given(st.text())
def test_a_second_preparation_changes_nothing(text: str) -> None:
    once = prepared(text)
    assert words(once) == words(text)
    assert [once[a:b] for a, b in spans(once)] == words(once)


@given(st.text(alphabet="aAuoéT \u00ad\u200b\u2060\ufeff\u0301\u0308\u0323\u2010\n\t가\u1100\u1161\u11a8א\u05b0"))
def test_every_place_of_a_prepared_text_is_known(text: str) -> None:
    plain, places = placed(text)
    assert plain == prepared(text)
    assert len(places) == len(plain) + 1 and list(places) == sorted(places)
    assert all(prepared(text[places[a] : places[b]]) == plain[a:b] for a, b in spans(plain))


@given(st.text(alphabet="aZ9é_ \n-.'“”’—…\u00ad\u0301\u2010"))
def test_the_short_way_to_words_leads_to_the_same(text: str) -> None:
    plain = prepared(text)
    assert words(text) == [plain[a:b] for a, b in spans(plain)]


@given(st.lists(st.integers(1, 40)), st.integers(1, 4))
def test_the_first_words_are_whole(lengths: list[int], count: int) -> None:
    text = " ".join("a" * length for length in lengths)
    assert first_words(text, count) == words(text)[:count]


@given(st.lists(st.text(alphabet="abcЖé9", min_size=1)))
def test_punctuation_between_words_is_nothing_to_a_fingerprint(row: list[str]) -> None:
    assert fingerprint(" — ".join(row)) == fingerprint(", ".join(row))
