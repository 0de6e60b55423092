"""The package of an EPUB: files, metadata, what it says of its accessibility; the same book is the same bytes."""

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from edition.writers.documents import file_names
from edition.writers.opf import File, Package, entries

from . import epub_fixture as book
from .epub_checkers import ROOT, ace, epubcheck
from .epub_fixture import LANG, NS, Opened, chapter, epub, made, one


@pytest.fixture(scope="module")
def paged() -> Opened:
    return made(pages=book.pages())


@pytest.fixture(scope="module")
def plain() -> Opened:
    return made()


# --- files and package


def test_the_zip_bears_no_trace_of_its_making(paged: Opened) -> None:
    first, *rest = paged.zip.infolist()
    assert (first.filename, first.compress_type, first.extra, first.flag_bits) == (
        "mimetype",
        zipfile.ZIP_STORED,
        b"",
        0,
    )
    assert paged.zip.read("mimetype") == b"application/epub+zip"
    assert {entry.date_time for entry in paged.zip.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in rest} == {3} and {entry.compress_type for entry in rest} == {8}
    assert len(set(paged.names)) == len(paged.names)


def test_files_are_called_after_ids_and_stand_in_the_order_of_the_book(paged: Opened) -> None:
    chapters = ["preface.xhtml", "ch_2e_1.xhtml", "ch-2.xhtml", "notes.xhtml"]
    registers = ["who-is-who.xhtml", "chronology.xhtml", "index.xhtml"]
    assert paged.spine() == ["title.xhtml", "copyright.xhtml", "nav.xhtml", *chapters, *registers]


def test_a_name_does_not_depend_on_order() -> None:
    units = book.units()
    assert set(made(units).texts()) == set(made([*units[:4], units[5], units[4], *units[6:]]).texts())


def test_names_are_told_apart_without_heed_to_case() -> None:
    names = file_names(["Intro", "intro", "other", "x" * 300, "x" * 301])
    assert len({name.lower() for name in names}) == 5
    assert names[2] == "other.xhtml" and max(map(len, names)) < 90
    assert names == file_names(["Intro", "intro", "other", "x" * 300, "x" * 301])


def test_a_unit_named_like_a_file_of_ours_is_no_clash() -> None:
    units = book.units()
    units[3] |= {"id": "notes", "body": units[3]["body"].replace('id="preface"', 'id="notes"')}
    files = made(units).texts()
    assert {"notes.xhtml", "_6e_otes.xhtml"} <= set(files)


def test_every_id_is_there_once_in_the_package(paged: Opened) -> None:
    ids = paged.opf.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_refinements_stand_right_behind_their_subject(paged: Opened) -> None:
    subject = ""
    for element in one(paged.opf, "//opf:metadata"):
        if element.get("refines"):
            assert element.get("refines") == f"#{subject}"
        else:
            subject = element.get("id")


def test_the_imprint_becomes_metadata(paged: Opened) -> None:
    def dc(name: str) -> list[str]:
        return [e.text for e in paged.opf.iterfind(f".//dc:{name}", NS)]

    assert dc("title") == ["Two Letters & a Reply", "With notes"]
    assert (dc("creator"), dc("contributor")) == (["Jean Auteur"], ["Ada Editor"])
    assert paged.metadata("role") == ["aut", "edt"] and paged.metadata("file-as") == ["Auteur, Jean"]
    assert dc("language") == ["en-GB"] and dc("publisher") == ["Example Press"] and dc("date") == ["2026-01-01"]
    assert dc("subject") == ["Letters", "Lyon", "DND"] and paged.metadata("authority") == ["Thema"]
    assert dc("rights") == ["© 2026 Ada Editor. CC-BY-SA-4.0"]
    assert paged.metadata("dcterms:license") == ["https://spdx.org/licenses/CC-BY-SA-4.0.html"]
    assert paged.metadata("dcterms:modified") == [book.MODIFIED]
    assert paged.metadata("dcterms:conformsTo") == []


def test_without_an_author_the_first_named_role_is_the_creators() -> None:
    people = [{"name": "E", "role": "edt"}, {"name": "T", "role": "trl"}, {"name": "F", "role": "edt"}]
    opf = made(creators=people).opf
    assert [e.text for e in opf.iterfind(".//dc:creator", NS)] == ["E", "F"]
    assert [e.text for e in opf.iterfind(".//dc:contributor", NS)] == ["T"]


def test_a_year_before_the_build_is_a_whole_date() -> None:
    opf = made(publisher={"name": "Press", "year": "1999"}).opf
    assert one(opf, "//dc:date").text == "1999-01-01"


def test_the_identifier_is_the_isbn_of_the_epub_or_stays_the_same_for_an_id() -> None:
    bare = {"publisher": None}
    name = one(made(**bare).opf, "//dc:identifier").text
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name)
    assert name == one(made(title="Another title", **bare).opf, "//dc:identifier").text
    assert name != one(made(id="another", **bare).opf, "//dc:identifier").text
    isbn = {"publisher": {"isbn": {"epub": "978-3-16-148410-0"}}}
    assert one(made(**isbn).opf, "//dc:identifier").text == "urn:isbn:9783161484100"


def test_the_smallest_imprint_does() -> None:
    imprint = {"id": "x", "title": "X", "language": "und", "creators": []}
    units = [unit for unit in book.units() if unit["zone"] == "body"]
    for unit in units:
        unit["notes"] = []
        unit["body"] = f'<section class="chapter" id="{unit["id"]}"><p id="p-{unit["id"]}">Words.</p></section>'
        unit["heads"] = []
    found = Opened(epub(units, imprint, None, {}, book.MODIFIED))
    assert found.spine() == ["ch_2e_1.xhtml", "ch-2.xhtml"]
    assert one(found.opf, "//opf:meta[@property='schema:accessibilitySummary']").get(LANG) == "en"
    assert "structuralNavigation" not in found.metadata("schema:accessibilityFeature")


def test_a_book_without_titles_has_contents_all_the_same() -> None:
    units = [{**chapter('<p id="p-1">Words.</p>'), "title": "", "number": "", "heads": []}]
    assert made(units).listed("toc") == [("Two Letters & a Reply", "ch_2e_1.xhtml")]


def test_house_styles_come_before_those_of_the_epub(paged: Opened) -> None:
    styles = made(css={"zz.css": b"", "epub.css": b"", "aa.css": b"", "house.css": b""}).texts()["index.xhtml"]
    hrefs = styles.xpath("//h:link/@href", namespaces=NS)
    assert hrefs == [f"../css/{name}.css" for name in ("house", "epub", "aa", "zz")]


# --- accessibility


def test_features_are_those_the_book_has(paged: Opened, plain: Opened) -> None:
    always = ["ARIA", "displayTransformability", "index", "readingOrder", "structuralNavigation", "tableOfContents"]
    assert plain.metadata("schema:accessibilityFeature") == always
    of_pages = ["pageBreakMarkers", "pageNavigation"]
    assert paged.metadata("schema:accessibilityFeature") == sorted([*always, *of_pages])
    assert paged.metadata("pageBreakSource") == ["urn:isbn:9783161484100"] and plain.metadata("pageBreakSource") == []
    without = made([unit for unit in book.units() if unit["kind"] != "index"])
    assert "index" not in without.metadata("schema:accessibilityFeature")
    assert "index" in plain.metadata("schema:accessibilitySummary")[0]
    assert "index" not in without.metadata("schema:accessibilitySummary")[0]


@pytest.mark.parametrize("rule", ["p { font-size: 12px }", "h1 { font: 14pt serif }", "body{margin:0;color:black}"])
def test_a_style_that_binds_readers_is_not_called_transformable(rule: str) -> None:
    found = made(css={"own.css": rule.encode()})
    assert "displayTransformability" not in found.metadata("schema:accessibilityFeature")


@pytest.mark.parametrize(
    "rule", ["/* font-size: 12px */", "h1 { font-size: 1.2em }", "p { background-color: inherit }"]
)
def test_a_style_that_leaves_readers_free_is(rule: str) -> None:
    found = made(css={"own.css": rule.encode()})
    assert "displayTransformability" in found.metadata("schema:accessibilityFeature")


def test_pictures_are_claimed_as_they_are() -> None:
    units = book.units()
    units[4] = chapter('<p id="p-1">See <img src="a.png" alt="A quay"/></p><p id="P_two"/><p id="q-1"/><p id="p-q1"/>')
    found = Opened(epub([u for u in units if u["zone"] == "body"][:1], book.IMPRINT, None, {}, book.MODIFIED))
    assert found.metadata("schema:accessMode") == ["textual", "visual"]
    assert "alternativeText" in found.metadata("schema:accessibilityFeature")


def test_without_a_print_isbn_the_source_of_pages_has_a_name_of_its_own() -> None:
    found = made(pages=book.pages(), publisher={"name": "Example Press", "year": "2026"})
    assert found.metadata("pageBreakSource") == ["Two Letters & a Reply, Jean Auteur, Ada Editor, print edition, 2026"]


CLAIMED = {
    "conforms": "wcag-2.2-aa",
    "certified_by": "Ada Reader",
    "report": "https://example.org/report",
    "contact": "access@example.org",
    "exemption": "microenterprise",
}


def test_conformance_is_claimed_by_the_editor_or_not_at_all(plain: Opened) -> None:
    names = ("dcterms:conformsTo", "a11y:certifiedBy", "a11y:exemption")
    assert [plain.metadata(name) for name in names] == [[], [], []]
    assert plain.opf.find(".//opf:link", NS) is None
    found = made(accessibility=CLAIMED)
    said = ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "Ada Reader", "eaa-microenterprise"]
    assert [found.metadata(name) for name in names] == [[text] for text in said]
    report = one(found.opf, "//opf:link[@rel='a11y:certifierReport']")
    assert (report.get("href"), report.get("refines")) == ("https://example.org/report", "#certifier")
    assert one(found.opf, "//opf:meta[@id='certifier']").get("refines") == "#conformance"
    summary = found.metadata("schema:accessibilitySummary")[0]
    assert summary.endswith(". Questions about accessibility: access@example.org.")


def test_claims_change_nothing_of_what_is_computed(plain: Opened) -> None:
    found = made(accessibility=CLAIMED)
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"):
        assert found.metadata(f"schema:{name}") == plain.metadata(f"schema:{name}")


def test_claims_satisfy_the_checker(tmp_path: Path) -> None:
    file = tmp_path / "a.epub"
    said = {"accessibility": CLAIMED, "sources": ["Letters, Lyon 1849"]}
    file.write_bytes(epub(book.units(), {**book.IMPRINT, **said}, book.pages(), book.styles(), book.MODIFIED))
    assert epubcheck(file) == []


def test_pages_of_a_release_are_called_so() -> None:
    standing = {"revisions": [{"version": "1.0", "date": "2025-03-01", "changes": ""}]}
    imprint = {**book.IMPRINT, "pages": {"from_": "1.0"}, "standing": standing}
    found = Opened(epub(book.units(), imprint, book.pages(), book.styles(), book.MODIFIED))
    title = "Two Letters & a Reply, Jean Auteur, Ada Editor, print edition"
    assert found.metadata("pageBreakSource") == [f"{title}, version 1.0, 2025"]


# --- series and sources


@pytest.mark.parametrize(
    ("series", "name", "place"),
    [
        ("Letters of the Century", "Letters of the Century", []),
        ("Letters of the Century, vol. 4", "Letters of the Century", ["4"]),
        ("Neue Reihe Bd. 12", "Neue Reihe", ["12"]),
        ("Quellen; 3", "Quellen", ["3"]),
        ("Library 2000", "Library 2000", []),
        ("Novels of 1848", "Novels of 1848", []),
    ],
)
def test_a_series_and_the_place_in_it(series: str, name: str, place: list[str]) -> None:
    found = made(publisher={**book.IMPRINT["publisher"], "series": series})
    assert (found.metadata("belongs-to-collection"), found.metadata("group-position")) == ([name], place)


def test_sources_of_the_texts_are_named() -> None:
    found = made(sources=["Letters, Lyon 1849", "https://example.org/page"])
    sources = [element.text for element in found.opf.iterfind(".//dc:source", NS)]
    assert sources == ["urn:isbn:9783161484100", "Letters, Lyon 1849", "https://example.org/page"]


# --- packing


def test_a_name_or_an_id_twice_in_the_package_is_a_bug_of_ours() -> None:
    one_file = File("ncx", "a.xhtml", "text/plain", b"")
    with pytest.raises(AssertionError, match=r"file name twice.*a\.xhtml"):
        entries(Package("en", [], [one_file, File("b", "A.xhtml", "text/plain", b"")], ["ncx"]))
    with pytest.raises(AssertionError, match=r"id twice.*ncx"):
        entries(Package("en", [], [one_file, File("ncx", "b.xhtml", "text/plain", b"")], ["ncx"]))
    with pytest.raises(AssertionError, match="spine"):
        entries(Package("en", [], [one_file], ["b"]))


_PRINT_DIGESTS = """
import hashlib
from tests import epub_fixture as book
from tests.epub_fixture import epub
for pages in (book.pages(), None):
    print(hashlib.sha256(epub(book.units(), book.IMPRINT, pages, book.styles(), book.MODIFIED)).hexdigest())
"""


def test_the_same_book_is_the_same_bytes_anywhere() -> None:
    here = [
        hashlib.sha256(epub(book.units(), book.IMPRINT, pages, book.styles(), book.MODIFIED)).hexdigest()
        for pages in (book.pages(), None)
    ]
    assert here[0] != here[1]
    for zone, seed, locale in (("Pacific/Kiritimati", "1", "C"), ("America/St_Johns", "4711", "tr_TR.UTF-8")):
        settings = {
            "TZ": zone,
            "PYTHONHASHSEED": seed,
            "LC_ALL": locale,
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-c", _PRINT_DIGESTS]
        result = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, check=True)
        assert result.stdout.split() == here


# --- the judges


@pytest.mark.parametrize("kind", ["paged", "plain"])
def test_epubcheck_has_nothing_to_say(kind: str, tmp_path: Path) -> None:
    pages = book.pages() if kind == "paged" else None
    file = tmp_path / "book.epub"
    file.write_bytes(epub(book.units(), book.IMPRINT, pages, book.styles(), book.MODIFIED))
    assert epubcheck(file) == []


def test_epubcheck_would_say_it(tmp_path: Path) -> None:
    data = epub(book.units(), book.IMPRINT, None, book.styles(), book.MODIFIED)
    file = tmp_path / "book.epub"
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            content = old.read(entry).replace(b'role="doc-footnote"', b'role="doc-nothing"')
            new.writestr(entry, content, entry.compress_type)
    assert any("RSC-005" in said and "notes.xhtml" in said for said in epubcheck(file))


def test_ace_has_nothing_to_say(tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    file.write_bytes(epub(book.units(), book.IMPRINT, book.pages(), book.styles(), book.MODIFIED))
    assert ace(file, tmp_path / "ace") == []
