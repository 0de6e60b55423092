"""The one bounded door to zip archives (EPUB, DOCX): what is in them is read in memory, never put on a disk.

Knows zip (APPNOTE 6.3; EPUB 3.3, section 4.2); must not know what any member means. Opening judges the whole
directory first, so that nothing of a doubtful archive is unpacked.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from .patterns import late
from .problems import Place, Problem, did_you_mean

MAX_ENTRIES = 10_000
MAX_BYTES = 512 * 1024 * 1024  # of all members, unpacked
MAX_RATIO = 200  # unpacked to packed, of any member larger than SMALL
SMALL = 1024 * 1024

_ENTRY = b"PK\x01\x02"  # begins each entry of the directory
_LOCAL = struct.Struct("<26xHH")  # lengths of name and extra field in a local header of 30 bytes
_DRIVE = late(r"[A-Za-z]:")
_CONTROL = late("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ENCRYPTED = 0x1
# What zipfile and zlib raise on bytes that lie.
_FAULTS = (BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)


class Archive:
    """An archive that was found sound: its members by name (NFC), in the order of its directory, folders left out."""

    def __init__(self, file: str, opened: ZipFile, members: dict[str, ZipInfo]) -> None:
        self.file = file
        self._zip = opened
        self._members = members

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return unicodedata.normalize("NFC", name) in self._members

    def read(self, name: str) -> bytes | Problem:
        """The bytes of a member; a Problem (archive-missing, archive-broken) where it cannot be had."""
        member = self._members.get(unicodedata.normalize("NFC", name))
        if member is None:
            hint = did_you_mean(name, self._members, "open it in the program it was made with, and save it anew")
            return Problem("archive-missing", Place(self.file), f"there is no “{_shown(name)}” in this file", hint)
        try:
            return self._zip.read(member)
        except _FAULTS as fault:
            return _broken(self.file, f"“{_shown(name)}” cannot be unpacked ({fault})")


def open_archive(file: str, data: bytes) -> Archive | list[Problem]:
    """The archive in the bytes of `file`, or everything that speaks against opening it (all errors)."""
    if not data:
        return [_broken(file, "this file is empty")]
    if data.count(_ENTRY) > MAX_ENTRIES:
        return [Problem("archive-limit", Place(file), f"this archive has more than {MAX_ENTRIES:,} entries")]
    try:
        opened = ZipFile(BytesIO(data))
        entries = opened.infolist()
    except _FAULTS as fault:
        kind = "is cut off" if data.startswith(b"PK\x03\x04") else "is no zip archive"
        return [_broken(file, f"this file {kind} ({fault})")]
    problems = [*_bad_names(file, entries), *_bad_entries(file, entries), *_too_large(file, entries)]
    problems += _overlapping(file, data, entries, opened.start_dir)
    if problems:
        return problems
    return Archive(file, opened, {_name(entry): entry for entry in entries if not entry.is_dir()})


def _broken(file: str, text: str) -> Problem:
    return Problem("archive-broken", Place(file), text, "get the file anew from where it comes")


def _name(entry: ZipInfo) -> str:
    return unicodedata.normalize("NFC", entry.filename)


def _shown(name: str) -> str:
    """A name fit to be printed."""
    return _CONTROL.sub("\ufffd", name)[:100]


# --- what speaks against an archive


def _bad_names(file: str, entries: list[ZipInfo]) -> Iterator[Problem]:
    seen: dict[str, ZipInfo] = {}
    hint = "pack it anew, with plain names"
    for entry in entries:
        fault = _fault_of(entry.orig_filename)
        if fault:
            yield Problem("archive-name", Place(file), f"“{_shown(entry.orig_filename)}” {fault}", hint)
        first = seen.setdefault(unicodedata.normalize("NFC", _name(entry).casefold()), entry)
        if first is not entry:
            text = f"“{_shown(first.filename)}” and “{_shown(entry.filename)}” are one name, up to capitals and accents"
            yield Problem("archive-name", Place(file), text, hint)


def _fault_of(name: str) -> str:
    """What is wrong with the name of an entry, as the archive has it; "" if nothing is."""
    if _CONTROL.search(name):
        return "has a control character in it"
    if "\\" in name:
        return "has a backslash in it"
    if _DRIVE.match(name) or name.startswith("/"):
        return "is not relative to the archive"
    parts = name.removesuffix("/").split("/")
    if ".." in parts:
        return "leads out of the archive"
    return "is not the name of a file" if "" in parts or "." in parts else ""


def _bad_entries(file: str, entries: list[ZipInfo]) -> Iterator[Problem]:
    for entry in entries:
        text = ""
        if entry.flag_bits & _ENCRYPTED:
            text = "is locked with a password"
        elif stat.S_ISLNK(entry.external_attr >> 16):
            text = "is a link, not a file"
        elif entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            text = f"is packed in a way that is not deflate (method {entry.compress_type})"
        if text:
            hint = "pack it anew with plain zip, without a password"
            yield Problem("archive-entry", Place(file), f"“{_shown(entry.filename)}” {text}", hint)


def _too_large(file: str, entries: list[ZipInfo]) -> Iterator[Problem]:
    total = sum(entry.file_size for entry in entries)
    if total > MAX_BYTES:
        text = f"unpacked, this archive has {total >> 20:,} MiB; {MAX_BYTES >> 20} are allowed"
        yield Problem("archive-limit", Place(file), text)
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            text = f"“{_shown(entry.filename)}” is packed more than {MAX_RATIO}:1, as no text is"
            yield Problem("archive-limit", Place(file), text)


def _overlapping(file: str, data: bytes, entries: list[ZipInfo], directory: int) -> Iterator[Problem]:
    """Entries that share bytes: how a small archive unpacks to a large one, or shows two faces to two programs."""
    limit = directory
    for entry in sorted(entries, key=lambda entry: -entry.header_offset):
        end = _end(data, entry)
        if entry.header_offset < 0 or end > limit:
            text = f"“{_shown(entry.filename)}” shares bytes with what comes after it"
            yield Problem("archive-entry", Place(file), text, "pack it anew with plain zip")
            return
        limit = entry.header_offset


def _end(data: bytes, entry: ZipInfo) -> int:
    """Where an entry's packed bytes end."""
    if not 0 <= entry.header_offset <= len(data) - 30:
        return len(data)
    name, extra = _LOCAL.unpack_from(data, entry.header_offset)
    return int(entry.header_offset + 30 + name + extra + entry.compress_size)
