"""Notes numbered anew on every page: what a book says of them, read off its finished pages."""

from __future__ import annotations

import io
import json
import random
import re
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from edition import builder
from edition.verify import tagged
from edition.verify.streams import differences
from edition.wording.marks import mark
from edition.words import words
from edition.writers import page_notes
from edition.xml import ID, parse

from . import outputs
from . import print_fixture as fixture

KINDS = {"": "numbers", "e-": "letters", "s-": "symbols"}
YAML = """title: Notes by the page
language: en-GB
contents: {front: [title, contents], body: [text/one.md, text/two.md], back: [index]}
people: people.yaml
notes: {numbering: page, series: {e: editorial, s: {name: slips, marks: symbols}}}
"""
LONG, CROWDED, AGAIN = 3, 5, (4, 7)  # paragraphs
EVERY = 5  # notes name somebody


def token(word: str, number: int) -> str:
    """A word for a number, which no line divides: Qcbdf."""
    return word + "".join("bcdfghjklm"[int(figure)] for figure in f"{number:03}")


def number_of(letters: str) -> int:
    return int("".join(str("bcdfghjklm".index(letter)) for letter in letters))


@dataclass
class Source:
    """A chapter in Markdown: the series of each note by its ordinal; the notes that are called again."""

    first: int
    text: str = ""
    series: dict[int, str] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)


def chapter(first: int, paragraphs: int) -> Source:
    dice, made, notes = random.Random(first), Source(first), []
    out = ["# A chapter"]
    for paragraph in range(paragraphs):
        text = fixture.sentences(dice, dice.randint(20, 60))
        for _ in range(12 if paragraph == CROWDED else dice.randint(1, 3)):
            number = first + len(made.series)
            made.series[number] = "" if paragraph == CROWDED else dice.choice(list(KINDS))
            label = f"{made.series[number]}{number}"
            said = fixture.sentences(dice, {LONG: 190, CROWDED: 3}.get(paragraph, dice.randint(3, 25)))
            name = " Anna Example." if number % EVERY == 0 else ""
            notes.append(f"[^{label}]: {token('Qn', number)} {said}{name} {token('Qz', number)}\n")
            text += f" {token('Qc', number)}[^{label}] {fixture.sentences(dice, 4)}"
        for number in (first + 1, max(made.series)) if paragraph in AGAIN else ():
            text += f" {token('Qg', number)}[^{made.series[number]}{number}]"
            made.again.append(number)
        if paragraph % 3 == 2:
            seen = 103 if paragraph == 2 else dice.choice(list(made.series))
            text += f" {token('Qs', seen)} [](#REF{seen})."
        out.append(text)
    made.text = "\n\n".join((*out, *notes))
    return made


@dataclass
class Book:
    """The edition made: the series of every note by its ordinal, the text of every page, its label, all files."""

    series: dict[int, str]
    chapters: list[Source]
    pages: list[str]
    labels: list[str]
    files: dict[str, bytes]
    made: builder.Made

    def called(self) -> dict[int, tuple[int, str]]:
        """Ordinal of a note -> the page (from 0) of its first call, and what marks it there."""
        return {n: (page, text) for page, n, text in self.found(r"Qc([b-m]{3})(\d+|[a-z]+|[*†‡§¶]+)")}

    def found(self, pattern: str) -> list[tuple[int, int, str]]:
        """Page, ordinal of a note and what stands behind it, wherever the pages have `pattern`."""
        hits = ((page, hit) for page, text in enumerate(self.pages) for hit in re.finditer(pattern, text))
        return [(page, number_of(hit[1]), hit[2]) for page, hit in hits]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("by-page")
    (folder / "text").mkdir()
    (folder / "edition.yaml").write_text(YAML)
    (folder / "people.yaml").write_text("anna: {name: Anna Example, sort: 'Example, Anna'}\n")
    chapters = [chapter(100, 8), chapter(500, 3)]
    bare = [re.sub(r"\[\]\(#REF\d+\)", "nothing", one.text) for one in chapters]
    ids = {number_of(text[2:5]): name for name, text in _notes(_made(folder, bare, ("tei",))).items()}
    texts = [re.sub(r"#REF(\d+)", lambda hit: f"#{ids[int(hit[1])]}", one.text) for one in chapters]
    made = _made(folder, texts, ("tei", "epub", "pdf"))
    files = {name.partition(".")[2]: data for name, data in made.files.items()}
    pages = ["".join(page.by_mark.values()) for page in tagged.painted(pikepdf.open(io.BytesIO(files["pdf"])))]
    series = dict(chain.from_iterable(one.series.items() for one in chapters))
    return Book(series, chapters, pages, json.loads(files["pages.json"])["labels"], files, made)


def _made(folder: Path, texts: list[str], wanted: tuple[str, ...]) -> builder.Made:
    for name, text in zip(("one", "two"), texts, strict=True):
        (folder / "text" / f"{name}.md").write_text(text)
    return builder.make(folder, wanted)


def _notes(made: builder.Made) -> dict[str, str]:
    """The text of every note of the TEI by its id."""
    root = parse(next(data for name, data in made.files.items() if name.endswith(".tei.xml")))
    return {note.get(ID, ""): "".join(note.itertext()).strip() for note in root.iter("{*}note") if note.get(ID)}


@pytest.mark.slow
def test_each_series_counts_anew_on_every_page_by_where_it_is_called(book: Book) -> None:
    assert [problem.text for problem in book.made.problems if problem.is_error] == []
    called = book.called()
    assert list(called) == list(book.series)
    counts: dict[tuple[int, str], int] = {}
    for number, (page, text) in called.items():
        key = page, book.series[number]
        counts[key] = counts.get(key, 0) + 1
        assert text == mark(counts[key], KINDS[book.series[number]]), token("Qc", number)
    assert max(counts.values()) > 9, "no page has a number of two figures"
    assert {kind for _, kind in counts} == set(KINDS) and len({page for page, _ in counts}) > 4


@pytest.mark.slow
def test_a_note_has_the_number_of_its_call_though_it_goes_on_overleaf(book: Book) -> None:
    called = book.called()
    noted = {number_of(hit[2]): hit[1] for text in book.pages for hit in re.finditer(_NOTE, text)}
    assert noted == {number: text for number, (_, text) in called.items()}
    assert any(_ends(book, number) > page for number, (page, _) in called.items())


_NOTE = r"(?<![a-z])(\d+|[a-z]+|[*†‡§¶]+)\s?Qn([b-m]{3})"


def _ends(book: Book, number: int) -> int:
    """The page where the last word of a note stands."""
    return next(page for page, text in enumerate(book.pages) if token("Qz", number) in text)


@pytest.mark.slow
def test_a_later_call_says_the_page_of_its_note_unless_it_is_the_same(book: Book) -> None:
    called, found = book.called(), book.found(r"Qg([b-m]{3})((?:\d+\sn\.\s)?(?:\d+|[a-z]+|[*†‡§¶]+))")
    assert [number for _, number, _ in found] == [number for one in book.chapters for number in one.again]
    away = 0
    for page, number, text in found:
        there, own = called[number]
        away += there != page
        assert " ".join(text.split()) == (own if there == page else f"{book.labels[there]} n. {own}")
    assert 0 < away < len(found)


@pytest.mark.slow
def test_references_and_the_index_have_the_numbers_of_the_pages(book: Book) -> None:
    called = book.called()
    for page, number, text in book.found(r"Qs([b-m]{3}) ([^.]*, p\.\W\w+)\."):
        there, own = called[number]
        chapter = "chapter 1, " if number < 500 <= max(n for n, (p, _) in called.items() if p <= page) else ""
        assert " ".join(text.split()) == f"{chapter}note {own}, p. {book.labels[there]}"
    named = {(book.labels[page], own) for page, own in (called[n] for n in book.series if n % EVERY == 0)}
    told, page_ = set(), ""
    for piece in re.split(", | & ", " ".join(book.pages[-1].partition("Example, Anna")[2].split())):
        *before, own = piece.split()
        page_ = before[0] if before else page_
        told.add((page_, own))
    assert told == named


@pytest.mark.slow
def test_the_label_of_a_tagged_note_is_its_number_and_no_word_is_lost(book: Book) -> None:
    pdf = pikepdf.open(io.BytesIO(book.files["pdf"]))
    root = tagged.structure(pdf, tagged.painted(pdf))
    assert root is not None
    notes = {one.entries["/ID"]: one for one in root.all() if one.kind == "Note"}
    text = {name: words(said) for name, said in _notes(book.made).items()}
    assert set(notes) == set(text)
    for name, note in notes.items():
        label, *rest = [kid for kid in note.content if isinstance(kid, tagged.Tag)]
        assert (label.kind, label.text().strip()) == ("Lbl", book.called()[number_of(text[name][0][2:5])][1])
        assert differences(text[name], words("".join(kid.text() for kid in rest))) == []


@pytest.mark.slow
def test_the_ebook_counts_by_the_chapter(book: Book) -> None:
    epub = outputs.opened(book.files["epub"])
    for one in book.chapters:
        document = next(d for d in epub.documents.values() if token("Qc", one.first) in "".join(d.itertext()))
        own = {a.get("href"): a.text for a in document.iter(f"{outputs.XHTML}a") if a.get("class") == "noteref"}
        expected = [
            mark(sum(s == kind for s in list(one.series.values())[: n + 1]), KINDS[kind])
            for n, kind in enumerate(one.series.values())
        ]
        assert list(own.values()) == expected
        assert not [a for a in document.iter(f"{outputs.XHTML}a") if "data-number" in a.attrib]


@pytest.mark.parametrize("widest", [1, 2])
def test_a_number_that_moves_its_own_call_settles_with_room_to_spare(widest: int) -> None:
    """Of ten calls the last goes to the next page as soon as its number is wider than that, and is the first there."""
    html = ElementTree.Element("div")
    notes = [{"id": f"n{n}", "series": "", "refs": [f"r{n}"], "body": ""} for n in range(10)]
    links = [ElementTree.SubElement(html, "a", {"class": "noteref", "href": f"#{note['id']}"}) for note in notes]
    rounds = []

    def lay_out() -> list[Any]:
        rounds.append(links[-1].text)
        moved = len(links[-1].text or "") > widest
        return [_page(links[:9] if moved else links), _page(links[9:] if moved else [])]

    pages, marks = page_notes.numbered(page_notes.Calls(html, notes, {}, {}, "n."), lay_out)
    shown = [[box.text for box in page._page_box.descendants()] for page in pages]
    assert shown == ([[*"123456789"], ["1"]] if widest == 1 else [[*"123456789", "10"], []])
    assert [*marks.values()] == [*chain(*shown)] and len(rounds) <= 6, rounds


def _page(links: list[ElementTree.Element]) -> Any:
    boxes = [_Box(element=link, element_tag="a", text=link.text, pango_layout=_Box(text=link.text)) for link in links]
    return _Box(_page_box=_Box(descendants=lambda placeholders=False: boxes))


class _Box(SimpleNamespace):
    """What is known of a box of the layout."""
