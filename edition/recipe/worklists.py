"""Rules of the worklists: what the editor may still decide about names and dates (`edition names`, `edition dates`)."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from .. import book
from ..book import Asked, dump
from ..engine import Trace
from ..passes import asking, worklist
from ..passes.name_forms import is_form
from ..problems import Place
from ..xml import parse
from .view import file_of, text_units


def asked(t: Trace, key: str) -> bytes:
    """{names, dates}: what a unit asks the editor."""
    tree, file = parse(t.need("normal", key)), file_of(key)
    left = book.undecided_from(t.need("undecided", key))
    known = cache(lambda text: is_form(text, lambda word: t.look("forms", word)))
    lower = cache(lambda word: bool(t.look("vocabulary", word)))
    found = asking.of_names(tree, file, key, left, known, lower)
    return dump({"names": found, "dates": asking.of_dates(tree, file, key)})


def names_worklist(t: Trace) -> bytes:
    """Questions about names, the most telling first."""
    people = book.persons_from(t.need("names"))
    return dump(worklist.names(_all(t, "names"), people, t.look("config", "decisions")))


def dates_worklist(t: Trace) -> bytes:
    """Questions about dated passages that no event is linked to."""
    events = book.events_from(t.need("chronology"))
    return dump(worklist.dates(_all(t, "dates"), events, t.look("config", "decisions")))


def _all(t: Trace, what: str) -> list[Asked]:
    return [_asked(raw) for key in text_units(t) for raw in json.loads(t.need("asked", key))[what]]


def _asked(raw: dict[str, Any]) -> Asked:
    return Asked(**{**raw, "place": Place(*raw["place"]), "keys": tuple(raw["keys"])})
