"""Values as they pass between rules: JSON, written and read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import convert
from msgspec.json import decode
from msgspec.structs import asdict

from .pages import PageFacts, PageMap
from .registers import Event, IndexEntry, Person
from .units import Facts, Mention, Question, Undecided


def dump(value: Any) -> bytes:
    """JSON bytes of these types (or of dicts and lists of them): sorted keys, UTF-8. A Place is a list."""
    return json.dumps(value, default=asdict, sort_keys=True, ensure_ascii=False).encode()


@lru_cache(maxsize=2_000)  # every table of a book begins with the facts of all units
def facts_from(data: bytes) -> Facts:
    return decode(data, type=Facts)


def undecided_from(data: bytes) -> list[Undecided]:
    return decode(data, type=list[Undecided])


def questions_from(data: bytes) -> list[Question]:
    """Questions in the order of the JSON list."""
    return decode(data, type=list[Question])


def persons_from(data: bytes) -> dict[str, Person]:
    """Persons by key."""
    return decode(data, type=dict[str, Person])


def mentions_from(data: bytes) -> dict[str, list[Mention]]:
    """Mentions by the key of whom they mean."""
    return decode(data, type=dict[str, list[Mention]])


def index_from(raw: Sequence[Mapping[str, Any]]) -> tuple[IndexEntry, ...]:
    """Entries of the index from their JSON."""
    return convert(raw, tuple[IndexEntry, ...])


def events_from(data: bytes) -> list[Event]:
    """Events in the order of the JSON list."""
    return decode(data, type=list[Event])


def page_map_from(data: bytes) -> PageMap:
    """msgspec.DecodeError: this is no page map."""
    return decode(data, type=PageMap)


def page_facts_from(raw: dict[str, Any]) -> PageFacts:
    return convert(raw, PageFacts)
