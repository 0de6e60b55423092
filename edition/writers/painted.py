"""Painting the pages of one unit: the operators of PDF, with gaps for the numbers that only the whole edition knows.

Knows WeasyPrint's pages and its drawing; knows no other unit. What is painted leaves here as bytes and is put together
by `writers/pdf.py`, which never sees a box: that is why a unit is painted once, wherever its pages come to stand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pydyf
import weasyprint.draw
import weasyprint.draw.text
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.text.line_break import create_layout

from ..book import PageMap
from . import folios, kept, pages, tags
from .laid_out import text_boxes
from .settle import in_mask
from .weasyprint_glyphs import draw_first_line

PIXELS = 96 / 25.4  # CSS pixels in a millimetre
POINTS = 0.75  # in a CSS pixel
_SHARES = {"center": 0.5, "right": 1, "end": 1}  # of what a number leaves free, left of it


@dataclass(slots=True, eq=False)
class Gap:
    """A text that is painted last: the page of a target in the place of its mask, or a folio, alone or among words."""

    mask: str  # what it was laid out with
    target: str = ""
    folio: tuple[str | None, ...] = ()  # the words of a margin in order; None is the folio
    share: float = 0
    box: Any = None
    how: tuple[Any, ...] = ()  # WeasyPrint was asked to draw the box

    def __str__(self) -> str:
        return str(self.box.text)

    def fill(self, page_map: PageMap, folio: str) -> None:
        """Give the box its true text; figures are all as wide."""
        if self.target:
            text = in_mask(page_map.label(self.target), self.mask)
        else:
            text = "".join(folio if word is None else word for word in self.folio)
            spare = self.box.width * (1 - len(text) / len(self.mask))
            self.box.position_x += self.share * spare
            self.box.width -= spare
        self.box.text = self.box.pango_layout.text = text + self.box.text[len(self.mask) :]

    def operators(self, stream: Stream) -> list[Any]:
        own = stream.clone(tags=None, extra=None)
        _draw_text(own, self.box, *self.how)
        return [b"q", *own.stream, b"Q"]


Content = list[Any]  # bytes and gaps


@dataclass(slots=True)
class Page:
    """A page as WeasyPrint writes it into a file: the same attributes, but painted before."""

    width: float
    height: float
    bleed: dict[str, float]
    content: Content
    gaps: list[Gap]
    links: list[Any]
    anchors: dict[str, Any]
    bookmarks: list[Any]
    forms: dict[Any, Any]
    unit: Unit
    stream: Any = None  # the stream of the file that it was written to

    def paint(self, stream: Stream, _scale: float) -> None:
        stream.stream += filled(self.content, stream)
        if self is self.unit.pages[0]:
            self.unit.give(stream)
        self.stream = stream


@dataclass(slots=True)
class Unit:
    """What the pages of a unit share: glyphs by fonts, images, states of transparency, the structure of a tagged file.

    `samples`: a text of each font, with its style. `own`: resources with names that other units have too.
    """

    pages: list[Page] = field(default_factory=list)
    glyphs: dict[str, tuple[dict[int, float], dict[int, str]]] = field(default_factory=dict)
    samples: list[tuple[str, Any]] = field(default_factory=list)
    images: dict[str, Any] = field(default_factory=dict)
    alphas: dict[str, Any] = field(default_factory=dict)
    own: pydyf.Dictionary | None = None
    root: tags.Node | None = None

    def give(self, stream: Stream) -> None:
        """Tell the file of fonts, images and transparency; paint the gaps in what is drawn apart, before fonts are
        cut to the glyphs that are used."""
        stream._resources["ExtGState"].update(self.alphas)
        for name, image in self.images.items():
            stream._images.setdefault(name, image)
            stream._resources["XObject"][name] = None
        self._give_fonts(stream)
        if self.own is not None:
            _fill_groups(self.own, stream)

    def _give_fonts(self, stream: Stream) -> None:
        known = {font.hash for font in stream._fonts.values()}
        if not known.issuperset(self.glyphs):
            for text, style in self.samples:
                box = SimpleNamespace(style=style, text=text, pango_layout=create_layout(text, style, None, None, 0))
                draw_first_line(stream.clone(tags=None, extra=None), box, "clip", "none", Matrix())
        for font in stream._fonts.values():
            widths, to_unicode = self.glyphs.get(font.hash, ({}, {}))
            font.widths.update(widths)
            for glyph, text in to_unicode.items():
                font.to_unicode.setdefault(glyph, text)


def filled(content: Content, stream: Stream) -> list[Any]:
    """Content with all gaps painted."""
    found: list[Any] = []
    for piece in content:
        found += piece.operators(stream) if isinstance(piece, Gap) else [piece]
    return found


def _fill_groups(resources: Any, stream: Stream) -> None:
    resources["ColorSpace"] = stream._resources["ColorSpace"]
    for kind in ("XObject", "Pattern"):
        for drawn in resources[kind].values():
            if isinstance(drawn, pydyf.Stream):
                drawn.stream = filled(drawn.stream, stream)
                _fill_groups(drawn.extra["Resources"], stream)
                with_states(drawn.extra["Resources"], stream)


def with_states(resources: Any, stream: Stream) -> None:
    """Add the file's states of transparency, which gaps may need."""
    resources["ExtGState"].update({**stream._resources["ExtGState"], **resources["ExtGState"]})


# --- painting, in the pool


@kept.uncollected()
def paint(laid: bytes, request: str, style: bytes, way: str, bleed: str = "0") -> bytes:
    """The pages of a laid-out unit (`pages.lay_out`), painted for the "screen" (with tags), for a "press" (grey in
    black ink, no links) or "plain" (neither); `bleed` in millimetres.

    `request` is the one that the pages were laid out for.
    """
    sheets = pages.load(laid, style)
    for sheet in sheets:
        sheet.bleed = dict.fromkeys(("top", "right", "bottom", "left"), float(bleed) * PIXELS)
        if way == "press":
            sheet.links, sheet.bookmarks, sheet.anchors = [], [], {}
    return kept.dumped(_Painter(way, json.loads(request)).unit(sheets))


def load(painted: bytes, style: bytes) -> Unit:
    """A painted unit, with the fonts of this process; only for bytes whose digest was checked."""
    unit: Unit = kept.loaded(painted, pages.setting(style).fonts)
    return unit


_draw_text = weasyprint.draw.draw_text
_coloured = Stream.set_color_rgb
_content = Stream.marked


class _Painter:
    """Paints one unit: one set of fonts, images and resources for all of its pages."""

    def __init__(self, way: str, asked: Mapping[str, Any]) -> None:
        self.way = way
        self.asked = asked
        self.made = Unit()
        self.fonts: dict[Any, Any] = {}
        self.resources = pydyf.Dictionary(
            {name: pydyf.Dictionary() for name in ("ExtGState", "XObject", "Pattern", "Shading")} | {"ColorSpace": b""}
        )
        self.gaps: dict[int, Gap] = {}

    def unit(self, sheets: Sequence[Any]) -> Unit:
        structure = None
        gaps = [_gaps(sheet, ordinal, self.asked) for ordinal, sheet in enumerate(sheets)]
        if self.way == "screen":
            tags.prepare(sheets)
            language = sheets[0]._page_box.children[0].element.get("lang", "")
            structure = tags.Structure(language, self.gaps)
        with ExitStack() as stack:
            for holder, name, ours in self._instead():
                stack.enter_context(instead(holder, name, ours))
            for number, sheet in enumerate(sheets):
                self.gaps.clear()
                self.gaps.update(gaps[number])
                links = [(kind, target, area, tags.Link(box)) for kind, target, area, box in sheet.links]
                marks, content = self._painted(sheet)
                self.made.pages.append(self._page(sheet, content, links))
                if structure is not None:
                    structure.page(number, sheet._page_box, marks)
        self._finish(structure)
        return self.made

    def _instead(self) -> list[tuple[Any, str, Callable[..., Any]]]:
        """What of WeasyPrint's drawing is done otherwise here."""
        found: list[tuple[Any, str, Callable[..., Any]]] = [
            (weasyprint.draw, "draw_text", self._draw_text),
            (weasyprint.draw.text, "draw_first_line", self._draw_first_line),
        ]
        if self.way == "press":
            found.append((Stream, "set_color_rgb", black))
        if self.way == "screen":
            found.append((Stream, "marked", _marked))
        return found

    def _painted(self, sheet: Any) -> tuple[dict[Any, Any], Content]:
        marks: dict[Any, Any] | None = {} if self.way == "screen" else None
        left, top = -sheet.bleed["left"], -sheet.bleed["top"]
        area = (left, top, sheet.width - 2 * left, sheet.height - 2 * top)
        stream = Stream(self.fonts, area, self.resources, self.made.images, marks, {}, None)
        stream.transform(d=-1, f=sheet.height * POINTS)
        stream.stream.clear()
        sheet.paint(stream, POINTS)
        return marks or {}, _joined(stream.stream)

    def _page(self, sheet: Any, content: Content, links: list[Any]) -> Page:
        gaps, bookmarks = [gap for gap in self.gaps.values() if gap.box is not None], sheet.bookmarks
        size = sheet.width, sheet.height, sheet.bleed
        return Page(*size, content, gaps, links, sheet.anchors, bookmarks, {}, self.made)

    def _draw_text(self, stream: Stream, box: Any, *how: Any) -> None:
        gap = self.gaps.get(id(box))
        if gap is None:
            _draw_text(stream, box, *how)
        else:
            gap.box, gap.how = _bare(box), how
            stream.stream.append(gap)

    def _draw_first_line(self, stream: Stream, box: Any, *how: Any) -> Any:
        before = len(self.fonts)
        found = draw_first_line(stream, box, *how)
        if len(self.fonts) > before:
            self.made.samples.append((box.pango_layout.text, box.style))
        return found

    def _finish(self, structure: tags.Structure | None) -> None:
        made = self.made
        for font in self.fonts.values():
            widths, to_unicode = made.glyphs.setdefault(font.hash, ({}, {}))
            widths.update(font.widths)
            to_unicode.update(font.to_unicode)
        if structure is not None:
            made.root = structure.root
        states = self.resources["ExtGState"]
        counted = [name for name in self.resources["XObject"] if name not in made.images]
        counted += [name for name in states if name.startswith("s")]  # others say their transparency: "a0.5"
        if counted or any(self.resources[kind] for kind in ("Pattern", "Shading")):
            made.own = self.resources
        else:
            made.alphas = dict(states)


def _joined(operators: Sequence[Any]) -> Content:
    """Runs of operators as one piece each."""
    found: Content = []
    run: list[Any] = []
    for each in [*operators, None]:
        if each is None or isinstance(each, Gap):
            if run:
                found.append(b"\n".join(map(pydyf._to_bytes, run)))
            run = []
            found += [] if each is None else [each]
        else:
            run.append(each)
    return found


def _gaps(sheet: Any, ordinal: int, asked: Mapping[str, Any]) -> dict[int, Gap]:
    """The gaps of a page by their boxes: references that hold a mask, and where the page says its own number."""
    found, labels = {}, asked["labels"]
    first = asked.get("first", "0")  # a blank page says none
    number, is_roman = pages.first_number(first) + ordinal, not first.isdigit()
    for box in text_boxes(sheet):
        target = box.element.get("data-page", "") if box.element is not None else ""
        mask = labels.get(target, "")
        if mask and box.text == mask and not mask.strip("0"):
            found[id(box)] = Gap(mask, target)
    for margin in (box for box in sheet._page_box.children if getattr(box, "at_keyword", "")):
        texts = [box for box in margin.descendants() if hasattr(box, "pango_layout")]
        if len(texts) == 1:
            words = folios.words(margin.style["content"], texts[0].text, number, is_roman)
            if words:
                share = _SHARES.get(margin.style["text_align_all"], 0)
                found[id(texts[0])] = Gap(texts[0].text, "", words, share)
    return found


def _bare(box: Any) -> Any:
    """A box of its own, without the element, which hangs on the whole text."""
    made = copy(box)
    made.pango_layout = copy(box.pango_layout)
    made.element = None
    return made


def _marked(stream: Stream, box: Any, tag: str) -> Any:
    return stream.artifact() if box.is_artifact else _content(stream, box, tag)


def black(stream: Stream, red: float, green: float, blue: float, stroke: bool = False) -> None:
    """Greys and black as so much of the black ink, for text over four inks is never sharp."""
    if red == green == blue:
        stream.stream.append(b"0 0 0 %.3g %s" % (1 - red, b"K" if stroke else b"k"))
    else:
        _coloured(stream, red, green, blue, stroke)


@contextmanager
def instead(holder: Any, name: str, ours: Any) -> Iterator[None]:
    """Something of WeasyPrint's replaced for a while."""
    theirs = getattr(holder, name)
    setattr(holder, name, ours)
    try:
        yield
    finally:
        setattr(holder, name, theirs)
