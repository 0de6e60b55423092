"""Words the tool puts in: every language has every word, with the blanks that English has, and every section a head."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import fields

from edition.config.fields import SECTIONS
from edition.edtf.shown import is_shown
from edition.passes import generated
from edition.wording import ENGLISH, LANGUAGES, Wording


def words(of: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every word."""
    for field in fields(of):
        value = getattr(of, field.name)
        if isinstance(value, str):
            yield f"{path}{field.name}", value
        elif field.name != "roles":
            yield from words(value, f"{field.name}.")


def blanks(text: str) -> list[str]:
    return re.findall(r"\{\w*\}", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    theirs = dict(words(LANGUAGES[language]))
    for path, english in words(ENGLISH):
        assert theirs[path].strip(), path
        assert blanks(theirs[path]) == blanks(english), path
    assert [code for code, _ in LANGUAGES[language].roles] == [code for code, _ in ENGLISH.roles]
    assert is_shown(language)


# Words that two languages do share: "page", "note", "version", "vol.", "in".
SHARED = {
    "de": "citing.in_",
    "fr": "note page colophon questions notes version indexing.heading indexing.note citing.volume citing.page",
    "es": "page indexing.note indexing.notes citing.volume citing.page citing.pages",
    "ru": "",
}


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_a_language_says_it_in_its_own_words(language: str) -> None:
    """A module copied and not yet translated would show here."""
    same = [path for path, text in words(LANGUAGES[language]) if text == dict(words(ENGLISH))[path]]
    assert same == SHARED[language].split()


def test_sections_that_may_be_named_are_the_ones_that_are_made() -> None:
    assert [name for name in generated.SECTIONS if name != "notes"] == list(SECTIONS)  # notes come of themselves


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=list(LANGUAGES))
def test_every_section_has_a_heading(words: Wording) -> None:
    for name in generated.SECTIONS:
        assert words.section(name)
