"""Divisions, paragraphs, quotations, lists, tables and figures as XHTML.

Knows the normal form; knows nothing of verse, drama and letters, nor of what stands within a block.
"""

from __future__ import annotations

from ...images import is_elsewhere
from ...normal.vocabulary import CONTAINERS
from ...xml import Element, add_text, local
from .rendering import (
    Handler,
    Rendering,
    children,
    classes,
    common,
    element,
    head_inside,
    into,
    numbered,
    one,
    without_head,
)

# What may hold a <figure>.
_AMONG_BLOCKS = CONTAINERS | {"item", "cell"}


def _div(source: Element, parent: Element, r: Rendering) -> None:
    r.depth += 1
    kind = source.get("type", "division") if r.made else "division"
    made = into(source, parent, r, "section", kind)
    typed(source, made, r)
    r.depth -= 1


def typed(source: Element, made: Element, r: Rendering) -> None:
    """What a source calls a division is for styles only, and no class: classes mean something to this program."""
    if source.get("type") and not r.made:
        made.set("data-type", source.get("type", ""))


def _head(source: Element, parent: Element, r: Rendering) -> None:
    if source.get("type") == "short":
        return
    holder = source.getparent()
    if holder is not None and local(holder) not in ("div", "body"):
        into(source, parent, r, "p", "head")
        return
    level = r.depth + 1 + (holder is not None and local(holder) == "body")
    made = element(f"h{min(level, 6)}")
    common(source, made)
    parent.append(made)
    if r.depth == 0 and level == 1 and r.number:
        made.append(element("span", {"class": "number", "data-made": ""}, r.number))
        made[0].tail = " "
    children(source, made, r)


def _paragraph(source: Element, parent: Element, r: Rendering) -> None:
    numbered(source, into(source, parent, r, "p", classes(source.get("rend", ""), _continued(source))), r)


def _continued(source: Element) -> str:
    """The class of a paragraph that goes on after something that stood in its midst."""
    return "continued" if source.get("part") in ("M", "F") else ""


def _anonymous(source: Element, parent: Element, r: Rendering) -> None:
    kind = source.get("type", "")
    if kind == "code":
        r.preserved = True
        into(source, parent, r, "pre")
        r.preserved = False
        return
    own = f"ab-{kind}" if kind and not r.made else kind
    numbered(source, into(source, parent, r, "p", classes(own, source.get("rend", ""), _continued(source))), r)


def _byline(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "p", "byline")


def _quote(source: Element, parent: Element, r: Rendering) -> None:
    kind = source.get("type", "") if source.get("type") in ("epigraph", "argument") else ""
    into(source, parent, r, "blockquote", classes(kind, source.get("rend", "")))


def _box(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "div", local(source))


def _floating_text(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "div", "floating-text")


def _body(source: Element, parent: Element, r: Rendering) -> None:
    children(source, parent, r)


# --- lists


def _list(source: Element, parent: Element, r: Rendering) -> None:
    rend = source.get("rend", "bulleted")
    labelled = any(local(kid) == "label" for kid in source)
    name = "ol" if rend == "numbered" and not labelled else "dl" if labelled else "ul"
    made = element(name)
    common(source, made)
    kind = classes("" if rend in ("bulleted", "numbered") else rend, source.get("type", ""))
    if kind:
        made.set("class", kind)
    if source.get("n") and name == "ol":
        made.set("start", source.get("n", ""))
    head_inside(source, parent, r)
    parent.append(made)
    without_head(source, made, r)


def _label(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "dt")


def _item(source: Element, parent: Element, r: Rendering) -> None:
    numbered(source, into(source, parent, r, "dd" if local(parent) == "dl" else "li", source.get("rend", "")), r)


# --- breaks


def _milestone(source: Element, parent: Element, r: Rendering) -> None:
    holder = source.getparent()
    if source.get("unit") == "section" and holder is not None and local(holder) in CONTAINERS:
        parent.append(element("hr", {"class": "break"}))


# --- tables


def _table(source: Element, parent: Element, r: Rendering) -> None:
    made = element("table")
    common(source, made)
    parent.append(made)
    head_inside(source, made, r, "caption")
    rows = [kid for kid in source if local(kid) == "row"]
    body = next((n for n, row in enumerate(rows) if not _is_label(row)), len(rows))
    for name, some in (("thead", rows[:body]), ("tbody", rows[body:])):
        if some:
            made.append(element(name))
            for row in some:
                one(row, made[-1], r)


def _is_label(row: Element) -> bool:
    """Whether a row labels the columns below it."""
    cells = [kid for kid in row if local(kid) == "cell"]
    return row.get("role") == "label" or (bool(cells) and all(cell.get("role") == "label" for cell in cells))


def _row(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "tr")


def _cell(source: Element, parent: Element, r: Rendering) -> None:
    row = source.getparent()
    labels_columns = row is not None and _is_label(row) and local(parent.getparent()) == "thead"  # type: ignore[arg-type]
    made = into(source, parent, r, "th" if labels_columns or source.get("role") == "label" else "td")
    if local(made) == "th":
        made.set("scope", "col" if labels_columns else "row")
    for given, said in (("cols", "colspan"), ("rows", "rowspan")):
        if source.get(given, "1") != "1":
            made.set(said, source.get(given, ""))


# --- figures


def _figure(source: Element, parent: Element, r: Rendering) -> None:
    """A figure: its images, what stands in it, its caption with credit and licence. In a line, its images only."""
    holder = source.getparent()
    among_blocks = holder is None or local(holder) in _AMONG_BLOCKS
    made = element("figure") if among_blocks else element("span", {"class": "figure"})
    common(source, made)
    parent.append(made)
    described = " ".join(" ".join("".join(kid.itertext()).split()) for kid in source if local(kid) == "figDesc")
    shown = [_image(kid, described, made, r) for kid in source if local(kid) == "graphic"]
    if described and not any(shown):
        made.append(element("p" if among_blocks else "span", {"class": "description", "data-made": ""}, described))
    for kid in source:
        if local(kid) not in ("head", "graphic", "bibl"):
            one(kid, made, r)
    _caption(source, made, r)


def _image(graphic: Element, described: str, parent: Element, r: Rendering) -> bool:
    """The image of a graphic, if it can be had."""
    url = graphic.get("url", "")
    picture = None if is_elsewhere(url) else r.picture(url)
    if picture is None or not picture.name:
        return False
    r.images[picture.name] = url
    size = {"width": str(picture.width), "height": str(picture.height)} if picture.width and picture.height else {}
    parent.append(element("img", {"src": picture.name, "alt": described, **size}))
    return True


def _caption(source: Element, parent: Element, r: Rendering) -> None:
    """The head of a figure, and in a line of its own whose image it is."""
    heads = [kid for kid in source if local(kid) == "head"]
    said = [kid for kid in source if local(kid) == "bibl"]
    if not heads and not said:
        return
    made = element("figcaption")
    parent.append(made)
    for head in heads:
        common(head, made)
        children(head, made, r)
    if said:
        made.append(element("div", {"class": "credits"}))
        for one_ in said:
            into(one_, made[-1], r, "p", one_.get("type", ""))


def _nothing(source: Element, parent: Element, r: Rendering) -> None:
    add_text(parent, "")


HANDLERS: dict[str, Handler] = {
    "div": _div, "head": _head, "byline": _byline, "p": _paragraph, "ab": _anonymous, "quote": _quote,
    "epigraph": _box, "argument": _box, "postscript": _box, "floatingText": _floating_text, "body": _body,
    "list": _list, "label": _label, "item": _item, "milestone": _milestone, "table": _table, "row": _row,
    "cell": _cell, "figure": _figure, "graphic": _nothing,
}  # fmt: skip
