"""Outputs read back by other means than those that made them: a PDF through poppler,
an EPUB through zipfile and lxml."""

import html
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from edition.disk import styles_folder
from edition.words import words

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
OPS = "{http://www.idpf.org/2007/ops}"
BLOCK = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "dt",
    "dd",
    "blockquote",
    "section",
    "div",
    "ul",
    "ol",
    "dl",
    "nav",
    "tr",
    "th",
    "td",
    "caption",
}


A5 = 210 * 72 / 25.4  # points
A_LITTLE = 6  # a box begins above its letters


def needs(tool: str) -> str:
    """The path of a tool, or a skip that names it."""
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"no {tool}")
    return found


# --- PDF


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line of print: its place (pixels of pdftohtml), its text, its font."""

    top: int
    left: int
    text: str
    font: str
    size: int


@dataclass(slots=True)
class Page:
    """A page of print: lines of the text, of what is set small (notes at its foot), both in order; head and folio."""

    height: int
    text: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    margin: list[Line] = field(default_factory=list)


def printed(pdf: Path) -> list[Page]:
    """The pages of a PDF, in order of the content stream."""
    command = [needs("pdftohtml"), "-xml", "-i", "-hidden", "-stdout", str(pdf)]
    out = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    fonts: dict[str, tuple[str, int]] = {}
    pages = []
    for number in out.split("<page ")[1:]:
        size = re.search(r'height="(\d+)"', number)
        assert size is not None
        page = Page(int(size.group(1)))
        for font in re.finditer(r'<fontspec id="(\d+)" size="(-?\d+)" family="([^"]*)"', number):
            fonts[font.group(1)] = (font.group(3), int(font.group(2)))
        for found in re.finditer(r'<text top="(-?\d+)" left="(-?\d+)"[^>]* font="(\d+)">(.*?)</text>', number):
            top, left, font_id, inner = found.groups()
            family, points = fonts[font_id]
            line = Line(int(top), int(left), html.unescape(re.sub("<[^>]*>", "", inner)), family, points)
            _sort(page, line)
        pages.append(page)
    return pages


@cache
def _margins() -> tuple[float, float]:
    """How much of an A5 page stands above and below its text, as the preset says."""
    preset = (styles_folder() / "presets" / "a5.css").read_text()
    head, foot = (float(found) for found in re.findall(r"--(?:head|foot): ([\d.]+)pt", preset))
    return head / A5, foot / A5


def _sort(page: Page, line: Line) -> None:
    head, foot = _margins()
    if line.top < page.height * head - A_LITTLE or line.top > page.height * (1 - foot):
        page.margin.append(line)
        return
    if re.fullmatch(r"\d{1,2}\.", line.text.strip()):  # the number of a list's item: these are drawn after the text
        return
    page.body.append(line)
    (page.notes if "Caption" in line.font else page.text).append(line)


def follows(lines: list[Line], expected: list[str]) -> str:
    """ "" if the words of the lines are the expected ones, words divided at a line's end joined; else what differs."""
    rest = list(expected)
    said: list[str] = []
    for line in lines:
        for word in words(line.text.replace("\u2010", "-")):
            if not rest:
                return f"“{word}” is too much, after “{' '.join(said[-6:])}”"
            if rest[0] == word:
                said.append(rest.pop(0))
            elif rest[0].startswith(word):
                rest[0] = rest[0][len(word) :]
            else:
                return f"“{word}” stands for “{rest[0]}”, after “{' '.join(said[-6:])}”"
    return f"missing: {' '.join(rest[:8])}, after “{' '.join(said[-6:])}”" if rest else ""


# --- EPUB


@dataclass(slots=True)
class Epub:
    """An EPUB's content documents in order of the spine, by file name without folder."""

    documents: dict[str, etree._Element]
    package: etree._Element
    files: dict[str, bytes]


def opened(data: bytes) -> Epub:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    package = etree.fromstring(files["EPUB/content.opf"])
    items = {item.get("id"): item.get("href") for item in package.iter(f"{OPF}item")}
    spine = [items[ref.get("idref")] for ref in package.iter(f"{OPF}itemref")]
    documents = {PurePosixPath(href).name: etree.fromstring(files[f"EPUB/{href}"]) for href in spine if href}
    return Epub(documents, package, files)


def text_of(element: etree._Element, *, made: bool) -> str:
    """The text of an element, blocks parted; with `made` also what the tool made."""
    parts = [element.text or ""]
    for kid in element:
        if not isinstance(kid.tag, str):
            parts.append(kid.tail or "")
            continue
        name = kid.tag.removeprefix(XHTML)
        if made or "data-made" not in kid.attrib:
            inner = text_of(kid, made=made)
            parts.append(f"\n{inner}\n" if name in BLOCK or name == "br" else inner)
        parts.append(kid.tail or "")
    return "".join(parts)


def epub_words(book: Epub, file: str, *, made: bool) -> list[str]:
    """The words of a content document's body."""
    body = book.documents[file].find(f"{XHTML}body")
    assert body is not None
    return words(text_of(body, made=made))


def epub_notes(book: Epub, *, made: bool) -> dict[str, list[str]]:
    """The words of every note, by id, in order."""
    found = {}
    for document in book.documents.values():
        for div in document.iter(f"{XHTML}div"):
            if div.get(f"{OPS}type") == "footnote":
                found[div.get("id", "")] = words(text_of(div, made=made))
    return found
