"""The reader of Word files: what every construct becomes, its places and complaints, and that it loses no word."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.config.models import StyleRole
from edition.normal.vocabulary import blocks
from edition.problems import Problem, explanation
from edition.readers import Reading, ReadOptions, docx_names, docx_symbols, read
from edition.readers.docx_fields import instruction
from edition.verify.streams import of_reading
from edition.words import words
from edition.xml import local, parse

from .docx_maker import (
    USUAL,
    bookmark,
    cell,
    docx,
    field,
    item,
    levels,
    lists,
    note,
    p,
    part,
    picture,
    r,
    reference,
    row,
    table,
    zipped,
)  # fmt: skip

CASES = Path(__file__).parent / "cases" / "docx"
FUZZ = settings(derandomize=True, max_examples=60)


def reading(data: bytes, **options: Any) -> Reading:
    found = read("text/a.docx", data, ReadOptions("en-GB", **options))
    assert len(found.positions) == len(list(blocks(found.tree)))
    assert all(explanation(problem.code) for problem in found.problems)
    return found


def shown(data: bytes, **options: Any) -> str:
    """The tree as XML, without <body>."""
    text = etree.tostring(reading(data, **options).tree, encoding="unicode")
    return re.sub(r"</?body[^>]*>|<body/>", "", text.replace(' xmlns="http://www.tei-c.org/ns/1.0"', ""))


def said(data: bytes, **options: Any) -> list[tuple[str, int]]:
    """Code and paragraph of every complaint."""
    return [(problem.code, problem.place.line) for problem in reading(data, **options).problems]


def one(data: bytes, code: str, **options: Any) -> Problem:
    """The only complaint of a code."""
    (found,) = [problem for problem in reading(data, **options).problems if problem.code == code]
    return found


# --- heads


def test_headings_make_divisions_within_divisions() -> None:
    body = (
        p("One", style="Heading1")
        + p("a")
        + p("Two", style="Heading2")
        + p("b")
        + p("Three", style="Heading1")
        + p("c")
    )
    assert shown(docx(body)) == (
        "<div><head>One</head><p>a</p><div><head>Two</head><p>b</p></div></div><div><head>Three</head><p>c</p></div>"
    )


@pytest.mark.parametrize(
    "style",
    [
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="Überschrift 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="Kop 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="My own"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="My own"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>',
        "",
    ],
    ids=["the English name", "a German name", "a Dutch name", "the level of the outline", "inherited", "only the id"],
)
def test_a_heading_is_known_by(style: str) -> None:
    body = p("One", style="Heading1") + p("a") + p("Two", style="berschrift2") + p("b")
    assert "<div><head>Two</head><p>b</p></div></div>" in shown(docx(body, styles=USUAL + style))


def test_a_paragraph_may_have_a_level_of_its_own() -> None:
    assert (
        shown(docx(p("One", properties='<w:outlineLvl w:val="0"/>') + p("a"))) == "<div><head>One</head><p>a</p></div>"
    )
    assert shown(docx(p("One", properties='<w:outlineLvl w:val="9"/>'))) == "<p>One</p>"


def test_the_heading_of_a_table_of_contents_is_none() -> None:
    toc = (
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="TOC Heading"/><w:basedOn w:val="Heading1"/></w:style>'
    )
    data = docx(p("Contents", style="T") + p("a"), styles=USUAL + toc)
    assert shown(data) == "<p>a</p>"
    assert one(data, "docx-omitted").text == "1 word left out (table of contents made by Word): “Contents”"


def test_styles_that_go_round_in_circles_end_somewhere() -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("XY", "YX")
    )
    assert shown(docx(p("a", style="X"), styles=circle)) == "<p>a</p>"


def test_a_title_heads_the_whole_and_says_so() -> None:
    body = p("The trials", style="Title") + p("A reader", style="Subtitle") + p("x")
    body += p("One", style="Heading1") + p("a") + p("Two", style="Heading1") + p("b")
    data = docx(body)
    assert shown(data) == (
        '<div><head>The trials</head><ab type="subtitle">A reader</ab><p>x</p>'
        "<div><head>One</head><p>a</p></div><div><head>Two</head><p>b</p></div></div>"
    )
    assert said(data) == [("docx-title", 1)]
    omitted = docx(p("The trials", style="Title") + p("One", style="Heading1") + p("a"))
    assert shown(omitted, styles={"Title": "omit"}) == "<div><head>One</head><p>a</p></div>"


def test_a_heading_over_two_lines_is_one() -> None:
    body = p("Chapter IV", style="Heading1") + p("The witnesses", style="Heading1") + p("a")
    assert shown(docx(body)) == "<div><head>Chapter IV<lb/>The witnesses</head><p>a</p></div>"
    apart = p("The judges", style="Heading1") + p("The witnesses", style="Heading1") + p("a")
    assert said(docx(apart)) == [("section-empty", 1)]


def test_bold_over_a_whole_heading_is_its_look() -> None:
    assert "<head>One</head>" in shown(docx(p(r("One", "<w:b/>"), style="Heading1") + p("a")))
    body = p(r("The "), r("Revolution", "<w:i/>"), style="Heading1") + p("a")
    assert '<head>The <hi rend="italic">Revolution</hi></head>' in shown(docx(body))


def test_faults_of_headings_are_told() -> None:
    skipped = p("One", style="Heading1") + p("a") + p("Two", style="Heading3") + p("b")
    assert said(docx(skipped)) == [("heading-level", 3)]
    late = p("a") + p("One", style="Heading1") + p("b")
    assert said(docx(late)) == [("text-before-heading", 2)]
    assert said(docx(p("One", style="Heading1"))) == [("section-empty", 1)]
    numbered = p("One", style="Heading1", properties='<w:numPr><w:numId w:val="1"/></w:numPr>') + p("a")
    data = docx(numbered, numbering=lists(levels("decimal")))
    assert shown(data) == "<div><head>One</head><p>a</p></div>" and said(data) == [("docx-numbers", 1)]


def test_what_looks_like_a_heading_or_a_quotation_is_told() -> None:
    data = docx(p(r("The trials", "<w:b/>")) + p("a", properties='<w:ind w:left="720"/>'))
    assert said(data) == [("docx-look-alike", 1), ("docx-look-alike", 2)]


# --- the look of text


@pytest.mark.parametrize(
    ("properties", "rend"),
    [
        ("<w:i/>", "italic"),
        ('<w:i w:val="true"/>', "italic"),
        ("<w:b/>", "bold"),
        ("<w:smallCaps/>", "small-caps"),
        ("<w:strike/>", "strikethrough"),
        ("<w:dstrike/>", "strikethrough"),
        ('<w:u w:val="single"/>', "underline"),
        ('<w:vertAlign w:val="superscript"/>', "superscript"),
        ('<w:vertAlign w:val="subscript"/>', "subscript"),
        ('<w:spacing w:val="40"/>', "letterspaced"),
        ('<w:rStyle w:val="Emphasis"/>', "italic"),
        ('<w:rStyle w:val="Strong"/>', "bold"),
    ],
)
def test_the_look_of_a_run(properties: str, rend: str) -> None:
    assert shown(docx(p("a ", r("b", properties), " c"))) == f'<p>a <hi rend="{rend}">b</hi> c</p>'


@pytest.mark.parametrize("properties", ['<w:i w:val="0"/>', '<w:u w:val="none"/>', '<w:spacing w:val="5"/>', ""])
def test_a_look_that_is_none(properties: str) -> None:
    assert shown(docx(p("a ", r("b", properties)))) == "<p>a b</p>"


def test_styles_that_say_the_same_cancel_each_other() -> None:
    """ECMA-376, 17.7.3: an italic character style in an italic paragraph style is upright, which is emphasis there."""
    emphasis = '<w:rStyle w:val="Emphasis"/>'
    assert shown(docx(p("a ", r("b", emphasis), style="Quote"))) == ('<quote><p>a <hi rend="italic">b</hi></p></quote>')
    assert shown(docx(p("a ", r("b", emphasis + "<w:i/>"), style="Quote"))) == "<quote><p>a b</p></quote>"
    assert shown(docx(p("a ", r("b", '<w:i w:val="0"/>'), style="Quote"))) == (
        '<quote><p>a <hi rend="italic">b</hi></p></quote>'
    )


def test_a_style_of_unknown_meaning_keeps_its_look() -> None:
    style = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="Stage"/><w:rPr><w:i/></w:rPr></w:style>'
    data = docx(p("a") + p("Enter.", style="S") + p("b") + p("Exit.", style="S"), styles=USUAL + style)
    assert shown(data) == '<p>a</p><p><hi rend="italic">Enter.</hi></p><p>b</p><p><hi rend="italic">Exit.</hi></p>'
    problem = one(data, "docx-style")
    assert problem.place.line == 2 and problem.text.startswith("2 paragraphs in the style “Stage”")


def test_runs_that_look_the_same_are_one_and_nest() -> None:
    i, bi = "<w:i/>", "<w:b/><w:i/>"
    assert shown(docx(p(r("a ", i), r("b", bi), r(" c", i), r(" "), r("d", i)))) == (
        '<p><hi rend="italic">a <hi rend="bold">b</hi> c d</hi></p>'
    )


def test_spaces_and_notes_have_no_look_of_their_own() -> None:
    body = p("a", r(" b ", "<w:i/>"), "c", r(" ", "<w:i/>"), "d", r("e", "<w:i/>"), reference(1), r("f", "<w:i/>"))
    assert shown(docx(body, footnotes=note(1, p("x")))) == (
        '<p>a <hi rend="italic">b</hi> c d<hi rend="italic">e<note place="foot"><p>x</p></note>f</hi></p>'
    )


def test_spaces_are_kept_where_xml_keeps_them() -> None:
    loose = "<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space='preserve'> b </w:t></w:r></w:p>"
    assert shown(docx(loose)) == "<p>a b</p>"


def test_what_is_not_kept_of_a_look_is_told() -> None:
    data = docx(p(r("nato", "<w:caps/>"), r(" x", '<w:highlight w:val="yellow"/>')))
    assert shown(data) == "<p>nato x</p>"
    assert said(data) == [("docx-look", 1), ("docx-look", 1)]


def test_hidden_text_is_left_out_and_told() -> None:
    data = docx(p("a", r("secret words", "<w:vanish/>"), "b"))
    assert shown(data) == "<p>ab</p>"
    assert one(data, "docx-omitted").text == "2 words left out (hidden text): “secret words”"


# --- signs


def test_tabs_breaks_and_hyphens() -> None:
    body = p(
        r("<w:tab/>"),
        "a",
        r("<w:tab/>"),
        "b",
        r("<w:br/>"),
        "c",
        r("<w:noBreakHyphen/>"),
        "d",
        r("<w:softHyphen/>"),
        "e",
    )
    assert shown(docx(body)) == "<p>a b<lb/>c\u2011d\u00ade</p>"


def test_symbols_are_characters_of_unicode() -> None:
    body = p(r('<w:sym w:font="Symbol" w:char="F061"/>'), r("b", '<w:rFonts w:ascii="Symbol"/>'))
    body += p(r("\uf0d8", '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'))
    assert shown(docx(body)) == "<p>αβ</p><p>➢</p>"


def test_a_symbol_that_nobody_knows_is_told() -> None:
    data = docx(p("a", r('<w:sym w:font="Webdings" w:char="F0FF"/>')))
    assert shown(data) == "<p>a\ufffd</p>"
    assert "FF of the font Webdings" in one(data, "docx-symbol").text


def test_the_table_of_the_symbol_font_is_whole() -> None:
    pairs = {
        0x22: "∀",
        0x44: "Δ",
        0x5C: "∴",
        0x61: "α",
        0x7A: "ζ",
        0x7E: "∼",
        0xA3: "≤",
        0xB7: "•",
        0xD2: "®",
        0xFE: "⎭",
    }
    assert all(docx_symbols.symbol("Symbol", code) == char for code, char in pairs.items())
    assert all(docx_symbols.symbol("Symbol", code + 0xF000) == char for code, char in pairs.items())


def test_characters_that_cannot_stand_are_told_as_in_other_sources() -> None:
    data = docx(p("ab", "c\x85d \ufffd"))
    assert shown(data) == "<p>abc\ufffdd \ufffd</p>"
    assert {problem.code for problem in reading(data).problems} == {"source-character", "source-lost-character"}
    assert one(docx(p("a\ufffd")), "source-lost-character").place.column == 2


# --- languages

FRENCH, ENGLISH = '<w:lang w:val="fr-FR"/>', '<w:lang w:val="en-US"/>'


def test_words_in_another_language_are_foreign() -> None:
    body = p("As ever, he was ", r("de trop", FRENCH), r(", ", ENGLISH), r("bel", FRENCH), r(".", FRENCH))
    assert shown(docx(body)) == '<p>As ever, he was <foreign xml:lang="fr-FR">de trop, bel</foreign>.</p>'


def test_a_paragraph_in_another_language_has_it_itself() -> None:
    body = p("Long words of English, so that it is the main language.") + p(
        r("De ", FRENCH), r("trop", FRENCH + "<w:i/>")
    )
    assert shown(docx(body)).endswith('<p xml:lang="fr-FR">De <hi rend="italic">trop</hi></p>')
    style = f'<w:style w:type="paragraph" w:styleId="F"><w:name w:val="French"/><w:rPr>{FRENCH}</w:rPr></w:style>'
    body = p("Long words of English, so that it is the main language.") + p("De trop", style="F")
    assert shown(docx(body, styles=USUAL + style)).endswith('<p xml:lang="fr-FR">De trop</p>')


def test_regions_and_what_word_takes_for_granted_are_no_witness() -> None:
    assert shown(docx(p("colour ", r("color", ENGLISH)))) == "<p>colour color</p>"
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{FRENCH}</w:rPr></w:rPrDefault></w:docDefaults>"
    data = docx(p("Some words"), styles=defaults + USUAL)
    assert shown(data) == "<p>Some words</p>" and said(data) == [("docx-language", 0)]


def test_a_text_mostly_in_another_language_is_in_that_language() -> None:
    data = docx(p(r("Il était de trop", FRENCH), ", ", r("truly", '<w:lang w:val="en-GB"/>')))
    assert shown(data) == '<p xml:lang="fr-FR">Il était de trop, <foreign xml:lang="en-GB">truly</foreign></p>'
    assert said(data) == [("docx-language", 0)]


def test_scripts_of_one_language_are_two() -> None:
    body = p(r("реч", '<w:lang w:val="sr-Cyrl-RS"/>'), " reč reč reč reč")
    found = read("a.docx", docx(body), ReadOptions("sr-Latn"))
    assert [e.get("{http://www.w3.org/XML/1998/namespace}lang") for e in found.tree.iter("{*}foreign")] == [
        "sr-Cyrl-RS"
    ]


def test_japanese_in_english_has_a_language_of_its_own() -> None:
    body = p("Long words of English ", r("切腹", '<w:lang w:val="en-US" w:eastAsia="ja-JP"/>'))
    assert '<foreign xml:lang="ja-JP">切腹</foreign>' in shown(docx(body))


# --- notes


def test_footnotes_and_endnotes_stand_apart_where_their_references_are() -> None:
    body = p("a", reference(2), " b", reference(2, "endnote"), ".")
    mark = r("<w:footnoteRef/>") + r(" ")
    data = docx(
        body,
        footnotes=note(-1, p(r("<w:separator/>")), attributes=' w:type="separator"') + note(2, p(mark, "foot")),
        endnotes=note(2, p(mark, "end") + p("more"), kind="endnote"),
    )
    assert shown(data) == (
        '<p>a<note place="foot"><p>foot</p></note> b<note place="end"><p>end</p><p>more</p></note>.</p>'
    )
    positions = reading(data).positions
    assert [position["line"] for position in positions] == [1, 3, 3, 4, 4, 5]
    assert positions[0]["marks"] == {"note.1": [1, 2], "note.2": [1, 4]}


def test_notes_in_tables_headings_and_lists() -> None:
    body = p("One", reference(1), style="Heading1") + table(row(cell(p("a", reference(2)))))
    body += item("b", 1).replace("</w:p>", reference(3) + "</w:p>")
    data = docx(body, footnotes=note(1, p("x")) + note(2, p("y")) + note(3, p("z")), numbering=lists(levels("bullet")))
    assert shown(data) == (
        '<div><head>One<note place="foot"><p>x</p></note></head>'
        '<table><row role="data"><cell>a<note place="foot"><p>y</p></note></cell></row></table>'
        '<list rend="bulleted"><item>b<note place="foot"><p>z</p></note></item></list></div>'
    )


def test_a_note_may_hold_lists_tables_and_quotations() -> None:
    inner = p("x") + item("y") + table(row(cell("z"))) + p("q", style="Quote")
    data = docx(p("a", reference(1)), footnotes=note(1, inner), numbering=lists(levels("bullet")))
    assert shown(data) == (
        '<p>a<note place="foot"><p>x</p><list rend="bulleted"><item>y</item></list>'
        '<table><row role="data"><cell>z</cell></row></table><quote><p>q</p></quote></note></p>'
    )


def test_a_mark_set_by_hand_is_left_out() -> None:
    own = r('<w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>a</w:t>')
    data = docx(p("word", own, " more"), footnotes=note(1, p("x")))
    assert shown(data) == '<p>word<note place="foot"><p>x</p></note> more</p>'
    assert "1 word left out" in one(data, "docx-omitted").text


@pytest.mark.parametrize(
    ("body", "notes", "code"),
    [
        (p("a", reference(7)), note(1, p("x")), "docx-note"),
        (p("a", reference(1), "b", reference(1)), note(1, p("x")), "docx-note"),
        (p("a", reference(1)), note(1, p("x", reference(2))) + note(2, p("y")), "docx-note"),
        (p("a", reference(1)), note(1, p("x", reference(1))), "docx-note"),
        (p("a", reference(1)), note(1, p("")), "note-empty"),
        (p("a"), note(1, p("orphan")), "docx-omitted"),
    ],
    ids=["missing", "twice", "in a note", "in itself", "empty", "without a reference"],
)
def test_faults_of_notes_are_told(body: str, notes: str, code: str) -> None:
    data = docx(body, footnotes=notes)
    assert code in [found for found, _ in said(data)]
    assert shown(data).count("x") <= 1


# --- lists


def test_lists_of_bullets_and_numbers_within_one_another() -> None:
    body = item("a") + item("b", level=1) + item("c", level=1) + item("d") + p("x") + item("e", 2) + item("f", 2)
    assert shown(docx(body, numbering=lists(levels("bullet", "decimal"), levels("decimal")))) == (
        '<list rend="bulleted"><item>a<list rend="numbered"><item>b</item><item>c</item></list></item>'
        '<item>d</item></list><p>x</p><list rend="numbered"><item>e</item><item>f</item></list>'
    )


def test_a_list_that_goes_on_tells_its_start() -> None:
    body = item("a") + item("b") + p("x") + item("c") + p("y") + item("d", 2) + p("z") + item("e", 3)
    instances = {
        2: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        3: (0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'),
    }
    assert shown(docx(body, numbering=lists(levels("decimal"), instances=instances))) == (
        '<list rend="numbered"><item>a</item><item>b</item></list><p>x</p>'
        '<list rend="numbered" n="3"><item>c</item></list><p>y</p>'
        '<list rend="numbered"><item>d</item></list><p>z</p><list rend="numbered" n="7"><item>e</item></list>'
    )


def test_a_deeper_level_begins_anew_under_each_item() -> None:
    body = item("a") + item("b", level=1) + item("c") + item("d", level=1)
    assert shown(docx(body, numbering=lists(levels("decimal", "decimal")))) == (
        '<list rend="numbered"><item>a<list rend="numbered"><item>b</item></list></item>'
        '<item>c<list rend="numbered"><item>d</item></list></item></list>'
    )


def test_a_level_may_be_left_out() -> None:
    body = item("a", level=2) + item("b")
    assert shown(docx(body, numbering=lists(levels("bullet", "bullet", "bullet")))) == (
        '<list rend="bulleted"><item>a</item></list><list rend="bulleted"><item>b</item></list>'
    )


@pytest.mark.parametrize(
    "middle",
    [
        p("x", style="ListParagraph"),
        p("x", properties='<w:ind w:left="720"/>'),
        p("x", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
    ],
    ids=["by its style", "set in as far", "a bullet nobody sees (pandoc)"],
)
def test_a_paragraph_without_a_number_goes_on_with_an_item(middle: str) -> None:
    blank = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl>'
    body = item("a") + middle + item("b")
    assert shown(docx(body, numbering=lists(levels("decimal"), blank))) == (
        '<list rend="numbered"><item><p>a</p><p>x</p></item><item>b</item></list>'
    )


def test_lists_by_style() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="List Bullet"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    data = docx(p("a", style="B") + p("b", style="B"), styles=USUAL + style, numbering=lists(levels("bullet")))
    assert shown(data) == '<list rend="bulleted"><item>a</item><item>b</item></list>'
    off = docx(
        p("a", style="B", properties='<w:numPr><w:numId w:val="0"/></w:numPr>'),
        styles=USUAL + style, numbering=lists(levels("bullet")),
    )  # fmt: skip
    assert shown(off) == "<p>a</p>"


def test_letters_and_roman_numbers_are_told() -> None:
    data = docx(item("a") + item("b"), numbering=lists(levels("lowerLetter")))
    assert shown(data) == '<list rend="numbered"><item>a</item><item>b</item></list>'
    assert one(data, "docx-numbers").text.startswith("2 items numbered otherwise than 1, 2, 3 (lowerLetter)")


def test_a_list_that_is_not_there_is_no_list() -> None:
    assert shown(docx(item("a", 9))) == "<p>a</p>"


# --- tables


def test_tables_with_merged_cells_and_header_rows() -> None:
    head = row(cell("A", properties='<w:gridSpan w:val="2"/>'), cell("B"), properties="<w:tblHeader/>")
    first = row(cell("a", properties='<w:vMerge w:val="restart"/>'), cell("b"), cell("c"))
    second = row(cell("", properties="<w:vMerge/>"), cell("d"), cell(p("e") + p("f")))
    assert shown(docx(table(head, first, second))) == (
        '<table><row role="label"><cell cols="2">A</cell><cell>B</cell></row>'
        '<row role="data"><cell rows="2">a</cell><cell>b</cell><cell>c</cell></row>'
        '<row role="data"><cell>d</cell><cell><p>e</p><p>f</p></cell></row></table>'
    )


def test_words_in_a_cell_that_goes_on_are_kept() -> None:
    first = row(cell("a", properties='<w:vMerge w:val="restart"/>'), cell("b"))
    second = row(cell("lost?", properties="<w:vMerge/>"), cell("c"))
    assert '<cell rows="2"><p>a</p><p>lost?</p></cell>' in shown(docx(table(first, second)))


def test_columns_left_out_before_a_row_are_counted() -> None:
    first = row(cell("a"), cell("b", properties='<w:vMerge w:val="restart"/>'))
    second = row(cell("", properties="<w:vMerge/>"), properties='<w:gridBefore w:val="1"/>') + row(cell("c"), cell("d"))
    assert shown(docx(table(first, second))) == (
        '<table><row role="data"><cell>a</cell><cell>b</cell></row>'
        '<row role="data"><cell>c</cell><cell>d</cell></row></table>'
    )


def test_tables_within_tables_and_headings_in_cells() -> None:
    data = docx(table(row(cell(table(row(cell("a"))) + p("One", style="Heading1")))))
    assert shown(data) == (
        '<table><row role="data"><cell><table><row role="data"><cell>a</cell></row></table>'
        "<p>One</p></cell></row></table>"
    )
    assert said(data) == [("docx-look", 2)]


# --- figures, boxes, formulas


def test_a_figure_with_alternative_text_and_caption() -> None:
    body = p(r(picture("rId0", "A quay in the rain"))) + p(
        "Figure ", field("SEQ Figure", "1"), ". The quay", style="Caption"
    )
    assert shown(docx(body, members={"word/media/image1.png": b"x"})) == (
        '<figure><graphic url="text/a.docx!word/media/image1.png"/><head>Figure 1. The quay</head>'
        "<figDesc>A quay in the rain</figDesc></figure>"
    )


def test_a_caption_above_a_table_is_its_head() -> None:
    body = p(r(picture("rId0"))) + p("Table ", field("SEQ Table", "1"), style="Caption") + table(row(cell("a")))
    assert shown(docx(body, members={"word/media/image1.png": b"x"})) == (
        '<figure><graphic url="text/a.docx!word/media/image1.png"/></figure>'
        '<table><head>Table 1</head><row role="data"><cell>a</cell></row></table>'
    )
    assert shown(docx(p("Alone", style="Caption"))) == "<p>Alone</p>"


def test_a_picture_in_a_line_stands_behind_the_paragraph() -> None:
    data = docx(p("a", r(picture("rId0", "x")), "b"), members={"word/media/image1.png": b"x"})
    figure = '<figure><graphic url="text/a.docx!word/media/image1.png"/><figDesc>x</figDesc></figure>'
    assert shown(data) == f"<p>ab</p>{figure}"
    assert said(data) == [("docx-image", 1)]


def test_of_two_alternatives_one_is_read() -> None:
    box = "<w:txbxContent>{}</w:txbxContent>"
    boxed = f"<w:drawing><wps:txbx>{box.format(p('boxed words'))}</wps:txbx></w:drawing>"
    choice = f"<mc:Choice Requires='wps'>{boxed}</mc:Choice>"
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box.format(p('boxed words'))}</v:textbox></w:pict></mc:Fallback>"
    data = docx(p("a", r(f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"), "b"))
    assert shown(data) == "<p>ab</p><p>boxed words</p>"
    assert said(data) == [("docx-text-box", 1)]
    empty = "<mc:Choice Requires='x'><w:drawing/></mc:Choice>"
    assert "boxed" in shown(docx(p("a", r(f"<mc:AlternateContent>{empty}{fallback}</mc:AlternateContent>"))))


def test_a_picture_and_its_caption_in_a_text_box_are_a_figure() -> None:
    inner = p(r(picture("rId0"))) + p("The quay", style="Caption")
    body = p(
        "a", r(f"<w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>")
    )
    assert shown(docx(body, members={"word/media/image1.png": b"x"})) == (
        '<p>a</p><figure><graphic url="text/a.docx!word/media/image1.png"/><head>The quay</head></figure>'
    )


def test_formulas_are_kept_as_plain_text() -> None:
    fraction = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    data = docx(p("so ", f"<m:oMath>{fraction}<m:r><m:t>=</m:t></m:r>{power}</m:oMath>"))
    assert shown(data) == "<p>so (a+b)/2=x^2</p>"
    assert said(data) == [("docx-formula", 1)]


def test_what_cannot_be_read_is_told() -> None:
    chart = '<w:drawing><a:graphic><a:graphicData uri="http://x/chart"/></a:graphic></w:drawing>'
    assert one(docx(p("a", r(chart))), "docx-object").text == "a chart: it cannot be read (1 in all)"
    assert said(docx(p("a") + '<w:altChunk r:id="x"/>')) == [("docx-object", 1)]
    assert said(docx(p("a", r(picture("rId9"))))) == [("docx-image", 1), ("docx-object", 1)]


# --- quotations, verse, breaks


def test_neighbours_of_one_meaning_stand_together() -> None:
    body = p("a") + p("b", style="Quote") + p("c", style="Quote") + p("d")
    assert shown(docx(body)) == "<p>a</p><quote><p>b</p><p>c</p></quote><p>d</p>"


def test_what_styles_mean_can_be_said() -> None:
    own = (
        "".join(
            f'<w:style w:type="paragraph" w:styleId="x{k}"><w:name w:val="{name}"/></w:style>'
            for k, name in enumerate(("Brief", "Motto", "Ort"))
        )
        + '<w:style w:type="character" w:styleId="c"><w:name w:val="Werk"/><w:rPr><w:i/></w:rPr></w:style>'
    )
    body = p("m", style="x1") + p("o", style="x2") + p("a ", r("b", '<w:rStyle w:val="c"/>'), style="x0")
    data = docx(body, styles=USUAL + own)
    mapped = {"brief": "letter", "x2": "dateline", "Werk": "title"}
    assert shown(data, styles=mapped) == (
        '<epigraph><p>m</p></epigraph><ab type="dateline">o</ab><quote type="letter"><p>a <title>b</title></p></quote>'
    )
    assert said(data, styles=mapped) == []
    assert said(data) == [("docx-style", 2), ("docx-style", 3), ("docx-style", 3)]
    assert "did you mean “Brief”" in one(data, "docx-style", styles={**mapped, "Briev": "letter"}).hint


def test_every_role_of_the_configuration_is_known() -> None:
    assert set(get_args(StyleRole)) == docx_names.PARAGRAPH_ROLES | docx_names.CHARACTER_ROLES


@pytest.mark.parametrize("role", sorted(docx_names.PARAGRAPH_ROLES | docx_names.CHARACTER_ROLES))
def test_every_role_keeps_the_words(role: str) -> None:
    style = '<w:style w:type="{}" w:styleId="{}"><w:name w:val="{}"/></w:style>'
    own = style.format("paragraph", "S", "Some") + style.format("character", "C", "Chars")
    body = p("one", style="S") + p("two", r("three", '<w:rStyle w:val="C"/>')) + p("four")
    found = reading(docx(body, styles=USUAL + own), styles={"Some": role, "Chars": role})
    left_out = role in ("omit", "break")
    assert of_reading(found.tree).main == (["one"] if not left_out else []) + ["twothree", "four"]


def test_verse_with_a_paragraph_to_a_line() -> None:
    body = p("a", style="Verse") + p("b", style="Verse", properties='<w:ind w:left="600"/>') + p()
    body += p(r("<w:tab/>"), "c", style="Verse") + p("d")
    assert shown(docx(body)) == (
        '<lg><lg><l>a</l><l rend="indent2">b</l></lg><lg><l rend="indent1">c</l></lg></lg><p>d</p>'
    )


def test_verse_with_a_paragraph_to_a_stanza() -> None:
    body = p("a", r("<w:br/>"), "   b", style="Verse") + p("c", r("<w:br/>"), r("d", "<w:i/>"), style="Verse")
    assert shown(docx(body)) == (
        '<lg><lg><l>a</l><l rend="indent1">b</l></lg><lg><l>c</l><l><hi rend="italic">d</hi></l></lg></lg>'
    )
    assert shown(docx(p("a", style="Verse"))) == "<lg><l>a</l></lg>"


def test_asterisks_and_rules_part_sections() -> None:
    rule = r('<w:pict><v:rect o:hr="t"/></w:pict>')
    body = p("a") + p("* * *") + p("b") + p(rule) + p("c") + p() + p("d")
    data = docx(body)
    assert shown(data) == '<p>a</p><milestone unit="section"/><p>b</p><milestone unit="section"/><p>c</p><p>d</p>'
    assert said(data) == [("docx-breaks", 6)]


def test_page_breaks_set_by_hand_are_kept_those_of_the_last_layout_not() -> None:
    page = r('<w:br w:type="page"/>')
    body = p("a", page, r("<w:lastRenderedPageBreak/>"), "b") + p(page) + p("One", style="Heading1") + p("c") + p(page)
    assert shown(docx(body)) == "<p>a<pb/>b</p><div><head><pb/>One</head><p>c</p></div>"


def test_a_dropped_initial_belongs_to_the_next_paragraph() -> None:
    body = p("T", properties='<w:framePr w:dropCap="drop" w:lines="2"/>') + p("he trials began.")
    assert shown(docx(body)) == "<p>The trials began.</p>"


# --- links and fields


def test_links_out_of_the_text() -> None:
    link = '<w:hyperlink r:id="L">' + r("a ") + r("b", "<w:i/>") + "</w:hyperlink>"
    assert shown(docx(p(link), {"L": "https://example.org/a b?x=1&amp;y=2"})) == (
        '<p><ref target="https://example.org/a%20b?x=1&amp;y=2">a <hi rend="italic">b</hi></ref></p>'
    )
    assert shown(docx(p(field('HYPERLINK "https://example.org/" \\l "top" \\o "tip"', "here")))) == (
        '<p><ref target="https://example.org/#top">here</ref></p>'
    )


@pytest.mark.parametrize("target", ["file:///C:/x.docx", "../other.docx", "javascript:alert(1)"])
def test_links_that_nobody_could_follow_are_told(target: str) -> None:
    data = docx(p('<w:hyperlink r:id="L">' + r("a") + "</w:hyperlink>", " b"), {"L": target})
    assert shown(data) == "<p>a b</p>"
    assert said(data) == [("docx-reference", 1)]


def test_links_within_the_text() -> None:
    anchored = '<w:hyperlink w:anchor="trials">' + r("there") + "</w:hyperlink>"
    body = p("see ", anchored) + p(bookmark("trials", "One"), style="Heading1") + p(bookmark("p-own", "x", number=2))
    assert shown(docx(body)) == (
        '<p>see <ref target="#trials">there</ref></p><div xml:id="trials"><head>One</head><p xml:id="p-own">x</p></div>'
    )


def test_names_that_word_gave_are_ids_only_where_something_points_to_them() -> None:
    body = p(bookmark("_Ref12", "One"), style="Heading1") + p(bookmark("_GoBack", "x"), bookmark("OLE_LINK1", "y"))
    assert "xml:id" not in shown(docx(body))
    assert '<div xml:id="a-ref12">' in shown(docx(body + p(field("REF _Ref12 \\h", "One"))))


def test_a_bookmark_finds_its_block_whatever_becomes_of_it() -> None:
    body = item("a").replace("<w:r>", bookmark("an-item") + "<w:r>", 1) + table(row(cell(p(bookmark("a-cell", "b")))))
    body += p(bookmark("empty")) + p("c") + '<w:bookmarkStart w:id="4" w:name="outside"/>' + p("d")
    assert shown(docx(body, numbering=lists(levels("bullet")))) == (
        '<list rend="bulleted"><item xml:id="an-item">a</item></list>'
        '<table><row role="data"><cell xml:id="a-cell">b</cell></row></table>'
        '<p xml:id="empty">c</p><p xml:id="outside">d</p>'
    )


def test_references_to_places_pages_and_notes() -> None:
    body = p(bookmark("_Ref1", "The quay")) + p("x", bookmark("_Ref2", reference(1), number=2))
    body += p("see ", field("REF _Ref1 \\h", "The quay"), ", p. ", field("PAGEREF _Ref1 \\h", "47"), ", note ")
    body = body.removesuffix("</w:p>") + field("NOTEREF _Ref2 \\h", "1") + "</w:p>"
    data = docx(body, footnotes=note(1, p("y")))
    assert shown(data) == (
        '<p xml:id="a-ref1">The quay</p><p>x<note place="foot" xml:id="a-ref2"><p>y</p></note></p>'
        '<p>see <ref target="#a-ref1">The quay</ref>, p. <ptr type="page" target="#a-ref1"/>, note '
        '<ref target="#a-ref2">1</ref></p>'
    )
    assert said(data) == [("docx-numbers", 3), ("docx-omitted", 3)]


def test_a_link_to_a_bookmark_that_another_file_may_have() -> None:
    anchored = '<w:hyperlink w:anchor="trials">' + r("there") + "</w:hyperlink>"
    data = docx(p("see ", anchored))
    assert shown(data) == '<p>see <ref target="#trials">there</ref></p>'
    assert said(data) == []


def test_a_reference_to_nothing_keeps_its_words() -> None:
    simple = '<w:fldSimple w:instr=" REF _Ref9 \\h ">' + r("the ") + r("quay", "<w:b/>") + "</w:fldSimple>"
    data = docx(p("see ", simple, " or p. ", field("PAGEREF _Ref9", "4"), "."))
    assert shown(data) == '<p>see the <hi rend="bold">quay</hi> or p. .</p>'
    assert sorted(code for code, _ in said(data)) == ["docx-omitted", "docx-reference", "docx-reference"]


def test_index_entries_are_kept() -> None:
    entry = field('XE "Primakov, Yevgeny:early life:Kiev" \\b')
    see = field('XE "Leningrad" \\t "See St\\: Petersburg" \\f "places"')
    assert shown(docx(p("a", entry, "b", see))) == (
        '<p>a<index indexName="subject" rend="bold"><term>Primakov, Yevgeny</term><index><term>early life</term>'
        "<index><term>Kiev</term></index></index></index>b"
        '<index indexName="places"><term>Leningrad</term><term type="see">See St: Petersburg</term></index></p>'
    )


def test_a_table_of_contents_is_left_out_and_told() -> None:
    begin = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>TOC \\o</w:instrText>")
    begin += r('<w:fldChar w:fldCharType="separate"/>')
    entry = field("PAGEREF _Toc1 \\h", "3")
    body = p("x") + p(begin, "One", r("<w:tab/>"), entry) + p("Two", r("<w:tab/>"), entry)
    body += p(r('<w:fldChar w:fldCharType="end"/>')) + p("One", style="Heading1") + p("a")
    data = docx(body)
    assert shown(data) == "<p>x</p><div><head>One</head><p>a</p></div>"
    assert one(data, "docx-omitted").text == "4 words left out (table of contents made by Word): “One 3 Two 3”"
    control = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('One', r('<w:tab/>'), '3')}</w:sdtContent></w:sdt>"
    )
    assert shown(docx(control + p("a"))) == "<p>a</p>"


def test_a_table_of_contents_without_an_end_takes_no_chapter_with_it() -> None:
    begin = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>TOC</w:instrText>")
    body = p(begin + r('<w:fldChar w:fldCharType="separate"/>'), "One 3") + p("One", style="Heading1") + p("a")
    assert shown(docx(body)) == "<div><head>One</head><p>a</p></div>"


def test_other_fields_keep_what_they_show() -> None:
    inner = field("IF 1 = 1 ", "shown")
    assert shown(docx(p("a ", field("QUOTE x", inner, " words"), " b"))) == "<p>a shown words b</p>"
    assert said(docx(p("a", field("EQ \\f(1,2)")))) == [("docx-field", 1)]
    assert shown(docx(p(field("SYMBOL 97 \\f Symbol")))) == "<p>α</p>"


@pytest.mark.parametrize(
    ("code", "name", "arguments", "switches"),
    [
        (' HYPERLINK "C:\\\\a b\\\\c.doc" \\l "x y" \\h', "HYPERLINK", ("C:\\a b\\c.doc",), {"l": "x y", "h": ""}),
        ("REF _Ref1 \\h  \\* MERGEFORMAT", "REF", ("_Ref1",), {"h": "", "*": "MERGEFORMAT"}),
        ("xe “a “b” c”", "XE", ("a ", "b”", "c”"), {}),
        ('XE "say \\"no\\":x\\:y"', "XE", ('say "no":x\\:y',), {}),
        ("", "", (), {}),
    ],
)
def test_field_codes(code: str, name: str, arguments: tuple[str, ...], switches: dict[str, str]) -> None:
    found = instruction(code)
    assert (found.name, found.switches) == (name, switches)
    if name != "XE" or arguments[0].startswith("say"):
        assert found.arguments == arguments


# --- what is left out, changed, asked

INSERTED = f'<w:ins w:id="1" w:author="Ann">{r("new ")}</w:ins>'
DELETED = '<w:del w:id="2" w:author="Ben"><w:r><w:delText xml:space="preserve">old </w:delText></w:r></w:del>'


@pytest.mark.parametrize(("how", "text"), [("accept", "a new b"), ("reject", "a old b"), ("refuse", "a new b")])
def test_tracked_changes(how: str, text: str) -> None:
    data = docx(p("x") + p("a ", INSERTED, DELETED, INSERTED.replace("new ", ""), "b"))
    assert shown(data, changes=how) == f"<p>x</p><p>{text}</p>"
    expected = [("docx-changes", 2), ("docx-changes", 2)] if how == "refuse" else []
    assert said(data, changes=how) == expected
    if how == "refuse":
        texts = [problem.text for problem in reading(data).problems]
        assert texts == ["1 tracked change by Ben, undecided", "2 tracked changes by Ann, undecided"]
        assert all(problem.is_error for problem in reading(data).problems)


def test_tracked_ends_of_paragraphs_and_rows() -> None:
    gone = '<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>'
    body = p("a ", properties=gone) + p("b ", properties=gone) + p("c", style="Quote")
    assert shown(docx(body), changes="accept") == "<quote><p>a b c</p></quote>"
    assert shown(docx(body), changes="reject") == "<p>a</p><p>b</p><quote><p>c</p></quote>"
    rows = table(row(cell("a")), row(cell("b"), properties='<w:ins w:id="1" w:author="A"/>'))
    assert "<cell>b</cell>" in shown(docx(rows), changes="accept")
    assert "<cell>b</cell>" not in shown(docx(rows), changes="reject")


def test_changes_of_format_alone_are_taken_for_accepted() -> None:
    change = '<w:b/><w:rPrChange w:id="1" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    assert shown(docx(p("a ", r("b", change)))) == '<p>a <hi rend="bold">b</hi></p>'
    assert shown(docx(p("a ", r("b", change))), changes="reject") == '<p>a <hi rend="italic">b</hi></p>'
    assert said(docx(p("a ", r("b", change)))) == []


def test_moved_text_stands_once() -> None:
    body = p('<w:moveFrom w:id="1" w:author="A">' + r("x") + "</w:moveFrom>", "a")
    body += p("b", '<w:moveTo w:id="2" w:author="A">' + r("x") + "</w:moveTo>")
    assert shown(docx(body), changes="accept") == "<p>a</p><p>bx</p>"
    assert shown(docx(body), changes="reject") == "<p>xa</p><p>b</p>"


def test_comments_are_questions_or_nothing() -> None:
    around = '<w:commentRangeStart w:id="1"/>' + r("a quay") + '<w:commentRangeEnd w:id="1"/>'
    body = p("x ", around, r('<w:commentReference w:id="1"/>'), " y", r('<w:commentReference w:id="2"/>'))
    comments = note(1, p("Which one?"), kind="comment", attributes=' w:author="Ann"')
    comments += note(2, '<w:p w14:paraId="0A"><w:r><w:t>Settled</w:t></w:r></w:p>', kind="comment")
    done = '<w15:commentEx w15:paraId="0A" w15:done="1"/>'
    data = docx(body, comments=comments, commentsExtended=done)
    assert shown(data) == "<p>x a quay y</p>"
    problem = one(data, "docx-comment")
    assert problem.text == "Ann asks or says: “Which one?”, about “a quay”"
    assert (problem.place.line, problem.place.column) == (1, 9)
    assert said(data, comments="drop") == []


def test_wrappers_are_taken_off() -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    smart = f'<w:smartTag w:uri="x" w:element="place"><w:smartTagPr/>{r("Kiev")}</w:smartTag>'
    body = control.format(control.format(p("a ", control.format(r("b ")), smart))) + p(
        f"<w:customXml>{r('c')}</w:customXml>"
    )
    assert shown(docx(body)) == "<p>a b Kiev</p><p>c</p>"
    rows = table(control.format(row(control.format(cell("x")))))
    assert shown(docx(rows)) == '<table><row role="data"><cell>x</cell></row></table>'


def test_placeholders_headers_and_footers_are_left_out_and_told() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
    data = docx(p("a ", control), header=p("Draft of May"), footer=p("7"))
    assert shown(data) == "<p>a</p>"
    assert said(data) == [("docx-omitted", 0), ("docx-omitted", 1)]


def test_an_element_that_nobody_knows_keeps_its_text() -> None:
    data = docx(p("a ", f"<w:novelty>{r('b')}</w:novelty>") + f"<w:frame>{p('c')}</w:frame>")
    assert shown(data) == "<p>a b</p><p>c</p>"
    assert said(data) == [("docx-unknown", 1), ("docx-unknown", 1)]


def test_readings_over_words_stand_behind_them() -> None:
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{r('せっぷく')}</w:rt><w:rubyBase>{r('切腹')}</w:rubyBase></w:ruby>"
    assert shown(docx(p(r(ruby)))) == "<p>切腹(せっぷく)</p>"


def test_terms_and_what_they_mean() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="Definition{more}"/></w:style>'
        for name, more in (("T", " Term"), ("D", ""))
    )
    body = (
        p("kulak", style="T") + p("a farmer", style="D") + p("NEP", style="T") + p("x", style="D") + p("y", style="D")
    )
    assert shown(docx(body, styles=USUAL + styles)) == (
        '<list rend="gloss"><label>kulak</label><item><p>a farmer</p></item>'
        "<label>NEP</label><item><p>x</p><p>y</p></item></list>"
    )


# --- places


def test_places_are_paragraphs_counted_through() -> None:
    body = p("a") + table(row(cell("b"), cell("c"))) + p("d ", field("REF _Ref9", "e"), reference(1))
    found = reading(docx(body, footnotes=note(1, p("f"))))
    lines = [(local(block), place["line"]) for block, place in zip(blocks(found.tree), found.positions, strict=True)]
    assert lines == [
        ("p", 1), ("table", 2), ("row", 2), ("cell", 2), ("cell", 3), ("p", 4), ("note", 5), ("p", 5),
    ]  # fmt: skip
    assert found.positions[5]["marks"] == {"note.1": [4, 4]}
    assert (one(docx(body, footnotes=note(1, p("f"))), "docx-reference").place.line) == 4


# --- bad files


def broken(**members: str | bytes) -> bytes:
    return docx(p("a"), members={name.replace("__", "/") + ".xml": data for name, data in members.items()})


BAD = {
    "nothing": (b"", "archive-broken"),
    "not a zip": (b"Some words", "archive-broken"),
    "cut off": (docx(p("a"))[:-200], "archive-broken"),
    "no text": (zipped({"word/styles.xml": part("styles", "")}), "docx-part"),
    "no body": (zipped({"word/document.xml": part("document", "")}), "docx-part"),
    "not XML": (broken(word__document="<w:document"), "docx-xml"),
    "styles not XML": (broken(word__styles="<w:styles>"), "docx-xml"),
    "entities": (broken(word__document='<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'), "docx-part"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "docx-kind"),
    "a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "docx-kind"),
    "RTF": (b"{\\rtf1 words}", "docx-kind"),
    "HTML": (b"\xef\xbb\xbf<!DOCTYPE html><p>words", "docx-kind"),
    "OpenDocument": (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "docx-kind"),
    "no words": (docx(p("")), "chapter-empty"),
    "a bomb": (broken(word__document="<w:document>" + " " * 20_000_000), "archive-limit"),
    "nested without end": (docx("<w:x>" * 3000 + p("a") + "</w:x>" * 3000), "docx-xml"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_one_clear_complaint(name: str) -> None:
    data, code = BAD[name]
    errors = [problem for problem in reading(data).problems if problem.is_error]
    assert [problem.code for problem in errors] == [code]
    assert all(problem.place.file == "text/a.docx" and problem.hint for problem in errors if code != "archive-limit")


def test_a_file_without_relations_and_styles_is_read() -> None:
    data = zipped({"word/document.xml": part("document", f"<w:body>{p('One', style='Heading1')}{p('a')}</w:body>")})
    assert shown(data) == "<div><head>One</head><p>a</p></div>"


def test_the_text_may_be_kept_elsewhere_and_be_strict() -> None:
    data = docx(p("One", style="Heading1") + p("a", reference(1)), footnotes=note(1, p("x")))
    plain = shown(data)
    import zipfile
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: text.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, text in files.items()
    }
    assert shown(zipped(strict)) == plain
    moved = {
        name.replace("document", "document2"): data.replace(b"document.xml", b"document2.xml")
        for name, data in files.items()
    }
    assert shown(zipped(moved)) == plain


def test_nesting_ends_in_a_complaint_or_a_tree_never_in_a_traceback() -> None:
    inner = p("a")
    for _ in range(55):
        inner = table(row(cell(inner + p("x"))))
    assert "a" in words(" ".join(reading(docx(inner)).tree.itertext()))
    box = p("a")
    for _ in range(30):
        box = p(r(f"<w:pict><v:textbox><w:txbxContent>{box}</w:txbxContent></v:textbox></w:pict>"))
    assert words(" ".join(reading(docx(box)).tree.itertext())) == ["a"]
    fields = r('<w:fldChar w:fldCharType="begin"/>') * 2000
    assert "docx-field" in [code for code, _ in said(docx(p(fields, "a") + p("b")))]


# --- words


WORDS = ("alpha", "beta ", " gamma", "d", "é", " ", "ζ.", "1936–38")
PROPERTIES = ("", "<w:i/>", "<w:b/>", "<w:vanish/>", FRENCH, '<w:rStyle w:val="Emphasis"/>', "<w:smallCaps/>")
runs = st.builds(r, st.sampled_from(WORDS), st.sampled_from(PROPERTIES))
inlines = st.one_of(
    runs,
    st.sampled_from((r("<w:tab/>"), r("<w:br/>"), reference(1), reference(2, "endnote"), field('XE "x"'))),
    st.builds(lambda inner: f"<w:ins w:author='A'>{inner}</w:ins>", runs),
    st.builds(lambda inner: f'<w:hyperlink w:anchor="b">{inner}</w:hyperlink>', runs),
    st.builds(lambda inner: field("REF b", inner), runs),
    st.builds(lambda inner: field("TOC", inner), runs),
    st.builds(lambda inner: f"<w:smartTag>{inner}</w:smartTag>", runs),
)
STYLES = ("", "Heading1", "Heading2", "Title", "Quote", "Verse", "Caption", "ListParagraph", "TOC1")
numberings = st.sampled_from(("", *(f'<w:numPr><w:ilvl w:val="{k}"/><w:numId w:val="1"/></w:numPr>' for k in (0, 2))))
paragraphs = st.builds(
    lambda content, style, properties: p(*content, style=style, properties=properties),
    st.lists(inlines, max_size=6), st.sampled_from(STYLES), numberings,
)  # fmt: skip
tables = st.builds(
    lambda rows: table(*(row(*(cell(one) for one in cells)) for cells in rows)),
    st.lists(st.lists(paragraphs, min_size=1, max_size=3), min_size=1, max_size=3),
)
bodies = st.lists(st.one_of(paragraphs, paragraphs, tables), max_size=9)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def source_words(xml: str) -> Counter[str]:
    """The words of all w:t, paragraph by paragraph; tabs and breaks part them."""
    found: Counter[str] = Counter()
    for paragraph in parse(part("x", xml).encode()).iter(f"{W}p"):
        found.update(
            words("".join(k.text if k.tag == f"{W}t" else "\n" for k in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br")))
        )
    return found


def told_words(problems: list[Problem]) -> int:
    return sum(int(problem.text.split()[0]) for problem in problems if problem.code == "docx-omitted")


@FUZZ
@given(bodies)
def test_no_word_is_lost_and_none_stands_twice(body: list[str]) -> None:
    foot, end = note(1, p("foot ", r("note", "<w:i/>"))), note(2, p("an endnote"), kind="endnote")
    found = reading(
        docx("".join(body), footnotes=foot, endnotes=end, numbering=lists(levels("decimal"))), changes="accept"
    )
    streams = of_reading(found.tree)
    got = Counter(streams.main)
    for words_ in streams.notes:
        got.update(words_)
    expected = source_words("".join(body) + foot + end)
    lost = expected - got
    assert not got - expected or sum((got - expected).values()) <= 2 * sum(lost.values())
    assert sum(lost.values()) <= told_words(found.problems) + sum((got - expected).values())


# --- files as programs write them


@pytest.mark.parametrize("path", sorted(CASES.glob("*/text.docx")), ids=lambda path: path.parent.name)
def test_files_as_programs_write_them(path: Path) -> None:
    found = read("text.docx", path.read_bytes(), ReadOptions("en-GB"))
    told = "".join(f"{problem.place.line}: {problem.code}: {problem.text}\n" for problem in found.problems)
    tree = etree.tostring(found.tree, encoding="unicode", pretty_print=True)
    assert tree == (path.parent / "tree.xml").read_text(encoding="utf-8")
    assert told == (path.parent / "told.txt").read_text(encoding="utf-8")
