"""Bad input from end to end: a complaint at its place, the right exit code, no traceback, and the old outputs stay."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from edition.cli import main

CASE = Path(__file__).parent / "cases" / "every-mark"
ONE, TWO, EDITION, PEOPLE = "text/one.md", "text/two.txt", "edition.yaml", "people.yaml"


def replacing(old: str, new: str) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return edit


def adding(text: str) -> Callable[[bytes], bytes]:
    return lambda data: data + text.encode()


# what is done to which file; where the complaint stands; its code; the exit code
BAD = {
    "a missing file": (EDITION, replacing("text/one.md", "text/on.md"), "edition.yaml:27:7", "file-missing", 1),
    "a footnote without text": (ONE, replacing("The winter had been mild, as [she says](#on-the-quay).", ""), "text/one.md:17:1", "note-empty", 1),
    "a definition without reference": (ONE, replacing("holds.[^weather]", "holds."), "text/one.md:17:1", "note-unreferenced", 1),
    "a reference without definition": (ONE, replacing("holds.[^weather]", "holds.[^wether]"), "text/one.md:3:65", "note-undefined", 1),
    "a doubled definition": (ONE, adding("\n[^weather]: Again.\n"), "text/one.md:19:1", "note-doubled", 1),
    "a reference to nothing": (ONE, replacing("[](#quay)", "[](#quai)"), "text/one.md:14:44", "link-nothing", 1),
    "two ids alike": (ONE, replacing("{#answer-quay}", "{#quay}"), "text/one.md:14:1", "id-doubled", 1),
    "an unknown person": (ONE, replacing("person=moreau-paul", "person=moreau-paula"), "text/one.md:4:38", "person-unknown", 1),
    "an impossible date": (ONE, replacing("date=1847-24", "date=1847-02-30"), "text/one.md:10:59", "date-edtf", 1),
    "not UTF-8": (TWO, lambda data: data.replace(b"nine", b"n\xefne"), "text/two.txt:2:16", "source-encoding", 1),
    "an empty chapter": (ONE, lambda data: b"# To a friend {#to-a-friend}\n", "text/one.md:1:1", "chapter-empty", 1),
    "nesting without end": (PEOPLE, lambda data: b"a: " + b"[" * 100_000, "people.yaml:1:", "yaml-limit", 2),
    "a misspelt key": (EDITION, replacing("title: Two", "titel: Two"), "edition.yaml:2:1", "config-unknown-key", 2),
    "a key twice": (EDITION, replacing("copyright:", "title: Again\ncopyright:"), "edition.yaml:16:1", "yaml-duplicate-key", 2),
    "a word YAML takes for a truth value": (EDITION, replacing("language: en-GB", "language: no"), "edition.yaml:4:11", "config-not-text", 2),
}  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the edition, built without fault (TEI only, for speed)."""
    place = tmp_path_factory.mktemp("before")
    shutil.copytree(CASE, place / "every-mark")
    assert run(place, "every-mark") == (0, "")
    return place


def run(place: Path, *folders: str) -> tuple[int, str]:
    """Exit code and standard error of a build into place/out."""
    arguments = ["-C", str(place), "--format", "concise", "--quiet", "build", *folders, "--to", "tei", "--out", "out"]
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result.exit_code, result.stderr


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str, before: Path, tmp_path: Path) -> None:
    file, edit, where, code, exit_code = BAD[name]
    place = tmp_path / "place"
    shutil.copytree(before, place)
    path = place / "every-mark" / file
    path.write_bytes(edit(path.read_bytes()))
    made = {p.name: p.read_bytes() for p in (place / "out" / "every-mark").iterdir()}
    got, said = run(place, "every-mark")
    complaints = [line for line in said.splitlines() if code in line]
    assert complaints and any(where in line for line in complaints), said
    assert got == exit_code
    assert {p.name: p.read_bytes() for p in (place / "out" / "every-mark").iterdir()} == made


def test_a_bad_edition_does_not_hinder_a_good_one(before: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    shutil.copytree(before, place)
    shutil.copytree(CASE, place / "other")
    (place / "other" / "edition.yaml").write_text("title: x\n")
    shutil.rmtree(place / "out")
    assert run(place, "other", "every-mark")[0] == 2
    assert (place / "out" / "every-mark" / "every-mark.tei.xml").is_file()
