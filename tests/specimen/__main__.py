"""A specimen of the house's pages: verse, drama, letters, tables, figures and a novel of ../shared/corpus as one book.

`python -m tests.specimen OUT` writes the book and says what the proof-reader marks, or that there is no ../shared.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from edition import book, builder
from edition.verify.proof import check_pages

CORPUS = Path(__file__).parent.parent.parent.parent / "shared" / "corpus"
# The file of the corpus, and what it shows.
TEXTS = (
    "disco-sonnets/disco032g.xml",  # verse
    "gerdracor/werner-der-vierundzwanzigste-februar.xml",  # drama in verse
    "schnitzler-briefe/L00060.xml",  # a letter, a table
)


def edition(folder: Path) -> Path:
    """The folder of the specimen edition."""
    shutil.copytree(Path(__file__).parent / "book", folder, dirs_exist_ok=True)
    for text in TEXTS:
        target = folder / "text" / Path(text).with_suffix(".xml").name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(CORPUS / text, target)
    return folder


def main(out: Path) -> int:
    if not CORPUS.is_dir():
        print(f"specimen: skipped, there is no {CORPUS}")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        made = builder.make(edition(Path(temporary) / "specimen"), ("pdf",))
    errors = [problem for problem in made.problems if problem.is_error]
    for problem in errors:
        print(f"{problem.place.file}:{problem.place.line}: {problem.code}: {problem.text}")
    out.mkdir(parents=True, exist_ok=True)
    for name, data in made.files.items():
        (out / name).write_bytes(data)
        print(out / name)
    if not errors:
        pages = book.page_map_from(made.files["specimen.pages.json"])
        marks = check_pages(made.files["specimen.pdf"], pages)
        print(
            f"{len(pages.labels)} pages;",
            ", ".join(f"{code} {n}" for code, n in sorted(Counter(m.code for m in marks).items())),
        )
        for mark in marks:
            print(f"  {mark.text}")
    return bool(errors)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
