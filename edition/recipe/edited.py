"""Rules of what the edition does to its sources: emendations, what it says of its text, the log of changes."""

from __future__ import annotations

import json

from ..book import Emendation, dump
from ..engine import Trace
from ..passes import about, emended, reading, typography_told
from ..wording.about import about_words
from ..xml import parse
from .view import all_facts, imprint_of, style_of, text_units


def edited(t: Trace, key: str) -> bytes:
    """{emendations, omissions} of a unit."""
    tree = parse(t.need("normal", key))
    applied = json.loads(t.need("marked", key))["applied"]
    return dump({"emendations": emended.gather(tree, applied), "omissions": reading.omissions(tree)})


def emendations(t: Trace) -> list[Emendation]:
    """Those of all units, in order."""
    return [Emendation(**one) for key in text_units(t) for one in json.loads(t.need("edited", key))["emendations"]]


def about_text(t: Trace) -> bytes:
    """The paragraphs of passes/about.py."""
    imprint = imprint_of(t)
    counts = typography_told.counts({key: json.loads(t.need("typeset", key)) for key in text_units(t)})
    left_out = [one["reason"] for key in text_units(t) for one in json.loads(t.need("edited", key))["omissions"]]
    dated = any(unit.dates for unit in all_facts(t).values())
    words = about_words(imprint["language"])
    entries = [entry for entry in t.look("plan", "entries") if entry["file"]]
    styles = [style_of(t, entry["file"]) for entry in entries]
    return dump(about.paragraphs(imprint, words, entries, counts, left_out, dated, styles))


def changes(t: Trace) -> bytes:
    """The log of what outputs have otherwise than the sources, by id of the block; empty where there is nothing."""
    typography, omissions = [], []
    for key in text_units(t):
        told = json.loads(t.need("typeset", key))
        ids = t.look("ledger", key)["ids"]
        for change in told["changes"] if told["mode"] == "on" else ():
            typography.append({**change, "block": ids[change["block"]]})
        omissions += json.loads(t.need("edited", key))["omissions"]
    if not typography and not omissions:
        return b""
    found = {"typography": typography, "omissions": omissions}
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
