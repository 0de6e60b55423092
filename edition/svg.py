"""SVG made harmless: no scripts, nothing that is loaded from elsewhere, nothing that moves.

Knows SVG 2 and what EPUB 3.3 (section 6.2) and print can show; must not know where an image stands. What is kept is
told by lists of what may be there; whatever else is found goes, and is named.
"""

from __future__ import annotations

import re

from msgspec import Struct

from .patterns import late
from .xml import Element, NotWellFormed, canonical, drop_keeping_tail, local, parse

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata "
    "linearGradient radialGradient stop pattern clipPath mask marker image style switch a filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_PICTURE = late(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_LOADS = late(r"@import|url\(\s*['\"]?(?!\s*['\"]?#)|expression\s*\(|javascript:|\\", re.IGNORECASE)
_LENGTH = late(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in|)\s*\Z")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


class Harmless(Struct, frozen=True):
    """An SVG that may go into a book: its bytes, its size in pixels (0, 0 where it says none), what was taken out."""

    data: bytes
    size: tuple[int, int]
    removed: tuple[str, ...]


def harmless(data: bytes) -> Harmless | str:
    """A harmless SVG, the same bytes every time; or why it cannot be read."""
    try:
        root = parse(data)
    except NotWellFormed as fault:
        return f"{fault}, line {fault.line}"
    if root.tag != f"{{{SVG}}}svg":
        return f"it is <{local(root)}>, no drawing"
    removed: dict[str, None] = {}
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or _is_foreign(element):
            if isinstance(element.tag, str) and local(element) not in ("namedview",):
                removed[f"<{local(element)}>"] = None
            drop_keeping_tail(element)
            continue
        _clean(element, removed)
    return Harmless(canonical(root), _size(root), tuple(removed))


def _is_foreign(element: Element) -> bool:
    return not str(element.tag).startswith(f"{{{SVG}}}") or local(element) not in _ELEMENTS


def _clean(element: Element, removed: dict[str, None]) -> None:
    """Take out attributes that act or load; style that loads goes whole."""
    for name, value in list(element.attrib.items()):
        short = str(name).rpartition("}")[2].lower()
        if short.startswith("on") or (short in ("href", "src") and not _may_point(element, str(value))):
            what = "scripts" if short.startswith("on") else "links to elsewhere"
        elif short not in ("href", "src", "d") and _LOADS.search(str(value)):
            what = "links to elsewhere"
        else:
            continue
        removed[what] = None
        del element.attrib[name]
    if local(element) == "style" and _LOADS.search("".join(element.itertext())):
        removed["a style sheet that loads files"] = None
        element.text = ""


def _may_point(element: Element, value: str) -> bool:
    value = value.strip()
    return value.startswith("#") or (local(element) == "image" and _PICTURE.match(value) is not None)


def _size(root: Element) -> tuple[int, int]:
    """Width and height in pixels of CSS; from the viewBox where they are not said."""
    said = [_LENGTH.match(root.get(name, "")) for name in ("width", "height")]
    if said[0] and said[1]:
        width, height = (round(float(one[1]) * _PIXELS[one[2]]) for one in said if one)
        return width, height
    box = re.findall(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?", root.get("viewBox", ""))
    try:
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except (ValueError, OverflowError):
        return 0, 0
