"""A Word file's text made simple before it is read: alternatives chosen, wrappers taken off, tracked changes settled.

Works on WordprocessingML in place (ECMA-376 parts 1 and 3); knows nothing of TEI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ..xml import Element
from .docx_xml import CELL, COMPATIBILITY, DRAWING, PPR, ROW, RPR, VML, P, T, is_on, value, w

_ALTERNATE, _CHOICE, _FALLBACK = (f"{{{COMPATIBILITY}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_PICTURES = (f"{{{DRAWING}}}blip", f"{{{VML}}}imagedata")
_WRAPPERS = tuple(map(w, ("smartTag", "customXml", "dir", "bdo")))
_PUT_IN, _TAKEN_OUT = tuple(map(w, ("ins", "moveTo"))), tuple(map(w, ("del", "moveFrom")))
_FORMATS = tuple(
    w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "numbering")
)
_GAPS = tuple(map(w, ("tab", "br", "cr")))
CONTENTS = "table of contents made by Word"
PLACEHOLDER = "placeholders of content controls"


class Change(Struct, frozen=True):
    """A tracked change of the text: who made it, and the paragraph it stands in or before."""

    author: str
    paragraph: Element | None


def unwrap(element: Element, kids: Iterable[Element]) -> None:
    """Put `kids` in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    for kid in list(kids):
        element.addprevious(kid)
    parent.remove(element)


def choose(root: Element) -> None:
    """Of every mc:AlternateContent one branch stays: what is written for Word of today, unless only the other shows
    anything (part 3, 9.3)."""
    for found in list(root.iter(_ALTERNATE)):
        if found.getparent() is None:
            continue
        choice, fallback = found.find(_CHOICE), found.find(_FALLBACK)
        taken = fallback if choice is None or (not _shows(choice) and _shows(fallback)) else choice
        unwrap(found, () if taken is None else taken)


def _shows(branch: Element | None) -> bool:
    return branch is not None and next(branch.iter(T, *_PICTURES), None) is not None


def take_off(root: Element) -> Iterator[tuple[str, Element | None, str]]:
    """Take off content controls and smart tags. What is left out on the way: (reason, its first paragraph, text)."""
    for control in list(root.iter(w("sdt"))):
        reason = _left_out(control)
        if reason:
            yield reason, _paragraph_of(control), "\n".join(texts(control))
            unwrap(control, ())
        else:
            content = control.find(w("sdtContent"))
            unwrap(control, () if content is None else content)
    for wrapper in list(root.iter(*_WRAPPERS)):
        unwrap(wrapper, [kid for kid in wrapper if kid.tag != w("smartTagPr") and kid.tag != w("customXmlPr")])


def _left_out(control: Element) -> str:
    if value(control, "sdtPr/docPartObj/docPartGallery").casefold() == "table of contents":
        return CONTENTS
    shown = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
    return PLACEHOLDER if shown is not None and is_on(shown) else ""


def texts(element: Element) -> Iterator[str]:
    """The text of every paragraph below an element, or of the element where it is within one."""
    paragraphs = list(element.iter(P))
    for one in paragraphs or [element]:
        yield "".join(kid.text or "" if kid.tag == T else " " for kid in one.iter(T, *_GAPS))


def _paragraph_of(element: Element) -> Element | None:
    inner = next(element.iter(P), None)
    return inner if inner is not None else next(element.iterancestors(P), None)


# --- tracked changes


def settle(root: Element, how: str) -> list[Change]:
    """Accept or reject (`how`) all tracked changes; "refuse" accepts them too, for the caller to complain of."""
    changes = [Change(found.get(w("author"), ""), _paragraph_of(found)) for found in root.iter(*_PUT_IN, *_TAKEN_OUT)]
    kept, gone = (_TAKEN_OUT, _PUT_IN) if how == "reject" else (_PUT_IN, _TAKEN_OUT)
    if changes:
        joined, lost = _marked_paragraphs(root, gone), _marked_rows(root, how)
        _settle_runs(root, kept, gone)
        for row in lost:
            unwrap(row, ())
        _join(joined)
    for change in list(root.iter(*_FORMATS)):
        _settle_format(change, how)
    return changes


def _settle_runs(root: Element, kept: tuple[str, ...], gone: tuple[str, ...]) -> None:
    for found in list(root.iter(*gone)):
        if not _is_property(found):
            unwrap(found, ())
    for found in list(root.iter(*kept)):
        if not _is_property(found):
            unwrap(found, found)
    for found in list(root.iter(w("delText"))):
        found.tag = T
    for found in list(root.iter(w("delInstrText"))):
        found.tag = w("instrText")


def _is_property(found: Element) -> bool:
    """Whether a change is that of a paragraph's mark or of a row, not of text."""
    parent = found.getparent()
    return parent is not None and parent.tag in (RPR, w("trPr"), w("tcPr"), w("numPr"))


def _marked_paragraphs(root: Element, gone: tuple[str, ...]) -> list[Element]:
    """Paragraphs whose end goes: they run on into the next."""
    marks = (found for found in root.iter(*gone) if _is_property(found))
    paragraphs = []
    for mark in marks:
        rpr = mark.getparent()
        ppr = None if rpr is None else rpr.getparent()
        if ppr is not None and ppr.tag == PPR and ppr.getparent() is not None:
            paragraphs.append(ppr.getparent())
    return [paragraph for paragraph in paragraphs if paragraph is not None]


def _marked_rows(root: Element, how: str) -> list[Element]:
    """Rows and cells that go."""
    names = ("ins", "cellIns") if how == "reject" else ("del", "cellDel")
    found = []
    for properties, holder in ((w("trPr"), ROW), (w("tcPr"), CELL)):
        for one in root.iter(properties):
            parent = one.getparent()
            if parent is not None and parent.tag == holder and any(one.find(w(name)) is not None for name in names):
                found.append(parent)
    return found


def _join(paragraphs: list[Element]) -> None:
    """Last first, so that every run moves once: a paragraph whose mark is gone takes the place of the next one's
    beginning, and the next one's properties."""
    for paragraph in reversed(paragraphs):
        following = paragraph.getnext()
        parent = paragraph.getparent()
        if parent is None or following is None or following.tag != P:
            continue
        at = 1 if len(following) and following[0].tag == PPR else 0
        following[at:at] = [kid for kid in paragraph if kid.tag != PPR]
        parent.remove(paragraph)


def _settle_format(change: Element, how: str) -> None:
    """A change of format: its element holds the properties as they were."""
    parent = change.getparent()
    if parent is None:
        return
    parent.remove(change)
    if how == "reject" and change.tag in (w("rPrChange"), w("pPrChange")) and len(change):
        mark = parent.find(RPR) if parent.tag == PPR else None
        parent[:] = list(change[0]) + ([] if mark is None else [mark])
