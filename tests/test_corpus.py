"""Real TEI from start to end: all of ../shared/corpus comes in whole and goes out as TEI, EPUB and PDF.

Three small files always; every file where slow tests run. Each is an edition of its own in a temporary folder.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from edition import builder
from edition.builder import Made
from edition.normal.check import violations
from edition.readers import ReadOptions, read
from edition.readers.tei_elements import OUT
from edition.verify.streams import Streams, differences, merged, of_reading, of_tei
from edition.words import words
from edition.writers.documents import safe_id
from edition.xml import Element, local, parse

from . import outputs
from .conftest import SHARED
from .corpus import NO_TEXT, Source, edition, sources
from .epub_checkers import ace, epubcheck
from .test_outputs_valid import tei_all

CHINESE = ("tei_lite.odd",)  # no font of the house has its signs: the edition brings one
DROID = Path("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf")
SMALL = ("disco019g.xml", "L00126.xml", "L00131.xml")
ALL = [source.name for source in sources()] if (SHARED / "corpus").is_dir() else ["every file"]
BUILT = [name for name in ALL if name not in NO_TEXT]


def source(name: str) -> Source:
    return sources(name)[0]


@cache
def made(name: str, folder: Path) -> Made:
    """The edition of a file, built to TEI and EPUB."""
    return builder.make(edition(source(name), folder / name), ("tei", "epub"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("corpus")


def bring_font(folder: Path, font: Path) -> None:
    if not font.is_file():
        pytest.skip(f"no {font}")
    (folder / "styles" / "fonts").mkdir(parents=True)
    shutil.copyfile(font, folder / "styles" / "fonts" / font.name)
    rule = f'@font-face {{ font-family: "Droid"; src: url("fonts/{font.name}") }}'
    (folder / "styles" / "print.css").write_text(rule)


def file(built: Made, suffix: str) -> bytes:
    return built.files[f"{built.id}.{suffix}"]


# --- the checks


def check_words(name: str, built: Made) -> None:
    """Source, reading, TEI and EPUB have the same words, in the main flow and in each note."""
    found = source(name)
    reading = read(f"text/{name}", found.path.read_bytes(), ReadOptions(found.language))
    root = parse(file(built, "tei.xml"))
    units = of_tei(root)
    for kind in ("main", "notes"):
        expected, got = getattr(of_reading(reading.tree), kind), getattr(merged(units), kind)
        assert expected == got, differences(flat(expected), flat(got))[:3]
    book = outputs.opened(file(built, "epub"))
    notes = list(outputs.epub_notes(book, made=False).values())
    for unit in units:
        assert differences(unit.main, outputs.epub_words(book, f"{safe_id(unit.name)}.xhtml", made=False)) == []
    assert notes == merged(units).notes
    assert letters_of_source(parse(found.path.read_bytes())) == letters_of(reading.tree)


def flat(stream: list[str] | list[list[str]]) -> list[str]:
    return [word for part in stream for word in ([part] if isinstance(part, str) else [*part, "|"])]


def letters(text: str) -> Counter[str]:
    return Counter(character for word in words(text) for character in word)


def letters_of(body: Element) -> Counter[str]:
    """The letters of a reading; examples of code, which show their markup too, are compared elsewhere."""
    code = [block for block in body.iter("{*}ab") if block.get("type") == "code"]
    return letters("".join(map(str, body.itertext()))) - letters(
        "".join(t for ab in code for t in map(str, ab.itertext()))
    )


def letters_of_source(root: Element) -> Counter[str]:
    """The letters of a source's texts by a way of its own: without registers, declarations, and labels of notes."""
    notes = {str(note.get("{http://www.w3.org/XML/1998/namespace}id")) for note in root.iter("{*}note")}
    text = "".join(part for body in root.iter("{*}text") if not inner(body) for part in pieces(body, notes))
    return letters(text)


def inner(body: Element) -> bool:
    return any(local(above) == "text" for above in body.iterancestors())


def pieces(element: Element, notes: set[str]) -> Iterator[str]:
    yield element.text or ""
    for kid in element:
        if isinstance(kid.tag, str) and not is_no_text(kid, notes):
            yield from pieces(kid, notes)
        yield kid.tail or ""


def is_no_text(kid: Element, notes: set[str]) -> bool:
    name, parent = local(kid), kid.getparent()
    assert parent is not None
    beside = name.startswith("list") and name != "list" and local(parent) == "back"
    label = name == "ref" and kid.get("target", "").removeprefix("#") in notes
    return beside or label or name in OUT or name in ("eg", "egXML")


def check_notes(name: str, built: Made) -> None:
    """Every note of the source is a note of the output, or told to be an orphan; those in records are no notes."""
    root = parse(source(name).path.read_bytes())
    notes = [
        note
        for text in root.iter("{*}text")
        if not inner(text)
        for note in text.iter("{http://www.tei-c.org/ns/1.0}note")
        if local(note.getparent()) not in ("person", "place", "org", "event")  # type: ignore[arg-type]
        if not any(is_no_text(above, set()) for above in note.iterancestors() if above is not root)
    ]
    orphans = [problem for problem in built.problems if problem.code == "note-orphan"]
    found = parse(file(built, "tei.xml")).find("{*}text")
    assert found is not None
    assert len(notes) == len(list(found.iter("{*}note"))) + len(orphans)


def check_valid(built: Made) -> None:
    assert [problem for problem in built.problems if problem.is_error] == []
    root = parse(file(built, "tei.xml"))
    assert violations(root) == []


def check_epub(built: Made, folder: Path) -> None:
    (folder / "book.epub").write_bytes(file(built, "epub"))
    assert epubcheck(folder / "book.epub") == []
    assert ace(folder / "book.epub", folder / "ace") == []


# --- three files, always


@pytest.mark.parametrize("name", SMALL)
def test_a_small_file(name: str, folder: Path) -> None:
    built = made(name, folder)
    check_valid(built)
    check_words(name, built)
    check_notes(name, built)


@pytest.mark.parametrize("name", SMALL)
def test_epubcheck_and_ace_have_nothing_to_say_of_a_small_file(name: str, folder: Path, tmp_path: Path) -> None:
    check_epub(made(name, folder), tmp_path)


# --- all of them, where slow tests run


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_a_file_comes_through_whole(name: str, folder: Path) -> None:
    sources()
    built = made(name, folder)
    check_valid(built)
    assert tei_all().validate(parse(file(built, "tei.xml"))), [str(entry) for entry in tei_all().error_log][:3]
    check_words(name, built)
    check_notes(name, built)


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_its_epub_is_without_fault(name: str, folder: Path, tmp_path: Path) -> None:
    sources()
    check_epub(made(name, folder), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", BUILT)
def test_its_pdf_has_the_words_of_its_epub(name: str, tmp_path: Path) -> None:
    """Unit by unit: the text, and the notes at the foot of its pages."""
    folder = edition(source(name), tmp_path / "edition")
    if name in CHINESE:
        bring_font(folder, DROID)
    built = builder.make(folder, ("tei", "epub", "pdf"))
    assert [problem for problem in built.problems if problem.is_error] == []
    (tmp_path / "book.pdf").write_bytes(file(built, "pdf"))
    printed = outputs.printed(tmp_path / "book.pdf")
    book = outputs.opened(file(built, "epub"))
    said = Counter(word for page in printed for line in page.body for word in words(line.text))
    wanted = Counter(word for unit in of_tei(parse(file(built, "tei.xml"))) for word in words_of(unit, book))
    # a word divided at a line's end is not itself any more: most of the long ones stay whole
    missing = wanted - said
    assert sum(missing.values()) <= sum(wanted.values()) * 0.12 + 2, missing.most_common(10)


def words_of(unit: Streams, book: outputs.Epub) -> list[str]:
    return [
        *outputs.epub_words(book, f"{safe_id(unit.name)}.xhtml", made=False),
        *(w for note in unit.notes for w in note),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(NO_TEXT))
def test_what_is_no_text_is_named(name: str, tmp_path: Path) -> None:
    built = builder.make(edition(source(name), tmp_path / "edition"), ("tei",))
    assert [problem.code for problem in built.problems if problem.is_error] == [NO_TEXT[name]]
    assert built.files == {}
