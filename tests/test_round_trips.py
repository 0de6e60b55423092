"""Round trips: the flagship's EPUB through pandoc to Word, HTML and Markdown, and back through our own readers.

What differs from the EPUB as we read it stands, with the reason (#), in cases/round-trips/FORMAT.txt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from edition import builder
from edition.readers import Reading, ReadOptions, read
from edition.verify.streams import of_reading
from edition.words import words
from edition.xml import Element, local

from .conftest import ROOT

CASES = Path(__file__).parent / "cases" / "round-trips"
FORMATS = {"docx": "docx", "html": "html", "markdown": "md"}
MOST = 12  # differences of a kind that are shown
KINDS = {
    "heads": ("head",), "emphasis": ("hi", "title"), "rows of tables": ("row",), "links": ("ref",),
}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = builder.make(ROOT / "sources" / "moscow-trials", ("epub",), jobs=2)
    path = tmp_path_factory.mktemp("round-trip") / "moscow-trials.epub"
    path.write_bytes(made.files["moscow-trials.epub"])
    return path


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_a_round_trip_loses_only_what_is_told(kind: str, book: Path) -> None:
    expected = (CASES / f"{kind}.txt").read_text(encoding="utf-8")
    assert "\n".join(differences(book, kind)) + "\n" == without_reasons(expected)


def without_reasons(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def differences(book: Path, kind: str) -> list[str]:
    """What a round trip through a format has changed."""
    pypandoc = pytest.importorskip("pypandoc")
    path = book.with_suffix(f".{FORMATS[kind]}")
    if not path.is_file():
        options = ["--standalone", "--wrap=none"] if kind != "docx" else []
        pypandoc.convert_file(str(book), kind, format="epub", outputfile=str(path), extra_args=options)
    first = read("text/book.epub", book.read_bytes(), ReadOptions("en-GB"))
    second = read(f"text/book.{FORMATS[kind]}", path.read_bytes(), ReadOptions("en-GB"))
    return [*_words(first, second), *_notes(first, second), *_elements(first, second)]


def _words(first: Reading, second: Reading) -> Iterator[str]:
    """Words of the text that are gone or changed; what the tool had made (numbers, pages, contents) may come in."""
    before, after = of_reading(first.tree).main, of_reading(second.tree).main
    found = [
        f"  after “{' '.join(before[max(0, a - 4) : a])}”: «{' '.join(before[a:b])}» became «{' '.join(after[c:d])}»"
        for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if what in ("delete", "replace")
    ]
    yield f"words: {len(found)} places changed"
    yield from (line[:200] for line in found[:MOST])


def _notes(first: Reading, second: Reading) -> Iterator[str]:
    before, after = ([" ".join(note) for note in of_reading(one.tree).notes] for one in (first, second))
    yield _lost("notes", before, after)


def _elements(first: Reading, second: Reading) -> Iterator[str]:
    for kind, names in KINDS.items():
        yield _lost(kind, _texts(first.tree, names), _texts(second.tree, names))


def _texts(tree: Element, names: tuple[str, ...]) -> list[str]:
    """The words of elements outside notes; those in notes go with the notes."""
    found = (element for element in tree.iter("{*}*") if local(element) in names)
    outside = (e for e in found if not any(local(above) == "note" for above in e.iterancestors()))
    return [" ".join(words("".join(_text(element)))) for element in outside]


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for kid in element:
        yield from () if local(kid) == "note" else (" ", *_text(kid), " ")
        yield kid.tail or ""


def _lost(kind: str, before: list[str], after: list[str]) -> str:
    """Whether any are gone; numbers that the tool put before a heading do not count."""
    bare = [text.lstrip("0123456789 ") if kind == "heads" else text for text in after]
    named = Counter(text for text in before if text)
    gone = named - (Counter(bare) | Counter(after))
    return f"{kind}: {'none' if not gone else 'all' if gone == named else 'some'} lost"
