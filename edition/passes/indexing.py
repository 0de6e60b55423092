"""The entries of the index: names with their mentions, subjects from the text's own marks, see and see also.

Knows registers, mentions and marks; knows no tree, no page and no wording.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..book import IndexEntry, IndexMark, IndexPlace, IndexReference, Mention, Person
from .citations import Work, short_title
from .collation import letter, sort_key, without_article, without_leading


class Order(Struct, frozen=True):
    """How an index is sorted: letter | word, a language, uca | icu."""

    order: str
    language: str
    collation: str = "uca"

    def key(self, text: str) -> tuple[Any, ...]:
        return sort_key(text, self.order, self.language, self.collation)

    def sub_key(self, text: str) -> tuple[Any, ...]:
        """Of a sub-heading: articles and prepositions at its beginning do not count."""
        return self.key(without_leading(text, self.language))


class Sources(Struct, frozen=True):
    """What an index is made from.

    `weights`: how a mention stands (passes/subjects); `subs`: key -> block -> sub-heading, as decided; `notes`: id of a
    note -> its number; `life`: what tells people of one name apart; `see`, `also`: headings as edition.yaml has them;
    `works`: the bibliography, if works are to stand in the index; `cited`: key of a work -> where it is cited.
    """

    names: Mapping[str, Person]
    mentions: Mapping[str, Sequence[Mention]]
    marks: Sequence[IndexMark]
    weights: Mapping[str, Mapping[str, str]]
    subs: Mapping[str, Mapping[str, str]]
    notes: Mapping[str, str]
    life: Callable[[Person], str]
    see: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, Sequence[str]] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    cited: Mapping[str, Sequence[IndexPlace]] = field(default_factory=dict)


def entries(sources: Sources, order: Order) -> list[IndexEntry]:
    """All entries in order, those of every kind together."""
    used = [*_names(sources, order), *_works(sources, order), *_subjects(sources, order)]
    found = _with_also(used, sources, order)
    found += _see(found, sources)
    found.sort(key=lambda entry: (order.key(entry.sort), entry.qualifier, entry.kind, entry.id))
    found = _without_neighbours(found)
    return [replace(entry, letter=letter(entry.sort, order.language)) for entry in found]


# --- names


def _names(sources: Sources, order: Order) -> list[IndexEntry]:
    found = []
    named = {key: entry for key, entry in sources.names.items() if sources.mentions.get(key)}
    alike = Counter(person.sort for person in named.values())
    for person in named.values():
        entry = _name(person, sources, order)
        if entry.places or entry.subs:
            told = sources.life(person) or _role(person.about) if alike[person.sort] > 1 else ""
            found.append(replace(entry, qualifier=told))
    return found


def _role(about: str) -> str:
    """The first words of what somebody was, up to a stop."""
    cut = min((at for mark in ",;.:(" if (at := about.find(mark)) > 0), default=len(about))
    return about[:cut].strip()


def _name(person: Person, sources: Sources, order: Order) -> IndexEntry:
    plain: list[IndexPlace] = []
    under: dict[str, list[IndexPlace]] = {}
    decided = sources.subs.get(person.key, {})
    for mention in sources.mentions[person.key]:
        told = sources.weights.get(mention.id, {})
        if told.get("weight") == "passing":
            continue
        place = IndexPlace(mention.id, sources.notes.get(mention.note, ""), told.get("weight") == "main")
        sub = told.get("sub") or decided.get(mention.block, "")
        (under.setdefault(sub, []) if sub else plain).append(place)
    subs = [IndexEntry(f"index-{person.key}", sub, sub, places=tuple(places)) for sub, places in under.items()]
    subs.sort(key=lambda entry: order.sub_key(entry.heading))
    return IndexEntry(
        f"index-{person.key}", person.sort, person.sort, person.kind, places=tuple(plain), subs=tuple(subs)
    )


# --- works


def _works(sources: Sources, order: Order) -> list[IndexEntry]:
    """Works that are cited, by their titles, with their authors' surnames."""
    found = []
    for key, places in sources.cited.items():
        if work := sources.works.get(key):
            title = short_title(work)
            sort = without_article(title, order.language)
            authors = " – ".join(name.partition(",")[0] for name in work["author"])
            found.append(IndexEntry(f"index-work-{key}", title, sort, "work", authors, places=tuple(places)))
    return found


# --- subjects


class _Heading(Struct):
    places: list[IndexPlace] = field(default_factory=list)
    subs: dict[str, _Heading] = field(default_factory=dict)


def _subjects(sources: Sources, order: Order) -> list[IndexEntry]:
    root = _Heading()
    for mark in sources.marks:
        if mark.see:
            continue
        heading = root
        for name in mark.path:
            heading = heading.subs.setdefault(name, _Heading())
        heading.places.append(IndexPlace(mark.id, sources.notes.get(mark.note, ""), mark.main, mark.end))
    made = _entries(root, order, "subject")
    return [replace(entry, id=f"index-subject-{number}") for number, entry in enumerate(made, 1)]


def _entries(heading: _Heading, order: Order, kind: str) -> list[IndexEntry]:
    key = order.key if kind else order.sub_key
    return [
        IndexEntry("", name, name, kind, places=tuple(own.places), subs=tuple(_entries(own, order, "")))
        for name, own in sorted(heading.subs.items(), key=lambda item: key(item[0]))
    ]


# --- see, see also


def _with_also(used: list[IndexEntry], sources: Sources, order: Order) -> list[IndexEntry]:
    by_id = {entry.id: entry for entry in used}
    by_heading = {entry.heading: entry for entry in used}

    def also(entry: IndexEntry) -> tuple[IndexReference, ...]:
        person = sources.names.get(entry.id.removeprefix("index-")) if entry.kind != "subject" else None
        named = (by_id.get(f"index-{key}") for key in (person.see_also if person else ()))
        written = (by_heading.get(heading) for heading in sources.also.get(entry.heading, ()))
        found = {other.id: other for other in (*named, *written) if other is not None and other is not entry}
        ordered = sorted(found.values(), key=lambda other: order.key(other.sort))
        return tuple(IndexReference(other.id, other.name) for other in ordered)

    return [replace(entry, also=also(entry)) for entry in used]


def _see(used: Iterable[IndexEntry], sources: Sources) -> list[IndexEntry]:
    """Entries that only lead to others: forms of names under which a reader may look, and those of the editor."""
    entries_ = list(used)
    by_heading = {entry.heading: entry for entry in entries_}
    wanted: dict[str, dict[str, IndexEntry]] = {}
    for entry in entries_:
        person = sources.names.get(entry.id.removeprefix("index-")) if entry.kind != "subject" else None
        for heading in person.headings if person else ():
            wanted.setdefault(heading, {})[entry.id] = entry
    own = [(mark.path[0], mark.see) for mark in sources.marks if mark.see and len(mark.path) == 1]
    for heading, target in (*own, *sources.see.items()):
        if target in by_heading:
            wanted.setdefault(heading, {})[by_heading[target].id] = by_heading[target]
    made = []
    for number, (heading, found) in enumerate(sorted(wanted.items()), 1):
        if heading not in by_heading:
            kind = next(iter(found.values())).kind
            see = tuple(IndexReference(entry.id, entry.name) for entry in found.values())
            made.append(IndexEntry(f"index-see-{number}", heading, heading, kind, see=see))
    return made


def _without_neighbours(found: list[IndexEntry]) -> list[IndexEntry]:
    """A see that stands right beside what it leads to helps nobody."""
    kept = []
    for number, entry in enumerate(found):
        beside = {other.id for other in found[max(0, number - 1) : number + 2]}
        if not (entry.see and {reference.id for reference in entry.see} <= beside):
            kept.append(entry)
    return kept
