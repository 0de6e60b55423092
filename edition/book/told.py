"""Values as they pass between rules: JSON, written and read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec.structs import asdict

from ..problems import Place
from .pages import PageFacts, PageMap, PageStart
from .registers import Event, IndexEntry, IndexPlace, IndexReference, Person
from .units import Asked, Dated, Facts, Figure, Head, IndexMark, Mention, Question, Target, Undecided


def dump(value: Any) -> bytes:
    """JSON bytes of these types (or of dicts and lists of them): sorted keys, UTF-8."""
    return json.dumps(value, default=asdict, sort_keys=True, ensure_ascii=False).encode()


@lru_cache(maxsize=2_000)  # every table of a book begins with the facts of all units
def facts_from(data: bytes) -> Facts:
    raw = json.loads(data)
    return Facts(
        **{
            **raw,
            "heads": tuple(Head(**h) for h in raw["heads"]),
            "targets": tuple(Target(**t) for t in raw["targets"]),
            "notes": tuple(raw["notes"]),
            "names": tuple(Mention(**n) for n in raw["names"]),
            "languages": tuple(raw["languages"]),
            "dates": tuple(Dated(**d) for d in raw["dates"]),
            "cited": tuple(map(tuple, raw["cited"])),
            "figures": tuple(Figure(**f) for f in raw["figures"]),
            "terms": tuple(map(tuple, raw["terms"])),
            "entries": tuple(
                IndexMark(**{**e, "path": tuple(e["path"]), "place": Place(*e["place"])}) for e in raw["entries"]
            ),
        }
    )


def undecided_from(data: bytes) -> list[Undecided]:
    return [Undecided(**{**raw, "place": Place(*raw["place"])}) for raw in json.loads(data)]


def questions_from(data: bytes) -> list[Question]:
    """Questions in the order of the JSON list."""

    def asked(raw: dict[str, Any]) -> Asked:
        return Asked(**{**raw, "place": Place(*raw["place"]), "keys": tuple(raw["keys"])})

    return [
        Question(**{**raw, "keys": tuple(raw["keys"]), "contexts": tuple(map(asked, raw["contexts"]))})
        for raw in json.loads(data)
    ]


def persons_from(data: bytes) -> dict[str, Person]:
    """Persons by key."""
    return {
        key: Person(
            **{
                **raw,
                **{name: tuple(raw[name]) for name in ("forms", "see_also", "headings")},
                "idno": tuple(map(tuple, raw["idno"])),
            }
        )
        for key, raw in json.loads(data).items()
    }


def mentions_from(data: bytes) -> dict[str, list[Mention]]:
    """Mentions by the key of whom they mean."""
    return {key: [Mention(**raw) for raw in row] for key, row in json.loads(data).items()}


def index_from(raw: Sequence[Mapping[str, Any]]) -> tuple[IndexEntry, ...]:
    """Entries of the index from their JSON."""
    return tuple(
        IndexEntry(
            **{
                **entry,
                "places": tuple(IndexPlace(**place) for place in entry["places"]),
                "subs": index_from(entry["subs"]),
                "see": tuple(IndexReference(**other) for other in entry["see"]),
                "also": tuple(IndexReference(**other) for other in entry["also"]),
            }
        )
        for entry in raw
    )


def events_from(data: bytes) -> list[Event]:
    """Events in the order of the JSON list."""
    return [
        Event(**{**raw, "people": tuple(raw["people"]), "passages": tuple(raw["passages"])}) for raw in json.loads(data)
    ]


def page_map_from(data: bytes) -> PageMap:
    raw = json.loads(data)
    return PageMap(tuple(raw["labels"]), raw["ids"], tuple(PageStart(**s) for s in raw["starts"]))


def page_facts_from(raw: dict[str, Any]) -> PageFacts:
    starts, words = tuple((b, w) for b, w in raw["starts"]), tuple(raw["words"])
    return PageFacts(raw["pages"], raw["ids"], starts, words, raw["notes"])
