"""Rules of what is written: TEI, cover, EPUB, PDF."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from .. import __version__, book
from ..disk import styles_folder
from ..engine import Trace
from ..passes import images, plan
from ..writers.tei import tei_document
from .pictures import bytes_of, picture_of
from .view import LAYOUT, file_of, finished_tree, imprint_of, plans_of

if TYPE_CHECKING:
    from ..writers.epub import Cover


def tei_(t: Trace) -> bytes:
    """The TEI document."""
    t.version("edition")
    plans, imprint = plans_of(t), imprint_of(t)
    files = sorted({file_of(p.key) for p in plans if not p.generated})
    sums = [
        {**t.look("plan", f"told:{path}"), "path": path, "sha256": hashlib.sha256(t.read(path) or b"").hexdigest()}
        for path in files
    ]
    trees = [(p, finished_tree(t, p)) for p in plans]
    for _, tree in trees:
        images.name_all(tree, lambda url: picture_of(t, url))
    return tei_document(
        trees,
        imprint,
        list(book.persons_from(t.need("names")).values()),
        book.events_from(t.need("chronology")),
        json.loads(t.need("works")),
        sums,
        json.loads(t.need("about_text")),
        __version__,
    )


def epub(t: Trace) -> bytes:
    """The EPUB."""
    from ..writers.epub import epub as write

    t.version("ebooklib", "zlib")
    imprint = {**imprint_of(t), "sources": _sources(t)}
    units_ = [json.loads(t.need("xhtml", p.key)) for p in plans_of(t)]
    map_ = book.page_map_from(t.need("reference")) if imprint["epub"]["pages"] == "print" else None
    sheets = {name: t.read(f"house:{name}") or b"" for name in ("house.css", "epub.css")}
    own = t.read("styles/epub.css")
    pictures = bytes_of(t, json.loads(t.need("shown")))
    return write(units_, imprint, map_, sheets | ({"own.css": own} if own else {}), modified(t), _cover(t), pictures)


def _sources(t: Trace) -> list[str]:
    """The editions or pages that the texts were taken from, as edition.yaml names them, each once."""
    files = dict.fromkeys(file_of(p.key) for p in plans_of(t) if not p.generated)
    told = (t.look("plan", f"told:{file}") for file in files)
    return list(dict.fromkeys(source for one in told if (source := one["source"] or one["url"])))


def cover(t: Trace) -> bytes:
    """The cover drawn from title and creators."""
    from ..writers.cover import cover as draw

    t.version("pillow", "fonts")
    return draw(imprint_of(t), styles_folder() / "fonts")


def _cover(t: Trace) -> Cover:
    """The edition's own cover if it has one, else the one we draw."""
    from ..writers.cover import description
    from ..writers.epub import Cover

    text = description(imprint_of(t))
    own = ((t.read(f"images/cover.{suffix}"), suffix) for suffix in ("png", "jpg"))
    return next((Cover(data, suffix, text) for data, suffix in own if data), None) or Cover(
        t.need("cover"), "png", text
    )


def pdf(t: Trace) -> bytes:
    """The PDF for screens and home printing."""
    from ..writers.pdf import screen

    t.version(*LAYOUT, "zlib")
    imprint = imprint_of(t)
    tei = t.need("tei") if imprint["pdf"]["archive"] == "a3u" else None
    return screen(_laid_out(t), book.page_map_from(t.need("page_map")), imprint, t.need("style"), modified(t), tei)


def press(t: Trace) -> bytes:
    """The PDF for a printer."""
    from ..writers.pdf import press as write

    t.version(*LAYOUT, "zlib")
    imprint = imprint_of(t)
    profile = t.read(imprint["press"]["profile"]) if imprint["press"]["profile"] else None
    map_ = book.page_map_from(t.need("page_map"))
    return write(_laid_out(t), map_, imprint, t.need("style"), modified(t), profile)


def _laid_out(t: Trace) -> list[tuple[str, bytes]]:
    return [(request, t.need("layout", key, request)) for key, request in json.loads(t.need("pages"))["requests"]]


def modified(t: Trace) -> str:
    return plan.moment((t.read("env:SOURCE_DATE_EPOCH") or b"").decode(), imprint_of(t))
