"""Following the sources: in which folders they lie, and word of every change in them.

Knows folders and watchfiles; must not know what is done about a change.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from .. import disk, engine

if TYPE_CHECKING:
    from watchfiles import Change

# What a program writes for itself, in the midst of saving: ours (locks, halves), vi's, Emacs's, other editors'.
_IN_PASSING = re.compile(r"\..*\.(lock|part)|\.#.*|#.*#|.*~|.*\.sw[a-z]|\.DS_Store")
_LOOK_UP = 200  # milliseconds after which a watch that has nothing to tell says so


class _Options(TypedDict):
    watch_filter: Callable[[Change, str], bool]
    recursive: bool
    rust_timeout: int
    yield_on_timeout: bool


class Followed(NamedTuple):
    """Folders in which a change may matter, and what the last build saw of the files in them: path -> digest."""

    folders: frozenset[str] = frozenset()
    files: Mapping[str, str] = {}

    def is_other(self, path: str) -> bool:
        """Whether a file may be another than the last build saw: one that has only been written again is not."""
        above, last = os.path.split(path)
        data = disk.Root(Path(above), Path("/")).read(last)
        return self.files.get(path) != (engine.ABSENT if data is None else engine.digest(data))


def followed(editions: Mapping[Path, Mapping[str, str]]) -> Followed:
    """What editions are made of: their own folders, those of their files, wherever links lead, and the house styles.
    Of a folder that is not there, the nearest above it that is.

    `editions`: folder -> the names of files relative to it, of absent ones too, with the digests that they had.
    """
    folders = {where for where, _, _ in os.walk(disk.styles_folder())}
    files: dict[str, str] = {}
    for edition, inputs in editions.items():
        own = str(disk.edition_root(edition).folder)
        folders.add(own)
        for name, seen in inputs.items():
            above, last = os.path.split(os.path.join(own, name))
            files[os.path.join(_nearest(above), last)] = seen
            folders |= {_nearest(above), _nearest(os.path.dirname(os.path.realpath(os.path.join(above, last))))}
    return Followed(frozenset(folders), files)


def followed_whole(edition: Path, inputs: Mapping[str, str]) -> Followed:
    """As `followed`, with all folders within the edition's own but hidden ones: more may matter than `inputs`."""
    found = followed({edition: inputs})
    within = set[str]()
    for where, folders, _ in os.walk(disk.edition_root(edition).folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        within.add(where)
    return found._replace(folders=found.folders | within)


def _nearest(folder: str) -> str:
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return os.path.realpath(folder)


def follow(work: Callable[[], Followed]) -> None:
    """Work at once, and again after every change in what it says it was about.

    Where that lies in other folders than before it works once more, for what happened before they were watched.
    """
    from watchfiles import watch

    before = Followed()
    while True:
        now = work()
        if now.folders != before.folders:
            changes = watch(*sorted(now.folders), **_options())
            next(changes)
        else:
            while not any(now.is_other(path) for _, path in next(changes)):
                pass
        before = now


async def changes(work: Callable[[], Followed]) -> AsyncIterator[None]:
    """Word of every change in what the last `work` was about; as `follow` else."""
    from watchfiles import awatch

    before = Followed()
    while True:
        now = work()
        if now.folders != before.folders:
            found = awatch(*sorted(now.folders), **_options(), debounce=60, step=20)
            await anext(found)
        else:
            while not any(now.is_other(path) for _, path in await anext(found)):
                pass
        before = now
        yield


def _options() -> _Options:
    return {"watch_filter": _counts, "recursive": False, "rust_timeout": _LOOK_UP, "yield_on_timeout": True}


def _counts(change: Any, path: str) -> bool:
    return not _IN_PASSING.fullmatch(os.path.basename(path))
