"""Rules of one unit in the normal form: ids, names, dates; and its small public face."""

from __future__ import annotations

import json
from functools import cache

from ..book import dump
from ..engine import Trace
from ..passes import dates, ledger, names, notes, numbering, typography, typography_told
from ..passes.name_forms import forms_from
from ..passes.name_matches import Known
from ..xml import canonical, parse
from .view import file_of, unit_tree


def typeset(t: Trace, key: str) -> bytes:
    """{tree, mode, changes, doubts}: a unit as typography has it; mode check changes nothing."""
    file, tree = file_of(key), unit_tree(t, key)
    mode = typography_told.mode(file, t.look("config", "typography"), t.look("plan", f"told:{file}")["source"])
    if mode == "off":
        return dump({"tree": canonical(tree).decode(), "mode": mode, "changes": [], "doubts": []})
    before = canonical(tree)
    made = typography.typeset(tree, t.look("config", "language"), lambda word: bool(t.look("vocabulary", word)))
    t.say(*typography_told.quote_problems(key, made.doubts))
    own = canonical(tree) if mode == "on" else before
    return dump({"tree": own.decode(), "mode": mode, "changes": made.changes, "doubts": made.doubts})


def marked(t: Trace, key: str) -> bytes:
    """{tree, undecided}: a unit with ids, names and dates."""
    tree = parse(json.loads(t.need("typeset", key))["tree"].encode())
    cell = t.look("ledger", key)
    ledger.give_ids(tree, cell["ids"])
    known = Known(
        forms=cache(lambda word: forms_from(t.look("forms", word))),
        kind=lambda name: (t.look("names", name) or {}).get("kind", ""),
        ids=lambda: json.loads(t.need("names")),
        here=lambda block: ledger.decided(t.look("decisions", "here"), block, cell["aliases"]),
        lower=lambda word: bool(t.look("vocabulary", word)),
    )
    undecided, problems = names.mark(tree, file_of(key), key, known)
    on_dates = lambda block: ledger.decided(t.look("decisions", "dates"), block, cell["aliases"])  # noqa: E731
    problems += dates.mark(tree, file_of(key), key, t.look("config", "language"), on_dates)
    problems += notes.settle(tree, file_of(key), key, t.look("config", "notes")["series"])
    t.say(*problems)
    ledger.give_inline_ids(tree)
    ledger.give_aliases(tree, cell["aliases"])
    return dump({"tree": canonical(tree).decode(), "undecided": undecided})


def normal(t: Trace, key: str) -> bytes:
    """A unit in the normal form, without numbers."""
    return str(json.loads(t.need("marked", key))["tree"]).encode()


def facts(t: Trace, key: str) -> bytes:
    """The Facts of a unit."""
    tree = parse(t.need("normal", key))
    undecided = json.loads(t.need("marked", key))["undecided"]
    own = {**numbering.facts(tree, key, t.look("config", "language")), "undecided": undecided}
    return dump({**own, "names": names.gather(tree), "dates": dates.gather(tree)})
