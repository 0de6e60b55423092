"""Booklets of a small edition: what they hold, what they say of the full edition, and bad orders for them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest

from edition import builder
from edition.builder import Made

from . import outputs
from .outputs import needs

TEXT_ONE = """# One {#one}

{#first}
Alpha Ada Lovelace wrote of it, see [](#two).

{#second}
Beta.[^1]

[^1]: Gamma in a note.

{#third}
Delta.

::: questions
1. Who wrote of it?

   ::: answer
   Zeta wrote.[^2]
   :::
:::

[^2]: Eta in a note of an answer.
"""
TEXT_TWO = "# Two {#two}\n\n{#fourth}\nEpsilon Charles Babbage, see [](#first).\n"
PEOPLE = "lovelace: {name: Ada Lovelace}\nbabbage: {name: Charles Babbage}\n"
EDITION = """title: Engines
language: en-GB
copyright: © 2026 The Editor
contents:
  front: [title, copyright]
  body: [text/1.md, {file: text/2.md, SOURCE}]
  back: [QUESTIONSindex]
pdf: {page: a5}
booklets:
  - {BOOKLET}
"""


def made(
    folder: Path, booklet: str, source: str = "short: Two", sections: str = "", wanted: tuple[str, ...] = ("booklets",)
) -> Made:
    (folder / "text").mkdir(exist_ok=True)
    (folder / "text/1.md").write_text(TEXT_ONE, encoding="utf-8")
    (folder / "text/2.md").write_text(TEXT_TWO, encoding="utf-8")
    (folder / "people.yaml").write_text(PEOPLE, encoding="utf-8")
    text = EDITION.replace("SOURCE", source).replace("{BOOKLET}", "{" + booklet + "}")
    text = text.replace("QUESTIONS", sections)
    (folder / "edition.yaml").write_text(text, encoding="utf-8")
    return builder.make(folder, wanted)


def text(folder: Path, found: Made, ending: str = "-b.pdf") -> str:
    (data,) = (data for name, data in found.files.items() if name.endswith(ending))
    path = folder / "b.pdf"
    path.write_bytes(data)
    said = subprocess.run([needs("pdftotext"), str(path), "-"], capture_output=True, text=True, check=True)
    return " ".join(said.stdout.split())


def test_a_passage_with_what_it_needs(tmp_path: Path) -> None:
    found = made(tmp_path, 'id: b, title: "Week one", contents: [first..second], sheet: none')
    assert [p for p in found.problems if p.severity == "error"] == []
    said = text(tmp_path, found)
    assert "Week one From: Engines" in said and "© 2026 The Editor" in said
    assert re.search(r"One .*Alpha Ada Lovelace .*Beta.* \[…\]", said) and "Gamma in a note" in said
    assert "Delta" not in said and "Epsilon" not in said
    assert re.search(r"chapter\s2, p\.\s\d of the full edition", said)
    assert "Lovelace, Ada 1" in said and "Babbage" not in said
    assert "Numbers are pages of this booklet" in said


def test_a_reference_that_stays_has_a_page_of_the_booklet(tmp_path: Path) -> None:
    said = text(tmp_path, made(tmp_path, "id: b, contents: [one, two], sheet: none"))
    assert "of the full edition" not in said.replace("those in the margins are pages of the full edition", "")


def test_sheets_hold_two_pages_a_side_and_say_the_title(tmp_path: Path) -> None:
    found = made(tmp_path, "id: b, title: Sheets, contents: [one], cover: true, notes_pages: 1, flip: long-edge")
    said = text(tmp_path, found)
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert len(pdf.pages) % 2 == 0
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [842, 595]
        assert str(pdf.docinfo["/Title"]).startswith("Sheets")
    assert "Notes" in said


def test_fitting_takes_the_roomiest_that_fits_and_says_so(tmp_path: Path) -> None:
    found = made(tmp_path, "id: b, contents: [one], fit: {pages: 8, size: [9, 10], leading: [1.2, 1.4]}")
    told = [p for p in found.problems if p.code == "booklet-fitted"]
    assert [p.text for p in told] == ["the booklet b has 8 pages in type of 10 points on lines of 14"]


def size(folder: Path) -> list[int]:
    with pikepdf.open(folder / "b.pdf") as pdf:
        return [round(float(side)) for side in pdf.pages[0].mediabox[2:]]


def test_a_booklet_has_a_page_of_its_own(tmp_path: Path) -> None:
    text(tmp_path, made(tmp_path, "id: b, contents: [one], sheet: none, page: half-letter"))
    assert size(tmp_path) == [396, 612]
    text(tmp_path, made(tmp_path, "id: b, contents: [one], sheet: letter, page: half-letter"))
    assert size(tmp_path) == [792, 612]
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        assert b" 1.00000 0 0 1.00000 " in pdf.pages[0].Contents.read_bytes()  # nothing is made smaller


@pytest.mark.parametrize("sections", ["", "questions, "], ids=["at chapter ends", "gathered"])
def test_answers_stand_in_the_leaders_booklet_and_nowhere_else(tmp_path: Path, sections: str) -> None:
    booklet = "id: b, contents: [one], sheet: none, answers: true, cover: true"
    found = made(tmp_path, booklet, sections=sections, wanted=("tei", "epub", "pdf", "print", "booklets"))
    said = text(tmp_path, found)
    assert "Who wrote of it? Zeta wrote.2" in said and "2 Eta in a note of an answer." in said
    assert "Leader’s copy, with answers" in said
    assert "Zeta" not in found.files[f"{tmp_path.name}.tei.xml"].decode()
    epub = outputs.opened(found.files[f"{tmp_path.name}.epub"])
    assert not any(b"Zeta" in data for data in epub.files.values())
    for ending in (f"{tmp_path.name}.pdf", "-print.pdf"):
        said = text(tmp_path, found, ending)
        assert "Who wrote of it?" in said and "Zeta" not in said and "Eta in a" not in said


def test_questions_may_be_left_out(tmp_path: Path) -> None:
    assert "Who wrote of it?" in text(tmp_path, made(tmp_path, "id: b, contents: [one], sheet: none"))
    said = text(tmp_path, made(tmp_path, "id: b, contents: [one], sheet: none, questions: false"))
    assert "Who wrote" not in said and "Zeta" not in said and "Delta" in said


@pytest.mark.parametrize("flip", ["short-edge", "long-edge"])
def test_a_test_sheet_goes_the_way_of_the_booklet(tmp_path: Path, flip: str) -> None:
    found = made(tmp_path, f"id: b, contents: [one], sheet: letter, flip: {flip}, test_sheet: true")
    said = text(tmp_path, found, "-b-test.pdf")
    assert "Print this sheet as you will print the booklet" in said and said.count("↑") == 4
    assert size(tmp_path) == [792, 612]
    with pikepdf.open(tmp_path / "b.pdf") as pdf:
        front, back = (page.Contents.read_bytes() for page in pdf.pages)
    assert [b" cm /Page1 Do" in front, b" cm /Page2 Do" in back, b" -1.0 0 0 " in front] == [True, True, False]
    assert bool(re.search(rb"-[01]\.\d+ 0 0 -[01]\.\d+ ", back)) == (flip == "long-edge")


BAD = [
    ("id: b, contents: [frist]", "locator-nothing", "nothing in the text has the id “frist”"),
    ("id: b, contents: [first, first..nowhere]", "locator-nothing", "nothing in the text has the id “nowhere”"),
    ("id: b, contents: [third..first]", "locator-order", "“first” stands before “third”"),
    ("id: b, contents: [two..one]", "locator-order", "“one” stands before “two”"),
    ("id: b, contents: [one], fit: {pages: 4}", "booklet-too-long", "the booklet b cannot be had in 4 pages"),
    ("id: b, contents: [one], fit: {pages: 8, size: [10, 9]}", "config-value", "these are no limits"),
    ("id: b, contents: []", "config-type", ""),
    ("id: b, contents: [one], sheet: a5", "config-value", ""),
    ("id: b", "config-missing", ""),
]


@pytest.mark.parametrize(("booklet", "code", "said"), BAD, ids=[row[0] for row in BAD])
def test_bad_orders_are_told_at_their_place(tmp_path: Path, booklet: str, code: str, said: str) -> None:
    found = made(tmp_path, booklet)
    (problem,) = (p for p in found.problems if p.severity == "error")
    assert problem.code == code and said in problem.text
    assert (problem.place.file, problem.place.line) == ("edition.yaml", 10)
    assert found.files == {}


def test_an_excerpt_needs_rights(tmp_path: Path) -> None:
    (problem,) = (p for p in made(tmp_path, "id: b, contents: [two]", "source: A Book").problems if p.is_error)
    assert problem.code == "excerpt-rights" and problem.place.line == 10
    assert made(tmp_path, "id: b, contents: [two]", "source: A Book, rights: public domain").files
    assert made(tmp_path, "id: b, contents: [one]", "source: A Book").files
