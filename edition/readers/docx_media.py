"""What a paragraph holds besides text: pictures, text boxes, rules, objects of other programs, formulas.

Knows DrawingML, VML and OMML as Word embeds them (ECMA-376 part 1, 20–22); knows no styles.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..xml import Element, local, tei
from .docx_told import excerpt
from .docx_work import Story, Work
from .docx_xml import DRAWING, DRAWN, REL_EMBED, REL_ID, REL_LINK, VML, VML_OFFICE, T, m, w

_BLIP, _IMAGE = f"{{{DRAWING}}}blip", f"{{{VML}}}imagedata"
_BOX = w("txbxContent")
_SHAPES = tuple(f"{{{VML}}}{name}" for name in ("shape", "rect", "roundrect", "oval", "image", "group"))
# What a graphic may be besides a picture or a shape (the last part of its uri).
_FOREIGN = {"chart": "a chart", "diagram": "a diagram", "lockedCanvas": "a drawing", "ink": "handwriting"}


def is_rule(picture: Element) -> bool:
    """Whether a w:pict is a horizontal rule."""
    return any(shape.get(f"{{{VML_OFFICE}}}hr") in ("t", "true") for shape in picture.iter(*_SHAPES))


def shown(element: Element, ordinal: int, story: Story, work: Work) -> list[Element]:
    """The figures and the blocks of text boxes in a w:drawing, w:pict or w:object, in order."""
    found: list[Element] = []
    alternative = _alternative(element)
    for inner in _outermost(element):
        if inner.tag == _BOX:
            found += _box(inner, ordinal, story, work)
        else:
            found.append(_figure(inner, alternative, ordinal, story, work))
            alternative = ""
    if not found:
        work_on = {uri: name for uri, name in _FOREIGN.items() if _is_graphic(element, uri)}
        if work_on or element.tag == w("object"):
            what = next(iter(work_on.values()), "an embedded object")
            work.told.tally("object", ordinal, what + (f", {excerpt(alternative)}" if alternative else ""))
    return found


def _outermost(element: Element) -> Iterator[Element]:
    """Pictures and text boxes, those within text boxes left out."""
    for kid in element:
        if kid.tag in (_BOX, _BLIP, _IMAGE):
            yield kid
        else:
            yield from _outermost(kid)


def _is_graphic(element: Element, uri: str) -> bool:
    data = next(element.iter(f"{{{DRAWING}}}graphicData"), None)
    return data is not None and data.get("uri", "").endswith(uri)


def _alternative(element: Element) -> str:
    """The alternative text of a picture: its description, else its title; of VML its alt."""
    properties = next(element.iter(f"{{{DRAWN}}}docPr"), None)
    if properties is not None:
        return " ".join((properties.get("descr") or properties.get("title") or "").split())
    shape = next((found for found in element.iter(*_SHAPES) if found.get("alt")), None)
    return "" if shape is None else " ".join(shape.get("alt", "").split())


def _figure(picture: Element, alternative: str, ordinal: int, story: Story, work: Work) -> Element:
    name = picture.get(REL_EMBED) or picture.get(REL_LINK) or picture.get(REL_ID) or ""
    relation = story.relations.get(name)
    if relation is None:
        work.told.tally("object", ordinal, "a picture that is not in the file")
    figure = tei("figure", {}, tei("graphic", {"url": relation.target if relation else ""}))
    if relation is None:
        figure.remove(figure[0])
    if alternative:
        figure.append(tei("figDesc", {}, alternative))
    work.spots[figure] = (ordinal, 1)
    return figure


def _box(content: Element, ordinal: int, story: Story, work: Work) -> list[Element]:
    """The blocks of a text box."""
    made = work.assemble(content, Story(story.relations, "box"))
    if any(local(block) != "figure" for block in made):
        work.told.tally("box", ordinal)
    return made


# --- formulas


def linear(element: Element) -> str:
    """A formula of OMML on one line: a/b, x^2, x_i, √(x); everything else one after the other."""
    tag = element.tag
    if tag in (m("t"), T):
        return element.text or ""
    shapes = {
        m("f"): ("num", "/", "den", ""), m("sSup"): ("e", "^", "sup", ""), m("sSub"): ("e", "_", "sub", ""),
        m("sSubSup"): ("e", "_", "sub", "^sup"), m("rad"): ("deg", "√", "e", ""),
    }  # fmt: skip
    if tag not in shapes:
        return "".join(linear(kid) for kid in element if isinstance(kid.tag, str))
    first, sign, second, third = shapes[tag]
    parts = [_within(element, first), sign, _within(element, second)]
    if third:
        parts += [third[0], _within(element, third[1:])]
    return "".join(parts)


def _within(element: Element, name: str) -> str:
    """A part of a formula, in brackets where it is more than one sign or word."""
    inner = element.find(m(name))
    text = "" if inner is None else linear(inner).strip()
    return text if text.isalnum() or len(text) <= 1 else f"({text})"
