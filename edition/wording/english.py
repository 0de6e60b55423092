"""The wording of English editions.

Knows its language only; CC0 (LICENSE).
"""

from __future__ import annotations

from .shape import Wording

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
