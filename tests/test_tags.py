"""The structure of the tagged PDF: whole across pages, in the order of the text, every note behind its block."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache

import pikepdf

from edition.verify.streams import differences
from edition.verify.tagged import Tag, painted, structure
from edition.words import words
from edition.xml import ID, local, parse

from . import outputs
from . import print_fixture as fixture
from .conftest import Built


def tagged(data: bytes) -> Tag:
    pdf = pikepdf.open(io.BytesIO(data))
    found = structure(pdf, painted(pdf))
    assert found is not None
    return found


@cache
def printed() -> Tag:
    return tagged(fixture.printed().pdf)


def blocks(tag: Tag, kinds: tuple[str, ...] = ("P", "H1", "H2")) -> list[Tag]:
    return [one for one in tag.all() if one.kind in kinds]


def test_a_paragraph_is_one_element_however_many_pages_it_stands_on() -> None:
    pieces = [kid for unit in fixture.edition() for kid in parse(f"<div>{unit['body']}</div>".encode()).iter()]
    expected = sum(local(kid) in ("p", "h1", "h2") for kid in pieces)
    notes = sum(len(unit["notes"]) for unit in fixture.edition())
    assert len(blocks(printed())) == expected + notes


def test_a_note_is_whole_and_stands_behind_the_block_that_calls_it() -> None:
    """Behind its block and any other notes of that block; the label first, then the note's own paragraph."""
    seen = 0
    for tag in printed().all():
        for at, kid in enumerate(tag.content):
            if isinstance(kid, Tag) and kid.kind == "Note":
                caller = next(k for k in reversed(tag.content[:at]) if isinstance(k, Tag) and k.kind != "Note")
                number = kid.content[0]
                assert isinstance(number, Tag) and number.kind == "Lbl"
                assert f"Call{kid.entries['/ID'].removeprefix('n-')}" in caller.text()
                assert [k.kind for k in kid.content if isinstance(k, Tag)] == ["Lbl", "P"]
                seen += 1
    assert seen == 23


def test_running_heads_and_folios_are_artifacts_and_nothing_is_left_untold() -> None:
    pdf = pikepdf.open(io.BytesIO(fixture.printed().pdf))
    pages = painted(pdf)
    labels = fixture.printed().settled.page_map.labels
    assert not any(page.loose for page in pages)
    folios = [label for label, page in zip(labels, pages, strict=True) if label in "".join(page.artifacts)]
    assert len(folios) > len(labels) - 5


def test_a_divided_word_is_read_whole() -> None:
    spans = [tag for tag in printed().all() if tag.actual is not None]
    assert spans and all("\u2010" not in (tag.actual or "") for tag in spans)
    painted_apart = [tag for tag in spans if "".join(kid for kid in tag.content if isinstance(kid, str)) != tag.actual]
    assert len(painted_apart) == len(spans)


def test_a_link_says_its_text_and_its_element_knows_it() -> None:
    pdf = pikepdf.open(io.BytesIO(fixture.printed().pdf))
    links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
    assert links and all(str(link.Contents).strip() and "/StructParent" in link for link in links)
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    assert all(str(parents[int(link.StructParent)].S) == "/Link" for link in links)


def test_words_by_tag_are_those_of_the_text(built: Built) -> None:
    """Without any dehyphenation: what tags say is what the e-book says, in its order, section by section, generated
    ones too, and note by note. (The printed contents are not the e-book's.)"""
    main, notes = read_aloud(tagged(built.file("pdf").read_bytes()))
    book = outputs.opened(built.file("epub").read_bytes())
    text, at = " ".join(main), 0
    for name in book.documents:
        if name.startswith(("cover.", "nav.", "notes")):
            continue
        joined = " ".join(outputs.epub_words(book, name, made=True))
        found = text.find(joined, at)
        assert found >= 0, (name, differences(joined.split(), text[at:].split()[: len(joined.split())])[:4])
        at = found + len(joined)
    assert notes == [" ".join(note) for note in outputs.epub_notes(book, made=True).values()]


def test_notes_come_in_order_each_behind_the_block_that_calls_it(built: Built) -> None:
    notes = [note for note in parse(built.file("tei.xml").read_bytes()).iter("{*}note") if note.get("place")]
    found = []
    for note, calls in notes_and_calls(tagged(built.file("pdf").read_bytes())):
        label = note.content[0]
        assert isinstance(label, Tag) and words(label.text()) in calls, note.entries
        del calls[: calls.index(words(label.text())) + 1]
        found.append(note.entries["/ID"])
    assert found == [note.get(ID) for note in notes]


def notes_and_calls(tag: Tag) -> Iterator[tuple[Tag, list[list[str]]]]:
    """Every note in order, with the calls of the element that it follows."""
    calls: list[list[str]] = []
    for kid in (each for each in tag.content if isinstance(each, Tag)):
        if kid.kind == "Note":
            yield kid, calls
        else:
            calls = [words(one.text()) for one in kid.all() if one.kind == "Reference"]
            yield from notes_and_calls(kid)


def read_aloud(top: Tag) -> tuple[list[str], list[str]]:
    """The words of all blocks in order, and of each note by itself, with its label."""
    main: list[str] = []
    notes: list[str] = []

    def walk(tag: Tag, into: list[str]) -> None:
        if tag.kind in ("P", "H1", "H2", "H3", "H4", "TD", "TH", "LBody", "Lbl", "Caption") and not any(
            isinstance(kid, Tag) and kid.kind in ("P", "L", "Note", "Table") for kid in tag.content
        ):
            into.extend(words(tag.text()))
            return
        for kid in tag.content:
            if isinstance(kid, str):
                into.extend(words(kid))
            elif kid.kind == "Note":
                own: list[str] = []
                for part in kid.content:
                    if isinstance(part, Tag):
                        walk(part, own)
                notes.append(" ".join(own))
            elif not _is_number(tag, kid):
                walk(kid, into)

    walk(top, main)
    return main, notes


def _is_number(item: Tag, label: Tag) -> bool:
    """Whether a label is the number of a list's item, which the e-book leaves to its reader."""
    return item.kind == "LI" and label.kind == "Lbl" and re.fullmatch(r"\d+\.\s*", label.text()) is not None
