"""The small facts that units tell each other: frozen, JSON-able types, and nothing that acts on them.

Everything here passes between rules of recipe.py as JSON, through `dump` and `load`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .problems import Place

NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """A unit's place in the edition, decided by `contents` alone."""

    key: str  # "text/01.md#0" (file and ordinal of its chapter), or "@index" for a generated section
    zone: str  # front | body | back
    kind: str  # chapter | section | part | the name of a generated section
    opens: str  # recto | verso | next: where its first page stands in print
    part: str = ""  # id of the part it belongs to, or is
    title: str = ""  # from edition.yaml, over the source's own head
    short: str = ""

    @property
    def generated(self) -> str:
        """The name of a generated section; "" for a unit of a source."""
        return self.key[1:] if self.key.startswith("@") else ""

    @property
    def file(self) -> str:
        """The source file; "" for a generated section."""
        return "" if self.generated else self.key.rpartition("#")[0]


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be referred to."""

    id: str
    unit: str
    kind: str  # the TEI element: div, p, note, item, figure, …
    text: str  # of a div its head, else its first words
    number: str = ""  # of a div or note within its unit, "" where it has none
    note: str = ""  # id of the note it stands in, if it does
    paragraph: int = 0  # ordinal of its paragraph within the unit, from 1


@dataclass(frozen=True, slots=True)
class Head:
    """A heading: the id of its div, depth from 1 (the unit's own), text, short form for running heads."""

    id: str
    level: int
    text: str
    short: str = ""


# The registers of an edition, and the kind of what they hold.
REGISTERS = {"people": "person", "places": "place", "organisations": "org"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name of a register in the text: `key` of the register, its own id, the block it stands in, its note if any."""

    key: str
    id: str
    block: str
    note: str = ""
    form: str = ""
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class IndexMark:
    """An entry that the text gives the index: its heading with sub-headings, where it stands, the note it stands in.

    `end` is the id where a passage ends; `see` a heading used instead; `index` the name of an index ("subject").
    """

    path: tuple[str, ...]
    id: str
    end: str = ""
    note: str = ""
    main: bool = False
    see: str = ""
    index: str = "subject"
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Undecided:
    """A form that may be a name of a register but is left alone, and why: "ambiguous", "namesake", "institution";
    or a reference of the source to nothing that is listed: "unresolved"."""

    form: str
    why: str
    block: str
    keys: tuple[str, ...]
    place: Place
    start: int = -1  # of the form in the block's own text (passes/spans.py, flow)


@dataclass(frozen=True, slots=True)
class Asked:
    """A place in the text at which something may be decided: a form or a date, with the words around it.

    `why` is that of Undecided, or "unlisted"; of a date "" or the code of its problem. `id` is that of a date, `first`
    and `last` are its bounds.
    """

    form: str
    why: str
    block: str
    before: str
    after: str
    place: Place
    keys: tuple[str, ...] = ()
    likelihood: int = 0
    id: str = ""
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What one decision would settle: how often it occurs, whom or what it may mean (ids), a few of its places, and the
    line that decides it, with the file for it."""

    form: str
    why: str
    count: int
    keys: tuple[str, ...]
    contexts: tuple[Asked, ...]
    line: str
    file: str
    likelihood: int = 0


@dataclass(frozen=True, slots=True)
class Dated:
    """A calendar expression: EDTF, its bounds as ISO dates ("" = open), its own id, its block,
    the event decided for."""

    edtf: str
    first: str
    last: str
    id: str
    block: str
    note: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A unit's small public face: what other units, the index and the chronology may know of it."""

    unit: str
    id: str
    title: str
    short: str
    language: str
    heads: tuple[Head, ...]
    targets: tuple[Target, ...]
    notes: tuple[str, ...]
    names: tuple[Mention, ...]
    undecided: tuple[Undecided, ...]
    dates: tuple[Dated, ...]
    languages: tuple[str, ...]
    words: int
    aliases: dict[str, str]  # an id that a block had before -> the id it has now
    series: dict[str, str]  # a note of another series than the author's -> the name of that
    entries: tuple[IndexMark, ...] = ()
    cited: tuple[str, ...] = ()  # works, in order
    terms: tuple[tuple[str, str, str, str], ...] = ()  # words, id of the term if it is named, own id, note
    has_questions: bool = False
    weights: dict[str, dict[str, str]] = field(default_factory=dict)  # id of a name -> {weight, sub} (passes/subjects)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of typography: characters of a block's own text, from `start` on, as it stood when the change was made.

    `rule` is nfc, hyphen, ellipsis, dash, range, quote, apostrophe or space; `block` the ordinal in the unit.
    """

    rule: str
    block: int
    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Omission:
    """Words of the source that the reading text leaves out: the id of their block, the words, and the element that
    holds them: sic, corr, orig, reg, abbr, expan, del, surplus, rdg."""

    block: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Emendation:
    """What stands in the text where the source had something else: `id` of the place, its note, the words of the
    source, what is read ("" = nothing), why."""

    id: str
    note: str
    source: str
    read: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person of a register, or a place or an organisation (`kind`), with all forms of the name that may stand for
    them. No key stands in two registers. `born` and `died` of an organisation are its beginning and end."""

    key: str
    name: str
    sort: str
    forms: tuple[str, ...]
    born: str = ""
    died: str = ""
    about: str = ""
    see_also: tuple[str, ...] = ()
    idno: tuple[tuple[str, str], ...] = ()
    kind: str = "person"
    headings: tuple[str, ...] = ()  # further headings of an index under which a reader may look
    family: str = ""
    cite: str = ""

    @property
    def id(self) -> str:
        return f"{self.kind}-{self.key}"


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """A locator: where, the number of the note if it is one, whether it matters most, where a passage ends."""

    id: str
    note: str = ""
    main: bool = False
    end: str = ""


@dataclass(frozen=True, slots=True)
class IndexReference:
    """Another entry: its id and heading."""

    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A heading of the index. `kind`: person | place | org | work | subject; `qualifier` tells equal headings apart."""

    id: str
    heading: str
    sort: str
    kind: str = ""
    qualifier: str = ""
    letter: str = ""
    places: tuple[IndexPlace, ...] = ()
    subs: tuple[IndexEntry, ...] = ()
    see: tuple[IndexReference, ...] = ()
    also: tuple[IndexReference, ...] = ()

    @property
    def name(self) -> str:
        """The heading as it is printed."""
        return f"{self.heading} ({self.qualifier})" if self.qualifier else self.heading


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the chronology, linked to the dates in the text that speak of it (their ids)."""

    key: str
    edtf: str
    first: str
    last: str
    label: str
    about: str = ""
    people: tuple[str, ...] = ()
    place: str = ""
    passages: tuple[str, ...] = ()
    cite: str = ""

    @property
    def id(self) -> str:
        return f"event-{self.key}"


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of print begins: its label, the unit, and the first word that stands on it.

    `block` is an id of the text and `word` counts that block's own words from 0; a word divided over two pages
    belongs to the page it begins on. A page without words of the text (blank, or notes only) has block "".
    """

    label: str
    unit: str
    block: str
    word: int


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a laid-out unit tells: how many pages, the page (from 0) of every id, the first word of every page."""

    pages: int
    ids: dict[str, int]
    starts: tuple[tuple[str, int], ...]
    words: tuple[int, ...]  # words of the main flow on each page


@dataclass(frozen=True, slots=True)
class PageMap:
    """The pages of the reference print edition: labels in order, the page (from 0) of every id, all page starts."""

    labels: tuple[str, ...]
    ids: dict[str, int]
    starts: tuple[PageStart, ...]

    def label(self, target: str) -> str:
        """The label of the page an id stands on; "" for an id that has no page."""
        page = self.ids.get(target)
        return "" if page is None else self.labels[page]


def dump(value: Any) -> bytes:
    """JSON bytes of these types (or of dicts and lists of them): sorted keys, UTF-8."""
    return json.dumps(value, default=dataclasses.asdict, sort_keys=True, ensure_ascii=False).encode()


def facts_from(data: bytes) -> Facts:
    raw = json.loads(data)
    return Facts(
        **{
            **raw,
            "heads": tuple(Head(**h) for h in raw["heads"]),
            "targets": tuple(Target(**t) for t in raw["targets"]),
            "notes": tuple(raw["notes"]),
            "names": tuple(Mention(**n) for n in raw["names"]),
            "undecided": tuple(Undecided(**{**u, "place": Place(**u["place"])}) for u in raw["undecided"]),
            "languages": tuple(raw["languages"]),
            "dates": tuple(Dated(**d) for d in raw["dates"]),
            "cited": tuple(raw["cited"]),
            "terms": tuple(map(tuple, raw["terms"])),
            "entries": tuple(
                IndexMark(**{**e, "path": tuple(e["path"]), "place": Place(**e["place"])}) for e in raw["entries"]
            ),
        }
    )


def questions_from(data: bytes) -> list[Question]:
    """Questions in the order of the JSON list."""

    def asked(raw: dict[str, Any]) -> Asked:
        return Asked(**{**raw, "place": Place(**raw["place"]), "keys": tuple(raw["keys"])})

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
    return PageFacts(raw["pages"], raw["ids"], tuple((b, w) for b, w in raw["starts"]), tuple(raw["words"]))
