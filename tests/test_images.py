"""Images from source to outputs: found by every reader, checked, named by their content, shown in EPUB and print."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from edition import builder, images, svg
from edition.normal.check import violations
from edition.problems import Problem
from edition.readers import ReadOptions, read
from edition.verify.streams import differences, merged, of_tei
from edition.xml import parse

from . import epub_checkers, outputs
from .docx_maker import docx, p, picture
from .test_outputs_valid import tei_all

CASE = Path(__file__).parent / "cases" / "images"
XHTML = "{http://www.w3.org/1999/xhtml}"


def png(width: int = 40, height: int = 30, mode: str = "RGB", kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    Image.new(mode, (width, height)).save(held, kind)
    return held.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> builder.Made:
    folder = tmp_path_factory.mktemp("images") / "harbour"
    shutil.copytree(CASE, folder)
    found = builder.make(folder, builder.OUTPUTS)
    assert not found.failed, found.problems
    return found


# --- the whole way


def test_every_image_is_in_every_output_once(made: builder.Made) -> None:
    beside = {name for name in made.files if name.startswith("images/")}
    assert len(beside) == 3  # quay, tower, map: the quay of the Word file is the same file
    tei = parse(made.files["harbour.tei.xml"])
    urls = [graphic.get("url", "") for graphic in tei.iter("{*}graphic")]
    assert set(urls) - {"text/gone.png"} == beside and len(urls) == 7
    book = outputs.opened(made.files["harbour.epub"])
    assert {f"EPUB/{name}" for name in beside} <= set(book.files)
    shown = [image.get("src") for doc in book.documents.values() for image in doc.iter(f"{XHTML}img")]
    assert sorted(f"../{name}" for name in urls if name in beside) == sorted(s for s in shown if s and "cover" not in s)
    kinds = {item.get("href"): item.get("media-type") for item in book.package.iter("{*}item")}
    assert {kinds[name] for name in beside} == {"image/png", "image/jpeg", "image/svg+xml"}


def test_the_words_for_an_image_and_its_credit_are_there(made: builder.Made) -> None:
    book = outputs.opened(made.files["harbour.epub"])
    alts = [image.get("alt") for doc in book.documents.values() for image in doc.iter(f"{XHTML}img")]
    assert "The quay at low water" in alts and all(alts)
    captions = ["".join(c.itertext()) for doc in book.documents.values() for c in doc.iter(f"{XHTML}figcaption")]
    assert "The quay, 1848Photograph: Ada EditorCC-BY-4.0" in captions


def test_outputs_with_images_are_valid(made: builder.Made, tmp_path: Path) -> None:
    root = parse(made.files["harbour.tei.xml"])
    assert violations(root) == []
    assert tei_all().validate(root), [str(entry) for entry in tei_all().error_log][:5]
    (tmp_path / "harbour.epub").write_bytes(made.files["harbour.epub"])
    assert epub_checkers.epubcheck(tmp_path / "harbour.epub") == []


def test_print_shows_the_images_and_keeps_captions_with_them(made: builder.Made, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(made.files["harbour.pdf"])
    listed = subprocess.run(
        [outputs.needs("pdfimages"), "-list", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    pages = [(line.split()[0], line.split()[3], line.split()[4]) for line in listed]
    assert pages == [
        ("5", "320", "200"),
        ("6", "240", "320"),
        ("8", "240", "320"),
        ("9", "320", "200"),
        ("11", "320", "200"),
    ]
    text = subprocess.run(
        [outputs.needs("pdftotext"), "-f", "5", "-l", "6", str(tmp_path / "a.pdf"), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    first, second = text.split("\f")[:2]
    assert "Photograph: Ada Editor" in first and "The river" in second  # a word within the SVG


def test_no_word_is_lost_beside_images(made: builder.Made) -> None:
    tei = merged(of_tei(parse(made.files["harbour.tei.xml"]))).main
    book = outputs.opened(made.files["harbour.epub"])
    names = [
        f"{div.get('{http://www.w3.org/XML/1998/namespace}id')}.xhtml"
        for div in parse(made.files["harbour.tei.xml"]).iter("{*}div")
    ]
    assert differences(tei, [word for name in names for word in outputs.epub_words(book, name, made=False)]) == []


@pytest.mark.slow
def test_the_same_again(made: builder.Made, tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "harbour")
    assert builder.make(tmp_path / "harbour", builder.OUTPUTS, jobs=2).files == made.files


def test_what_is_said(made: builder.Made) -> None:
    said = [(problem.code, problem.place.file, problem.place.line) for problem in made.problems]
    assert said == [
        ("image-svg", "text/one.md", 10),
        ("image-credit", "text/three.docx", 3),
        ("image-credit", "text/two.html", 5),
        ("image-lost", "text/two.html", 7),
    ]


# --- found by every reader


def urls(name: str, data: bytes) -> list[str]:
    tree = read(name, data, ReadOptions("en-GB")).tree
    return [graphic.get("url", "") for graphic in tree.iter("{*}graphic")]


def test_addresses_are_seen_from_the_folder_of_the_edition() -> None:
    assert urls("text/a.md", b"# A\n\n![b](../images/c%20d.png)\n\n![b](e.png)\n") == ["images/c d.png", "text/e.png"]
    assert urls("text/a.html", b"<p>x</p><img src='i/b.png?1' alt=b>") == ["text/i/b.png"]
    assert urls("text/a.html", b"<p>x</p><img src='https://example.org/b.png'>") == ["https://example.org/b.png"]
    member = docx(p("<w:r>" + picture("rId0", "x") + "</w:r>"), members={"word/media/image1.png": png()})
    assert urls("text/a.docx", member) == ["text/a.docx!word/media/image1.png"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a ![b](c.png) d", "markdown-image"),
        ("# A ![b](c.png)\n\nx", "markdown-image"),
        ("![b](https://example.org/c.png)", "markdown-image"),
        ("![b](#c)", "markdown-image"),
        ('![b](c.png "title")', "markdown-image"),
        ("![b][c]", "markdown-image"),
        ("![b](c.png){person=x}", "markdown-attribute"),
        ('![b](c.png){caption=""}', "markdown-attribute"),
        ("[b]{caption=x}", "markdown-attribute"),
        ("[b]{pb=12}", "markdown-attribute"),
        ("[]{pb=12 lang=fr}", "markdown-attribute"),
    ],
)
def test_images_of_markdown_that_cannot_be(text: str, code: str) -> None:
    found = [problem.code for problem in read("a.md", text.encode(), ReadOptions("en-GB")).problems]
    assert found[0] == code, found


def test_an_image_of_markdown() -> None:
    text = '![Words](c.png){#x caption="C" credit="D" licence="E"}\n\n> ![](d.png)\n'
    found = etree.tostring(read("a.md", text.encode(), ReadOptions("en-GB")).tree, encoding="unicode")
    assert found.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "") == (
        '<body><figure xml:id="x"><graphic url="c.png"/><head>C</head><figDesc>Words</figDesc>'
        '<bibl type="credit">D</bibl><bibl type="licence">E</bibl></figure>'
        '<quote><figure><graphic url="d.png"/></figure></quote></body>'
    )


# --- checked


def faults(data: bytes) -> list[str]:
    return [fault.code for fault in images.prepared(data)[0].faults]


def test_kinds_of_images() -> None:
    for kind, suffix in {
        "PNG": "png",
        "JPEG": "jpg",
        "GIF": "gif",
        "WEBP": "webp",
        "BMP": "png",
        "TIFF": "png",
    }.items():
        found, data = images.prepared(png(kind=kind))
        assert found.name.endswith(f".{suffix}") and (found.width, found.height) == (40, 30), kind
        assert found.faults == () and images.prepared(data)[0].name == found.name
    assert faults(b"") == ["image-broken"] and faults(b"words") == ["image-broken"]
    assert faults(png()[:40]) == ["image-broken"]
    assert faults(b"\xd7\xcd\xc6\x9a" + bytes(40)) == ["image-kind"]
    assert faults(png(12_000, 9_000, "1")) == ["image-size"]
    assert faults(png() + bytes(11 << 20)) == ["image-large"]


def test_equal_bytes_have_one_name() -> None:
    assert images.prepared(png())[0].name == images.prepared(png())[0].name != images.prepared(png(41))[0].name
    assert re.fullmatch("images/[0-9a-f]{16}\\.png", images.prepared(png())[0].name)
    picture_, data = images.unpacked(images.packed(*images.prepared(png())))
    assert (picture_, data) == images.prepared(png())


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 10 20">{}</svg>'


@pytest.mark.parametrize(
    ("inner", "gone"),
    [
        ("<script>go()</script>", "script"),
        ('<rect onclick="go()"/>', "onclick"),
        ('<a x:href="javascript:go()"><text>t</text></a>', "javascript"),
        ('<a href="https://example.org"><text>t</text></a>', "example.org"),
        ('<image href="https://example.org/x.png"/>', "example.org"),
        ('<image href="data:image/svg+xml;base64,AAAA"/>', "AAAA"),
        ('<use x:href="other.svg#a"/>', "other.svg"),
        ('<rect style="fill: url(https://example.org/x)"/>', "example.org"),
        ('<rect fill="url( &quot;//example.org/x&quot;)"/>', "example.org"),
        ("<style>@import 'x.css'; rect {fill: red}</style>", "import"),
        ("<style>rect {fill: u\\72l(//x)}</style>", "72l"),
        ("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>b</body></foreignObject>", "xhtml"),
        ('<set attributeName="href" to="javascript:go()"/>', "javascript"),
        ("<animate/>", "animate"),
        ("<!-- hidden --><?php x?>", "hidden"),
    ],
)
def test_an_svg_is_made_harmless(inner: str, gone: str) -> None:
    found = svg.harmless(SVG.format(inner).encode())
    assert isinstance(found, svg.Harmless)
    assert gone.encode() not in found.data and found.size == (10, 20)
    again = svg.harmless(found.data)
    assert isinstance(again, svg.Harmless) and again.data == found.data and not again.removed


def test_what_an_svg_may_have_stays() -> None:
    inner = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)"/>'
        '<use x:href="#g"/><image href="data:image/png;base64,iVBORw0KGgo="/><style>rect {fill: url(#g)}</style>'
    )
    found = svg.harmless(SVG.format(inner).encode())
    assert isinstance(found, svg.Harmless) and not found.removed
    assert found.data.count(b"#g") == 3 and b"viewBox" in found.data and b"linearGradient" in found.data


def test_an_svg_that_cannot_be_read_says_why() -> None:
    assert faults(b"<svg") == ["image-broken"]
    assert faults(b'<?xml version="1.0"?><html/>') == ["image-broken"]
    entity = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'
    found = svg.harmless(entity)
    assert isinstance(found, str) or b"root:" not in found.data


# --- complained of


def problems(tmp_path: Path, text: str, **files: bytes) -> list[Problem]:
    folder = tmp_path / "e"
    (folder / "text").mkdir(parents=True)
    (folder / "edition.yaml").write_text("title: T\nlanguage: en\ncontents: {body: [text/a.md]}\n")
    (folder / "text" / "a.md").write_text(text)
    for name, data in files.items():
        (folder / "text" / name.replace("_", ".")).write_bytes(data)
    return builder.check(folder, pages=False).problems


def test_an_image_that_is_not_there_is_an_error_at_its_line(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "# A\n\nb\n\n![b](c.png)\n")
    assert (found.code, found.place.line, found.place.column, found.is_error) == ("image-missing", 5, 1, True)


def test_images_without_words_and_without_credit_are_told_once(tmp_path: Path) -> None:
    found = problems(
        tmp_path, "# A\n\n![](c.png)\n\n![](d.png)\n\n![b](c.png){credit=x}\n", c_png=png(), d_png=png(9, 9)
    )
    assert [(p.code, p.place.line, p.text[:8]) for p in found] == [
        ("image-alt", 3, "2 images"),
        ("image-credit", 3, "2 images"),
    ]


def test_a_file_out_of_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    found = problems(tmp_path / "in", "# A\n\n![b](../../../secret.png)\n")
    assert [problem.code for problem in found] == ["image-missing"]


def test_a_layout_reads_only_the_images_that_its_unit_names(tmp_path: Path) -> None:
    from edition.writers.pages import _Files

    files = _Files((("images/a.png", png()),))
    assert files.fetch("https://styles.invalid/images/a.png").read() == png()
    for url in ("https://styles.invalid/images/b.png", "file:///etc/passwd", "https://example.org/a.png",
                "https://styles.invalid/fonts/../../edition/xml.py", "data:text/html,x"):  # fmt: skip
        with pytest.raises(ValueError):
            files.fetch(url)


def test_an_image_is_changed_alone(tmp_path: Path) -> None:
    """Another image, other bytes: the text is not read again, and the old image is in no output."""
    folder = tmp_path / "harbour"
    shutil.copytree(CASE, folder)
    before = builder.make(folder, ("epub",)).files["harbour.epub"]
    (folder / "images" / "quay.png").write_bytes(png(50, 50))
    after = builder.make(folder, ("epub",)).files["harbour.epub"]
    name = images.prepared(png(50, 50))[0].name
    with zipfile.ZipFile(io.BytesIO(after)) as new, zipfile.ZipFile(io.BytesIO(before)) as old:
        assert f"EPUB/{name}" in new.namelist() and f"EPUB/{name}" not in old.namelist()
        assert len(new.namelist()) == len(old.namelist()) + 1  # the Word file has the old one still
    assert json.dumps(name)
