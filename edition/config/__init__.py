"""edition.yaml and the registers, read and checked; owns what must agree within one file.

Knows its models and places; knows no other file, and no text of the edition.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from ..problems import did_you_mean
from . import idno, places
from .annotation import Annotation, Annotations
from .fields import quoted
from .models import Contents, Creator, Edition, EditionFile, Entry, Isbn, Publisher, ReadOptions, Subjects
from .places import Complaint, Loaded, Path
from .reference import TermRecord, Terms, WorkRecord, Works
from .registers import (
    Decisions,
    EventRecord,
    Events,
    OrganisationRecord,
    Organisations,
    People,
    PersonRecord,
    PlaceRecord,
    Places,
    ReleaseRecord,
)
from .schema import schemas

__all__ = [
    "Annotation",
    "Contents",
    "Creator",
    "Decisions",
    "Edition",
    "Entry",
    "EventRecord",
    "Isbn",
    "Loaded",
    "OrganisationRecord",
    "PersonRecord",
    "PlaceRecord",
    "Publisher",
    "ReadOptions",
    "Record",
    "ReleaseRecord",
    "Subjects",
    "TermRecord",
    "WorkRecord",
    "load_annotations",
    "load_bibliography",
    "load_chronology",
    "load_decisions",
    "load_edition",
    "load_glossary",
    "load_people",
    "load_register",
    "load_release",
    "schemas",
]  # fmt: skip


Record = PersonRecord | PlaceRecord
_REGISTERS: dict[str, Any] = {"people": People, "places": Places, "organisations": Organisations}

_LISTS = ("chronology", "decisions", "annotations", "bibliography", "glossary")


def load_edition(data: bytes, file: str) -> Loaded[Edition]:
    """edition.yaml. Without `id` in it, the id is "": the folder's name is known elsewhere."""
    loaded = places.load(EditionFile, data, file, _edition_faults, _language_hint)
    found: EditionFile | None = loaded.value
    if found is None:
        return Loaded(None, loaded.problems, file, loaded.root)
    named = [name for name in (*_REGISTERS, *_LISTS, "cip") if name in found.model_fields_set]
    edition = Edition.model_validate({**found.model_dump(), "named": named})
    read = {path: how for path in edition.files() if (how := _options(edition.read, path))}
    return Loaded(edition.model_copy(update={"read": read}), loaded.problems, file, loaded.root)


def load_people(data: bytes, file: str, others: Collection[str] = ()) -> Loaded[dict[str, PersonRecord]]:
    """A register of people. `others`: ids in further registers, which `see_also` may name too."""
    return places.load(People, data, file, lambda raw: _register_faults(raw, others))


def load_register(register: str, data: bytes, file: str, others: Collection[str] = ()) -> Loaded[dict[str, Record]]:
    """A register of "people", "places" or "organisations", as edition.yaml calls them."""
    return places.load(_REGISTERS[register], data, file, lambda raw: _register_faults(raw, others))


def load_chronology(data: bytes, file: str) -> Loaded[dict[str, EventRecord]]:
    """A register of events. Dates and people are checked elsewhere."""
    return places.load(Events, data, file)


def load_decisions(data: bytes, file: str) -> Loaded[Decisions]:
    """decisions.yaml. Whether the people, events and paragraphs exist is checked elsewhere."""
    return places.load(Decisions, data, file, bare_word=lambda path: "write none" * (len(path) > 1))


def load_annotations(data: bytes, file: str) -> Loaded[tuple[Annotation, ...]]:
    """annotations.yaml. Whether the paragraphs exist and have the words is checked elsewhere."""
    return places.load(Annotations, data, file, _annotation_faults)


def load_bibliography(data: bytes, file: str) -> Loaded[dict[str, WorkRecord]]:
    """bibliography.yaml."""
    return places.load(Works, data, file)


def load_glossary(data: bytes, file: str) -> Loaded[dict[str, TermRecord]]:
    """glossary.yaml."""
    return places.load(Terms, data, file)


def load_release(data: bytes, file: str) -> Loaded[ReleaseRecord]:
    """A file of releases/: `edition release` writes them, and editors may mend the words of `changes`."""
    return places.load(ReleaseRecord, data, file)


def _mapping(raw: Any, key: str = "") -> Mapping[str, Any]:
    """`raw`, or what it has under `key`, if that is a mapping; else an empty one."""
    found = _mapping(raw).get(key) if key else raw
    return found if isinstance(found, Mapping) else {}


def _list(raw: Any, key: str) -> Sequence[Any]:
    """What `raw` has under `key`, if that is a list; else an empty one."""
    found = _mapping(raw).get(key)
    return found if isinstance(found, list) else ()


# --- what must agree in edition.yaml


def _language_hint(path: Path) -> str:
    return 'for Norwegian write "no" in quotes, or nb or nn' if path == ("language",) else ""


def _options(read: Mapping[str, ReadOptions], path: str) -> ReadOptions | None:
    """What `read` says of a file: under its own name, else under the first pattern that fits."""
    return read.get(path) or next((how for pattern, how in read.items() if fnmatchcase(path, pattern)), None)


def _edition_faults(raw: Any) -> Iterator[Complaint]:
    entries = list(_entries(_mapping(raw, "contents"), ("contents",)))
    for path, entry in entries:
        yield from _entry_faults(path, entry)
    yield from _twice(entries)
    yield from _words_of_sections(raw, entries)
    names = [_name(entry)[1] for _, entry in entries]
    for pattern in _mapping(raw, "read") if _list(_mapping(raw, "contents"), "body") else ():
        if not any(fnmatchcase(name, pattern) for name in names):
            text = f"no text under contents is called {quoted(pattern)}"
            hint = "the pattern fits none of them"
            if "*" not in pattern:
                hint = did_you_mean(pattern, names, "write the name as it stands there")
            yield Complaint(("read", pattern), "config-unmatched", text, hint, at_key=True)


# Sections whose words stand in edition.yaml under their own name; the last have words of ours where there are none.
_SAID = ("dedication", "epigraph", "abbreviations", "credits", "colophon")
_MUST_BE_SAID = _SAID[:3]


def _words_of_sections(raw: Any, entries: list[tuple[Path, Any]]) -> Iterator[Complaint]:
    """Sections that have no words, and words that no section has."""
    sections = {_name(entry)[1]: path for path, entry in entries}
    for name in _SAID:
        if name in sections and name in _MUST_BE_SAID and not _mapping(raw).get(name):
            text = f"the section {quoted(name)} has no words"
            yield Complaint(sections[name], "config-section", text, f"write them under {name}: in this file")
        elif name not in sections and _mapping(raw).get(name):
            text = f"{quoted(name)} stands nowhere in the edition"
            hint = f"name the section under contents: {'back' if name in _SAID[3:] else 'front'}: [{name}]"
            yield Complaint((name,), "section-unused", text, hint, at_key=True)


def _entries(raw: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Everything that stands under contents, with its path; parts before what they hold."""
    for key in ("front", "body", "back", "contents"):
        for n, entry in enumerate(_list(raw, key)):
            yield (*path, key, n), entry
            yield from _entries(entry, (*path, key, n))


def _name(entry: Any) -> tuple[str, str]:
    """The key under which an entry names its text or section ("" for a bare word), and that name."""
    if isinstance(entry, str):
        return "", entry
    for key in ("file", "section"):
        if isinstance(name := _mapping(entry).get(key), str):
            return key, name
    return "", ""


def _entry_faults(path: Path, entry: Any) -> Iterator[Complaint]:
    if not isinstance(entry, Mapping):
        return
    kinds = [kind for kind in ("file", "section", "part") if kind in entry]
    if len(kinds) != 1:
        text = f"this entry has {' and '.join(kinds)}" if kinds else "this entry has no file, section or part"
        yield Complaint(path, "config-entry", text, "give it one of file, section, part")
    elif kinds == ["part"] and not entry.get("contents"):
        yield Complaint(path, "config-entry", "this part holds nothing", "list its texts under contents")
    elif kinds == ["part"] and path[1:-1] != ("body",):
        yield Complaint(path, "config-entry", "a part cannot stand here", "parts divide the body, and only once")
    if kinds != ["part"] and "contents" in entry:
        yield Complaint((*path, "contents"), "config-entry", "only a part holds contents", "", at_key=True)


def _twice(entries: list[tuple[Path, Any]]) -> Iterator[Complaint]:
    seen = {""}
    for path, entry in entries:
        key, name = _name(entry)
        if name in seen and name:
            text = f"{quoted(name)} stands under contents twice"
            yield Complaint((*path, key) if key else path, "config-twice", text, "keep one of the two")
        seen.add(name)


# --- what must agree in annotations


def _annotation_faults(raw: Any) -> Iterator[Complaint]:
    seen: list[Any] = []
    for n, one in enumerate(raw if isinstance(raw, list) else ()):
        said = [key for key in ("note", "corr", "omit", "index") if _mapping(one).get(key)]
        if isinstance(one, Mapping) and len(said) != 1:
            text = f"this annotation has {' and '.join(said)}" if said else "this annotation says nothing"
            yield Complaint((n,), "config-entry", text, "give it one of note, corr, omit, index")
        elif said and said[0] in ("corr", "omit") and not one.get("find"):
            yield Complaint((n,), "config-missing", f"“find” is missing: which words {said[0]} is about", "quote them")
        if one in seen:
            yield Complaint((n,), "config-twice", "this annotation stands here twice", "keep one of the two")
        seen.append(one)


# --- what must agree in a register


def _register_faults(raw: Any, others: Collection[str]) -> Iterator[Complaint]:
    known = {*_mapping(raw), *others}
    for key, record in _mapping(raw).items():
        for scheme, number in _mapping(record, "idno").items():
            reason = idno.fault(scheme, number) if isinstance(number, str) else None
            if reason:
                yield Complaint((key, "idno", scheme), "config-idno", *reason)
        for n, other in enumerate(_list(record, "see_also")):
            if other == key:
                text, hint = f"{quoted(key)} refers to itself", "leave it out"
                yield Complaint((key, "see_also", n), "config-reference", text, hint)
            elif isinstance(other, str) and other not in known:
                hint = did_you_mean(other, known, "add the entry, or leave the reference out")
                text = f"{quoted(other)} is in no register"
                yield Complaint((key, "see_also", n), "config-reference", text, hint)
