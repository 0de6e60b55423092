"""The reader of Markdown: its tree, its places, its complaints, and that it loses no word and no time."""

import html
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from edition.normal.vocabulary import BLOCKS, block_of, blocks
from edition.problems import explanation
from edition.readers import Reading, ReadOptions, read
from edition.words import words
from edition.xml import ID, Element, fragment, local, tei

CASES = Path(__file__).parent / "cases" / "markdown"
FUZZ = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def reading(text: str | bytes, name: str = "text/a.md") -> Reading:
    return read(name, text if isinstance(text, bytes) else text.encode(), ReadOptions("en-GB"))


def said(text: str | bytes) -> list[tuple[str, int, int]]:
    """Code, line and column of every problem."""
    found = reading(text).problems
    assert all(explanation(p.code) and p.place.file == "text/a.md" for p in found)
    return [(p.code, p.place.line, p.place.column) for p in found]


def shown(tree: Element) -> str:
    return etree.tostring(tree, encoding="unicode", pretty_print=True)


def places(found: Reading) -> str:
    """One line for each block: its name and place, then its marks and theirs."""
    lines = []
    for block, position in zip(blocks(found.tree), found.positions, strict=True):
        marks = (f"{name}@{line}:{column}" for name, (line, column) in position["marks"].items())
        lines.append(" ".join([local(block), f"{position['line']}:{position['column']}", *marks]))
    return "\n".join(lines) + "\n"


def flow(element: Element) -> str:
    """The text of an element without its notes and short heads; blocks and line breaks part words."""
    parts = [element.text or ""]
    for kid in element:
        name = local(kid)
        if name != "note" and kid.get("type") != "short":
            gap = "\n" if name in BLOCKS or name in ("list", "lb") else ""
            parts += [gap, flow(kid), gap]
        parts.append(kid.tail or "")
    return "".join(parts)


# --- trees and places


@pytest.mark.parametrize("case", ["every-mark", "nested", "tables", "code"])
def test_tree_and_places(case: str) -> None:
    found = reading((CASES / case / "text.md").read_bytes())
    assert found.problems == []
    assert shown(found.tree) == (CASES / case / "tree.xml").read_text(encoding="utf-8")
    assert places(found) == (CASES / case / "places.txt").read_text(encoding="utf-8")


def test_the_editors_hand() -> None:
    found = reading((CASES / "editorial" / "text.md").read_bytes())
    assert [(p.code, p.place.line, p.place.column, p.text) for p in found.problems] == [
        ("query", 4, 1, "which Monday?")
    ]
    assert shown(found.tree) == (CASES / "editorial" / "tree.xml").read_text(encoding="utf-8")
    assert places(found) == (CASES / "editorial" / "places.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["[a]{pb=3}", "[]{.supplied}", "[]{lang=fr}", "[a]{.gap .query}"])
def test_what_the_editors_hand_cannot_do(text: str) -> None:
    assert [p.code for p in reading(text).problems] == ["markdown-attribute"]


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    plain = (CASES / "every-mark" / "text.md").read_bytes()
    for data in (plain.replace(b"\n", b"\r\n"), plain.replace(b"\n", b"\r"), b"\xef\xbb\xbf" + plain):
        other = reading(data)
        assert (shown(other.tree), places(other), other.problems) == (shown((o := reading(plain)).tree), places(o), [])


def test_a_line_on_top_changes_places_only() -> None:
    plain = (CASES / "nested" / "text.md").read_text(encoding="utf-8")
    assert shown(reading("\n" + plain).tree) == shown(reading(plain).tree)
    assert reading("\n" + plain).positions[0]["line"] == 2


def test_sections_nest_by_level() -> None:
    found = reading("# A\n\na\n\n## B\n\nb\n\n# C\n\nc\n\nD\n=\n\nd\n")
    assert [flow(div).split() for div in found.tree] == [["A", "a", "B", "b"], ["C", "c"], ["D", "d"]]
    assert found.problems == []


def test_text_without_heading_stays_bare() -> None:
    assert [local(kid) for kid in reading("One.\n\nTwo.").tree] == ["p", "p"]


def test_chapter_of_first_level_two_is_outermost() -> None:
    assert [local(kid) for kid in reading("## A\n\na\n\n### B\n\nb").tree] == ["div"]


@pytest.mark.parametrize(
    ("heading", "text", "identity", "short"),
    [
        ("# A {#a}", "A", "a", ""),
        ("# A{#a}", "A", "a", ""),
        ("# A {#a} #", "A", "a", ""),
        ("# A # {#a}", "A", "a", ""),
        ('# A {short="S {1}"}', "A", "", "S {1}"),
        (r"# A \{#a}", "A {#a}", "", ""),
        (r"# A {x}", "A {x}", "", ""),
        ("# C# {#c}", "C#", "c", ""),
        ("# A [mot]{lang=fr}", "A mot", "", ""),
        ("# Élan {#élan-2}", "Élan", "élan-2", ""),
        ('A\nB {#a\nshort="S"}\n===', "A\nB", "a", "S"),
    ],
)
def test_braces_of_headings(heading: str, text: str, identity: str, short: str) -> None:
    found = reading(heading + "\n\ntext")
    assert found.problems == []
    div = found.tree[0]
    heads = [kid for kid in div if local(kid) == "head"]
    assert (flow(heads[0]), div.get(ID, "")) == (text, identity)
    assert [head.text for head in heads[1:]] == ([short] if short else [])


@pytest.mark.parametrize(
    "text", ["{#x}\nA.", "{#x}\n> A.", "{#x}\n- A.", "- {#x}\n  A.", "> {#x}\n> A.", "{#x}\n1) A."]
)
def test_an_id_on_a_line_of_its_own(text: str) -> None:
    found = reading(text)
    assert found.problems == []
    assert len(found.tree.xpath("//*[@xml:id='x']")) == 1
    assert local(found.tree.xpath("//*[@xml:id='x']")[0]) in BLOCKS


@pytest.mark.parametrize(
    "text",
    [
        "{x} and {1936} and { a } are text", "[sic] and [a [b] c] are text", r"\[a\](b) \{#x} \*a\* \[^1] \`a\` \<b>",
        "5 * 3 = 15, snake_case, a < b & c > d, AT&T; &c.", "a - b",
        "a # in the middle, ! and ![x] and ^ and @ and :: too",
    ],
)  # fmt: skip
def test_text_that_looks_like_marks(text: str) -> None:
    found = reading(text)
    assert found.problems == []
    assert flow(found.tree).strip() == re.sub(r"\\(.)", r"\1", text)


def test_tight_and_loose_lists() -> None:
    tight = reading("- a\n  - b\n- c\n").tree
    assert [local(e) for e in tight.iter()] == ["body", "list", "item", "list", "item", "item"]
    loose = reading("- a\n\n- c\n").tree
    assert [local(e) for e in loose.iter()] == ["body", "list", "item", "p", "item", "p"]


# --- what is wrong, and where


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # footnotes
        ("a[^1]\n\n[^1]:\n", [("note-empty", 3, 1)]),
        ("a[^1]\n\n[^1]:\n\nb\n", [("note-empty", 3, 1)]),
        ("a\n\n[^1]: x\n", [("note-unreferenced", 3, 1)]),
        ("a[^1]\n\n[^1]: x\n[^1]: y\n", [("note-doubled", 4, 1)]),
        ("ab[^1] c\n", [("note-undefined", 1, 3)]),
        ("> - a\n>   [^1]\n", [("note-undefined", 2, 5)]),
        ("a[^1]\n\n[^1]: x[^2]\n\n[^2]: y\n", [("not-yet", 3, 8), ("note-unreferenced", 5, 1)]),
        ("[a[^1]](#x)\n\n[^1]: x\n", [("note-place", 1, 3), ("note-unreferenced", 3, 1)]),
        ("> a[^1]\n>\n> [^1]: x\n", [("note-place", 3, 3)]),
        ("a[^1 b]", [("note-label", 1, 2)]),
        ("a[^1]\n\n[^1]: x\n\n  y\n", [("note-indent", 5, 3)]),
        ("a^[ ]", [("note-empty", 1, 3)]),
        ("a^[b^[c]]", [("not-yet", 1, 6)]),
        ("[a^[b]](#x)", [("note-place", 1, 4)]),
        ("a[^e-1]\n", [("note-undefined", 1, 2)]),
        # attributes and braces
        ("a [b]{persn=c}", [("markdown-attribute", 1, 6)]),
        ("a [b]{person=c person=d}", [("markdown-attribute", 1, 6)]),
        ("a [b]{person=c date=1936}", [("markdown-attribute", 1, 6)]),
        ("a [b]{}", [("markdown-attribute", 1, 6)]),
        ('a [b]{person=""}', [("markdown-attribute", 1, 6)]),
        ("a []{person=c}", [("markdown-attribute", 1, 5)]),
        ("a [b]{lang=französisch}", [("markdown-attribute", 1, 6)]),
        ("a [b]{short=c}", [("markdown-attribute", 1, 6)]),
        ("# a {person=b}\n\nc", [("markdown-attribute", 1, 5)]),
        ("# a {lenght=b}\n\nc", [("markdown-attribute", 1, 5)]),
        ("{short=a}\nb", [("markdown-attribute", 1, 1)]),
        ("# a {#1}\n\nc", [("markdown-id", 1, 5)]),
        ("# a {#a:b}\n\nc", [("markdown-id", 1, 5)]),
        ("> {#a/b}\n> c", [("markdown-id", 1, 3)]),
        ("a {#b} c", [("markdown-braces", 1, 3)]),
        ("a *b*{.c}", [("markdown-braces", 1, 6)]),
        ("a\n{#b}\nc", [("markdown-braces", 2, 1)]),
        ("a\n\n{#b}\n\nc", [("markdown-braces", 3, 1)]),
        ("a\n\n{#b}", [("markdown-braces", 3, 1)]),
        ("{#b}\n# a\n\nc", [("markdown-braces", 1, 1)]),
        ("{#b}\n{#c}\na", [("markdown-braces", 1, 1)]),
        ("a [b]{person=c", [("markdown-braces", 1, 6)]),
        ("a [b]{person=c d}", [("markdown-braces", 1, 6)]),
        ("a [b]{person}", [("markdown-leftover", 1, 5)]),
        ("a b]{person=c}", [("markdown-leftover", 1, 4), ("markdown-braces", 1, 5)]),
        ("a [b]person=c}", [("markdown-leftover", 1, 14)]),
        # links
        ("[a](b.md)", [("markdown-link", 1, 1)]),
        ("[a](#)", [("markdown-link", 1, 1)]),
        ("[a]()", [("markdown-link", 1, 1)]),
        ("[](https://x.example)", [("markdown-link", 1, 1)]),
        ("[a](htps://x.example)", [("markdown-link", 1, 1)]),
        ("[a](https:///b)", [("markdown-link", 1, 1)]),
        ("[a](https://[b)", [("markdown-link", 1, 1)]),
        ("[a](javascript:b)", [("markdown-link", 1, 1)]),
        ("[a [b](#c) d](#e)", [("markdown-link", 1, 4)]),
        ('[a](#b "c")', [("markdown-link-title", 1, 1)]),
        ("a [b](c d)", [("markdown-leftover", 1, 5)]),
        ("a [b(#c)", [("markdown-leftover", 1, 3)]),
        ("a b](#c)", [("markdown-leftover", 1, 4)]),
        ("a <https://x.example", [("markdown-leftover", 1, 3)]),
        ("[a]: b\n\nc", [("markdown-definition", 1, 1)]),
        ("[a]: #b\n[a]: #c\n\n[a]", [("markdown-definition", 2, 1)]),
        # leftovers
        ("a *b", [("markdown-leftover", 1, 3)]),
        ("a **b", [("markdown-leftover", 1, 3)]),
        ("#a", [("markdown-leftover", 1, 1)]),
        # blocks
        ("# a\n\n### b\n\nc", [("heading-level", 3, 1)]),
        ("a\n\n# b\n\nc", [("text-before-heading", 3, 1)]),
        ("> # a", [("markdown-heading", 1, 3)]),
        ("- # a", [("markdown-heading", 1, 3)]),
        ("a[^1]\n\n[^1]: # b", [("markdown-heading", 3, 7)]),
        ("a\n\n>\n\nb", [("markdown-empty", 3, 1)]),
        ("- a\n-\n", [("markdown-empty", 2, 1)]),
        ("", [("chapter-empty", 1, 1)]),
        (" \n\n", [("chapter-empty", 1, 1)]),
        ("# a", [("chapter-empty", 1, 1)]),
        ("# a\n\nb\n\n# c\n", [("chapter-empty", 5, 1)]),
        ("# a\n\n## b\n\n## c\n\nd", [("section-empty", 3, 1)]),
        ("#\n\na", [("heading-empty", 1, 1)]),
        ("# {#b}\n\na", [("heading-empty", 1, 1)]),
        # HTML
        ("a <b>c</b>", [("markdown-html", 1, 3), ("markdown-html", 1, 7)]),
        ("a\n\n<div>\nb\n</div>", [("markdown-html", 3, 1)]),
        ("a <!-- b -->", [("markdown-html", 1, 3)]),
        # characters
        (b"a\nb\xe9", [("source-encoding", 2, 2)]),
        ("aé\r\nbé".encode() + b"\xff", [("source-encoding", 2, 3)]),
        (b"\xff\xfea\0", [("source-encoding", 1, 1)]),
        ("a\x00b\x00", [("source-lost-character", 1, 2)] and [("source-character", 1, 2)]),
        ("a\n\x0cb \x93c", [("source-character", 2, 1), ("source-character", 2, 4)]),
        ("a \ufffd", [("source-lost-character", 1, 3)]),
        ("a &#12; &#0;", [("source-character", 1, 3), ("source-character", 1, 9)]),
        # marks of the index, blocks between colons, citations
        ("a [b]{entry=c}", [("markdown-attribute", 1, 6)]),
        ("a []{.index}", [("markdown-attribute", 1, 5)]),
        ("a [b]{.main .passing}", [("markdown-attribute", 1, 6)]),
        ("a {.index}", [("markdown-attribute", 1, 3)]),
        ("a [b]{index=c}", [("markdown-attribute", 1, 6)]),
        ("::: vers\na\n:::", [("markdown-fence", 1, 1)]),
        ("::: verse\na", [("markdown-fence", 1, 1)]),
        ("a\n\n:::\n", [("markdown-fence", 3, 1)]),
        ("::: {x=y}\na\n:::", [("markdown-attribute", 1, 1)]),
        ("::: verse {x=y}\na\n:::", [("markdown-fence", 1, 1)]),
        ("::: verse\n:::", [("markdown-empty", 1, 1), ("chapter-empty", 1, 1)][:1]),
        ("::: answer\na\n:::", [("markdown-fence", 1, 1)]),
        ("    a", [("markdown-indent", 1, 5), ("chapter-empty", 1, 1)][:1]),
        ("```\n```", [("markdown-empty", 1, 1), ("chapter-empty", 1, 1)][:1]),
        ("a [@b, ; c]", [("markdown-citation", 1, 3)]),
        ("[a [@b]](#c)", [("note-place", 1, 4)]),
        # two in one file come in the order of the file
        ("a[^x]\n\n[b](c)", [("note-undefined", 1, 2), ("markdown-link", 3, 1)]),
    ],
)
def test_complaints(text: str | bytes, expected: list[tuple[str, int, int]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("mark", ["- ", "1. ", "> ", "> 1. "])
def test_a_block_may_begin_where_its_item_does(mark: str) -> None:
    indent = mark.translate(str.maketrans("-1.", "   "))
    found = reading(f"{mark}::: cite\n{indent}one\n{indent}:::\n{indent}two\n")
    assert found.problems == []
    (block,) = (quote for quote in found.tree.iter("{*}quote") if quote.get("type") == "cite")
    assert flow(block).strip() == "one"


def test_a_cell_without_a_column_is_told_at_its_place() -> None:
    assert said("a | b\n--|--\n1 | 2 | 3\n") == [("markdown-table", 3, 9)]


def test_a_bar_alone_makes_no_table() -> None:
    assert flow(reading("a | b\n\nc | d\n").tree).split() == ["a", "|", "b", "c", "|", "d"]


def test_not_yet_names_the_mark() -> None:
    (problem,) = reading("a [b]{#c}").problems
    assert (problem.code, problem.place.line, problem.place.column) == ("not-yet", 1, 6)
    assert "an id on words" in problem.text


def test_the_title_of_a_link_is_told_and_the_link_kept() -> None:
    found = reading('a [b](https://c.example "D e") f')
    assert [(p.code, p.is_error, p.place.column) for p in found.problems] == [("markdown-link-title", False, 3)]
    assert "“D e”" in found.problems[0].text
    assert [ref.get("target") for ref in found.tree.iter("{*}ref")] == ["https://c.example"]


@pytest.mark.parametrize(
    ("text", "heads", "problems"),
    [
        ('---\ntitle: "A *b*"\n---\n\nc\n', ["A b@2:1"], []),
        (
            "---\nauthor: d\ntitle: >\n  a\n  b\n---\nc\n\n## e\n\nf\n",
            ["a b@3:1", "e@9:1"],
            [("markdown-front-matter", 2)],
        ),
        ("---\ntitle: A b\n...\n# a  B.\n\nc\n", ["a  B.@4:1"], []),
        ("---\ntitle: a\n---\n# d\n\nc\n", ["d@4:1"], [("markdown-front-matter", 2)]),
        ("---\ntags: [x]\n---\nc\n", [], [("markdown-front-matter", 2)]),
        ("---\ntitle: [a\n---\nc\n", [], [("yaml-syntax", 3)]),
        ("---\n\nc: d\n\n---\n", [], []),
    ],
)
def test_the_title_of_front_matter_heads_a_text_that_has_no_heading(
    text: str, heads: list[str], problems: list[tuple[str, int]]
) -> None:
    found = reading(text)
    at = [place for block, place in zip(blocks(found.tree), found.positions, strict=True) if local(block) == "head"]
    words = ["".join(head.itertext()) for head in found.tree.iter("{*}head")]
    assert [f"{head}@{spot['line']}:{spot['column']}" for head, spot in zip(words, at, strict=True)] == heads
    assert [(problem.code, problem.place.line) for problem in found.problems] == problems


def test_a_title_in_edition_yaml_goes_before_that_of_front_matter() -> None:
    found = read("a.md", b"---\ntitle: a\n---\nb\n", ReadOptions("en-GB", title="Another"))
    assert not list(found.tree.iter("{*}head")) and [p.code for p in found.problems] == ["markdown-front-matter"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[a]{persn=b}", "did you mean “person”?"),
        ("# a {shrt=b}\n\nc", "did you mean “short”?"),
        ("a[^wether]\n\n[^weather]: b", "did you mean “weather”?"),
        ("[a](htps://b.example)", "did you mean “https”?"),
    ],
)
def test_hints_name_what_was_meant(text: str, hint: str) -> None:
    assert hint in [p.hint for p in reading(text).problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a[^1] b[^1]\n\n[^1]: x\n",
            'a<note place="foot" n="1"><p>x</p></note> b<ptr type="note" n="1"/>',
        ),
        ("a[^e-1]\n\n[^e-1]: x\n", 'a<note place="foot" type="e"><p>x</p></note>'),
        ("a^[b *c*, d.] e", 'a<note place="foot"><p>b <hi rend="italic">c</hi>, d.</p></note> e'),
    ],
)
def test_notes_cited_again_of_another_series_and_written_in_place(text: str, expected: str) -> None:
    found = reading(text)
    assert found.problems == []
    assert shown(found.tree).partition("<p>")[2].rpartition("</p>")[0] == expected


def made(text: str) -> str:
    """The TEI of a text's blocks, without namespaces."""
    tree = reading(text).tree
    return "".join(fragment(kid).replace(' xmlns="http://www.tei-c.org/ns/1.0"', "") for kid in tree)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[*a* b]{.index}", '<p><index indexName="subject"><term>a b</term></index><hi rend="italic">a</hi> b</p>'),
        (
            'a{.index .main entry="b > c" see=d}',
            '<p>a<index indexName="subject" rend="bold"><term>b</term><index><term>c</term><term type="see">d</term>'
            "</index></index></p>",
        ),
        (
            '[a]{.main sub="b" person=c}',
            '<p><seg type="mention" subtype="main" n="b"><rs type="person" key="c">a</rs></seg></p>',
        ),
        ("[a]{.term}[b]{term=c}", '<p><term>a</term><term ref="#term-c">b</term></p>'),
        (
            '::: {index="a"}\nb\n\n> c\n:::',
            '<p><index indexName="subject" spanTo="#passage-1"><term>a</term></index>b</p>'
            '<quote><p>c<anchor xml:id="passage-1" type="index"/></p></quote>',
        ),
        (
            "a [@b, p. 3; @c]",
            '<p>a <note place="foot"><p><bibl><ref target="#bib-b"/><citedRange>p. 3</citedRange></bibl>; '
            '<bibl><ref target="#bib-c"/></bibl></p></note></p>',
        ),
        ("::: verse\na *b\nc* d\n:::", '<lg><l>a <hi rend="italic">b</hi></l><l><hi rend="italic">c</hi> d</l></lg>'),
        ("::: verse\na\n\nb\n:::", "<lg><lg><l>a</l></lg><lg><l>b</l></lg></lg>"),
        ("::: cite\na\n\n— b\n:::", '<quote type="cite"><p>a</p><p rend="attribution">— b</p></quote>'),
        ("a\n\n::: epigraph\nb\n:::", '<p>a</p><quote type="epigraph"><p>b</p></quote>'),
        ("::: letter\na\n:::", '<floatingText type="letter"><body><p>a</p></body></floatingText>'),
        (
            "::: questions\n1. a\n\n   ::: answer\n   b\n   :::\n:::",
            '<list type="questions" rend="numbered"><item><p>a</p><quote type="answer"><p>b</p></quote></item></list>',
        ),
        ("::: questions\na\n:::", '<list type="questions" rend="numbered"><item><p>a</p></item></list>'),
    ],
)
def test_marks_of_index_citations_and_blocks(text: str, expected: str) -> None:
    assert said(text) == []
    assert made(text) == expected


def test_a_citation_in_a_note_makes_no_note_of_its_own() -> None:
    tree = reading("a[^1]\n\n[^1]: see [@b].").tree
    assert len(list(tree.iter("{*}note"))) == 1
    assert len(list(tree.iter("{*}bibl"))) == 1


def test_each_character_of_a_kind_is_told_once() -> None:
    problem = reading("a\x01\x01\x01").problems[0]
    assert "and 2 more" in problem.text


# --- no mark of an edition can be broken without a word

WHOLE = """\
# Head {#dewey short="Dewey"}

{#par}
With [Trotsky]{person=trotsky}, [that August]{date=1936-08}[^1] and [see it](#par), [](#dewey),
[site](https://www.x.example) and [mot]{lang=fr}.

[^1]: Note *text*.
"""
# Names and addresses, which others check; signs whose loss leaves another mark that is whole.
FREE = {"the space behind #": "# Head", "=": 'short="Dewey"'}


@pytest.mark.parametrize(
    "offset", [n for n, c in enumerate(WHOLE) if c in '{}[]()^=*:#"' and WHOLE[n : n + 3] != "://"]
)
def test_a_sign_taken_away_is_told(offset: int) -> None:
    changed = WHOLE[:offset] + WHOLE[offset + 1 :]
    assert said(WHOLE) == []
    assert said(changed), changed


# --- words


def document_words(text: str) -> tuple[list[str], list[list[str]]]:
    """An oracle that knows lines and regular expressions only: words of the text, and of its notes as referred to."""
    main: list[str] = []
    notes: dict[str, list[str]] = {}
    current = main
    for line in text.split("\n"):
        definition = re.match(r"\[\^(\w+)\]: ", line)
        if definition:
            current = notes.setdefault(definition[1], [])
            line = line[definition.end() :]
        elif line and not line.startswith("    "):
            current = main
        current.append(line)
    labels = re.findall(r"\[\^(\w+)\]", "\n".join(main))
    return stripped_words(main), [stripped_words(notes[label]) for label in labels]


def stripped_words(lines: list[str]) -> list[str]:
    text = "\n".join(re.sub(r"^\s*(> )*(- |\d+\. )?", "", line) for line in lines)
    for pattern in (r"\{[^}]*\}", r"\]\([^)]*\)", r"\[\^\w+\]", r"[*_\\\[\]#<>]"):
        text = re.sub(pattern, "", text)
    return words(html.unescape(text))


WORDS = st.text("abcdefßéйψ", min_size=1, max_size=6)
SOME = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
INLINE = st.one_of(
    WORDS, WORDS, SOME, SOME.map("*{}*".format), SOME.map("**{}**".format), SOME.map("[{}](#a)".format),
    SOME.map("[{}](<https://x.example/a>)".format),
    SOME.map("[{}]{{person=p}}".format), SOME.map('[*{}*]{{date="1936"}}'.format),
    SOME.map("[{}]{{lang=fr}}".format), WORDS.map(r"{}\*".format), WORDS.map("{}&amp;&eacute;".format),
    st.sampled_from(["[](#a)", "<https://x.example/b>", "[^NOTE]", "\\\n", "\n"]),
)  # fmt: skip


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Markdown without fault, with footnotes behind it."""
    blocks_: list[str] = []
    notes: list[str] = []
    for _ in range(draw(st.integers(1, 6))):
        text = re.sub(r"\s*(\\?\n)\s*", r"\1", " ".join(["a", *draw(st.lists(INLINE, max_size=8)), "b"]))
        while "[^NOTE]" in text:
            label = f"n{len(notes)}"
            text = text.replace("[^NOTE]", f"[^{label}]", 1)
            more = draw(st.lists(SOME, min_size=1, max_size=3))
            notes.append(f"[^{label}]: " + "\n\n    ".join(more))
        shape = draw(st.sampled_from(["", "{#i}\n", "> ", "- ", "> > ", "7. ", "# ", "## "]))
        lines = text.replace("\\\n", "\n").split("\n") if shape.startswith("#") else text.split("\n")
        rest = {"> ": "> ", "> > ": "> > ", "- ": "  ", "7. ": "   "}.get(shape, "")
        joined = " ".join(lines) if shape.startswith("#") else f"\n{rest}".join(lines)
        blocks_.append(shape + joined)
    return "\n\n".join([*blocks_, "end", *notes, ""])


@FUZZ
@given(documents())
def test_no_word_is_lost(text: str) -> None:
    found = reading(text)
    assert [p for p in found.problems if p.is_error and p.code != "chapter-empty"] == []
    main, notes = document_words(text)
    assert words(flow(found.tree)) == main
    assert [words(flow(note)) for note in found.tree.iter("{*}note")] == notes


def test_the_oracle_sees_a_loss() -> None:
    text = "a [b](#c) d[^1]\n\n[^1]: e\n"
    assert document_words(text) == (["a", "b", "d"], [["e"]])
    tree = tei("body", {}, tei("p", {}, "a b"))
    assert words(flow(tree)) != document_words(text)[0]


# --- anything at all

PIECES = [
    "a", "bc", "Ü", "\n", "\n", "\n\n", " ", "  ", "    ", "\t", "> ", ">", "- ", "1. ", "7) ", "# ", "## ", "#", "*",
    "**", "_", "[", "]", "(", ")", "{", "}", "{#id}", "[^1]", "[^1]:", "[^2]: x", "[x]", "](#a)", "(#b)", "{person=p}",
    "{lang=fr}", "<https://x.example>", "\\", "\\\n", "  \n", "***", "---", "===", "&amp;", "`", "~~~", "|", "|-|",
    "<b>", ":::", "!", "^", "\u2003", "\u00a0", "[l]: u", "[l]", '"', "\r\n", "\r", "\x0b", '{short="x"}',
]  # fmt: skip
OURS = ("{", "[^", "[l]", ":::", "`", "~~~", "|", "<b>", "    ", "\t")
PLAIN = [piece for piece in PIECES if not piece.startswith(OURS) and piece != "}"]
BEGINS = {"ref": "[<", "ptr": "[", "note": "[", "hi": "*_", "lb": " \\", "rs": "[", "foreign": "[", "quote": ">"}
BEGINS["item"] = "-*+0123456789"


@FUZZ
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_anything_is_read_and_every_place_is_true(text: str) -> None:
    found = reading(text)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    etree.fromstring(etree.tostring(found.tree))
    for block, position in zip(blocks(found.tree), found.positions, strict=True):
        spots = {local(block): (position["line"], position["column"]), **position["marks"]}
        for name, (line, column) in spots.items():
            character = lines[line - 1][column - 1]
            assert character in BEGINS.get(name.partition(".")[0], character)
        inlines = {local(e) for e in block.iter() if local(e) in BEGINS and e is not block and block_of(e) is block}
        assert inlines == {name.partition(".")[0] for name in position["marks"]} - {"note"}
    for problem in found.problems:
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1


@FUZZ
@given(st.lists(st.sampled_from(PLAIN), max_size=40).map("".join))
def test_without_marks_of_ours_it_is_commonmark(text: str) -> None:
    found = reading(text)
    if found.problems:
        return
    page = re.sub(r"(<br />|</?(?:p|li|ul|ol|h\d|blockquote)>)", r" \1 ", MarkdownIt("commonmark").render(text))
    assert words(flow(found.tree)) == words(lxml_html.fromstring(f"<div>{page}</div>").text_content())


HOSTILE = {
    "brackets that open": "[" * 100_000,
    "brackets within brackets": "[" * 50_000 + "]" * 50_000,
    "spans within spans": "[" * 1000 + "x" + "]{lang=fr}" * 1000,
    "links that never end": "[x](" * 20_000,
    "quotations": ">" * 5000,
    "quotations, one deeper in each line": "\n".join(">" * n + " a" for n in range(1000)),
    "stars": "*" * 100_000,
    "stars around a letter": "*" * 5000 + "a" + "*" * 5000,
    "stars and letters": "*a **b " * 10_000,
    "lists in one line": "- " * 5000 + "x",
    "lists, one deeper in each line": "\n".join("  " * n + "- a" for n in range(1000)),
    "braces": "{a=" * 20_000,
    "braces of a heading": "# " + "{a=b " * 20_000 + "}",
    "footnotes of one label": "x[^1]\n\n" + "[^1]: a\n" * 5000,
    "footnotes within footnotes": "".join("    " * n + f"[^{n}]: x\n\n" for n in range(200)),
    "backticks": "` `` " * 10_000,
    "HTML that never ends": "<!-- " * 20_000,
    "lines": "a\n" * 50_000,
    "definitions": "[a\n" * 10_000,
    "bytes": b"\xff" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_or_refused(name: str) -> None:
    found = reading(HOSTILE[name])
    assert found.problems or len(found.tree)
    assert max((len(list(e.iterancestors())) for e in found.tree.iter()), default=0) < 150
