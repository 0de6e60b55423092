"""One unit laid out: what its pages tell, what is complained of, and that no word and no note is lost."""

from __future__ import annotations

import json
import pickle
import random
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from weasyprint.formatting_structure import boxes

from edition.book import PageFacts
from edition.disk import styles_folder
from edition.problems import explanation
from edition.words import words
from edition.writers import breaks, fonts, pages, weasyprint_mends
from edition.writers.flow import BLOCKS, flow_of
from edition.writers.laid_out import note_area, text_boxes
from edition.xml import XHTML, local, parse

from . import print_fixture as fixture

SMALL = fixture.style("@page { size: 80mm 70mm; margin: 8mm } .note { width: 64mm } h1 { padding: 0; margin: 0 }")


def laid(made: dict[str, Any], sheet: bytes = b"", **asked: Any) -> bytes:
    request = {"side": "recto", "first": "0", "labels": {}, **asked}
    return pages.lay_out(json.dumps(made).encode(), json.dumps(request), sheet or fixture.style())


def chapter(body: str, *notes: dict[str, Any]) -> dict[str, Any]:
    return fixture.unit("text/one.md#0", "chapter", "body", f'<h1 id="h">One</h1>{body}', notes, id="one")


def text_of(page: Any) -> str:
    return " ".join(box.text for box in text_boxes(page))


def codes(blob: bytes) -> list[str]:
    return [problem.code for problem in pages.problems_of(blob)]


def long_text(count: int, seed: int = 5) -> str:
    return fixture.sentences(random.Random(seed), count)


# --- what pages tell


def test_page_starts_count_the_words_of_blocks_as_the_epub_does() -> None:
    for made in fixture.edition():
        root = parse(made["body"].encode())
        marks = flow_of(root).marks
        for block in root.iter():
            name = block.get("id")
            if name and local(block) in BLOCKS:
                own = [word for at, word in dict.fromkeys(marks) if at == name]
                assert own == list(range(len(breaks.word_places(block)))), (made["unit"], name)


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        ("<p id='a'>one <em>t</em>wo</p>", [("a", 0), ("a", 1)]),
        ("<p id='a'>one<br/>two</p>", [("a", 0), ("a", 1)]),
        ("<p id='a'>so\u00adft Cafe\u0301</p>", [("a", 0), ("a", 1)]),
        ("<p id='a'>one <span data-made=''>made</span> two</p>", [("a", 0), ("a", 1)]),
        ("<p id='a'>one <a class='noteref' href='#n'>1</a> two</p>", [("a", 0), ("a", 1)]),
        ("<p id='a'>word<a class='noteref' href='#n'>1</a>s</p>", [("a", 0)]),
        ("<ul id='u'><li id='a'>one <p id='b'>two</p> three</li></ul>", [("a", 0), ("b", 0), ("a", 1)]),
        ("<p id='a' data-made=''>made</p>", [("a", 0)]),
    ],
)
def test_what_a_word_of_a_block_is(body: str, marks: list[tuple[str, int]]) -> None:
    root = parse(f'<section xmlns="{XHTML}" id="s">{body}</section>'.encode())
    assert list(dict.fromkeys(flow_of(root).marks)) == marks


def test_a_word_divided_over_two_pages_belongs_to_the_page_it_begins_on() -> None:
    flow = flow_of(parse(f'<section xmlns="{XHTML}"><p id="a">one extraordinary day</p></section>'.encode()))
    assert flow.start(0, 6) == ("a", 0)
    assert flow.start(6, 19) == ("a", 2)
    assert (flow.words(0, 6), flow.words(6, 19)) == (2, 1)
    assert flow.start(6, 8) == ("", 0)


def test_the_words_of_all_pages_are_the_words_of_the_text() -> None:
    made = fixture.chapter("one", 9, ("alpha",), (), 30)
    facts = pages.facts_of(laid(made))
    root = parse(made["body"].encode())
    count = sum(len(breaks.word_places(block)) for block in root.iter() if local(block) in BLOCKS)
    assert sum(facts.words) == count
    assert facts.starts[0] == ("h-one", 0) and facts.pages == len(facts.starts) == len(facts.words) > 4


def test_every_id_has_a_page() -> None:
    made = fixture.chapter("one", 9, ("alpha",), (), 12)
    ids = set(re.findall(r'id="([^"]+)"', made["body"] + "".join(note["body"] for note in made["notes"])))
    facts = pages.facts_of(laid(made))
    assert ids | {note["id"] for note in made["notes"]} <= set(facts.ids)
    assert facts.ids["one"] == 0


def test_facts_and_problems_are_read_without_unpickling() -> None:
    blob = laid(chapter("<p id='a'>Some words.</p>"))
    end = 8 + int.from_bytes(blob[:8], "big")
    spoilt = blob[:end] + b"no pickle"
    assert pages.facts_of(spoilt) == PageFacts(1, {"one": 0, "h": 0, "a": 0}, (("h", 0),), (3,))
    assert pages.problems_of(spoilt) == []


def test_a_blob_makes_nothing_but_pages() -> None:
    evil = zlib.compress(pickle.dumps(__import__("os").getcwd))
    with pytest.raises(pickle.UnpicklingError, match="getcwd"):
        pages.load((2).to_bytes(8, "big") + b"{}" + evil, fixture.style())


def test_boxes_that_cannot_be_pickled_as_they_are_come_back() -> None:
    css = ".f { display: flex } .a { position: absolute; top: 0 } table { background: #eee } col { background: #ddd }"
    table = "<table><colgroup><col/></colgroup><tbody><tr><td id='t'>three</td></tr></tbody></table>"
    body = f"<div class='f'><p id='a'>one</p><p id='b'>two</p></div>{table}<p id='c' class='a'>four</p>"
    sheet = fixture.style(css)
    blob = laid(chapter(body), sheet)
    assert codes(blob) == []
    (page,) = pages.load(blob, sheet)
    assert words(text_of(page))[:5] == ["One", "one", "two", "three", "four"]
    assert fixture.print_out([chapter(body)], sheet).pdf.startswith(b"%PDF")


# --- requests


def test_a_mask_stands_where_the_number_will_and_a_label_where_it_is_asked_for() -> None:
    body = f"<p id='a'>See {fixture.page('x')} and {fixture.page('y')}.</p>"
    (page,) = pages.load(laid(chapter(body), labels={"x": "000", "y": "xii"}), fixture.style())
    assert "000" in text_of(page) and "xii" in text_of(page)


def test_side_and_first_number_of_a_unit() -> None:
    made = fixture.chapter("one", 3, (), (), 20)
    recto, verso = (pages.load(laid(made, side=side, first="00"), fixture.style()) for side in ("recto", "verso"))
    assert [page._page_box.style["margin_left"] for page in recto[:2]] == [
        page._page_box.style["margin_left"] for page in verso[1:3]
    ]
    assert [text_of(page)[-2:] for page in recto[:1]] == ["10"]


def test_all_figures_of_page_numbers_are_of_one_width() -> None:
    body = "".join(f"<p id='p{n}'>{fixture.page(f'x{n}')}</p>" for n in range(10))
    labels = {f"x{n}": str(n) for n in range(10)}
    (page,) = pages.load(laid(chapter(body), labels=labels), fixture.style())
    widths = {box.width for box in text_boxes(page) if box.element is not None and box.element.get("data-page")}
    assert len(widths) == 1


def test_openings_have_no_head_and_other_pages_have_theirs() -> None:
    made = {**fixture.chapter("one", 3, (), (), 20), "short": "Short form"}
    first, second, third, *_ = pages.load(laid(made), fixture.style())
    assert "Short form" not in text_of(first) and "Letters of two" not in text_of(first)
    assert "Letters of two cities" in text_of(second) and "Short form" in text_of(third)


def test_a_blank_page_is_blank() -> None:
    (page,) = pages.load(pages.blank(fixture.style()), fixture.style())
    assert text_of(page) == ""


# --- notes


def note_texts(page: Any) -> str:
    area = note_area(page)
    return "" if area is None else " ".join(box.text for box in area.descendants() if hasattr(box, "pango_layout"))


def test_a_note_stands_at_the_foot_with_its_number_and_links_both_ways() -> None:
    body = f"<p id='a'>Called{fixture.call('n1', 1)} here.</p>"
    (page,) = pages.load(laid(chapter(body, fixture.note("n1", 1, "The note."))), fixture.style())
    assert words(note_texts(page)) == ["1", "The", "note"]
    assert {link[1] for link in page.links} == {"n1", "n1-ref"} <= set(page.anchors)


def test_blocks_within_a_note_stay_within_it() -> None:
    quote = "<blockquote id='q2'><p id='q3'>Quoted.</p></blockquote>"
    inner = f"<p id='q1'>First.</p>{quote}<ul id='q4'><li id='q5'>Item.</li></ul>"
    note = {**fixture.note("n1", 1), "body": inner}
    body = f"<p id='a'>Before{fixture.call('n1', 1)} and after.</p>"
    blob = laid(chapter(body, note))
    (page,) = pages.load(blob, fixture.style())
    assert codes(blob) == []
    assert words(note_texts(page)) == ["1", "First", "Quoted", "Item"]


def test_a_note_without_its_reference_is_missed() -> None:
    blob = laid(chapter("<p id='a'>Text.</p>", fixture.note("n1", 1, "Never called.")))
    assert codes(blob) == ["print-loses-words"]
    assert "note 1" in pages.problems_of(blob)[0].text


def last_lines(count: int, note_words: int) -> dict[str, Any]:
    """A chapter whose last word calls a note that no longer fits on its page."""
    body = f"<p id='a'>{long_text(count)}</p><p id='z'>The end{fixture.call('n1', 1)}</p>"
    return chapter(body, fixture.note("n1", 1, f"{long_text(note_words)} Lastword."))


def test_a_note_put_off_from_the_last_page_of_a_chapter_is_not_lost() -> None:
    found, whole = 0, fixture.style(".note { footnote-policy: auto; orphans: 99; widows: 99 }")
    for count in range(150, 300, 10):
        blob = laid(last_lines(count, 120), whole)
        facts = pages.facts_of(blob)
        assert codes(blob) == []
        if facts.ids["n1"] > facts.ids["n1-ref"]:
            found += 1
            last = pages.load(blob, whole)[-1]
            assert "Lastword" in note_texts(last)
            assert facts.starts[-1] == ("", 0) and facts.words[-1] == 0
    assert found, "the trap was never met"


@pytest.mark.parametrize("length", [250, 400])
def test_a_long_note_is_printed_whole(length: int) -> None:
    for count in (40, 140, 260, 330):
        blob = laid(last_lines(count, length))
        assert codes(blob) == []
        assert sum("Lastword" in note_texts(page) for page in pages.load(blob, fixture.style())) == 1


def test_what_is_too_tall_for_its_page_is_an_error_and_not_a_loss() -> None:
    kept = fixture.style("#a { break-inside: avoid; display: inline-block }")
    blob = laid(chapter(f"<p id='a'>{long_text(900)}</p>"), kept)
    assert codes(blob) == ["page-overflow"]
    problem = pages.problems_of(blob)[0]
    assert problem.is_error and "page 2" in problem.text and problem.place.unit == "text/one.md#0"


# --- what is complained of


@pytest.mark.parametrize(
    ("text", "code"), [("\u05ea", "U+05EA"), ("\U0001f600", "U+1F600"), ("<em>\u1f00</em>", "U+1F00"), ("一", "U+4E00")]
)
def test_a_character_without_a_glyph_is_named_with_its_place(text: str, code: str) -> None:
    blob = laid(chapter(f"<p id='a'>Some words, then {text} and more.</p>"))
    (problem,) = pages.problems_of(blob)
    assert problem.code == "glyph-missing" and code in problem.text
    assert (problem.place.file, problem.place.unit) == ("text/one.md", "text/one.md#0")


def test_characters_that_print_nothing_are_not_missed() -> None:
    assert (
        codes(laid(chapter("<p id='a'>so\u00adft\u200b \u2060joined \u2009thin \u00a0 Ёлка λόγος “fi” 1936–8</p>")))
        == []
    )


def test_a_style_that_hides_text_is_told() -> None:
    made = chapter("<p id='a'>Shown.</p><p id='b' class='date'>Hidden.</p>")
    assert codes(laid(made, fixture.style(".date { display: none }"))) == ["print-loses-words"]
    assert codes(laid(made, fixture.style(".date::before { content: 'More. ' }"))) == []


def test_every_code_has_a_page() -> None:
    codes_ = ("glyph-missing", "page-overflow", "print-loses-words", "pages-do-not-settle")
    assert {explanation(code).severity for code in codes_} == {"error"}


# --- fonts and files


def test_every_face_of_the_house_is_there_and_reads() -> None:
    css = json.loads(fixture.style())["css"]
    faces = fonts.faces(css)
    assert len(faces) > 10 and all("a" in face.characters() for face in faces)
    assert fonts.nearest(faces, "Source Serif", 700, True) == next(f for f in faces if f.file.endswith("4-BoldIt.ttf"))


def test_a_font_that_is_missing_stops_the_layout() -> None:
    with pytest.raises(fonts.FontsMissing, match=r"Nowhere\.ttf"):
        fonts.faces('@font-face { font-family: "N"; src: url(fonts/Nowhere.ttf) }')


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/x.ttf",
        "file:///etc/passwd",
        f"{pages.BASE}../pyproject.toml",
        f"{pages.BASE}fonts/../../pyproject.toml",
        f"{pages.BASE}house.css",
        "data:text/css,p{}",
    ],
)
def test_nothing_but_the_fonts_of_the_house_is_fetched(url: str) -> None:
    with pytest.raises(ValueError, match="not a font"):
        pages._Files().fetch(url)


def test_fonts_of_the_system_are_out_of_sight() -> None:
    import os

    assert os.environ["FONTCONFIG_FILE"] == str(styles_folder() / "fonts.conf")
    assert "<dir>" not in (styles_folder() / "fonts.conf").read_text()


# --- the faults of WeasyPrint 70.0


@pytest.fixture
def unmended() -> Iterator[None]:
    weasyprint_mends.uninstall()
    yield
    weasyprint_mends.install()


def short_lines(words: str, hyphens: str) -> list[str]:
    """Lines of narrow paragraphs, other than their last, that fill less than half of the measure; a name stands
    behind the words."""
    text = " ".join(f"{words} <em>{fixture.WORDS[k % 7]}</em>" for k in range(4))
    body = "".join(f"<p id='p{n}'>{text}</p>" for n in range(120))
    rules = (
        f"#p{n} {{ width: {200 + n}px; text-align: left; hyphens: {hyphens}; text-indent: 0 }}" for n in range(120)
    )
    sheet = fixture.style(" ".join(rules))
    found = []
    for page in pages.load(laid(chapter(body), sheet), sheet):
        for block in page._page_box.descendants():
            if block.element_tag == "p" and isinstance(block, boxes.BlockBox):
                for line in block.children[:-1]:
                    inside = [box for box in line.descendants() if hasattr(box, "pango_layout")]
                    right = max((box.position_x + box.width for box in inside), default=block.position_x)
                    if right - block.content_box_x() < block.width / 2:
                        found.append(" ".join(box.text for box in inside))
    return found


CUT = pytest.mark.parametrize(
    ("words", "hyphens"), [(long_text(12), "none"), ("is independently in it as of it to be in it", "auto")]
)


@CUT
def test_no_line_is_cut_after_its_first_word_nor_within_it(words: str, hyphens: str) -> None:
    assert short_lines(words, hyphens) == []


@pytest.mark.usefixtures("unmended")
@CUT
def test_the_fault_that_cuts_lines_is_still_there(words: str, hyphens: str) -> None:
    assert short_lines(words, hyphens) != [], (
        "WeasyPrint is mended: take mended_split_first_line out of weasyprint_mends.py"
    )


def small_pages() -> list[str]:
    """Problems of many small pages with many notes."""
    found = []
    for seed in (2, 4, 11):
        dice, parts, notes = random.Random(seed), [], []
        for number in range(1, 13):
            before, after = (fixture.sentences(dice, dice.randint(8, 30)) for _ in range(2))
            parts.append(f"<p id='p{number}'>{before}{fixture.call(f'n{number}', number)} {after}</p>")
            notes.append(fixture.note(f"n{number}", number, fixture.sentences(dice, dice.randint(3, 25))))
        found += codes(laid(chapter("".join(parts), *notes), SMALL))
    return found


def test_notes_neither_wander_nor_vanish() -> None:
    assert small_pages() == []


@pytest.mark.usefixtures("unmended")
def test_the_fault_that_loses_notes_is_still_there() -> None:
    mended = "WeasyPrint is mended: take _mended_linebox_layout out of weasyprint_mends.py"
    assert "print-loses-words" in small_pages(), mended


def note_in_capitals() -> str:
    """A note with a soft hyphen, in a style of capitals that divides no word."""
    sheet = fixture.style(".note { text-transform: uppercase; hyphens: none }")
    made = chapter(f"<p id='a'>Called{fixture.call('n1', 1)}.</p>", fixture.note("n1", 1, "di\u00advided"))
    (page,) = pages.load(laid(made, sheet), sheet)
    return note_texts(page)


def test_a_note_has_the_capitals_and_the_hyphens_of_its_style() -> None:
    assert "DIVIDED" in note_in_capitals()


@pytest.mark.usefixtures("unmended")
def test_the_fault_that_leaves_notes_without_them_is_still_there() -> None:
    assert "di\u00advided" in note_in_capitals(), "take _mended_build_formatting_structure out of weasyprint_mends.py"


def test_the_house_styles_do_not_count_pages_themselves() -> None:
    css = json.loads(fixture.style())["css"]
    assert "target-counter" not in css and "target-text" not in css and "counter(pages" not in css
