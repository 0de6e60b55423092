"""Bibliographies in BibTeX and CSL-JSON, as the records of bibliography.yaml have them.

Knows these two formats; knows no citation and no style.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ..config import WorkRecord
from ..problems import Place, Problem

_TAGS = re.compile(r"</?[a-z]+[^>]*>")
_HINT = "mend it, or export the file again from your reference manager"
_CSL = {
    "volume": "volume", "issue": "issue", "page": "pages", "edition": "edition", "publisher-place": "place",
    "publisher": "publisher", "URL": "url", "title": "title", "title-short": "short",
}  # fmt: skip
_BIBTEX = {
    "volume": "volume", "number": "issue", "pages": "pages", "edition": "edition", "address": "place",
    "location": "place", "publisher": "publisher", "url": "url", "title": "title", "shorttitle": "short",
    "booktitle": "book", "journal": "journal", "journaltitle": "journal", "urldate": "accessed",
    "date": "date", "institution": "publisher", "school": "publisher",
}  # fmt: skip


def read(name: str, data: bytes) -> tuple[dict[str, WorkRecord], list[Problem]]:
    """The works of a .bib or .json file by id, and what cannot be read."""
    try:
        text = data.decode("utf-8-sig")
        raw = _bibtex(text) if name.lower().endswith(".bib") else _csl(text)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        said = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else "it is not of its format"
        return {}, [Problem("bibliography-format", Place(name, line, 1), f"{name} cannot be read: {said}", _HINT)]
    found: dict[str, WorkRecord] = {}
    problems = []
    for key, fields in raw:
        kept = {field: value for field, value in fields.items() if value}
        if not kept.get("title") or not re.fullmatch(r"[^\W\d][\w.-]*", key):
            what = "has no title" if not kept.get("title") else "has no key that can be an id: letters, digits, - _ ."
            problems.append(Problem("bibliography-format", Place(name), f"the work “{key}” {what}", _HINT))
            continue
        found[key] = WorkRecord(**kept)
    return found, problems


Raw = list[tuple[str, dict[str, Any]]]


def _bibtex(text: str) -> Raw:
    import bibtexparser  # type: ignore[import-untyped,unused-ignore]
    from bibtexparser.bparser import BibTexParser  # type: ignore[import-untyped,unused-ignore]

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries = bibtexparser.loads(text, parser=parser).entries
    if not entries and "@" in text:
        raise ValueError
    return [(entry["ID"], _bibtex_fields(entry)) for entry in entries]


def _bibtex_fields(entry: Mapping[str, str]) -> dict[str, Any]:
    from bibtexparser.latexenc import latex_to_unicode  # type: ignore[import-untyped,unused-ignore]

    def clean(value: str) -> str:
        return " ".join(
            latex_to_unicode(value).replace("{", "").replace("}", "").replace("---", "—").replace("--", "–").split()
        )

    fields: dict[str, Any] = {ours: clean(entry[theirs]) for theirs, ours in _BIBTEX.items() if entry.get(theirs)}
    for role in ("author", "editor", "translator"):
        if entry.get(role):
            names = re.split(r"\s+and\s+", entry[role].replace("\n", " "))
            fields[role] = tuple(clean(_sorted(name)) for name in names)
    if not fields.get("date"):
        fields["date"] = clean(entry.get("year", ""))
    return fields


def _sorted(name: str) -> str:
    """A name as "Surname, Given"; what braces hold together is an institution."""
    if name.strip().startswith("{") or "," in name or " " not in name.strip():
        return name.strip()
    given, _, surname = name.strip().rpartition(" ")
    return f"{surname}, {given}"


def _csl(text: str) -> Raw:
    items = json.loads(text)
    return [(str(item["id"]), _csl_fields(item)) for item in items]


def _csl_fields(item: Mapping[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        ours: _TAGS.sub("", str(item[theirs])) for theirs, ours in _CSL.items() if item.get(theirs)
    }
    for role in ("author", "editor", "translator"):
        fields[role] = tuple(_csl_name(name) for name in item.get(role, ()))
    container = _TAGS.sub("", str(item.get("container-title") or ""))
    if container:
        place = {"chapter": "book", "webpage": "publisher", "post-weblog": "publisher"}.get(item.get("type", ""))
        fields[place or "journal"] = container
    fields["date"], fields["accessed"] = _csl_date(item.get("issued")), _csl_date(item.get("accessed"))
    if "pages" in fields:
        fields["pages"] = fields["pages"].replace("-", "–")
    return fields


def _csl_name(name: Mapping[str, str]) -> str:
    if name.get("literal"):
        return name["literal"]
    family = " ".join(part for part in (name.get("non-dropping-particle"), name.get("family")) if part)
    return ", ".join(part for part in (family, name.get("given")) if part)


def _csl_date(date: Mapping[str, Any] | None) -> str:
    parts = (date or {}).get("date-parts") or [[]]
    return "-".join(f"{int(part):0{4 if n == 0 else 2}d}" for n, part in enumerate(parts[0]))
