"""Work-arounds for faults of WeasyPrint 70.0, each with the fault it mends; nothing else may depend on them.

Knows WeasyPrint's layout of lines, pages and notes, and its boxes; knows nothing of editions. `install` mends the one
version whose faults are known and leaves any other as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from math import inf
from types import FunctionType
from typing import Any
from xml.etree import ElementTree

import weasyprint
from weasyprint import document, images
from weasyprint.formatting_structure import build
from weasyprint.layout import LayoutContext, block, inline, page
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.text import line_break
from weasyprint.urls import URLFetcher

from . import continued, note_area, weasyprint_lines
from .weasyprint_known import IS_KNOWN, rewritten

_split_first_line = line_break.split_first_line
_linebox_layout = block._linebox_layout
_make_page = page.make_page
_block_container_layout = block.block_container_layout
_build_formatting_structure = build.build_formatting_structure
_Drawing = images.SVGImage
_NOTE_METHODS = ("layout_footnote", "unlayout_footnote", "report_footnote", "_update_footnote_area")
_note_methods = {name: getattr(LayoutContext, name) for name in _NOTE_METHODS}


def install() -> None:
    if IS_KNOWN:
        line_break.split_first_line = inline.split_first_line = mended_split_first_line()
        block._linebox_layout = _mended_linebox_layout()
        page.make_page = _mended_make_page()
        block.block_container_layout = _mended_block_container_layout()
        document.build_formatting_structure = _mended_build_formatting_structure()
        for name, method in _mended_note_methods().items():
            setattr(LayoutContext, name, method)
        images.SVGImage = KeptDrawing


def uninstall() -> None:
    """Bring the faults back, for the tests that show them."""
    line_break.split_first_line = inline.split_first_line = _split_first_line
    block._linebox_layout = _linebox_layout
    page.make_page = _make_page
    block.block_container_layout = _block_container_layout
    document.build_formatting_structure = _build_formatting_structure
    images.SVGImage = _Drawing
    for name, method in _note_methods.items():
        setattr(LayoutContext, name, method)


# --- a run of text cut after its first word


@cache
def mended_split_first_line(sooner: bool = True) -> Callable[..., Any]:
    """WeasyPrint's own, but a run of text that fits the line without the space at its end is kept whole.

    70.0 (since its change 2614) cuts such a run after its first word, about one in 20 pages, or divides the first word
    that may be divided, one in 30: a stray short line, or a line with holes between its words.
    """
    tries_word = "    # Step #3: Try to put the first word of the second line on the first line\n"
    whole = "return first_line_metrics(first_line, text, layout, None, space_collapse, style)"
    hangs = "if resume_index is None and space_collapse and fits_bare(text, style, context, max_width):"
    changes = {tries_word: f"    {hangs}\n        {whole}\n{tries_word}"} | (weasyprint_lines.SOONER if sooner else {})
    names = {"fits_bare": _fits_bare, "Ends": weasyprint_lines.Ends}
    mended: Callable[..., Any] = rewritten(_split_first_line, line_break, changes, **names)
    return mended


def _fits_bare(text: str, style: Any, context: Any, max_width: float) -> bool:
    """Whether a run has room without the space at its end, which vanishes at a line's end."""
    if not text.endswith(" ") or max_width <= 0:
        return False
    bare = line_break.create_layout(text.rstrip(" "), style, context, max_width, 0)
    line, rest = bare.get_first_line()
    return rest is None and line_break.line_size(line, style)[0] <= max_width


# --- notes lost, notes carried off, notes that run off the paper, notes in another style


@cache
def _mended_linebox_layout() -> Callable[..., Any]:
    """WeasyPrint's own, without its attempt to save a line at the foot of a page by putting a note off, and with notes
    that begin on their page and go on overleaf.

    Where widows and orphans forbid a break, 70.0 moves notes of the page to the next until the line fits. It takes
    notes that were put off already, which so wander on from page to page, and it forgets the notes of the line it
    saves, which are never printed at all.
    """
    saves = "report = not context.in_column and can_break_now and not could_break_before"
    lines = "    for i, (line, resume_at) in enumerate(lines_iterator):\n"
    overflows = "                    context.overflows_page(bottom_space, new_position_y + offset_y))\n"
    reports = "                if overflow:\n                    context.report_footnote(footnote)"
    room = "note_room(box, line, len(new_children), lines_iterator)"
    in_part = f"put_in_part(context, footnote, bottom_space + new_position_y + offset_y + {room}, lay_area)"
    changes = {
        saves: "report = False",
        lines: f"    lines_iterator = Ahead(lines_iterator)\n{lines}",
        overflows: overflows.replace("bottom_space", f"bottom_space + {room}"),
        reports: reports.replace("overflow:", f"overflow and not {in_part}:"),
    }
    names = {"put_in_part": note_area.put_in_part, "note_room": note_area.room, "Ahead": note_area.Ahead}
    mended: Callable[..., Any] = rewritten(_linebox_layout, block, changes, lay_area=_lay_area, **names)
    return mended


@cache
def _mended_make_page() -> Callable[..., Any]:
    """WeasyPrint's own, with a foot of the page that holds a part of a note where the whole has no room.

    70.0 never divides a note: one that is taller than its page runs over the text and off the paper.
    """
    begins = """    for i, reported_footnote in enumerate(reported_footnotes):
        context.footnotes.append(reported_footnote)
        overflow = context.layout_footnote(reported_footnote)
        if overflow and i != 0:
            context.report_footnote(reported_footnote)
            context.reported_footnotes = reported_footnotes[i:]
            break
"""
    ends = """    footnote_area = build.create_anonymous_boxes(footnote_area.deepcopy())
    footnote_area = block_level_layout(
        context, footnote_area, bottom_space=-inf, skip_stack=None,
        containing_block=footnote_area.page, page_is_empty=True,
        absolute_boxes=positioned_boxes, fixed_boxes=positioned_boxes)[0]
    footnote_area.translate(dy=-footnote_area.margin_height())
"""
    changes = {
        "    reported_footnotes = context.reported_footnotes\n    context.reported_footnotes = []\n": "",
        begins: "    begin_notes(context, page, footnote_area, page_type.blank and resume_at is None, lay_area)\n",
        ends: "    footnote_area = finish_notes(context, footnote_area, positioned_boxes)\n",
    }
    names = {"begin_notes": note_area.begin, "finish_notes": _finish_notes, "lay_area": _lay_area}
    mended: Callable[..., Any] = rewritten(_make_page, page, changes, **names)
    return mended


def _lay_area(context: Any, area: Any, limit: float, begun: note_area.Stack | None, must_begin: bool) -> note_area.Laid:
    """Lay out the notes of `area` from the top of the paper on, to a height of `limit`."""
    copy = build.create_anonymous_boxes(area.deepcopy())
    copy.position_y = 0
    space = -inf if limit == inf else context.page_bottom - limit
    placed: list[Any] = []
    box, rest, *_ = block.block_level_layout(context, copy, space, begun, area.page, must_begin, placed, placed)
    if box is not None and rest is not None:
        rest = note_area.without_empty_end(box, rest)
        note_area.shrink(box)
    return note_area.Laid(box, rest, placed)


def _finish_notes(context: Any, area: Any, positioned: list[Any]) -> Any:
    laid = note_area.finish(context, area, _lay_area)
    positioned += laid.positioned
    laid.box.translate(dy=area.position_y - laid.box.margin_height())
    return laid.box


def _mended_note_methods() -> dict[str, Callable[..., Any]]:
    methods = (note_area.put, note_area.take_away, note_area.put_off)
    return {
        name: lambda self, note, method=method: method(self, note, _lay_area)
        for name, method in zip(_NOTE_METHODS, methods, strict=False)
    } | {"_update_footnote_area": lambda self: note_area.update(self, _lay_area)}


@cache
def _mended_build_formatting_structure() -> Callable[..., Any]:
    """WeasyPrint's own, with text-transform and hyphens: none for notes too.

    70.0 takes the notes out of the text before it sees to these, and never comes to them: what is in capitals is not,
    and words with soft hyphens are divided in a style that divides none.
    """
    text = "    box.process_text_transform()\n"
    changes = {text: f"{text}    for footnote in footnotes:\n        footnote.process_text_transform()\n"}
    mended: Callable[..., Any] = rewritten(_build_formatting_structure, build, changes)
    return mended


# --- what is said again where a block goes on


@cache
def _mended_block_container_layout() -> Callable[..., Any]:
    """WeasyPrint's own, which has nothing for a block but a table that is said again at the top of a column or page."""
    children = "for index, child in enumerate(box.children[skip:], start=(skip or 0)):"
    changes = {children: "for index, child, skip_stack in in_turn(box, skip, skip_stack):"}
    mended: Callable[..., Any] = rewritten(_block_container_layout, block, changes, in_turn=continued.in_turn)
    return mended


# --- boxes that cannot be pickled as they are


def reduced(value: Any) -> Any:
    """How to pickle what 70.0 hangs on boxes and pickle cannot: for `Pickler.reducer_override`.

    Functions without a name, on the items of flex boxes and on the columns of tables, and the stand-ins of absolutely
    placed boxes, which ask for themselves without end while they are read back.
    """
    if isinstance(value, FunctionType):
        if value.__qualname__.endswith("flex_children.<locals>.<lambda>"):
            return _unfloated, ()
        if value.__qualname__.endswith("get_column_cells.<locals>.<lambda>"):
            return partial, (_same, value())
    if isinstance(value, AbsolutePlaceholder):
        return _placeholder, (vars(value),)
    if isinstance(value, KeptDrawing):
        return _drawing, (ElementTree.tostring(value.tree), value.url, value.fonts)
    return NotImplemented


def _same(cells: list[Any]) -> list[Any]:
    return cells


def _unfloated() -> Callable[[], bool]:
    return bool  # bool() is False


def _placeholder(state: Mapping[str, Any]) -> AbsolutePlaceholder:
    made = AbsolutePlaceholder.__new__(AbsolutePlaceholder)
    for name, value in state.items():
        object.__setattr__(made, name, value)
    return made


# --- drawings, which hang on the whole layout


class KeptDrawing(_Drawing):  # type: ignore[misc, valid-type]
    """An SVG that keeps what it was made of, so that it can be made again from that."""

    def __init__(self, tree: Any, base_url: str, url_fetcher: Any, context: Any) -> None:
        super().__init__(tree, base_url, url_fetcher, context)
        self.tree, self.url, self.fonts = tree, base_url, context.font_config if context else None


class _Paper:
    """What drawing an SVG asks of a layout: fonts, dictionaries, the images within it."""

    def __init__(self, fonts: Any) -> None:
        self.font_config = fonts
        self.dictionaries: dict[Any, Any] = {}
        self.get_image_from_uri = partial(
            images.get_image_from_uri, cache={}, url_fetcher=URLFetcher(allowed_protocols={"data"}),
            options=weasyprint.DEFAULT_OPTIONS, context=self,
        )  # fmt: skip


def _drawing(markup: bytes, url: str, fonts: Any) -> KeptDrawing:
    return KeptDrawing(ElementTree.fromstring(markup), url, None, _Paper(fonts))
