"""From plain trees to the blocks of TEI: paragraphs, headings, quotations; heads.

Knows blocks; what is in a line is made by html_inlines, lists by html_lists, pictures and tables by html_figures, verse
by html_verse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from ..xml import Element, add, add_text, local, tei
from . import html_verse
from .html_figures import figure, figure_of, images, table
from .html_inlines import Inlines, Node, nodes
from .html_lists import glossary, listed
from .html_names import BLOCKS, HEADINGS, LISTS, SILENT, WORKING, classes, ids, pieces, text_of, types
from .html_pages import IN_TEXT, label_of
from .html_style import marks
from .html_work import BEFORE, DEEPEST, OWN, PASSING, Context, Work

_ORNAMENT = re.compile(r"[*⁂•·※❦☙❧~_=\s\u2013\u2014-]+")
_MAKERS = {"table": table, "figure": figure, "dl": glossary, **dict.fromkeys(LISTS, listed)}


class Blocks:
    """Makes the blocks of a body; it is the Maker of its Work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        work.make = self

    # --- what others ask for

    def content(self, element: Element, context: Context) -> list[Element]:
        return self.loose(list(nodes(element)), context, element)

    def loose(self, nodes: Sequence[Node], context: Context, near: Element) -> list[Element]:
        found: list[Element] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or self._work.is_inline(node):
                run.append(node)
            else:
                found += self._paragraphs(run, context, near)
                run, near = [], node
                found += self._block(node, context.within(node), found)
        return found + self._paragraphs(run, context, near)

    def filled(self, block: Element, elements: Sequence[Element], context: Context) -> Element:
        line = Inlines(self._work, block, context)
        for ordinal, element in enumerate(elements):
            if ordinal:
                line.fill([" "], context)
            line.fill(nodes(element), context.within(element))
        return line.close()

    def held(self, block: Element, element: Element, context: Context) -> Element:
        if not self._work.holds_blocks(element):
            return self.filled(block, [element], context)
        made = self.content(element, context)
        if [local(one) for one in made] == ["p"]:
            self._unwrap(made[0], block)
        else:
            add(block, *made)
        return block

    def _unwrap(self, paragraph: Element, holder: Element) -> None:
        """Put the content of a paragraph into what holds it."""
        holder.text = paragraph.text
        for kid in list(paragraph):
            holder.append(kid)
        self._work.move_names(paragraph, holder)

    # --- one block

    def _block(self, element: Element, context: Context, before: list[Element]) -> list[Element]:
        """The TEI blocks made of an element; `before` are those of its siblings."""
        work, tag = self._work, str(element.tag)
        if tag in SILENT or tag in WORKING:
            return []
        if self._is_page(element, context):
            return []
        if tag in HEADINGS:
            return self._heading(element, context)
        make = _MAKERS.get(tag)
        if make is not None:
            return make(work, element, context)
        if html_verse.is_verse(element):
            work.enter(element, context)
            return html_verse.verse(work, element, context)
        if tag in _BY_NAME:
            return _BY_NAME[tag](self, element, context)
        if "epigraph" in types(element) | classes(element) and context.depth < DEEPEST:
            work.enter(element, context)
            made = self.content(element, context.deeper())
            return [tei("epigraph", {}, *made)] if made else []
        return self.container(element, context)

    def _is_page(self, element: Element, context: Context) -> bool:
        """Whether an element marks a page; then its number waits for the next block."""
        keys = ((context.page, name) for name in ids(element))
        label = next((self._work.labels[key] for key in keys if key in self._work.labels), None)
        own = label_of(element)
        if own is not None:
            self._work.tally("pages").add(context.page, element, text_of(element))
            for inner in element.iter():
                self._work.enter(inner, context, PASSING)
        if own is not None or label is not None:
            number = own or label
            self._work.breaks.append(tei("pb", {"n": number} if number else None))
        return own is not None

    def container(self, element: Element, context: Context) -> list[Element]:
        """An element that only holds others."""
        self._work.enter(element, context, PASSING if element.tag in ("main", "article", "body", "header") else BEFORE)
        if element in self._work.holding or element.tag in ("div", "center"):
            found = [mark for mark in marks(self._work.style(element, context)) if mark in ("italic", "small-caps")]
            own = [mark for mark in marks(self._work.style(element, context)) if element.tag not in BLOCKS]
            added = tuple(mark for mark in dict.fromkeys(found + own) if mark not in context.marks)
            context = replace(context, marks=context.marks + added)
        return self.content(element, context)

    # --- paragraphs

    def _paragraph(self, element: Element, context: Context) -> list[Element]:
        self._work.enter(element, context, OWN)
        if self._work.holds_blocks(element):
            return self.content(element, context)
        return self._paragraphs(list(nodes(element)), context, element)

    def _paragraphs(self, run: Sequence[Node], context: Context, near: Element) -> list[Element]:
        """Paragraphs made of what stands in lines: two line breaks part them."""
        found: list[Element] = []
        for part in _parted(run):
            found += self._one(part, context, next((node for node in part if not isinstance(node, str)), near))
        return found

    def _one(self, run: list[Node], context: Context, near: Element) -> list[Element]:
        work = self._work
        text = _joined(run)
        elements = [node for node in run if not isinstance(node, str)]
        pictures = [picture for element in elements for picture in images(element)]
        rest = text
        if any(map(_is_page, elements)):
            rest = _joined([node for node in run if not _is_page(node)])
        if not IN_TEXT.sub("", rest).strip() and not _has_note(elements, work):
            return self.bare(run, pictures, context)
        if _ORNAMENT.fullmatch(text) and not pictures:
            for element in elements:
                work.enter_all(element, context)
            return [tei("milestone", {"unit": "section"})]
        block = work.block("p", near, context)
        line = Inlines(work, block, work.inner(context))
        line.fill(run, work.inner(context))
        return [line.close()]

    def bare(self, run: Sequence[Node], pictures: list[Element], context: Context) -> list[Element]:
        """What is left of lines without words: pictures, page numbers, ids."""
        for node in run:
            if isinstance(node, str):
                self._work.breaks += [tei("pb", {"n": match[1]}) for match in IN_TEXT.finditer(node)]
                continue
            inside: set[Element] = set()
            for inner in node.iter():
                if inner in inside:
                    continue
                if self._is_page(inner, context):
                    inside.update(inner.iterdescendants())
                else:
                    self._work.enter(inner, context)
        made = (figure_of(self._work, picture, context) for picture in pictures)
        return [one for one in made if one is not None]

    def _preformatted(self, element: Element, context: Context) -> list[Element]:
        self._work.enter(element, context, OWN)
        if not text_of(element):
            return []
        block = self._work.block("ab", element, context, {"type": "pre"})
        line = Inlines(self._work, block, self._work.inner(context), preserve=True)
        line.fill(nodes(element), self._work.inner(context))
        return [line.close()]

    def _rule(self, element: Element, context: Context) -> list[Element]:
        self._work.enter(element, context)
        return [tei("milestone", {"unit": "section"})]

    # --- headings

    def _heading(self, element: Element, context: Context) -> list[Element]:
        work = self._work
        pictures = [picture for picture in images(element) if (picture.get("alt") or "").strip()]
        if not text_of(element) and not pictures:
            return self.bare([element], list(images(element)), context)
        if not context.sections:
            return self._paragraphs([element], replace(context, marks=(*context.marks, "bold")), element)
        work.enter(element, context, OWN)
        head = work.block("head", element, context)
        work.levels[head] = HEADINGS[str(element.tag)]
        inside = replace(work.inner(context), heading=True, marks=())
        line = Inlines(work, head, inside)
        if text_of(element):
            line.fill(nodes(element), inside)
        else:
            line.fill([" ".join((picture.get("alt") or "") for picture in pictures)], inside)
        return [_without_whole_bold(line.close())]

    # --- quotations and lists

    def _quotation(self, element: Element, context: Context) -> list[Element]:
        if context.depth >= DEEPEST:
            return self.container(element, context)
        if "epigraph" in types(element) | classes(element):
            self._work.enter(element, context)
            made = self.content(element, context.deeper())
            return [tei("epigraph", {}, *made)] if made else []
        self._work.enter(element, context, OWN)
        quote = self._work.block("quote", element, context)
        add(quote, *self.content(element, self._work.inner(context.deeper())))
        return self._kept(quote)

    def _kept(self, block: Element) -> list[Element]:
        """A block, if there is something in it; else its ids wait for the next."""
        if len(block):
            return [block]
        for key, worth in self._work.named.pop(block, ()):
            self._work.where.pop(key)
            self._work.waiting.append((key, worth))
        return []


_BY_NAME = {
    "p": Blocks._paragraph,
    "address": Blocks._paragraph,
    "blockquote": Blocks._quotation,
    "hr": Blocks._rule,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), Blocks._preformatted),
}


def _joined(run: Sequence[Node]) -> str:
    return "".join(node if isinstance(node, str) else "".join(pieces(node)) for node in run)


def _is_page(node: Node) -> bool:
    return not isinstance(node, str) and label_of(node) is not None


def _has_note(elements: Sequence[Element], work: Work) -> bool:
    return bool(work.notes) and any(anchor in work.notes for element in elements for anchor in element.iter("a"))


def _parted(run: Sequence[Node]) -> list[list[Node]]:
    """Nodes parted where two line breaks or more follow one another."""
    parts: list[list[Node]] = [[]]
    breaks = 0
    for node in run:
        if isinstance(node, str):
            breaks = 0 if node.strip() else breaks
            parts[-1].append(node)
        elif node.tag == "br":
            breaks += 1
            if breaks == 2:
                parts.append([])
            parts[-1].append(node)
        else:
            breaks = 0
            parts[-1].append(node)
    return parts


def _without_whole_bold(head: Element) -> Element:
    """A heading without bold around all of it: headings are bold."""
    if (
        len(head) == 1
        and head[0].get("rend") == "bold"
        and not (head.text or "").strip()
        and not (head[0].tail or "").strip()
    ):
        inner = head[0]
        head.remove(inner)
        add_text(head, inner.text or "")
        for kid in list(inner):
            head.append(kid)
    return head
