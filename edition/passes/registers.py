"""The registers of an edition made one: people, places and organisations of its YAML files and of its TEI sources.

Of an entry that stands in several the later wins, field by field; YAML is later than any source.
Knows records; knows no text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .. import edtf
from ..book import REGISTERS, Person
from ..config import Loaded, Record
from ..config.idno import bare, fault
from ..problems import Place, Problem
from .name_forms import organisation_forms, person_forms, place_forms, sort_form

Fields = dict[str, Any]
Files = Mapping[str, Sequence[Loaded[dict[str, Any]]]]
Told = Sequence[tuple[str, Mapping[str, Sequence[Mapping[str, Any]]]]]
_FIELDS = ("name", "sort", "variants", "born", "died", "about", "idno", "see_also", "family", "cite")


class _Merging:
    """Entries by key while files are gone through: kind, fields, where each began, and what there is to say."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.entries: dict[str, Fields] = {}
        self.problems: list[Problem] = []

    def add(self, kind: str, key: str, fields: Fields, place: Place) -> tuple[str, ...]:
        """Put an entry in; the fields in which it says otherwise than an earlier one did."""
        if self.kinds.setdefault(key, kind) != kind:
            text = f"“{key}” is the id of a {_SAID[self.kinds[key]]} already, and cannot be that of a {_SAID[kind]} too"
            self.problems.append(Problem("register-id", place, text, "ids are unique in all registers together"))
            return ()
        before = self.entries.setdefault(key, {})
        changed = tuple(name for name in _FIELDS if name in fields and before.get(name, fields[name]) != fields[name])
        before.update(fields)
        return changed


_SAID = {"person": "person", "place": "place", "org": "organisation"}


def register(files: Files, told: Told = ()) -> tuple[dict[str, Person], list[Problem]]:
    """Persons of all kinds by key, with all their forms.

    `files`: register -> its YAML files in order; `told`: (source, its Reading.registers), in order.
    """
    merging = _Merging()
    for path, records in told:
        _add_told(merging, path, records)
    for name, kind in REGISTERS.items():
        seen: set[str] = set()
        for file in files.get(name, ()):
            for key, record in (file.value or {}).items():
                merging.problems += _life_problems(key, record, file.where)
                fields = {field: getattr(record, field) for field in _FIELDS if field in record.model_fields_set}
                if merging.kinds.get(key) == kind:
                    merging.problems.append(_merged(key, fields, file.where_key(key), key not in seen))
                merging.add(kind, key, fields, file.where_key(key))
                seen.add(key)
    return {key: _person(key, merging.kinds[key], fields) for key, fields in merging.entries.items()}, merging.problems


def _merged(key: str, fields: Fields, place: Place, is_told: bool) -> Problem:
    where = "in a source" if is_told else "in an earlier register"
    text = f"“{key}” is {where} too; here its {', '.join(sorted(fields))} hold"
    return Problem("person-merged", place, text)


def _life_problems(key: str, record: Record, where: Callable[..., Place]) -> list[Problem]:
    found = []
    for name in ("born", "died"):
        value = getattr(record, name, "")
        if value and (reason := edtf.problem_with(value)):
            found.append(Problem("date-edtf", where(key, name), f"“{value}” is no date: {reason}", edtf.HINT))
    return found


def _person(key: str, kind: str, fields: Fields) -> Person:
    name, variants = str(fields["name"]), tuple(fields.get("variants", ()))
    sort = fields.get("sort") or (sort_form(name) if kind == "person" else name)
    forms = _forms(kind, name, sort, variants)
    idno = tuple(sorted(fields.get("idno", {}).items()))
    life = (fields.get("born", ""), fields.get("died", ""), fields.get("about", ""))
    headings = tuple(variant for variant in variants if "," in variant)
    also, family, cite = tuple(fields.get("see_also", ())), fields.get("family", ""), fields.get("cite", "")
    return Person(key, name, sort, forms, *life, also, idno, kind, headings, family, cite)


def _forms(kind: str, name: str, sort: str, variants: Sequence[str]) -> tuple[str, ...]:
    if kind == "person":
        return person_forms(name, sort, variants)
    return (place_forms if kind == "place" else organisation_forms)((name, *variants))


# --- records of TEI sources


def _add_told(merging: _Merging, path: str, records: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for name, kind in REGISTERS.items():
        for record in records.get(name, ()):
            place = Place(path, record.get("line", 0))
            fields, lost = _fields(record)
            if not fields.get("name"):
                lost = [*lost, "it has no name, so nothing can be found for it"]
                fields["name"] = record["id"]
            changed = merging.add(kind, record["id"], fields, place)
            if changed:
                lost = [*lost, f"an earlier source says otherwise of its {', '.join(changed)}: here they hold"]
            merging.problems += [Problem("register-told", place, f"“{record['id']}”: {said}") for said in lost]


def _fields(record: Mapping[str, Any]) -> tuple[Fields, list[str]]:
    """The fields of a record of a TEI source, and what of it cannot be kept."""
    fields = {name: record[name] for name in ("name", "sort", "about") if record.get(name)}
    lost: list[str] = []
    if record.get("variants"):
        fields["variants"] = tuple(record["variants"])
    for name in ("born", "died"):
        value = record.get(name, "")
        if value and edtf.problem_with(value):
            lost.append(f"“{value}” is no date, and is left out")
        elif value:
            fields[name] = value
    numbers = {scheme.lower(): bare(number) for scheme, number in (record.get("idno") or {}).items()}
    wrong = {scheme: said for scheme, number in numbers.items() if (said := fault(scheme, number))}
    lost += [f"{said[0]}, and is left out" for said in wrong.values()]
    if kept := {scheme: number for scheme, number in numbers.items() if scheme not in wrong}:
        fields["idno"] = kept
    return fields, lost


def of_kind(names: Mapping[str, Person], kind: str) -> dict[str, Person]:
    """The entries of one register."""
    return {key: person for key, person in names.items() if person.kind == kind}


def keys_of(files: Iterable[Loaded[dict[str, Any]]]) -> list[str]:
    """All ids in some registers."""
    return [key for file in files for key in file.value or ()]
