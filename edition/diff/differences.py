"""Two versions of an edition compared, as a reader would see it: words, notes, names, events, pages, ids.

Knows two TEI documents of ours and their maps of pages; knows no folder, no version control and no console. Paragraphs
are matched by their ids, which outlive edits, so that what was moved is not taken for new.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct, field, to_builtins

from ..book import PageMap
from ..normal.vocabulary import blocks
from ..passes.releases import moved
from ..passes.spans import flow
from ..words import words
from ..xml import ID, Element, all_named, child, local, parse

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")

Piece = tuple[str, str]  # "same" | "old" | "new", and the text


class Side(Struct, frozen=True):
    """One version: what it is called, its TEI, its pages if they are known."""

    name: str
    tei: bytes
    pages: PageMap | None = None


class Block(Struct, frozen=True):
    """A paragraph (head, line, item …) or a note: its words, and where it stands."""

    id: str
    kind: str  # text | note
    text: str
    unit: str  # the title of its chapter
    order: int
    number: str = ""  # of a note


class Change(Struct, frozen=True):
    """A paragraph or note that is not what it was; pages are "" where they are not known."""

    what: str  # changed | new | gone
    block: Block
    pieces: tuple[Piece, ...]
    page_before: str = ""
    page_after: str = ""


class Entry(Struct, frozen=True):
    """Something of a register that is new, gone or changed: "before" and "after" as they are said."""

    what: str
    id: str
    before: str
    after: str


class Differences(Struct):
    """All of it, in the order of the new text; what is gone stands where it stood."""

    old: str
    new: str
    text: list[Change] = field(default_factory=list)
    notes: list[Change] = field(default_factory=list)
    names: list[Entry] = field(default_factory=list)
    events: list[Entry] = field(default_factory=list)
    pages: str = ""  # labels of pages that begin elsewhere
    renumbered: int = 0  # paragraphs and notes whose page number is another
    gone: list[str] = field(default_factory=list)  # ids

    def __bool__(self) -> bool:
        return bool(self.text or self.notes or self.names or self.events or self.pages or self.gone)


def compare(old: Side, new: Side) -> Differences:
    """What a reader of `old` would notice in `new`."""
    one, two = parse(old.tei), parse(new.tei)
    before, after = _blocks(one), _blocks(two)
    now = _aliases(two)
    found = Differences(old.name, new.name)
    for change in _changes(before, after, now, old.pages, new.pages):
        (found.notes if change.block.kind == "note" else found.text).append(change)
    found.names = _entries(_people(one), _people(two)) + _mentions(one, two)
    found.events = _entries(_events(one), _events(two))
    ids = {element.get(ID) for element in two.iter() if isinstance(element.tag, str)}
    found.gone = [block.id for block in before.values() if block.id not in ids]
    if old.pages and new.pages:
        found.pages = moved(old.pages, new.pages)
        pairs = ((old.pages.label(name), new.pages.label(now.get(name, name))) for name in before)
        found.renumbered = sum(1 for then, today in pairs if then and today and then != today)
    return found


# --- paragraphs and notes


def _blocks(root: Element) -> dict[str, Block]:
    """Every block that has words of its own, and every note, by id, in order."""
    found: dict[str, Block] = {}
    for zone in all_named(root, "front", "body", "back"):
        for unit in zone:
            title = _title(unit)
            for element in blocks(unit):
                name, kind = element.get(ID), "note" if local(element) == "note" else "text"
                text = " ".join((_whole(element) if kind == "note" else flow(element).text).split())
                if name and words(text) and not (kind == "text" and _in_note(element)):
                    found[name] = Block(name, kind, text, title, len(found), element.get("n") or "")
    return found


def _title(unit: Element) -> str:
    head = child(unit, "head")
    return " ".join(flow(head).text.split()) if head is not None else ""


def _whole(note: Element) -> str:
    return " ".join("".join(note.itertext()).split())


def _in_note(element: Element) -> bool:
    return any(local(above) == "note" for above in element.iterancestors())


def _aliases(root: Element) -> dict[str, str]:
    """Former ids -> the ids that stand for them now."""
    anchors = (anchor for anchor in all_named(root, "anchor") if anchor.get("type") == "alias")
    return {anchor.get(ID, ""): anchor.get("corresp", "")[1:] for anchor in anchors}


def _changes(
    before: Mapping[str, Block],
    after: Mapping[str, Block],
    now: Mapping[str, str],
    pages_before: PageMap | None,
    pages_after: PageMap | None,
) -> list[Change]:
    """In the order of the new text; what is gone, after what it stood after."""
    came_from = {today: name for name, today in now.items() if name in before and today not in before}
    found: list[tuple[tuple[int, int], Change]] = []
    for name, block in after.items():
        was = before.get(name) or before.get(came_from.get(name, ""))
        if was is None:
            pieces: tuple[Piece, ...] = (("new", block.text),)
            found.append(((block.order, 0), Change("new", block, pieces, "", _label(pages_after, name))))
        elif was.text != block.text:
            where = _label(pages_before, was.id), _label(pages_after, name)
            found.append(((block.order, 0), Change("changed", block, word_by_word(was.text, block.text), *where)))
    place = -1
    for name, block in before.items():
        if name in after or now.get(name) in after:
            place = after[name if name in after else now[name]].order
        if name not in after and (now.get(name) not in after or came_from.get(now[name]) != name):
            change = Change("gone", block, (("old", block.text),), _label(pages_before, name), "")
            found.append(((place, 1 + block.order), change))
    return [change for _, change in sorted(found, key=lambda pair: pair[0])]


def _label(pages: PageMap | None, name: str) -> str:
    return pages.label(name) if pages else ""


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that are the same, old and new, in order; words are never cut."""
    one, two = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []
    for how, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if how == "equal":
            pieces.append(("same", "".join(one[a:b])))
            continue
        pieces += [("old", "".join(one[a:b]))] * (a < b) + [("new", "".join(two[c:d]))] * (c < d)
    return tuple(_joined(pieces))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes that only a space parts are one: “for *a b* read *c d*”, not two corrections."""
    old = new = ""
    for k, (how, text) in enumerate(pieces):
        between = how == "same" and not text.strip() and (old or new) and k + 1 < len(pieces)
        if how == "old" or between:
            old += text
        if how == "new" or between:
            new += text
        if how == "same" and not between:
            yield from ((kind, said) for kind, said in (("old", old), ("new", new)) if said)
            old = new = ""
            yield how, text
    yield from ((kind, said) for kind, said in (("old", old), ("new", new)) if said)


# --- registers


def _entries(before: Mapping[str, str], after: Mapping[str, str]) -> list[Entry]:
    found = [Entry("gone", name, told, "") for name, told in before.items() if name not in after]
    for name, told in after.items():
        was = before.get(name)
        if was != told:
            found.append(Entry("new" if was is None else "changed", name, was or "", told))
    return found


def _people(root: Element) -> dict[str, str]:
    return _register(root, "person", lambda person: _whole(person))


def _events(root: Element) -> dict[str, str]:
    def told(event: Element) -> str:
        dates = [event.get(name, "") for name in ("when", "from", "to", "notBefore", "notAfter") if event.get(name)]
        return " ".join(filter(None, (" – ".join(dates), _whole(event))))

    return _register(root, "event", told)


def _register(root: Element, name: str, told: Callable[[Element], str]) -> dict[str, str]:
    return {entry.get(ID, ""): told(entry) for entry in all_named(root, name)}


def _mentions(one: Element, two: Element) -> list[Entry]:
    """Names that the text has more or less often."""
    before, after = _counts(one), _counts(two)
    return [
        Entry("mentions", name, str(before[name]), str(after[name]))
        for name in sorted({*before, *after})
        if before[name] != after[name]
    ]


def _counts(root: Element) -> Counter[str]:
    named = all_named(root, "persName", "placeName", "orgName", "rs")
    return Counter(element.get("ref", "")[1:] for element in named if element.get("ref", "").startswith("#"))


def as_json(found: Differences) -> dict[str, Any]:
    told: dict[str, Any] = to_builtins(found)
    return told
