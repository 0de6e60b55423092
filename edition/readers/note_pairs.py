"""Which links are references to notes: found by pairs of links, whatever program wrote the page.

A reference is a short link ("1", "[a]", "*") to a block that links back to where it stands,
or a link that says it is one
(epub:type, role, the classes of well-known programs). Knows plain trees; where a note's text ends is told in
html_notes.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from msgspec import Struct, field

from ..words import words
from ..xml import Element
from .html_links import Key, Links
from .html_names import BLOCKS, HEADINGS, classes, text_of, types

_LABEL = re.compile(
    r"[\[({<]?\s*(?:(?:notes?|fn|n|nb|anm|fußnote|прим|lower-\w+|upper-\w+)\.?\s*)?"
    r"(?:\d{1,4}[a-z]?|[ivxlc]{1,6}|[a-z]{1,2}|[*†‡§¶#+]{1,4}|[\u00b9\u00b2\u00b3\u2070-\u2079]+)\s*[\])}>]?[.:]?",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:[↩↑⤴⤶⏎⬆▲△◄←«⇑↵^]\ufe0e?|(?:go |jump |zurück )?(?:back|return|up|zurück|retour|назад|volver|torna)\b)",
    re.IGNORECASE,
)
_REFERENCES = frozenset(
    "noteref footnote-ref footnoteref fnanchor footnote-anchor footnotelink fnref note-ref noteanchor endnote-ref "
    "footnote-reference footnotecall".split()
)
_BACKS = frozenset(
    "footnote-back footnote-backref reversefootnote backlink mw-cite-backlink footnote-backlink note-back "
    "data-footnote-backref"
    " footnote-return".split()
)
_NAVIGATION = frozenset(("toc", "landmarks", "page-list", "loi", "lot", "navigation", "pagelist"))
_SAY = frozenset(("noteref", "annoref"))
_WORD = re.compile(r"#_(?:ftn|edn)\d")  # Word's own; the way back is #_ftnref1
_COMMENT = re.compile("#cmnt\\d")
LONGEST_BACK = 6  # words


class Link(Struct, eq=False):
    """A link within the pages: the <a>, the number of its page, what it points to, its text."""

    anchor: Element
    page: int
    key: Key
    target: Element | None
    label: str


class Note(Struct, eq=False):
    """A note: what its references point to, they themselves, and the links from it back to them.

    `roots` and `body` are filled in by html_notes: what it takes up on its page, and its text as one <div>.
    """

    target: Element
    key: Key
    label: str
    references: list[Link] = field(default_factory=list)
    backs: list[Link] = field(default_factory=list)
    roots: list[Element] = field(default_factory=list)
    body: Element | None = None
    left_out: list[str] = field(default_factory=list)


class Pairs(Struct):
    """The notes of some pages in order of their first reference; links that say they are references and lead
    nowhere."""

    notes: list[Note]
    dangling: list[Link]


def pairs(links: Links) -> Pairs:
    """The notes of the pages of `links`."""
    return _Finder(links).found()


def core(label: str) -> str:
    """A label without what stands around it: "[12]." -> "12"."""
    return re.sub(r"[\s\[\](){}<>.:]", "", label).casefold()


def is_back_text(text: str) -> bool:
    """Whether words of a link say that it leads back."""
    return len(words(text)) <= LONGEST_BACK and _BACK.match(text) is not None


def block_of(element: Element) -> Element:
    """The nearest block that is or holds an element."""
    found = element
    while found.tag not in BLOCKS:
        parent = found.getparent()
        if parent is None:
            break
        found = parent
    return found


class _Finder:
    def __init__(self, links: Links) -> None:
        self._links = links
        self._order: dict[Element, int] = {}
        self._all: list[Link] = []
        for number, page in enumerate(links.pages):
            for element in page.root.iter():
                self._order[element] = len(self._order)
                if element.tag == "a" and element.get("href"):
                    self._enter(element, number)
        self._to: dict[Element, list[Link]] = {}
        for link in self._all:
            if link.target is not None:
                self._to.setdefault(link.target, []).append(link)
        labelled = (link.target for link in self._all if link.target is not None and _LABEL.fullmatch(link.label))
        self._targets = sorted({self._order[target] for target in labelled})

    def _enter(self, anchor: Element, page: int) -> None:
        key = self._links.key(page, anchor.get("href"))
        if key is not None and key[1] and not _COMMENT.match(anchor.get("href") or ""):
            self._all.append(Link(anchor, page, key, self._links.element(key), text_of(anchor)))

    def found(self) -> Pairs:
        notes: dict[Element, Note] = {}
        dangling = []
        for link in self._all:
            if self._is_back(link) or _is_in_navigation(link.anchor):
                continue
            if link.target is None:
                if _says_reference(link.anchor):
                    dangling.append(link)
                continue
            backs = self._backs(link)
            if self._is_reference(link, backs):
                note = notes.setdefault(link.target, Note(link.target, link.key, link.label))
                note.references.append(link)
                note.backs += [back for back in backs if back not in note.backs]
        anchors = {link.anchor for note in notes.values() for link in note.references}
        for note in notes.values():
            note.backs = [back for back in note.backs if back.anchor not in anchors]
        return Pairs(list(notes.values()), dangling)

    def _is_reference(self, link: Link, backs: list[Link]) -> bool:
        assert link.target is not None
        says = _says_reference(link.anchor)
        if not says and not _LABEL.fullmatch(link.label):
            return False
        block = block_of(link.target)
        if (
            block.tag in HEADINGS
            or block in link.anchor.iterancestors()
            or (block.tag in ("body", "html") and not backs)
        ):
            return False
        if not says and next(link.target.iter(*HEADINGS), None) is not None:
            return False
        if not (says or any(self._points(link, back) for back in backs) or (not backs and self._answers(link, block))):
            return False
        return _has_text(block, link)

    def _points(self, link: Link, back: Link) -> bool:
        """Whether, of two links that point to each other, `link` is the one in the text."""
        if self._is_back(back) or _says_reference(link.anchor):
            return True
        if _says_reference(back.anchor):
            return False
        starts, back_starts = _starts_block(link.anchor), _starts_block(back.anchor)
        if starts != back_starts:
            return back_starts
        return self._order[link.anchor] < self._order[back.anchor]

    def _answers(self, link: Link, block: Element) -> bool:
        """Whether a raised or bracketed number leads on to a block that begins with the same number."""
        assert link.target is not None
        raised = (
            any(above.tag == "sup" for above in link.anchor.iterancestors()) or link.anchor.find(".//sup") is not None
        )
        if not (raised or link.label[:1] in "[(") or self._order[link.target] < self._order[link.anchor]:
            return False
        first = text_of(block).partition(" ")[0]
        return core(first) == core(link.label) and block.tag in ("p", "li", "div", "td", "dt", "aside")

    def _is_back(self, link: Link) -> bool:
        anchor = link.anchor
        if "backlink" in types(anchor) or "referrer" in types(anchor) or classes(anchor) & _BACKS:
            return True
        above = anchor.getparent()
        while above is not None and above.tag not in BLOCKS:
            if classes(above) & _BACKS:
                return True
            above = above.getparent()
        return is_back_text(link.label)

    def _backs(self, link: Link) -> list[Link]:
        """Links from the block that `link` points to, back to where it stands."""
        assert link.target is not None
        start, block = self._order[link.target], block_of(link.target)
        end = bisect_right(self._targets, start)
        stop = self._targets[end] if end < len(self._targets) else len(self._order)
        found = []
        for near in self._near(link.anchor):
            for back in self._to.get(near, ()):
                at = self._order[back.anchor]
                if back is not link and (start <= at < stop or block_of(back.anchor) is block):
                    found.append(back)
        return sorted(found, key=lambda back: self._order[back.anchor])

    def _near(self, anchor: Element) -> list[Element]:
        """The elements a link back to `anchor` may point to: it, what is in it, what is around it up to its block."""
        found = list(anchor.iter())
        above: Element | None = anchor
        while above is not None and above.tag not in BLOCKS:
            before = above.getprevious()
            if before is not None and not (before.tail or "").strip() and not text_of(before):
                found.append(before)
            above = above.getparent()
            if above is not None:
                found.append(above)
        return found


def _says_reference(anchor: Element) -> bool:
    """Whether a link, or the raised number around it, says that it refers to a note."""
    if types(anchor) & _SAY or classes(anchor) & _REFERENCES or anchor.get("rel") == "footnote":
        return True
    above = anchor.getparent()
    if (
        above is not None
        and above.tag == "sup"
        and (types(above) & _SAY or classes(above) & {"reference", *_REFERENCES})
    ):
        return True
    return _WORD.match(anchor.get("href") or "") is not None


def _is_in_navigation(element: Element) -> bool:
    return any(above.tag == "nav" or types(above) & _NAVIGATION for above in element.iterancestors())


def _starts_block(anchor: Element) -> bool:
    """Whether nothing but brackets stands before a link in its block."""
    element = anchor
    while element.tag not in BLOCKS:
        before = element.getprevious()
        while before is not None:
            if text_of(before).strip("[({ ") or (before.tail or "").strip("[({ \n\t\r\xa0"):
                return False
            before = before.getprevious()
        parent = element.getparent()
        if parent is None:
            return True
        if (parent.text or "").strip("[({ \n\t\r\xa0"):
            return False
        element = parent
    return True


def _has_text(block: Element, link: Link) -> bool:
    """Whether a block, or the one after it, has words besides the label of the note."""
    if block.tag in ("dt", "td", "th", "tr"):
        return True
    own = [word for word in words(text_of(block)) if core(word) != core(link.label)]
    following = block.getnext()
    return bool(own) or (link.target is not None and not text_of(link.target) and following is not None)
