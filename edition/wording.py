"""The words the tool itself puts into an edition, by language: labels, headings of generated sections, headnotes.

Knows languages only. Whatever stands here lands in outputs and is CC0 (LICENSE).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. `{}` is filled in by the caller."""

    chapter: str
    note: str
    paragraph: str
    page: str
    quoted: str
    contents: str
    copyright: str
    half_title: str
    title: str
    who_is_who: str
    chronology: str
    index: str
    index_headnote: str
    index_headnote_mixed: str
    undated: str
    born: str
    died: str
    notes: str
    see: str
    see_also: str
    draft: str
    licence: str
    roles: tuple[tuple[str, str], ...]

    def section(self, name: str) -> str:
        """The heading of a generated section."""
        return str(getattr(self, name.replace("-", "_")))

    def role(self, code: str) -> str:
        """How a MARC relator is said before a name; "" where the name stands alone."""
        return dict(self.roles).get(code, "")


ENGLISH = Wording(
    chapter="chapter\u00a0{}",
    note="note\u00a0{}",
    paragraph="paragraph\u00a0{}",
    page="p.\u00a0{}",
    quoted="‘{}’",
    contents="Contents",
    copyright="Copyright",
    half_title="Half-title",
    title="Title page",
    who_is_who="Who is who",
    chronology="Chronology",
    index="Index of names",
    index_headnote="Numbers are pages of the printed edition; n. marks a name that stands in a note.",
    index_headnote_mixed="Numbers are pages in print, chapters and paragraphs in the e-book; n. marks a note.",
    undated="Undated",
    born="born {}",
    died="died {}",
    notes="Notes",
    see="see",
    see_also="see also",
    draft="Unreleased draft",
    licence="Licence: {}",
    roles=(
        ("edt", "Edited by"),
        ("trl", "Translated by"),
        ("ill", "Illustrated by"),
        ("com", "Compiled by"),
        ("aut", ""),
    ),
)

_LANGUAGES = {"en": ENGLISH}


def wording(language: str) -> Wording:
    """The words of a BCP 47 language; English where there are none."""
    return _LANGUAGES.get(language.split("-")[0].lower(), ENGLISH)


def is_worded(language: str) -> bool:
    """Whether the tool has words of this language."""
    return language.split("-")[0].lower() in _LANGUAGES
