"""EPUBs opened in a browser with foliate-js: every section seen, every note pressed, every nav entry followed."""

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from edition.book import page_map_from

from . import epub_fixture as book
from .conftest import ROOT, Built
from .epub_checkers import ace, epubcheck, walk
from .epub_fixture import epub


def texts(file: Path) -> dict[str, Any]:
    """The content documents of an EPUB by name."""
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("reader")
    file = folder / "book.epub"
    file.write_bytes(epub(book.units(), book.IMPRINT, book.pages(), book.styles(), book.MODIFIED))
    return file, walk(file, folder / "seen")


def check_walk(file: Path, seen: dict[str, Any], labels: list[str]) -> None:
    assert seen["errors"] == [] and seen["strangers"] == []
    check_notes(texts(file), seen["notes"])
    assert [page["label"] for page in seen["pageList"]] == labels
    for link in seen["links"]:
        found = link["found"]
        if link["list"] == "pageList":
            assert found["label"] == link["label"]
        assert seen["sections"][found["index"]] == link["href"].partition("#")[0]
        assert found["name"] or "#" not in link["href"], link
    check_colours(seen)
    assert [image for kind in ("light", "dark", "wide") for section in seen[kind] for image in section["broken"]] == []
    assert [
        section["outside"] for kind in ("light", "dark", "wide") for section in seen[kind] if section["outside"]
    ] == []


def check_notes(documents: dict[str, Any], notes: list[dict[str, Any]]) -> None:
    """Every reference of every document was pressed, and showed the note it names and nothing else."""
    refs = {
        (name, link.get("id")): link.get("href").partition("#")[2]
        for name, tree in documents.items()
        for link in tree.iterfind(".//{*}a[@role='doc-noteref']")
    }
    bodies = {note.get("id"): note for tree in documents.values() for note in tree.iterfind(".//{*}div[@role]")}
    assert len(notes) == len(refs)
    for shown in notes:
        assert (shown.get("error"), shown["type"], shown["hidden"]) == (None, "footnote", False)
        expected = squeezed("".join(bodies[refs[shown["section"], shown["ref"]]].itertext()))
        assert squeezed(shown["text"]) == expected
        assert re.match(re.escape(shown["number"]) + r"\W", expected)


def check_colours(seen: dict[str, Any]) -> None:
    """All text has the one colour of the theme: dark on light, light on dark."""
    for scheme, expected in (("light", 0), ("dark", 255)):
        for section in seen[scheme]:
            assert section["colours"] in ([f"rgb({expected}, {expected}, {expected})"], [])


def test_a_small_book_can_be_read(small: tuple[Path, dict[str, Any]]) -> None:
    file, seen = small
    check_walk(file, seen, list(book.pages().labels))
    assert [entry["label"] for entry in seen["toc"]] == [
        "Preface", "1. To a friend in Paris", "2. The answer", "Notes", "Who is who", "Chronology", "Index of names",
    ]  # fmt: skip
    assert [mark["type"] for mark in seen["landmarks"]] == [
        ["titlepage"],
        ["toc"],
        ["bodymatter"],
        ["endnotes"],
        ["index"],
    ]


def test_a_table_too_wide_is_seen(tmp_path: Path) -> None:
    cells = "".join(f"<td>{'Wide' * 8}</td>" for _ in range(8))
    units = [book.chapter(f'<p id="p-1">Words.</p><table><tbody><tr>{cells}</tr></tbody></table>')]
    file = tmp_path / "book.epub"
    file.write_bytes(epub(units, book.IMPRINT, None, book.styles(), book.MODIFIED))
    seen = walk(file, tmp_path / "seen")
    assert [bool(section["outside"]) for section in seen["light"]] == [True]


def test_popups_hold_the_notes_of_the_sources(small: tuple[Path, dict[str, Any]]) -> None:
    shown = {note["ref"]: squeezed(note["text"]) for note in small[1]["notes"]}
    assert shown["n-weather-ref"] == "1. The winter had been mild."
    assert shown["n-moreau-ref"] == shown["n-moreau-ref-2"]
    assert shown["n-moreau-ref"] == "2. a b Jeanne Moreau, widow; see the chronology, p. 13.She died in 1851."
    assert shown["n-post-ref"] == "1. Lyon, 3 March. Mme Moreau."
    assert shown["n-de-ref"] == "* Verschollen."


def test_pictures_of_every_section_are_kept(small: tuple[Path, dict[str, Any]]) -> None:
    file, seen = small
    pictures = {picture.stem for picture in (file.parent / "seen").glob("*.png")}
    assert pictures == {f"{s}-{n}" for s in ("light", "dark") for n in range(len(seen["sections"]))} | {"popup"}


def test_the_editions_can_be_read(built: Built, tmp_path: Path) -> None:
    pages = page_map_from(built.file("pages.json").read_bytes())
    seen = walk(built.file("epub"), tmp_path)
    keep_pictures(tmp_path, ROOT / "build" / "reader" / built.made.id, seen)
    check_walk(built.file("epub"), seen, list(pages.labels))


def keep_pictures(pictures: Path, folder: Path, seen: dict[str, Any]) -> None:
    """Six pages, to be looked at: cover, title page and the chapter with most notes, in light and in dark."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chapter = max(range(len(seen["light"])), key=lambda n: int(seen["light"][n]["noterefs"]))
    for name in (f"{scheme}-{n}.png" for scheme in ("light", "dark") for n in (0, 2, chapter)):
        shutil.copyfile(pictures / name, folder / name)


def test_the_editions_leave_epubcheck_and_ace_nothing_to_say(built: Built, tmp_path: Path) -> None:
    assert epubcheck(built.file("epub")) == []
    assert ace(built.file("epub"), tmp_path / "ace") == []
