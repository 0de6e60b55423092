"""Where finished work is kept between builds: the user's cache folder, how large it may grow, whose traces are whose.

Knows the environment and folders; must not know how a store keeps things.
"""

from __future__ import annotations

import functools
import gc
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import disk, engine, manifest
from ..engine import Seen
from ..why import Run

if TYPE_CHECKING:
    from ..store import Disk

FOLDER, SIZE = "EDITION_CACHE", "EDITION_CACHE_SIZE"
MAX_BYTES = 2 << 30
_UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


@contextmanager
def cache(edition: Path) -> Iterator[engine.Memory]:
    """The store for builds of one edition, for the length of a build; in memory where none can be had on disk.

    A usage error where the environment names a folder of the edition's or of other things, or no size.
    """
    folder, most = place(os.environ), limit(os.environ)
    own = disk.edition_root(edition).folder
    if folder is not None and Path(os.path.realpath(folder)).is_relative_to(own):
        raise click.UsageError(f"the cache, {folder}, would lie among the sources of “{edition}”: set {FOLDER}")
    if folder is None or not is_private(folder):
        if folder is not None and os.environ.get(FOLDER):
            raise click.UsageError(f"{FOLDER}={folder} cannot be written, or holds other things")
        yield engine.Memory()
        return
    store = _opened(folder, edition)
    try:
        yield store
    finally:
        store.close(most)


@contextmanager
def staying() -> Iterator[Callable[[Path], AbstractContextManager[engine.Memory]]]:
    """As `cache`, for one build after another: stores stay open, and are saved when a build is over."""
    with ExitStack() as stack:
        opened = functools.cache(lambda edition: stack.enter_context(cache(edition)))

        @contextmanager
        def one(edition: Path) -> Iterator[engine.Memory]:
            store = opened(edition)
            yield store
            store.save()

        yield one


def _opened(folder: Path, edition: Path) -> Disk:
    """The store of an edition. Its traces are many small tuples, all of which stay: the search for cycles leaves those
    of a process's first edition alone; after that, freezing would keep what waits to be collected."""
    from ..store import Disk

    gc.disable()
    store = Disk(folder, space_of(edition))
    if not gc.get_freeze_count():
        gc.freeze()
    gc.enable()
    return store


def space_of(edition: Path) -> str:
    """Whose traces are meant: a digest of the path of an edition's folder."""
    return hashlib.sha256(os.fsencode(disk.edition_root(edition).folder)).hexdigest()[:16]


def remember(edition: Path, run: Run) -> None:
    """Keep what the last build did that did anything, for `edition why`; what cannot be kept is not."""
    folder = place(os.environ)
    if folder is not None and is_private(folder):
        told = [[list(key), cause] for key, cause in run.why.items()], run.spared
        with suppress(OSError):
            disk.write_all(folder, {f"last-{space_of(edition)}.json": json.dumps(told).encode()})


def last_run(edition: Path) -> Run | None:
    """What `remember` kept; None for anything else."""
    folder = place(os.environ)
    try:
        name = f"last-{space_of(edition)}.json"
        why, spared = json.loads((folder / name).read_bytes() if folder else b"")
        causes = {tuple(key): Seen(c[0], tuple(c[1]), c[2], c[3]) if c else None for key, c in why}
        return Run(causes, dict(spared))
    except (OSError, ValueError, TypeError, LookupError):
        return None


def place(environment: Mapping[str, str]) -> Path | None:
    """The cache folder: EDITION_CACHE ("off": none), else `edition` in $XDG_CACHE_HOME or ~/.cache."""
    asked = environment.get(FOLDER, "")
    if asked:
        return None if asked == "off" else Path(os.path.abspath(asked))
    base = environment.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # to be ignored: XDG Base Directory Specification
        base = os.path.expanduser("~/.cache")
    return Path(base, "edition") if os.path.isabs(base) else None


def limit(environment: Mapping[str, str]) -> int:
    """The most bytes of values that stay when a build is over: EDITION_CACHE_SIZE ("500M", "4G"), else 2 GiB."""
    asked = environment.get(SIZE, "").strip()
    found = re.fullmatch(r"([0-9]+)\s*([KMG]?)(i?B)?", asked, re.IGNORECASE)
    if asked and not found:
        raise click.UsageError(f"{SIZE}={asked} is no size; write it as 500M or 4G")
    return int(found[1]) * _UNITS[found[2].upper()] if found else MAX_BYTES


def is_private(folder: Path) -> bool:
    """Make the folder, for its owner alone, since what lies there may be unpickled; whether that could be done.

    A folder with other things in it is left alone.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        names = os.listdir(folder)
        if os.stat(folder).st_uid == os.geteuid() and (not names or "traces.sqlite" in names):
            os.chmod(folder, 0o700)
            return os.access(folder, os.W_OK)
    except OSError:
        pass
    return False


def versions(tool: manifest.Tool) -> dict[str, str]:
    """What a trace must agree with, by the names that rules give to `Trace.version`."""
    from .. import __version__

    basis = [tool.code, *(tool.versions[name] for name in ("python", "lxml"))]
    return {**tool.versions, "code": engine.digest("\n".join(basis).encode()), "edition": __version__}
