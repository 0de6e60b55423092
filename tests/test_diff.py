"""What changed between two versions: word by word, in the order of the text, and as an errata leaf."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from edition import builder, cli
from edition.book import page_map_from
from edition.diff import shown
from edition.diff.differences import Differences, Side, compare, word_by_word

from .conftest import ROOT
from .incremental import recipe

NAME = "every-mark"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An edition of two letters, laid out by a stub."""
    shutil.copytree(ROOT / "tests" / "cases" / NAME, tmp_path / NAME)
    monkeypatch.chdir(tmp_path / NAME)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with recipe(1, real=False):
        yield tmp_path / NAME


def side(folder: Path, name: str) -> Side:
    made = builder.make(folder)
    assert made.lock is not None, made.problems
    (folder / "edition.lock").write_bytes(made.lock)
    return Side(name, made.files[f"{NAME}.tei.xml"], page_map_from(made.files[f"{NAME}.pages.json"]))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, old
    path.write_text(text.replace(old, new, 1))


def edited(folder: Path, *edits: tuple[str, str, str]) -> Differences:
    old = side(folder, "old")
    for name, before, after in edits:
        edit(folder / name, before, after)
    return compare(old, side(folder, "new"))


# --- what is found


def test_equal_versions_have_no_differences(folder: Path) -> None:
    found = edited(folder)
    assert not found and "a reader would notice nothing" in shown.text(found)


def test_a_word_in_a_paragraph_and_one_in_a_note(folder: Path) -> None:
    found = edited(folder, ("text/one.md", "from Lyon", "from Dijon"), ("text/one.md", "been mild", "been severe"))
    (text,), (note,) = found.text, found.notes
    assert [piece for piece in text.pieces if piece[0] != "same"] == [("old", "Lyon"), ("new", "Dijon")]
    assert (text.what, text.block.unit, text.page_before) == ("changed", "To a friend", "1")
    assert [piece for piece in note.pieces if piece[0] != "same"] == [("old", "mild"), ("new", "severe")]
    assert note.block.number == "1"


def test_paragraphs_that_come_go_and_move(folder: Path) -> None:
    last = "The widow died in March 1851"
    found = edited(
        folder, ("text/one.md", "{#quay}\n", "A new one.\n\n{#quay}\n"), ("text/one.md", "My dear", "{#dear}\nMy dear")
    )
    assert [(change.what, change.block.text) for change in found.text] == [("new", "A new one.")]
    assert found.gone == []
    text = (folder / "text" / "one.md").read_text()
    (folder / "text" / "one.md").write_text(text.replace("A new one.\n\n", ""))
    again = edited(folder, ("text/one.md", last, f"{last}"))
    assert not again.text
    gone = edited(folder, ("text/one.md", "{#quay}\n", ""), ("text/one.md", "[](#quay)", "it"))
    assert all(change.what != "gone" for change in gone.text), "an id that is now an alias is not gone"


def test_names_and_events(folder: Path) -> None:
    found = edited(
        folder, ("people.yaml", "about: a widow", "about: the widow"), ("chronology.yaml", "label: ", "label: The ")
    )
    assert [(entry.what, entry.id) for entry in found.names] == [("changed", "person-moreau-jeanne")]
    assert len(found.events) == 1 and found.events[0].what == "changed"


def test_pages_that_moved_are_told(folder: Path) -> None:
    found = edited(folder, ("text/one.md", "{#quay}", "More words come in here, many of them. " * 12 + "\n\n{#quay}"))
    assert found.pages and found.renumbered
    assert "pages that begin elsewhere" in shown.text(found)


WORDS = st.lists(st.sampled_from("a b c, d. e".split()), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_the_pieces_give_back_both_texts(before: str, after: str) -> None:
    pieces = word_by_word(before, after)
    assert "".join(text for how, text in pieces if how != "new") == before
    assert "".join(text for how, text in pieces if how != "old") == after


def test_changes_side_by_side_are_one() -> None:
    assert word_by_word("we saw the old man", "we saw a young man") == (
        ("same", "we saw "), ("old", "the old"), ("new", "a young"), ("same", " man"),
    )  # fmt: skip


# --- the errata leaf


def test_an_errata_leaf_names_pages_and_readings_and_can_be_bound_in(folder: Path) -> None:
    edits = (("text/one.md", "from Lyon", "from Dijon"), ("text/one.md", "agrees; so", "agrees so"))
    found = edited(folder, *edits, ("text/one.md", "{#quay}\n", "An *added* line.\n\n{#quay}\n"))
    leaf = shown.errata(found)
    assert "**p. 1**: for ‘Lyon’ read ‘Dijon’" in leaf
    assert "read ‘Moreau agrees so does’" in leaf
    assert "added: ‘An added line.’" in leaf
    (folder / "text" / "errata.md").write_text(leaf)
    edit(folder / "edition.yaml", "    - who-is-who", "    - text/errata.md\n    - who-is-who")
    made = builder.make(folder)
    assert [problem for problem in made.problems if problem.is_error] == []
    assert "for ‘Lyon’ read ‘Dijon’" in made.files[f"{NAME}.tei.xml"].decode()


def test_html_escapes_what_the_text_says(folder: Path) -> None:
    page = shown.html(edited(folder, ("text/one.md", "from Lyon", r"from \<b\>Lyon")))
    assert "<ins>&lt;b&gt;</ins>" in page and "<b>" not in page


# --- the command


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, ["--quiet", *arguments])


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


def test_releases_revisions_and_folders(folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    assert run("release", ".", "1.0", "-m", "First", "--date", "2026-01-01", "--out", "../out").exit_code == 0
    assert run("diff", "1.0").stdout.endswith("a reader would notice nothing\n"), (
        "the text of a release that is current"
    )
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "1.0")
    edit(folder / "text" / "one.md", "from Lyon", "from Dijon")
    for old in ("1.0", "HEAD", "../out/every-mark"):
        done = run("diff", old, "--format", "json", "--errata", "../errata.md", "--html", "../diff.html")
        assert done.exit_code == 0, done.output
        found = json.loads(done.stdout)
        assert [change["what"] for change in found["text"] if change["block"]["id"] != "title"] == ["changed"], old
        assert found["text"][0]["page_before"] == "1"
        assert found["new"] == "this draft"
    assert "for ‘Lyon’ read ‘Dijon’" in (folder.parent / "errata.md").read_text()
    assert run("release", ".", "1.1", "-m", "Second", "--date", "2026-02-01", "--out", "../out").exit_code == 0
    assert run("diff", "1.0", "--errata", "../leaf.md").exit_code == 0
    leaf = (folder.parent / "leaf.md").read_text()
    assert "What version 1.1 corrects in version 1.0. Pages are those of version 1.0." in leaf
    assert "**p. 1**: for ‘Lyon’ read ‘Dijon’" in leaf
    assert "<del>Lyon</del>" in (folder.parent / "diff.html").read_text()


@pytest.mark.parametrize("name", ["9.9", "nowhere", "--upload-pack=x"])
def test_what_is_no_version_is_said_in_one_line(folder: Path, name: str) -> None:
    done = run("diff", "--", name, ".")
    assert done.exit_code == 2 and "is no folder, no release and no revision" in done.output


def test_sources_with_errors_are_told(folder: Path) -> None:
    edit(folder / "text" / "one.md", "(#quay)", "(#key)")
    done = run("diff", ".", ".")
    assert done.exit_code == 1 and "link-nothing" in done.output
