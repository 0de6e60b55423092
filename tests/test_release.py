"""Releases: a version is frozen once, its pages outlive edits, drafts say that they are drafts, no clock gets in."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from edition import builder, cli
from edition.book import PageMap, PageStart, page_map_from
from edition.config import load_release
from edition.passes import releases
from edition.writers import frozen

from .conftest import ROOT
from .incremental import recipe

NAME = "every-mark"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An edition of two letters, laid out by a stub."""
    shutil.copytree(ROOT / "tests" / "cases" / NAME, tmp_path / NAME)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with recipe(1, real=False):
        yield tmp_path / NAME


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, [*arguments, "--quiet"])


def release(version: str, *more: str) -> Result:
    return run("release", NAME, version, "-m", f"Changes of {version}", "--date", "2026-11-01", *more)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def member(epub: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return archive.read(name).decode()


def lengthen(folder: Path) -> None:
    """Words that move pages come before the paragraph at the quay."""
    edit(
        folder / "text" / "one.md", "{#quay}", "More words come in here, of which there are many. " * 12 + "\n\n{#quay}"
    )


# --- a release


def test_a_release_bears_its_number_and_day_and_its_record_names_what_was_made(folder: Path) -> None:
    done = release("1.0")
    assert done.exit_code == 0, done.output
    record = load_release((folder / "releases" / "1.0.yaml").read_bytes(), "x").value
    assert record is not None and (record.version, record.date) == ("1.0", "2026-11-01")
    out = folder.parent / "build" / NAME
    assert {name: releases.digest_of((out / name).read_bytes()) for name in record.outputs} == record.outputs
    assert record.sources["text/one.md"] == releases.digest_of((folder / "text" / "one.md").read_bytes())
    epub = (out / f"{NAME}.epub").read_bytes()
    assert "Version 1.0, 1 November 2026" in member(epub, "EPUB/text/title.xhtml")
    assert ">2026-11-01T00:00:00Z<" in member(epub, "EPUB/content.opf")
    assert '<revisionDesc status="released">' in (out / f"{NAME}.tei.xml").read_text()
    labels = page_map_from((out / f"{NAME}.pages.json").read_bytes()).labels
    assert tuple(page.page for page in record.pages) == labels


def test_said_twice_it_changes_nothing_and_a_build_makes_the_same(folder: Path) -> None:
    release("1.0")
    before = tree(folder.parent)
    assert release("1.0").exit_code == 0
    assert run("build", NAME).exit_code == 0
    assert tree(folder.parent) == before
    shutil.rmtree(folder.parent / "build")
    run("build", NAME)
    assert tree(folder.parent) == before


def test_after_an_edit_it_is_a_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Unreleased draft" in member(builder.make(folder).files[f"{NAME}.epub"], "EPUB/text/title.xhtml")
    release("1.0")
    edit(folder / "text" / "one.md", "Lyon", "Dijon")
    made = builder.make(folder).files
    assert "Draft, after version 1.0" in member(made[f"{NAME}.epub"], "EPUB/text/title.xhtml")
    assert '<revisionDesc status="draft">' in made[f"{NAME}.tei.xml"].decode()
    assert "2026-11-01T00:00:00Z" in member(made[f"{NAME}.epub"], "EPUB/content.opf")
    edit(folder / "text" / "one.md", "Dijon", "Lyon")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    released = builder.make(folder).files[f"{NAME}.epub"]
    assert "Version 1.0" in member(released, "EPUB/text/title.xhtml"), "the sources are what they were"
    assert "2026-11-01T00:00:00Z" in member(released, "EPUB/content.opf"), "a release has its own day"


def test_the_day_of_a_release_is_asked_for_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(20 * 365 * 86400))
    assert run("release", NAME, "1.0", "-m", "x").exit_code == 0
    assert "date: 1989-12-27\n" in (folder / "releases" / "1.0.yaml").read_text()


# --- refused


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("text/one.md", "(#quay)", "(#key)", "link-nothing"),
        ("edition.yaml", "short: Answer", "short: Answer\n      source: A Review", "release-rights"),
        ("edition.yaml", "language: en-GB", "langauge: en-GB", "config-unknown-key"),
    ],
)
def test_what_stands_in_the_way_is_told_and_nothing_is_written(
    folder: Path, file: str, old: str, new: str, code: str
) -> None:
    edit(folder / file, old, new)
    before = tree(folder.parent)
    done = release("1.0")
    assert done.exit_code in (1, 2) and f"error[{code}]" in done.output
    assert tree(folder.parent) == before


def test_an_open_question_stands_in_the_way() -> None:
    from edition.problems import Place, Problem

    asked = Problem("docx-comment", Place("text/a.docx", 3), "a comment: who?")
    (found,) = releases.open_queries([asked, Problem("name-ambiguous", Place("a"), "x")])
    assert found.is_error and found.place == asked.place


def test_a_number_is_given_once_and_they_rise(folder: Path) -> None:
    release("1.9")
    edit(folder / "text" / "one.md", "Lyon", "Dijon")
    assert "error[release-changed]" in release("1.9").output
    assert "error[release-order]" in release("1.8").output
    assert release("1.10").exit_code == 0
    assert run("release", NAME, "one", "-m", "x").exit_code == 2
    assert run("release", NAME, "2", "-m", "x", "--date", "soon").exit_code == 2


@pytest.mark.parametrize(("name", "code"), [("1.1", "release-misnamed"), ("1.0", "config-missing")])
def test_a_broken_record_is_an_error(folder: Path, name: str, code: str) -> None:
    text = 'version: "1.0"\n' + ("date: 2026-11-01\nchanges: x\n" if name == "1.1" else "")
    (folder / "releases").mkdir()
    (folder / "releases" / f"{name}.yaml").write_text(text)
    assert code in {problem.code for problem in builder.check(folder, pages=False).problems}


# --- pages that stay


def labels_in(made: builder.Made) -> dict[str, str]:
    pages = page_map_from(made.files[f"{NAME}.pages.json"])
    return {name: pages.label(name) for name in pages.ids}


def test_page_numbers_of_a_release_outlive_an_edit_and_the_next_release_gives_new_ones(folder: Path) -> None:
    release("1.0")
    before = builder.make(folder)
    lengthen(folder)
    (folder / "edition.yaml").open("a").write('pages:\n  from: "1.0"\n')
    after = builder.make(folder)
    epubs = [made.files[f"{NAME}.epub"] for made in (before, after)]
    assert [member(e, "EPUB/text/index.xhtml") for e in epubs[:1]] == [member(epubs[1], "EPUB/text/index.xhtml")]
    assert labels_in(after).items() >= labels_in(before).items()
    told = [problem.text for problem in after.problems if problem.code == "pages-moved"]
    assert told and "begin elsewhere than in version 1.0" in told[0]
    edit(folder / "edition.yaml", 'pages:\n  from: "1.0"\n', "")
    assert release("1.1").exit_code == 0
    assert labels_in(builder.make(folder)) != labels_in(before)


def test_a_release_that_is_not_there_is_an_error_at_its_line(folder: Path) -> None:
    (folder / "edition.yaml").open("a").write('pages:\n  from: "1.0"\n')
    (found,) = builder.make(folder).problems
    assert (found.code, found.place.column) == ("release-unknown", 9)


UNIT = {"unit": "text/a.md#0", "notes": [{"id": "n", "refs": ["n-ref"], "body": '<p id="n-p">A note</p>'}]}


def text_of(*paragraphs: str) -> frozen.Text:
    body = "".join(f'<p id="p-{n}">{text}</p>' for n, text in enumerate(paragraphs))
    return frozen.text_of([{**UNIT, "body": f'<section id="a">{body}</section>'}])


def row(label: str, at: str = "", word: int = 0, text: str = "") -> dict[str, Any]:
    return {"page": label, "at": at, "word": word, "text": text, "unit": ""}


def test_a_page_begins_at_its_word_wherever_that_has_gone() -> None:
    text = text_of("one two three four", 'nine <a id="n-ref" class="noteref">1</a> more')
    rows = [row("1", "p-0", 0, "one two"), row("2", "p-0", 1, "three four"), row("3", "p-1", 0, "nine more")]
    pages, lost = frozen.placed(rows, text, lambda name: name)
    assert [(s.block, s.word) for s in pages.starts] == [("p-0", 0), ("p-0", 2), ("p-1", 0)]
    assert (lost, pages.label("n"), pages.label("n-p"), pages.label("p-1"), pages.label("a")) == (
        [],
        "3",
        "3",
        "3",
        "1",
    )


def test_a_page_whose_paragraph_is_gone_begins_with_what_follows() -> None:
    pages, lost = frozen.placed(
        [row("1", "p-0"), row("2", "old", 3, "x y"), row("3")], text_of("one", "two"), {"p-0": "p-0", "old": "p-1"}.get
    )
    assert lost == ["2"] and [s.block for s in pages.starts] == ["p-0", "p-1", ""] and pages.label("p-1") == "2"


@pytest.mark.parametrize(
    ("now", "text", "word", "found"),
    [
        ("a b c a b", "a b", 3, 3),
        ("a b c a b", "a b", 1, 0),
        ("a x a b", "a b", 0, 2),
        ("x y", "a b", 5, 1),
        ("", "a", 2, 0),
    ],
)
def test_the_likest_word_then_the_nearest(now: str, text: str, word: int, found: int) -> None:
    assert frozen.nearest(now.split(), text.split(), word) == found


def test_moved_pages_are_told_as_ranges() -> None:
    def of(*words: int) -> PageMap:
        starts = tuple(PageStart(str(n), "u", "b", word) for n, word in enumerate(words, 1))
        return PageMap(tuple(s.label for s in starts), {}, starts)

    assert releases.moved(of(0, 1, 2, 3, 4), of(0, 9, 9, 3, 9)) == "2–3, 5"
    assert releases.moved(of(0), of(0)) == ""


def test_a_record_is_yaml_whatever_is_in_it() -> None:
    changes = 'A "quote": # \\ “x”\n\u2028 - {a}'
    start = PageStart("1", "text/a.md#0", "p-1", 2)
    data = releases.dump("1.0", "2026-01-01", changes, {"a: b": "c"}, {"o": "h"}, [(start, "it's “x”")], {"n": "2"})
    found = load_release(data, "x")
    assert found.problems == [] and found.value is not None
    assert found.value.changes == changes and found.value.pages[0].text == "it's “x”"
    assert json.loads(found.value.model_dump_json())["also"] == {"n": "2"}
