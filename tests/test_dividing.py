"""Words at the ends of lines: the last of a paragraph is bound, the editor's list is kept, no letter changes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition.writers import laid_out, pages
from edition.writers.dividing import NBSP, SOFT_HYPHEN, guard
from edition.writers.flow import letters
from edition.xml import XHTML, Element, NotWellFormed, parse

from . import print_fixture as fixture


def tree(inner: str) -> Element:
    return parse(f'<section xmlns="{XHTML}">{inner}</section>'.encode())


def guarded(inner: str, *exceptions: str) -> str:
    root = tree(inner)
    guard(root, exceptions)
    text = etree.tostring(root, encoding="unicode").partition(">")[2].removesuffix("</section>")
    return text.replace(NBSP, "~").replace(SOFT_HYPHEN, "¬")


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("<p>He did so.</p>", "<p>He did~so.</p>"),
        ("<p>He <em>did</em> so. </p>", "<p>He <em>did</em>~so. </p>"),
        ("<p>They were communists.</p>", '<p>They were <span class="last">communists.</span></p>'),
        ("<p>In <em>the communists</em></p>", '<p>In <em>the <span class="last">communists</span></em></p>'),
        ("<p>about <b>communi</b>sts</p>", "<p>about <b>communi</b>sts</p>"),
        ("<p>so.</p>", "<p>so.</p>"),
        ("<p>He was four.</p>", "<p>He was four.</p>"),
        ('<p>it did so<a class="noteref">1</a></p>', '<p>it did~so<a class="noteref">1</a></p>'),
        ('<p>it did <a class="page">10</a>.</p>', '<p>it <span class="kept">did <a class="page">10</a>.</span></p>'),
        ("<p>By <b>a</b> <i>or</i> <b>o</b></p>", "<p>By <b>a</b> <i>or</i>~<b>o</b></p>"),
        ("<ul><li>one so<p>two is</p></li></ul>", "<ul><li>one~so<p>two~is</p></li></ul>"),
        ("<h1>The confessions, and how they were got</h1>", "<h1>The confessions, and how they~were~got</h1>"),
        ("<h2>What it means</h2>", "<h2>What it means</h2>"),
        ("<h2>A note here<a class='noteref'>1</a></h2>", '<h2>A note here<a class="noteref">1</a></h2>'),
        ("<pre>a  b</pre>", "<pre>a  b</pre>"),
    ],
)
def test_ends_of_paragraphs(given_: str, expected: str) -> None:
    assert guarded(given_) == expected


def test_the_list_of_the_editor_is_kept_in_any_case_and_in_whole_words_only() -> None:
    found = guarded("<p>Moscow and MOSCOW, Muscovy: Trotsky, not Trotskyism. End of it</p>", "Mos-cow", "Trotsky")
    assert '<span class="divided">Mos¬cow</span> and <span class="divided">MOS¬COW</span>, Muscovy' in found
    assert '<span class="whole">Trotsky</span>, not Trotskyism' in found


@given(st.lists(st.sampled_from(["a", "Moscow", " ", "communist", "<em>", "</em>", ".", "so"]), max_size=14))
def test_no_letter_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        root = tree(f"<p>{text}</p>")
    except NotWellFormed:
        return
    before = "".join(root.itertext())
    guard(root, ["Mos-cow"])
    after = "".join(root.itertext()).replace(SOFT_HYPHEN, "").replace(NBSP, " ")
    assert after == before and letters(after) == letters(before)


def ends(css: str, *exceptions: str) -> set[str]:
    """What stands at the ends of lines of a narrow paragraph."""
    style = json.dumps({**json.loads(fixture.style(f"p {{ width: 100px }} {css}")), "divided": exceptions}).encode()
    made = fixture.unit("a.md#0", "chapter", "body", f"<p id='a'>{'a correspondence of it, ' * 12}</p>")
    blob = pages.lay_out(json.dumps(made).encode(), json.dumps({"side": "recto", "first": "1", "labels": {}}), style)
    lines = [box for page in pages.load(blob, style) for box in page._page_box.descendants() if box.element_tag == "p"]
    texts = ["".join(each.text for each in line.descendants() if hasattr(each, "pango_layout")) for line in lines]
    return {text.replace(SOFT_HYPHEN, "").split()[-1] for text in texts if text.endswith("\u2010")}


def test_the_list_of_the_editor_divides_where_words_are_divided_at_all() -> None:
    assert len(ends("")) > 1
    assert ends("", "correspon-dence") == {"correspon\u2010"}
    assert ends("", "correspondence") == ends("p { hyphens: none }", "correspon-dence") == set()


@pytest.mark.parametrize("count", range(330, 420, 15))
def test_no_page_holds_a_few_lines_alone(count: int) -> None:
    words = " ".join(fixture.WORDS[k % 20] for k in range(count))
    made = fixture.unit("a.md#0", "chapter", "body", f"<h1>One</h1><p id='p'>{words}.</p><p id='q'>It ended.</p>")
    blob = pages.lay_out(json.dumps(made).encode(), '{"side": "recto", "first": "0", "labels": {}}', fixture.style())
    assert not laid_out.is_stub(pages.load(blob, fixture.style()))
