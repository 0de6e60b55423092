"""Elements put around stretches of text, whatever markup lies between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.passes.spans import content, flow, set_content, wrap
from edition.xml import Element, canonical, parse, tei

NS = ' xmlns="http://www.tei-c.org/ns/1.0"'


def block(inner: str) -> Element:
    return parse(f"<p{NS}>{inner}</p>".encode())


def wrapped(inner: str, first: str, last: str) -> str:
    p = block(inner)
    text = flow(p).text
    wrap(p, text.index(first), text.index(last) + len(last), lambda: tei("name"))
    assert flow(p).text == text
    return canonical(p).decode().removeprefix(f"<p{NS}>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("see Leon Trotsky here", "see <name>Leon Trotsky</name> here"),
        ("see Leon <hi>Trotsky</hi> here", "see <name>Leon <hi>Trotsky</hi></name> here"),
        ("see <hi>Leon</hi> <hi>Trotsky</hi> here", "see <name><hi>Leon</hi> <hi>Trotsky</hi></name> here"),
        ("see <hi>Leon Tro</hi>tsky here", "see <name><hi>Leon Tro</hi>tsky</name> here"),
        ("<hi><hi>Leon Trotsky</hi></hi>", "<hi><hi><name>Leon Trotsky</name></hi></hi>"),
        ("<hi>the Leon</hi> Trotsky here", "<hi>the <name>Leon</name></hi><name> Trotsky</name> here"),
        ("Leon<lb/>Trotsky, Leon", "<name>Leon<lb></lb>Trotsky</name>, Leon"),
        (
            "x<note><p>Leon Trotsky</p></note> Leon Trotsky",
            "x<note><p>Leon Trotsky</p></note> <name>Leon Trotsky</name>",
        ),
    ],
)
def test_wrap(inner: str, expected: str) -> None:
    assert wrapped(inner, "Leon", "Trotsky") == expected


inlines = st.recursive(
    st.text(alphabet="ab ", max_size=4),
    lambda kids: st.lists(kids, max_size=3).map(lambda row: f"<hi>{''.join(row)}</hi>"),
    max_leaves=8,
)


@given(st.lists(inlines, max_size=5).map("".join), st.data())
def test_wrapping_moves_no_character(inner: str, data: st.DataObject) -> None:
    p = block(inner)
    text = flow(p).text
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    wrap(p, start, end, lambda: tei("name"))
    assert flow(p).text == text
    named = "".join("".join(name.itertext()) for name in p.iter("{*}name"))
    assert named == text[start:end]


@given(st.lists(inlines, max_size=5).map("".join))
def test_content_is_the_whole_element(inner: str) -> None:
    p = block(inner)
    before = canonical(p)
    set_content(p, content(p))
    assert canonical(p) == before
