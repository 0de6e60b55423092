"""Rules of the book: tables made of the facts of all units."""

from __future__ import annotations

import json

from .. import book
from ..book import Mention, dump
from ..engine import Trace
from ..passes import chronology, links, name_worklist, numbering, plan, typography_told
from ..wording import wording
from ..xml import parse
from .view import all_facts, plans_of, text_units


def numbers(t: Trace) -> bytes:
    """Table: unit -> {number, notes}: its chapter number, and the numbers of its notes by id."""
    plans = plans_of(t)
    chapters = numbering.chapter_numbers(plans)
    said = t.look("config", "notes")
    marks = {series["name"]: series["marks"] for series in said["series"].values()}
    labels = numbering.note_labels(plans, all_facts(t), said["numbering"], marks)
    return dump({p.key: {"number": chapters[p.key], "notes": labels[p.key]} for p in plans})


def targets(t: Trace) -> bytes:
    """Table: id -> all that a reference to it needs to know."""
    words_ = wording(t.look("config", "language"))
    return dump(plan.target_table(plans_of(t), all_facts(t), json.loads(t.need("numbers")), words_))


def pointed(t: Trace, key: str) -> bytes:
    """The ids that references of a unit name."""
    return dump(links.pointed(parse(t.need("normal", key))))


def reached(t: Trace, key: str) -> bytes:
    """Table: the `targets` that a unit points to, and those that they are now; None where there are none."""
    found = {name: t.look("targets", name) for name in json.loads(t.need("pointed", key))}
    now = (cell["is"] for cell in found.values() if cell and "is" in cell)
    return dump(found | {name: t.look("targets", name) for name in now})


def mentions(t: Trace) -> bytes:
    """Table: key of a register -> Mentions, in reading order."""
    found: dict[str, list[Mention]] = {}
    for unit in all_facts(t).values():
        for mention in unit.names:
            found.setdefault(mention.key, []).append(mention)
    return dump(found)


def names_left(t: Trace) -> bytes:
    """Complains once of every form that was left undecided."""
    units = (book.undecided_from(t.need("undecided", key)) for key in text_units(t))
    t.say(*name_worklist.left_problems([one for unit in units for one in unit]))
    return b""


def typography_left(t: Trace) -> bytes:
    """Tells once for each file and rule what typography would change, or leaves in doubt."""
    t.say(*typography_told.left_problems({key: json.loads(t.need("doubted", key)) for key in text_units(t)}))
    return b""


def chronology_(t: Trace) -> bytes:
    """The events in order of time, linked to the blocks that speak of them."""
    units_ = list(all_facts(t).values())
    return dump([chronology.linked(e, units_) for e in chronology.ordered(book.events_from(t.need("events")))])
