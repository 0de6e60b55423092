"""Releases: which version an edition is, what it was before, and the form of releases/VERSION.yaml.

Knows records and digests; knows no tree, no clock and no file but by name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ..book import PageMap, PageStart
from ..config import Edition, Loaded, ReleaseRecord
from ..problems import Place, Problem, did_you_mean
from .plan import named_entries

FOLDER = "releases/"
ABSENT = "absent"
OPEN = ("docx-comment", "query")  # problems that are questions to the editor: none may stand in a release
_NOT_THE_WORK = (FOLDER, "edition.lock")
_FILE = re.compile(r"([0-9]+(?:\.[0-9]+)*)\.yaml")


def file_of(version: str) -> str:
    return f"{FOLDER}{version}.yaml"


def versions_in(listing: bytes | None) -> list[str]:
    """The versions that a listing of releases/ names, oldest first."""
    found = (_FILE.fullmatch(name) for name in (listing or b"").decode(errors="replace").splitlines())
    return sorted((match[1] for match in found if match), key=order)


def order(version: str) -> tuple[int, ...]:
    """1.9 comes before 1.10."""
    return tuple(map(int, version.split(".")))


def digest_of(data: bytes | None) -> str:
    return ABSENT if data is None else hashlib.sha256(data).hexdigest()


def is_work(path: str) -> bool:
    """Whether a file is part of what is released: neither a release nor the ledger."""
    return not path.startswith(_NOT_THE_WORK) and ":" not in path


def standing(records: Sequence[ReleaseRecord], read: Callable[[str], bytes | None]) -> dict[str, Any]:
    """What the edition is today: {version, date, released, revisions}.

    `version` and `date` are those of the last release ("" where there is none); it is `released` if every source is
    as it was then, else a draft. `revisions`: version, date and changes of all, oldest first.
    """
    last = records[-1] if records else None
    released = last is not None and all(digest_of(read(path)) == was for path, was in last.sources.items())
    return {
        "version": last.version if last else "",
        "date": last.date if last else "",
        "released": released,
        "revisions": [{"version": r.version, "date": r.date, "changes": r.changes} for r in records],
    }


def unknown(version: str, known: Iterable[str], place: Place) -> Problem:
    hint = did_you_mean(version, known, f"`edition release` writes {file_of(version)}")
    return Problem("release-unknown", place, f"there is no release “{version}”", hint)


def misnamed(version: str, record: ReleaseRecord) -> Problem:
    text = f"{file_of(version)} says that it is version {record.version}"
    return Problem("release-misnamed", Place(file_of(version), 1, 1), text, "give the file the name of its version")


def moved(then: PageMap, now: PageMap) -> str:
    """The labels whose pages begin at another word now, or are no more, in order: "12–14, 20"."""
    places = {start.label: (start.block, start.word) for start in now.starts}
    changed = [places.get(start.label) != (start.block, start.word) for start in then.starts]
    runs = []
    for is_changed, run in groupby(zip(then.labels, changed, strict=True), key=lambda pair: pair[1]):
        labels = [label for label, _ in run]
        if is_changed:
            runs.append(labels[0] if len(labels) == 1 else f"{labels[0]}–{labels[-1]}")
    return ", ".join(runs)


# --- what stands in the way of a release


def out_of_order(version: str, known: Sequence[str]) -> list[Problem]:
    if not known or order(version) > order(known[-1]):
        return []
    text = f"version {known[-1]} is released already: {version} would not come after it"
    return [Problem("release-order", Place(file_of(version)), text, "choose a higher number")]


def open_queries(problems: Sequence[Problem]) -> list[Problem]:
    """Questions to the editors that stand in a draft."""
    hint = "answer it, and take its mark away"
    return [
        Problem("release-query", p.place, f"a question is open: {p.text}", hint) for p in problems if p.code in OPEN
    ]


def without_rights(loaded: Loaded[Edition]) -> list[Problem]:
    """Texts that come from elsewhere, and nothing is said of the rights in them."""
    found = []
    for place, entry in named_entries(loaded):
        if entry.file and (entry.source or entry.url) and not entry.rights:
            text = f"“{entry.file}” comes from elsewhere, and nothing is said of the rights in it"
            found.append(Problem("release-rights", place, text, "write them at its entry: rights: …"))
    return found


# --- writing


def dump(
    version: str,
    date: str,
    changes: str,
    sources: Mapping[str, str],
    outputs: Mapping[str, str] | None = None,
    pages: Iterable[tuple[PageStart, str]] = (),
    also: Mapping[str, str] | None = None,
) -> bytes:
    """releases/VERSION.yaml. `pages`: starts in order, each with the first words of the page; the rest as in
    config.ReleaseRecord."""
    lines = [f"version: {_text(version)}", f"date: {date}", f"changes: {_text(changes)}"]
    for name, table in (("sources", sources), ("outputs", outputs or {}), ("also", also or {})):
        lines += [f"{name}:", *(f"  {_text(key)}: {_text(value)}" for key, value in sorted(table.items()))] * bool(
            table
        )
    rows = [_row(start, text) for start, text in pages]
    lines += ["pages:", *rows] if rows else []
    return "".join(f"{line}\n" for line in lines).encode()


def _row(start: PageStart, text: str) -> str:
    if start.block:
        at = f", at: {_text(start.block)}, word: {start.word}, text: {_text(text)}"
    else:
        at = f", unit: {_text(start.unit)}" if start.unit else ""
    return f"  - {{page: {_text(start.label)}{at}}}"


def _text(value: str) -> str:
    """A JSON string is one of YAML too, but for three characters that end a line there (YAML 1.1, 5.4)."""
    return re.sub("[\x85\u2028\u2029]", lambda end: f"\\u{ord(end[0]):04x}", json.dumps(value, ensure_ascii=False))
