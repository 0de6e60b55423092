"""The PDF of a small edition: every number true, every link alive, and the same bytes wherever it is made."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from edition.book import PageMap, PageStart
from edition.writers import folios, pages, pdf
from edition.writers.locators import shortened
from edition.writers.painted import paint

from . import print_fixture as fixture

ROOT = Path(__file__).parent.parent


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} (poppler-utils) is not installed")
    return found


@cache
def texts(*options: str) -> list[str]:
    """The text of every page of the fixture edition, lines joined; `options` are pdftotext's."""
    command = [tool("pdftotext"), *options, "-", "-"]
    out = subprocess.run(command, input=fixture.printed().pdf, capture_output=True, check=True)
    return [re.sub("[-\u2010]\n", "", page).replace("\n", " ") for page in out.stdout.decode().split("\f")[:-1]]


def labels() -> tuple[str, ...]:
    return fixture.printed().settled.page_map.labels


def page_with(word: str) -> str:
    """The label of the one page on which a word stands."""
    found = [label for label, text in zip(labels(), texts(), strict=True) if re.search(rf"\b{word}\b", text)]
    assert len(found) == 1, (word, found)
    return found[0]


def opened() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(fixture.printed().pdf))


# --- numbers


def test_the_edition_settles_and_nothing_is_wrong_with_it() -> None:
    made = fixture.printed()
    assert made.settled.problems == ()
    assert [pages.problems_of(made.blobs[asked]) for asked in made.settled.requests] == [[]] * 6


def test_there_are_as_many_pages_as_the_map_says() -> None:
    assert len(texts()) == len(labels()) == len(opened().pages)
    assert labels()[:6] == ("i", "ii", "iii", "iv", "v", "vi") and labels()[6] == "1"
    assert len(labels()) > 6 + 10, "numbers of one digit only would prove little"


def test_every_reference_says_the_page_of_its_target() -> None:
    said = [match for text in texts() for match in re.findall(r"Look(\w+) ([0-9]+|[ivxl]+)\b", text)]
    assert len(said) == 8
    assert dict(said) == {name: page_with(f"Target{name}") for name, _ in said}


def test_contents_say_the_page_of_every_unit() -> None:
    contents = texts("-layout")[labels().index("iii")]  # a title and its number stand on one line
    starts = {start.unit: start.label for start in reversed(fixture.printed().settled.page_map.starts)}
    units = {
        "Preface": "text/preface.md#0",
        "Chapter one": "text/one.md#0",
        "Chapter two": "text/two.md#0",
        "Index": "@index",
    }
    for title, key in units.items():
        assert re.search(rf"{title}\s+{starts[key]}\b", contents), (title, starts[key], contents)


def test_the_index_merges_joins_and_marks_notes() -> None:
    index = texts()[labels().index(page_with("Scattered"))].replace("\u00a0", " ")
    page_map = fixture.printed().settled.page_map
    one, two = (page_map.label(name) for name in ("n-one1", "n-one2"))
    assert re.search(rf"Once {page_with('Targetalpha')}\b", index)
    assert f"Scattered {page_with('Targetzeta')}, {page_with('Targetalpha')}, {page_with('Targetdelta')}" in index
    assert "Noted " in index and f"{one} n. 1" in index and (f"{two} n. 2" in index or f"{one} nn. 1 & 2" in index)
    last = page_map.label("p-one39")
    assert f"Everywhere 1–{shortened('1', last, 'short')}" in index


def test_folios_are_where_they_belong_and_true() -> None:
    starts = fixture.printed().settled.page_map.starts
    for start, text in zip(starts, texts(), strict=True):
        said = re.findall(rf"(?<!\S){start.label}(?!\S)", text)
        assert bool(said) == (start.unit not in ("", "@title")), (start, text[:80], text[-80:])


def test_a_blank_page_is_really_there_and_empty() -> None:
    blanks = [
        text.strip()
        for start, text in zip(fixture.printed().settled.page_map.starts, texts(), strict=True)
        if not start.unit
    ]
    assert blanks and set(blanks) == {""}


def test_every_note_stands_on_the_page_of_its_number_or_the_next() -> None:
    numbers = [match for text in texts() for match in re.findall(r"Note((?:one|two)[0-9]+)\b", text)]
    assert len(numbers) == len(set(numbers)) == 23
    for name in numbers:
        called, printed = (labels().index(page_with(f"{word}{name}")) for word in ("Call", "Note"))
        assert printed - called in (0, 1), name


def test_the_map_says_the_first_word_of_every_page() -> None:
    from edition.words import words
    from edition.writers.flow import flow_of
    from edition.xml import parse

    bodies = {made["unit"]: made for made in fixture.edition()}
    checked = 0
    for start, text in zip(fixture.printed().settled.page_map.starts, texts(), strict=True):
        if start.block and start.unit in ("text/one.md#0", "text/two.md#0"):
            block = next(e for e in parse(bodies[start.unit]["body"].encode()).iter() if e.get("id") == start.block)
            own = [w for w in words("".join(block.itertext())) if not w.isdigit()]
            assert flow_of(block).marks[-1][1] + 1 >= start.word
            assert own[start.word] in words(text)[:14], (start, own[start.word], text[:120])
            checked += 1
    assert checked > 10


@pytest.mark.parametrize("leaves", [96, 97, 98, 99])
def test_numbers_are_true_where_pages_go_from_two_digits_to_three(leaves: int) -> None:
    sheet = fixture.style(".leaf { break-after: page }")
    many = "".join(f"<p class='leaf' id='a{n}'>Leaf.</p>" for n in range(leaves))
    looks = " ".join(f"Look{name} {fixture.page(name)}" for name in ("x1", "x2", "x3", "x4"))
    far = "".join(f"<p class='leaf' id='x{n}'>Targetx{n} {looks}</p>" for n in range(1, 5))
    units = [
        fixture.unit("one.md#0", "chapter", "body", f"<h1>One</h1><p id='a'>{looks}</p>{many}"),
        fixture.unit("two.md#0", "chapter", "body", f"<h1>Two</h1>{far}"),
    ]
    made = fixture.print_out(units, sheet, "next")
    out = subprocess.run([tool("pdftotext"), "-", "-"], input=made.pdf, capture_output=True, check=True)
    found = out.stdout.decode().split("\f")[:-1]
    targets = {f"x{n}": str(leaves + n) for n in range(1, 5)}
    assert made.settled.problems == () and made.settled.page_map.labels[-1] == str(leaves + 4)
    for ordinal, text in enumerate(found, 1):
        assert re.search(rf"(?<!\S){ordinal}(?!\S)", text), "the folio"
        assert set(re.findall(r"Look(x\d) (\d+)", text)) in (set(), set(targets.items()))
        assert [targets[name] for name in re.findall(r"Target(x\d)", text)] in ([], [str(ordinal)])


# --- patched is laid out


def painted(unit: bytes, request: str, sheet: bytes) -> bytes:
    return paint(pages.lay_out(unit, request, sheet), request, sheet, "screen")


def laid_with_true_numbers(made: fixture.Printed, units: list[dict[str, Any]], sheet: bytes) -> tuple[bytes, int]:
    """The PDF of units laid out with the very numbers that are printed, and how many requests that changes."""
    book = made.settled.page_map
    data = {unit["unit"]: json.dumps(unit).encode() for unit in units}
    first = {start.unit: start.label for start in reversed(book.starts)}
    exact, masked = [], 0
    for key, text in made.settled.requests:
        asked = json.loads(text)
        true = {**asked, "first": first[key], "labels": {target: book.label(target) for target in asked["labels"]}}
        masked += true != asked
        exact.append(painted(data[key], json.dumps(true), sheet))
    return pdf.screen(exact, book, fixture.IMPRINT, sheet, fixture.MODIFIED), masked


def looks(data: bytes) -> list[bytes]:
    """Where every word stands, and every page as a picture."""
    ways = ([tool("pdftotext"), "-bbox", "-", "-"], [tool("pdftoppm"), "-gray", "-r", "60", "-"])
    return [subprocess.run(way, input=data, capture_output=True, check=True).stdout for way in ways]


def test_numbers_painted_into_gaps_look_as_if_they_had_been_laid_out() -> None:
    made = fixture.printed()
    data, masked = laid_with_true_numbers(made, fixture.edition(), fixture.style())
    assert masked >= 2 and looks(data) == looks(made.pdf)


def test_folios_of_more_figures_stand_where_a_layout_puts_them() -> None:
    """The unit is laid out from page 1, and its pages are 98 to 105, with folios left, right and in the middle."""
    sheet = fixture.style(".leaf { break-after: page }")
    leaf = "<p class='leaf'>Leaf.</p>"
    units = [
        fixture.unit("one.md#0", "chapter", "body", f"<h1>One</h1>{leaf * 97}"),
        fixture.unit("two.md#0", "chapter", "body", f"<h1>Two</h1>{leaf * 8}"),
    ]
    made = fixture.print_out(units, sheet, "next")
    assert made.settled.page_map.labels[-1] == "105"
    data, masked = laid_with_true_numbers(made, units, sheet)
    assert masked == 2 and looks(data) == looks(made.pdf)


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("'– ' counter(page) ' –'", r"– (\d+) –"),
        ("string(recto) ' ' counter(page) '.'", r"Title 2 (\d+)\."),
        ("counter(page, folio) string(recto) '.'", r"(\d+)Title 2\."),
    ],
)
def test_a_folio_among_words_is_true(content: str, shown: str) -> None:
    """Of an edition's own style; on either side of the turn from two figures to three."""
    sheet = fixture.style(f".leaf {{ break-after: page }} @page :left {{ @bottom-center {{ content: {content} }} }}")
    leaf = "<p class='leaf'>Leaf.</p>"
    units = [
        fixture.unit("one.md#0", "chapter", "body", f"<h1>One</h1>{leaf * 97}", title="Title 2"),
        fixture.unit("two.md#0", "chapter", "body", f"<h1>Two</h1>{leaf * 8}", title="Title 2"),
    ]
    made = fixture.print_out(units, sheet, "next")
    assert [problem for blob in made.blobs.values() for problem in pages.problems_of(blob)] == []
    command = [tool("pdftotext"), "-", "-"]
    text = subprocess.run(command, input=made.pdf, capture_output=True, check=True).stdout.decode()
    found = [(page, int(n)) for page, one in enumerate(text.split("\f"), 1) for n in re.findall(shown, one)]
    assert len(found) > 45 and all(page == number for page, number in found)


@pytest.mark.parametrize(
    "content",
    [
        "counter(page) ' of ' counter(pages)",
        "counter(pages)",
        f"'{'many words ' * 20}' counter(page)",
        "string(verso) counter(page, upper-roman)",
    ],
)
def test_a_folio_that_would_be_wrong_is_an_error(content: str) -> None:
    made = json.dumps(fixture.unit("one.md#0", "chapter", "body", "<h1>One</h1><p id='p'>Words.</p>")).encode()
    sheet = fixture.style(f"@page :first {{ @bottom-center {{ content: {content}; white-space: normal }} }}")
    blob = pages.lay_out(made, json.dumps({"first": "0", "labels": {}, "side": "recto"}), sheet)
    (problem,) = pages.problems_of(blob)
    assert problem.code == "style-folio" and problem.is_error and problem.text.startswith("@bottom-center says “")


def test_a_page_counter_outside_the_margins_is_told_at_its_place() -> None:
    css = "@page { @top-left { content: counter(page) } }\np::after { content: counter(item) counter(page) }"
    (problem,) = folios.problems(css, "styles/print.css")
    assert (problem.code, problem.place.line, problem.place.column) == ("style-folio", 2, 35)
    assert folios.problems("@media print { a::after { content: target-counter(attr(href), page) } }", "a.css")


def place_of_the_word_after(label: str, mask: str) -> str:
    """Where the word after a page number stands, once the number is written into its mask."""
    body = f'<h1>One</h1><p id="p">See {fixture.page("p")} after.</p>'
    made = json.dumps(fixture.unit("one.md#0", "chapter", "body", body)).encode()
    request = json.dumps({"first": "1", "labels": {"p": mask}, "side": "recto"})
    book = PageMap((label,), {"p": 0}, (PageStart(label, "one.md#0", "p", 0),))
    units = [painted(made, request, fixture.style())]
    data = pdf.screen(units, book, fixture.IMPRINT, fixture.style(), fixture.MODIFIED)
    boxes = subprocess.run([tool("pdftotext"), "-bbox", "-", "-"], input=data, capture_output=True, check=True)
    found = re.search(r'xMin="([0-9.]+)"[^>]*>after', boxes.stdout.decode())
    assert found and f">{label}<" in boxes.stdout.decode()
    return found.group(1)


def test_a_number_in_too_wide_a_place_is_filled_with_a_figure_space() -> None:
    assert (
        place_of_the_word_after("8", "00") == place_of_the_word_after("71", "00") != place_of_the_word_after("8", "0")
    )


# --- what the file holds


def test_all_fonts_are_embedded() -> None:
    command = [tool("pdffonts"), "-"]
    rows = (
        subprocess.run(command, input=fixture.printed().pdf, capture_output=True, check=True)
        .stdout.decode()
        .splitlines()
    )
    assert len(rows) > 4
    for row in rows[2:]:
        assert "Source-Serif" in row and re.search(r"\byes yes yes\b", row), row


def destinations(opened_: pikepdf.Pdf) -> set[str]:
    names = list(opened_.Root.Names.Dests.Names)
    return {str(name) for name in names[::2]}


def test_every_link_ends_somewhere_and_links_between_units_are_alive() -> None:
    with opened() as made:
        ends = destinations(made)
        annotations = [note for page in made.pages for note in page.get("/Annots", [])]
        went = [str(note.Dest) for note in annotations]
    assert set(went) <= ends
    for unit in fixture.edition():
        hrefs = set(re.findall(r'href="#([^"]+)"', unit["body"]))
        if unit["kind"] != "index":  # whose links are merged
            assert hrefs <= set(went), unit["unit"]


def test_a_link_that_ends_nowhere_is_a_bug_of_ours() -> None:
    made = fixture.unit("one.md#0", "chapter", "body", '<h1>One</h1><p id="p">See <a href="#ghost">there</a>.</p>')
    with pytest.raises(LookupError, match="ghost"):
        fixture.print_out([made], fixture.style())


def test_outline_labels_language_and_tags() -> None:
    with opened() as made:
        with made.open_outline() as outline:
            titles = [item.title for item in outline.root]
            inner = [child.title for item in outline.root for child in item.children]
        assert titles == ["Contents", "Preface", "Chapter one", "Chapter two", "Index"]
        assert set(inner) == {"A head within"}
        numbers = made.Root.PageLabels.Nums
        assert [int(numbers[k]) for k in (0, 2)] == [0, 6]
        assert [str(numbers[k].S) for k in (1, 3)] == ["/r", "/D"]
        assert str(made.Root.Lang) == "en-GB"
        assert bool(made.Root.MarkInfo.Marked) and "/StructTreeRoot" in made.Root
        assert "/Metadata" not in made.Root or b"pdfuaid" not in made.Root.Metadata.read_bytes()


def test_a_note_in_a_heading_is_no_part_of_the_outline() -> None:
    head = f'<h1 id="h">On <em>letters</em>{fixture.call("n1", 1)} and cities</h1><p id="p">Text.</p>'
    made = fixture.unit("one.md#0", "chapter", "body", head, [fixture.note("n1", 1, "A note.")])
    with (
        pikepdf.open(io.BytesIO(fixture.print_out([made], fixture.style()).pdf)) as opened_,
        opened_.open_outline() as outline,
    ):
        assert [item.title for item in outline.root] == ["On letters and cities"]


def test_metadata_come_from_the_imprint_and_the_date_given() -> None:
    with opened() as made:
        told: dict[str, Any] = {key: str(value) for key, value in made.docinfo.items()}
    assert told["/Title"] == "Letters of two cities: A fixture"
    assert told["/Author"] == "Anna Example, Boris Sample"
    assert told["/Subject"] == "Nothing is described here." and told["/Keywords"] == "letters, cities"
    assert told["/CreationDate"] == told["/ModDate"] == "D:20260304050607Z"


# --- the same bytes


@pytest.mark.slow
def test_another_folder_zone_locale_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    home = tmp_path / "a folder with spaces"
    for name in ("edition", "styles"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "tests" / "print_fixture.py", home / "print_fixture.py")
    env = {**os.environ, "PYTHONPATH": str(home), "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    env |= {"HOME": str(tmp_path), "TMPDIR": str(tmp_path), "FONTCONFIG_FILE": "/nowhere"}
    command = [sys.executable, "print_fixture.py", str(tmp_path / "out.pdf")]
    subprocess.run(command, check=True, cwd=home, env=env)
    assert (tmp_path / "out.pdf").read_bytes() == fixture.printed().pdf
