"""The small facts that units tell each other: frozen, JSON-able types, and nothing that acts on them.

Everything here passes between the rules of recipe/ as JSON, through `dump` and `load`.
"""

from __future__ import annotations

from .edited import Change, Emendation, Omission
from .pages import PageFacts, PageMap, PageStart
from .registers import Event, IndexEntry, IndexPlace, IndexReference, Person
from .told import (
    dump,
    events_from,
    facts_from,
    index_from,
    mentions_from,
    page_facts_from,
    page_map_from,
    persons_from,
    questions_from,
    undecided_from,
)
from .units import (
    REGISTERS,
    UNLISTED,
    Asked,
    Dated,
    Facts,
    Figure,
    Head,
    IndexMark,
    Mention,
    Question,
    Target,
    Undecided,
    UnitPlan,
)

__all__ = [
    "REGISTERS",
    "UNLISTED",
    "Asked",
    "Change",
    "Dated",
    "Emendation",
    "Event",
    "Facts",
    "Figure",
    "Head",
    "IndexEntry",
    "IndexMark",
    "IndexPlace",
    "IndexReference",
    "Mention",
    "Omission",
    "PageFacts",
    "PageMap",
    "PageStart",
    "Person",
    "Question",
    "Target",
    "Undecided",
    "UnitPlan",
    "dump",
    "events_from",
    "facts_from",
    "index_from",
    "mentions_from",
    "page_facts_from",
    "page_map_from",
    "persons_from",
    "questions_from",
    "undecided_from",
]
