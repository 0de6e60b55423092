"""Units of the text and what they tell of themselves. Frozen types, and nothing that acts on them."""

from __future__ import annotations

from msgspec import Struct, field

from ..problems import Place

NOWHERE = Place("")
# Kinds of units that no list of contents has.
UNLISTED = ("half-title", "title", "copyright", "dedication", "epigraph", "contents", "colophon")


class UnitPlan(Struct, frozen=True):
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


class Target(Struct, frozen=True):
    """Something that can be referred to."""

    id: str
    unit: str
    kind: str  # the TEI element: div, p, note, item, figure, …
    text: str  # of a div its head, else ""
    number: str = ""  # of a div or note within its unit, "" where it has none
    note: str = ""  # id of the note it stands in, if it does
    paragraph: int = 0  # ordinal of its paragraph within the unit, from 1


class Head(Struct, frozen=True):
    """A heading: the id of its div, depth from 1 (the unit's own), text, short form for running heads."""

    id: str
    level: int
    text: str
    short: str = ""


# The registers of an edition, and the kind of what they hold.
REGISTERS = {"people": "person", "places": "place", "organisations": "org"}


class Mention(Struct, frozen=True):
    """A name of a register in the text: `key` of the register, its own id, the block it stands in, its note if any."""

    key: str
    id: str
    block: str
    note: str = ""
    form: str = ""
    kind: str = "person"


class IndexMark(Struct, frozen=True):
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


class Undecided(Struct, frozen=True):
    """A form that may be a name of a register but is left alone, and why: "ambiguous", "namesake", "institution";
    or a reference of the source to nothing that is listed: "unresolved"."""

    form: str
    why: str
    block: str
    keys: tuple[str, ...]
    place: Place
    start: int = -1  # of the form in the block's own text (passes/spans.py, flow)


class Asked(Struct, frozen=True):
    """A place in the text at which something may be decided: a form or a date, with the words around it.

    `why` is that of Undecided, or "unlisted"; of a date "" or the code of its problem. `keys`: whom it may mean; of a
    date the people that its block names, `id` its own, `edtf` its value, `first` and `last` its bounds.
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
    edtf: str = ""


class Question(Struct, frozen=True):
    """What one decision would settle: how often it occurs, whom or what it may mean (ids), a few of its places, and the
    line that decides it, with the file for it; of a date also the line that makes it an event, for chronology.yaml."""

    form: str
    why: str
    count: int
    keys: tuple[str, ...]
    contexts: tuple[Asked, ...]
    line: str
    file: str
    likelihood: int = 0
    event: str = ""


class Dated(Struct, frozen=True):
    """A calendar expression: EDTF, its bounds as ISO dates ("" = open), its own id, its block,
    the event decided for."""

    edtf: str
    first: str
    last: str
    id: str
    block: str
    note: str = ""
    event: str = ""


class Figure(Struct, frozen=True):
    """A figure among blocks: its caption, and whose it is."""

    id: str
    caption: str
    credit: str


class Facts(Struct, frozen=True):
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
    dates: tuple[Dated, ...]
    languages: tuple[str, ...]
    aliases: dict[str, str]  # an id that a block had before -> the id it has now
    series: dict[str, str]  # a note of another series than the author's -> the name of that
    entries: tuple[IndexMark, ...] = ()
    cited: tuple[tuple[str, str, str], ...] = ()  # citations in order: key of the work, own id, note
    terms: tuple[tuple[str, str, str, str], ...] = ()  # words, id of the term if it is named, own id, note
    has_questions: bool = False
    figures: tuple[Figure, ...] = ()
    weights: dict[str, dict[str, str]] = field(default_factory=dict)  # id of a name -> {weight, sub} (passes/subjects)
    opening: str = ""  # what a unit without a title begins with
