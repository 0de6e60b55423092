"""What is known while plain trees become TEI: places, ids, links to be resolved, notes by their references, tallies.

Knows both kinds of tree; the steps are in html_blocks and html_inlines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from ..config.fields import SECTIONS
from ..normal.vocabulary import REGISTER_PREFIXES, is_free_id
from ..words import words
from ..xml import ID, LANG, Element, local, tei
from .html_links import Key, Links
from .html_names import BLOCKS, ids, text_of
from .html_source import Page, line_of
from .html_style import Styles
from .markdown_attributes import LANGUAGE, is_name
from .note_pairs import Note
from .reading import Spot

_BAD = re.compile("[^A-Za-z0-9._\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u3001-\ud7ff-]+")
_RESERVED = frozenset(SECTIONS)
_RESERVED_PREFIXES = (*REGISTER_PREFIXES, "part-")


DEEPEST = 16  # quotations, lists and tables within one another


class Context(Struct, frozen=True):
    """Where in the text an element stands.

    `language` is what it is in, `said` what the TEI around it says; `marks` are those of inline elements around blocks;
    `sections` tells whether headings make sections here; `depth` counts quotations, lists and tables, `notes` notes.
    """

    page: int
    language: str
    said: str
    marks: tuple[str, ...] = ()
    sections: bool = True
    heading: bool = False
    depth: int = 0
    notes: int = 0

    def within(self, element: Element) -> Context:
        """The context of what an element holds."""
        language = element.get("lang")
        if language is None or not LANGUAGE.fullmatch(language) or language == self.language:
            return self
        return replace(self, language=language)

    def deeper(self) -> Context:
        return replace(self, sections=False, depth=self.depth + 1)

    @property
    def is_foreign(self) -> bool:
        return not alike(self.language, self.said)


@lru_cache(maxsize=1024)
def alike(one: str, other: str) -> bool:
    """Whether two language tags differ in region at most."""
    return _language_and_script(one) == _language_and_script(other)


def _language_and_script(tag: str) -> tuple[str, str]:
    parts = tag.lower().split("-")
    return parts[0], next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")


class Maker(Protocol):
    """Who makes blocks: html_blocks, of whom the others ask what stands within theirs."""

    def content(self, element: Element, context: Context) -> list[Element]:
        """The blocks in an element."""

    def loose(self, nodes: Sequence[str | Element], context: Context, near: Element) -> list[Element]:
        """The blocks made of nodes that stand where none may."""

    def filled(self, block: Element, elements: Sequence[Element], context: Context) -> Element:
        """A block with what some elements hold, as text."""

    def held(self, block: Element, element: Element, context: Context) -> Element:
        """A block that may hold text or blocks, with what an element holds."""

    def container(self, element: Element, context: Context) -> list[Element]:
        """The blocks in an element that itself means nothing."""

    def bare(self, run: Sequence[str | Element], pictures: list[Element], context: Context) -> list[Element]:
        """What is left of lines without words: pictures, page numbers, ids."""


class Tally(Struct):
    """Things of one kind: how many, the words that went with them, the first."""

    number: int = 0
    words: int = 0
    first: tuple[int, Element] | None = None

    def add(self, page: int, element: Element, text: str = "") -> None:
        self.number += 1
        self.words += len(words(text))
        self.first = self.first or (page, element)


class Reference(Struct, frozen=True):
    """A link within the pages: the TEI made of it, what it points to, the <a> and the number of its page."""

    made: Element
    key: Key
    anchor: Element
    page: int


# What an id is worth to its block: nothing unless a link wants it, something to a heading, its name.
PASSING, BEFORE, OWN = range(3)


class Work(Struct):
    """Some pages becoming one TEI body."""

    pages: Sequence[Page]
    links: Links
    styles: Sequence[Styles]
    bases: Sequence[str]
    make: Maker = None  # type: ignore[assignment]  # the Blocks at work put themselves here
    notes: dict[Element, Note] = field(default_factory=dict)  # by the <a> of each reference
    labels: dict[Key, str] = field(default_factory=dict)  # page numbers of a page-list
    images: Callable[[int, str], str] = lambda page, address: address
    blocks: dict[Element, Spot] = field(default_factory=dict)
    marks: dict[Element, Spot] = field(default_factory=dict)
    page_of: dict[Element, int] = field(default_factory=dict)
    made_from: dict[Element, Element] = field(default_factory=dict)  # of heads
    levels: dict[Element, int] = field(default_factory=dict)  # of heads
    named: dict[Element, list[tuple[Key, int]]] = field(default_factory=dict)  # ids of a block, and their worth
    where: dict[Key, Element] = field(default_factory=dict)  # the block that an id stands in or before
    references: list[Reference] = field(default_factory=list)
    numbers: frozenset[Element] = frozenset()  # links that are references to notes which are not there
    made_notes: dict[Note, Element] = field(default_factory=dict)
    waiting: list[tuple[Key, int]] = field(default_factory=list)
    breaks: list[Element] = field(default_factory=list)  # pb between blocks, waiting for the next
    open_notes: list[Note] = field(default_factory=list)
    later: list[tuple[Note, Context]] = field(default_factory=list)  # notes too deep within notes
    tallies: dict[str, Tally] = field(default_factory=dict)
    holding: set[Element] = field(default_factory=set)  # inline elements that hold blocks

    def tally(self, kind: str) -> Tally:
        return self.tallies.setdefault(kind, Tally())

    def find_holding(self, root: Element) -> None:
        """Note which inline elements hold blocks."""
        for block in root.iter(*BLOCKS):
            above = block.getparent()
            while above is not None and above not in self.holding:
                self.holding.add(above)
                above = above.getparent()

    def is_inline(self, element: Element) -> bool:
        return element.tag not in BLOCKS and element not in self.holding

    def holds_blocks(self, element: Element) -> bool:
        return any(not self.is_inline(kid) for kid in element)

    def style(self, element: Element, context: Context) -> dict[str, str]:
        return self.styles[context.page].of(element)

    # --- blocks and their ids

    def block(self, name: str, element: Element, context: Context, attributes: dict[str, str] | None = None) -> Element:
        """A TEI block made of an element, which takes the ids that wait."""
        made = tei(name, attributes)
        self.blocks[made] = (line_of(element), 0)
        self.page_of[made] = context.page
        if name == "head":
            self.made_from[made] = element
        if context.is_foreign:
            made.set(LANG, context.language)
        for key, worth in self.waiting:
            self.name(made, key, worth if worth == OWN or name == "head" else PASSING)
        self.waiting.clear()
        return made

    def name(self, block: Element, key: Key, worth: int = PASSING) -> None:
        if key not in self.where:
            self.where[key] = block
            self.named.setdefault(block, []).append((key, worth))

    def take_place(self, made: Element, block: Element) -> Element:
        """`made` stands where `block` stood."""
        self.blocks[made], self.page_of[made] = self.blocks[block], self.page_of[block]
        if block.get(LANG):
            made.set(LANG, block.get(LANG, ""))
        self.move_names(block, made)
        return made

    def move_names(self, block: Element, to: Element) -> None:
        for key, worth in self.named.pop(block, ()):
            self.where[key] = to
            self.named.setdefault(to, []).append((key, worth))

    def enter(self, element: Element, context: Context, worth: int = BEFORE) -> None:
        """Let the ids of an element wait for the next block."""
        for name in ids(element):
            self.waiting.append(((context.page, name), worth))

    def enter_all(self, element: Element, context: Context) -> None:
        """The ids of an element that makes nothing, and of all it holds."""
        for inner in element.iter():
            self.enter(inner, context)

    def inner(self, context: Context) -> Context:
        """The context within a block just made: what it says of its language is said."""
        return replace(context, said=context.language) if context.is_foreign else context

    def say(self, code: str, kind: str, text: str, hint: str = "") -> None:
        """Complain of a tally at its first place; `text` may name {n} and {words}."""
        tally = self.tallies.get(kind)
        if tally is None or tally.first is None:
            return
        page, element = tally.first
        told = text.format(n=tally.number, words=tally.words, s="" if tally.number == 1 else "s")
        self.pages[page].say(code, element, told, hint)


# --- ids and links, when all is made


def give_ids(work: Work) -> None:
    """Write xml:id on the blocks that have one in the source, and the targets of links."""
    wanted = {reference.key for reference in work.references}
    taken: set[str] = set()
    mended: list[tuple[Key, str]] = []
    prefixed: list[tuple[Key, str]] = []
    for block, names in work.named.items():
        holder = _holder(block)
        best = max(names, key=lambda item: (item[0] in wanted) + 2 * item[1])
        if holder.get(ID) or not (best[0] in wanted or best[1]):
            continue
        key = best[0]
        name = proper(key[1] or _stem(work.pages[key[0]]))
        if key[1] and name != key[1]:
            mended.append((key, name))
        if name in taken and len(work.pages) > 1:
            name = proper(f"{_stem(work.pages[key[0]])}-{name}")
            prefixed.append((key, name))
        holder.set(ID, _free(name, taken))
        taken.add(holder.get(ID, ""))
    _say_ids(
        work, mended, "cannot be ids of an edition", "ids begin with a letter and hold letters, digits, - _ . only"
    )
    _say_ids(work, prefixed, "stand in several documents", "links to them follow")


def _holder(block: Element) -> Element:
    """What bears the id of a block: the div of a head, the table or figure of its."""
    parent = block.getparent()
    return parent if local(block) == "head" and parent is not None and local(parent) != "body" else block


def _stem(page: Page) -> str:
    return (page.member or page.file).rpartition("/")[2].partition(".")[0]


def proper(name: str) -> str:
    """An id as an edition can hold it: an NCName (XML Names, 4) without the prefixes of registers."""
    if not is_name(name):
        name = _BAD.sub("-", name)
        name = name if is_name(name) else f"id-{name}"
    return f"x-{name}" if name in _RESERVED or name.startswith(_RESERVED_PREFIXES) else name


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _say_ids(work: Work, changed: list[tuple[Key, str]], why: str, hint: str) -> None:
    if changed:
        (page, old), new = changed[0]
        place = work.links.element((page, old))
        others = f" and {len(changed) - 1} more {why}" if len(changed) > 1 else f" {why}"
        work.pages[page].say("html-id", place, f"the id “{old}”{others}: it becomes “{new}”", hint)


def resolve(work: Work) -> None:
    """Point every link within the pages to the block meant; what no file can have as its id leaves its words only."""
    nowhere = work.tally("link to nothing")
    for reference in work.references:
        block = work.where.get(reference.key)
        target = _holder(block).get(ID) if block is not None else None
        if target:
            reference.made.set("target", f"#{target}")
            continue
        name = reference.key[1]
        if is_free_id(name) and name.lower() != "top" and reference.anchor not in work.numbers:
            reference.made.set("target", f"#{name}")  # another file of the edition may have it
            continue
        if name.lower() not in ("", "top"):
            nowhere.add(reference.page, reference.anchor, text_of(reference.anchor))
        work.marks.pop(reference.made, None)
        unwrap(reference.made)


def unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    kids = list(element)
    text = element.text or ""
    if kids:
        kids[-1].tail = (kids[-1].tail or "") + tail
    else:
        text += tail
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    at = parent.index(element)
    element.tail = None
    parent.remove(element)
    for offset, kid in enumerate(kids):
        parent.insert(at + offset, kid)
