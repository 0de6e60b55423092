"""A drawn cover as an SVG: letters as outlines, so that it needs no font and is sharp at any size.

Knows drawings and font files; knows no EPUB.
"""

from __future__ import annotations

from functools import cache

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from lxml import etree

from ..xml import Element
from .cover import FRAME, FRAME_RULE, HEIGHT, MARGIN, RULE, SHORT_RULE, WIDTH, Drawing, Line

_SVG = "http://www.w3.org/2000/svg"


def as_svg(drawn: Drawing, ground: str, paper: str, description: str) -> bytes:
    """The cover as an SVG document; `description` is its title, for those who do not see it."""
    root = etree.Element(
        f"{{{_SVG}}}svg", {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img", "aria-label": description}, {None: _SVG}
    )
    _add(root, "title").text = description
    _add(root, "rect", width=WIDTH, height=HEIGHT, fill=ground)
    inner = {"width": WIDTH - 2 * FRAME, "height": HEIGHT - 2 * FRAME}
    _add(root, "rect", x=FRAME, y=FRAME, **inner, fill="none", stroke=paper).set("stroke-width", str(FRAME_RULE))
    rule = _add(root, "line", x1=MARGIN, y1=f"{drawn.rule:g}", x2=MARGIN + RULE, y2=f"{drawn.rule:g}", stroke=paper)
    rule.set("stroke-width", str(SHORT_RULE))
    letters = _add(root, "g", fill=paper)
    for line in drawn.lines:
        _add(letters, "path", d=_outline(line), transform=_place(line))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _add(parent: Element, name: str, **attributes: object) -> Element:
    return etree.SubElement(parent, f"{{{_SVG}}}{name}", {key: str(value) for key, value in attributes.items()})


def _place(line: Line) -> str:
    """From the units of the font, whose letters stand on their base line, to the cover, where y grows downward."""
    font = _opened(str(line.font.path))
    scale = line.font.size / font["head"].unitsPerEm
    return f"translate({MARGIN} {line.top + line.font.getmetrics()[0]:g}) scale({scale:.5f} {-scale:.5f})"


def _outline(line: Line) -> str:
    font = _opened(str(line.font.path))
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:g}")
    along = 0
    for character in line.text:
        name = names.get(ord(character), ".notdef")
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, along, 0)))
        along += glyphs[name].width
    return str(pen.getCommands())


@cache
def _opened(path: str) -> TTFont:
    return TTFont(path)
