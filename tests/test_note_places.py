"""Notes of several hands at the foot, behind their chapter and at the end of the book; called twice; numbered or
lettered."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from edition import builder

from . import outputs

CASE = Path(__file__).parent / "cases" / "notes" / "several-hands"
WINTER, SLIP, PLACE, OTHER = "The winter was hard.", "A slip of the pen", "A note where it stands", "Another remark"
APRIL, LETTERS = "In April.", "New numbering"


def made(tmp_path: Path, notes: str) -> builder.Made:
    folder = shutil.copytree(CASE, tmp_path / "several-hands")
    with (folder / "edition.yaml").open("a") as file:
        file.write(f"notes: {notes}\n")
    return builder.make(folder, ("tei", "epub", "pdf"))


def pages(found: builder.Made) -> list[str]:
    data = next(data for name, data in found.files.items() if name.endswith(".pdf"))
    command = [outputs.needs("pdftotext"), "-layout", "-", "-"]
    text = subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode()
    return [" ".join(page.split()) for page in text.split("\f")][:-1]


def page_of(found: list[str], text: str) -> int:
    return next(number for number, page in enumerate(found) if text in page)


@pytest.mark.parametrize(
    ("place", "marked"),
    [
        ("foot", [f"1 {WINTER}", f"2 {PLACE}", f"a {SLIP}", f"b {OTHER}"]),
        ("chapter", ["Twice.a Notes", f"1 {WINTER}", f"2 {PLACE}", f"a {SLIP}", f"b {OTHER}"]),
        ("book", ["Notes 1 One", f"1 {WINTER}", f"2 {PLACE}", f"a {SLIP}", f"b {OTHER}", "2 Two", f"1 {APRIL}"]),
    ],
)
def test_each_series_stands_apart_where_it_is_wanted(tmp_path: Path, place: str, marked: list[str]) -> None:
    found = pages(made(tmp_path, f"{{place: {place}, series: {{e: editorial}}}}"))
    on = page_of(found, WINTER)
    at = [found[on].index(text) for text in marked]
    assert at == sorted(at)
    assert (on == page_of(found, "The river froze")) is (place != "book")
    assert f"Dewey, John 1, {'5' if place == 'book' else '1'} n. 2" in found[-1]


@pytest.mark.parametrize(
    ("notes", "calls"),
    [
        ("{series: {e: editorial}}", "1 a 2 1 b a / 1 a"),
        ("{series: {e: {name: editorial, marks: symbols}}}", "1 * 2 1 † * / 1 *"),
        ("{series: {e: {name: editorial, marks: numbers}}, numbering: book}", "1 1 2 1 2 1 / 3 3"),
    ],
)
def test_print_and_ebook_carry_the_same_marks(tmp_path: Path, notes: str, calls: str) -> None:
    found = made(tmp_path, notes)
    epub = outputs.opened(next(data for name, data in found.files.items() if name.endswith(".epub")))
    texts = [root for name, root in epub.documents.items() if name.startswith("d-")]
    called = [[a.text for a in root.iter(f"{outputs.XHTML}a") if a.get("class") == "noteref"] for root in texts]
    assert " / ".join(" ".join(marks) for marks in called) == calls
    printed = pages(found)
    for start, marks in zip(("froze,", "came,"), called, strict=True):
        assert f"{start}{marks[0]}" in printed[page_of(printed, f"{start}{marks[0]}")]


def test_each_reference_to_a_note_has_its_way_back(tmp_path: Path) -> None:
    found = made(tmp_path, "{series: {e: editorial}}")
    epub = outputs.opened(next(data for name, data in found.files.items() if name.endswith(".epub")))
    notes = epub.documents["notes.xhtml"]
    back = [a.get("href") for a in notes.iter(f"{outputs.XHTML}a") if a.get("class") == "backlink"]
    calls = {
        f"{file}#{a.get('id')}"
        for file, root in epub.documents.items()
        for a in root.iter(f"{outputs.XHTML}a")
        if a.get("class") == "noteref"
    }
    assert set(back) == calls and len(back) == len(calls) == 8
    tei = etree.parse(io.BytesIO(next(data for name, data in found.files.items() if name.endswith(".xml"))))
    again = [e for e in tei.iter("{*}ptr") if e.get("type") == "note"]
    ids = {e.get("{http://www.w3.org/XML/1998/namespace}id"): e.get("n") for e in tei.iter("{*}note")}
    assert [ids[e.get("target", "")[1:]] for e in again] == ["1", "a"] == [e.get("n") for e in again]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# One\n\nA[^x-1]\n\n[^x-1]: b\n", "note-series"),
        ("# One\n\nA[^1]\n\n# Two\n\nB[^1]\n\n[^1]: c\n", "note-elsewhere"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, text: str, code: str) -> None:
    folder = shutil.copytree(CASE, tmp_path / "several-hands")
    (folder / "text" / "one.md").write_text(text)
    (folder / "text" / "two.md").write_text("# Two\n\nC^[d]\n")
    found = builder.make(folder, ("tei",))
    assert [problem.code for problem in found.problems if problem.is_error] == [code]
    assert not found.files and re.match(r"[a-z]", found.problems[0].hint)
