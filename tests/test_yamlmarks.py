"""YAML with places: what is read, what is refused, and where."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from edition.problems import Place, Problem
from edition.yamlmarks import MAX_DEPTH, Node, load


def places(problems: list[Problem]) -> list[tuple[int, int, str]]:
    return [(p.place.line, p.place.column, p.code) for p in problems]


def good(text: str) -> Node:
    node, problems = load(text.encode(), "x.yaml")
    assert problems == []
    assert node is not None
    return node


def mapping(node: Node) -> dict[str, Node]:
    assert isinstance(node.value, dict)
    return node.value


# --- what is read


def test_every_key_and_value_has_its_place() -> None:
    root = mapping(good("title: A\nbody:\n  - one\n  - {file: two.md}\n"))
    assert root["title"].key == Place("x.yaml", 1, 1)
    assert root["title"].place == Place("x.yaml", 1, 8)
    assert root["body"].place == Place("x.yaml", 3, 3)
    items = root["body"].value
    assert isinstance(items, list)
    assert (items[0].value, items[0].place) == ("one", Place("x.yaml", 3, 5))
    assert mapping(items[1])["file"].place == Place("x.yaml", 4, 12)


@pytest.mark.parametrize("written", ["0123", "1.10", "1936-08-19", "no", "~", "1e3", "12:30:45"])
def test_scalars_stay_as_they_are_written(written: str) -> None:
    node = mapping(good(f"a: {written}\n"))["a"]
    assert (node.value, node.plain) == (written, True)


@pytest.mark.parametrize("written", ['"no"', "'no'"])
def test_quotes_are_remembered(written: str) -> None:
    node = mapping(good(f"a: {written}\n"))["a"]
    assert (node.value, node.plain) == ("no", False)


def test_blocks_of_text_are_not_plain() -> None:
    root = mapping(good("a: |\n  one\n  two\nb: >-\n  three\n  four\n"))
    assert (root["a"].value, root["a"].plain) == ("one\ntwo\n", False)
    assert root["b"].value == "three four"
    assert root["b"].place == Place("x.yaml", 4, 4)


@pytest.mark.parametrize("text", ["", "# only a comment\n", "\n\n"])
def test_an_empty_file_is_empty_text(text: str) -> None:
    assert good(text) == Node("", Place("x.yaml", 1, 1), None, True)


def test_a_key_without_value_is_empty_and_plain() -> None:
    node = mapping(good("a:\nb: x\n"))["a"]
    assert (node.value, node.plain, node.place.line) == ("", True, 1)


def test_a_byte_order_mark_moves_no_column() -> None:
    assert mapping(good("\ufeffa: x\n"))["a"].place == Place("x.yaml", 1, 4)


def test_lines_are_those_of_a_text_editor() -> None:
    """libyaml ends a line at U+0085 and U+2028 as well."""
    root = mapping(good("a: one\u2028  two\u0085  three\r\nb: x\rc: y\n"))
    assert root["b"].place == Place("x.yaml", 2, 4)
    assert root["c"].place == Place("x.yaml", 3, 4)


def test_columns_count_characters_not_bytes() -> None:
    assert mapping(good("{é𝔘: x, b: y}\n"))["b"].place == Place("x.yaml", 1, 12)


# --- what is refused

MISTAKES = [
    ("a: 1\nb: 2\na: 3\n", [(3, 1, "yaml-duplicate-key")]),
    ("a: {x: 1, y: 2, 'x': 3}\n", [(1, 17, "yaml-duplicate-key")]),
    ("a: &b c\nd: *b\n", [(1, 4, "yaml-alias"), (2, 4, "yaml-alias")]),
    ("- *nothing\n", [(1, 3, "yaml-alias")]),
    ("{*x : 1}\n", [(1, 2, "yaml-alias")]),
    ("a: !!int 3\n", [(1, 4, "yaml-tag")]),
    ("a: !mine [b]\n", [(1, 4, "yaml-tag")]),
    ("? [a, b]\n: c\n", [(1, 3, "yaml-key")]),
    ('{"": c}\n', [(1, 2, "yaml-key")]),
    ("a: 1\n---\nb: 2\n", [(2, 1, "yaml-documents")]),
    ('a: "x\\x08y"\n', [(1, 4, "yaml-character")]),
    ("a: x\nb: y\x08z\n", [(2, 5, "yaml-character")]),
    ("\ufeffa: y\x08z\n", [(1, 5, "yaml-character")]),
    ("a:\n\tb: c\n", [(2, 1, "yaml-syntax")]),
    ("a: x\nb: 'open\nc: y\n", [(2, 4, "yaml-syntax")]),
    ('a: "open\n---\n', [(1, 4, "yaml-syntax")]),
    ("a: [x, y\nb: z\n", [(2, 2, "yaml-syntax")]),
    ("a: {x: y\n", [(2, 1, "yaml-syntax")]),
    ("title: Moscow: the trials\n", [(1, 14, "yaml-syntax")]),
    ("a: @x\n", [(1, 4, "yaml-syntax")]),
    ("title: A\nsubtitle\nlanguage: en\n", [(2, 1, "yaml-syntax")]),
    ("a: - b\n", [(1, 4, "yaml-syntax")]),
    ('a: "\\q"\n', [(1, 5, "yaml-syntax")]),
    ("%NOPE\n", [(1, 6, "yaml-syntax")]),
]


@pytest.mark.parametrize(("text", "expected"), MISTAKES, ids=[repr(text) for text, _ in MISTAKES])
def test_a_mistake_is_named_at_its_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    problems = load(text.encode(), "x.yaml")[1]
    assert places(problems) == expected
    assert all(p.hint or p.code == "yaml-key" for p in problems if text != "%NOPE\n")


def test_several_mistakes_are_told_at_once() -> None:
    node, problems = load(b"a: 1\na: &x 2\nb: !t 3\n---\nc\n", "x.yaml")
    expected = [
        (2, 1, "yaml-duplicate-key"), (2, 4, "yaml-alias"), (3, 4, "yaml-tag"), (4, 1, "yaml-documents"),
    ]  # fmt: skip
    assert places(problems) == expected
    assert node is not None
    assert mapping(node)["a"].value == "1"


def test_a_key_given_twice_names_the_first_place() -> None:
    problem = load(b"a: 1\n\n  \nb: {c: 1, c: 2}\n", "x.yaml")[1][0]
    assert problem.place == Place("x.yaml", 4, 11)
    assert "line 4, column 5" in problem.hint


def test_tabs_are_named() -> None:
    assert "tab" in load(b"a:\n\tb: c\n", "x.yaml")[1][0].hint


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        (b"a: \xe9\n", 1, 4, "E9"),
        ("é: x\r\nb: ".encode() + b"\xff", 2, 4, "FF"),
        ("\ufeffa: ".encode() + b"\x80", 1, 4, "80"),
        ("a: é".encode("utf-16"), 1, 1, "FF"),
        (b"a: \xed\xa0\x80", 1, 4, "ED"),
    ],
)
def test_bytes_that_are_not_utf8(data: bytes, line: int, column: int, byte: str) -> None:
    node, problems = load(data, "x.yaml")
    assert node is None
    assert places(problems) == [(line, column, "yaml-encoding")]
    assert f"0x{byte}" in problems[0].text


@pytest.mark.parametrize(
    ("data", "column"),
    [(b"[" * 100_000, 33), (b"{a: " * 100_000, 126), (b"- " * 100_000, 65), (b"? " * 100_000, 65)],
)
def test_nesting_without_end_is_one_problem(data: bytes, column: int) -> None:
    node, problems = load(data, "x.yaml")
    assert node is None
    assert places(problems) == [(1, column, "yaml-limit")]


def test_nesting_up_to_the_limit_is_read() -> None:
    good("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_a_file_that_is_too_long_is_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edition.yamlmarks.MAX_NODES", 10)
    assert places(load(b"- a\n" * 12, "x.yaml")[1]) == [(10, 3, "yaml-limit")]


def test_a_bomb_of_aliases_is_not_unfolded() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    problems = load(bomb.encode(), "x.yaml")[1]
    assert {p.code for p in problems} == {"yaml-alias"}
    assert len(problems) == 60 + 2 * 59


# --- properties

# PyYAML writes these raw with allow_unicode, and YAML reads them as ends of lines.
ENDS = "\x85\u2028\u2029"
CONTROL = [*map(chr, range(32)), *map(chr, range(127, 160)), "\ufffe", "\uffff"]
LEGAL = st.characters(exclude_categories=["Cs"], exclude_characters=[*CONTROL, *ENDS, "\ufeff"])
KEYS = st.text(st.one_of(LEGAL, st.sampled_from(":#-?[]{}'\" ")), min_size=1, max_size=20)
VALUES = st.text(st.one_of(LEGAL, st.sampled_from("\n\t\ufeff:#'\" -" + ENDS)), max_size=60)


@given(
    st.dictionaries(KEYS, VALUES, max_size=6),
    st.sampled_from([None, '"', "'"]),
    st.booleans(),
    st.sampled_from([20, 80]),
)
@example({"no": "no", "a": "~", "b": "", "c": "one\n two\n\n"}, None, True, 80)
def test_any_mapping_of_text_comes_back_with_its_lines(
    data: dict[str, str], style: str | None, bare: bool, width: int
) -> None:
    text, lines = "", {}
    for key, value in data.items():
        lines[key] = text.count("\n") + 1
        raw = bare and not set(value) & set(ENDS)
        text += yaml.safe_dump({key: value}, allow_unicode=raw, width=width, default_style=style)
    if not data:
        text = "{}"
    found = mapping(good(text))
    assert {key: node.value for key, node in found.items()} == data
    assert {key: node.key.line for key, node in found.items() if node.key} == lines


SIGNS = "a:-?[]{}&*!|>'\"%@`#,\n\t \x85\u2028\ufeff\\x"


@given(st.one_of(st.binary(max_size=60), st.text(SIGNS, max_size=40).map(str.encode)))
def test_whatever_the_bytes_there_is_a_tree_or_a_problem(data: bytes) -> None:
    node, problems = load(data, "x.yaml")
    assert node is not None or problems
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= p.place.line <= lines and p.place.column >= 1 for p in problems)
