"""`edition verify` of EPUBs: nothing against ours, and a word for each thing that is planted in them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from edition.cli import main
from edition.verify import epub as verify
from edition.verify import tools

from . import epub_fixture as book
from .epub_checkers import MODULES
from .epub_fixture import epub

CHAPTER, NOTES, NAV, OPF, NCX = (
    "EPUB/text/ch_2e_1.xhtml", "EPUB/text/notes.xhtml", "EPUB/text/nav.xhtml", "EPUB/content.opf", "EPUB/toc.ncx",
)  # fmt: skip
Files = dict[str, bytes]


@cache
def ours() -> bytes:
    return epub(book.units(), book.IMPRINT, book.pages(), book.styles(), book.MODIFIED)


def changed(change: Callable[[Files], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(ours())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return target.getvalue()


def swap(files: Files, name: str, old: str, new: str) -> None:
    """Another text in the place of the first `old`, which must be there."""
    assert old.encode() in files[name], old
    files[name] = files[name].replace(old.encode(), new.encode(), 1)


def told(data: bytes) -> list[tuple[str, str, str]]:
    return [
        (problem.code, problem.place.file.removeprefix("a.epub/"), problem.text)
        for problem in verify.check("a.epub", data)
    ]


def test_ours_are_without_fault() -> None:
    assert told(ours()) == []
    assert told(epub(book.units(), book.IMPRINT, None, book.styles(), book.MODIFIED)) == []


PLANTED: dict[str, tuple[str, str, str, Callable[[Files], None]]] = {}


def plant(code: str, name: str, words: str) -> Callable[[Callable[[Files], None]], Callable[[Files], None]]:
    def keep(change: Callable[[Files], None]) -> Callable[[Files], None]:
        PLANTED[change.__name__] = code, name, words, change
        return change

    return keep


@plant("epub-file", OPF, "the manifest names “EPUB/gone.css”, which is not in the archive")
def a_file_that_is_not_there(files: Files) -> None:
    swap(files, OPF, "<manifest>", '<manifest><item id="gone" href="gone.css" media-type="text/css"/>')


@plant("epub-file", "mimetype", "“mimetype” is not the first file of the archive")
def the_type_at_the_end(files: Files) -> None:
    files["mimetype"] = files.pop("mimetype")


@plant("epub-orphan", "EPUB/old.txt", "the manifest does not name this file")
def a_file_beside_the_manifest(files: Files) -> None:
    files["EPUB/old.txt"] = b"left over"


@plant("epub-orphan", "EPUB/old.css", "nothing in the book leads to this file")
def a_file_that_nothing_uses(files: Files) -> None:
    files["EPUB/old.css"] = b"p {}"
    swap(files, OPF, "<manifest>", '<manifest><item id="old" href="old.css" media-type="text/css"/>')


@plant("epub-id", CHAPTER, "the id “q-1” is there 2 times")
def an_id_twice(files: Files) -> None:
    swap(files, CHAPTER, 'id="l-1"', 'id="q-1"')


@plant("epub-id", CHAPTER, "the id “l.1” has characters that CSS does not take")
def an_id_that_is_no_selector(files: Files) -> None:
    swap(files, CHAPTER, 'id="l-1"', 'id="l.1"')


@plant("epub-link", NAV, "a link leads to “nowhere” in “EPUB/text/ch_2e_1.xhtml”, which is not there")
def a_link_to_no_place(files: Files) -> None:
    swap(files, NAV, "ch_2e_1.xhtml#d-two", "ch_2e_1.xhtml#nowhere")


@plant("epub-link", NCX, "a link leads to “EPUB/text/gone.xhtml”, which is not in the book")
def a_link_to_no_file(files: Files) -> None:
    swap(files, NCX, 'src="text/ch-2.xhtml"', 'src="text/gone.xhtml"')


@plant(
    "epub-note",
    NOTES,
    "the note “n-moreau” has no way back to its reference in “EPUB/text/ch_2e_1.xhtml” (“n-moreau-ref-2”)",
)
def a_backlink_taken_out(files: Files) -> None:
    swap(files, NOTES, 'href="ch_2e_1.xhtml#n-moreau-ref-2"', 'href="ch_2e_1.xhtml#n-moreau-ref"')


@plant("epub-note", CHAPTER, "the reference “1” leads to no note")
def a_reference_to_a_paragraph(files: Files) -> None:
    swap(files, CHAPTER, 'href="notes.xhtml#n-weather"', 'href="notes.xhtml#notes-ch_2e_1"')


@plant(
    "epub-note",
    NOTES,
    "the note “n-pre” leads back to “p-pre1” in “EPUB/text/preface.xhtml”, which is no reference to it",
)
def a_backlink_astray(files: Files) -> None:
    swap(files, NOTES, 'preface.xhtml#n-pre-ref"', 'preface.xhtml#p-pre1"')


@plant("epub-pages", CHAPTER, "the page-list has no entry for the page break “page-2”")
def a_page_that_is_not_listed(files: Files) -> None:
    swap(files, NAV, '<li><a href="ch_2e_1.xhtml#page-2">2</a></li>', "")


@plant("epub-pages", NAV, "the page-list leads to “p-1” in “EPUB/text/ch_2e_1.xhtml”, which is no page break")
def a_page_that_is_none(files: Files) -> None:
    swap(files, NAV, "ch_2e_1.xhtml#page-2", "ch_2e_1.xhtml#p-1")


@plant("epub-pages", NAV, "the page-list is not in the order of the text")
def pages_out_of_order(files: Files) -> None:
    entry = '<li><a href="ch_2e_1.xhtml#page-2">2</a></li>'
    swap(files, NAV, entry, "")
    swap(files, NAV, '<li><a href="ch_2e_1.xhtml#page-4">', f'{entry}<li><a href="ch_2e_1.xhtml#page-4">')


@plant("epub-pages", OPF, "it has page breaks, but does not say of which edition (pageBreakSource)")
def pages_of_nobody(files: Files) -> None:
    swap(files, OPF, 'property="pageBreakSource"', 'property="dcterms:extent"')


@plant("epub-pages", NCX, "its pages are not those of the page-list")
def other_pages_for_older_systems(files: Files) -> None:
    swap(files, NCX, "text/ch_2e_1.xhtml#page-2", "text/ch_2e_1.xhtml#page-3")


@plant("epub-size", CHAPTER, "this document has 403 kB; old devices are slow with more than 300")
def a_document_too_large(files: Files) -> None:
    swap(files, CHAPTER, "</section></body>", f"<p>{'words ' * 66_650}</p></section></body>")


@plant("epub-unreadable", CHAPTER, "is not well-formed")
def a_document_cut_off(files: Files) -> None:
    files[CHAPTER] = files[CHAPTER][:-20]


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_planted_is_found(name: str) -> None:
    code, file, words, change = PLANTED[name]
    found = told(changed(change))
    assert {one[0] for one in found} == {code}, found
    assert any(one[1] == file and words in one[2] for one in found), found


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_epub_is_said(data: bytes) -> None:
    assert [one[0] for one in told(data)] == ["archive-broken"]


def test_an_archive_without_a_package_is_no_epub() -> None:
    assert [one[0] for one in told(changed(lambda files: files.pop("META-INF/container.xml") and None))] == [
        "archive-missing"
    ]


# --- validators of others


def test_what_is_not_installed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = [*tools.epubcheck(tmp_path / "a.epub"), *tools.ace(tmp_path / "a.epub")]
    assert [(problem.code, problem.text.split(" is ")[0]) for problem in found] == [
        ("verify-tool", "EPUBCheck"), ("verify-tool", "Ace"),
    ]  # fmt: skip


def test_a_validator_that_breaks_down_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("java", "node", "ace-cli", "chromium"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho 'out of memory' >&2\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    found = [*tools.epubcheck(tmp_path / "a.epub"), *tools.ace(tmp_path / "a.epub")]
    assert {problem.code for problem in found} == {"verify-tool-failed"}
    assert all(problem.text.endswith("made no report: out of memory") for problem in found)


@pytest.mark.slow
def test_one_report_of_all_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault for each of the three: ours, EPUBCheck's and Ace's, as data with their places."""
    if not (MODULES / ".bin/ace-cli").exists() or tools._epubcheck() is None or not tools._browser():
        pytest.skip("EPUBCheck or Ace is not here")
    monkeypatch.setenv("PATH", f"{MODULES / '.bin'}:/usr/bin:/bin")

    def change(files: Files) -> None:
        swap(files, CHAPTER, 'id="l-1"', 'id="l.1"')
        swap(files, CHAPTER, "<hr ", '<img src="../css/none.png"/><hr ')
        swap(files, CHAPTER, "<li ", "<p>loose</p><li ")

    (tmp_path / "a.epub").write_bytes(changed(change))
    result = CliRunner().invoke(main, ["--format", "json", "verify", str(tmp_path / "a.epub")])
    said = json.loads(result.stdout)
    codes = {problem["code"] for problem in said}
    assert result.exit_code == 1
    assert {"epub-id", "epub-link", "epub-standard", "epub-access"} <= codes
