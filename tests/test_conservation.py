"""No word lost: source, TEI, EPUB and PDF have the same words, in every unit and every note, for real editions."""

import re
from collections import Counter
from html import unescape
from pathlib import Path
from zipfile import ZipFile

import pytest

from edition.passes import questions
from edition.readers import ReadOptions, read
from edition.verify.streams import Streams, differences, merged, of_reading, of_tei
from edition.words import words
from edition.xml import parse

from . import outputs
from .conftest import Built


def tei(built: Built) -> list[Streams]:
    return of_tei(parse(built.file("tei.xml").read_bytes()))


def sources(built: Built) -> list[Path]:
    return sorted((built.folder / "text").iterdir())


def raw_words(path: Path) -> list[str]:
    """The words of a source file by a way of its own: the bytes, less what is markup (nothing in a plain text)."""
    if path.suffix == ".docx":
        with ZipFile(path) as word:
            runs = [word.read(f"word/{part}.xml").decode() for part in ("document", "footnotes")]
        text = "".join(re.findall(r"<w:t[ >][^<]*</w:t>|</w:p>", "".join(runs)))
        return words(unescape(re.sub(r"<[^>]*>", "", text.replace("</w:p>", " "))))
    text = re.sub(r"^ *:::.*$", "", path.read_text(encoding="utf-8"), flags=re.M)
    if path.suffix in (".xml", ".html"):
        body = re.search(r"<body>.*</body>", text, flags=re.S)
        assert body is not None
        text = re.sub(r"<sup><a [^>]*>\d+</a></sup>", "", body[0])
        text = re.sub(r"</?(?:p|h\d|li|td|th|head|item|cell|note)\b[^>]*>", " ", text)
        text = unescape(re.sub(r"<[^>]*>", "", text))
    if path.suffix == ".md":
        text = re.sub(r"^\[\^([^\]]+)\]:", "", text, flags=re.M)
        text = re.sub(r"\[\^[^\]]+\]", "", text)
        text = re.sub(r"\[@[^\]]*\]", "", text)  # a citation: its words are the bibliography's
        text = re.sub(r"\]\(#[^)]*\)", "]", text)
        text = re.sub(r"\{[^}\n]*\}", "", text)
        text = re.sub(r"^\d+\. ", "", text, flags=re.M)
        text = text.replace("*", "")
    return words(text)


def test_a_build_has_no_complaint(built: Built) -> None:
    assert [p for p in built.made.problems if p.severity != "info"] == []


def test_sources_are_read_whole(built: Built) -> None:
    for path in sources(built):
        reading = of_reading(read(path.name, path.read_bytes(), ReadOptions("en", title="")).tree)
        assert sorted([*reading.main, *(word for note in reading.notes for word in note)]) == sorted(raw_words(path)), (
            path.name
        )


def test_tei_has_the_words_of_the_sources(built: Built) -> None:
    found = {words_of(unit): unit for unit in tei(built)}
    for path in sources(built):
        tree = read(path.name, path.read_bytes(), ReadOptions("en", title="The page")).tree
        questions.drop_answers(tree)  # only a leader's edition has them
        reading = of_reading(tree)
        assert words_of(reading) in found, differences(reading.main, merged(tei(built)).main)[:3]


def letters(found: list[str]) -> Counter[str]:
    return Counter("".join(found))


def words_of(unit: Streams) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    return tuple(unit.main), tuple(tuple(note) for note in unit.notes)


def test_epub_has_the_words_of_tei(built: Built) -> None:
    book = outputs.opened(built.file("epub").read_bytes())
    notes = list(outputs.epub_notes(book, made=False).values())
    for unit in tei(built):
        assert differences(unit.main, outputs.epub_words(book, f"{unit.name}.xhtml", made=False)) == []
        assert notes[: len(unit.notes)] == unit.notes
        del notes[: len(unit.notes)]
    assert notes == []


def unit_pages(built: Built) -> dict[str, list[outputs.Page]]:
    """Pages of print by the unit they belong to: the key is the id of its section."""
    import json

    starts = json.loads(built.file("pages.json").read_bytes())["starts"]
    pages = outputs.printed(built.file("pdf"))
    assert len(pages) == len(starts)
    found: dict[str, list[outputs.Page]] = {}
    for start, page in zip(starts, pages, strict=True):
        found.setdefault(start["unit"], []).append(page)
    return found


def test_pdf_has_the_words_of_epub_those_that_the_tool_made_too(built: Built) -> None:
    """Notes call for notes, references name chapters and pages: all of it is the same on paper as in the e-book."""
    book = outputs.opened(built.file("epub").read_bytes())
    notes = outputs.epub_notes(book, made=True)
    by_unit = unit_pages(built)
    order = [unit for unit in by_unit if unit and not unit.startswith("@")]
    for key, unit in zip(order, tei(built), strict=True):
        text = [line for page in by_unit[key] for line in page.text]
        expected = outputs.epub_words(book, f"{unit.name}.xhtml", made=True)
        if next(book.documents[f"{unit.name}.xhtml"].iter(f"{outputs.XHTML}table"), None) is None:
            assert outputs.follows(text, expected) == "", key
        else:  # cells stand side by side, heads of tables are repeated: no letter missing; the order: test_tags
            assert Counter("".join(expected)) - Counter("".join(line.text for line in text)) == Counter(), key
        wanted = [word for _ in unit.notes for word in notes.pop(next(iter(notes)))]
        assert outputs.follows([line for page in by_unit[key] for line in page.notes], wanted) == "", key


@pytest.mark.parametrize("name", ["@who-is-who", "@chronology", "@index"])
def test_pdf_has_the_words_of_the_generated_sections(built: Built, name: str) -> None:
    book = outputs.opened(built.file("epub").read_bytes())
    lines = [line for page in unit_pages(built)[name] for line in page.body]
    expected = outputs.epub_words(book, f"{name[1:]}.xhtml", made=True)
    if name == "@chronology":  # years stand beside their events, drawn before all else; the order: test_tags
        assert letters(words("".join(line.text for line in lines))) == letters(expected)
    else:
        assert outputs.follows(lines, expected) == ""


@pytest.mark.parametrize("loss", ["a word", "a note", "a heading"])
def test_a_planted_loss_is_seen(built: Built, loss: str) -> None:
    """The comparisons above can fail: TEI with one thing taken out is not what the sources say."""
    root = parse(built.file("tei.xml").read_bytes())
    whole = {words_of(unit) for unit in of_tei(root)}
    if loss == "a word":
        paragraph = next(p for p in root.iter("{*}p") if p.getparent().tag.endswith("}div") and p.text)
        paragraph.text = paragraph.text.replace(words(paragraph.text)[0], "", 1)
    else:
        gone = next(iter(root.iter("{*}note" if loss == "a note" else "{*}head")), None)
        gone = next((e for e in root.iter("{*}note") if e.get("place")), None) if loss == "a note" else gone
        if gone is None or gone.get("resp"):
            return
        gone.getparent().remove(gone)
    assert {words_of(unit) for unit in of_tei(root)} != whole
