"""The only door to the user's files: rooted reads, atomic writes, one build at a time in an output folder.

Knows folders and bytes; must not know what any file means.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from .problems import Place, Problem, did_you_mean

MAX_BYTES = 64 * 1024 * 1024
LOCK_SECONDS = 60.0
POLL_SECONDS = 0.2
PACKAGE = Path(__file__).resolve().parent

_NO_LOCKS_HERE = (errno.ENOTSUP, errno.ENOSYS, errno.ENOLCK)


class Busy(OSError):
    """Another build has held an output folder for too long."""


class Root:
    """Reads by names relative to `folder`; nothing outside `within` (else `folder` itself) is reached.

    Links are followed first and judged by where they lead. Within the parent of an edition's folder,
    `../shared/people.yaml` may be read, and `../../secret`, or a link to it, may not.
    """

    def __init__(self, folder: Path, within: Path | None = None) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.root = Path(os.path.realpath(within)) if within else self.folder
        self._folders: dict[str, str] = {}  # as they are named -> with every link resolved

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; None where `check` would complain. Of "folder/", the names of its files, one a line."""
        if name.endswith("/"):
            return self._listing(name)
        try:
            path = self._real(name)
            return _read(path) if self._is_within(name, path) else None
        except (OSError, ValueError):
            return None

    def _listing(self, folder: str) -> bytes | None:
        path = os.path.realpath(self.folder / folder)
        if os.path.commonpath([path, self.root]) != str(self.root) or not os.path.isdir(path):
            return None
        names = sorted(entry.name for entry in os.scandir(path) if entry.is_file() and not entry.name.startswith("."))
        return "".join(f"{name}\n" for name in names).encode(errors="surrogateescape")

    def check(self, name: str, place: Place) -> Problem | None:
        """Why `name`, which is written at `place`, cannot be read; None if it can."""
        fault, path = self._find(name)
        if not fault:
            return None
        text = {
            "path-outside": f"“{name}” leads out of the folder in which the edition's folder stands",
            "file-missing": f"there is no file “{name}”",
            "file-unreadable": f"“{name}” is {'a folder' if os.path.isdir(path) else 'not readable'}",
            "file-too-large": f"“{name}” has more than {MAX_BYTES >> 20} MiB",
        }[fault]
        return Problem(fault, place, text, self._hint(name, fault))

    def _find(self, name: str) -> tuple[str, str]:
        """The code of what is wrong with `name`, "" if nothing is; its path with every link resolved."""
        path = name
        try:
            path = self._real(name)
            if not self._is_within(name, path):
                return "path-outside", path
            found = os.stat(path)
        except (FileNotFoundError, NotADirectoryError, ValueError):  # the last: a character that no path can hold
            return "file-missing", path
        except OSError:
            return "file-unreadable", path
        if not stat.S_ISREG(found.st_mode) or not os.access(path, os.R_OK):
            return "file-unreadable", path
        return ("file-too-large" if found.st_size > MAX_BYTES else ""), path

    def _real(self, name: str) -> str:
        """The path of `name` with every link resolved; folders are looked up once. May raise ValueError."""
        above, _, last = name.rpartition("/")
        if above not in self._folders:
            self._folders[above] = os.path.realpath(self.folder / above)
        path = f"{self._folders[above]}/{last}"
        return os.path.realpath(path) if last in ("", ".", "..") or os.path.islink(path) else path

    def _is_within(self, name: str, path: str) -> bool:
        return not os.path.isabs(name) and os.path.commonpath([path, self.root]) == str(self.root)

    def _hint(self, name: str, fault: str) -> str:
        if fault != "file-missing":
            return "copy it into the edition's folder" if fault == "path-outside" else ""
        if "\\" in name:
            return "write “/” between folder and file"
        folder, _, last = name.rpartition("/")
        try:
            return did_you_mean(last, os.listdir(self.folder / folder))
        except (OSError, ValueError):
            return f"there is no folder “{folder}” either" if folder else ""


def edition_root(folder: Path) -> Root:
    """The reads of the edition in `folder`: its own files, and those of the folder in which it stands."""
    own = Path(os.path.realpath(folder))
    return Root(own, own.parent)


def _read(path: str) -> bytes:
    """At most MAX_BYTES of a regular file; it waits for no pipe put there meanwhile, follows no link."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(handle, "rb") as file:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", path)
        data = file.read(found.st_size + 1)
        if len(data) > found.st_size:  # it has grown
            data += file.read(MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
    return data


# --- outputs


def read_output(path: Path) -> bytes | None:
    """The bytes of a file the tool wrote; None if it is not there."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def sha256_of(path: Path) -> str:
    """SHA-256 of a file in hexadecimal; "" if it is not there."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into `folder` in order, all or none: all bytes are on disk before the first name changes.

    Names may hold folders ("text/a.md") but not leave `folder` (ValueError). Raises OSError (disk full, no
    permission), and then the old files are as they were and no part of the new ones is left.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            target = _target(folder, name)
            part = target.with_name(f".{target.name}.part")
            parts.append((part, target))
            _write(part, data)
        for part, target in parts:
            os.replace(part, target)
    except BaseException as error:
        if isinstance(error, OSError) and not error.filename:  # as where the disk is full
            error.filename = str(folder)
        for part, _ in parts:
            with suppress(OSError):
                part.unlink()
        raise
    for parent in {target.parent: None for _, target in parts}:
        _sync(parent)


def _target(folder: Path, name: str) -> Path:
    if not name or name.startswith("/") or ".." in name.split("/"):
        raise ValueError(f"not a name within a folder: {name!r}")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    return target


def _write(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


def remove_all(folder: Path, names: Iterable[str]) -> list[str]:
    """Remove files of `folder` by their plain names; the names that were there, in order."""
    gone = []
    for name in names:
        with suppress(FileNotFoundError):
            if name == os.path.basename(name) and name not in ("", ".", ".."):
                (folder / name).unlink()
                gone.append(name)
    return gone


# --- one build at a time


@contextmanager
def locked(
    folder: Path, name: str, tell: Callable[[str], None] = lambda text: None, wait: float = LOCK_SECONDS
) -> Iterator[None]:
    """Hold the lock `.NAME.lock` of `folder`, waiting up to `wait` seconds for whoever has it (then Busy).

    The lock is the kernel's (flock) on a file that names process and host, so that a build that was killed
    leaves nothing to take over. A file system without such locks goes without.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f".{name}.lock"
    handle = _acquire(path, tell, wait)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _acquire(path: Path, tell: Callable[[str], None], wait: float) -> int:
    holder = ""
    for attempt in range(int(wait / POLL_SECONDS) + 1):
        if attempt:
            time.sleep(POLL_SECONDS)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        if _lock(handle) and _is_at(handle, path):
            os.truncate(handle, 0)
            os.write(handle, f"process {os.getpid()} on {os.uname().nodename}\n".encode())
            return handle
        said = os.read(handle, 200).decode(errors="replace").strip()
        os.close(handle)
        if not holder:
            holder = said or "another process"
            tell(f"another build ({holder}) is writing to {path.parent}; waiting for it")
    raise Busy(errno.EBUSY, f"another build ({holder}) did not finish within {wait:g} s", str(path))


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        return error.errno in _NO_LOCKS_HERE
    return True


def _is_at(handle: int, path: Path) -> bool:
    """Whether the file that was locked still has its name: its last holder may just have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


# --- the tool's own files, and where editions are


def styles_folder() -> Path:
    """The house styles and fonts: within the package where it was installed from a wheel, else beside it."""
    packed = PACKAGE / "styles"
    return packed if packed.is_dir() else PACKAGE.parent / "styles"


def tree_digest(folder: Path, *suffixes: str, apart: str = "") -> str:
    """One digest of the names and bytes of all files below `folder`, or of those with one of `suffixes`; those in the
    folder `apart` do not count."""
    seen: list[bytes] = []
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in ("__pycache__", apart))
        below = os.path.relpath(where, folder)
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                with open(f"{where}/{name}", "rb", buffering=0) as file:
                    data = file.read()
                seen += f"{below}/{name}\0{len(data)}\0".encode(errors="surrogateescape"), data
    return hashlib.sha256(b"".join(seen)).hexdigest()[:40]


def edition_folders(where: Path) -> list[Path]:
    """`where` itself if it holds an edition.yaml, else every such folder in its `sources`, by name."""
    if (where / "edition.yaml").is_file():
        return [where]
    return sorted(found.parent for found in (where / "sources").glob("*/edition.yaml"))
