"""Fonts that an edition brings for characters that those of the house lack."""

import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from edition import builder
from edition.disk import styles_folder
from edition.writers.own_fonts import unpacked, within

from .outputs import needs

RULE = '@font-face { font-family: "Hebrew"; src: url("fonts/Hebrew.ttf") }'


def hebrew() -> bytes:
    """A font whose Hebrew letters look like Latin ones."""
    with TTFont(styles_folder() / "fonts" / "SourceSerif4-Regular.ttf") as font:
        glyphs = font.getBestCmap()
        for table in font["cmap"].tables:
            table.cmap = {0x5D0 + k: glyphs[ord("A") + k] for k in range(27)} if table.isUnicode() else {}
        for record in font["name"].names:
            record.string = "Hebrew"
        data = BytesIO()
        font.save(data)
    return data.getvalue()


def edition(folder: Path, font: bytes | None, sheet: str = RULE) -> Path:
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "a.md").write_text("# A word\n\nThe word תורה in a *text א*.\n")
    (folder / "edition.yaml").write_text("id: x\ntitle: X\nlanguage: en-GB\ncontents:\n  body: [text/a.md]\n")
    (folder / "styles" / "fonts").mkdir(parents=True)
    (folder / "styles" / "print.css").write_text(sheet)
    if font is not None:
        (folder / "styles" / "fonts" / "Hebrew.ttf").write_bytes(font)
    return folder


def test_characters_that_the_house_lacks_are_taken_from_it(tmp_path: Path) -> None:
    built = builder.make(edition(tmp_path / "x", hebrew()), ("pdf",))
    assert built.problems == []
    (tmp_path / "x.pdf").write_bytes(built.files["x.pdf"])
    fonts = subprocess.run([needs("pdffonts"), tmp_path / "x.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Hebrew" in fonts
    text = subprocess.run([needs("pdftotext"), tmp_path / "x.pdf", "-"], capture_output=True, text=True, check=True)
    assert "ת" in text.stdout and "א" in text.stdout


def test_without_it_they_are_told(tmp_path: Path) -> None:
    built = builder.make(edition(tmp_path, None, ""), ("pdf",))
    assert {problem.code for problem in built.problems} == {"glyph-missing"} and built.files == {}


def test_a_font_that_is_not_there_is_told_at_its_place(tmp_path: Path) -> None:
    built = builder.make(edition(tmp_path, None, f"p {{ margin: 0 }}\n{RULE}"), ("pdf",))
    found = next(problem for problem in built.problems if problem.code == "font-missing")
    assert (found.place.file, found.place.line, found.place.column) == ("styles/print.css", 2, 47)
    assert built.files == {}


@pytest.mark.parametrize("named", ["fonts/A.ttf", "'fonts/A.ttf'", '"fonts/A.OTF"'])
def test_what_is_put_into_the_sheet_is_the_font(named: str) -> None:
    sheet, problems = within(
        f"src: url( {named} ); x", "print.css", {f"styles/{named.strip(chr(34) + chr(39))}": b"\0A"}.get
    )
    assert problems == [] and unpacked(sheet.split('"')[1]) == b"\0A"
    assert sheet.endswith("); x")


def test_fonts_of_the_house_stay_what_they_are() -> None:
    sheet = 'src: url("fonts/SourceSerif4-It.ttf")'
    assert within(sheet, "print.css", {"house:fonts/SourceSerif4-It.ttf": b"x"}.get) == (sheet, [])


def test_a_page_counter_in_its_text_is_an_error(tmp_path: Path) -> None:
    built = builder.make(edition(tmp_path, hebrew(), f"{RULE}\np::before {{ content: counter(page) }}"), ("pdf",))
    (found,) = built.problems
    assert (found.code, found.place.file, found.place.line) == ("style-folio", "styles/print.css", 2)
