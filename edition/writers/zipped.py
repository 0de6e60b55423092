"""A zip without clock and platform, of files that are compressed already.

A binding is a zip some files of which are still to come: so those that an edit leaves alone are never touched again.
Knows bytes and names; knows no e-book.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_LEVEL = 6  # of zlib; 9 takes twice as long for a hundredth less
_FIRST = "mimetype"  # is stored as it is (EPUB 3.3, OCF §4.2)


class Deflated(bytes):
    """The bytes of a file as a zip has them, with the checksum and the count of those they were made of."""

    crc: int
    size: int

    def __new__(cls, data: bytes, crc: int, size: int) -> Deflated:
        made = super().__new__(cls, data)
        made.crc, made.size = crc, size
        return made


class ToCome(str):
    """In place of a file's bytes: the name of the part that will fill it."""


class Entry(NamedTuple):
    """A file of a zip."""

    name: str
    data: Deflated | ToCome


def deflated(data: bytes) -> Deflated:
    """A file as a zip has it."""
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Deflated(squeeze.compress(data) + squeeze.flush(), zlib.crc32(data), len(data))


def dump(entries: Iterable[Entry]) -> bytes:
    """A binding as bytes: a header in JSON, its length first, and the files that are there."""
    rows, parts = [], list[bytes]()
    for name, data in entries:
        if isinstance(data, ToCome):
            rows.append([name, data, 0, 0, 0])
        else:
            rows.append([name, "", len(data), data.crc, data.size])
            parts.append(data)
    header = json.dumps(rows).encode()
    return b"".join([len(header).to_bytes(8, "big"), header, *parts])


def load(binding: bytes) -> list[Entry]:
    """What `dump` wrote."""
    at = 8 + int.from_bytes(binding[:8], "big")
    found = []
    for name, part, length, crc, size in json.loads(binding[8:at]):
        found.append(Entry(name, ToCome(part) if part else Deflated(binding[at : at + length], crc, size)))
        at += length
    return found


def only(binding: bytes) -> Deflated:
    """The file of a binding that has but one, which is there."""
    ((_, data),) = load(binding)
    assert isinstance(data, Deflated)
    return data


def filled(binding: bytes, media_type: str, parts: Mapping[str, Deflated]) -> bytes:
    """The zip: every file to come is one of `parts`, by its name."""
    memory = io.BytesIO()
    with _Zip(memory, "w") as made:
        made.writestr(_info(_FIRST), media_type, zipfile.ZIP_STORED)
        for name, data in load(binding):
            made.put(name, parts[data] if isinstance(data, ToCome) else data)
    return memory.getvalue()


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    return info


class _Zip(zipfile.ZipFile):
    def put(self, name: str, data: Deflated) -> None:
        """Write what is compressed already (APPNOTE.TXT 4.3.7), for which zipfile has no door."""
        assert self.fp is not None
        info = _info(name)
        info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, data.crc
        info.compress_size, info.file_size, info.header_offset = len(data), data.size, self.fp.tell()
        self.fp.write(info.FileHeader(False) + data)
        self.filelist.append(info)
        self.NameToInfo[info.filename] = info
        self.start_dir, self._didModify = self.fp.tell(), True
