"""Formats beside the reference: the reference's page numbers stand in the margin, where its pages begin."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

from edition import book, builder
from edition.words import words
from edition.writers.settle import spine

from . import outputs
from .print_fixture import sentences

MARGIN = 65  # points: the text of large print begins at 68 on versos and at 73.7 on rectos
CASE = Path(__file__).parent / "cases" / "notes" / "several-hands"


def read(pdf: bytes, how: str) -> str:
    command = [outputs.needs("pdftotext"), how, "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def test_large_print_bears_the_pages_of_the_reference_in_order_and_says_so(tmp_path: Path) -> None:
    import random

    folder = shutil.copytree(CASE, tmp_path / "several-hands")
    dice = random.Random(3)
    (folder / "text" / "two.md").write_text("# Two\n\n" + "\n\n".join(sentences(dice, 90) for _ in range(12)) + "\n")
    with (folder / "edition.yaml").open("a") as file:
        file.write("notes: {series: {e: editorial}}\npdf: {page: a5, also: [large-print]}\n")
    made = builder.make(folder, ("pdf",))
    assert [problem.text for problem in made.problems if problem.is_error] == []
    data = made.files["several-hands-large-print.pdf"]
    text = read(data, "-raw")
    pages = book.page_map_from(made.files["several-hands.pages.json"])
    own = [start.label for start in pages.starts if start.block and start.unit.startswith("text/two")]
    assert len(own) > 3
    words_ = re.findall(r'xMin="([\d.]+)"[^>]*>(\d+)</word>', read(data, "-bbox"))
    assert [label for left, label in words_ if float(left) < MARGIN and label in own] == own
    assert "Numbers in the margin are pages of the reference edition" in " ".join(text.split())
    assert len(words(text)) > 12 * 90 and json.loads(made.files["several-hands.pages.json"])


def test_the_spine_grows_with_the_book() -> None:
    assert [spine(330 * pages) for pages in (50, 149, 300, 450, 3000)] == [0, 0, 2, 3, 5]
