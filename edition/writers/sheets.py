"""Pages put on sheets of paper as imposition tells: a PDF of pages in, a PDF of sheets out.

Knows PDF through pikepdf; knows no layout and no edition. Lengths are points unless said otherwise.
"""

from __future__ import annotations

from io import BytesIO

import pikepdf
from msgspec import Struct

from .imposition import Folding, Side, Slot, padded, sides

MILLIMETRE = 72 / 25.4
PAPERS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0), "letter": (279.4, 215.9), "legal": (355.6, 215.9)}  # lying across
_SPINE = 12  # length of the marks where the sheet is folded


class Half(Struct, frozen=True):
    """Where a page goes on one half of a sheet: how much smaller, and where its lower left corner stands."""

    scale: float
    x: float
    y: float


def imposed(pdf: bytes, sheet: str, how: Folding, has_back_cover: bool = False) -> bytes:
    """The pages of a PDF, two to a side of `sheet` (a4, letter …), in the order of printing; same bytes each time."""
    width, height = (side * MILLIMETRE for side in PAPERS[sheet])
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as target:
        order = sides(padded(len(source.pages), has_back_cover), how)
        forms = [target.copy_foreign(page.as_form_xobject()) for page in source.pages]
        boxes = [[float(side) for side in page.trimbox] for page in source.pages]
        for side in order:
            page = target.add_blank_page(page_size=(width, height))
            _paint(target, page, side, forms, boxes, (width, height))
        _say(source, target)
        out = BytesIO()
        target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _paint(
    target: pikepdf.Pdf,
    page: pikepdf.Page,
    side: Side,
    forms: list[pikepdf.Object],
    boxes: list[list[float]],
    paper: tuple[float, float],
) -> None:
    content = [_fold_marks(*paper)]
    for slot in side.slots:
        if slot.page is not None:
            name = f"/Page{slot.page + 1}"
            page.add_resource(forms[slot.page], pikepdf.Name.XObject, pikepdf.Name(name))
            content.append(_placed(slot, name, boxes[slot.page], paper))
    page.obj.Contents = target.make_stream("\n".join(content).encode())


def _placed(slot: Slot, name: str, box: list[float], paper: tuple[float, float]) -> str:
    """The operators that paint a page on its half, clipped at the spine."""
    half, middle = half_of(slot, box, paper), paper[0] / 2
    clip = f"{0 if slot.half == 'left' else middle:.3f} 0 {middle:.3f} {paper[1]:.3f} re W n"
    turn = -1 if slot.is_turned else 1
    scale = half.scale * turn
    x = half.x - scale * box[0] if turn == 1 else half.x + half.scale * box[2]
    y = half.y - scale * box[1] if turn == 1 else half.y + half.scale * box[3]
    return f"q {clip} {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm {name} Do Q"


def half_of(slot: Slot, box: list[float], paper: tuple[float, float]) -> Half:
    """A page stands at the spine, in the middle of the height, made smaller where its half is too small for it."""
    middle, height = paper[0] / 2, paper[1]
    wide, high = box[2] - box[0], box[3] - box[1]
    scale = min(1.0, middle / wide, height / high)
    creep = slot.creep * MILLIMETRE
    x = middle - scale * wide + creep if slot.half == "left" else middle - creep
    return Half(scale, x, (height - scale * high) / 2)


def _fold_marks(width: float, height: float) -> str:
    middle = width / 2
    lines = (
        f"{middle:.3f} 0 m {middle:.3f} {_SPINE} l {middle:.3f} {height - _SPINE:.3f} m {middle:.3f} {height:.3f} l S"
    )
    return f"q 0 0 0 0.4 K 0.3 w [2 2] 0 d {lines} Q"


def _say(source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
    """The sheets say what the pages said of themselves."""
    for name, value in source.docinfo.items():
        target.docinfo[name] = pikepdf.String(str(value))
    if "/Lang" in source.Root:
        target.Root.Lang = pikepdf.String(str(source.Root.Lang))
