"""Imposition proven by folding: sheets are printed, turned over, nested, folded, and read from first page to last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.writers.imposition import Folding, Side, Slot, padded, sides, signatures

Leaf = tuple[Slot, Slot]  # as it lies with its head up: left, right

foldings = st.builds(
    Folding,
    signature=st.integers(0, 12),
    flip=st.sampled_from(["short-edge", "long-edge"]),
    paper=st.sampled_from([0.0, 0.08, 0.1, 0.13]),
    passes=st.sampled_from(["duplex", "single"]),
)


def printed(found: list[Side], how: Folding) -> list[tuple[Leaf, Leaf]]:
    """The sheets in the order in which they lie, front and back. Who prints in two passes puts the stack in again."""
    if how.passes == "single":
        half = len(found) // 2
        order = [side for pair in zip(found[:half], found[half:], strict=True) for side in pair]
    else:
        order = found
    sheets = []
    for at in range(0, len(order), 2):
        front, back = order[at], order[at + 1]
        assert (front.sheet, front.is_back, back.sheet, back.is_back) == (at // 2, False, at // 2, True)
        sheets.append((front.slots, turned_over(back.slots, how.flip)))
    return sheets


def turned_over(back: Leaf, flip: str) -> Leaf:
    """The back of a sheet as one sees it who turns the sheet like the leaf of a book. A printer that turned it over its
    long edge has printed it head down as seen from there."""
    if flip == "short-edge":
        return back
    left, right = back
    return Slot(right.page, "left", not right.is_turned, right.creep), Slot(
        left.page, "right", not left.is_turned, left.creep
    )


def read(sheets: list[tuple[Leaf, Leaf]]) -> list[Slot]:
    """The pages of nested, folded sheets, outermost first, in the order of reading."""
    first = [slot for front, back in sheets for slot in (front[1], back[0])]
    second = [slot for front, back in reversed(sheets) for slot in (back[1], front[0])]
    return first + second


def folds(pages: int, how: Folding) -> list[int]:
    return [len(fold) // 4 for fold in signatures([None] * pages, how.signature)]


@given(count=st.integers(1, 400), how=foldings, has_cover=st.booleans())
def test_folded_sheets_read_in_order(count: int, how: Folding, has_cover: bool) -> None:
    pages = padded(count, has_cover)
    sheets = printed(sides(pages, how), how)
    found: list[Slot] = []
    for size in folds(len(pages), how):
        fold, sheets = sheets[:size], sheets[size:]
        found += read(fold)
    assert sheets == []
    assert [slot.page for slot in found] == pages
    assert not any(slot.is_turned for slot in found)


@given(count=st.integers(1, 400), how=foldings)
def test_each_sheet_further_in_is_moved_by_one_paper_more(count: int, how: Folding) -> None:
    found = sides(padded(count, False), how)
    depth = [n for size in folds(len(padded(count, False)), how) for n in range(size)]
    for side in found:
        assert all(slot.creep == pytest.approx(depth[side.sheet] * how.paper) for slot in side.slots)


@given(count=st.integers(1, 400))
def test_blanks_stand_before_the_back_cover_or_at_the_end(count: int) -> None:
    with_cover, without = padded(count, True), padded(count, False)
    assert len(with_cover) == len(without) == count + -count % 4
    assert with_cover[-1] == count - 1 and [page for page in with_cover if page is not None] == list(range(count))
    assert without[:count] == list(range(count))


@given(count=st.integers(1, 100), most=st.integers(1, 12))
def test_folds_are_as_even_as_can_be(count: int, most: int) -> None:
    sizes = folds(4 * count, Folding(signature=most))
    assert sum(sizes) == count and max(sizes) <= most and max(sizes) - min(sizes) <= 1


def test_eight_pages_as_printers_know_them() -> None:
    shown = [[slot.page for slot in side.slots] for side in sides(padded(8, False), Folding())]
    assert shown == [[7, 0], [1, 6], [5, 2], [3, 4]]
