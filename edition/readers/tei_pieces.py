"""Trees being written: the phrases of a block, which a block in their midst cuts in two; the blocks of a container.

White space is put in order here: runs of it are one space, none stands at an edge, none before a note.
Knows the normal form; knows no source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from msgspec import Struct

from ..xml import ID, Element, local, tei
from .tei_elements import CUTTABLE

_SPACE = re.compile(r"[ \t\r\n]+")
_CLOSING = tuple(".,;:!?)]}»”’…")
_HYPHENS = ("-", "\u2010", "\u00ac", "\u00ad")
# Signs that are no words: a block that holds nothing else is empty, and they go into the next.
SIGNS = ("pb", "anchor", "milestone")

Slot = tuple[Element, str]


class _Spacing(Struct):
    """What comes before the next text: `bare`, no space is wanted; `owed`, one was taken from before a note; `joining`,
    a word goes on; `last`, where the last space was put, if nothing came after it."""

    bare: bool = True
    owed: bool = False
    joining: bool = False
    last: Slot | None = None


class Phrases:
    """The content of one block. With a `flow`, it may be cut: what is written so far goes there as a piece."""

    def __init__(self, holder: Element, flow: Flow | None = None, preserved: bool = False) -> None:
        self.holder = holder
        self.flow = flow
        self.solid = False
        self._preserved = preserved
        self._pieces: list[Element] = []
        self._stack = [holder]
        self._space = _Spacing()

    @property
    def top(self) -> Element:
        return self._stack[-1]

    def within(self, *names: str) -> bool:
        """Whether an element of these names is open."""
        return any(local(element) in names for element in self._stack)

    # --- writing

    def text(self, text: str | None) -> None:
        text = text or ""
        if self._preserved:
            self._add(text)
            return
        text = _SPACE.sub(" ", text)
        space = self._space
        if space.bare or space.joining:
            text = text.lstrip(" ")
        if not text:
            return
        if space.owed and not text.startswith((" ", *_CLOSING)):
            text = f" {text}"
        slot = self._add(text)
        ends = text.endswith(" ")
        self._space = _Spacing(bare=ends, last=slot if ends else None)

    def _add(self, text: str) -> Slot:
        slot = _slot(self.top)
        setattr(slot[0], slot[1], (getattr(*slot) or "") + text)
        self.solid = self.solid or bool(text.strip())
        return slot

    def open(self, element: Element) -> None:
        self.top.append(element)
        self._stack.append(element)

    def close(self) -> None:
        """Close the innermost element; an empty one goes."""
        element = self._stack.pop()
        if not len(element) and not element.text:
            self.top.remove(element)

    def aside(self, write: Callable[[], None]) -> None:
        """Write what is no part of the reading text: the spaces around it are as if it were not there."""
        before = self._space
        self._space = _Spacing(before.bare)
        write()
        self._space = _Spacing(before.bare, before.owed, before.joining)

    def resume(self) -> None:
        """Go on after alternatives, each of which was written aside."""
        self._space = _Spacing(bare=False)

    def point(self, element: Element) -> None:
        """An element without text of this flow: a break, a note, a pointer."""
        name = local(element)
        if name == "lb":
            self._strip()
            self._space = _Spacing()
        elif name == "note" and self._space.last is not None:
            self._strip()
            self._space = _Spacing(bare=False, owed=True)
        elif name not in SIGNS:
            self._space = _Spacing(self._space.bare and name == "note", self._space.owed)
        self.top.append(element)
        self.solid = self.solid or name not in (*SIGNS, "lb")

    def join(self) -> None:
        """A word goes on: take back a space, and a hyphen, at the end of what is written."""
        self._strip()
        slot = _slot(self.top)
        text = getattr(*slot) or ""
        if text.endswith(_HYPHENS):
            setattr(*slot, text[:-1])
        self._space = _Spacing(joining=True, bare=self._space.bare)

    def _strip(self) -> None:
        if self._space.last is not None:
            slot = self._space.last
            setattr(*slot, (getattr(*slot) or "").removesuffix(" ") or None)
        self._space.last = None

    # --- pieces

    def can_be_cut(self) -> bool:
        return self.flow is not None and all(local(element) in CUTTABLE for element in self._stack[1:])

    def cut(self) -> None:
        """End the piece; what comes next is written into another of the same kind, with the same elements open."""
        chain = [_like(element) for element in self._stack[1:]]
        self.holder = _like(self.holder) if self._end_piece() else self.holder
        self._stack = [self.holder]
        for element in chain:
            self.open(element)

    def _end_piece(self) -> bool:
        """Whether the piece is worth keeping; signs in one that is not are left for the next block."""
        self._strip()
        for element in reversed(self._stack[1:]):
            if not len(element) and not element.text:
                element.getparent().remove(element)  # type: ignore[union-attr]
        while len(self.holder) and local(self.holder[-1]) == "lb" and not self.holder[-1].tail:
            self.holder.remove(self.holder[-1])
        solid, self.solid, self._space = self.solid, False, _Spacing()
        if solid:
            self._pieces.append(self.holder)
            if self.flow is not None:
                self.flow.append(self.holder)
            return True
        if self.flow is not None:
            self.flow.pending += [sign for sign in self.holder.iter() if local(sign) in SIGNS]
        _empty(self.holder)
        return False

    def end(self) -> bool:
        """The last piece; of several, each says which part of the whole it is. Whether there is anything."""
        self._end_piece()
        if len(self._pieces) > 1:
            for count, piece in enumerate(self._pieces):
                piece.set("part", "I" if not count else "F" if count == len(self._pieces) - 1 else "M")
        return bool(self._pieces)


def _slot(element: Element) -> Slot:
    """Where text goes that is written next into an element."""
    return (element[-1], "tail") if len(element) else (element, "text")


def _like(element: Element) -> Element:
    return tei(local(element), {str(k): str(v) for k, v in element.attrib.items() if k != ID})


def _empty(element: Element) -> None:
    element.text = None
    for kid in list(element):
        kid.tail = None
        element.remove(kid)


class Flow(Struct):
    """A container being filled with blocks. Loose text in it becomes blocks made by `wrap`.

    A container that takes some blocks only (`accepts`) ends where another comes: that goes to the flow around it
    (`outer`), and a second container goes on behind. `pending` are signs that wait for the next text.
    """

    parent: Element
    wrap: Callable[[], Element]
    pending: list[Element]
    outer: Flow | None = None
    accepts: Collection[str] | None = None
    run: Phrases | None = None

    def loose(self) -> Phrases:
        """The block that loose text is written into."""
        if self.run is None:
            self.run = self.phrases(self.wrap(), cuttable=True)
        return self.run

    def phrases(self, holder: Element, *, cuttable: bool = False, preserved: bool = False) -> Phrases:
        """A new block's content, beginning with the signs that wait."""
        made = Phrases(holder, self if cuttable else None, preserved)
        waiting, self.pending[:] = list(self.pending), []
        for sign in waiting:
            sign.tail = None
            made.point(sign)
        return made

    def flush(self) -> None:
        """End the block of loose text."""
        if self.run is not None:
            run, self.run = self.run, None
            run.end()

    def append(self, block: Element) -> None:
        if self.run is not None and block is not self.run.holder:
            self.flush()
        if self.accepts is None or self.outer is None or local(block) in self.accepts:
            self.parent.append(block)
            return
        if len(self.parent):
            self.outer.append(self.parent)
            self.parent = _like(self.parent)
        self.outer.append(block)

    def end(self) -> None:
        """Put the container, if anything is in it, where it belongs."""
        self.flush()
        if self.outer is not None and len(self.parent):
            self.outer.append(self.parent)
