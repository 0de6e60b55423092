"""The two versions that are compared: a folder of sources or of outputs, a release, or a git revision.

Knows the builder and git; knows nothing of what is compared. Revisions are read from git into a folder of the system's
own for such things, and built there.
"""

from __future__ import annotations

import io
import json
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import builder, config
from ..book import PageMap, page_map_from
from ..disk import edition_root, read_output
from ..engine import Memory
from ..passes import releases
from ..problems import Problem
from ..writers import frozen
from .differences import Side


class NoSuchVersion(Exception):
    """What was named is none of these; the message says what to do. `problems` are those of sources with errors."""

    def __init__(self, message: str, problems: list[Problem] | None = None) -> None:
        super().__init__(message)
        self.problems = problems or []


def side(name: str, edition: Path | None, pages: bool, tool: Mapping[str, str], store: Memory) -> Side:
    """The version called `name`; `edition` is the folder of which releases and revisions are meant."""
    folder = Path(name)
    if folder.is_dir():
        return _outputs(folder) or _sources(folder, name, pages, tool, store)
    if edition is None:
        raise NoSuchVersion(f"there is no folder “{name}”, and none of an edition whose release it could be")
    record = edition_root(edition).read(releases.file_of(name)) if name[:1].isdigit() else None
    revision = _commit_of(edition, releases.file_of(name)) if record is not None else _revision(edition, name)
    if revision is None and record is not None and _is_current(edition, record):
        return _sources(edition, f"version {name}", pages, tool, store, name)
    if revision is None:
        raise NoSuchVersion(
            f"“{name}” is no folder, no release and no revision of git"
            if record is None
            else f"releases/{name}.yaml is not committed: git knows no text of it; name a folder of its outputs instead"
        )
    with tempfile.TemporaryDirectory() as home:
        said = f"version {name}" if record is not None else name
        return _sources(_checkout(edition, revision, Path(home)), said, pages, tool, store, name if record else "")


def _outputs(folder: Path) -> Side | None:
    """A folder that holds one built edition."""
    found = sorted(folder.glob("*.tei.xml"))
    if len(found) != 1:
        return None
    map_ = read_output(folder / found[0].name.replace(".tei.xml", ".pages.json"))
    return Side(str(folder), found[0].read_bytes(), page_map_from(map_) if map_ else None)


def _sources(folder: Path, name: str, pages: bool, tool: Mapping[str, str], store: Memory, version: str = "") -> Side:
    """An edition's sources, built; the pages of a release come from its record, and need no layout."""
    if not (folder / "edition.yaml").is_file():
        raise NoSuchVersion(f"“{folder}” holds neither an edition.yaml nor one built edition")
    with builder.opened(folder, store, tool=tool) as edition:
        if not (edition.configured() and edition.sound()):
            raise NoSuchVersion(f"{name} has errors", edition.made({}).problems)
        engine = edition.engine
        map_: PageMap | None = None
        if version:
            map_ = _frozen(folder, version, edition)
        elif pages and engine.cell(("config",), "epub")["pages"] == "print":
            map_ = page_map_from(engine.need("reference"))
        return Side(_here(json.loads(engine.need("standing"))) if name == "." else name, engine.need("tei"), map_)


def _here(standing: Mapping[str, Any]) -> str:
    """What the sources in this folder are called."""
    return f"version {standing['version']}" if standing["released"] else "this draft"


def _frozen(folder: Path, version: str, edition: builder.Build) -> PageMap | None:
    name = releases.file_of(version)
    loaded = config.load_release(edition_root(folder).read(name) or b"", name)
    if loaded.value is None or not loaded.value.pages:
        return None
    record = loaded.value.model_dump(mode="json")
    units = [json.loads(edition.engine.need("xhtml", unit["key"])) for unit in edition.engine.cell(("order",), "all")]
    placed, _ = frozen.placed(record["pages"], frozen.text_of(units), lambda id: id)
    return frozen.with_exceptions(placed, record["also"])


def _is_current(edition: Path, record: bytes) -> bool:
    loaded = config.load_release(record, "")
    return loaded.value is not None and bool(releases.standing([loaded.value], edition_root(edition).read)["released"])


# --- git


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git says; None where it fails, or is not there."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None


def _revision(edition: Path, name: str) -> str | None:
    found = None if name.startswith("-") else _git(edition, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    return found.decode().strip() if found else None


def _commit_of(edition: Path, file: str) -> str | None:
    """The last commit that wrote a file."""
    found = _git(edition, "log", "-1", "--format=%H", "--", file)
    return found.decode().strip() or None if found else None


def _checkout(edition: Path, revision: str, home: Path) -> Path:
    """The edition as it was, with the folder in which it stands (for registers it shares), below `home`."""
    prefix = (_git(edition, "rev-parse", "--show-prefix") or b"").decode().strip().rstrip("/")
    above = edition.resolve().parent if prefix else edition
    data = _git(above, "archive", "--format=tar", revision)
    name = edition.resolve().name
    target = home / "sources" if prefix else home / name
    if data is None:
        raise NoSuchVersion(f"git has no {edition} at {revision[:12]}")
    # Python 3.11.3 and older know no filters; git makes no archive that leads out of its folder.
    safely: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(target, **safely)
    return target / name if prefix else target
