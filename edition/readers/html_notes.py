"""The text of notes: where on its page each ends, taken out of the page, without its number and its links back.

Knows plain trees and the pairs found in them; must not know TEI. Changes the trees it is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from lxml import etree
from msgspec import Struct

from ..words import words
from ..xml import Element
from .html_names import BLOCKS, HEADINGS, classes, count, detach, pieces, text_of, tokens, top, types
from .note_pairs import Note, block_of, core, is_back_text

_BRACKETS_LEFT = re.compile(r"^\s*(?:[\[({<]\s*[\])}>][.:]?|[\])}.:](?=\s|$))\s*")
_BRACKETS_AT_END = re.compile(r"\s*[\[({]\s*[\])}]\s*$")
_MARKS_ONLY = re.compile(r"(?:[\s\W]|jump up(?: to)?)*", re.IGNORECASE)
_NOTE_WORD = re.compile(
    r"(?:foot|end|rear|side)?notes?\d*|fn\d*|ftn\d*|edn\d*|fußnoten?|annotations?|anm\w*|references?|reflist"
)
_WHOLE = ("body", "html", "main", "article", "ol", "ul", "dl", "table", "tbody", "thead", "tr")
_LONGEST_HEADING = 5  # words of a heading that goes with the notes under it


class Gaps(Struct, frozen=True):
    """Where notes stood: the elements before them, and those around them."""

    before: tuple[Element, ...]
    around: tuple[Element, ...]


def take(notes: Sequence[Note]) -> Gaps:
    """Fill in `roots`, `body` and `left_out` of notes, and take them out of their pages."""
    _Extents(notes).find()
    before = [root.getprevious() for note in notes for root in note.roots[:1]]
    around = [root.getparent() for note in notes for root in note.roots]
    for note in notes:
        _lift(note)
    for note in notes:
        _clean(note)
        for link in note.references:
            _without_brackets(link.anchor)
    return Gaps(*(tuple(e for e in dict.fromkeys(row) if e is not None) for row in (before, around)))


def close(gaps: Gaps, roots: Sequence[Element]) -> list[Element]:
    """Take out the headings ("Notes") and lines of pages that stand over nothing now, and give the headings."""
    before, around = ([e for e in row if top(e) in roots] for row in (gaps.before, gaps.around))
    alone = [heading for element in before for heading in _left_before(element)]
    return alone + [heading for parent in around for heading in _hollow(parent)]


class _Extents:
    """What on its page belongs to each note."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self._notes = notes
        self._targets = {note.target for note in notes}
        self._held: Counter[Element] = Counter()  # notes in an element
        self._references: Counter[Element] = Counter()  # references in an element
        for note in notes:
            self._held.update([note.target, *note.target.iterancestors()])
            for link in note.references:
                self._references.update([link.anchor, *link.anchor.iterancestors()])

    def find(self) -> None:
        for note in self._notes:
            start = _start(note.target)
            if self._held[start] > 1 or start.tag in ("body", "html") or self._holds_own(start, note):
                note.roots = self._run(note.target, start)
            elif start.tag == "dt":
                note.roots = [start, *_following(start, "dd")]
            elif start.tag in ("td", "th"):
                row = start.getparent()
                note.roots = [row] if row is not None and self._held[row] == 1 else [start]
            else:
                whole = self._whole(start, note)
                note.roots = [whole, *self._continued(whole)]

    def _holds_own(self, element: Element, note: Note) -> bool:
        """Whether a note's own reference stands in an element."""
        if not self._references[element]:
            return False
        return any(element in link.anchor.iterancestors() for link in note.references)

    def _run(self, target: Element, holder: Element) -> list[Element]:
        """A note that shares its block with others: what stands from its target to the next, as a <p> of its own."""
        first = target
        while (parent := first.getparent()) is not None and parent is not holder:
            first = parent
        made = etree.Element("p")
        made.sourceline = first.sourceline  # type: ignore[misc]
        following = [first]
        for sibling in first.itersiblings():
            if self._held[sibling] or sibling.tag in BLOCKS or self._references[sibling]:
                break
            following.append(sibling)
        first.addprevious(made)
        for element in following:
            made.append(element)
        return [made]

    def _whole(self, start: Element, note: Note) -> Element:
        """The outermost element that is this note and nothing else."""
        node = start
        while not (_is_note(node) and node.tag in ("li", "aside", "div", "section")) or node.tag == "p":
            parent = node.getparent()
            if parent is None or parent.tag in _WHOLE or self._held[parent] != 1 or self._holds_own(parent, note):
                break
            if any(kid.tag in HEADINGS or kid.tag == "hr" for kid in parent):
                break
            alone = not any(text_of(kid) for kid in parent if kid is not node)
            first = next((kid for kid in parent if text_of(kid)), None) is node
            if not (parent.tag in ("li", "aside", "dd") or alone or (first and _is_note(parent))):
                break
            node = parent
        return node

    def _continued(self, whole: Element) -> list[Element]:
        """Further paragraphs of a note: siblings of its class, or anything up to the next note in a list of notes."""
        if whole.tag != "p":
            return []
        parent = whole.getparent()
        in_list = parent is not None and _is_note(parent)
        found: list[Element] = []
        ends_at_note = False
        for sibling in whole.itersiblings():
            ends_at_note = bool(self._held[sibling])
            if ends_at_note or sibling.tag in HEADINGS or sibling.tag in ("hr", "section") or self._references[sibling]:
                break
            found.append(sibling)
        own = whole.get("class")
        if in_list and ends_at_note:
            return found
        alike = []
        for sibling in found:
            if not own or sibling.get("class") != own:
                break
            alike.append(sibling)
        return alike


def _start(target: Element) -> Element:
    """The block at which a note begins."""
    block = block_of(target)
    if block is target or text_of(target):
        return block
    top = target
    while (parent := top.getparent()) is not None and parent is not block:
        top = parent
    following = top.getnext()
    is_bare = following is not None and following.tag in BLOCKS and not (top.tail or "").strip()
    return following if is_bare and following is not None else block


def _is_note(element: Element) -> bool:
    """Whether an element says, by type, class or id, that it has to do with notes."""
    if types(element) & {"footnote", "endnote", "rearnote", "footnotes", "endnotes", "rearnotes", "note"}:
        return True
    said = (
        classes(element) | tokens(element.get("id")) | tokens((element.get("style") or "").replace("mso-element:", ""))
    )
    return any(_NOTE_WORD.fullmatch(part) for token in said for part in re.split("[^a-zß0-9]+", token) if part)


def _following(element: Element, name: str) -> list[Element]:
    found = []
    for sibling in element.itersiblings():
        if sibling.tag != name:
            break
        found.append(sibling)
    return found


# --- taking notes out


def _lift(note: Note) -> None:
    """Move a note's roots into one <div>."""
    body = etree.Element("div")
    body.sourceline = note.roots[0].sourceline  # type: ignore[misc]
    for root in note.roots:
        detach(root)
        if root.tag == "dt" and not text_of(root).strip("[](). ").removeprefix(core(note.label)):
            note.left_out.append(text_of(root))
            continue
        kids = list(root) if root.tag == "tr" else [root]
        for kid in kids:
            if kid.tag in ("li", "aside", "dd", "dt", "td", "th", "section"):
                kid.tag = "div"
            body.append(kid)
    note.body = body


def _clean(note: Note) -> None:
    """Take a note's links back, and its number, out of its text."""
    assert note.body is not None
    note.left_out.append(note.label)  # a second reference keeps it
    anchors = _back_anchors(note)
    had_label = False
    for anchor in anchors:
        if note.body not in anchor.iterancestors():
            continue
        text = text_of(anchor)
        if not is_back_text(text) and core(text) != core(note.label) and len(words(text)) > 1:
            anchor.tag = "span"
            anchor.attrib.pop("href", None)
            continue
        had_label |= core(text) == core(note.label)
        wrapper = _wrapper(anchor, set(anchors))
        note.left_out.append(text_of(wrapper))
        detach(wrapper)
    _strip(note.body, _BRACKETS_AT_END, -1)
    if had_label:
        _strip(note.body, _BRACKETS_LEFT, 0)
    else:
        _without_label(note)


def _back_anchors(note: Note) -> list[Element]:
    """The links of a note's text that lead back to a reference, or say they do."""
    assert note.body is not None
    known = {link.anchor for link in note.backs}
    says = {"footnote-back", "reversefootnote"}
    return [a for a in note.body.iter("a") if a in known or "backlink" in types(a) or classes(a) & says]


def _wrapper(anchor: Element, anchors: set[Element]) -> Element:
    """What is around a link back and holds nothing else but brackets, arrows and other such links."""
    found = anchor
    while (parent := found.getparent()) is not None and parent.tag not in BLOCKS:
        rest = "".join(_rest(parent, anchors))
        if not _MARKS_ONLY.fullmatch(rest):
            break
        found = parent
    return found


def _rest(element: Element, leave: set[Element]) -> Iterable[str]:
    """The text of an element without that of some of its descendants."""
    yield element.text or ""
    for kid in element:
        if kid not in leave:
            yield from _rest(kid, leave)
        yield kid.tail or ""


def _texts(element: Element) -> list[tuple[Element, str]]:
    """Where text stands: (element, "text" or "tail"), in order."""
    found = [(element, "text")]
    for kid in element:
        found += _texts(kid)
        found.append((kid, "tail"))
    return found


def _strip(body: Element, pattern: re.Pattern[str], which: int) -> None:
    """Take away what a pattern finds in the first text of a note (`which` = 0) or its last (-1)."""
    spots = [spot for spot in _texts(body) if (getattr(*spot) or "").strip()]
    if spots:
        owner, part = spots[which]
        setattr(owner, part, pattern.sub("", getattr(owner, part)) or None)


def _without_brackets(reference: Element) -> None:
    """Take away brackets in the text around a reference."""
    parent, before = reference.getparent(), reference.getprevious()
    if parent is None:
        return
    owner, part = (parent, "text") if before is None else (before, "tail")
    text, tail = getattr(owner, part) or "", reference.tail or ""
    if text[-1:] + tail[:1] in ("[]", "()", "{}"):
        setattr(owner, part, text[:-1] or None)
        reference.tail = tail[1:] or None


def _without_label(note: Note) -> None:
    """Take away the number a note begins with, where it is no link."""
    assert note.body is not None
    label = core(note.label)
    spot = next((spot for spot in _texts(note.body) if (getattr(*spot) or "").strip()), None)
    if spot is None or not label:
        return
    text = getattr(*spot)
    ends = r"[\])}][.:]?|[.:)]|$" + ("" if label.isalpha() else r"|(?=\s)")
    match = re.match(rf"\s*[\[({{]?\s*({re.escape(label)})\s*(?:{ends})\s*", text, re.IGNORECASE)
    if match is None:
        return
    note.left_out.append(match[1])
    setattr(*spot, text[match.end() :] or None)
    if match.end() == len(text):
        _strip(note.body, _BRACKETS_LEFT, 0)


# --- what notes leave behind


def _hollow(parent: Element) -> list[Element]:
    """Take out what holds no text any more but, perhaps, the heading over the notes; give that heading."""
    found: list[Element] = []
    node: Element | None = parent
    while node is not None and node.tag not in ("body", "html", "main", "article"):
        above = node.getparent()
        headings = [kid for kid in node.iter(*HEADINGS) if text_of(kid)]
        rest = len(words("".join(pieces(node)))) - count(headings)
        if above is None or rest or len(headings) > 1 or next(node.iter("img", "svg"), None) is not None:
            break
        if headings and count(headings) > _LONGEST_HEADING:
            break
        found += [heading for heading in headings if heading not in found]
        before = node.getprevious()
        detach(node)
        if before is not None:
            found += _left_before(before)
        node = above
    return found


def _left_before(element: Element) -> list[Element]:
    """Take out a line or a heading with no text under it any more; give the heading."""
    node: Element | None = element
    while node is not None and node.getparent() is not None and not _has_text_after(node):
        before = node.getprevious()
        if node.tag == "hr" or (node.tag in BLOCKS and not text_of(node) and not len(node)):
            detach(node)
            node = before
            continue
        headings = [node] if node.tag in HEADINGS else list(node.iter(*HEADINGS))
        is_heading = len(headings) == 1 and text_of(node) == text_of(headings[0])
        if is_heading and 0 < count(headings) <= _LONGEST_HEADING:
            detach(node)
            return headings
        break
    return []


def _has_text_after(element: Element) -> bool:
    """Whether text follows an element among its siblings, up to the next heading."""
    if (element.tail or "").strip():
        return True
    for sibling in element.itersiblings():
        if sibling.tag in HEADINGS:
            return False
        if (
            text_of(sibling)
            or (sibling.tail or "").strip()
            or next(sibling.iter("img", "svg", *HEADINGS), None) is not None
        ):
            return True
    return False


# --- notes that nothing refers to


def orphans(root: Element, families: set[tuple[str, str]]) -> list[Element]:
    """What is left of notes on a page: elements that say they are one, and those like the notes that were taken."""
    found: list[Element] = []
    for element in root.iter("li", "aside", "p", "div", "section"):
        says = bool(types(element) & {"footnote", "endnote", "rearnote"})
        alike = (str(element.tag), element.get("class") or "") in families and _is_note(element)
        if (says or alike) and text_of(element) and not any(above in found for above in element.iterancestors()):
            found.append(element)
    return found


def family(note: Note) -> tuple[str, str]:
    """Name and class of the block that a note begins with, before it is taken out."""
    element = block_of(note.target)
    return str(element.tag), element.get("class") or ""
