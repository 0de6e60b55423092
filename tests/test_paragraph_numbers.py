"""Paragraphs numbered on request: one number in TEI, e-book and print, the one that locators without pages say."""

import io
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from edition import builder
from edition.verify.tagged import painted, structure
from edition.xml import ID, TEI, parse

from . import outputs

TEXT = """# The quay {#ch-quay}

The first paragraph has a note.[^one]

> A quotation, of the second's own.
>
> It has two paragraphs.

- A point.
- Another point.

| verse, a line
| and a second line

{#p-last}
The last paragraph ends it.

[^one]: A note is no paragraph of the chapter.
"""
EDITION = """title: Numbers
language: en
contents: {{front: [], body: [text/one.md], back: []}}
paragraph_numbers: true
epub: {{pages: none, paragraph_numbers: {shown}}}
"""


def made(folder: Path, shown: str = "true") -> dict[str, bytes]:
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "one.md").write_text(TEXT, encoding="utf-8")
    (folder / "edition.yaml").write_text(EDITION.format(shown=shown), encoding="utf-8")
    built = builder.make(folder, ["tei", "epub", "pdf"])
    assert [p for p in built.problems if p.severity != "info"] == []
    return {name.partition(".")[2]: data for name, data in built.files.items()}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return made(tmp_path_factory.mktemp("numbers") / "book")


def of_tei(files: dict[str, bytes]) -> dict[str, str]:
    """Id of a paragraph -> its number."""
    text = parse(files["tei.xml"]).find(f"{{{TEI}}}text")
    assert text is not None
    tags = [f"{{{TEI}}}{name}" for name in ("p", "lg", "item", "ab")]
    return {each.get(ID, ""): each.get("n", "") for each in text.iter(*tags) if each.get("n")}


def test_tei_counts_what_the_locators_count(files: dict[str, bytes]) -> None:
    assert list(of_tei(files).values()) == [str(n) for n in range(1, len(of_tei(files)) + 1)]
    assert of_tei(files)["p-last"] == "5"


def test_the_e_book_links_each_number_to_its_paragraph(files: dict[str, bytes]) -> None:
    book = outputs.opened(files["epub"])
    links = book.documents["ch-quay.xhtml"].findall(f".//{outputs.XHTML}a[@class='paragraph-number']")
    assert {link.get("href", "")[1:]: link.text for link in links} == of_tei(files)
    assert [link.get("aria-label") for link in links] == [f"paragraph\u00a0{link.text}" for link in links]


def test_the_e_book_can_leave_them_out_and_loses_no_word(files: dict[str, bytes], tmp_path: Path) -> None:
    with_, without = (outputs.opened(each["epub"]) for each in (files, made(tmp_path / "book", shown="false")))
    assert b"paragraph-number" not in etree.tostring(without.documents["ch-quay.xhtml"])
    words = [outputs.epub_words(book, "ch-quay.xhtml", made=False) for book in (with_, without)]
    assert words[0] == words[1] and words[0]


def test_print_has_each_in_its_paragraph_and_a_destination_for_it(files: dict[str, bytes]) -> None:
    pdf = pikepdf.open(io.BytesIO(files["pdf"]))
    names = set(pikepdf.NameTree(pdf.Root.Names.Dests))
    assert set(of_tei(files)) <= names
    top = structure(pdf, painted(pdf))
    assert top is not None
    said = [tag.text() for tag in top.all() if tag.kind in ("P", "LBody")]
    for number, first in (("1", "The first"), ("5", "The last")):
        assert any(text.startswith(f"{number} {first}") for text in said), said
