"""The reader of plain text: what a paragraph is, the heading, and that every word is in the tree once."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.normal.vocabulary import blocks
from edition.problems import explanation
from edition.readers import READERS, Reading, ReadOptions, read
from edition.readers.text import MODELS, measured, model_of
from edition.words import words
from edition.xml import local

SEED = Path(__file__).parent.parent.parent / "shared" / "seed"
SENTENCES = (
    "Between August 1936 and March 1938 fifty-four people were brought before a court, in three trials held in public.",
    "The best known of them had been leaders of the revolution; they were accused of conspiring with a man in exile, "
    "of sabotage and of treason, and they confessed to all of it, to the last word, in the same few phrases.",
    "Nobody who knew them could explain it, and nobody who had read the charges could believe them, but the letters of "
    "those weeks show how long it took until one said so to another.",
)


def reading(text: str | bytes, paragraphs: str = "", title: str = "") -> Reading:
    data = text if isinstance(text, bytes) else text.encode()
    return read("text/a.txt", data, ReadOptions("en-GB", paragraphs, title))


def said(found: Reading) -> list[tuple[str, int, int]]:
    assert all(explanation(p.code) and p.place.file == "text/a.txt" for p in found.problems)
    return [(p.code, p.place.line, p.place.column) for p in found.problems]


def content(found: Reading) -> list[tuple[str, str, int]]:
    """Name, text and line of each block but the div."""
    rows = zip(blocks(found.tree), found.positions, strict=True)
    return [(local(block), block.text or "", position["line"]) for block, position in rows][1:]


def wrapped(width: int, indent: str = "") -> list[str]:
    return [textwrap.fill(text, width, initial_indent=indent) for text in SENTENCES]


def model(text: str) -> str:
    return model_of(measured(text.split("\n")))


# --- what a paragraph is


def test_each_line_a_paragraph() -> None:
    assert model("\n".join(SENTENCES)) == "lines"
    assert content(reading("\n".join(SENTENCES))) == [("p", text, n) for n, text in enumerate(SENTENCES, 1)]


def test_one_line_is_one_paragraph() -> None:
    assert content(reading("A line")) == [("p", "A line", 1)]


@pytest.mark.parametrize("width", [45, 60, 72, 100])
def test_wrapped_blocks_are_joined(width: int) -> None:
    found = reading("\n\n".join(wrapped(width)))
    assert [text for _, text, _ in content(found)] == list(SENTENCES)


@pytest.mark.parametrize("width", [45, 60, 72, 100])
@pytest.mark.parametrize("indent", ["  ", "   ", "\t", "\u3000"])
def test_indented_first_lines_begin_paragraphs(width: int, indent: str) -> None:
    text = "\n".join(wrapped(width, indent))
    assert model(text) == "indented"
    assert [text.replace("\u2060", "") for _, text, _ in content(reading(text))] == list(SENTENCES)


def test_a_first_paragraph_without_indentation() -> None:
    first, *others = wrapped(60, "   ")
    assert model("\n".join([first.lstrip(), *others])) == "indented"


def test_one_wrapped_paragraph() -> None:
    assert model(wrapped(60)[1]) == "blocks"


def test_paragraphs_of_one_line_between_empty_lines() -> None:
    assert model("\n\n".join(SENTENCES)) == "blocks"


def test_verse_is_not_joined() -> None:
    verse = "Shall I compare thee to a summer’s day?\nThou art more lovely and more temperate:\n"
    verse += "Rough winds do shake the darling buds of May,\nAnd summer’s lease hath all too short a date;"
    assert model(verse) == model(f"{verse}\n\n{verse}") == "lines"


def test_a_list_of_short_lines_is_not_joined() -> None:
    assert model("one\ntwo\nthree\nfour\nfive\nsix") == "lines"


def test_the_model_is_said_with_figures_and_the_way_to_override_it() -> None:
    problem = reading("\n".join(SENTENCES)).problems[0]
    assert (problem.code, problem.severity, problem.place.line) == ("text-paragraphs", "info", 1)
    figures = "3 lines, no empty line between them, too long to be wrapped (up to 215 characters)"
    assert problem.text == f"each line is a paragraph: {figures}"
    assert 'read: {"text/a.txt": {paragraphs: blocks or indented}}' in problem.hint


@pytest.mark.parametrize(("wanted", "count"), [("lines", 4), ("blocks", 2), ("indented", 3)])
def test_the_editor_decides(wanted: str, count: int) -> None:
    found = reading("One.\ntwo.\n\n Three.\n  Four.", wanted)
    assert len(content(found)) == count
    assert found.problems == []


def test_an_unknown_model() -> None:
    problem = reading("One.", "line").problems[0]
    assert (problem.code, problem.hint) == ("text-model", "did you mean “lines”?")


# --- lines joined


def test_hyphens_at_the_ends_of_lines() -> None:
    found = reading("It was well-\nknown, a coun\u2010\nter-rev\u2010\n  olution -\nand 1936-\n1938.", "blocks")
    assert content(found) == [("p", "It was well-\u2060known, a counter-revolution - and 1936- 1938.", 1)]
    assert said(found) == [("text-hyphens", 1, 12)]


def test_columns_count_characters_before_the_text() -> None:
    assert reading("  é One.\n\n\tTwo.", "blocks").positions[1:] == [
        {"line": 1, "column": 3, "marks": {}},
        {"line": 3, "column": 2, "marks": {}},
    ]


# --- heading


@pytest.mark.parametrize(
    ("first", "title", "is_heading"),
    [
        ("Eighty years since the first Moscow Trial", "", True),
        ("Eighty years since the first Moscow Trial.", "", False),
        ("It began as follows:", "", False),
        ("one two three four five six seven eight nine ten eleven twelve thirteen", "", False),
        ("***", "", False),
        ("The trials", "The Trials", True),
        ("The trials.", "The trials", True),
        ("The trials", "Another title", False),
    ],
)
def test_the_first_line_as_heading(first: str, title: str, is_heading: bool) -> None:
    found = reading(f"{first}\n{SENTENCES[0]}\n{SENTENCES[1]}", title=title)
    assert content(found)[0] == ("head" if is_heading else "p", first, 1)
    assert (("text-heading", 1, 1) in said(found)) is (is_heading and not title)


def test_a_title_that_is_not_in_the_file_adds_no_word() -> None:
    assert content(reading("One.", title="A title")) == [("p", "One.", 1)]


# --- what is wrong


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", [("chapter-empty", 1, 1)]),
        (b"\xef\xbb\xbf \r\n\t\r\n", [("chapter-empty", 1, 1)]),
        (b"One\r\ntw\xf6", [("source-encoding", 2, 3)]),
        ("Zwölf".encode("utf-16"), [("source-encoding", 1, 1)]),
        (b"One.\nTwo\x0c.", [("source-character", 2, 4), ("text-paragraphs", 1, 1)]),
        ("One \ufffd.".encode(), [("source-lost-character", 1, 5), ("text-paragraphs", 1, 1)]),
    ],
)
def test_complaints(data: bytes, expected: list[tuple[str, int, int]]) -> None:
    assert sorted(said(reading(data))) == sorted(expected)


def test_duplicates_name_both_lines() -> None:
    text = "\n".join([SENTENCES[0], "Yes.", SENTENCES[1], "Yes.", SENTENCES[0]])
    problems = [p for p in reading(text).problems if p.code == "text-duplicate"]
    assert [(p.place.line, p.text) for p in problems] == [(5, "this paragraph is the same as the one in line 1")]


# --- words

LINES = st.lists(
    st.text("abé \t-‘.\u3000", max_size=12) | st.text(max_size=5).filter(lambda t: "\u2010" not in t), max_size=12
)


@settings(deadline=None, derandomize=True)
@given(LINES.map("\n".join), st.sampled_from(["", *MODELS]), st.sampled_from(["", "ab", "é"]))
def test_every_word_is_in_the_tree_once_and_in_order(text: str, paragraphs: str, title: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    found = reading(data, paragraphs, title)
    kept = text.removeprefix("\ufeff").replace("\r", "\n")
    if not any(p.code == "source-character" for p in found.problems):
        assert words("\n".join(row[1] for row in content(found))) == words(kept)


def test_a_word_left_out_is_seen() -> None:
    found = reading("One two.\nThree.")
    found.tree[0].remove(found.tree[0][0])
    assert words("\n".join(row[1] for row in content(Reading(found.tree, found.positions[1:], [])))) != words(
        "One two. Three."
    )


# --- the seed page


def seed() -> bytes:
    found = sorted(SEED.glob("*.txt"))
    if not found:
        pytest.skip("no ../shared")
    return found[0].read_bytes()


def test_the_seed_page() -> None:
    data = seed()
    found = reading(data)
    lines = data.decode().split("\n")
    rows = content(found)
    assert [row[1] for row in rows] == [line.strip() for line in lines if line.strip()]
    assert (len(rows), rows[0][0], {row[0] for row in rows[1:]}) == (39, "head", {"p"})
    assert [p.code for p in found.problems if p.code != "text-duplicate"] == ["text-heading", "text-paragraphs"]
    assert [(p.place.line, p.text[-7:]) for p in found.problems if p.code == "text-duplicate"] == [
        (11, " line 2"),
        (38, "line 24"),
    ]
    assert words("\n".join(row[1] for row in rows)) == words(data.decode())


def test_the_seed_page_in_other_shapes() -> None:
    lines = [line.strip() for line in seed().decode().split("\n") if line.strip()]
    for width in (60, 72):
        blocks_ = "\n\n".join(textwrap.fill(line, width, break_on_hyphens=False) for line in lines)
        indented = "\n".join(textwrap.fill(line, width, initial_indent="   ", break_on_hyphens=False) for line in lines)
        for text, expected in ((blocks_, "blocks"), (indented, "indented")):
            assert model(text) == expected
            assert [row[1].replace("\u2060", "") for row in content(reading(text))] == lines


# --- the table of readers


def test_suffixes() -> None:
    options = ReadOptions("en-GB")
    assert local(read("A.MD", b"# One\n\n*two*", options).tree[0]) == "div"
    assert {".md", ".markdown", ".txt"} < set(READERS)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a.mdd", "did you mean “.md”?"),
        ("a.pages", f"it can be one of {', '.join(READERS)}"),
        ("md", f"it can be one of {', '.join(READERS)}"),
    ],
)
def test_unknown_formats(name: str, hint: str) -> None:
    problem = read(name, b"x", ReadOptions("en-GB")).problems[0]
    assert (problem.code, problem.hint) == ("source-format", hint)
