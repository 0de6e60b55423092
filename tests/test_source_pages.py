"""`epub: {pages: source}`: the e-book has the pages of the books that its texts were taken from."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition import builder
from edition.builder import Made
from edition.readers.tei_elements import OUT
from edition.words import words
from edition.writers.source_pages import source_map

from . import outputs
from .corpus import edition, sources
from .epub_checkers import ace, epubcheck
from .test_page_list import MARKER

TEI = "{http://www.tei-c.org/ns/1.0}"
YAML = """
id: letters
title: Letters
language: en-GB
creators: [{name: A. Writer}]
contents:
  body: [text/preface.md, text/one.md, text/two.md]
  back: [index]
epub: {pages: source}
"""
PREFACE = "# Preface {#preface}\n\nMr [Duval]{person=duval} lived, as [](#meeting) tells. See also [](#preface).\n"
ONE = """# []{pb=iv}The meeting {#meeting}

Nobody came. []{pb=1}Then [Duval]{person=duval}[^1] came un[]{pb=2}expectedly.

[Duval]{person=duval} left.[]{pb=3}

[^1]: A man of means, []{pb="1a"}of whom we know nothing.

# The parting

It rained. [Duval]{person=duval} stood outside.
"""
TWO = "# Later\n\nSome time went by.\n\n[]{pb=9}[Duval]{person=duval} was gone.\n"


def made(folder: Path, **files: str) -> Made:
    (folder / "text").mkdir()
    yaml = files.pop("yaml", YAML)
    texts = {"preface": PREFACE, "one": ONE, "two": TWO, **files}
    for name, text in texts.items():
        (folder / "text" / f"{name}.md").write_text(text)
    (folder / "edition.yaml").write_text(yaml)
    (folder / "people.yaml").write_text("duval: {name: Duval}\n")
    return builder.make(folder, ("epub",))


def pages(built: Made) -> list[str]:
    return [str(text) for text in nav(built).xpath("//*[@role='doc-pagelist']//*[local-name()='a']/text()")]


def nav(built: Made) -> Any:
    return etree.fromstring(outputs.opened(built.files["letters.epub"]).files["EPUB/text/nav.xhtml"])


def behind(data: bytes) -> dict[str, list[str]]:
    """Label -> the words of the text that follow its mark."""
    documents = outputs.opened(data).documents.values()
    texts = "\n".join(spoken(document.find(f"{outputs.XHTML}body")) for document in documents)
    pieces = MARKER.split(texts)
    return {label: words(text) for label, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def spoken(element: Any) -> str:
    """The text without what the tool made, with each page's label between two zeros."""
    if element.get("role") == "doc-pagebreak":
        return f"\x00{element.get('aria-label')}\x00"
    inner = element.text or ""
    for kid in element:
        if "data-made" not in kid.attrib:
            inner += f"\n{spoken(kid)}\n" if kid.tag.removeprefix(outputs.XHTML) in outputs.BLOCK else spoken(kid)
        inner += kid.tail or ""
    return inner


def index(built: Made) -> str:
    document = outputs.opened(built.files["letters.epub"]).documents["index.xhtml"]
    return " ".join("".join(document.find(f".//{outputs.XHTML}li").itertext()).split())


def test_pages_begin_where_the_sources_say(tmp_path: Path) -> None:
    built = made(tmp_path)
    assert built.problems == []
    assert pages(built) == ["iv", "1", "1a", "2", "3", "9"]
    text = behind(built.files["letters.epub"])
    first = {label: " ".join(said[:2]) for label, said in text.items()}
    assert first["iv"] == "The meeting"  # a page that opens a chapter stands before its heading
    assert first["1"] == "Then Duval"
    assert first["1a"] == "came unexpectedly"  # in a note: where the note is called
    assert first["2"] == "Duval left"  # in a word: at the next
    assert first["3"] == "The parting"  # behind the last word: before the next chapter
    assert first["9"] == "Duval was"


def test_the_index_gives_pages_and_where_there_is_none_paragraphs(tmp_path: Path) -> None:
    assert index(made(tmp_path)) == "Duval 1, 2–3, 9, 1.1"


def test_a_reference_says_no_page_of_what_is_on_none(tmp_path: Path) -> None:
    document = outputs.opened(made(tmp_path).files["letters.epub"]).documents["preface.xhtml"]
    text = " ".join("".join(document.itertext()).split())
    assert "as chapter 2, p. iv tells. See also chapter 1." in text.replace("\u00a0", " ")


def test_whose_pages_they_are_is_said(tmp_path: Path) -> None:
    built = made(tmp_path, yaml=YAML.replace("text/one.md", "{file: text/one.md, source: 'Letters, London 1850'}"))
    package = outputs.opened(built.files["letters.epub"]).package
    assert package.xpath("//*[@property='pageBreakSource']/text()") == ["Letters, London 1850"]
    said = etree.tostring(nav(built), encoding="unicode")
    assert "Pages of the source" in said and "print edition" not in said


def test_they_can_be_kept_beside_those_of_print(tmp_path: Path) -> None:
    both = YAML.replace("{pages: source}", "{pages: print, source_pages: true}")
    built = made(tmp_path, yaml=both)
    document = outputs.opened(built.files["letters.epub"]).documents["meeting.xhtml"]
    text = "".join(document.find(f"{outputs.XHTML}body").itertext())
    assert "[iv]The meeting" in text and "came un[2]expectedly." in text
    assert pages(built)[:2] == ["1", "2"]
    assert "came unexpectedly" in spoken(document)


def test_a_file_that_counts_anew_is_another_volume(tmp_path: Path) -> None:
    built = made(tmp_path, two=TWO.replace("pb=9", "pb=2"))
    assert built.problems == []
    assert pages(built) == ["1:iv", "1:1", "1:1a", "1:2", "1:3", "2:2"]
    assert index(built) == "Duval 1:1, 1:2–1:3, 2:2, 1.1"


def test_a_page_twice_in_one_file_is_told_and_left_out(tmp_path: Path) -> None:
    built = made(tmp_path, two=TWO + "\nIt []{pb=9}was late.\n")
    assert [(p.code, p.place.file, p.is_error) for p in built.problems] == [("source-page-twice", "text/two.md", False)]
    assert pages(built)[-2:] == ["3", "9"]


def test_sources_without_pages_are_told(tmp_path: Path) -> None:
    plain = {name: re.sub(r"\[\]\{pb=[^}]*\}", "", text) for name, text in (("one", ONE), ("two", TWO))}
    built = made(tmp_path, **plain)
    assert [(p.code, p.place.file) for p in built.problems] == [("source-pages-none", "edition.yaml")]
    assert pages(built) == []
    assert index(built).startswith("Duval 1.1, 2.1")


def test_epubcheck_and_ace_have_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "book.epub").write_bytes(made(tmp_path / "one").files["letters.epub"])
    assert epubcheck(tmp_path / "book.epub") == []
    assert ace(tmp_path / "book.epub", tmp_path / "ace") == []


# --- real books


def letters_behind(root: Any) -> dict[str, str]:
    """By a way of its own: label of each page of a TEI -> the letters of the text that follow."""
    found: dict[str, str] = {}
    label = ""

    def walk(element: Any) -> None:
        nonlocal label
        name = element.tag.removeprefix(TEI) if isinstance(element.tag, str) else ""
        if name == "pb" and element.get("n"):
            label = element.get("n")
            found[label] = ""
        if name and name not in (*OUT, "note", "teiHeader"):
            found[label] = found.get(label, "") + (element.text or "")
            for kid in element:
                walk(kid)
        found[label] = found.get(label, "") + (element.tail or "")

    walk(root)
    return {label: "".join("".join(words(text)).split()) for label, text in found.items() if label}


@pytest.mark.parametrize(
    "name",
    [
        "werner-der-vierundzwanzigste-februar.xml",
        "SRP18980_LazaL_Svabica.xml",
        pytest.param("ENG18980_BaringGould.xml", marks=pytest.mark.slow),
    ],
)
def test_the_pages_of_a_book(name: str, tmp_path: Path) -> None:
    [source] = sources(name)
    built = builder.make(edition(source, tmp_path / "edition", "source"), ("epub",))
    assert not [problem for problem in built.problems if problem.is_error]
    got = behind(next(data for file, data in built.files.items() if file.endswith(".epub")))
    expected = letters_behind(etree.parse(source.path).getroot())
    assert list(got) == list(expected)
    for label, said in got.items():
        here = "".join(said)[:12]
        assert here in expected[label][:40], (label, said[:8], expected[label][:40])


# --- the map


STARTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=4), max_size=4)


@given(st.lists(STARTS, max_size=4))
def test_every_label_is_of_one_page_and_no_id_is_before_its_page(files: list[list[list[str]]]) -> None:
    units = [
        (f"{n}.md", f"{n}.md#{k}", {"starts": [(label, f"b{n}{k}", w) for w, label in enumerate(unit)],
                                    "ids": {f"i{n}{k}{w}": w - 1 for w in range(len(unit) + 1)}})
        for n, file in enumerate(files)
        for k, unit in enumerate(file)
    ]  # fmt: skip
    found, repeated = source_map(units)
    assert len(set(found.labels)) == len(found.labels)
    assert len(found.labels) + len(repeated) == sum(len(unit) for file in files for unit in file)
    for name, page in found.ids.items():
        start = found.starts[page]
        assert start.unit.partition("#")[0] == f"{name[1]}.md"
        assert (start.unit.partition("#")[2], start.word) <= (
            name[2],
            int(name[3:]) - 1 if start.unit[-1] == name[2] else 99,
        )
