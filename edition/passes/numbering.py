"""Heads, notes and targets of a unit, and the numbers they get: chapters, and notes per chapter or per book,
each series by itself.

`facts` tells what a unit holds, `chapter_numbers` and `note_labels` number the whole edition, `resolve` writes @n,
`number_paragraphs` that of paragraphs, by which every output can be cited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from ..book import Facts, Figure, Head, Target, UnitPlan
from ..normal.vocabulary import ALIAS, APART, NAMES, blocks, is_within_unread, standing
from ..wording.marks import mark
from ..words import words
from ..xml import ID, LANG, Element, all_named, child, local
from .spans import flow

_OPENING = 40  # characters


def facts(unit: Element, key: str, language: str) -> dict[str, Any]:
    """The plain part of a unit's Facts: all but names and dates."""
    found = heads(unit)
    own = found[0] if found and found[0].level == 1 else Head(unit.get(ID, ""), 1, "")
    return {
        "unit": key,
        "id": unit.get(ID, ""),
        "title": own.text,
        "short": own.short,
        "language": language,
        "languages": languages(unit, language),
        "heads": found,
        "targets": targets(unit, key),
        "notes": notes(unit),
        "series": {note.get(ID, ""): note.get("type", "") for note in all_named(unit, *APART) if note.get("type")},
        "aliases": aliases(unit),
        "figures": figures(unit),
        "opening": "" if own.text else opening(unit),
    }


def length(unit: Element) -> int:
    """How many words a unit has."""
    return sum(len(words(flow(block).text)) for block in blocks(unit))


def opening(unit: Element) -> str:
    """What stands for the title of a unit that has none, as first lines do for poems: its first words, or a head within
    it."""
    shown = (" ".join(flow(block).text.replace("\x1f", "").split()) for block in blocks(unit))
    first = next((text for text in shown if words(text)), "")
    if len(first) <= _OPENING:
        return first
    from textwrap import shorten

    return shorten(first, _OPENING, placeholder="").rstrip(" ,;:.–—-") + " …"


def heads(unit: Element) -> tuple[Head, ...]:
    """The headings of a unit in order; depth 1 is the unit's own."""
    found = []
    for div in all_named(unit, "div"):
        head = child(div, "head")
        if head is not None:
            depth = sum(1 for above in div.iterancestors() if local(above) == "div") + 1
            found.append(Head(div.get(ID, ""), depth, head_text(head), short_form(div)))
    return tuple(found)


def head_text(head: Element) -> str:
    return " ".join(flow(head).text.replace("\x1f", "").split())


def short_form(div: Element) -> str:
    """The short form of a div's head, which running heads use; "" if it has none."""
    return next((head_text(kid) for kid in div if local(kid) == "head" and kid.get("type") == "short"), "")


def figures(unit: Element) -> tuple[Figure, ...]:
    """The figures of a unit that stand among blocks, in order."""
    found = []
    for figure in all_named(unit, "figure"):
        head = child(figure, "head")
        said = (" ".join("".join(kid.itertext()).split()) for kid in figure if local(kid) == "bibl")
        if figure.get(ID) and not is_within_unread(figure):
            found.append(Figure(figure.get(ID, ""), head_text(head) if head is not None else "", ". ".join(said)))
    return tuple(found)


def targets(unit: Element, key: str) -> tuple[Target, ...]:
    """Everything in a unit that can be referred to."""
    found, paragraph = [], 0
    for element in blocks(unit):
        kind = local(element)
        _, note = standing(element)
        if _is_counted(element, note):
            paragraph += 1
        if kind == "head" and element.get("type") == "short":
            continue
        head = child(element, "head") if kind == "div" else None
        text = "" if head is None else head_text(head)
        found.append(Target(element.get(ID, ""), key, kind, text, "", note if kind != "note" else "", paragraph))
    where = {target.id: target for target in found}
    for inline in all_named(unit, *NAMES, "date", "anchor", "index", "term", "bibl", "choice"):
        if inline.get("type") == ALIAS or not inline.get(ID) or is_within_unread(inline):
            continue
        block, note = standing(inline)
        paragraph = where[block].paragraph if block in where else 0
        found.append(Target(inline.get(ID, ""), key, local(inline), "", "", note, paragraph))
    return tuple(found)


def aliases(unit: Element) -> dict[str, str]:
    """Former ids of a unit's blocks, and the ids they have now."""
    anchors = (anchor for anchor in all_named(unit, "anchor") if anchor.get("type") == ALIAS)
    return {anchor.get(ID, ""): anchor.get("corresp", "")[1:] for anchor in anchors}


def _is_counted(block: Element, note: str) -> bool:
    return local(block) in ("p", "ab", "lg", "item") and not note and not _in_paragraph(block)


def _in_paragraph(block: Element) -> bool:
    return any(local(above) in ("item", "quote", "p") and local(block) == "p" for above in block.iterancestors())


def languages(unit: Element, default: str) -> tuple[str, ...]:
    """The languages of a unit, its own first."""
    found = {str(element.get(LANG)): None for element in unit.iter() if element.get(LANG)}
    return tuple({default: None, **found})


def notes(unit: Element) -> tuple[str, ...]:
    return tuple(note.get(ID, "") for note in all_named(unit, *APART))


def chapter_numbers(plans: Sequence[UnitPlan]) -> dict[str, str]:
    """Unit -> its number: the chapters of the body, from 1; "" for all else."""
    number, numbers = 0, {}
    for plan in plans:
        if plan.zone == "body" and plan.kind == "chapter":
            number += 1
        numbers[plan.key] = str(number) if plan.zone == "body" and plan.kind == "chapter" else ""
    return numbers


def note_labels(
    plans: Sequence[UnitPlan], facts: Mapping[str, Facts], numbering: str, marks: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Unit -> note -> its number, letter or symbol, counted from 1 per chapter, or on through the book.
    What counts by pages of print, which no text has, counts per chapter here (writers/page_notes.py).

    `marks` tells for each series of its own what marks it (numbers, letters, symbols); what belongs to no such series
    is counted with the author's notes.
    """
    labels: dict[str, dict[str, str]] = {}
    counts: dict[str, int] = {}
    for plan in plans:
        labels[plan.key] = {}
        if numbering != "book":
            counts.clear()
        for note in facts[plan.key].notes if plan.key in facts else ():
            series = facts[plan.key].series.get(note, "")
            series = series if series in marks else ""
            counts[series] = counts.get(series, 0) + 1
            labels[plan.key][note] = mark(counts[series], marks.get(series, "numbers"))
    return labels


def resolve(unit: Element, number: str, notes: Mapping[str, str]) -> None:
    """Write @n on the unit's div, on its notes and on later references to them."""
    if number:
        unit.set("n", number)
    beyond = count(len(notes) + 1)  # notes of answers, which no other edition has
    for note in all_named(unit, "note"):
        note.set("n", notes.get(note.get(ID, "")) or str(next(beyond)))
    for pointer in all_named(unit, "ptr"):
        if pointer.get("type") == "note":
            pointer.set("n", notes.get(pointer.get("target", "")[1:], ""))


def number_paragraphs(unit: Element) -> None:
    """Write @n on every paragraph that is counted: the second part of its locator ("1.4")."""
    counted = (block for block in blocks(unit) if _is_counted(block, standing(block)[1]))
    for number, block in enumerate(counted, 1):
        block.set("n", str(number))
