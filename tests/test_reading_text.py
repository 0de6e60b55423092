"""The reading text: one decision for e-book, print, words and names; TEI keeps what is not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition import builder
from edition.book import Omission
from edition.passes import reading
from edition.verify.streams import of_reading, of_tei
from edition.words import words
from edition.xml import Element, all_named, parse

from . import outputs

NS = ' xmlns="http://www.tei-c.org/ns/1.0"'
BODY = (
    f'<div{NS}><p xml:id="p">He <choice><sic>raed</sic><corr>read</corr></choice> '
    "<choice><orig>ye</orig><reg>the</reg></choice> <choice><abbr>Dr</abbr><expan>Doctor</expan></choice> "
    "<subst><del>old</del><add>new</add></subst> <app><lem>book</lem><rdg>boke</rdg></app>"
    "<surplus> book</surplus>.</p></div>"
)
TEI = f"<TEI{NS}><teiHeader/><text><body>{BODY.replace(NS, '')}</body></text></TEI>"


def read(mode: str) -> Element:
    tree = parse(BODY.encode())
    reading.choose(tree, mode)
    return tree


@pytest.mark.parametrize(
    ("mode", "text"),
    [("normalised", "He read the Doctor new book"), ("source", "He raed ye Dr new book book")],
)
def test_what_is_read(mode: str, text: str) -> None:
    assert of_reading(read(mode)).main == text.split()


def test_declared_omissions() -> None:
    assert reading.omissions(read("normalised")) == (
        Omission("p", "raed", "sic"), Omission("p", "ye", "orig"), Omission("p", "Dr", "abbr"),
        Omission("p", "old", "del"), Omission("p", "boke", "rdg"), Omission("p", "book", "surplus"),
    )  # fmt: skip
    assert [one.text for one in reading.omissions(read("source"))] == ["read", "the", "Doctor", "old", "boke"]


def test_words_read_and_left_out_are_all_there_are() -> None:
    for mode in ("normalised", "source"):
        tree = read(mode)
        left = [word for one in reading.omissions(tree) for word in words(one.text)]
        assert sorted([*of_reading(tree).main, *left]) == sorted(words(" ".join(tree.itertext())))


@pytest.mark.parametrize("mode", ["normalised", "source"])
def test_every_output_reads_the_same_and_tei_keeps_all(mode: str, tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "one.xml").write_text(TEI, encoding="utf-8")
    config = "id: book\ntitle: A\nlanguage: en-GB\ncontents: {body: [text/one.xml]}\nepub: {pages: none}\n"
    config += f"reading: {mode}\n"
    (tmp_path / "edition.yaml").write_text(config, encoding="utf-8")
    made = builder.make(tmp_path, ["tei", "epub"], 1)
    assert [p for p in made.problems if p.is_error] == []
    root = parse(made.files["book.tei.xml"])
    assert len(list(all_named(root, "choice"))) == 3 and len(list(all_named(root, "surplus", "del", "rdg"))) == 3
    (unit,) = of_tei(root)
    expected = of_reading(read(mode)).main
    assert unit.main == expected
    book = outputs.opened(made.files["book.epub"])
    assert outputs.epub_words(book, f"{unit.name}.xhtml", made=False) == expected
