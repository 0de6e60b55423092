"""Where words may be divided at the ends of lines: the editor's list, and never the last word of a paragraph.

Knows XHTML trees made ready for paper; knows no layout engine, whose dictionaries divide all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from ..xml import XHTML, Element, local
from .flow import BLOCKS, NOTE

SOFT_HYPHEN, NBSP = "\u00ad", "\u00a0"
_SHORT = 4  # letters and signs: a shorter word does not end a paragraph on a line of its own
_HEAD_ENDS = 12  # letters and signs: a shorter last line of a head is not worth one
_HEADS = re.compile("h[1-6]")
_DIVIDABLE = 6  # letters that a word needs to be divided at all (styles/print.css)

Slot = tuple[Element, str]  # an element, and which text of it: "text" or "tail"


def guard(root: Element, exceptions: Sequence[str]) -> None:
    """Bind the last word of every paragraph, and set what the editor lists as the list has it, in place."""
    for block in [each for each in root.iter() if local(each) in BLOCKS or NOTE in (each.get("class") or "").split()]:
        if _HEADS.fullmatch(local(block)) or "headnote" in (block.get("class") or "").split():
            _bind_head(list(_slots(block)))
        elif local(block) != "pre":
            _bind_end(list(_slots(block)))
    for slot in list(_all_slots(root)) if exceptions else ():
        _divide(slot, exceptions)


def _text(slot: Slot) -> str:
    return getattr(slot[0], slot[1]) or ""


def _slots(block: Element) -> Iterator[Slot]:
    """The texts of a block's own line in order, without nested blocks, notes and their references."""
    yield block, "text"
    for child in block:
        if local(child) in BLOCKS or not local(child):
            pass
        elif not {"noteref", NOTE} & set((child.get("class") or "").split()):
            yield from _slots(child)
        yield child, "tail"


def _all_slots(root: Element) -> Iterator[Slot]:
    for element in root.iter():
        if local(element) and local(element) not in ("pre", "code"):
            yield element, "text"
        if element is not root:
            yield element, "tail"


def _bind_end(slots: list[Slot]) -> None:
    """A short last word keeps with the one before; a long one is not divided."""
    length = 0
    for count, slot in reversed(list(enumerate(slots))):
        text = _text(slot).rstrip(" \n") if not length else _text(slot)
        if not text.strip() and not length:
            continue
        at = text.rfind(" ")
        length += len(text) - at - 1
        if at < 0:
            continue
        if length < _SHORT and at == len(text) - 1 and text[:at].strip():
            _keep_together(slot, text.rfind(" ", 0, at) + 1)
        elif length < _SHORT and (text[:at].strip() or any(_text(before).strip() for before in slots[:count])):
            setattr(slot[0], slot[1], f"{text[:at]}{NBSP}{text[at + 1 :]}{_text(slot)[len(text) :]}")
        elif length == len(text) - at - 1 >= _DIVIDABLE:
            _wrap(slot, at + 1, len(text), "last")
        return


def _bind_head(slots: list[Slot]) -> None:
    """The last words of a head keep together, so that a second line is worth one: and how / they were got."""
    said = [slot for slot in slots if _text(slot).strip()]
    text = _text(said[-1]).rstrip() if said else ""
    at = text.rfind(" ", 0, max(0, len(text) - _HEAD_ENDS))
    if at >= _HEAD_ENDS:
        element, part = said[-1]
        setattr(element, part, text[: at + 1] + text[at + 1 :].replace(" ", NBSP) + _text(said[-1])[len(text) :])


def _keep_together(slot: Slot, start: int) -> None:
    """Put the last word of a text, and the elements behind it, into a span that is not divided."""
    element, part = slot
    parent = element if part == "text" else element.getparent()
    assert parent is not None
    behind = list(element) if part == "text" else list(element.itersiblings())
    made = _wrap(slot, start, len(_text(slot)), "kept")
    made.extend(behind)


def _wrap(slot: Slot, start: int, end: int, kind: str) -> Element:
    """Put a stretch of a text into a span; the text behind it is the span's tail."""
    element, part = slot
    text = _text(slot)
    made = etree.Element(f"{{{XHTML}}}span", {"class": kind})
    made.text, made.tail = text[start:end], text[end:] or None
    if part == "text":
        element.text = text[:start]
        element.insert(0, made)
    else:
        element.tail = None
        element.addnext(made)
        element.tail = text[:start]
    return made


# --- the editor's list


@lru_cache(maxsize=8)
def _pattern(exceptions: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    known = {word.replace("-", "").casefold(): word for word in exceptions}
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE), known


def _divide(slot: Slot, exceptions: Sequence[str]) -> None:
    """Words of the list get soft hyphens where the list has hyphens, and are divided nowhere else."""
    pattern, known = _pattern(tuple(exceptions))
    for match in reversed(list(pattern.finditer(_text(slot)))):
        model = known[match.group().casefold()]
        made = _wrap(slot, *match.span(), "divided" if "-" in model else "whole")
        made.text = _with_points(match.group(), model)


def _with_points(word: str, model: str) -> str:
    letters = iter(word)
    return "".join(SOFT_HYPHEN if char == "-" else next(letters) for char in model)
