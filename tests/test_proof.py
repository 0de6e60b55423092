"""The proof-reader of finished pages: finds what was planted, and nothing of the gravest in what the house prints."""

from __future__ import annotations

import json
import random
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from edition import book
from edition.cli import main
from edition.problems import Problem, explanation
from edition.verify.proof import check_pages
from edition.xml import XHTML

from . import outputs
from . import print_fixture as fixture
from .conftest import Built

GRAVE = ("page-widow", "page-orphan", "page-head")


def chapters(more: str = "") -> list[dict[str, object]]:
    """Two chapters of paragraphs of all lengths, with heads among them."""
    made = []
    for number in (1, 2):
        dice, parts = random.Random(number), ["<h1>One</h1>"]
        for k in range(60):
            if k % 4 == 3:
                parts.append("<h2>A head within</h2>")
            parts.append(f"<p id='p{number}-{k}'>{fixture.sentences(dice, dice.randint(12, 75))}</p>")
        made.append(fixture.unit(f"text/{number}.md#0", "chapter", "body", "".join(parts) + more, id=f"c{number}"))
    return made


@cache
def marks(css: str, more: str = "") -> tuple[Problem, ...]:
    outputs.needs("pdftotext")
    made = fixture.print_out(chapters(more), fixture.style(css))
    return tuple(check_pages(made.pdf, made.settled.page_map))


def codes(css: str, more: str = "") -> set[str]:
    return {problem.code for problem in marks(css, more)}


def test_pages_of_the_house_have_no_widow_no_orphan_and_no_stranded_head() -> None:
    assert not codes("") & {*GRAVE, "page-full"}


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("html { widows: 1 }", "page-widow"),
        ("html { orphans: 1 }", "page-orphan"),
        ("h2 { break-after: auto } p { break-before: auto }", "page-head"),
        ("html { hyphens: none }", "page-loose"),
        ("html { hyphenate-limit-chars: 4 2 2; } p { width: 150pt }", "page-ladder"),
    ],
)
def test_what_a_style_spoils_is_found(css: str, code: str) -> None:
    assert code in codes(css)
    problem = next(problem for problem in marks(css) if problem.code == code)
    assert problem.text.startswith("page ") and problem.place.unit.startswith("text/")
    assert explanation(code)


def test_a_line_that_stands_out_is_found() -> None:
    assert "page-full" in codes("", f"<p id='long' xmlns='{XHTML}'>Some {'1234567890' * 8} words.</p>")


def test_numbers_of_lines_and_paragraphs_are_no_part_of_the_lines() -> None:
    outputs.needs("pdftotext")
    style = json.dumps({**json.loads(fixture.style("html { widows: 1 }")), "lines": {"every": 1, "anew": "page"}})
    made = fixture.print_out(chapters(), style.encode())
    assert tuple(check_pages(made.pdf, made.settled.page_map)) == marks("html { widows: 1 }")


def test_in_a_book_of_verse_the_measure_is_that_of_its_prose() -> None:
    """Most lines are of verse and end where they will; those of prose do not stand out of anything."""
    dice = random.Random(7)
    verse = "".join(f"<p class='l'>{fixture.sentences(dice, dice.randint(4, 7))}</p>" for _ in range(300))
    prose = f"<p>{fixture.sentences(dice, 36)}</p>"
    unit = fixture.unit("text/1.md#0", "chapter", "body", f"<h1>One</h1><div class='lg'>{verse}</div>{prose}", id="c1")
    outputs.needs("pdftotext")
    made = fixture.print_out([unit], fixture.style())
    found = check_pages(made.pdf, made.settled.page_map)
    assert [problem.text for problem in found if problem.code in (*GRAVE, "page-full")] == []


def play(more: int) -> list[dict[str, object]]:
    """A play in verse that begins with so many lines more."""
    verse = "".join(f"<p class='l'>A line of it, the {k}th</p>" for k in range(4))
    speech = "<div class='sp'><p class='speaker'>{}</p><div class='lg'>" + verse + "</div></div>"
    names = (("Kunz", "Trude <em>(aside)</em>" if k % 2 == 0 else f"Trude <em>to the {k}th</em>") for k in range(20))
    said = "".join(speech.format(name) for pair in names for name in pair)
    prose = "".join(f"<p>{fixture.sentences(random.Random(k), 60)}</p>" for k in range(4))
    lines = "<p class='l'>A line</p>" * more
    body = f"<h1>One</h1>{prose}<p>Yes.</p>{prose}<div class='lg'>{lines}</div>{said}"
    return [fixture.unit("text/1.md#0", "chapter", "body", body, id="c1")]


@pytest.mark.parametrize(("more", "stranded"), [(0, ["Trude to"]), (2, ["Kunz”", "Trude to"]), (4, ["Kunz”"])])
def test_a_speaker_at_the_foot_without_a_line_of_the_speech_is_found(more: int, stranded: list[str]) -> None:
    outputs.needs("pdftotext")
    for css, expected in (("p.speaker { break-after: auto }", stranded), ("", [])):
        made = fixture.print_out(play(more), fixture.style(css))
        found = [problem for problem in check_pages(made.pdf, made.settled.page_map) if problem.code == "page-head"]
        assert [problem.text.partition("at “")[2][:8] for problem in found] == expected


def test_verify_reads_the_map_beside_a_pdf(tmp_path: Path) -> None:
    outputs.needs("pdftotext")
    made = fixture.print_out(chapters(), fixture.style("html { orphans: 1 }"))
    (tmp_path / "a.pdf").write_bytes(made.pdf)

    def said() -> str:
        return CliRunner().invoke(main, ["verify", str(tmp_path / "a.pdf")]).output

    assert "info[page-map]: a.pages.json is not beside it" in said()
    beside = tmp_path / "a.pages.json"
    beside.write_bytes(book.dump(made.settled.page_map))
    assert "[page-orphan]" in said() and "page-map" not in said()
    fewer = book.PageMap(made.settled.page_map.labels[:-1], {}, made.settled.page_map.starts[:-1])
    beside.write_bytes(book.dump(fewer))
    assert "[page-map]: the PDF has" in said()
    beside.write_text("[]")
    assert "this is no map of pages" in said()


def test_the_editions_of_this_repository_have_nothing_grave(built: Built) -> None:
    pages = book.page_map_from(built.file("pages.json").read_bytes())
    found = check_pages(built.file("pdf").read_bytes(), pages)
    assert [problem.text for problem in found if problem.code in GRAVE] == []
    assert json.loads(built.file("pages.json").read_bytes())["labels"] == list(pages.labels)
