"""`epub: {fonts: true}`: the house's fonts in the e-book, with its characters and no others."""

from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont

from edition import builder
from edition.disk import styles_folder
from edition.writers.epub_fonts import FACES, cut, sheet

from . import outputs
from .epub_checkers import ace, epubcheck

REGULAR = "SourceSerif4-Regular.ttf"
YAML = "id: x\ntitle: X\nlanguage: en-GB\ncontents:\n  body: [text/a.md]\nepub: {pages: none, fonts: %s}\n"


def book(folder: Path, fonts: str = "true") -> bytes:
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "a.md").write_text("# Вавилов\n\n*Čapek* wrote **twice**.[^1]\n\n[^1]: Ωmega.\n")
    (folder / "edition.yaml").write_text(YAML % fonts)
    return builder.make(folder, ("epub",)).files["x.epub"]


def characters(data: bytes) -> set[str]:
    return {chr(code) for code in TTFont(BytesIO(data)).getBestCmap()}


def test_the_faces_have_the_characters_of_the_book(tmp_path: Path) -> None:
    files = outputs.opened(book(tmp_path)).files
    assert sorted(name for name in files if name.startswith("EPUB/fonts/")) == [
        f"EPUB/fonts/{f}" for f in sorted(FACES)
    ]
    for name in FACES:
        found = characters(files[f"EPUB/fonts/{name}"])
        assert set("ВавиловČapekΩ") <= found
        assert not set("ЖĐΨ") & found
    assert sum(len(files[f"EPUB/fonts/{name}"]) for name in FACES) < 200_000
    documents = [data for name, data in files.items() if name.startswith("EPUB/text/")]
    assert all(b"../css/fonts.css" in data for data in documents)
    assert files["EPUB/css/fonts.css"] == sheet()


def test_an_edition_that_asks_for_none_has_none(tmp_path: Path) -> None:
    assert not [name for name in outputs.opened(book(tmp_path, "false")).files if "font" in name]


def test_small_capitals_and_figures_stay(tmp_path: Path) -> None:
    font = TTFont(BytesIO(cut(styles_folder() / "fonts" / REGULAR, "Ж")))
    kept = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert {"smcp", "onum", "tnum"} <= kept


def test_the_same_characters_are_the_same_bytes() -> None:
    path = styles_folder() / "fonts" / REGULAR
    assert cut(path, "аб") == cut(path, "бa" + "а") != cut(path, "в")


def test_epubcheck_and_ace_have_nothing_to_say(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(book(tmp_path / "edition"))
    # that a style sheet names a font is no fault
    assert [line for line in epubcheck(tmp_path / "book.epub") if not line.startswith("USAGE CSS-028")] == []
    assert ace(tmp_path / "book.epub", tmp_path / "ace") == []
