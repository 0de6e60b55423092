"""Captions of figures and tables: which paragraph belongs to which.

Knows items in order; knows nothing of WordprocessingML.
"""

from __future__ import annotations

from ..xml import Element, child, local
from .docx_elements import filled
from .docx_paragraphs import Item, Made, Paragraph
from .docx_work import Work

_TABLES = ("tab", "таб", "πίν", "表")  # how the name of what is counted begins: Table, Tabelle, Tableau, Tabla …


def captioned(found: list[Item], work: Work) -> list[Item]:
    """The items, with every caption that has a figure or table beside it put into that as its head."""
    kept: list[Item] = []
    for k, item in enumerate(found):
        if not isinstance(item, Paragraph) or item.role != "caption":
            kept.append(item)
            continue
        before = _made(found[k - 1]) if k else None
        after = _made(found[k + 1]) if k + 1 < len(found) else None
        holder = _holder(item, before, after)
        if holder is None:
            kept.append(item)
        else:
            _put(item, holder, work)
    return kept


def _made(item: Item) -> Element | None:
    return item.element if isinstance(item, Made) and child(item.element, "head") is None else None


def _holder(caption: Paragraph, before: Element | None, after: Element | None) -> Element | None:
    """A figure has its caption below, a table above it, as a rule."""
    kind = _kind(caption)
    wishes = [(before, "figure"), (after, "table"), (before, "table"), (after, "figure")]
    for element, name in wishes:
        if element is not None and local(element) == name and kind in ("", name):
            return element
    return None


def _kind(caption: Paragraph) -> str:
    """What the caption says it belongs to: "table", "figure" or ""."""
    if caption.sequence:
        return "table" if caption.sequence.lower().startswith(_TABLES) else "figure"
    name = caption.style.name.lower()
    return "table" if "table" in name else "figure" if "image" in name or "figure" in name else ""


def _put(caption: Paragraph, holder: Element, work: Work) -> None:
    head = filled("head", caption, work)
    work.links.moved[head] = holder
    if local(holder) == "table":
        holder.insert(0, head)
    else:
        graphics = [k for k, kid in enumerate(holder) if local(kid) == "graphic"]
        holder.insert(graphics[-1] + 1 if graphics else 0, head)
