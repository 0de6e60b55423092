"""A warm build says exactly what a cold one says: over every case directory, as it is and with faults put in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from edition import builder
from edition.engine import Memory
from edition.readers import READERS
from edition.store import Disk

from .conftest import ROOT
from .incremental import recipe

CASES = sorted({path.parent for path in (ROOT / "tests" / "cases").rglob("*") if path.is_file()})


def edition(case: Path, folder: Path) -> Path | None:
    """The case as an edition: as it is, or its texts under an edition.yaml of their own."""
    texts = [path for path in sorted(case.iterdir()) if path.suffix in READERS]
    if not (case / "edition.yaml").exists() and not texts:
        return None
    shutil.copytree(case, folder)
    if not (folder / "edition.yaml").exists():
        body = "".join(f'    - "./{path.name}"\n'.replace("./", "text/") for path in texts)
        (folder / "text").mkdir()
        for path in texts:
            (folder / path.name).rename(folder / "text" / path.name)
        (folder / "edition.yaml").write_text(f"title: x\nlanguage: en-GB\ncontents:\n  body:\n{body}")
    return folder


def said(folder: Path, store: Memory) -> builder.Made:
    with recipe(1, real=False) as versions:
        made = builder.make(folder, ["tei", "epub"], store=store, tool=versions)
    if isinstance(store, Disk):
        store.close()
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda path: str(path.relative_to(ROOT / "tests" / "cases")))
def test_warm_says_what_cold_says(case: Path, tmp_path: Path) -> None:
    folder = edition(case, tmp_path / "case")
    if folder is None:
        return
    (cache := tmp_path / "cache").mkdir()
    first = said(folder, Disk(cache, "s"))
    assert said(folder, Disk(cache, "s")).problems == first.problems == said(folder, Memory()).problems
    text = next((path for path in sorted((folder / "text").glob("*.*")) if path.suffix in (".md", ".txt")), None)
    for path, more in ((text, "\n\nSee [](#nothing-at-all).\n"), (folder / "edition.yaml", "nonsense: x\n")):
        if path is not None:
            path.write_bytes(path.read_bytes() + more.encode())
            warm, cold = said(folder, Disk(cache, "s")), said(folder, Memory())
            assert warm.problems == cold.problems
            assert said(folder, Disk(cache, "s")).problems == cold.problems
