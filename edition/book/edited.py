"""The editor's hand: changes of typography, omissions, emendations. Frozen types, and nothing that acts on them."""

from __future__ import annotations

from msgspec import Struct


class Change(Struct, frozen=True):
    """A change of typography: characters of a block's own text, from `start` on, as it stood when the change was made.

    `rule` is nfc, hyphen, ellipsis, dash, range, quote, apostrophe or space; `block` the ordinal in the unit.
    """

    rule: str
    block: int
    start: int
    before: str
    after: str


class Omission(Struct, frozen=True):
    """Words of the source that the reading text leaves out: the id of their block, the words, and the element that
    holds them: sic, corr, orig, reg, abbr, expan, del, surplus, rdg."""

    block: str
    text: str
    reason: str


class Emendation(Struct, frozen=True):
    """What stands in the text where the source had something else: `id` of the place, its note, the words of the
    source, what is read ("" = nothing), why."""

    id: str
    note: str
    source: str
    read: str
    why: str = ""
