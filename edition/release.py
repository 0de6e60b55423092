"""Releasing a version: the edition is built as what it is about to become, and the record of that is made.

Knows the builder and the form of a release; writes nothing and prints nothing (the command line does).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from . import builder, config
from .book import PageStart
from .builder import Made
from .disk import edition_root
from .engine import Memory
from .passes import lockfile, releases
from .problems import Place, Problem


class Refused(Struct, frozen=True):
    """Why there is no release; `usage` says that YAML could not be read."""

    problems: Sequence[Problem]
    usage: bool = False


class Released(Struct, frozen=True):
    """The outputs of a release, and the bytes of its record."""

    made: Made
    record: bytes


def standing_as(folder: Path, version: str, changes: str) -> bool | Refused:
    """Whether this very version is released already; Refused where another one is under its number."""
    root, name = edition_root(folder), releases.file_of(version)
    data = root.read(name)
    if data is None:
        return False
    loaded = config.load_release(data, name)
    if loaded.value is None:
        return Refused(loaded.problems, usage=True)
    if releases.standing([loaded.value], root.read)["released"] and loaded.value.changes == changes:
        return True
    text = f"version {version} is released already, with other sources or other words on its changes"
    return Refused([Problem("release-changed", Place(name, 1, 1), text, "release what is new under a new number")])


def release(folder: Path, version: str, changes: str, date: str, tool: Mapping[str, str]) -> Released | Refused:
    """Make a version that is not released yet. OSError: the disk."""
    store, root = Memory(), edition_root(folder)
    draft = builder.make(folder, store=store, tool=tool)
    problems = [*draft.problems, *_hindrances(folder, version), *releases.open_queries(draft.problems)]
    if any(problem.is_error for problem in problems):
        return Refused(problems, draft.usage)
    sources = {path: releases.digest_of(root.read(path)) for path in draft.inputs if releases.is_work(path)}
    over = {
        releases.file_of(version): releases.dump(version, date, changes, sources),
        releases.FOLDER: (root.read(releases.FOLDER) or b"") + f"{version}.yaml\n".encode(),
        lockfile.NAME: draft.lock or b"",
    }
    with builder.opened(folder, store=store, tool=tool, over=over) as edition:
        made = edition.whole(())
        if made.failed or not made.files:
            return Refused(made.problems)
        pages = json.loads(edition.engine.need("page_record")) if _has_pages(made) else {"pages": [], "also": {}}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in made.files.items()}
    rows = [(PageStart(**row["start"]), row["text"]) for row in pages["pages"]]
    record = releases.dump(version, date, changes, sources, hashes, rows, pages["also"])
    return Released(made, record)


def _has_pages(made: Made) -> bool:
    return any(name.endswith(".pages.json") for name in made.files)


def _hindrances(folder: Path, version: str) -> list[Problem]:
    root = edition_root(folder)
    loaded = config.load_edition(root.read("edition.yaml") or b"", "edition.yaml")
    known = releases.versions_in(root.read(releases.FOLDER))
    return [*releases.out_of_order(version, known), *(releases.without_rights(loaded) if loaded.value else ())]
