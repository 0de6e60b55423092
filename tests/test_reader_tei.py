"""The TEI reader: a case of tests/cases/tei for each idiom, bad input, words kept, registers, and cost.

A case holds in.xml; expect.xml, the body it is to become, a block a line; and expect.txt, what is said of it.
"""

import re
from pathlib import Path

import pytest

from edition.normal.check import grammar
from edition.normal.vocabulary import blocks
from edition.passes.units import units
from edition.readers import Reading, ReadOptions, read
from edition.xml import ID, TEI, Element, document, local, parse, tei

from .test_outputs_valid import tei_all

CASES = Path(__file__).parent / "cases" / "tei"
NAMES = sorted(path.name for path in CASES.iterdir())
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title type='main'>x</title></titleStmt><publicationStmt><publisher>x</publisher>"
    "<idno type='edition'>x</idno></publicationStmt><sourceDesc><p>x</p></sourceDesc></fileDesc><encodingDesc>"
    "<projectDesc><ab xml:id='edtf'>x</ab></projectDesc><editorialDecl><p>x</p></editorialDecl><appInfo><application "
    "ident='edition' version='1'>"
    "<label>x</label></application></appInfo></encodingDesc><profileDesc><langUsage><language ident='en'>x</language>"
    "</langUsage></profileDesc></teiHeader>"
)


def reading(data: bytes | str, language: str = "en-GB") -> Reading:
    return read("text/a.xml", data.encode() if isinstance(data, str) else data, ReadOptions(language))


def text(body: str, more: str = "") -> str:
    """A small TEI document."""
    return f'<TEI xmlns="{TEI}"><teiHeader/>{more}<text><body>{body}</body></text></TEI>'


def shown(found: Reading) -> str:
    """A body as text: every block on a line of its own."""
    flat = document(found.tree).decode().split("\n", 1)[1].replace(f' xmlns="{TEI}"', "")
    names = "div|p|ab|lg|l|sp|spGrp|stage|quote|list|item|label|note|table|row|figure|castList|castGroup|castItem"
    return re.sub(rf"(?<=>)(?=<(?:{names}|opener|closer|postscript|epigraph)[ >])", "\n", flat)


def told(found: Reading) -> str:
    rows = [f"{p.place.line} {p.severity}[{p.code}]: {p.text}\n" for p in found.problems]
    registers = [f"{kind}: {record}\n" for kind, records in found.registers.items() for record in records]
    return "".join([*rows, *registers, *([f"about: {found.about}\n"] if found.about else [])])


def whole(body: Element) -> Element:
    """A valid document around the units of a body."""
    root = tei("TEI", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    root.append(parse(HEADER.replace("<teiHeader>", f'<teiHeader xmlns="{TEI}">').encode()))
    root.append(tei("text", {}, tei("body", {}, *(unit.tree for unit in units("a.xml", body)))))
    return parse(document(root))


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str) -> None:
    found = reading((CASES / name / "in.xml").read_bytes())
    assert shown(found) == (CASES / name / "expect.xml").read_text(encoding="utf-8")
    assert told(found) == (CASES / name / "expect.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_case_is_valid_and_every_block_has_its_line(name: str) -> None:
    found = reading((CASES / name / "in.xml").read_bytes())
    root = whole(found.tree)
    assert grammar().validate(root), [str(entry) for entry in grammar().error_log][:3]
    places = [position["line"] for position in found.positions]
    assert len(places) == len(list(blocks(found.tree)))
    assert all(0 < place <= (CASES / name / "in.xml").read_text().count("\n") + 1 for place in places)


@pytest.mark.slow
def test_all_cases_are_valid_against_the_full_schema() -> None:
    for name in NAMES:
        root = whole(reading((CASES / name / "in.xml").read_bytes()).tree)
        assert tei_all().validate(root), (name, [str(entry) for entry in tei_all().error_log][:3])


# --- words


RICH = [
    "drama",
    "verse",
    "letter",
    "note-in-back",
    "note-two-series",
    "tables-figures",
    "breaks",
    "floating-text",
    "order",
]


@pytest.mark.parametrize("name", RICH)
def test_no_word_is_lost_or_doubled(name: str) -> None:
    """The letters of the source's text, in whatever order, are those of the body: without what is told as left out."""
    source = parse((CASES / name / "in.xml").read_bytes()).find(f"{{{TEI}}}text")
    assert source is not None
    assert letters(source) == letters(reading((CASES / name / "in.xml").read_bytes()).tree)


def letters(root: Element) -> list[str]:
    """Without the labels of references to notes, which are numbered anew."""
    found = "".join(
        (element.text or "") * (local(element) != "ref") + (element.tail or "") * (element is not root)
        for element in root.iter(f"{{{TEI}}}*")
    )
    return sorted(c for c in found if not c.isspace() and c != "-")


LOOSE = [
    "table",
    "list",
    "row",
    "figure",
    "listPerson",
    "app",
    "subst",
    "choice",
    "address",
    "cit",
    "item",
    "cell",
    "lem",
]


@pytest.mark.parametrize("name", LOOSE)
@pytest.mark.parametrize(
    "around", ["{}", "<p>One {} two.</p>", "<div>{}<p>Two.</p></div>", "<list><item>{}</item></list>"]
)
def test_text_where_only_elements_should_stand_is_kept(name: str, around: str) -> None:
    data = text("<div>" + around.format(f"<{name}>loose</{name}>") + "<p>End.</p></div>")
    assert " ".join(map(str, reading(data).tree.itertext())).split().count("loose") == 1


# --- ids


def test_ids_of_the_source_are_kept_and_given_once() -> None:
    found = reading(text('<div xml:id="d"><p xml:id="a">x <hi xml:id="b">y</hi> <ref target="#b">z</ref></p></div>'))
    ids = [element.get(ID) for element in found.tree.iter() if element.get(ID)]
    assert sorted(map(str, ids)) == ["a", "b", "d"]


def test_doubled_ids_are_told_with_both_lines() -> None:
    found = reading(
        text('<div>\n<p xml:id="a">x</p>\n<p xml:id="a">y</p>\n<p xml:id="b">z</p><p xml:id="b">z</p></div>')
    )
    assert [(p.code, p.place.line) for p in found.problems] == [("id-doubled", 3), ("id-doubled", 4)]
    assert "line 2" in found.problems[0].hint


# --- what cannot be read


DEEP = "<hi>" * 150 + "x" + "</hi>" * 150
BAD = {
    "0 bytes": (b"", "xml-syntax", 1),
    "not closed": (text("<div><p>x</div>").encode(), "xml-syntax", 1),
    "not TEI": (b"<root>\n<row/></root>", "tei-root", 1),
    "another namespace": (text("<p>x</p>").replace("1.0", "2.0").encode(), "tei-namespace", 1),
    "an entity": (text("<div>\n<p>a&mdash;b</p></div>").encode(), "tei-entity", 2),
    "a declared entity": (
        b'<!DOCTYPE TEI [<!ENTITY e "x">]>\n' + text("<div><p>a&e;b</p></div>").encode(), "tei-entity", 2,
    ),
    "an external entity": (
        b'<!DOCTYPE TEI [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + text("<p>&e;</p>").encode(), "tei-entity", 1,
    ),
    "nested deep": (text(f"<p>{DEEP}</p>").encode(), "tei-depth", 1),
    "nested deeper": (text(f"<p>{DEEP.replace('x', DEEP)}</p>").encode(), "tei-depth", 1),
    "not UTF-8": (text("<p>caf\xe9</p>").encode("latin-1"), "source-encoding", 1),
    "UTF-16 said to be UTF-8": (
        b'<?xml version="1.0" encoding="UTF-8"?>'.decode().encode("utf-16") + text("<p>x</p>").encode("utf-16"),
        "source-encoding", 1,
    ),
    "an inclusion": (
        text('<p>x</p>\n<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="b.xml"/>').encode(),
        "tei-include", 2,
    ),
    "no text": (f'<TEI xmlns="{TEI}"><teiHeader/></TEI>'.encode(), "chapter-empty", 1),
    "no words": (text("<div><p> </p></div>").encode(), "chapter-empty", 1),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    data, code, line = BAD[name]
    found = reading(data)
    assert (code, line) in [(p.code, p.place.line) for p in found.problems if p.is_error], found.problems
    assert len(found.tree) == 0


def test_utf_16_is_xml_too() -> None:
    data = ('<?xml version="1.0" encoding="UTF-16"?>' + text("<p>Brünn</p>")).encode("utf-16")
    assert "".join(reading(data).tree.itertext()) == "Brünn"


def test_mojibake_is_told() -> None:
    found = reading(text("<div><p>The cafÃ© and the nÃ¤chste day.</p></div>"))
    assert [p.code for p in found.problems] == ["source-mojibake"]


def test_language_of_the_text() -> None:
    data = text("<div><p>x</p></div>").replace("<text>", '<text xml:lang="cs">')
    assert reading(data).tree[0].get("{http://www.w3.org/XML/1998/namespace}lang") == "cs"
    assert reading(data, "cs").tree[0].get("{http://www.w3.org/XML/1998/namespace}lang") is None
