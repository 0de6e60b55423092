"""Page breaks of print in the EPUB: exact to the word, and where reading systems bear them."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.book import PageStart
from edition.words import words
from edition.writers.breaks import mark_pages, word_places
from edition.writers.documents import elements, named, safe_id
from edition.writers.flow import flow_of
from edition.writers.opened import open_units

from . import epub_fixture as book

XHTML = "{http://www.w3.org/1999/xhtml}"


def section(body: str) -> Any:
    return elements(f'<section id="s">{body}</section>')[0]


def marked(body: str, *starts: tuple[str, int], unit: str = "u") -> str:
    """A section's markup with ¶n for the marker of page n."""
    root = section(body)
    pages = [
        PageStart(str(n), unit if block != "blank" else "", block.replace("blank", ""), k)
        for n, (block, k) in enumerate(starts, 1)
    ]
    assert [label for label, _ in mark_pages(root, pages)] == [page.label for page in pages]
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", etree.tostring(root, encoding="unicode"))
    text = re.sub(r'<span [^>]*role="doc-pagebreak" id="page-(\d)" aria-label="\1"/>', r"¶\1", text)
    return text.removeprefix('<section id="s">').removesuffix("</section>")


@pytest.mark.parametrize(
    ("body", "starts", "expected"),
    [
        # within a paragraph, before the word
        ('<h1>A</h1><p id="p">one two three</p>', [("p", 2)], '<h1>A</h1><p id="p">one two ¶1three</p>'),
        # its opening quotes and brackets go with the word
        ('<h1>A</h1><p id="p">one (“two” b)</p>', [("p", 1)], '<h1>A</h1><p id="p">one ¶1(“two” b)</p>'),
        # never in a word, be it in pieces or with a soft hyphen
        ('<p id="p">one t<i>w</i>o x</p>', [("p", 1), ("p", 2)], '<p id="p">one ¶1t<i>w</i>o ¶2x</p>'),
        ('<p id="p">one co\u00adop two</p>', [("p", 2)], '<p id="p">one co\u00adop ¶1two</p>'),
        # before the inline elements that begin with the word
        ('<p id="p">one <b><i>two</i></b></p>', [("p", 1)], '<p id="p">one ¶1<b><i>two</i></b></p>'),
        ('<p id="p">one <b>x <i>two</i></b></p>', [("p", 2)], '<p id="p">one <b>x ¶1<i>two</i></b></p>'),
        # after a line break; words parted by nothing else
        ('<p id="p">one<br/>two</p>', [("p", 1)], '<p id="p">one<br/>¶1two</p>'),
        # what is no text of the block counts nothing
        ('<p id="p">a<a class="noteref">9</a> b c</p>', [("p", 1)], '<p id="p">a<a class="noteref">9</a> ¶1b c</p>'),
        ('<p id="p">a<b data-made=""> m n</b> b</p>', [("p", 1)], '<p id="p">a<b data-made=""> m n</b> ¶1b</p>'),
        ('<ul><li id="l">a <p>x y</p> b</li></ul>', [("l", 1)], '<ul><li id="l">a <p>x y</p> ¶1b</li></ul>'),
        # a made block's own words do count
        ('<p>x</p><p id="p" data-made="">a b</p>', [("p", 1)], '<p>x</p><p id="p" data-made="">a ¶1b</p>'),
        # not in a heading, a list or a table row, but before it
        ('<p id="p">a</p><h2 id="h">b c</h2>', [("p", 0), ("h", 0)], '¶1<p id="p">a</p>¶2<h2 id="h">b c</h2>'),
        ('<p id="p">a</p><h2 id="h">b c</h2>', [("p", 0), ("h", 1)], '¶1<p id="p">a</p>¶2<h2 id="h">b c</h2>'),
        ('<p>a</p><ul id="u"><li>b</li></ul>', [("u", 0)], '<p>a</p>¶1<ul id="u"><li>b</li></ul>'),
        ('<table><tr id="r"><td>b</td></tr></table>', [("r", 0)], '¶1<table><tr id="r"><td>b</td></tr></table>'),
        # in a list item and a definition: inside
        ('<p id="p">a</p><ul><li id="l">b</li></ul>', [("l", 0)], '<p id="p">a</p><ul><li id="l">¶1b</li></ul>'),
        # a unit's first page is its section's start, heading and all
        ('<h1>A</h1><p id="p">one</p>', [("p", 0)], '¶1<h1>A</h1><p id="p">one</p>'),
        ('<h1>A</h1><p>one</p>', [("", 0)], "¶1<h1>A</h1><p>one</p>"),
        # blank pages before it too
        ('<h1 id="h">A</h1><p>b</p>', [("blank", 0), ("h", 0)], '¶1¶2<h1 id="h">A</h1><p>b</p>'),
        ("<h1>A</h1>", [("blank", 0), ("", 0), ("", 0)], "¶1¶2<h1>A</h1>¶3"),
        # a page without words stands before the next that has some, or at the end
        ('<p id="p">a b c</p>', [("p", 0), ("", 0), ("p", 2)], '¶1<p id="p">a b ¶2¶3c</p>'),
        ('<p id="p">a b</p>', [("p", 0), ("", 0), ("blank", 0)], '¶1<p id="p">a b</p>¶2¶3'),
        # two pages that begin at one word keep their order
        ('<p>x</p><p id="p">a</p>', [("p", 0), ("", 0), ("p", 0)], '¶1<p>x</p><p id="p">¶2¶3a</p>'),
    ],
)  # fmt: skip
def test_where_markers_stand(body: str, starts: list[tuple[str, int]], expected: str) -> None:
    assert marked(body, *starts) == expected


def _around(block: Any, label: str) -> tuple[str, str]:
    """A block's own text before and after a marker, told without the code that put it there."""
    pieces: list[str] = []

    def tell(element: Any) -> None:
        pieces.append(element.text or "")
        for child in element:
            name = child.tag.removeprefix(XHTML)
            if child.get("aria-label") == label:
                pieces.append("\x00")
            elif name == "br" or name in ("p", "ul", "li"):
                pieces.append("\n")
            elif child.get("class") != "noteref" and child.get("data-made") is None:
                tell(child)
            pieces.append(child.tail or "")

    tell(block)
    before, _, after = "".join(pieces).partition("\x00")
    return before, after


def _check_every_word(root: Any) -> int:
    """Mark a page before every word of every block in turn; returns how many there were."""
    marks = dict.fromkeys(mark for mark in flow_of(root).marks if mark[0])
    markup = etree.tostring(root)
    for block, word in marks:
        tree = etree.fromstring(markup)
        text = "".join(tree.itertext())
        mark_pages(tree, [PageStart("x", "u", "", 0), PageStart("7", "u", _unescaped(block), word)])
        holder = tree.find(f".//*[@id='{block}']")
        assert "".join(tree.itertext()) == text
        if holder.tag.removeprefix(XHTML)[0] == "h" or word == 0:
            continue
        before, after = _around(holder, "7")
        whole = words(_around(holder, "none")[0])
        assert words(before) == whole[:word] and words(after) == whole[word:]
    return len(marks)


def test_every_word_of_a_book_can_begin_a_page() -> None:
    units = [unit for unit in open_units(book.units()) if unit.kind == "chapter"]
    assert sum(_check_every_word(unit.section) for unit in units) > 150


@st.composite
def inlines(draw: st.DrawFn, depth: int = 2) -> str:
    plain = st.text("ab é’“(—.-\u00ad", max_size=6)
    kinds = ["text", "br", "noteref", "made", *(["em", "a"] if depth else [])]
    pieces = []
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=5)):
        if kind in ("em", "a"):
            pieces.append(f"<{kind}>{draw(inlines(depth=depth - 1))}</{kind}>")
        else:
            made = {"br": "<br/>", "noteref": '<a class="noteref">1</a>', "made": '<b data-made="">x</b>'}
            pieces.append(made.get(kind, "") or draw(plain))
    return "".join(pieces)


@given(inlines(), inlines())
def test_words_are_counted_as_print_counts_them(first: str, second: str) -> None:
    root = section(f'<p id="p">{first}</p><ul><li id="l">{second}<p id="q">{first}</p>{first}</li></ul>')
    for block in ("p", "l", "q"):
        counted = {word for name, word in flow_of(root).marks if name == block}
        assert len(word_places(root.find(f".//*[@id='{block}']"))) == len(counted)
    _check_every_word(root)


# --- ids


def _unescaped(name: str) -> str:
    """The id that was escaped: the way back, which shows that there is only one."""
    text, rest = "", name
    while rest:
        if rest.startswith("__"):
            text, rest = text + "_", rest[2:]
        elif rest.startswith("_"):
            code, _, rest = rest[1:].partition("_")
            text += chr(int(code, 16))
        else:
            text, rest = text + rest[0], rest[1:]
    return text


@given(
    st.text("ab_.-0129ÄжA:", min_size=1) | st.sampled_from(["notes", "page-1", "toc", "nav", "page-list", "notes-x"])
)
def test_ids_are_escaped_one_to_one_and_never_into_ours(name: str) -> None:
    safe = safe_id(name)
    assert _unescaped(safe) == name
    assert re.fullmatch("[A-Za-z_][A-Za-z0-9_-]*", safe)
    assert not safe.startswith(("page-", "notes-")) and safe not in ("notes", "nav", "toc", "page-list", "landmarks")


def test_most_ids_stay_as_they_are() -> None:
    assert [safe_id(name) for name in ("p-12ab", "ch-trials", "Dewey")] == ["p-12ab", "ch-trials", "Dewey"]
    assert [safe_id(name) for name in ("a.b", "a_b", "page-3", "é")] == ["a_2e_b", "a__b", "_70_age-3", "_e9_"]


def test_ids_in_a_unit_are_escaped_wherever_they_are_named() -> None:
    unit = next(unit for unit in open_units(book.units()) if unit.number == "1")
    assert (unit.id, unit.section.get("id"), unit.heads[0][0]) == ("ch_2e_1", "ch_2e_1", "ch_2e_1")
    hrefs = {link.get("href") for link in named([unit.section], "a")}
    assert "#P__two" in hrefs and not any("." in href for href in hrefs)
