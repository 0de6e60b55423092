"""People, places, organisations, events, and the entries of an index. Frozen types, and nothing that acts on them."""

from __future__ import annotations

from msgspec import Struct


class Person(Struct, frozen=True):
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


class IndexPlace(Struct, frozen=True):
    """A locator: where, the number of the note if it is one, whether it matters most, where a passage ends."""

    id: str
    note: str = ""
    main: bool = False
    end: str = ""


class IndexReference(Struct, frozen=True):
    """Another entry: its id and heading."""

    id: str
    heading: str


class IndexEntry(Struct, frozen=True):
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


class Event(Struct, frozen=True):
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
    written: str = ""  # the date (EDTF) as its source counts, where that is another style
    cite: str = ""

    @property
    def id(self) -> str:
        return f"event-{self.key}"
