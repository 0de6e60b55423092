"""The reader of web pages: what becomes of every construct, notes in seven dialects, faults, no word lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from edition.normal.vocabulary import blocks
from edition.problems import Problem, explanation
from edition.readers import Reading, ReadOptions, read
from edition.words import words

from .html_oracle import declared, words_of_page, words_of_tree

CASES = Path(__file__).parent / "cases" / "html"
PAGES = sorted(path for path in CASES.glob("*/*.*html"))
FUZZ = settings(derandomize=True, max_examples=40)


def reading(page: str | bytes, name: str = "text/a.html", **options: Any) -> Reading:
    data = page.encode() if isinstance(page, str) else page
    found = read(name, data, ReadOptions("en-GB", **options))
    assert len(found.positions) == len(list(blocks(found.tree)))
    assert all(explanation(problem.code) for problem in found.problems)
    return found


def shown(page: str | bytes, **options: Any) -> str:
    """The tree as XML, without <body>."""
    text = etree.tostring(reading(page, **options).tree, encoding="unicode")
    return text.replace(' xmlns="http://www.tei-c.org/ns/1.0"', "").removeprefix("<body>").removesuffix("</body>")


def said(page: str | bytes, **options: Any) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in reading(page, **options).problems]


def told(problems: list[Problem]) -> str:
    return "".join(f"{p.place.line}: {p.severity}[{p.code}]: {p.text}\n" for p in problems)


# --- whole pages


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_as_programs_write_them(path: Path) -> None:
    """Beside every page lies what it is to become (.tree.xml), and what is to be said (.told)."""
    found = reading(path.read_bytes(), f"text/{path.name}")
    tree = etree.tostring(found.tree, encoding="unicode", pretty_print=True)
    assert tree == path.with_suffix(".tree.xml").read_text(encoding="utf-8")
    assert told(found.problems) == path.with_suffix(".told").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_word_of_a_page_is_lost(path: Path) -> None:
    """Another parser's words are those of the tree and those that are told as left out."""
    found = reading(path.read_bytes(), f"text/{path.name}")
    encoding = "cp1252" if path.stem in ("marxists", "word") else "utf-8"
    everything = words_of_page(path.read_bytes().decode(encoding))
    kept = [*words_of_tree(found.tree), *(n for pb in found.tree.iter("{*}pb") for n in words(pb.get("n", "")))]
    assert len(everything) - len(kept) <= declared(found.problems)


@pytest.mark.parametrize("path", sorted((CASES / "notes").glob("*.*html")), ids=lambda path: path.stem)
def test_notes_of_every_dialect_arrive_as_notes(path: Path) -> None:
    tree = reading(path.read_bytes(), f"text/{path.name}").tree
    notes = list(tree.iter("{*}note"))
    assert len(notes) == {"mediawiki": 3, "tables-and-lists": 7}.get(path.stem, 2)
    assert all(words("".join(note.itertext())) for note in notes)
    assert not any(word.isdigit() for note in notes for word in words("".join(note.itertext()))[:1])


# --- what is read, and what is not


def test_the_main_text_can_be_named() -> None:
    page = "<body><div id=a><p>one two</p></div><div class=b><p>three</p></div></body>"
    assert shown(page, main="#a") == "<p>one two</p>"
    assert shown(page, main=".b") == "<p>three</p>"
    assert [code for code, _ in said(page, main="#c")] == ["html-selector"]


def test_parts_can_be_dropped_and_are_told() -> None:
    page = "<body><p>one</p><div class=ad><p>buy now</p></div></body>"
    assert shown(page, drop=(".ad",)) == "<p>one</p>"
    (problem,) = reading(page, drop=(".ad",)).problems
    assert problem.code == "html-dropped" and "2 words" in problem.text


def test_languages_of_paragraphs_and_words() -> None:
    assert shown('<body><p lang="fr">mot</p><p>a <i lang="de">Wort</i></p></body>') == (
        '<p xml:lang="fr">mot</p><p>a <foreign xml:lang="de"><hi rend="italic">Wort</hi></foreign></p>'
    )
    page = '<html lang="de"><body><p>Ein Satz.</p></body></html>'
    assert '<p xml:lang="de">' in shown(page) and ("html-language", 1) in said(page)


def test_page_numbers_of_the_print_edition() -> None:
    page = '<p>one <span class="pagenum"><a id="Page_12">[Pg 12]</a></span>two [Pg 13] three</p>'
    assert shown(f"<body>{page}</body>").count("<pb ") == 2
    role = '<p>a <span role="doc-pagebreak" aria-label="4" id="p4"></span>b</p>'
    assert shown(f"<body>{role}</body>") == '<p>a <pb n="4"/>b</p>'


def test_headings_make_sections() -> None:
    page = "<body><h1>A</h1><p>1</p><h2>B</h2><p>2</p><h1>C</h1><p>3</p></body>"
    assert shown(page) == (
        "<div><head>A</head><p>1</p><div><head>B</head><p>2</p></div></div><div><head>C</head><p>3</p></div>"
    )


def test_a_link_within_and_links_that_another_file_may_answer() -> None:
    page = (
        '<body><p id="x">one</p><p>see <a href="#x">one</a>, <a href="#y">two</a>, <a href="b.html#z">3</a></p></body>'
    )
    assert shown(page) == (
        '<p xml:id="x">one</p><p>see <ref target="#x">one</ref>, <ref target="#y">two</ref>, '
        '<ref target="#z" n="b">3</ref></p>'
    )
    assert "html-link" not in dict(said(page))


def test_links_to_what_nothing_can_be_called() -> None:
    page = '<body><p>see <a href="#1 2">one</a> and <a href="b.html#bib-x">two</a></p></body>'
    assert shown(page) == "<p>see one and two</p>"
    assert ("html-link", 1) in said(page)


# --- faults


def test_an_empty_page_is_one_complaint() -> None:
    for page in ("", "   ", "<html><body></body></html>", "<!-- words -->"):
        assert [p.code for p in reading(page).problems if p.is_error] == ["chapter-empty"], page


def test_text_nested_a_thousand_deep_is_kept() -> None:
    for name in ("div", "blockquote", "span", "b", "table><tr><td"):
        close = "".join(f"</{part}>" for part in reversed(name.split("><")))
        page = f"<body>{f'<{name}>' * 1000}deep words{close * 1000}<p>after</p></body>"
        found = reading(page)
        assert words(" ".join(found.tree.itertext())) == ["deep", "words", "after"], name
        assert "html-deep" in [problem.code for problem in found.problems], name


def test_encodings() -> None:
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"):
        assert shown("<html><body><p>Zürich – ok</p></body></html>".encode(encoding)) == "<p>Zürich – ok</p>", encoding
    latin = "<html><body><p>Zürich</p></body></html>".encode("latin-1")
    assert shown(latin) == "<p>Zürich</p>" and said(latin) == [("html-encoding", 1)]
    wrong = '<meta charset="windows-1252"><body>\n<p>Zürich</p></body>'.encode()
    assert shown(wrong) == "<p>Zürich</p>" and "html-encoding" in [code for code, _ in said(wrong)]


def test_mojibake_is_told_at_its_line() -> None:
    page = "<body><p>ok</p>\n<p>FrÃ¼hling in MÃ¼nchen, â€œso</p></body>"
    assert ("source-mojibake", 2) in said(page)


def test_xhtml_that_is_not_well_formed_is_read_and_told() -> None:
    page = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>\n<p>one<p>two</p></body></html>'
    assert shown(page) == "<p>one</p><p>two</p>" and said(page)[0][0] == "html-malformed"


def test_scripts_and_styles_are_no_text() -> None:
    page = "<body><p>one</p><script>var words = 1</script><style>p {color: red}</style><template>t</template></body>"
    assert shown(page) == "<p>one</p>"


# --- words

WORDS = ("alpha", "beta ", " gamma", "d", "é", "ζ.", "1936–38")
INLINE = ("b", "i", "span", "sub", "em", "q", "cite", "small", "a", "abbr", "ins", "code", "u")
BLOCK = ("p", "div", "blockquote", "h1", "h3", "ul", "li", "dl", "dt", "dd", "table", "tr", "td", "pre", "section",
         "figure", "figcaption", "ol", "caption", "article", "center")  # fmt: skip


def tagged(names: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", st.sampled_from(names), st.lists(inner))


lines = st.recursive(
    st.sampled_from((*WORDS, "<br>", '<img src="x.png" alt="">')), lambda x: tagged(INLINE, x), max_leaves=6
)
bodies = st.lists(st.recursive(lines, lambda x: tagged(BLOCK, x), max_leaves=14), min_size=1, max_size=5)


@FUZZ
@given(bodies)
def test_no_word_is_lost_and_none_stands_twice(parts: list[str]) -> None:
    page = f"<html><body><main>{''.join(parts)}</main></body></html>"
    found = reading(page)
    assert words_of_tree(found.tree) == words_of_page(page) or declared(found.problems) > 0
