"""`edition verify` holds the words of an EPUB against its TEI: nothing against ours, a word for each loss."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from edition import builder
from edition.cli import main
from edition.verify import conserved
from edition.writers.documents import safe_id

TEXT = """# The river {#river}

The river was high that year.[^1] Nobody crossed it.

::: questions
1. Who crossed?
:::

[^1]: It froze in December.
"""


@cache
def made(questions: bool) -> tuple[bytes, bytes]:
    """EPUB and TEI of a chapter, with or without a section of questions."""
    with TemporaryDirectory() as name:
        folder = Path(name, "river")
        (folder / "text").mkdir(parents=True)
        (folder / "text" / "a.md").write_text(TEXT)
        back = "  back: [questions]\n" if questions else ""
        (folder / "edition.yaml").write_text(
            f"title: River\nlanguage: en-GB\ncontents:\n  body: [text/a.md]\n{back}epub: {{pages: none}}\n"
        )
        files = builder.make(folder, ("tei", "epub")).files
    return files["river.epub"], files["river.tei.xml"]


@pytest.mark.parametrize("questions", [True, False])
def test_ours_have_their_words(questions: bool) -> None:
    epub, tei = made(questions)
    assert conserved.check("a.epub", epub, "a.tei.xml", tei, safe_id) == []


@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ("that year", "that cold year", "«cold» became «»"),
        ("Nobody crossed it", "Nobody ever crossed it", "«ever» became «»"),
        ("It froze in", "It froze hard in", "«hard» became «»"),
    ],
)
def test_a_lost_word_is_told_with_its_place(there: str, instead: str, said: str) -> None:
    epub, tei = made(False)
    assert there.encode() in tei
    (problem,) = conserved.check("a.epub", epub, "a.tei.xml", tei.replace(there.encode(), instead.encode()), safe_id)
    assert problem.code == "epub-words" and said in problem.text
    assert problem.place.file.startswith("a.epub/EPUB/text/") and problem.place.line > 0


def test_a_missing_chapter_is_told() -> None:
    epub, tei = made(False)
    (problem,) = conserved.check("a.epub", epub, "a", tei.replace(b'xml:id="river"', b'xml:id="brook"', 1), safe_id)
    assert "“brook” of the TEI is not in the book" in problem.text


def test_without_tei_it_is_said_and_another_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.epub").write_bytes(made(False)[0])
    (tmp_path / "b.xml").write_bytes(made(False)[1].replace(b"that year", b"that cold year"))

    def codes(*more: str) -> set[str]:
        result = CliRunner().invoke(main, ["--format", "json", "verify", str(tmp_path / "a.epub"), *more])
        return {problem["code"] for problem in json.loads(result.stdout)}

    assert "verify-text" in codes()
    assert "epub-words" in codes("--against", str(tmp_path / "b.xml"))
