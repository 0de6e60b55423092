"""From plain trees to the lists of TEI: numbered, bulleted, and glossaries.

Knows lists; what stands in their items is made by html_blocks (TEI, Core 3.8).
"""

from __future__ import annotations

import re

from ..xml import Element, add, local, tei
from .html_figures import images
from .html_inlines import Inlines, Node, nodes
from .html_names import LISTS, text_of
from .html_work import DEEPEST, OWN, Context, Work

_BESIDE_BLOCKS = ("p", "list", "quote", "table", "figure")


def listed(work: Work, element: Element, context: Context) -> list[Element]:
    """A <ul>, <ol>, <menu> or <dir> as a list; as what it holds where lists are too deep within one another."""
    if context.depth >= DEEPEST or not text_of(element):
        return work.make.container(element, context)
    is_numbered = element.tag == "ol"
    made = tei("list", {"rend": "numbered" if is_numbered else "bulleted"})
    start = (element.get("start") or "").strip()
    if is_numbered and re.fullmatch("[0-9]{1,6}", start) and start != "1":
        made.set("n", str(int(start)))
    work.enter(element, context)
    inside = context.deeper()
    strays: list[Node] = []
    for node in nodes(element):
        if isinstance(node, str) or node.tag != "li":
            strays.append(node)
            continue
        _stray(work, strays, made, element, inside)
        strays = []
        _item(work, node, inside.within(node), made)
    _stray(work, strays, made, element, inside)
    return [made] if len(made) else []


def _item(work: Work, element: Element, context: Context, parent: Element) -> None:
    if not text_of(element) and not list(images(element)):
        work.make.bare([element], [], context)
        return
    work.enter(element, context, OWN)
    item = work.block("item", element, context)
    inside = work.inner(context)
    parent.append(item)
    inlines, lists = _led(work, element)
    if lists and inlines is not None:
        line = Inlines(work, item, inside)
        line.fill(inlines, inside)
        line.close()
        add(item, *(block for kid in lists for block in listed(work, kid, inside.within(kid))))
    elif work.holds_blocks(element):
        add(item, *work.make.content(element, inside))
    else:
        work.make.filled(item, [element], inside)


def _led(work: Work, element: Element) -> tuple[list[Node] | None, list[Element]]:
    """What stands before the lists that end an item, and those lists; None where blocks are mixed otherwise."""
    before: list[Node] = []
    lists: list[Element] = []
    for node in nodes(element):
        if not isinstance(node, str) and node.tag in LISTS:
            lists.append(node)
        elif lists and (not isinstance(node, str) or node.strip()):
            return None, lists
        elif not lists:
            before.append(node)
        if not isinstance(node, str) and node.tag not in LISTS and not work.is_inline(node):
            return None, lists
    has_text = any(node.strip() if isinstance(node, str) else text_of(node) for node in before)
    return (before if has_text else None), lists


def _stray(work: Work, strays: list[Node], parent: Element, near: Element, context: Context) -> None:
    """What stands in a list outside its items: it goes to the item before."""
    made = work.make.loose(strays, context, near)
    if not made:
        return
    if not len(parent):
        parent.append(work.block("item", near, context))
    item = parent[-1]
    if (item.text or "").strip() or any(local(kid) not in _BESIDE_BLOCKS for kid in item):
        paragraph = work.block("p", near, context)
        paragraph.text, item.text = item.text, None
        for kid in list(item):
            paragraph.append(kid)
        item.append(paragraph)
    add(item, *made)


def glossary(work: Work, element: Element, context: Context) -> list[Element]:
    """A <dl>: labels and what is said of them; a group without one of the two gets an empty one."""
    if context.depth >= DEEPEST or not text_of(element):
        return work.make.container(element, context)
    made = tei("list", {"rend": "gloss"})
    work.enter(element, context)
    inside = context.deeper()
    strays: list[Node] = []
    for terms, sayings in _groups(element, strays):
        _entry(work, terms, sayings, made, inside)
    return [*([made] if len(made) else []), *work.make.loose(strays, context, element)]


def _entry(work: Work, terms: list[Element], sayings: list[Element], parent: Element, context: Context) -> None:
    for term in terms[:1]:
        work.enter(term, context, OWN)
    label = work.block("label", (terms or sayings)[0], context)
    parent.append(work.make.filled(label, terms, work.inner(context)))
    for saying in sayings[:1]:
        work.enter(saying, context, OWN)
    item = work.block("item", (sayings or terms)[-1], context)
    parent.append(item)
    inside = work.inner(context)
    if len(sayings) == 1:
        work.make.held(item, sayings[0], inside.within(sayings[0]))
        return
    for saying in sayings:
        add(item, *work.make.content(saying, inside.within(saying)))


def _groups(element: Element, strays: list[Node]) -> list[tuple[list[Element], list[Element]]]:
    """The <dt>s and <dd>s that belong together; `strays` gets what is neither."""
    found: list[tuple[list[Element], list[Element]]] = []
    for node in nodes(element):
        if isinstance(node, str) or node.tag not in ("dt", "dd", "div"):
            strays.append(node)
        elif node.tag == "div":
            found += _groups(node, strays)
        elif node.tag == "dt":
            if not found or found[-1][1]:
                found.append(([], []))
            found[-1][0].append(node)
        else:
            if not found:
                found.append(([], []))
            found[-1][1].append(node)
    return found
