"""What a TEI file knows of people, places, organisations, events and works: taken out of the text, as plain records.

Knows a source; knows nothing of the edition's own registers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field

from ..xml import Element
from .tei_elements import REGISTERS
from .tei_source import Source, line, one_line, word_count

_ENTRIES = {
    "person": "people", "personGrp": "people", "persona": "people", "place": "places", "org": "organisations",
    "event": "events", "bibl": "works", "biblStruct": "works",
}  # fmt: skip
_NAMES = {"people": ("persName", "name"), "places": ("placeName", "settlement", "geogName", "name"),
          "organisations": ("orgName", "name"), "events": ("label", "eventName", "head"),
          "works": ("title",)}  # fmt: skip
_MAIN = ("full", "main", "display", "pref", "preferred", "reg", "")
# The prefix of a register's ids (normal.vocabulary.REGISTER_PREFIXES).
PREFIXES = {"people": "person-", "places": "place-", "organisations": "org-", "events": "event-", "works": "bib-"}


class Registers(Struct):
    """Records by register, and the register of every id in them."""

    records: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def target(self, name: str) -> str:
        """The id that an id of the file has as one of a register; "" if it is none."""
        kind = self.kinds.get(name, "")
        return f"{PREFIXES[kind]}{name}" if kind in PREFIXES else ""


def registers(source: Source) -> Registers:
    """Every record of the file that has an id. Lists beside the text and in its back are taken from it."""
    found = Registers()
    for listed in source.all(*REGISTERS):
        if _is_beside(listed, source):
            _take(listed, source)
        for entry in source.kids(listed):
            kind = _ENTRIES.get(source.name(entry), "")
            name = source.id(entry)
            if kind and name and name not in found.kinds:
                found.kinds[name] = kind
                found.records.setdefault(kind, []).append(_record(entry, kind, source))
    return found


def _is_beside(listed: Element, source: Source) -> bool:
    """Whether a list of records is none of the text: in the header, in standOff, or in the back matter with ids."""
    above = [source.name(one) for one in listed.iterancestors()]
    if any(one in source.taken for one in listed.iterancestors()):
        return False
    entries = source.kids(listed)
    has_ids = any(source.id(entry) for entry in entries if source.name(entry) in _ENTRIES)
    if source.name(listed) == "listBibl":
        return above[:1] == ["back"] and bool(entries) and all(source.id(one) for one in entries)
    return "back" in above and "text" in above and has_ids


def _take(listed: Element, source: Source) -> None:
    source.taken.add(listed)
    text = "the registers in the back are read as registers, not as text"
    source.said.count("tei-register", line(listed), text, words=word_count(listed))


def _record(entry: Element, kind: str, source: Source) -> dict[str, Any]:
    """{id, name, sort, variants, idno …}: what is not told is left out."""
    names = [one for one in source.kids(entry) if source.name(one) in _NAMES[kind]]
    ranked = sorted(names, key=lambda one: _MAIN.index(one.get("type", "")) if one.get("type", "") in _MAIN else 99)
    name, sort = _forms(ranked[0], source) if ranked else (one_line(entry), "")
    variants = [form for form in dict.fromkeys(_forms(one, source)[0] for one in names) if form != name]
    record: dict[str, Any] = {"id": source.id(entry), "name": name, "line": line(entry)}
    record |= {"sort": sort, "variants": variants, "idno": _idno(entry, source), **_dates(entry, source)}
    record["about"] = _about(entry, source)
    return {key: value for key, value in record.items() if value}


def _forms(name: Element, source: Source) -> tuple[str, str]:
    """(name as said, name as sorted) of a name, with its parts in order if it has some."""
    parts = {
        part: [one_line(one) for one in source.kids(name) if source.name(one) == part]
        for part in ("forename", "surname")
    }
    if not parts["surname"]:
        return one_line(name), ""
    forename, surname = " ".join(parts["forename"]), " ".join(parts["surname"])
    return f"{forename} {surname}".strip(), f"{surname}, {forename}".rstrip(", ")


def _idno(entry: Element, source: Source) -> dict[str, str]:
    found = [one for one in source.kids(entry) if source.name(one) == "idno"]
    return {one.get("subtype") or one.get("type") or "id": one_line(one) for one in found}


def _dates(entry: Element, source: Source) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind, said in (("birth", "born"), ("death", "died")):
        part = source.child(entry, kind)
        if part is not None:
            found[said] = next((when for one in part.iter() if (when := one.get("when", ""))), "")
    own = {
        name: entry.get(name) or entry.get(f"{name}-iso") or ""
        for name in ("when", "from", "to", "notBefore", "notAfter")
    }
    return found | {name: value for name, value in own.items() if value}


def _about(entry: Element, source: Source) -> str:
    return "; ".join(_notes(entry, source))


def _notes(entry: Element, source: Source) -> Iterator[str]:
    for kid in source.kids(entry):
        if source.name(kid) in ("occupation", "note", "desc") and not any(
            True for _ in source.all(*REGISTERS, within=kid)
        ):
            yield one_line(kid)
