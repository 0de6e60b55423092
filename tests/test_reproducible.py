"""Same sources, same bytes: in another folder, time zone and locale, with another hash seed, by one process or two."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from edition import builder

from .conftest import ROOT, Built


def built_elsewhere(folder: Path, out: Path, jobs: int = 2, **environment: str) -> dict[str, bytes]:
    """The outputs of the command line in a process of its own."""
    command = [sys.executable, "-m", "edition", "build", str(folder), "--to", "tei,epub,pdf"]
    command += ["--out", str(out), "-j", str(jobs)]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, cwd=out.parent)
    assert done.returncode == 0, done.stderr
    made = out / builder.check(folder, pages=False).id
    return {path.name: path.read_bytes() for path in made.iterdir() if path.name != "manifest.json"}


def test_same_bytes_elsewhere(built: Built, tmp_path: Path) -> None:
    folder = tmp_path / "an other folder" / built.folder.name
    shutil.copytree(built.folder, folder)
    other = {"TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "42", "HOME": str(tmp_path)}
    made = built_elsewhere(folder, tmp_path / "out put", **other)
    assert sorted(made) == sorted(built.made.files)
    assert [name for name, data in made.items() if data != built.made.files[name]] == []


def test_same_bytes_by_eight_processes_and_warm_by_one(tmp_path: Path) -> None:
    """The second build takes values that processes with another hash seed have left in the store."""
    folder = tmp_path / "every-mark"
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", folder)
    expected = builder.make(folder, ("tei", "epub", "pdf")).files
    store = {"EDITION_CACHE": str(tmp_path / "store")}
    assert built_elsewhere(folder, tmp_path / "cold", 8, PYTHONHASHSEED="1", **store) == expected
    text = folder / "text" / "one.md"
    text.write_text(text.read_text().replace("nine", "ten"))
    expected = builder.make(folder, ("tei", "epub", "pdf")).files
    assert built_elsewhere(folder, tmp_path / "warm", 1, PYTHONHASHSEED="2", **store) == expected


def test_the_epoch_is_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    made = builder.make(ROOT / "tests" / "cases" / "every-mark", ["epub"])
    assert b"1970-01-02T00:00:00Z" in _opf(made.files["every-mark.epub"])
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    made = builder.make(ROOT / "tests" / "cases" / "every-mark", ["epub"])
    assert b"2026-01-01T00:00:00Z" in _opf(made.files["every-mark.epub"])


def _opf(epub: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return archive.read("EPUB/content.opf")


def test_warm_is_cold(tmp_path: Path) -> None:
    """After edits, a build from the traces of the one before gives the bytes and the problems of a clean build."""
    from edition.engine import Memory

    folder = tmp_path / "every-mark"
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", folder)
    store = Memory()
    text, people = folder / "text" / "one.md", folder / "people.yaml"
    edits = [
        (text, lambda s: s.replace("nine", "ten").replace("winter had", "winter had not")),
        (text, lambda s: "\n\n" + s),
        (people, lambda s: s.replace("about: a widow", "about: the widow")),
        (text, lambda s: s.replace("# To a friend", "# To a friend in Leeds")),
        (text, lambda s: s.replace("[above](#to-a-friend)", "[above](#to-a-fiend)")),
        (text, lambda s: s.replace("[above](#to-a-fiend)", "[above](#quay)")),
    ]
    builder.make(folder, store=store)
    for path, edit in edits:
        path.write_text(edit(path.read_text()))
        warm, cold = builder.make(folder, store=store), builder.make(folder)
        assert warm.files == cold.files
        assert warm.problems == cold.problems
