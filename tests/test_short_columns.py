"""Columns of short cells keep their words on one line."""

from __future__ import annotations

from edition.writers.tables import keep_short_columns
from edition.xml import XHTML, parse


def kept(*rows: tuple[str, ...], attributes: str = "") -> list[list[bool]]:
    cells = ("".join(f"<td{attributes}>{text}</td>" for text in row) for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    root = parse(f'<div xmlns="{XHTML}"><table><tbody>{table}</tbody></table></div>'.encode())
    keep_short_columns(root)
    return [[cell.get("class") == "kept" for cell in row] for row in root.iter(f"{{{XHTML}}}tr")]


LONG = "what is printed on the outer side of it"


def test_short_columns_are_kept_and_long_ones_are_not() -> None:
    assert kept(("the first", LONG, "1–16"), ("the seventeenth", "text", "257–272")) == [[True, False, True]] * 2


def test_a_column_is_as_long_as_its_longest_cell() -> None:
    assert kept(("short", "short"), (LONG, "short")) == [[False, True]] * 2


def test_no_more_columns_than_a_page_holds() -> None:
    assert kept(("a" * 18, "b" * 17, "c" * 16)) == [[False, True, True]]


def test_tables_with_spans_are_left_to_the_layout() -> None:
    assert kept(("one", "two"), attributes=' colspan="2"') == [[False, False]]
    assert kept(("one", "two"), ("three",)) == [[False, False], [False]]
