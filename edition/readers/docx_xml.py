"""The names of WordprocessingML as lxml has them, and the smallest questions asked of its elements.

Knows namespaces (ECMA-376, part 1); knows no part, no style and no TEI.
"""

from __future__ import annotations

from functools import cache

from ..xml import Element

_OFFICE = "http://schemas.openxmlformats.org/"
WORD = f"{_OFFICE}wordprocessingml/2006/main"
RELATIONS = f"{_OFFICE}officeDocument/2006/relationships"
MATH = f"{_OFFICE}officeDocument/2006/math"
DRAWING = f"{_OFFICE}drawingml/2006/main"
DRAWN = f"{_OFFICE}drawingml/2006/wordprocessingDrawing"
VML = "urn:schemas-microsoft-com:vml"
VML_OFFICE = "urn:schemas-microsoft-com:office:office"
COMPATIBILITY = f"{_OFFICE}markup-compatibility/2006"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
WORD_2012 = "http://schemas.microsoft.com/office/word/2012/wordml"
PACKAGE = f"{_OFFICE}package/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# ISO/IEC 29500 Strict names the same things otherwise.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", RELATIONS.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATH.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", DRAWING.encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", DRAWN.encode()),
)


def w(name: str) -> str:
    """A name of WordprocessingML's own namespace, of an element or an attribute."""
    return f"{{{WORD}}}{name}"


def m(name: str) -> str:
    return f"{{{MATH}}}{name}"


VAL = w("val")
ID = w("id")
BODY, P, PPR, R, RPR, T = w("body"), w("p"), w("pPr"), w("r"), w("rPr"), w("t")
TABLE, ROW, CELL = w("tbl"), w("tr"), w("tc")
REL_ID, REL_EMBED, REL_LINK = (f"{{{RELATIONS}}}{name}" for name in ("id", "embed", "link"))


@cache
def _path(names: str) -> str:
    return "/".join(map(w, names.split("/")))


def value(element: Element | None, path: str = "", attribute: str = VAL) -> str:
    """An attribute, @w:val if not said otherwise, of an element or of what lies at `path` below it; "" without."""
    if element is not None and path:
        element = element.find(_path(path))
    return "" if element is None else element.get(attribute, "")


def is_on(element: Element) -> bool:
    """An on/off property (17.17.4): its mere presence means on."""
    return element.get(VAL, "1") not in ("0", "false", "off")


def number(text: str, otherwise: int = 0) -> int:
    """A whole number; `otherwise` where the text is none."""
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return otherwise
