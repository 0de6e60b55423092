"""Pictures and tables of a plain tree.

Knows figures, captions, rows and cells; what stands in them is made by whoever is asked.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..xml import Element, tei
from .html_names import HEADINGS, ids, text_of, types
from .html_work import DEEPEST, OWN, Context, Work

_CELLS = ("td", "th")
IMAGES = ("img", "picture", "svg", "image")
_MOST_CELLS = 1000  # that one cell may span


def is_image(element: Element) -> bool:
    return element.tag in IMAGES


def images(element: Element) -> Iterator[Element]:
    """The pictures in an element, or it itself."""
    if is_image(element):
        yield element
        return
    for kid in element:
        yield from images(kid)


def drop_cap(element: Element) -> str:
    """The letter that a picture stands for at the beginning of a word; "" if it is a picture."""
    alt = (element.get("alt") or "").strip()
    return alt if len(alt) == 1 and alt.isalpha() and (element.tail or "")[:1].isalpha() else ""


def _source(element: Element) -> str:
    if element.tag in ("img", "image"):
        return element.get("src") or element.get("href") or element.get("data-src") or ""
    return next(
        (found for inner in element.iter("img", "image") if inner is not element and (found := _source(inner))), ""
    )


def alternative(element: Element) -> str:
    """The words that stand for a picture."""
    if element.tag == "svg":
        said = (_all_text(inner) for inner in element.iter("title", "desc"))
        return element.get("aria-label") or " – ".join(filter(None, said))
    inner = element if element.tag != "picture" else next(element.iter("img"), element)
    return " ".join((inner.get("alt") or "").split())


def _all_text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def figure_of(work: Work, element: Element, context: Context) -> Element | None:
    """A picture as <figure>; None for one that is nothing to see."""
    source, alt = _source(element), alternative(element)
    if "1" in (element.get("width"), element.get("height")) or not (source or alt):
        return None
    made = work.block("figure", element, context)
    _add_graphic(made, source, alt, element, work, context)
    return made


def _add_graphic(figure: Element, source: str, alt: str, element: Element, work: Work, context: Context) -> None:
    if source.startswith("data:"):
        work.tally("data image").add(context.page, element)
    elif source:
        figure.append(tei("graphic", {"url": work.images(context.page, source)}))
    if alt:
        figure.append(tei("figDesc", {}, alt))


def figure(work: Work, element: Element, context: Context) -> list[Element]:
    """A <figure>: pictures with their caption; one around text is that text."""
    captions = list(element.iter("figcaption"))
    pictures = list(images(element))
    rest = "".join(_outside(element, {*captions, *pictures}))
    if not pictures or rest.strip():
        work.enter(element, context)
        return work.make.content(element, context)
    work.enter(element, context, OWN)
    made = work.block("figure", element, context)
    for picture in pictures:
        _add_graphic(made, _source(picture), alternative(picture), picture, work, context)
    for inner in element.iterdescendants():
        for name in ids(inner):
            work.name(made, (context.page, name))
    if any(text_of(caption) for caption in captions):
        head = work.block("head", captions[0], work.inner(context))
        made.insert(len(list(made.iter("{*}graphic"))), work.make.filled(head, captions, work.inner(context)))
    return [made]


def _outside(element: Element, leave: set[Element]) -> Iterator[str]:
    if element in leave:
        return
    yield element.text or ""
    for kid in element:
        yield from _outside(kid, leave)
        yield kid.tail or ""


# --- tables


def is_layout(table: Element) -> bool:
    """Whether a table only arranges what is in it: a frame for the page, or a single column."""
    if types(table) & {"presentation", "none"}:
        return True
    if next(table.iter(*HEADINGS), None) is not None or any(inner is not table for inner in table.iter("table")):
        return True
    return all(sum(kid.tag in _CELLS for kid in row) < 2 for row in table.iter("tr"))


def table(work: Work, element: Element, context: Context) -> list[Element]:
    """A table as <table>; one that only arranges is what it holds. What stands in no cell follows it."""
    if is_layout(element) or context.depth >= DEEPEST:
        work.enter(element, context)
        return work.make.content(element, context)
    work.enter(element, context, OWN)
    made = work.block("table", element, context)
    inside = work.inner(context.deeper())
    captions = [kid for kid in element if kid.tag == "caption" and text_of(kid)]
    if captions:
        made.append(work.make.filled(work.block("head", captions[0], inside), captions, inside))
    strays: list[str | Element] = []
    for row in _rows(element, strays):
        made.append(_row(work, row, inside, strays))
    return [made, *work.make.loose(strays, context, element)]


def _rows(element: Element, strays: list[str | Element]) -> Iterator[Element]:
    """The rows of a table or of a part of it; `strays` gets what is none."""
    strays.append(element.text or "")
    for kid in element:
        if kid.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(kid, strays)
        elif kid.tag == "tr":
            yield kid
        elif kid.tag not in ("caption", "colgroup", "col"):
            strays.append(kid)
        strays.append(kid.tail or "")


def _stray_parts(kid: Element, is_cell: bool) -> list[str | Element]:
    """What stands in a row and in no cell of it."""
    return [kid.tail or ""] if is_cell else [kid, kid.tail or ""]


def _row(work: Work, element: Element, context: Context, strays: list[str | Element]) -> Element:
    cells = [kid for kid in element if kid.tag in _CELLS]
    strays += [
        element.text or "",
        *(part for kid in element for part in _stray_parts(kid, kid in cells)),
    ]
    above = element.getparent()
    in_head = above is not None and above.tag == "thead"
    is_label = in_head or (bool(cells) and all(cell.tag == "th" for cell in cells))
    context = context.within(element)
    work.enter(element, context, OWN)
    row = work.block("row", element, context, {"role": "label"} if is_label else None)
    for cell in cells:
        row.append(_cell(work, cell, work.inner(context).within(cell), is_label))
    if not cells:
        row.append(work.block("cell", element, context))
    return row


def _cell(work: Work, element: Element, context: Context, in_label: bool) -> Element:
    attributes = {"role": "label"} if element.tag == "th" and not in_label else {}
    for name, said in (("cols", "colspan"), ("rows", "rowspan")):
        value = (element.get(said) or "").strip()
        if value.isascii() and value.isdigit() and 1 < int(value) <= _MOST_CELLS:
            attributes[name] = str(int(value))
    work.enter(element, context, OWN)
    cell = work.block("cell", element, context, attributes)
    return work.make.held(cell, element, work.inner(context))
