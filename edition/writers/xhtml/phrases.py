"""What stands within a block as XHTML: highlighting, names, links, notes, and the editor's hand in the text.

Knows the normal form and what references are called; knows no page and no style.
"""

from __future__ import annotations

from typing import Any

from ...normal.vocabulary import NAMES
from ...patterns import late
from ...xml import ID, LANG, Element, add_text, fragment, local
from .rendering import Handler, Rendering, children, common, element, into, through

_ABROAD = late(r"(?:https?|ftp)://|mailto:|urn:|doi:")
_QUOTES = tuple("\"“”„‟‘‚‛'«»‹›「『")


# --- highlighting

_HIGHLIGHTS = {"italic": "em", "bold": "strong", "superscript": "sup", "subscript": "sub", "strikethrough": "s"}
_STYLED = ("small-caps", "underline", "letterspaced")


def _highlight(source: Element, parent: Element, r: Rendering) -> None:
    """Of several kinds of highlighting each is an element around the next."""
    kinds = source.get("rend", "").split() or [""]
    made = parent
    for kind in kinds:
        name = _HIGHLIGHTS.get(kind, "span")
        known = r.made or kind in _STYLED
        said = "" if name != "span" else kind or "hi" if known or not kind else f"rend-{kind}"
        inner = element(name, {"class": said} if said else {})
        made.append(inner)
        made = inner
    common(source, made)
    children(source, made, r)


def _emphasis(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "em")


def _title(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "cite", "article" if source.get("level") == "a" else "")


def _styled(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "span", local(source))


def _code(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "code", source.get("rend", ""))


def _quoted(source: Element, parent: Element, r: Rendering) -> None:
    """Quotation marks are the style's, unless the text has its own."""
    into(source, parent, r, "span" if _has_marks(source) else "q", "q" if _has_marks(source) else "")


def _has_marks(source: Element) -> bool:
    before = source.getprevious()
    parent = source.getparent()
    said = before.tail if before is not None else parent.text if parent is not None else ""
    return "".join(source.itertext()).strip().startswith(_QUOTES) or (said or "").rstrip().endswith(_QUOTES)


def _line_break(source: Element, parent: Element, r: Rendering) -> None:
    parent.append(element("br"))


def _source_page(source: Element, parent: Element, r: Rendering) -> None:
    """Where a page of the source begins: a marker that nobody sees."""
    parent.append(element("span", {"class": "pb", **({"data-n": source.get("n", "")} if source.get("n") else {})}))


# --- names


def _name(source: Element, parent: Element, r: Rendering) -> None:
    """A name or a date: nothing to see, but a place that index and chronology point to."""
    if source.get(ID):
        into(source, parent, r, "span")
    else:
        through(source, parent, r)


def _number(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "span", "number") if r.made else through(source, parent, r)


def _segment(source: Element, parent: Element, r: Rendering) -> None:
    kind = source.get("type", "")
    if kind == "mention":
        through(source, parent, r)
    elif kind == "locators":
        into(source, parent, r, "span", "locators").set("data-made", "")
    elif kind:
        into(source, parent, r, "span", kind if r.made else f"seg-{kind}")
    else:
        through(source, parent, r)


# --- links


def _ref(source: Element, parent: Element, r: Rendering) -> None:
    target = source.get("target", "")
    if not _leads_somewhere(target):
        _unreachable(source, parent, r)
        return
    made = element("a", {"href": target})
    common(source, made)
    parent.append(made)
    children(source, made, r)
    if not target.startswith("#"):
        _say_address(made, target)
    elif target.startswith(("#bib-", "#term-")):
        made.set("class", "register")
    elif not r.made:
        made.set("class", "xref")
        _in_print(parent, target[1:], r, " ({})")


def _leads_somewhere(target: str) -> bool:
    return target.startswith("#") or bool(_ABROAD.match(target))


def _unreachable(source: Element, parent: Element, r: Rendering) -> None:
    """A reference to a file that is no part of the edition: its text; its target where it has none."""
    if "".join(source.itertext()).strip() or len(source):
        through(source, parent, r)
    else:
        parent.append(element("span", {"class": "unreachable", "data-made": ""}, source.get("target", "")))


def _say_address(link: Element, target: str) -> None:
    """A link without a text says where it leads."""
    if not "".join(link.itertext()).strip():
        link.set("data-made", "")
        link.text = target


def _pointer(source: Element, parent: Element, r: Rendering) -> None:
    target = source.get("target", "")
    if source.get("type") == "note":
        _note_again(source, parent, r)
        return
    if not target.startswith("#"):
        _foreign_pointer(source, parent, r)
        return
    target = target[1:]
    if source.get("type") == "page":
        page = _page(target, r)
        _locate(page, source, r)
        parent.append(page)
        return
    told = r.reference(target)
    made = element("a", {"class": "xref", "href": f"#{target}", "data-made": ""}, told.label)
    if told.number:
        made.set("data-number", told.number)
    parent.append(made)
    _in_print(parent, target, r, ", {}")


def _foreign_pointer(source: Element, parent: Element, r: Rendering) -> None:
    if _leads_somewhere(source.get("target", "")):
        _ref(source, parent, r)
    else:
        _unreachable(source, parent, r)


def _page(target: str, r: Rendering) -> Element:
    locator = r.reference(target).locator
    return element("a", {"class": "page", "href": f"#{target}", "data-page": target, "data-locator": locator})


def _locate(page: Element, source: Element, r: Rendering) -> None:
    """What a locator says besides its page: that it is of a note, a main passage, a passage that goes on."""
    if source.get("n"):
        page.set("data-note", source.get("n", ""))
    if source.get("rend") == "main":
        page.set("data-main", "")
    if source.get("corresp"):
        end = source.get("corresp", "")[1:]
        page.set("data-to", end)
        page.set("data-to-locator", r.reference(end).locator)


def _in_print(parent: Element, target: str, r: Rendering, shape: str) -> None:
    """The page of a reference, for editions that have pages."""
    before, after = shape.format(r.page_wording).split("{}")
    made = element("span", {"class": "in-print", "data-made": ""}, before)
    made.append(_page(target, r))
    made[0].tail = after
    parent.append(made)


def _anchor(source: Element, parent: Element, r: Rendering) -> None:
    made = element("span")
    common(source, made)
    parent.append(made)


# --- notes


def _note(source: Element, parent: Element, r: Rendering) -> None:
    name, number = source.get(ID, ""), source.get("n", "")
    note: dict[str, Any] = {"id": name, "number": number, "series": source.get("type", ""), "refs": [f"{name}-ref"]}
    r.notes.append(note)
    preserved, r.preserved = r.preserved, False
    body = element("div")
    children(source, body, r)
    r.preserved = preserved
    for block in body:
        if source.get(LANG):
            block.set("lang", block.get("lang", "") or source.get(LANG, ""))
        if source.get("resp") == "#edition":
            block.set("data-made", "")
    note["body"] = "".join(map(fragment, body))
    parent.append(element("a", {"class": "noteref", "href": f"#{name}", "id": f"{name}-ref", "data-made": ""}, number))


def _note_again(source: Element, parent: Element, r: Rendering) -> None:
    """A reference to a note that was called before: its number, and a way back from it."""
    name = source.get("target", "")[1:]
    refs = next((note["refs"] for note in r.notes if note["id"] == name), None)
    attributes = {"class": "noteref", "href": f"#{name}", "data-made": ""}
    if refs is not None:
        refs.append(f"{name}-ref{len(refs) + 1}")
        attributes["id"] = refs[-1]
    parent.append(element("a", attributes, source.get("n", "")))


# --- the editor's hand


def _gap(source: Element, parent: Element, r: Rendering) -> None:
    described = "".join(source.itertext()).strip()
    if not described:
        parent.append(element("span", {"class": "gap", "data-made": ""}, "[…]"))
        return
    made = element("span", {"class": "gap"})
    parent.append(made)
    made.append(element("span", {"data-made": ""}, "["))
    add_text(made, described)
    made.append(element("span", {"data-made": ""}, "]"))


def _supplied(source: Element, parent: Element, r: Rendering) -> None:
    """What the editor supplies stands in square brackets."""
    made = element("span", {"class": "supplied"})
    common(source, made)
    parent.append(made)
    made.append(element("span", {"data-made": ""}, "["))
    children(source, made, r)
    made.append(element("span", {"data-made": ""}, "]"))


HANDLERS: dict[str, Handler] = {
    "hi": _highlight, "emph": _emphasis, "title": _title, "code": _code, "q": _quoted, "soCalled": _quoted,
    "foreign": _styled, "term": _styled, "gloss": _styled, "mentioned": _styled, "lb": _line_break, "pb": _source_page,
    "num": _number, "index": _anchor, "seg": _segment, "ref": _ref, "ptr": _pointer, "anchor": _anchor, "note": _note,
    "gap": _gap, "supplied": _supplied, "choice": _name, "unclear": _styled,
    **dict.fromkeys((*NAMES, "date"), _name),
}  # fmt: skip
# Names, parts of names and of books, and what the editor did: nothing to see but their text.
_PLAIN = (
    "settlement region country district bloc forename surname addName roleName "
    "nameLink genName time measure bibl author editor publisher pubPlace edition biblScope citedRange extent "
    "app subst sic corr orig reg abbr expan lem rdg add del surplus damage addrLine desc"
)
HANDLERS |= dict.fromkeys(_PLAIN.split(), through) | {"bibl": _name}
