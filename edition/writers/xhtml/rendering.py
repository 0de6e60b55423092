"""A unit being rendered: what it asks of the book, what it has met, and how elements are made and filled.

Knows XHTML and trees; what each element of the normal form becomes is told by the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree
from msgspec import Struct, field

from ...images import Picture
from ...normal.vocabulary import is_block, is_unread
from ...patterns import late
from ...xml import ID, LANG, XHTML, Element, add_text, local

_SPACES = late("[ \t\n]+")


class Reference(Struct, frozen=True):
    """What a writer may know of a target: the label of a bare reference, its place without pages ("1.4"), and of a note
    the number, with which the label ends."""

    label: str
    locator: str
    number: str = ""


class Rendering(Struct):
    """One unit being rendered. `made` says that the tool wrote it; `depth` counts the divs around; `spoken_before` the
    letters of a verse line that earlier speakers said."""

    table: Mapping[str, Handler]
    reference: Callable[[str], Reference]
    page_wording: str
    picture: Callable[[str], Picture]
    number: str = ""
    made: bool = False
    paragraph_numbers: bool = False
    notes: list[dict[str, Any]] = field(default_factory=list)
    images: dict[str, str] = field(default_factory=dict)  # name in outputs -> address
    depth: int = 0
    preserved: bool = False
    spoken_before: int = 0


Handler = Callable[[Element, Element, Rendering], None]


def element(name: str, attributes: Mapping[str, str] | None = None, text: str = "") -> Element:
    """An XHTML element."""
    made = etree.Element(f"{{{XHTML}}}{name}", attributes or {}, nsmap={None: XHTML})
    made.text = text or None
    return made


def common(source: Element, made: Element) -> None:
    """Id and language go over; so does what is not the source's own text."""
    name, language = source.get(ID), source.get(LANG)
    if name:
        made.set("id", name)
    if language:
        made.set("lang", language)
    if source.get("resp") == "#edition":
        made.set("data-made", "")


def children(source: Element, parent: Element, r: Rendering) -> None:
    """Render the content of an element into `parent`, as the reading text has it."""
    text(parent, source.text, r)
    for kid in source:
        one(kid, parent, r)


def one(source: Element, parent: Element, r: Rendering) -> None:
    """Render one element, and the text behind it, into `parent`."""
    if local(source) and (not is_unread(source) or local(source) == "index"):
        r.table.get(local(source), _unknown)(source, parent, r)
    text(parent, source.tail, r)


def text(parent: Element, content: str | None, r: Rendering) -> None:
    """Append text; line ends of the source are spaces unless its spaces are to be preserved."""
    content = content or ""
    is_even = r.preserved or not ("\n" in content or "\t" in content or "  " in content)
    add_text(parent, content if is_even else _SPACES.sub(" ", content))


def into(source: Element, parent: Element, r: Rendering, name: str, kind: str = "") -> Element:
    """Render an element as an XHTML element of this name and class."""
    made = etree.SubElement(parent, f"{{{XHTML}}}{name}", {"class": kind} if kind else {})
    common(source, made)
    children(source, made, r)
    return made


def numbered(source: Element, made: Element, r: Rendering) -> Element:
    """Put the number of a paragraph before its words, if the edition shows them."""
    if r.paragraph_numbers and source.get("n"):
        number = element("span", {"class": "paragraph-number", "data-made": ""}, source.get("n", ""))
        number.tail, made.text = made.text, None
        made.insert(0, number)
        made.set("class", classes(made.get("class", ""), "numbered"))
    return made


def through(source: Element, parent: Element, r: Rendering) -> None:
    """An element that readers do not see: its content only."""
    if source.get(LANG):
        into(source, parent, r, "span")
    else:
        children(source, parent, r)


def _unknown(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "div" if is_block(source) else "span", local(source))


def classes(*names: str) -> str:
    """The value of a class attribute; empty names are left out."""
    return " ".join(name for name in names if name)


def head_inside(source: Element, parent: Element, r: Rendering, name: str = "p") -> None:
    """The head of something that is no division, if it has one."""
    for head in source:
        if local(head) == "head":
            into(head, parent, r, name, "" if name in ("caption", "figcaption") else "head")


def without_head(source: Element, parent: Element, r: Rendering) -> None:
    """The children of such an element, its head left out."""
    for kid in source:
        if local(kid) != "head":
            one(kid, parent, r)
