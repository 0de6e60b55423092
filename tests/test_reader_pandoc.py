"""Files read through pandoc: one text in each format, notes in place; bad input; and no pandoc at all."""

import io
import zipfile
from pathlib import Path

import pytest

from edition.normal.check import grammar
from edition.readers import READERS, Reading, ReadOptions, pandoc, read
from edition.xml import TEI, canonical

from .test_reader_tei import whole

CASES = Path(__file__).parent / "cases" / "pandoc"
FORMATS = sorted(path.suffix for path in CASES.iterdir())
RIVER = (
    '<div><head>The river</head><p>It was <hi rend="italic">high</hi><note place="foot"><p>In spring, as '
    '<hi rend="bold">always</hi>.</p></note> that year.</p>'
)
QUOTE = "<quote><p>Nobody crossed it.</p></quote>"
TABLE = "<table><row><cell>Bread</cell><cell>2</cell></row><row><cell>Wine</cell><cell>9</cell></row></table>"
TOWN = '</div><div><head>The town</head><p>See<note place="foot"><p>A second note.</p></note> there.</p></div>'
EXPECTED = {
    ".docbook": RIVER + QUOTE + TABLE + TOWN,
    ".fb2": "<div><head>A book</head>" + RIVER + QUOTE + TOWN + "</div>",
    ".org": RIVER + QUOTE + TABLE + TOWN,
    ".rst": RIVER + QUOTE + TABLE + TOWN,
    ".rtf": RIVER + "<p>Nobody crossed it.</p>" + TOWN,
    ".tex": RIVER + QUOTE + TABLE + TOWN.replace("<p>See<", "<quote><p>One line<lb></lb>\nand two</p></quote><p>See <"),
}


@pytest.fixture(autouse=True)
def _needs_pandoc(request: pytest.FixtureRequest) -> None:
    if not pandoc.executable() and "without" not in request.node.name:
        pytest.skip("no pandoc")


def reading(name: str, data: bytes) -> Reading:
    return read(f"text/{name}", data, ReadOptions("en-GB"))


def shown(found: Reading) -> str:
    return canonical(found.tree).decode().removeprefix(f'<body xmlns="{TEI}">').removesuffix("</body>")


def odt(text: str) -> bytes:
    """An OpenDocument file with this content."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        f'office:version="1.2"><office:body><office:text>{text}</office:text></office:body></office:document-content>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        styles = "".join(
            f"<office:{name}/>" for name in ("font-face-decls", "styles", "automatic-styles", "master-styles")
        )
        archive.writestr(
            "styles.xml", f'<office:document-styles xmlns:office="{office}">{styles}</office:document-styles>'
        )
    return made.getvalue()


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_format(suffix: str) -> None:
    found = reading(f"notes{suffix}", (CASES / f"notes{suffix}").read_bytes())
    assert shown(found) == EXPECTED[suffix]
    assert [p.code for p in found.problems] == ["pandoc-loses"]
    assert grammar().validate(whole(found.tree)), [str(e) for e in grammar().error_log][:3]


def test_opendocument() -> None:
    note = (
        '<text:note text:note-class="footnote" text:id="f1"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Of 1892.</text:p></text:note-body></text:note>"
    )
    data = odt(f'<text:h text:outline-level="1">Letters</text:h><text:p>The first{note} is lost.</text:p>')
    found = reading("letters.odt", data)
    assert shown(found) == (
        '<div><head>Letters</head><p>The first<note place="foot"><p>Of 1892.</p></note> is lost.</p></div>'
    )
    assert "page breaks" in found.problems[0].text


def test_title_and_author_are_words_too() -> None:
    found = reading("a.tex", b"\\title{A book}\\author{N. N.}\n\\begin{document}\\maketitle\nText.\n\\end{document}")
    assert shown(found) == "<div><head>A book</head><p>N. N.</p><p>Text.</p></div>"


def test_no_other_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "other.tex").write_text("secret")
    found = reading("a.tex", f"Text.\n\n\\input{{{tmp_path / 'other.tex'}}}\n".encode())
    assert "secret" not in shown(found)
    assert [(p.code, p.place.line) for p in found.problems] == [("pandoc-loses", 0), ("pandoc-warning", 3)]


BAD = {
    "an error in LaTeX": ("a.tex", b"\\section{a\n\\begin{itemize}\\item x\n", "pandoc-failed", 2),
    "no zip": ("a.odt", b"PK\x03\x04xxxx", "pandoc-failed", 0),
    "nothing": ("a.rst", b"", "chapter-empty", 0),
    "not UTF-8": ("a.org", b"one\ncaf\xe9", "source-encoding", 2),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input(name: str) -> None:
    file, data, code, line = BAD[name]
    found = reading(file, data)
    assert [(p.code, p.place.line) for p in found.problems if p.is_error] == [(code, line)]
    assert len(found.tree) == 0


def test_without_pandoc_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pandoc, "executable", lambda: "")
    (problem,) = reading("a.odt", odt("")).problems
    assert (problem.code, problem.is_error) == ("pandoc-missing", True)
    assert "edition[pandoc]" in problem.hint


def test_the_table_of_readers_has_every_format_of_pandoc() -> None:
    assert pandoc.FORMATS.keys() <= READERS.keys()
