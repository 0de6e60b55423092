"""Rules of the index: its entries, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from .. import book
from .. import config as conf
from ..book import Facts, IndexEntry, IndexPlace, dump
from ..engine import Trace
from ..passes import index_checks, indexing, lives
from ..passes.collation import has_icu
from ..passes.passages import passages
from ..problems import Place, Problem
from ..xml import XHTML, parse
from .view import YAML, all_facts, plans_of

MOST = 8  # plain locators of one heading


def index(t: Trace) -> bytes:
    """Table: "entries" of all indexes together, in order."""
    t.version("pyuca", *(("pyicu",) if _wanted(t)["collation"] == "icu" else ()))
    wanted, language = _wanted(t), str(t.look("config", "language"))
    if wanted["collation"] == "icu" and not has_icu():
        wanted = {**wanted, "collation": "uca"}
    facts, targets = all_facts(t), json.loads(t.need("targets"))
    sources = indexing.Sources(
        names=book.persons_from(t.need("names")),
        mentions=book.mentions_from(t.need("mentions")),
        marks=[mark for unit in facts.values() for mark in unit.entries],
        weights={name: told for unit in facts.values() for name, told in unit.weights.items()},
        subs=index_checks.decided_subs(t.look("decisions", "subs"), passages(facts.values())),
        notes={name: cell["number"] for name, cell in targets.items() if cell["kind"] == "note"},
        life=partial(lives.years, language=language),
        works=json.loads(t.need("works")) if _has_works(t) else {},
        cited=_cited(facts.values(), targets),
        see=wanted["see"],
        also=wanted["see_also"],
    )
    return dump({"entries": indexing.entries(sources, indexing.Order(wanted["order"], language, wanted["collation"]))})


def _wanted(t: Trace) -> dict[str, Any]:
    found: dict[str, Any] = t.look("config", "index")
    return found


def _has_works(t: Trace) -> bool:
    return bool(_wanted(t)["works"]) or any(plan.kind == "index-of-works" for plan in plans_of(t))


def _cited(units: Iterable[Facts], targets: Mapping[str, Any]) -> dict[str, list[IndexPlace]]:
    """Key of a work -> where it is cited."""
    found: dict[str, list[IndexPlace]] = {}
    for key, name, note in (told for unit in units for told in unit.cited):
        number = targets[note]["number"] if note in targets else ""
        found.setdefault(key, []).append(IndexPlace(name, number))
    return found


def _entries(t: Trace) -> tuple[IndexEntry, ...]:
    return book.index_from(t.look("index", "entries"))


def index_checked(t: Trace) -> bytes:
    """Complains of references of the index that lead nowhere, and of sub-headings that hold nothing."""
    t.version(*YAML)
    edition = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
    path = t.look("config", "decisions")
    decisions = conf.load_decisions(t.read(path) or b"", path)
    wanted, units = _wanted(t), all_facts(t).values()
    if wanted["collation"] == "icu" and not has_icu():
        place = edition.where("index", "collation")
        t.say(Problem("collation-missing", place, "PyICU is not installed", "pip install PyICU, or leave it out"))
    marks = [mark for unit in units for mark in unit.entries]
    t.say(*index_checks.reference_problems(wanted["see"], wanted["see_also"], marks, _entries(t), edition.where))
    if decisions.value is not None and decisions.value.subs:
        mentions = book.mentions_from(t.need("mentions"))
        blocks_of = {key: {mention.block for mention in row} for key, row in mentions.items()}
        subs, names = decisions.value.subs, json.loads(t.need("names"))
        text = passages(units)
        t.say(*index_checks.sub_problems(subs, names, blocks_of, text, decisions.where, decisions.where_key))
    return b""


def index_crowded(t: Trace) -> bytes:
    """Tells of headings with many plain page numbers, once the pages are settled."""
    from ..writers.locators import labels_of, pieces

    units, entries = list(all_facts(t).values()), {entry.id: entry for entry in _entries(t)}
    label, ranges = labels_of(book.page_map_from(t.need("reference"))), _wanted(t)["ranges"]
    for plan in plans_of(t):
        if plan.kind == "index" or plan.kind.startswith("index-of-"):
            root = parse(f'<div xmlns="{XHTML}">{json.loads(t.need("xhtml", plan.key))["body"]}</div>'.encode())
            for item in root.iter(f"{{{XHTML}}}li"):
                count = pieces(item, label, ranges)
                entry = entries.get(item.get("id", ""))
                if entry is not None and count > MOST:
                    t.say(index_checks.crowded(entry, count, units, _place_of(t, entry)))
    return b""


def _place_of(t: Trace, entry: IndexEntry) -> Place:
    """Where a heading comes from: the register's entry, or the first mark in the text."""
    if entry.kind == "subject":
        marks = (mark for unit in all_facts(t).values() for mark in unit.entries)
        return next(mark.place for mark in marks if mark.path[0] == entry.heading)
    if entry.kind == "work":
        return Place(t.look("config", "bibliography")[-1])
    key, load = entry.id.removeprefix("index-"), partial(_register, t)
    found = [place for name in book.REGISTERS for path in t.look("config", name) if (place := load(name, path)(key))]
    return found[-1] if found else Place("edition.yaml")


def _register(t: Trace, name: str, path: str) -> Callable[[str], Place | None]:
    t.version(*YAML)
    loaded = conf.load_register(name, t.read(path) or b"", path)
    return lambda key: loaded.where_key(key) if key in (loaded.value or {}) else None
