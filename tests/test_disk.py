"""The door to files: what may be read, how outputs are written, who may write."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from edition import disk
from edition.problems import Place

HERE = Place("edition.yaml", 3, 7)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """sources/book with a text, sources/shared beside it, and a secret above both."""
    book = tmp_path / "sources" / "book"
    (book / "text").mkdir(parents=True)
    (book / "text" / "01-preface.md").write_bytes(b"preface")
    (tmp_path / "sources" / "shared").mkdir()
    (tmp_path / "sources" / "shared" / "people.yaml").write_bytes(b"people")
    (tmp_path / "secret").write_bytes(b"secret")
    return book


# --- reading


@pytest.mark.parametrize(("name", "data"), [("text/01-preface.md", b"preface"), ("../shared/people.yaml", b"people")])
def test_an_edition_reads_its_own_files_and_those_beside_it(sources: Path, name: str, data: bytes) -> None:
    root = disk.edition_root(sources)
    assert root.read(name) == data
    assert root.check(name, HERE) is None


@pytest.mark.parametrize("name", ["../../secret", "/etc/passwd", "text/../../../secret", "../../sources-2/x", "../.."])
def test_nothing_above_is_read(sources: Path, name: str) -> None:
    (sources.parents[1] / "sources-2").mkdir()
    (sources.parents[1] / "sources-2" / "x").write_bytes(b"a neighbour whose name begins alike")
    root = disk.edition_root(sources)
    assert root.read(name) is None
    problem = root.check(name, HERE)
    assert problem is not None and (problem.code, problem.place) == ("path-outside", HERE)


def test_an_absolute_path_is_refused_even_within_the_folder(sources: Path) -> None:
    problem = disk.edition_root(sources).check(str(sources / "text" / "01-preface.md"), HERE)
    assert problem is not None and problem.code == "path-outside"


def test_links_are_judged_by_where_they_lead(sources: Path) -> None:
    (sources / "in.md").symlink_to(sources / "text" / "01-preface.md")
    (sources / "out.md").symlink_to(sources.parents[1] / "secret")
    (sources / "up").symlink_to(sources.parents[1])
    (sources / "round.md").symlink_to("round.md")
    root = disk.edition_root(sources)
    assert root.read("in.md") == b"preface"
    assert [root.read(name) for name in ("out.md", "up/secret", "round.md")] == [None, None, None]
    codes = [p.code for name in ("out.md", "up/secret", "round.md") if (p := root.check(name, HERE))]
    assert codes == ["path-outside", "path-outside", "file-unreadable"]


def test_a_root_without_parent_reads_its_own_folder_only(sources: Path) -> None:
    root = disk.Root(sources)
    assert root.read("text/01-preface.md") == b"preface"
    assert root.read("../shared/people.yaml") is None


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("text/01-prefase.md", "did you mean “01-preface.md”?"),
        ("text/99.docx", ""),
        ("texts/01.md", "there is no folder “texts” either"),
        ("text\\01-preface.md", "write “/” between folder and file"),
        ("text/01-preface.md/x", "there is no folder “text/01-preface.md” either"),
        ("nul\0.md", ""),
        ("half\ud800.md", ""),
    ],
)
def test_a_missing_file_is_told_from_a_misspelled_one(sources: Path, name: str, hint: str) -> None:
    root = disk.edition_root(sources)
    problem = root.check(name, HERE)
    assert root.read(name) is None
    assert problem is not None and (problem.code, problem.hint) == ("file-missing", hint)


def test_folders_and_pipes_are_not_read(sources: Path) -> None:
    os.mkfifo(sources / "pipe.md")
    root = disk.edition_root(sources)
    for name in ("text", "pipe.md", ""):
        problem = root.check(name, HERE)
        assert root.read(name) is None
        assert problem is not None and problem.code == "file-unreadable"


def test_a_file_beyond_the_bound_is_refused(sources: Path) -> None:
    with (sources / "huge.txt").open("wb") as file:
        file.truncate(disk.MAX_BYTES + 1)
    with (sources / "just.txt").open("wb") as file:
        file.truncate(disk.MAX_BYTES)
    root = disk.edition_root(sources)
    problem = root.check("huge.txt", HERE)
    assert root.read("huge.txt") is None
    assert problem is not None and (problem.code, problem.text) == ("file-too-large", "“huge.txt” has more than 64 MiB")
    assert root.check("just.txt", HERE) is None


# --- writing


def contents(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_files_are_written_with_plain_rights(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        disk.write_all(tmp_path / "out" / "book", {"a.pdf": b"1", "text/b.md": b"2"})
    finally:
        os.umask(before)
    assert contents(tmp_path / "out" / "book") == {"a.pdf": b"1", "text/b.md": b"2"}
    assert (tmp_path / "out" / "book" / "a.pdf").stat().st_mode & 0o777 == 0o640


def test_a_disk_that_fills_up_leaves_the_old_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk.write_all(tmp_path, {"a": b"old a", "b": b"old b"})
    written: list[int] = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as raised:
        disk.write_all(tmp_path, {"a": b"new a", "b": b"new b", "c": b"new c"})
    assert raised.value.filename == str(tmp_path)
    assert contents(tmp_path) == {"a": b"old a", "b": b"old b"}


def test_an_interrupt_while_writing_leaves_the_old_outputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk.write_all(tmp_path, {"a": b"old"})

    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        disk.write_all(tmp_path, {"a": b"new"})
    assert contents(tmp_path) == {"a": b"old"}


def test_a_limit_of_the_system_leaves_the_old_outputs(tmp_path: Path) -> None:
    disk.write_all(tmp_path, {"a": b"old a", "b": b"old b"})
    code = (
        "import resource, sys; from pathlib import Path; from edition import disk\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: disk.write_all(Path(sys.argv[1]), {'a': b'new', 'b': b'x' * 2000})\n"
        "except OSError as error: print(error.strerror)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "File too large\n"
    assert contents(tmp_path) == {"a": b"old a", "b": b"old b"}


def test_a_folder_in_the_way_of_an_output_changes_nothing(tmp_path: Path) -> None:
    disk.write_all(tmp_path, {"a": b"old"})
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        disk.write_all(tmp_path, {"a": b"new", "b": b"new"})
    assert contents(tmp_path) == {"a": b"old"}


def test_what_a_killed_build_left_is_written_over_and_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / ".a.part").symlink_to(tmp_path / "victim")
    disk.write_all(tmp_path, {"a": b"new"})
    assert contents(tmp_path) == {"a": b"new", "victim": b"mine"}


@pytest.mark.parametrize("name", ["../a", "/tmp/a", "", "x/../../a"])
def test_outputs_stay_in_their_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name within a folder"):
        disk.write_all(tmp_path / "out", {name: b""})


def test_only_plain_names_are_removed(tmp_path: Path) -> None:
    disk.write_all(tmp_path, {"a": b"", "out/b": b"", "out/c": b""})
    gone = disk.remove_all(tmp_path / "out", ["../a", "b", "never", "", ".", ".."])
    assert gone == ["b"]
    assert list(contents(tmp_path)) == ["a", "out/c"]


# --- locks


def test_a_second_build_waits_and_then_fails(tmp_path: Path) -> None:
    said: list[str] = []
    with disk.locked(tmp_path, "book"):
        with pytest.raises(disk.Busy, match="did not finish within 0 s"), disk.locked(tmp_path, "book", said.append, 0):
            pytest.fail("two builds hold one lock")
        with disk.locked(tmp_path, "other", said.append, 0):
            pass
    assert said == [
        f"another build (process {os.getpid()} on {os.uname().nodename}) is writing to {tmp_path}; waiting for it"
    ]
    with disk.locked(tmp_path, "book", wait=0):
        pass
    assert contents(tmp_path) == {}


def test_a_lock_is_released_by_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), disk.locked(tmp_path, "book"):
        raise KeyError
    with disk.locked(tmp_path, "book", wait=0):
        pass


def test_a_killed_build_leaves_nothing_to_wait_for(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from edition import disk\n"
        "with disk.locked(Path(sys.argv[1]), 'book'): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / ".book.lock").exists()
    with disk.locked(tmp_path, "book", wait=0):
        pass


# --- the tool's own files


def test_the_digest_of_a_tree_sees_names_bytes_and_nothing_else(tmp_path: Path) -> None:
    def digest_of(files: dict[str, bytes]) -> str:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        disk.write_all(folder, files)
        return disk.tree_digest(folder, ".py")

    first = digest_of({"a.py": b"1", "b/c.py": b"2"})
    assert first == digest_of({"b/c.py": b"2", "a.py": b"1", "notes.txt": b"", "__pycache__/x.py": b""})
    others = [
        {"a.py": b"12", "b/c.py": b""},
        {"a.py": b"1", "b/d.py": b"2"},
        {"a.py": b"1"},
        {"a.py": b"1", "b.py": b"2"},
    ]
    assert first not in {digest_of(files) for files in others}
    assert digest_of({"a.py": b"1", "b.py": b"2"}) != digest_of({"a.py": b"1b.py\x002"})


def test_styles_and_fonts_are_found() -> None:
    assert (disk.styles_folder() / "fonts.sha256").is_file()


def test_editions_are_found_by_their_edition_yaml(tmp_path: Path) -> None:
    disk.write_all(tmp_path, {"sources/b/edition.yaml": b"", "sources/a/edition.yaml": b"", "sources/c/x.md": b""})
    assert disk.edition_folders(tmp_path) == [tmp_path / "sources" / "a", tmp_path / "sources" / "b"]
    assert disk.edition_folders(tmp_path / "sources" / "a") == [tmp_path / "sources" / "a"]
    assert disk.edition_folders(tmp_path / "sources") == []
