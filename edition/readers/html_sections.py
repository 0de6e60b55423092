"""Sections from headings: flat blocks become nested divs.

Knows TEI blocks and the levels of heads; must not know where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ..words import words
from ..xml import Element, add, add_text, local, tei
from .html_work import Work

# A single highest heading over so many words is the title of a book, not of a chapter.
BOOK = 15_000
_FEW = 6  # words of a line over the first heading that belong to it


def sections(work: Work, flat: Sequence[Element]) -> list[Element]:
    """Blocks and divs made of blocks and heads in their order (docs/architecture.md, "What readers emit")."""
    blocks = _with_whole_headings(work, _without_rules(work, flat))
    _as_book(work, blocks)
    top: list[Element] = []
    opened: list[tuple[int, Element]] = []
    for block in blocks:
        level = work.levels.get(block)
        if level is not None:
            while opened and opened[-1][0] >= level:
                opened.pop()
            div = tei("div", {}, block)
            work.blocks[div] = work.blocks[block]
            work.page_of[div] = work.page_of[block]
            (opened[-1][1].append if opened else top.append)(div)
            opened.append((level, div))
        else:
            (opened[-1][1].append if opened else top.append)(block)
    return top


def _with_whole_headings(work: Work, blocks: list[Element]) -> list[Element]:
    """Blocks in which headings without text between them are one,
    unless the second is one of several under the first."""
    _fold_first_line(work, blocks)
    at = 0
    while at + 1 < len(blocks):
        first, second = blocks[at], blocks[at + 1]
        if first in work.levels and second in work.levels and not _is_hierarchy(work, blocks, at):
            work.levels[first] = min(work.levels[first], work.levels[second])
            _join(work, first, second)
            del blocks[at + 1]
        else:
            at += 1
    last = blocks[-1] if len(blocks) > 1 else None
    if last is not None and last in work.levels and any(block not in work.levels for block in blocks):
        blocks[-1] = _as_paragraph(work, last)
    return blocks


def _without_rules(work: Work, flat: Sequence[Element]) -> list[Element]:
    """Blocks without lines at the beginning or the end of a section, and without one line after another."""
    found: list[Element] = []
    for block in flat:
        is_rule = local(block) == "milestone"
        if is_rule and (not found or found[-1] in work.levels or local(found[-1]) == "milestone"):
            continue
        if block in work.levels and found and local(found[-1]) == "milestone":
            found.pop()
        found.append(block)
    if found and local(found[-1]) == "milestone":
        found.pop()
    return found


def _is_hierarchy(work: Work, blocks: Sequence[Element], at: int) -> bool:
    """Whether the heading after `at` is the first of several of its level under the one at `at`."""
    outer, inner = work.levels[blocks[at]], work.levels[blocks[at + 1]]
    if inner <= outer:
        return False
    for block in blocks[at + 2 :]:
        level = work.levels.get(block)
        if level is not None and level <= outer:
            return False
        if level == inner:
            return True
    return False


def _fold_first_line(work: Work, blocks: list[Element]) -> None:
    """A short line over the first heading (a number, a name) becomes part of it."""
    if len(blocks) < 2 or local(blocks[0]) != "p" or blocks[1] not in work.levels:
        return
    first, head = blocks[0], blocks[1]
    if len(words("".join(first.itertext()))) > _FEW or any(local(kid) in ("note", "figure") for kid in first.iter()):
        return
    joined = work.take_place(tei("head", {}, first.text or "", *list(first)), first)
    work.levels[joined], work.made_from[joined] = work.levels[head], work.made_from[head]
    _join(work, joined, head)
    blocks[:2] = [joined]


def _join(work: Work, first: Element, second: Element) -> None:
    """One heading of two lines."""
    work.tally("headings").add(work.page_of[second], work.made_from[second])
    first.append(tei("lb"))
    add_text(first, "\n" + (second.text or ""))
    add(first, *list(second))
    work.move_names(second, first)


def _as_paragraph(work: Work, head: Element) -> Element:
    """A heading with nothing under it is a line of its own."""
    made = tei("p", {}, tei("hi", {"rend": "bold"}, head.text or "", *list(head)))
    work.take_place(made, head)
    return made


def _as_book(work: Work, blocks: Sequence[Element]) -> None:
    """Raise the headings of a whole book: its title is not what its chapters are parts of."""
    heads = [block for block in blocks if block in work.levels]
    if len(heads) < 4 or blocks[0] is not heads[0]:
        return
    highest = work.levels[heads[0]]
    below = min(work.levels[head] for head in heads[1:])
    if below <= highest or sum(work.levels[head] == below for head in heads) < 3:
        return
    lengths = accumulate(len(words("".join(block.itertext()))) for block in blocks)
    if not any(length >= BOOK for length in lengths):
        return
    work.levels[heads[0]] = below
    work.tally("book").add(work.page_of[heads[0]], work.made_from[heads[0]])


def deepest_div(top: Sequence[Element]) -> Element | None:
    """The div in which text that follows would stand."""
    found = None
    last = top[-1] if len(top) else None
    while last is not None and local(last) == "div":
        found = last
        last = found[-1] if len(found) else None
    return found
