"""Shaped text as operators of PDF, sooner than WeasyPrint 70.0 writes them and without the moves by nothing between
its glyphs.

Knows Pango's glyphs and WeasyPrint's fonts and streams; knows nothing of editions. What is not plain (missing glyphs,
marks set over letters, coloured fonts, ellipses) is left to WeasyPrint.
"""

from __future__ import annotations

from struct import Struct
from typing import Any

import weasyprint.draw.text
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from .weasyprint_known import IS_KNOWN

_draw_first_line = weasyprint.draw.text.draw_first_line
_TELLS_SIZES = pango.pango_version() >= 14802  # the true sizes of fonts
_GLYPH = Struct("=Iiiii")  # PangoGlyphInfo: glyph; width, offsets in both directions; attributes
assert _GLYPH.size == ffi.sizeof("PangoGlyphInfo")


def draw_first_line(stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> Any:
    """As WeasyPrint's own."""
    is_plain = text_overflow != "ellipsis" and block_ellipsis == "none" and box.pango_layout.text.strip()
    if not (IS_KNOWN and _TELLS_SIZES and is_plain):
        return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)
    text = box.pango_layout.text.encode()
    runs: list[tuple[Any, float, list[str]]] = []
    run = box.pango_layout.get_first_line()[0].runs[0]
    before = None
    while run != ffi.NULL:
        item, run = run.data, run.next
        if item.item.analysis.font != before:
            before = item.item.analysis.font
            font, size = stream.add_font(before)
            if font.bitmap or font.svg or font.png or font.colr:
                return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
            runs.append((font, size, []))
        if not _show(item, *runs[-1], text):
            return _draw_first_line(stream, box, text_overflow, block_ellipsis, matrix)
    stream.set_text_matrix(*matrix.values)
    for font, size, shown in runs:
        stream.set_font_size(font.hash, size)
        stream.show_text(f"<{''.join(shown)}>".replace("<>", ""))
    return []


def _show(item: Any, font: Any, size: float, shown: list[str], text: bytes) -> bool:
    """Add the glyphs of a run, each with what it is moved by; False if they are not plain."""
    glyphs = item.glyphs
    known = font.__dict__.setdefault("shown", {}).setdefault(size, {})
    for n, glyph in enumerate(_GLYPH.iter_unpack(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * _GLYPH.size))):
        if glyph not in known:
            if glyph[3] or glyph[0] >= pango.PANGO_GLYPH_EMPTY:
                return False
            if glyph[0] not in font.to_unicode:
                font.to_unicode[glyph[0]] = _letters(item, n, text)
            known[glyph] = _moved_glyph(item, font, size, *glyph[:3])
        shown.append(known[glyph])
    return True


def _moved_glyph(item: Any, font: Any, size: float, glyph: int, width: int, x: int) -> str:
    """A glyph with moves before and behind it, in thousandths of the size of the font; less than that is not seen."""
    before = x / size
    behind = int(_width(item, font, size, glyph) + before - width * 1000 * FROM_UNITS / size)
    return (f">{round(-before, 3):g} <" if x else "") + f"{glyph:04x}" + (f">{behind} <" if behind else "")


def _letters(item: Any, n: int, text: bytes) -> str:
    """What the nth glyph of a run stands for."""
    clusters, start = item.glyphs.log_clusters, item.item.offset
    if item.item.analysis.level % 2:  # from right to left
        end = item.item.length if n == 0 else clusters[n - 1]
    else:
        end = item.item.length if n == item.glyphs.num_glyphs - 1 else clusters[n + 1]
    return text[start + clusters[n] : start + end].decode()


def _width(item: Any, font: Any, size: float, glyph: int) -> int:
    """The width of a glyph in thousandths of the font's size."""
    known: int | None = font.widths.get(glyph)
    if known is None:
        area = ffi.new("PangoRectangle *")
        pango.pango_font_get_glyph_extents(item.item.analysis.font, glyph, ffi.NULL, area)
        known = font.widths[glyph] = round(area.width * 1000 * FROM_UNITS / size)
    return known
