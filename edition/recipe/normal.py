"""Rules of one unit in the normal form: ids, names, dates; and its small public face."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ..book import dump
from ..engine import Trace
from ..passes import (
    dates,
    ledger,
    names,
    notes,
    numbering,
    questions,
    reading,
    subjects,
    terms,
    typography,
    typography_told,
)
from ..passes.annotations import annotated, corrected
from ..passes.annotations import note as note_of
from ..passes.name_forms import forms_from
from ..passes.name_matches import Known
from ..xml import Element, canonical, parse
from .view import file_of, style_of, unit_tree


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


def doubted(t: Trace, key: str) -> bytes:
    """What typography leaves to the editor in a unit."""
    return dump(typography_told.left(json.loads(t.need("typeset", key))))


def marked(t: Trace, key: str) -> bytes:
    """{tree, undecided, applied}: a unit with ids, annotations, names and dates."""
    file, tree = file_of(key), parse(json.loads(t.need("typeset", key))["tree"].encode())
    cell = t.look(("ids", file), key)
    ledger.give_ids(tree, cell["ids"])
    has_some = bool(t.look("annotations", ""))
    at = lambda block: _annotations(t, block, cell["aliases"]) if has_some else []  # noqa: E731
    applied = corrected(tree, at)
    reading.choose(tree, t.look("config", "reading"))
    here, on_dates = t.look("decisions", "here"), t.look("decisions", "dates")
    known = Known(
        forms=cache(lambda word: forms_from(cell) if (cell := t.look("forms", word)) else None),
        kind=lambda name: t.look("kinds", name) or "",
        ids=lambda: json.loads(t.need("kinds")),
        here=lambda block: ledger.decided(here, block, cell["aliases"]),
        lower=lambda word: bool(t.look("vocabulary", word)),
        small=lambda: t.look("forms", ""),
    )
    undecided, problems = names.mark(tree, file_of(key), key, known)
    dated = lambda block: ledger.decided(on_dates, block, cell["aliases"])  # noqa: E731
    problems += dates.mark(tree, file_of(key), key, t.look("config", "language"), dated, style_of(t, file_of(key)))
    applied += annotated(tree, at, lambda one, name: _note(t, key, one, name, known))
    problems += notes.settle(tree, file_of(key), key, t.look("config", "notes")["series"])
    t.say(*problems)
    if t.look("config", "terms") == "first":
        terms.mark(tree, t.look("term_forms", "forms"), t.look("term_forms", "written"))
    ledger.give_inline_ids(tree)
    t.say(*subjects.mark(tree, file_of(key), key))
    ledger.give_aliases(tree, cell["aliases"])
    return dump({"tree": canonical(tree).decode(), "undecided": undecided, "applied": applied})


def _annotations(t: Trace, block: str, aliases: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """The annotations of a block, by whichever of its ids."""
    return [one for name in (block, *aliases.get(block, ())) for one in t.look("annotations", name) or ()]


def _note(t: Trace, key: str, annotation: Mapping[str, Any], name: str, known: Known) -> Element:
    """A note of annotations.yaml in the normal form, with its own typography, names and dates."""
    note: Element = note_of(list(parse(annotation["note"].encode())), annotation["series"], name)
    language = t.look("config", "language")
    if t.look("config", "typography") != "off":
        typography.typeset(note, language, lambda word: bool(t.look("vocabulary", word)))
    names.mark(note, file_of(key), key, known)
    dates.mark(note, file_of(key), key, language, lambda block: {})
    return note


def applied(t: Trace, key: str) -> bytes:
    """What became of each annotation of a unit."""
    return dump(json.loads(t.need("marked", key))["applied"])


def undecided(t: Trace, key: str) -> bytes:
    """The forms of names that were left undecided in a unit."""
    return dump(json.loads(t.need("marked", key))["undecided"])


def normal(t: Trace, key: str) -> bytes:
    """A unit in the normal form, without numbers."""
    return str(json.loads(t.need("marked", key))["tree"]).encode()


def _told(t: Trace, key: str) -> Element:
    """A unit in the normal form, without what is not to be shown."""
    tree = parse(t.need("normal", key))
    if not t.look("config", "answers"):
        questions.drop_answers(tree)
    return tree


def length(t: Trace, key: str) -> bytes:
    """How many words a unit has."""
    return dump(numbering.length(_told(t, key)))


def facts(t: Trace, key: str) -> bytes:
    """The Facts of a unit."""
    tree = _told(t, key)
    own = numbering.facts(tree, key, t.look("config", "language"))
    return dump(
        {**own, **subjects.facts(tree, file_of(key), key), "names": names.gather(tree), "dates": dates.gather(tree)}
    )
