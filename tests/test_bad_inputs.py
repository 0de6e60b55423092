"""Bad input from end to end: a complaint at its place, the right exit code, no traceback, and the old outputs stay."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from edition.cli import main

CASE = Path(__file__).parent / "cases" / "every-mark"
LIMIT = "[" * 99_969  # of these, the first is the one too deep
NOTE = "The winter had been mild, as [she says](#on-the-quay)."
ONE, TWO, EDITION, PEOPLE = "text/one.md", "text/two.txt", "edition.yaml", "people.yaml"


def replacing(old: str, new: str) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return edit


def adding(text: str) -> Callable[[bytes], bytes]:
    return lambda data: data + text.encode()


# what is done to which file; before what the complaint points, in the file as it is then; its code; the exit code
BAD = {
    "a missing file": (EDITION, replacing("text/one.md", "text/on.md"), "text/on.md", "file-missing", 1),
    "a footnote without text": (ONE, replacing(NOTE, ""), "[^weather]:", "note-empty", 1),
    "a definition without reference": (ONE, replacing("s.[^weather]", "s."), "[^weather]:", "note-unreferenced", 1),
    "a reference without definition": (ONE, replacing("s.[^weather]", "s.[^wether]"), "[^wether]", "note-undefined", 1),
    "a doubled definition": (ONE, adding("\n[^weather]: Again.\n"), "[^weather]: Again", "note-doubled", 1),
    "a reference to nothing": (ONE, replacing("[](#quay)", "[](#quai)"), "[](#quai)", "link-nothing", 1),
    "two ids alike": (ONE, replacing("{#answer-quay}", "{#quay}"), "The widow", "id-doubled", 1),
    "an unknown person": (ONE, replacing("person=moreau-paul", "person=x"), "[Moreau]{person=x}", "person-unknown", 1),
    "an impossible date": (ONE, replacing("1847-24", "1847-02-30"), "[that winter]", "date-edtf", 1),
    "not UTF-8": (TWO, lambda data: data.replace(b"nine", b"n\xefne"), "\xefne", "source-encoding", 1),
    "an empty chapter": (ONE, lambda data: b"# To a friend {#to-a-friend}\n", "# To", "chapter-empty", 1),
    "nesting without end": (PEOPLE, lambda data: b"a: " + b"[" * 31 + b"\n  " + b"[" * 99_969, LIMIT, "yaml-limit", 2),
    "a misspelt key": (EDITION, replacing("title: Two", "titel: Two"), "titel", "config-unknown-key", 2),
    "a key twice": (EDITION, replacing("copyright:", "title: Again\ncopyright:"), "title: A", "yaml-duplicate-key", 2),
    "a truth value": (EDITION, replacing("language: en-GB", "language: no"), "no\n", "config-not-text", 2),
}


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


def position(data: bytes, marker: str) -> str:
    """Line and column, counted from 1, of where `marker` stands."""
    text = data.decode("latin-1" if b"\xef" in data else "utf-8")
    before = text[: text.rindex(marker)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str, before: Path, tmp_path: Path) -> None:
    file, edit, marker, code, exit_code = BAD[name]
    place = tmp_path / "place"
    shutil.copytree(before, place)
    path = place / "every-mark" / file
    path.write_bytes(edit(path.read_bytes()))
    made = {p.name: p.read_bytes() for p in (place / "out" / "every-mark").iterdir()}
    got, said = run(place, "every-mark")
    where = f"every-mark/{file}:{position(path.read_bytes(), marker)}: "
    assert [line for line in said.splitlines() if f"error[{code}]" in line and line.startswith(where)], (where, said)
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
