"""Rules of what the edition does to its sources: emendations, what it says of its text, the log of changes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..book import Emendation, dump
from ..engine import Trace
from ..passes import emended, reading, typography_told
from ..xml import parse
from .view import file_of, imprint_of, style_of, text_units


def edited(t: Trace, key: str) -> bytes:
    """{emendations, omissions} of a unit."""
    tree = parse(t.need("normal", key))
    applied = json.loads(t.need("marked", key))["applied"]
    return dump({"emendations": emended.gather(tree, applied), "omissions": reading.omissions(tree)})


def emendations(t: Trace) -> list[Emendation]:
    """Those of all units, in order."""
    return [Emendation(**one) for key in text_units(t) for one in json.loads(t.need("edited", key))["emendations"]]


def counted(t: Trace, key: str) -> bytes:
    """What the edition says of a unit, in numbers: {typography: rule -> count, omissions: reason -> count, dated}."""
    return dump(
        {
            "typography": typography_told.counts(json.loads(t.need("typeset", key))),
            "omissions": Counter(one["reason"] for one in json.loads(t.need("edited", key))["omissions"]),
            "dated": bool(json.loads(t.need("facts", key))["dates"]),
        }
    )


def about_text(t: Trace) -> bytes:
    """The paragraphs of passes/about.py."""
    from ..passes import about
    from ..wording.about import about_words

    imprint = imprint_of(t)
    units = [json.loads(t.need("counted", key)) for key in text_units(t)]
    applied, left_out = (
        sum((Counter(unit[name]) for unit in units), Counter[str]()) for name in ("typography", "omissions")
    )
    words = about_words(imprint["language"])
    entries = [entry for entry in t.look("plan", "entries") if entry["file"]]
    styles = [style_of(t, entry["file"]) for entry in entries]
    dated = any(unit["dated"] for unit in units)
    return dump(about.paragraphs(imprint, words, entries, applied, left_out, dated, styles))


def changed(t: Trace, key: str) -> bytes:
    """What outputs have otherwise than the source of a unit, by id of the block: {typography, omissions}, each the
    entries of a list as JSON."""
    told = json.loads(t.need("typeset", key))
    ids = t.look(("ids", file_of(key)), key)["ids"]
    made = told["changes"] if told["mode"] == "on" else ()
    typography = [{**change, "block": ids[change["block"]]} for change in made]
    found = {"typography": typography, "omissions": json.loads(t.need("edited", key))["omissions"]}
    return dump({name: [_entry(one) for one in some] for name, some in found.items()})


def _entry(one: Mapping[str, Any]) -> str:
    return json.dumps(one, ensure_ascii=False, indent=1, sort_keys=True).replace("\n", "\n  ")


def changes(t: Trace) -> bytes:
    """The log of all that is `changed`; empty where there is nothing."""
    units = [json.loads(t.need("changed", key)) for key in text_units(t)]
    lists = {name: [entry for unit in units for entry in unit[name]] for name in ("omissions", "typography")}
    if not any(lists.values()):
        return b""
    written = {name: ",".join(f"\n  {entry}" for entry in some) for name, some in lists.items()}
    parts = (f' "{name}": [{some}\n ]' if some else f' "{name}": []' for name, some in written.items())
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()
