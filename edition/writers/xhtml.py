"""A unit as XHTML: the one rendering from which e-book and print are made (docs/architecture.md, "A unit as XHTML").

Knows the normal form and what references are called; knows no page, no file name and no style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ..normal.vocabulary import BLOCKS
from ..words import words
from ..xml import ID, LANG, XHTML, Element, add_text, fragment, local


@dataclass(frozen=True, slots=True)
class Reference:
    """What a writer may know of a target: the label of a bare reference, and its place without pages ("1.4")."""

    label: str
    locator: str


@dataclass(slots=True)
class Rendering:
    """One unit being rendered: what it asks of the book, and the notes it has met."""

    reference: Callable[[str], Reference]
    page_wording: str
    number: str = ""
    notes: list[dict[str, Any]] = field(default_factory=list)
    depth: int = 0


def xhtml(
    tree: Element, facts: Mapping[str, Any], reference: Callable[[str], Reference], page_wording: str
) -> dict[str, Any]:
    """The JSON of a unit. `facts` is its public face: unit, kind, zone, title, short, number, language, languages, heads."""
    rendering = Rendering(reference, page_wording, str(facts["number"]))
    section = _element("section", {"class": str(facts["kind"])})
    if str(facts["unit"]).startswith("@"):
        section.set("data-made", "")
    _common(tree, section)
    _children(tree, section, rendering)
    parts = [fragment(section), *(note["body"] for note in rendering.notes)]
    return {
        **facts,
        "id": tree.get(ID, ""),
        "body": parts[0],
        "notes": rendering.notes,
        "pages": sorted({name for part in parts for name in re.findall(r' data-page="([^"]*)"', part)}),
        "ids": [name for part in parts for name in re.findall(r' id="([^"]*)"', part)],
        "words": len(words("".join(tree.itertext()))),
    }


def _element(name: str, attributes: Mapping[str, str] | None = None, text: str = "") -> Element:
    element = etree.Element(f"{{{XHTML}}}{name}", attributes or {}, nsmap={None: XHTML})
    element.text = text or None
    return element


def _common(source: Element, made: Element) -> None:
    """Id and language go over; so does what is not the source's own text."""
    name, language = source.get(ID), source.get(LANG)
    if name:
        made.set("id", name)
    if language:
        made.set("lang", language)
    if source.get("resp") == "#edition":
        made.set("data-made", "")


def _children(source: Element, parent: Element, r: Rendering) -> None:
    add_text(parent, _spaced(source.text))
    for kid in source:
        name = local(kid)
        if name:
            _RENDER.get(name, _unknown)(kid, parent, r)
        add_text(parent, _spaced(kid.tail))


def _spaced(text: str | None) -> str:
    """Line ends of the source are spaces."""
    return re.sub("[ \t\n]+", " ", text or "")


def _into(source: Element, parent: Element, r: Rendering, name: str, **attributes: str) -> Element:
    made = _element(name, {key.replace("_", "-").strip("-"): value for key, value in attributes.items()})
    _common(source, made)
    parent.append(made)
    _children(source, made, r)
    return made


def _through(source: Element, parent: Element, r: Rendering) -> None:
    """An element that readers do not see: its content only."""
    _children(source, parent, r)


def _unknown(source: Element, parent: Element, r: Rendering) -> None:
    _into(source, parent, r, "div" if local(source) in BLOCKS else "span", class_=local(source))


def _div(source: Element, parent: Element, r: Rendering) -> None:
    r.depth += 1
    _into(source, parent, r, "section", class_=source.get("type", "division"))
    r.depth -= 1


def _head(source: Element, parent: Element, r: Rendering) -> None:
    if source.get("type") == "short":
        return
    made = _element(f"h{min(r.depth + 1, 6)}")
    _common(source, made)
    parent.append(made)
    if r.depth == 0 and r.number:
        made.append(_element("span", {"class": "number", "data-made": ""}, r.number))
        made[0].tail = " "
    _children(source, made, r)


def _paragraph(source: Element, parent: Element, r: Rendering) -> None:
    rend = source.get("rend")
    made = _into(source, parent, r, "p")
    if rend:
        made.set("class", rend)


def _byline(source: Element, parent: Element, r: Rendering) -> None:
    _into(source, parent, r, "p", class_="byline")


def _quote(source: Element, parent: Element, r: Rendering) -> None:
    block = any(local(kid) in BLOCKS or local(kid) == "list" for kid in source)
    _into(source, parent, r, "blockquote" if block else "q")


def _list(source: Element, parent: Element, r: Rendering) -> None:
    rend = source.get("rend", "bulleted")
    labelled = any(local(kid) == "label" for kid in source)
    made = _into(source, parent, r, "ol" if rend == "numbered" else "dl" if labelled else "ul")
    if rend not in ("bulleted", "numbered"):
        made.set("class", rend)
    start = source.get("n")
    if start and rend == "numbered":
        made.set("start", start)


def _label(source: Element, parent: Element, r: Rendering) -> None:
    _into(source, parent, r, "dt")


def _item(source: Element, parent: Element, r: Rendering) -> None:
    made = _into(source, parent, r, "dd" if _answers_to_label(source) else "li")
    if source.get("rend"):
        made.set("class", source.get("rend", ""))


def _answers_to_label(item: Element) -> bool:
    """Whether an item answers to a label."""
    parent = item.getparent()
    return parent is not None and any(local(kid) == "label" for kid in parent)


def _milestone(source: Element, parent: Element, r: Rendering) -> None:
    parent.append(_element("hr", {"class": "break"}))


def _line_break(source: Element, parent: Element, r: Rendering) -> None:
    parent.append(_element("br"))


_HIGHLIGHTS = {"italic": "em", "bold": "strong"}


def _highlight(source: Element, parent: Element, r: Rendering) -> None:
    rend = source.get("rend", "")
    if rend in _HIGHLIGHTS:
        _into(source, parent, r, _HIGHLIGHTS[rend])
    else:
        _into(source, parent, r, "span", class_=rend or "hi")


def _foreign(source: Element, parent: Element, r: Rendering) -> None:
    _into(source, parent, r, "span", class_="foreign")


def _name(source: Element, parent: Element, r: Rendering) -> None:
    """A name or a date: nothing to see, but a place that index and chronology point to."""
    _into(source, parent, r, "span")


def _number(source: Element, parent: Element, r: Rendering) -> None:
    _into(source, parent, r, "span", class_="number")


def _segment(source: Element, parent: Element, r: Rendering) -> None:
    if source.get("type") == "locators":
        _into(source, parent, r, "span", class_="locators", data_made="")
    else:
        _through(source, parent, r)


def _ref(source: Element, parent: Element, r: Rendering) -> None:
    target = source.get("target", "")
    made = _into(source, parent, r, "a", href=target)
    if target.startswith("#") and not parent.xpath("ancestor-or-self::*[@class='contents']"):
        made.set("class", "xref")
        _in_print(parent, target[1:], r, " ({})")


def _pointer(source: Element, parent: Element, r: Rendering) -> None:
    target = source.get("target", "")[1:]
    if source.get("type") == "page":
        page = _page(target, r)
        if source.get("n"):
            page.set("data-note", source.get("n", ""))
        parent.append(page)
        return
    made = _element("a", {"class": "xref", "href": f"#{target}", "data-made": ""}, r.reference(target).label)
    parent.append(made)
    _in_print(parent, target, r, ", {}")


def _page(target: str, r: Rendering) -> Element:
    locator = r.reference(target).locator
    return _element("a", {"class": "page", "href": f"#{target}", "data-page": target, "data-locator": locator})


def _in_print(parent: Element, target: str, r: Rendering, shape: str) -> None:
    """The page of a reference, for editions that have pages."""
    before, after = shape.format(r.page_wording).split("{}")
    made = _element("span", {"class": "in-print", "data-made": ""}, before)
    made.append(_page(target, r))
    made[0].tail = after
    parent.append(made)


def _note(source: Element, parent: Element, r: Rendering) -> None:
    name, number = source.get(ID, ""), source.get("n", "")
    body = _element("div")
    _children(source, body, r)
    r.notes.append(
        {"id": name, "number": number, "series": "", "refs": [f"{name}-ref"], "body": "".join(map(fragment, body))}
    )
    parent.append(_element("a", {"class": "noteref", "href": f"#{name}", "id": f"{name}-ref", "data-made": ""}, number))


_RENDER: dict[str, Callable[[Element, Element, Rendering], None]] = {
    "div": _div, "head": _head, "byline": _byline, "p": _paragraph, "ab": _paragraph, "quote": _quote, "list": _list, "item": _item,
    "label": _label, "milestone": _milestone, "lb": _line_break, "hi": _highlight, "foreign": _foreign, "num": _number,
    "seg": _segment, "anchor": _name, "ref": _ref, "ptr": _pointer, "note": _note, "persName": _name, "date": _name, "rs": _through,
}  # fmt: skip
