"""Paragraphs and tables of Word made into blocks: divisions by heads, lists, quotations, verse, figures.

Knows the roles of paragraphs, not how a file tells them; knows no run.
"""

from __future__ import annotations

import re

from ..words import words
from ..xml import Element, child, local, tei
from .docx_captions import captioned
from .docx_elements import filled, pour
from .docx_lists import Lists
from .docx_paragraphs import Blank, Item, Made, Paragraph, items
from .docx_pieces import without
from .docx_told import excerpt
from .docx_verse import verse
from .docx_work import Story, Work

# Roles whose neighbours stand together in one element.
_GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "quote": ("quote", {}),
    "epigraph": ("epigraph", {}),
    "letter": ("quote", {"type": "letter"}),
}
# Roles of single paragraphs that are no running text.
_TYPED = ("subtitle", "author", "date", "dateline", "salute", "signed")
_LABEL = re.compile(r"(?:[^\W\d_]+\s+)?(?:[IVXLCDMivxlcdm]+|\d+)\.?")
_BOLD = ("hi", "bold")
LONGEST_HEADING = 12  # words
SET_IN = 560  # twentieths of a point, from which on a paragraph looks like a quotation


def assemble(container: Element, story: Story, work: Work) -> list[Element]:
    """The blocks of a note, a cell or a text box."""
    holder = tei("body")
    Assembler(holder, work, has_sections=False).take(items(container, story, work))
    return list(holder)


class Assembler:
    """Blocks being put into an element; into divisions of it where it `has_sections`."""

    def __init__(self, holder: Element, work: Work, has_sections: bool) -> None:
        self._holder = holder
        self._work = work
        self._has_sections = has_sections
        self._sections: list[tuple[int, Element]] = []
        self._group: tuple[str, Element] | None = None
        self._lists = Lists(work)
        self._after_paragraph = False
        self.titles: list[Element] = []  # divisions headed by a title, not by a heading of a level

    def take(self, found: list[Item]) -> None:
        found = captioned(found, self._work)
        at = 0
        while at < len(found):
            item = found[at]
            if isinstance(item, Paragraph) and item.role == "verse":
                lines = _verse_at(found, at)
                self._put(verse(lines, self._work))
                at += len(lines)
                continue
            self._take(item)
            at += 1
        self._lists.close()

    def _take(self, item: Item) -> None:
        if isinstance(item, Blank):
            self._blank(item)
            return
        if isinstance(item, Made):
            self._made(item)
        elif item.level >= 0 and self._has_sections:
            self._head(item)
        else:
            self._paragraph(item)
        self._after_paragraph = isinstance(item, Paragraph) and item.level < 0

    # --- blocks

    def _parent(self) -> Element:
        return self._sections[-1][1] if self._sections else self._holder

    def _put(self, element: Element) -> None:
        """A block that ends lists and groups."""
        self._lists.close()
        self._group = None
        self._parent().append(element)

    def _container(self, role: str, ordinal: int) -> Element:
        """What a paragraph of this role goes into: the group of its neighbours, or the division."""
        if self._group is not None and self._group[0] == role:
            return self._group[1]
        if self._group is not None or role in _GROUPS:
            self._lists.close()
        self._group = None
        if role not in _GROUPS:
            return self._parent()
        name, attributes = _GROUPS[role]
        made = tei(name, attributes)
        self._work.spots[made] = (ordinal, 1)
        self._parent().append(made)
        self._group = role, made
        return made

    def _blank(self, item: Blank) -> None:
        if item.is_rule:
            self._put(tei("milestone", {"unit": "section"}))
        elif self._has_sections and self._after_paragraph:
            self._work.told.tally("empty", item.ordinal)
        self._after_paragraph = False

    def _made(self, item: Made) -> None:
        belongs = item.of is not None and (item.of.numbered is not None or item.of.continues)
        if belongs and self._lists.item is not None:
            self._lists.item.append(item.element)
        elif item.of is not None and self._group is not None and item.of.role == self._group[0]:
            self._group[1].append(item.element)
        else:
            self._put(item.element)

    def _paragraph(self, item: Paragraph) -> None:
        if item.level >= 0:
            self._work.told.tally("heading inside", item.ordinal)
        if item.role in ("gloss-term", "gloss"):
            self._gloss(item)
            return
        parent = self._container(item.role, item.ordinal)
        if item.continues and self._lists.item is not None:
            self._lists.item.append(filled("p", item, self._work))
        elif item.numbered is not None and not item.numbered.is_bare:
            self._lists.add(item, item.numbered, parent)
        else:
            self._lists.close()
            typed = {"type": item.role} if item.role in _TYPED else {}
            parent.append(filled("ab" if typed else "p", item, self._work, typed))
            self._tell_look(item)

    def _gloss(self, item: Paragraph) -> None:
        """A term and what it means, as a list of both (pandoc's definition lists)."""
        if self._group is None or self._group[0] != "gloss":
            made = tei("list", {"rend": "gloss"})
            self._put(made)
            self._group = "gloss", made
        holder = self._group[1]
        if item.role == "gloss-term":
            holder.append(filled("label", item, self._work))
        elif len(holder) and local(holder[-1]) == "item":
            holder[-1].append(filled("p", item, self._work))
        else:
            made = tei("item", {}, filled("p", item, self._work))
            self._work.spots[made] = (item.ordinal, 1)
            holder.append(made)

    def _tell_look(self, item: Paragraph) -> None:
        """What looks like something without being marked so: short and bold like a heading, set in like a quotation."""
        if not self._has_sections or item.role != "p":
            return
        text = item.text.strip()
        if item.left - item.style.indent >= SET_IN:
            self._work.told.tally("quotation look", item.ordinal, excerpt(text), apart=False)
        elif _is_bold(item) and 0 < len(words(text)) <= LONGEST_HEADING and not text.endswith((".", ",", ";", ":")):
            self._work.told.tally("heading look", item.ordinal, excerpt(text), apart=False)

    # --- divisions

    def _head(self, item: Paragraph) -> None:
        self._lists.close()
        self._group = None
        _unbold(item)
        if self._joins(item):
            head = child(self._sections[-1][1], "head")
            assert head is not None
            more = tei("head")
            head.append(tei("lb"))
            pour(more, item.pieces, item.ordinal, self._work)
            if more.text:
                head[-1].tail = more.text
            head.extend(list(more))
            for name in item.names:
                self._work.links.place(name, self._sections[-1][1])
            return
        head = filled("head", item, self._work)
        div = tei("div", {}, head)
        self._work.links.moved[head] = div
        self._work.spots[div] = (item.ordinal, 1)
        self._levels(item)
        while self._sections and self._sections[-1][0] >= item.level:
            self._sections.pop()
        self._parent().append(div)
        self._sections.append((item.level, div))
        if item.level == 0:
            self.titles.append(div)

    def _joins(self, item: Paragraph) -> bool:
        """Whether a heading goes on from the one right before it: "Chapter IV", and below it what it is called."""
        if not self._sections or self._sections[-1][0] != item.level or len(self._sections[-1][1]) != 1:
            return False
        head = self._sections[-1][1][0]
        if local(head) != "head":
            return False
        before, now = "".join(head.itertext()).strip(), item.text.strip()
        label = _LABEL.fullmatch(before) is not None and _LABEL.fullmatch(now) is None
        return item.role == "title" or (label and len(head) == 0)

    def _levels(self, item: Paragraph) -> None:
        before = self._sections[-1][0] if self._sections else 0
        if not self._sections and len(self._holder):
            self._work.told.say(
                "text-before-heading", item.ordinal, "text stands before the first heading",
                "it becomes a part of its own, without heading",
            )  # fmt: skip
        if before and item.level > before + 1:
            text = f"a heading of level {item.level} follows one of level {before}"
            self._work.told.say("heading-level", item.ordinal, text, f"give it the style Heading {before + 1}")


def _verse_at(found: list[Item], at: int) -> list[Paragraph | Blank]:
    """The verse that begins at an item: its paragraphs, and the empty ones between them."""
    taken: list[Paragraph | Blank] = []
    size = 0
    for item in found[at:]:
        is_line = isinstance(item, Paragraph) and item.role == "verse"
        if isinstance(item, Made) or not (is_line or (isinstance(item, Blank) and not item.is_rule)):
            break
        taken.append(item)
        size = len(taken) if is_line else size
    return taken[:size]


def _unbold(item: Paragraph) -> None:
    """A heading all in bold is in bold because it is a heading."""
    if _is_bold(item):
        item.pieces = without(item.pieces, _BOLD)


def _is_bold(item: Paragraph) -> bool:
    texts = [piece for piece in item.pieces if isinstance(piece.content, str) and piece.content.strip()]
    return all(("hi", "bold", 0) in piece.marks for piece in texts)
