"""Front and back matter of a whole book, and its publishing data: one source, the same in all that is made of it."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from edition import builder
from edition.builder import Made
from edition.normal.check import violations
from edition.verify.streams import of_tei
from edition.xml import TEI, Element, parse

from . import outputs
from .test_outputs_valid import tei_all

CASE = Path(__file__).parent / "cases" / "matter"


@pytest.fixture(scope="module")
def made() -> Made:
    found = builder.make(CASE, ("tei", "epub", "pdf", "print"))
    assert found.problems == []
    return found


@pytest.fixture(scope="module")
def tei(made: Made) -> Element:
    return parse(made.files["matter.tei.xml"])


@pytest.fixture(scope="module")
def pages(made: Made) -> dict[str, str]:
    """The text of every file of the EPUB, by the name of its section."""
    documents = outputs.opened(made.files["matter.epub"]).documents
    return {name.removesuffix(".xhtml"): plain("".join(tree.itertext())) for name, tree in documents.items()}


def plain(text: str) -> str:
    return " ".join(text.split())


# --- sections


def test_every_section_says_what_the_editor_wrote(pages: dict[str, str]) -> None:
    assert pages["dedication"] == "DedicationFor all who kept lettersand for those who burned them"
    assert pages["epigraph"] == "EpigraphThe sea has no back door.Saying of pilots"
    assert "HBHarbour Board" in pages["abbreviations"] and "L.Letters, the edition of 1920" in pages["abbreviations"]
    assert "The quay in winter1" in pages["illustrations"]
    credit = "Lettres du port. Translated by Marie Curieux. public domain"
    assert "The harbour museum gave leave to print its drawing." in pages["credits"] and credit in pages["credits"]
    assert "The quay in winter. Harbour Museum. CC0-1.0. 1" in pages["credits"]
    assert pages["colophon"] == "ColophonSet by machine, folded by hand."
    assert "Translated by Marie Curieux" in pages["ch-quay"]


def test_without_words_of_the_editors_a_colophon_has_ours(tmp_path: Path) -> None:
    folder = shutil.copytree(CASE, tmp_path / "matter")
    text = (folder / "edition.yaml").read_text()
    (folder / "edition.yaml").write_text(text.replace("colophon:\n  - Set by machine, folded by hand.\n", ""))
    found = builder.make(folder, ("tei",))
    assert b">Made with Edition.<" in found.files["matter.tei.xml"]


def test_the_tei_keeps_the_words_that_stand_nowhere_else(tei: Element) -> None:
    assert violations(tei) == []
    assert tei_all().validate(tei), [str(entry) for entry in tei_all().error_log][:5]
    said = plain("".join(tei.find(f"{{{TEI}}}text").itertext()))  # type: ignore[union-attr]
    for words in ("and for those who burned them", "Saying of pilots", "Harbour Board", "folded by hand"):
        assert said.count(words) == 1
    assert [unit.name for unit in of_tei(tei)] == ["ch-quay", "ch-mole"]  # of the editor's own none is a unit


# --- publishing data

# What each says, where: of TEI an XPath, of the package an XPath, of PDFs a key, of pages where they say it.
DATA = {
    "publisher": ("Example Press", "//t:publisher", "//dc:publisher", "/Publisher", "copyright"),
    "edition": ("Second, revised edition", "//t:editionStmt/t:edition",
                "//o:meta[@property='schema:bookEdition']", "/Edition", "copyright"),
    "series": ("Harbour Letters", "substring-before(//t:seriesStmt/t:title, ',')",
               "//o:meta[@property='belongs-to-collection']", "/Series", "copyright"),
    "translator": ("Paul Moreau", "//t:respStmt[t:resp='trl']/t:name",
                   "//dc:contributor[@id='creator-2']", "/Translator", "title"),
    "editor": ("Ada Editor", "//t:respStmt[t:resp='edt']/t:name", "//dc:creator", "/Author", "title"),
    "licence": ("CC-BY-4.0", "//t:licence", "//dc:rights", "/Licence", "copyright"),
    "copyright": ("© 2026 Ada Editor", "//t:availability/t:p[1]", "//dc:rights", "/Rights", "copyright"),
    "description": ("Letters that never were, from a harbour that never was.", "//t:abstract",
                    "//dc:description", "/Subject", ""),
    "keyword": ("harbours", "//t:keywords[1]/t:term[2]", "//dc:subject[2]", "/Keywords", ""),
    "thema": ("DND", "//t:keywords[2]/t:term", "//dc:subject[3]", "/Thema", ""),
    "bisac": ("LCO011000", "//t:keywords[3]/t:term", "//dc:subject[4]", "/Bisac", ""),
    "title": ("Letters from a Harbour", "//t:titleStmt/t:title", "//dc:title", "/Title", "title"),
    "subtitle": ("A selection", "//t:titleStmt/t:title[2]", "//dc:title[2]", "/Title", "title"),
    "citation": ("Ada Editor (ed.), Letters from a Harbour (Leeds, 2026)", "//t:notesStmt/t:note", "", "", "copyright"),
}  # fmt: skip
NAMES = {"t": TEI, "dc": "http://purl.org/dc/elements/1.1/", "o": "http://www.idpf.org/2007/opf"}


@pytest.mark.parametrize("name", DATA)
def test_one_source_feeds_page_package_header_and_pdfs(
    name: str, made: Made, tei: Element, pages: dict[str, str]
) -> None:
    value, header, package, key, page = DATA[name]
    assert value in str(_said(tei, header))
    if package:
        assert value in _said(outputs.opened(made.files["matter.epub"]).package, package)
    for file in ("matter.pdf", "matter-print.pdf") if key else ():
        with pikepdf.open(BytesIO(made.files[file])) as pdf:
            assert value in str(pdf.docinfo[key])
    if page:
        assert value in pages[page]


def _said(root: etree._Element, path: str) -> str:
    found = root.xpath(f"string({path})", namespaces=NAMES)
    return plain(str(found))


def test_every_product_bears_its_isbn_and_all_stand_on_the_verso(
    made: Made, tei: Element, pages: dict[str, str]
) -> None:
    numbers = {"print": "978-3-16-148410-0", "pdf": "978-1-86197-876-9", "epub": "978-0-306-40615-7"}
    for kind, number in numbers.items():
        assert _said(tei, f"//t:idno[@subtype='{kind}']") == number
        assert f"ISBN {number} ({kind})" in pages["copyright"]
    assert "urn:isbn:9780306406157" in _said(outputs.opened(made.files["matter.epub"]).package, "//dc:identifier")
    for file, kind in (("matter.pdf", "pdf"), ("matter-print.pdf", "print")):
        with pikepdf.open(BytesIO(made.files[file])) as pdf:
            assert str(pdf.docinfo["/ISBN"]) == numbers[kind]


def test_cataloguing_data_stands_line_by_line(made: Made) -> None:
    verso = outputs.opened(made.files["matter.epub"]).documents["copyright.xhtml"]
    (block,) = verso.iter("{http://www.w3.org/1999/xhtml}pre")
    assert "".join(block.itertext()) == (CASE / "text" / "cip.txt").read_text().rstrip("\n")


# --- what is wrong

BAD = [
    ("cip: text/cip.txt", "cip: text/cipp.txt", "file-missing", 19),
    ("978-0-306-40615-7", "978-0-306-40615-8", "config-isbn", 14),
    ("dedication: |\n  For all who kept letters\n  and for *those* who burned them\n", "", "config-section", 33),
    ("colophon]", "index-of-places]", "section-unused", 33),
]


@pytest.mark.parametrize(("old", "new", "code", "line"), BAD, ids=[row[2] for row in BAD])
def test_what_is_wrong_is_told_at_its_place(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    folder = shutil.copytree(CASE, tmp_path / "matter")
    text = (folder / "edition.yaml").read_text()
    assert old in text
    (folder / "edition.yaml").write_text(text.replace(old, new))
    (problem,) = builder.check(folder, pages=False).problems
    assert (problem.code, problem.place.file, problem.place.line) == (code, "edition.yaml", line)
    assert re.search(r"\w", problem.hint)
