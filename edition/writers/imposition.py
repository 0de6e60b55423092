"""Which page stands where on which sheet, so that a folded stack reads in order: signatures, flips, creep.

Knows numbers only; knows no PDF and no paper's name. A sheet is printed on two sides,
two pages beside each other on each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct


class Slot(Struct, frozen=True):
    """One page on one side of a sheet: which (None: blank), on which half, whether its head is down, and by how many
    millimetres it is moved towards the spine."""

    page: int | None
    half: str  # left | right, of the side as it lies
    is_turned: bool = False
    creep: float = 0.0


class Side(Struct, frozen=True):
    """One side of a sheet; its two slots from left to right. `sheet` counts from 0 through all signatures."""

    sheet: int
    is_back: bool
    slots: tuple[Slot, Slot]


class Folding(Struct, frozen=True):
    """How sheets are printed and folded.

    `signature` is the most sheets in one fold, 0 for all of them (saddle stitch); `flip` the edge over which the
    printer turns paper that lies across; `paper` the thickness of a sheet in millimetres; `passes` whether the
    printer prints both sides of a sheet in turn, or all fronts and then all backs.
    """

    signature: int = 0
    flip: str = "short-edge"  # short-edge | long-edge
    paper: float = 0.1
    passes: str = "duplex"  # duplex | single


def padded(count: int, has_back_cover: bool) -> list[int | None]:
    """Pages from 0 with blanks up to a multiple of four; before the last page where that is the back cover."""
    pages: list[int | None] = list(range(count))
    blanks: list[int | None] = [None] * (-count % 4)
    return pages[:-1] + blanks + pages[-1:] if has_back_cover else pages + blanks


def signatures(pages: Sequence[int | None], most: int) -> list[Sequence[int | None]]:
    """The pages of each fold, as many sheets in one as in another, or one more in the first ones."""
    sheets = len(pages) // 4
    folds = 1 if most == 0 else max(1, -(-sheets // most))
    found, first = [], 0
    for fold in range(folds):
        size = 4 * (sheets // folds + (fold < sheets % folds))
        found.append(pages[first : first + size])
        first += size
    return found


def sides(pages: Sequence[int | None], how: Folding) -> list[Side]:
    """All sides in the order in which they are printed. `pages` are in reading order, a multiple of four."""
    found: list[Side] = []
    for fold in signatures(pages, how.signature):
        found += _fold(fold, len(found) // 2, how)
    if how.passes == "single":
        return [side for side in found if not side.is_back] + [side for side in found if side.is_back]
    return found


def _fold(pages: Sequence[int | None], first: int, how: Folding) -> Iterator[Side]:
    """The sheets of one fold from the outermost in; inner ones stand out, so their pages go nearer to the spine."""
    last = len(pages) - 1
    for depth in range(len(pages) // 4):
        creep = round(depth * how.paper, 4)
        low, high = 2 * depth, last - 2 * depth
        front = (Slot(pages[high], "left", False, creep), Slot(pages[low], "right", False, creep))
        back = (Slot(pages[low + 1], "left", False, creep), Slot(pages[high - 1], "right", False, creep))
        yield Side(first + depth, False, front)
        yield Side(first + depth, True, _turned(back) if how.flip == "long-edge" else back)


def _turned(slots: tuple[Slot, Slot]) -> tuple[Slot, Slot]:
    """A side with its head down."""
    left, right = slots
    return Slot(right.page, "left", True, right.creep), Slot(left.page, "right", True, left.creep)
