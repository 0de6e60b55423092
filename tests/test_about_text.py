"""What an edition says of what it did: emendations, about the text, editorialDecl, the log of changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edition import builder
from edition.builder import Made
from edition.normal.check import violations
from edition.passes import about
from edition.wording import LANGUAGES
from edition.wording.about import about_words
from edition.xml import Element, all_named, parse

from . import outputs

TEXT = """# One {#one}

He [read]{sic="raed"} it[]{sic=" it"} on 2 March 1848, "twice" -- so they say.

{#two}
And [then]{sic="than"} he left the quay.
"""
CONFIG = """id: book
title: A
language: en-GB
contents:
  body: [{file: text/one.md, source: "A Book (Leeds, 1850)"}]
  back: [emendations, about-text]
typography: on
epub: {pages: none}
"""


def make(folder: Path, more: str = "") -> Made:
    (folder / "text").mkdir()
    (folder / "text" / "one.md").write_text(TEXT, encoding="utf-8")
    (folder / "edition.yaml").write_text(CONFIG + more, encoding="utf-8")
    (folder / "annotations.yaml").write_text("- {at: two, find: quay, corr: key, why: a slip}\n", encoding="utf-8")
    made = builder.make(folder, ["tei", "epub"])
    assert [p for p in made.problems if p.severity != "info"] == []
    return made


def section(made: Made, name: str) -> list[str]:
    """The items or paragraphs of a generated section of the e-book."""
    document = outputs.opened(made.files["book.epub"]).documents[f"{name}.xhtml"]
    found = document.iter(f"{outputs.XHTML}li", f"{outputs.XHTML}p")
    return [" ".join("".join(one.itertext()).split()) for one in found]


def declared(made: Made) -> list[str]:
    root: Element = parse(made.files["book.tei.xml"])
    (declaration,) = all_named(root, "editorialDecl")
    return [str(p.text) for p in all_named(declaration, "p")]


def test_how_dates_are_counted_is_said(tmp_path: Path) -> None:
    made = make(tmp_path, "read: {text/*.md: {calendar: julian, year_start: 03-25}}\n")
    assert declared(made)[-1].endswith(
        "Gregorian calendar. Where a source counts by the Julian calendar its days are converted; a month or a year "
        "without a day stays as it is. Years of a source that begin on 25 March are counted from 1 January."
    )
    assert b'when="1849-03-14"' in made.files["book.tei.xml"]  # 2 March 1848, as the source counts


def test_emendations_are_listed_with_their_places(tmp_path: Path) -> None:
    rows = section(make(tmp_path), "emendations")
    assert rows == ["read] raed. 1.1", "[left out]] it. 1.1", "then] than. 1.2", "key] quay. a slip. 1.2"]


def test_the_section_about_the_text_equals_the_declaration_of_the_tei(tmp_path: Path) -> None:
    made = make(tmp_path)
    assert section(made, "about-text") == [" ".join(text.split()) for text in declared(made)]
    assert declared(made) == [
        "The text follows A Book (Leeds, 1850).",
        "Corrected and regularised forms are read; what stood in the source is kept in the TEI file. Left out of the "
        "reading text: slips that are corrected\u00a0(3), superfluous words\u00a0(1).",
        "Typography was set by rule: quotation marks\u00a0(2), dashes\u00a0(1).",
        "Dates stand in the text as they are; their values in the TEI file and the chronology are those of the "
        "Gregorian calendar.",
    ]
    assert violations(parse(made.files["book.tei.xml"])) == []


def test_an_editors_own_paragraphs_stand_in_both(tmp_path: Path) -> None:
    more = "about_text: {copy_text: Mine., transliteration: Names as they are usual.}\nsigla: {A: 'Leeds, 1850'}\n"
    made = make(tmp_path, more)
    assert section(made, "about-text") == [" ".join(text.split()) for text in declared(made)]
    found = declared(made)
    assert (found[0], found[3], found[-1]) == ("Mine.", "Names as they are usual.", "A: Leeds, 1850")


def test_the_log_of_changes(tmp_path: Path) -> None:
    written = make(tmp_path).files["book.changes.json"].decode()
    log = json.loads(written)
    assert written == json.dumps(log, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert [(one["rule"], one["before"], one["after"]) for one in log["typography"]] == [
        ("dash", " -- ", " – "), ("quote", '"', "”"), ("quote", '"', "“")
    ]  # fmt: skip
    assert [one["reason"] for one in log["omissions"]] == ["sic", "surplus", "sic", "sic"]
    assert log["omissions"][-1] == {"block": "two", "reason": "sic", "text": "quay"}


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_has_its_words(language: str) -> None:
    words = about_words(language)
    assert language == "en" or words is not about_words("en")
    imprint = {"reading": "normalised"}
    found = about.paragraphs(imprint, words, [{"source": "X"}], {"quote": 2}, {"sic": 1}, True)
    assert [key for key, _ in found] == ["copy_text", "omissions", "typography", "calendar"]
    assert all("{" not in text for _, text in found)
