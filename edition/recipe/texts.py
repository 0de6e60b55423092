"""Rules from bytes to units: sources read and cut."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..book import dump
from ..engine import Trace
from ..passes import plan, reading
from ..passes import vocabulary as vocabulary_
from ..passes.units import units as cut
from ..problems import Problem
from ..readers import ReadOptions
from ..readers import read as read_source
from ..wording import wording
from ..xml import canonical, parse, tei
from .view import text_units, unit_tree


def parsed(t: Trace, path: str) -> bytes:
    """{tree, positions, problems, registers}: everything a reader makes of a source."""
    t.version("markdown-it-py", "mdit-py-plugins", "pypandoc-binary")
    how = t.look("config", "read").get(path) or {}
    title = t.look("plan", f"told:{path}")["title"]
    told: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in how.items() if v and k not in ("calendar", "year_start")
    }
    options = ReadOptions(t.look("config", "language"), title=title, **told)
    data = t.read(path)
    if data is None:
        return dump({"tree": canonical(tei("body")).decode(), "positions": [], "problems": [], "registers": {}})
    reading = read_source(path, data, options)
    said = [problem.to_json() for problem in reading.problems]
    tree = canonical(reading.tree).decode()
    beside = {"positions": reading.positions, "problems": said, "registers": reading.registers}
    return dump({"tree": tree, **beside})


def source(t: Trace, path: str) -> bytes:
    """The tree of a source; positions are beside it, so that moving lines changes nothing here."""
    reading = json.loads(t.need("parsed", path))
    t.say(*(Problem.from_json(problem) for problem in reading["problems"]))
    return str(reading["tree"]).encode()


def told(t: Trace, path: str) -> bytes:
    """The records of people, places, organisations, events and works that a source itself has."""
    return dump(json.loads(t.need("parsed", path))["registers"])


def positions(t: Trace, path: str) -> bytes:
    """Table: "blocks" -> the position of every block of a source."""
    return dump({"blocks": json.loads(t.need("parsed", path))["positions"]})


def units(t: Trace, path: str) -> bytes:
    """Table: "keys" -> the units of a source in order; each key -> {tree, first}."""
    told = t.look("plan", f"told:{path}")
    tree = parse(t.need("source", path))
    reading.choose(tree, t.look("config", "reading"))
    found = cut(path, tree, told["title"], _byline(told, t.look("config", "language")))
    table: dict[str, Any] = {u.key: {"tree": canonical(u.tree).decode(), "first": u.first} for u in found}
    return dump({**table, "keys": [u.key for u in found]})


def _byline(told: Mapping[str, str], language: str) -> str:
    """Who wrote a text and who translated it, as edition.yaml tells."""
    translated = f"{wording(language).role('trl')} {told['translator']}" if told["translator"] else ""
    return " · ".join(part for part in (told["by"], translated) if part)


def plan_(t: Trace) -> bytes:
    """Table: "files" -> sources in order; "entries" -> `contents` as a flat list; "told:PATH" -> what is told of it."""
    return dump(plan.entries(t.look("config", "contents"), t.look("config", "notes")["place"]))


def order(t: Trace) -> bytes:
    """Table: "all" -> the UnitPlans of the edition in order; each by its key."""
    found = plan.unit_plans(t.look("plan", "entries"), lambda path: list(t.look(("units", path), "keys")))
    return dump({"all": found, **{unit.key: unit for unit in found}})


def lower(t: Trace, key: str) -> bytes:
    """The words that a unit has in lower case."""
    return dump(vocabulary_.gather(unit_tree(t, key)))


def vocabulary(t: Trace) -> bytes:
    """Table: every word that occurs in lower case somewhere in the edition."""
    return dump({word: True for key in text_units(t) for word in json.loads(t.need("lower", key))})
