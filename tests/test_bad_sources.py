"""Sources that cannot be read, from end to end: a clear complaint with its place, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from edition import builder
from edition.cli import main

from .docx_maker import docx, p, zipped
from .test_reader_epub import GOOD, book

UTF16 = "<html><body><p>Zürich</p></body></html>".encode("utf-16")
WORD = docx(p("One", style="Heading1") + p("words"))

# file -> bytes, the code of the error
BAD = {
    "a truncated Word file": ("a.docx", WORD[: len(WORD) // 2], "archive-broken"),
    "a truncated e-book": ("a.epub", GOOD[: len(GOOD) // 2], "archive-broken"),
    "a Word file without its text": ("a.docx", zipped({"word/styles.xml": "<x/>"}), "docx-part"),
    "an e-book without a spine": ("a.epub", book({"a.xhtml": "<p>a</p>"}, spine=()), "epub-package"),
    "UTF-16 in Markdown": ("a.md", "# A\n\nb\n".encode("utf-16"), "source-encoding"),
    "UTF-16 in plain text": ("a.txt", "A\n\nb\n".encode("utf-16"), "source-encoding"),
    **{f"0 bytes of {suffix}": (f"a.{suffix}", b"", code) for suffix, code in
       {"md": "chapter-empty", "txt": "chapter-empty", "html": "chapter-empty", "docx": "archive-broken",
        "epub": "archive-broken"}.items()},
}  # fmt: skip


def edition(tmp_path: Path, name: str, data: bytes | None) -> Path:
    folder = tmp_path / "e"
    (folder / "text").mkdir(parents=True)
    (folder / "edition.yaml").write_text(f"title: T\nlanguage: en\ncontents: {{body: [text/{name}]}}\n")
    if data is None:
        (folder / "text" / name).mkdir()
    else:
        (folder / "text" / name).write_bytes(data)
    return folder


@pytest.mark.parametrize("name", BAD)
def test_a_source_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    file, data, code = BAD[name]
    folder = edition(tmp_path, file, data)
    made = builder.make(folder, ("tei",))
    errors = [problem for problem in made.problems if problem.is_error]
    assert [problem.code for problem in errors] == [code], made.problems
    assert errors[0].place.file == f"text/{file}" and errors[0].text and errors[0].hint
    assert not made.files


@pytest.mark.parametrize("suffix", ["md", "txt", "html", "docx", "epub"])
def test_a_folder_in_place_of_a_file(suffix: str, tmp_path: Path) -> None:
    made = builder.make(edition(tmp_path, f"a.{suffix}", None), ("tei",))
    (error,) = [problem for problem in made.problems if problem.is_error]
    assert (error.code, error.place.file, error.place.line) == ("file-unreadable", "edition.yaml", 3)
    assert not made.files


def test_what_can_be_read_is_read_and_told(tmp_path: Path) -> None:
    """UTF-16 that says so, letters that were garbled before, and nesting without end keep all their words."""
    assert not builder.make(edition(tmp_path / "a", "a.html", UTF16), ("tei",)).failed
    garbled = "<h1>A</h1><p>FrÃ¼hling, MÃ¼nchen</p>".encode()
    made = builder.make(edition(tmp_path / "b", "a.html", garbled), ("tei",))
    assert [p.code for p in made.problems if p.severity == "warning"] == ["source-mojibake"] and not made.failed
    deep = f"<h1>A</h1>{'<div>' * 1000}<p>deep words</p>{'</div>' * 1000}".encode()
    made = builder.make(edition(tmp_path / "c", "a.html", deep), ("tei",))
    assert b"deep words" in made.files["e.tei.xml"] and "html-deep" in [problem.code for problem in made.problems]


def test_explain_reading_tells_what_was_taken_and_what_was_left_out(tmp_path: Path) -> None:
    page = b"<main><h1>A title</h1><p>One word, <a href='#n1' id='r1'>[1]</a></p></main><footer>Foot of it</footer>"
    page += b"<p id='n1'><a href='#r1'>[1]</a> A note.</p>"
    folder = edition(tmp_path, "a.html", page)
    done = CliRunner().invoke(main, ["check", str(folder), "--explain-reading", "text/a.html"])
    assert done.exit_code == 0, done.output
    assert "taken: 4 words of text, 2 of notes; 2 paragraphs; 1 note" in done.output
    assert "  1: A title" in done.output and "“Foot of it” [html-dropped]" in done.output
    unknown = CliRunner().invoke(main, ["check", str(folder), "--explain-reading", "text/b.html"])
    assert unknown.exit_code == 2 and "text/a.html" in unknown.output
