"""Every page number that is printed is right, checked against the text of its page; every note is where it is
called."""

import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from edition.book import UNLISTED
from edition.normal.vocabulary import is_unread
from edition.words import words
from edition.xml import ID, Element, parse

from . import outputs
from .conftest import Built

X = outputs.XHTML
NAMES = ("{*}persName", "{*}placeName", "{*}orgName")


class Book:
    """An edition's PDF by page label, its TEI by id, its EPUB."""

    def __init__(self, built: Built) -> None:
        self.map = json.loads(built.file("pages.json").read_bytes())
        self.pages = outputs.printed(built.file("pdf"))
        self.tei = parse(built.file("tei.xml").read_bytes())
        self.epub = outputs.opened(built.file("epub").read_bytes())
        self.by_id = {e.get(ID): e for e in self.tei.iter() if isinstance(e.tag, str) and e.get(ID)}

    def letters(self, label: str) -> str:
        """All letters of a page's text and notes, run together, so that line ends do not matter."""
        page = self.pages[self.map["labels"].index(label)]
        return "".join(word for line in page.body for word in words(line.text.replace("\u2010", "")))

    def over_the_turn(self, label: str) -> str:
        """The letters of a page's text and of the next one's: a name may begin on one and end on the other."""
        at = self.map["labels"].index(label)
        lines = (line for page in self.pages[at : at + 2] for line in page.text)
        return "".join(word for line in lines for word in words(line.text.replace("\u2010", "")))

    def beginning(self, name: str, count: int = 4) -> str:
        """The first words of what has this id, run together; "" for generated sections."""
        element = self.by_id.get(name)
        if element is None or element.tag.endswith("divGen"):
            return ""
        return "".join(words(outputs_text(element))[:count])


def outputs_text(element: Element) -> str:
    """The text of a TEI element without its notes."""
    own = element.text or ""
    for kid in element:
        if not kid.tag.endswith("}note") and kid.get("type") != "short":
            own += outputs_text(kid) + ("\n" if kid.tag.endswith(("}p", "}head")) else "")
        own += kid.tail or ""
    return own


@cache
def book(built: Built) -> Book:
    return Book(built)


def labels_of(text: str) -> list[str]:
    """The pages that a locator stands for: "12", "301–3" and "41 n. 3" are 12, 301…303 and 41."""
    found = re.match(r"([0-9]+|[ivxlc]+)(?:–([0-9]+|[ivxlc]+))?", text)
    assert found is not None, text
    first, last = found.groups()
    if not last:
        return [first]
    last = first[: len(first) - len(last)] + last if first.isdigit() else last
    return [str(n) for n in range(int(first), int(last) + 1)]


def test_labels_are_those_of_the_pdf(built: Built) -> None:
    """Folios printed on the pages are the labels of the map."""
    pages = book(built)
    for label, page in zip(pages.map["labels"], pages.pages, strict=True):
        folios = [line.text.strip() for line in page.margin if re.fullmatch(r"\s*([0-9]+|[ivxlc]+)\s*", line.text)]
        assert folios in ([label], []), label


def test_contents(built: Built) -> None:
    pages = book(built)
    start = pages.map["starts"]
    lines = [page.body for s, page in zip(start, pages.pages, strict=True) if s["unit"] == "@contents"]
    rows: dict[int, str] = {}
    for line in (line for page in lines for line in page):
        key = next((top for top in rows if abs(top - line.top) < 6), line.top)
        rows[key] = f"{rows.get(key, '')} {line.text.strip()}"
    entries = [row.split() for row in rows.values()][1:]
    assert len(entries) == len({s["unit"] for s in start} - {"", *(f"@{kind}" for kind in UNLISTED)})
    for *title, label in entries:
        title = [word for word in title if not re.fullmatch(r"[\d.·]+", word)]
        assert "".join(words(" ".join(title))) in pages.letters(label)[:120], (title, label)


def test_cross_references(built: Built) -> None:
    pages, count = book(built), 0
    for document in pages.epub.documents.values():
        for span in document.iter(f"{X}span"):
            if span.get("class") == "in-print":
                link = span.find(f"{X}a")
                name = link.get("href").rpartition("#")[2]
                assert pages.beginning(name) in pages.letters(link.text), (name, link.text)
                count += 1
    targets = [e.get("target", "") for e in pages.tei.iter("{*}ref", "{*}ptr") if not e.get("type")]
    expected = sum(1 for target in targets if target.startswith("#") and not target.startswith("#bib-"))
    assert count == expected


def page_links(entry: Element) -> list[Element]:
    """The locators of an entry that begin with a page; the second note of "9 nn. 7 & 8" does not."""
    links = (a for a in entry.iter(f"{X}a") if "page" in (a.get("class") or ""))
    return [a for a in links if not a.get("aria-label", "").startswith("note")]


def test_index_and_who_is_who(built: Built) -> None:
    """Each locator's pages have the name as it stands in the text there; each name's page is in its entry."""
    pages = book(built)
    mentions = {e.get(ID): e for e in pages.tei.iter(*NAMES) if e.get("ref")}
    for file in ("index.xhtml", "who-is-who.xhtml"):
        for entry in pages.epub.documents[file].iter(f"{X}li"):
            for link in page_links(entry):
                first = mentions[link.get("href").rpartition("#")[2].replace("_2e_", ".")]
                forms = {"".join(words(outputs_text(e))) for e in mentions.values() if e.get("ref") == first.get("ref")}
                for label in labels_of(link.text):
                    said = f"{pages.letters(label)} {pages.over_the_turn(label)}"
                    assert any(form in said for form in forms), (link.text, forms)


def test_the_index_of_the_e_book_is_that_of_print(built: Built) -> None:
    """The same entries, in the same order, with the same pages."""
    pages = book(built)
    units = [start["unit"] for start in pages.map["starts"]]
    lines = [line for unit, page in zip(units, pages.pages, strict=True) if unit == "@index" for line in page.body]
    assert outputs.follows(lines, outputs.epub_words(pages.epub, "index.xhtml", made=True)) == ""


def test_no_name_is_missing_from_the_index(built: Built) -> None:
    pages = book(built)
    listed: dict[str, set[str]] = {}
    for entry in pages.epub.documents["index.xhtml"].iter(f"{X}li"):
        links = page_links(entry)
        if links:
            first = pages.by_id[links[0].get("href").rpartition("#")[2].replace("_2e_", ".")]
            found = {label for a in links for label in labels_of(a.text)}
            listed[first.get("ref")] = listed.get(first.get("ref"), set()) | found  # of sub-headings too
    for name in (e for e in pages.tei.iter(*NAMES) if e.get("ref")):
        label = pages.map["labels"][pages.map["ids"][name.get(ID)]]
        assert label in listed[name.get("ref")]


def test_chronology(built: Built) -> None:
    pages = book(built)
    for entry in pages.epub.documents["chronology.xhtml"].iter(f"{X}dd"):
        for link in page_links(entry):
            name = link.get("href").rpartition("#")[2].replace("_2e_", ".")
            assert "".join(words(outputs_text(pages.by_id[name]))) in pages.letters(labels_of(link.text)[0])


def test_every_note_begins_on_the_page_of_its_reference(built: Built) -> None:
    """Its number follows the letters it follows in the text, some of which may stand on the page before; at the foot
    it stands before the note's first words."""
    pages = book(built)
    for note in (e for e in pages.tei.iter("{*}note") if e.get("place")):
        at = pages.map["ids"][f"{note.get(ID)}-ref"]
        before = run_together(pages.pages[at - 1].text) if at else ""
        own, called = "".join(words(beginning(note))[:3]), "".join(words(before_call(note)))[-12:]
        assert f"{note.get('n')}{own}" in run_together(pages.pages[at].notes), (pages.map["labels"][at], own)
        text = before[-12:] + run_together(pages.pages[at].text)
        assert f"{called}{note.get('n')}" in text, (pages.map["labels"][at], called)


def run_together(lines: list[outputs.Line]) -> str:
    return "".join(word for line in lines for word in words(line.text.replace("\u2010", "")))


END = "\1"
MADE = "\0"  # stands where the tool puts words of its own: behind a reference, or instead of an empty one
BLOCKS = ("}p", "}head", "}item", "}cell", "}l", "}label", "}speaker", "}stage", "}ab", "}div")


def beginning(note: Element) -> str:
    """The text of a note as far as it is its own."""
    return "".join(text for kid in note for text in told(kid, note)).partition(MADE)[0]


def before_call(note: Element) -> str:
    """The block's own text right before a note."""
    block = next(each for each in note.iterancestors() if each.tag.endswith(BLOCKS))
    return "".join(told(block, note)).partition(END)[0].rpartition(MADE)[2]


def told(element: Element, end: Element) -> Iterator[str]:
    """The text of an element, of notes the number alone; a mark before `end`."""
    if element.tag.endswith("}note"):
        yield element.get("n") or ""
        return
    yield element.text or ""
    for kid in element:
        if kid is end:
            yield END
        if isinstance(kid.tag, str) and not is_unread(kid):
            yield from told(kid, end)
        yield kid.tail or ""
    if element.tag.endswith(("}ref", "}ptr")):
        yield MADE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", ["12"]),
        ("301–3", ["301", "302", "303"]),
        ("41 n. 3", ["41"]),
        ("xiv", ["xiv"]),
        ("9–11", ["9", "10", "11"]),
    ],
)
def test_locators_are_read_as_they_are_meant(text: str, expected: list[str]) -> None:
    assert labels_of(text) == expected
