"""Typography by language: what is mended, logged, left alone; twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edition.passes.typography import Typeset, marks, noise, quotes, replay, typeset
from edition.passes.typography.conventions import CONVENTIONS, Convention, convention
from edition.passes.typography_told import counts, left, left_problems, mode, quote_problems
from edition.passes.vocabulary import gather
from edition.words import words
from edition.xml import LANG, Element, all_named, canonical, parse, tei

from .conftest import NO_SHARED

CASES = Path(__file__).parent / "cases" / "typography"
SHOWN = str.maketrans({"~": "\u00a0", "^": "\u202f"})
NS = ' xmlns="http://www.tei-c.org/ns/1.0"'
NOVEL = Path(__file__).parents[2] / "shared" / "corpus" / "eltec-eng" / "ENG18980_BaringGould.xml"


def unit(inner: str) -> Element:
    return parse(f"<div{NS}>{inner}</div>".encode())


def set_(tree: Element, language: str = "en-GB", known: str = "") -> Typeset:
    have = set(known.split())
    return typeset(tree, language, lambda word: word in have)


def mended(text: str, language: str = "en-GB", known: str = "") -> str:
    tree = tei("div", {}, tei("p", {}, text))
    set_(tree, language, known)
    return "".join(tree.itertext())


def lines(name: str) -> list[tuple[str, str]]:
    before, after = ((CASES / name / file).read_text().splitlines() for file in ("text.txt", "expected.txt"))
    return list(zip(before, (line.translate(SHOWN) for line in after), strict=True))


# --- languages


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [(path.name, *pair) for path in sorted(CASES.iterdir()) for pair in lines(path.name)],
)
def test_language(language: str, before: str, after: str) -> None:
    assert mended(before, language) == after
    assert mended(after, language) == after
    assert words(after) == words(before)


def test_the_region_decides_then_the_language_and_a_language_without_rules_is_left_alone() -> None:
    assert mended('"so"', "de-CH") == "«so»" and mended('"so"', "de-AT") == "„so“"
    assert mended('"sic" -- e\u0301', "la") == '"sic" -- é'


def test_a_paragraph_goes_by_its_own_language() -> None:
    tree = unit('<p>"one"</p><p xml:lang="de">"zwei"</p>')
    set_(tree)
    assert [p.text for p in tree] == ["“one”", "„zwei“"]
    assert tree[1].get(LANG) == "de"


# --- markup


def test_marks_pair_across_markup_and_around_notes() -> None:
    tree = unit('<p>"<hi>Yes</hi>," said he.<note place="foot"><p>"Thus" he</p></note> "<hi>No</hi>."</p>')
    made = set_(tree)
    assert canonical(tree) == canonical(
        unit('<p>“<hi>Yes</hi>,” said he.<note place="foot"><p>“Thus” he</p></note> “<hi>No</hi>.”</p>')
    )
    assert made.doubts == ()


def test_the_spaces_beside_a_reference_without_words_are_two() -> None:
    pointers = 'In <ptr target="#a"/> and <ptr target="#b"/> follows'
    tree = unit(f'<p>{pointers}, with <bibl><ref target="#bib-c"/></bibl> and more.</p>')
    before = canonical(tree)
    set_(tree)
    assert canonical(tree) == before


def test_a_quotation_goes_on_through_the_lines_of_a_stanza() -> None:
    tree = unit('<lg><l>He said, "Come</l><l>with me," and went.</l></lg>')
    assert set_(tree).doubts == ()
    assert [line.text for line in tree[0]] == ["He said, “Come", "with me,” and went."]


def test_a_quotation_of_several_paragraphs_is_no_fault() -> None:
    tree = unit('<p>"One.</p><p>"Two.</p><p>"Three," said he.</p>')
    assert set_(tree).doubts == ()
    assert [p.text for p in tree] == ["“One.", "“Two.", "“Three,” said he."]


@pytest.mark.parametrize("text", ['"Come in, she said.', 'Come in," she said.', "“Come in, she said.", "in,” said she"])
def test_marks_that_do_not_pair_are_told_not_mended(text: str) -> None:
    tree = tei("div", {}, tei("p", {}, text), tei("p", {}, "And so on."))
    (doubt,) = set_(tree).doubts
    assert (doubt.kind, doubt.block) == ("quotes", 1)
    (problem,) = quote_problems("text/a.md#0", [doubt])
    assert problem.code == "typography-quotes" and problem.place.block == 1
    assert "".join(tree[0].itertext()).count("“") + "".join(tree[0].itertext()).count("”") == 1


def test_code_addresses_and_other_readings_are_nobodys_typography() -> None:
    text = '<p>"<code>a--b "c"</code>" <choice><sic>"x"</sic><corr>"y"</corr></choice> <ref target="x">a--b</ref></p>'
    tree = unit(text)
    set_(tree)
    assert "".join(tree.itertext()) == '“a--b "c"” "x"“y” a--b'


def test_a_reference_that_will_be_filled_in_stands_for_words() -> None:
    tree = unit('<p>"See <ptr target="#x"/>", or <ptr target="#y"/> <ptr target="#z"/> - so</p>')
    assert set_(tree).doubts == ()
    expected = '<p>“See <ptr target="#x"/>”, or <ptr target="#y"/> <ptr target="#z"/> – so</p>'
    assert canonical(tree) == canonical(unit(expected))


# --- line ends


@pytest.mark.parametrize(
    ("text", "known", "after"),
    [
        ("a coun-\nter here", "counter", "a counter here"),
        ("a well-\nknown man", "well-known", "a well-known man"),
        ("a half-\nhearted man", "half hearted", "a half-hearted man"),
        ("a coun-\u2060ter here", "counter", "a counter here"),
        ("a well-\u2060known man", "well known", "a well-known man"),
        ("an Anglo-\nSaxon", "", "an Anglo-Saxon"),
        ("a zyx-\nwvu here", "", "a zyxwvu here"),
    ],
)
def test_words_divided_at_a_lines_end(text: str, known: str, after: str) -> None:
    assert mended(text, known=known) == after


def test_where_the_line_break_stays_the_hyphen_says_that_it_divides() -> None:
    tree = unit("<p>a coun-<lb/>\n ter and well-<lb/>known</p>")
    set_(tree, known="counter well known")
    assert "".join(tree.itertext()) == "a coun\u2010ter and well-known"
    assert len(list(all_named(tree, "lb"))) == 2


def test_halves_of_words_are_no_words_of_the_book() -> None:
    assert gather(unit("<p>A coun-\nter, well-known.</p>")) == ["known", "well", "well-known"]


def test_joined_words_that_stand_nowhere_else_are_told() -> None:
    (doubt,) = set_(unit("<p>zyx-\nwvu</p>")).doubts
    assert (doubt.kind, doubt.text) == ("hyphen", "zyxwvu")


# --- noise


@pytest.mark.parametrize("text", ["the w0rld", "tlie end", "he said , then", "so,, then", "an al|l"])
def test_slips_of_reading_machines_are_told_and_left(text: str) -> None:
    tree = tei("div", {}, tei("p", {}, text))
    made = set_(tree)
    assert [doubt.kind for doubt in made.doubts] == ["noise"] and "".join(tree.itertext()) == text


@given(st.text("aAlbud01|¬■ ,;.\n'\u00a0", max_size=12), st.sampled_from(["", "en", "de", "fr"]), st.integers(0, 20))
@settings(max_examples=1_000)
def test_a_text_that_is_spared_the_search_has_no_slip(text: str, language: str, which: int) -> None:
    slips = noise._SLIPS.get(language, ("u",))
    text = text.replace("u", slips[which % len(slips)])
    pattern = noise._PATTERNS.get(language, noise._PATTERNS[""])
    assert bool(list(noise.found(text, language))) == bool(pattern.search(text))


_BITS = ["p.", "vols.", "S.", "Mr", "Mme.", "Sr.", "В", " ", " ", "1", "A", "a", "М"]


@given(st.sampled_from(CONVENTIONS), st.lists(st.sampled_from(_BITS), max_size=5))
@settings(max_examples=1_000)
def test_where_an_abbreviation_is_bound_to_what_follows_its_sign_is_found(of: Convention, bits: list[str]) -> None:
    text = "".join(bits)
    for sign, pattern in marks._patterns(of.numbered, of.titled, of.name):
        assert sign.search(text) or not pattern.search(text)


@pytest.mark.parametrize("text", ["the 1st of May, 4to", "what?.. no", "B2B and p2p", "5,000 men", "“Yes,” he said"])
def test_what_is_no_slip(text: str) -> None:
    assert set_(tei("div", {}, tei("p", {}, text))).doubts == ()


# --- the log


def test_every_change_is_told_and_makes_the_same_again() -> None:
    inner = '<p>"A coun-\nter" - <hi>he\'s</hi> e\u0301 ...<note place="foot"><p>"b"--c</p></note> pp. 1-2</p>'
    before, after = unit(inner), unit(inner)
    made = set_(after, known="counter")
    assert {change.rule for change in made.changes} == {
        "nfc", "hyphen", "ellipsis", "dash", "range", "quote", "apostrophe", "space"
    }  # fmt: skip
    replay(before, made.changes)
    assert canonical(before) == canonical(after)


PIECES = ['"', "'", "“", "”", "‘", "’", "«", "»", "-", "--", " - ", "...", " ", "  ", "\n", "a", "The", "s", "12", ",",
          ".", "?", ":", "tis", "p. 5", "\u2060", "e\u0301", "coun-\nter", "(", ")"]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
MARKED = st.lists(st.tuples(TEXTS, st.sampled_from(["", "hi", "lb", "note"])), max_size=4)


def _of(pieces: list[tuple[str, str]]) -> Element:
    paragraph = tei("p")
    for text, name in pieces:
        holder = tei("note", {"place": "foot"}, tei("p", {}, text)) if name == "note" else tei(name or "seg", {}, text)
        paragraph.append(tei("lb") if name == "lb" else holder)
        paragraph[-1].tail = text[::-1] if "\u0301" not in text else "x"
    return tei("div", {}, paragraph)


@settings(max_examples=120)
@given(MARKED, st.sampled_from([one.name for one in CONVENTIONS] + ["la"]))
def test_twice_is_once_and_the_log_is_the_whole_change(pieces: list[tuple[str, str]], language: str) -> None:
    before, after = _of(pieces), _of(pieces)
    made = set_(after, language, "counter")
    once = canonical(after)
    assert set_(after, language, "counter").changes == () and canonical(after) == once
    replay(before, made.changes)
    assert canonical(before) == once
    if not any(change.rule in ("hyphen", "nfc") for change in made.changes):
        assert words("".join(_of(pieces).itertext())) == words("".join(after.itertext()))


# --- what is told


def test_whose_text_is_mended() -> None:
    assert mode("text/a.md", None, "") == "on" and mode("text/a.md", None, "The Times") == "check"
    assert mode("text/a.docx", None, "") == "check" and mode("text/a.docx", "on", "x") == "on"


def test_one_complaint_for_each_file_and_rule() -> None:
    change = {"rule": "quote", "block": 3, "start": 0, "before": '"', "after": "“"}
    doubt = {"kind": "noise", "block": 4, "text": "w0rld"}
    told = {"mode": "check", "changes": [change, change], "doubts": [doubt]}
    units = {"a.txt#0": told, "a.txt#1": told, "b.md#0": {**told, "mode": "on", "doubts": []}}
    found = left_problems({key: left(one) for key, one in units.items()})
    assert [(p.code, p.place.unit, p.place.block) for p in found] == [
        ("typography-check", "a.txt#0", 3), ("typography-noise", "a.txt#0", 4)
    ]  # fmt: skip
    assert '4; the first, «"», would be «“»' in found[0].text
    assert [counts(one) for one in units.values()] == [{}, {}, {"quote": 2}]


# --- a novel


def straightened(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def test_quotes_of_a_novel_that_the_rules_were_not_made_for() -> None:
    if not NOVEL.is_file():
        pytest.skip(NO_SHARED)
    of = convention("en-GB")
    assert of is not None
    total = wrong = 0
    for block in all_named(parse(NOVEL.read_bytes()), "p", "l", "head"):
        text = " ".join("".join(block.itertext()).split())
        found = {edit.start: edit.after for edit in quotes.paired(straightened(text), of).edits}
        marks = [n for n, character in enumerate(text) if character in "“”‘’"]
        total += len(marks)
        wrong += sum(found.get(n) != text[n] for n in marks)
    assert total > 3_900
    assert wrong / total <= 0.003
