"""The wording of English editions.

Knows its language only; CC0 (LICENSE).
"""

from __future__ import annotations

from .shape import CitationWords, IndexWords, Wording

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
    timeline="Time line",
    chronology="Chronology",
    dedication="Dedication",
    epigraph="Epigraph",
    illustrations="Illustrations",
    abbreviations="Abbreviations",
    credits="Credits",
    colophon="Colophon",
    cite_as="Cite as: {}",
    made_with="Made with Edition.",
    emendations="Emendations",
    about_text="About the text",
    glossary="Glossary",
    questions="Questions",
    bibliography="Bibliography",
    index="Index of names",
    undated="Undated",
    born="born {}",
    died="died {}",
    notes="Notes",
    draft="Unreleased draft",
    draft_after="Draft, after version {}",
    version="Version {}, {}",
    licence="Licence: {}",
    family="The {} family",
    in_this_book="in this book",
    margin_pages="Numbers in the margin are pages of the reference edition; "
    "those in contents, references and index are pages of this one.",
    answer="Answer",
    of_whole="{} of the full edition",
    with_answers="Leader’s copy, with answers",
    test_sheet="Test sheet",
    test_sheet_steps=(
        "Print this sheet as you will print the booklet: both sides, actual size.\n"
        "Fold it with this page outside. Leafing through, you should find pages 1, 2, 3 and 4, and every "
        "arrow should point up.\n"
        "If arrows within point down, set flip: to the other edge, here or in the printer’s window. If the "
        "frames of two sides do not lie on each other, set the printer to actual size, without fitting to the"
        " page."
    ),
    excerpt_from="From: {}",
    time_line="Time line: {} events, {} to {}",
    indexing=IndexWords(
        heading="Index",
        index_of_people="Index of people",
        index_of_places="Index of places",
        index_of_organisations="Index of organisations",
        index_of_works="Index of works",
        index_of_subjects="Index of subjects",
        see="see",
        see_also="see also",
        note="n.",
        notes="nn.",
        last_note=" & ",
        continued="(continued)",
        pages="Numbers are pages of the printed edition",
        paragraphs="Numbers are pages in print, chapters and paragraphs in the e-book",
        sourced="Numbers are pages of this edition in print, pages of the source in the e-book",
        booklet="Numbers are pages of this booklet; those in the margins are pages of the full edition",
        main="bold numbers mark the passages that matter most",
        noted="n. marks a note",
        references="see leads to the heading in use, see also to others that may help",
        letter="entries stand letter by letter",
        word="entries stand word by word",
    ),
    citing=CitationWords(
        edited_by="ed. by {}",
        translated_by="trans. by {}",
        in_="in",
        and_="and",
        others="and others",
        edition="{} edn",
        volume="vol.\u00a0{}",
        accessed="accessed {}",
        undated="n.d.",
        page="p.\u00a0{}",
        pages="pp.\u00a0{}",
        headnote="Works cited in this book",
    ),
    roles=(
        ("edt", "Edited by"),
        ("trl", "Translated by"),
        ("ill", "Illustrated by"),
        ("com", "Compiled by"),
        ("aut", ""),
    ),
)
