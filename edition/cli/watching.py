"""Following the sources: in which folders they lie, and word of every change in them.

Knows folders and watchfiles; must not know what is done about a change.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import disk, engine

if TYPE_CHECKING:
    from watchfiles import Change

    Changes = Iterator[set[tuple[Change, str]]]

# What a program writes for itself, in the midst of saving: ours (locks, halves), vi's, Emacs's, other editors'.
_IN_PASSING = re.compile(r"\..*\.(lock|part)|\.#.*|#.*#|.*~|.*\.sw[a-z]|\.~lock\..*#|~\$.*|\.DS_Store")
_LOOK_UP = 200  # milliseconds after which a watch that has nothing to tell says so
_MAIN = "edition.yaml"
_LINKS = 40  # on the way to one file, as many as Linux follows

Tell = Callable[[str], None]
File = tuple[str, str]  # the folder of its edition, and its name there


class Followed(NamedTuple):
    """What the last work was about: files, absent ones too, with the digests that it saw; and folders in which any
    change may matter."""

    files: Mapping[File, str] = {}
    whole: frozenset[str] = frozenset()

    def is_other(self, file: File) -> bool:
        """Whether a file is another than the last work saw: one that has only been written again is not."""
        return self.files[file] != _digest(file)


def followed(editions: Mapping[Path, Mapping[str, str]]) -> Followed:
    """What editions are made of: their files, and the house styles.

    `editions`: folder -> the names of files relative to it, of absent ones too, with the digests that they had. One of
    which nothing is known may be made of whatever lies in its folder.
    """
    files = dict[File, str]()
    whole = {where for where, _, _ in os.walk(disk.styles_folder())}
    for edition, inputs in editions.items():
        own = os.path.abspath(edition)
        main = (own, _MAIN)
        files |= {main: _digest(main), **{(own, name): seen for name, seen in inputs.items()}}
        whole |= set() if inputs else _within(edition)
    return Followed(files, frozenset(whole))


def followed_whole(edition: Path, inputs: Mapping[str, str]) -> Followed:
    """As `followed`, with whatever lies in the edition's own folder: more may matter than `inputs`."""
    found = followed({edition: inputs})
    return found._replace(whole=found.whole | _within(edition))


def _digest(file: File) -> str:
    edition, name = file
    data = disk.edition_root(Path(edition)).read(name)
    return engine.ABSENT if data is None else engine.digest(data)


def _within(edition: Path) -> set[str]:
    """The folders of an edition but hidden ones."""
    within = set[str]()
    for where, folders, _ in os.walk(disk.edition_root(edition).folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        within.add(where)
    return within


# --- where files lie


class _Places(NamedTuple):
    """Folders to watch; which files are found by way of a path in them; the folders and links among those paths, which
    may come, go and lead elsewhere."""

    folders: frozenset[str] = frozenset()
    ways: Mapping[str, Set[File]] = {}
    turns: frozenset[str] = frozenset()

    def by_way_of(self, path: str) -> Iterator[File]:
        """The files that a change at `path` may have changed; "folder/", its list, is one of them."""
        yield from self.ways.get(path, ())
        yield from (file for file in self.ways.get(os.path.dirname(path), ()) if file[1].endswith("/"))


def _places(now: Followed) -> _Places:
    """What stands above the folder in which an edition's stands is left alone: no edition reaches there."""
    folders, ways, turns = set(now.whole), defaultdict[str, set[File]](set), set[str]()
    tops = {edition: _nearest(os.path.dirname(os.path.realpath(edition))) for edition in {own for own, _ in now.files}}
    for edition, name in now.files:
        ahead = _looked_up(os.path.join(edition, name))
        looked_up = [path for path in ahead if not _is_on_the_way_to(tops[edition], path)]
        for path in looked_up:
            ways[path].add((edition, name))
            folders.add(os.path.dirname(path))
        turns.update(looked_up[:-1])
        folders.update(looked_up[-1:] if name.endswith("/") else ())
    return _Places(frozenset(filter(_is_open, folders)), ways, frozenset(turns))


def _is_open(folder: str) -> bool:
    return os.access(folder, os.R_OK | os.X_OK)


def _nearest(folder: str) -> str:
    """A folder, or where it is not there the nearest above it that is."""
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _is_on_the_way_to(top: str, path: str) -> bool:
    return path == top or top.startswith(f"{path}/")


def _looked_up(path: str) -> Iterator[str]:
    """Every path that the system looks up on the way to a file: folders, links and where they lead, itself last."""
    here, ahead, links = "/", path.split("/")[::-1], 0
    while ahead:
        name = ahead.pop()
        if name in ("", ".", ".."):
            here = os.path.dirname(here) if name == ".." else here
            continue
        above, here = here, os.path.join(here, name)
        yield here
        if os.path.islink(here) and links < _LINKS:
            target, links = os.readlink(here), links + 1
            here = "/" if target.startswith("/") else above
            ahead += target.split("/")[::-1]


# --- following


def follow(work: Callable[[], Followed], tell: Tell) -> None:
    """Work at once, and again after every change in what it says it was about; `tell` as for `_Watcher`."""
    watcher = _Watcher(tell)
    while True:
        now = work()
        while not watcher.is_due(now):
            pass


async def changes(seen: Callable[[], Followed], tell: Tell) -> AsyncIterator[None]:
    """Word of every change in what the last work, as `seen` says, was about; `tell` as for `_Watcher`."""
    watcher = _Watcher(tell, debounce=60, step=20)
    while True:
        now = seen()
        while not await asyncio.to_thread(watcher.is_due, now):
            pass
        yield


class _Watcher:
    """Hears of changes, and says within `step` milliseconds, or within `debounce` where they follow on each other.

    Where the system cannot watch so much it looks for changes itself, which `tell` is told.
    """

    def __init__(self, tell: Tell, debounce: int = 1600, step: int = 50) -> None:
        self._tell, self._debounce, self._step = tell, debounce, step
        self._polls: bool | None = None  # as the environment has it
        self._now: Followed | None = None
        self._places = _Places()
        self._changes: Changes = iter(())

    def is_due(self, now: Followed) -> bool:
        """Whether anything that `now` names has changed since it was seen; waits for that, but not for long."""
        heard = _paths(next(self._changes)) if now is self._now else set[str]()
        before, has_turned = self._places, not heard.isdisjoint(self._places.turns)
        if has_turned or now is not self._now:
            self._now, self._places = now, _places(now)
        files = {file for path in heard for file in self._places.by_way_of(path)}
        if has_turned or self._places.folders != before.folders:  # nobody has heard what happened there
            heard |= self._watch()
            files = {*now.files}
        return any(os.path.dirname(path) in now.whole for path in heard) or any(map(now.is_other, files))

    def _watch(self) -> set[str]:
        """Watch today's places; what has been heard meanwhile, there and at the old ones."""
        while True:
            found = self._found()
            try:
                heard = _paths(next(found)) | _paths(next(self._changes, set()))
            except (FileNotFoundError, PermissionError):  # a folder has just gone, or been closed to us
                continue
            except (OSError, RuntimeError) as error:
                if self._polls:
                    raise
                self._polls = True
                self._tell(f"this machine watches no more folders ({_reason(error)}); changes are looked for instead")
                continue
            self._changes = found
            return heard

    def _found(self) -> Changes:
        from watchfiles import watch

        return watch(
            *sorted(filter(_is_open, self._places.folders)),
            watch_filter=_counts,
            debounce=self._debounce,
            step=self._step,
            rust_timeout=_LOOK_UP,
            yield_on_timeout=True,
            force_polling=self._polls,
            recursive=False,
            ignore_permission_denied=False,  # else it is silent about all that it does not watch
        )


def _reason(error: Exception) -> str:
    return str(error).partition(" about ")[0].rstrip(".")


def _paths(changes: set[tuple[Change, str]]) -> set[str]:
    return {path for _, path in changes}


def _counts(change: Any, path: str) -> bool:
    return not _IN_PASSING.fullmatch(os.path.basename(path))
