"""What the store holds after a build, and what the next build then does."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from edition import builder
from edition.builder import Made
from edition.engine import digest
from edition.passes import lockfile
from edition.store import Disk

from .conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", tmp_path / "every-mark")
    (tmp_path / "every-mark" / lockfile.NAME).unlink(missing_ok=True)
    (tmp_path / "cache").mkdir()
    return tmp_path / "every-mark"


def built(folder: Path) -> Made:
    """A build of TEI and EPUB on the store beside the edition; the lock is written, as the command line does it."""
    with closing(Disk(folder.parent / "cache", "s")) as store:
        made = builder.make(folder, ["tei", "epub"], store=store)
    assert made.lock is not None
    (folder / lockfile.NAME).write_bytes(made.lock)
    return made


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "text" / "one.md"
    path.write_text(path.read_text().replace(old, new, 1))


def values(folder: Path) -> set[str]:
    cache = folder.parent / "cache"
    with sqlite3.connect(cache / "traces.sqlite") as db:
        return {*os.listdir(cache / "blobs"), *(name for (name,) in db.execute("SELECT name FROM small"))}


def test_outputs_are_made_again_of_what_is_kept_and_not_kept_beside_it(folder: Path) -> None:
    first = built(folder)
    outputs = [first.files["every-mark.tei.xml"], first.files["every-mark.epub"], first.lock or b""]
    assert not {*map(digest, outputs)} & values(folder)
    second = built(folder)
    assert second.files == first.files and second.lock == first.lock
    assert {rule for rule, *_ in second.why} <= {"tei", "epub", "lock"}


@pytest.mark.parametrize(
    ("old", "new"), [("from Lyon", "from Dijon"), ("from Lyon", "from Lyon\n\nA paragraph of its own.\n\n")]
)
def test_after_a_build_that_gave_ids_an_edit_asks_of_its_own_source_only(folder: Path, old: str, new: str) -> None:
    built(folder)
    edit(folder, old, new)
    made = built(folder)
    assert {key[1] for key in made.why if key[0] == "held"} == {"text/one.md"}
    edit(folder, "Dijon", "Lyon")
    assert {key[1] for key in built(folder).why if key[0] == "held"} <= {"text/one.md"}


def test_an_edit_of_a_text_imports_only_what_reads_and_writes_texts(folder: Path) -> None:
    said = folder / "edition.yaml"
    said.write_text(said.read_text().replace("pages: print", "pages: none"))
    built(folder)
    edit(folder, "from Lyon", "from Dijon")
    code = (
        "import sys; from pathlib import Path; from edition import builder; from edition.store import Disk\n"
        f"store = Disk(Path({str(folder.parent / 'cache')!r}), 's')\n"
        f"made = builder.make(Path({str(folder)!r}), ['tei', 'epub'], store=store); store.close()\n"
        "assert made.files and made.why\n"
        "print(sorted({'weasyprint', 'pydantic', 'yaml', 'ebooklib', 'PIL', 'fontTools', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "[]\n", done.stderr
