"""Rules of images: bytes beside the trees, from a file of the edition or a member of a Word file or e-book."""

from __future__ import annotations

import json

from .. import images
from ..book import dump
from ..engine import Trace
from ..passes.images import graphics as images_of
from ..passes.time_line import ADDRESS
from ..problems import Problem
from ..xml import parse
from .view import text_units


def image(t: Trace, url: str) -> bytes:
    """An image made fit for outputs, behind what is known of it (images.packed); `url` as a graphic has it."""
    t.version("pillow")
    file, _, member = url.partition(images.MEMBER)
    data = t.need("time_line") if url == ADDRESS else t.read(file)
    if data is not None and member:
        from ..archive import Archive, open_archive

        archive = open_archive(file, data)
        found = archive.read(member) if isinstance(archive, Archive) else None
        data = None if isinstance(found, Problem) else found
    if data is None:
        own = images.Fault("image-missing", "there is no such file", "put it there, or mend its name")
        return images.packed(images.Picture("", 0, 0, (own,)), b"")
    return images.packed(*images.prepared(data))


def picture(t: Trace, url: str) -> bytes:
    """What is known of an image, without its bytes."""
    return dump(images.unpacked(t.need("image", url))[0])


def graphics(t: Trace, key: str) -> bytes:
    """The addresses of the images of a unit."""
    return dump([url for _, url in images_of(parse(t.need("resolved", key)))])


def shown(t: Trace) -> bytes:
    """Table: the name in outputs of every image that the texts show -> its address."""
    found: dict[str, str] = {}
    for key in text_units(t):
        for url in json.loads(t.need("graphics", key)):
            name = "" if images.is_elsewhere(url) else picture_of(t, url).name
            if name:
                found.setdefault(name, url)
    return dump(dict(sorted(found.items())))


def picture_of(t: Trace, url: str) -> images.Picture:
    """The Picture at an address."""
    raw = json.loads(t.need("picture", url))
    return images.Picture(
        raw["name"], raw["width"], raw["height"], tuple(images.Fault(**fault) for fault in raw["faults"])
    )


def bytes_of(t: Trace, names: dict[str, str]) -> dict[str, bytes]:
    """The bytes of images: name in outputs -> address."""
    return {name: images.unpacked(t.need("image", url))[1] for name, url in names.items()}
