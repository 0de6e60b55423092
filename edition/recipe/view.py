"""What rules look up again and again: the imprint, the plan, a unit's tree, all facts.

Knows the names of rules and the forms of their values; decides nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .. import book, edtf
from ..book import Facts, UnitPlan
from ..engine import Trace
from ..passes import plan
from ..xml import Element, parse

# What values depend on besides sources and code (cli/caching.py knows today's versions).
YAML = ("pydantic", "pyyaml")
LAYOUT = (
    "cssselect2", "fonts", "fonttools", "harfbuzz", "pango", "pillow", "pydyf", "pyphen", "tinycss2", "tinyhtml5",
    "weasyprint",
)  # fmt: skip


def imprint_of(t: Trace) -> dict[str, Any]:
    """edition.yaml as JSON, and under "standing" which version this is."""
    return {**json.loads(t.need("config")), "standing": json.loads(t.need("standing"))}


def file_of(unit: str) -> str:
    return unit.rpartition("#")[0]


def style_of(t: Trace, path: str) -> edtf.Style:
    """How the dates of a source are counted, as edition.yaml says under `read`."""
    how = t.look("config", "read").get(path) or {}
    return edtf.style(how.get("calendar", ""), how.get("year_start", ""))


def unit_tree(t: Trace, key: str) -> Element:
    return parse(t.look(("units", file_of(key)), key)["tree"].encode())


def targets_of(t: Trace, key: str) -> Callable[[str], dict[str, Any] | None]:
    """The targets by id, for a unit, which asks for few others than those that it points to."""
    reached: dict[str, dict[str, Any] | None] = json.loads(t.need("reached", key))
    return lambda name: reached[name] if name in reached else t.look("targets", name)


def plans_of(t: Trace) -> list[UnitPlan]:
    return [UnitPlan(**raw) for raw in t.look("order", "all")]


def text_units(t: Trace) -> list[str]:
    return [plan.key for plan in plans_of(t) if not plan.generated]


def all_facts(t: Trace) -> dict[str, Facts]:
    return {key: book.facts_from(t.need("facts", key)) for key in text_units(t)}


def finished_tree(t: Trace, unit: UnitPlan) -> Element:
    return parse(t.need("section", unit.generated) if unit.generated else t.need("resolved", unit.key))


def modified(t: Trace) -> str:
    """The moment that outputs bear."""
    return plan.moment((t.read("env:SOURCE_DATE_EPOCH") or b"").decode(), imprint_of(t))
