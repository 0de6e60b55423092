"""The reader of e-books: EPUB 2 and 3, order of the spine, notes in another file, page-lists, faults of the package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from edition.normal.vocabulary import blocks
from edition.problems import Problem, explanation
from edition.readers import Reading, ReadOptions, read
from edition.words import words

from .docx_maker import zipped

XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
NCX = "application/x-dtbncx+xml"


def page(body: str, attributes: str = "") -> str:
    return f'<?xml version="1.0"?><html {XHTML}><head><title>t</title></head><body{attributes}>{body}</body></html>'


def book(
    documents: Mapping[str, str],
    spine: tuple[str, ...] | None = None,
    extra: Mapping[str, str | bytes] = {},
    version: str = "3.0",
    guide: str = "",
) -> bytes:
    """An EPUB; `documents` are bodies by name, `extra` other members, whose kind their name tells."""
    order = tuple(documents) if spine is None else spine
    kinds = {"ncx": NCX, "png": "image/png", "css": "text/css"}
    items = [
        f'<item id="{name}" href="{name}" media-type="{kinds.get(name[-3:], "application/xhtml+xml")}"{nav}/>'
        for name in (*documents, *(name for name in extra if "/" not in name))
        for nav in (' properties="nav"' if name == "nav.xhtml" else "",)
    ]
    refs = "".join(f'<itemref idref="{name}"/>' for name in order)
    opf = (
        f'<package xmlns="http://www.idpf.org/2007/opf" version="{version}"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>A Book</dc:title><dc:language>en</dc:language></metadata>"
        f"<manifest>{''.join(items)}</manifest><spine>{refs}</spine>{guide}</package>"
    )
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": opf,
    }
    members |= {f"OEBPS/{name}": body if body.startswith("<?xml") else page(body) for name, body in documents.items()}
    members |= {name if "/" in name else f"OEBPS/{name}": data for name, data in extra.items()}
    return zipped(members)


def reading(data: bytes, **options: Any) -> Reading:
    found = read("text/book.epub", data, ReadOptions("en-GB", **options))
    assert len(found.positions) == len(list(blocks(found.tree)))
    assert all(explanation(problem.code) for problem in found.problems)
    return found


def shown(data: bytes, **options: Any) -> str:
    text = etree.tostring(reading(data, **options).tree, encoding="unicode")
    return text.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "").removeprefix("<body>").removesuffix("</body>")


def errors(data: bytes) -> list[Problem]:
    return [problem for problem in reading(data).problems if problem.is_error]


# --- order, sections, titles


def test_documents_stand_in_the_order_of_the_spine() -> None:
    data = book({"b.xhtml": "<h1>Two</h1><p>b</p>", "a.xhtml": "<h1>One</h1><p>a</p>"}, ("a.xhtml", "b.xhtml"))
    assert shown(data) == "<div><head>One</head><p>a</p></div><div><head>Two</head><p>b</p></div>"
    assert reading(data).about["title"] == "A Book"


def test_a_document_without_a_heading_goes_on_or_takes_the_title_of_the_contents() -> None:
    split = book({"a.xhtml": "<h1>One</h1><p>a</p>", "a2.xhtml": "<p>more</p>"})
    assert shown(split) == "<div><head>One</head><p>a</p><p>more</p></div>"
    nav = page(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">Alpha</a></li><li><a href="b.xhtml">Beta</a></li></ol></nav>'
    )
    titled = book({"a.xhtml": "<p>a</p>", "b.xhtml": "<p>b</p>"}, extra={"nav.xhtml": nav})
    assert shown(titled) == "<div><head>Alpha</head><p>a</p></div><div><head>Beta</head><p>b</p></div>"
    assert [p.code for p in reading(titled).problems] == ["epub-head", "epub-head"]


def test_contents_covers_and_lists_are_left_out_and_told() -> None:
    documents = {
        "cover.xhtml": page('<img src="c.png" alt="Cover"/>', ' epub:type="cover"'),
        "nav.xhtml": page('<nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav>'),
        "a.xhtml": "<h1>One</h1><p>a</p>",
    }
    found = reading(book(documents))
    assert words(" ".join(found.tree.itertext())) == ["One", "a"]
    assert [p.code for p in found.problems].count("epub-dropped") == 2


def test_epub_2_with_an_ncx_and_a_guide() -> None:
    ncx = (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>One</text></navLabel>'
        '<content src="a.html"/></navPoint></navMap><pageList><pageTarget value="7"><navLabel><text>7</text></navLabel>'
        '<content src="a.html#p7"/></pageTarget></pageList></ncx>'
    )
    guide = '<guide><reference type="toc" href="toc.html"/></guide>'
    documents = {"toc.html": "<p>One 7</p>", "a.html": '<p>a</p><p><a id="p7"></a>b</p>'}
    data = book(documents, extra={"toc.ncx": ncx}, version="2.0", guide=guide)
    assert shown(data) == '<div><head>One</head><p>a</p><p><pb n="7"/>b</p></div>'


def test_the_page_list_makes_page_breaks() -> None:
    nav = page(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav><nav epub:type="page-list"><ol>'
        '<li><a href="a.xhtml#p1">xii</a></li><li><a href="a.xhtml#p2">13</a></li></ol></nav>'
    )
    body = '<h1>One</h1><p id="p1">one <span id="p2"/>two</p><p>x<span epub:type="pagebreak" title="14"/>y</p>'
    assert shown(book({"a.xhtml": body}, extra={"nav.xhtml": nav})) == (
        '<div><head>One</head><p xml:id="p1"><pb n="xii"/>one <pb n="13"/>two</p><p>x<pb n="14"/>y</p></div>'
    )


# --- notes and links between documents


def test_notes_in_another_document_stand_where_they_are_referred_to() -> None:
    text = '<h1>One</h1><p>a<a epub:type="noteref" href="notes.xhtml#n1" id="r1">1</a>'
    text += ' b<a href="notes.xhtml#n2" id="r2">2</a></p>'
    notes = (
        '<h1>Notes</h1><section epub:type="endnotes"><ol><li id="n1"><p>First. <a href="a.xhtml#r1">Back</a></p></li>'
        '<li id="n2"><p><a href="a.xhtml#r2">2</a> Second.</p><p>More.</p></li></ol></section>'
    )
    found = shown(book({"a.xhtml": text, "notes.xhtml": notes}))
    assert found.count("<note ") == 2 and "Notes" not in found
    assert "<p>First.</p></note> b<note" in found and "<p>Second.</p><p>More.</p></note>" in found


def test_links_between_documents_and_ids_that_are_there_twice() -> None:
    data = book(
        {
            "a.xhtml": '<h1 id="x">One</h1><p>see <a href="b.xhtml#x">two</a></p>',
            "b.xhtml": '<h1 id="x">Two</h1><p>b</p>',
        }
    )
    assert shown(data) == (
        '<div xml:id="x"><head>One</head><p>see <ref target="#b-x">two</ref></p></div>'
        '<div xml:id="b-x"><head>Two</head><p>b</p></div>'
    )
    assert "html-id" in [problem.code for problem in reading(data).problems]


def test_styles_of_sheets_count() -> None:
    link = f'<?xml version="1.0"?><html {XHTML}><head><link rel="stylesheet" href="s.css"/></head>'
    data = book(
        {"a.xhtml": f'{link}<body><h1>A</h1><p>a <span class="sc">b</span></p></body></html>'},
        extra={"s.css": ".sc {font-variant: small-caps}"},
    )
    assert '<hi rend="small-caps">b</hi>' in shown(data)


# --- faults

GOOD = book({"a.xhtml": "<h1>One</h1><p>a</p>"})
BAD = {
    "nothing": (b"", "archive-broken"),
    "cut off": (GOOD[: len(GOOD) // 2], "archive-broken"),
    "no zip": (b"words", "archive-broken"),
    "no container": (zipped({"mimetype": "application/epub+zip"}), "archive-missing"),
    "no spine": (book({"a.xhtml": "<p>a</p>"}, spine=()), "epub-package"),
    "a package that is not there": (zipped({"META-INF/container.xml": CONTAINER}), "archive-missing"),
    "a broken package": (
        zipped({"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": "<package"}),
        "epub-package",
    ),
    "a document of the spine that is not there": (book({}, spine=("a.xhtml",)), "epub-package"),
    "no words": (book({"a.xhtml": "<p/>"}), "chapter-empty"),
    "a name that leads out": (zipped({"../a": b"x"}), "archive-name"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_a_clear_complaint(name: str) -> None:
    data, code = BAD[name]
    found = errors(data)
    assert found and {problem.code for problem in found} == {code}
    assert all(problem.place.file == "text/book.epub" and problem.hint for problem in found)


def test_a_locked_book_is_refused() -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData>'
        '<enc:CipherReference URI="OEBPS/a.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    data = book({"a.xhtml": "<p>a</p>"}, extra={"META-INF/encryption.xml": encryption})
    assert [problem.code for problem in errors(data)] == ["epub-drm"]
