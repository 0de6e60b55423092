"""Rules of the e-book: what its documents must know of each other, each document, cover, the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .. import book
from ..book import dump
from ..disk import styles_folder
from ..engine import Trace
from ..passes.time_line import ADDRESS
from .pictures import bytes_of, picture_of
from .time_line import is_drawn
from .view import file_of, imprint_of, modified, plans_of

if TYPE_CHECKING:
    from ..book import PageMap
    from ..writers.epub import Cover


def profile(t: Trace, key: str) -> bytes:
    """What the rest of the e-book must know of a unit."""
    from ..writers.profiles import profile as of

    return dump(of(json.loads(t.need("xhtml", key))))


def notes(t: Trace, key: str) -> bytes:
    """A unit's JSON without its text."""
    from ..writers.profiles import only_notes

    return dump(only_notes(json.loads(t.need("xhtml", key))))


def ebook(t: Trace) -> bytes:
    """Table: "documents" -> those of the e-book in order; file -> all that one must know of the others."""
    from ..writers.epub import in_cascade
    from ..writers.ordering import planned

    imprint = imprint_of(t)
    profiles = [json.loads(t.need("profile", p.key)) for p in plans_of(t)]
    return dump(planned(profiles, imprint, _pages(t, imprint), in_cascade(_styles(t)), _shown(t)))


def document(t: Trace, file: str) -> bytes:
    """A document of the e-book, compressed."""
    from ..writers.members import member

    t.version("zlib")
    request = t.look("ebook", file)
    rule = "notes" if request["notes"] else "xhtml"
    return member([json.loads(t.need(rule, key)) for key in request["units"]], request)


def epub(t: Trace) -> bytes:
    """The EPUB."""
    from ..writers.epub import bound
    from ..writers.ordering import Planned

    t.version("ebooklib", "zlib")
    imprint = {**imprint_of(t), "sources": _sources(t)}
    documents = [Planned(**raw) for raw in t.look("ebook", "documents")]
    made = {one.file: t.need("document", one.file) for one in documents if one.kind != "nav"}
    pictures = bytes_of(t, _shown(t))
    return bound(documents, made, imprint, _pages(t, imprint), _styles(t), modified(t), _cover(t), pictures)


def _shown(t: Trace) -> dict[str, str]:
    """The images of the texts, and the time line: name -> address."""
    shown: dict[str, str] = json.loads(t.need("shown"))
    return shown | ({picture_of(t, ADDRESS).name: ADDRESS} if is_drawn(t) else {})


def _pages(t: Trace, imprint: dict[str, Any]) -> PageMap | None:
    return book.page_map_from(t.need("reference")) if imprint["epub"]["pages"] == "print" else None


def _styles(t: Trace) -> dict[str, bytes]:
    sheets = {name: t.read(f"house:{name}") or b"" for name in ("house.css", "epub.css")}
    own = t.read("styles/epub.css")
    return sheets | ({"own.css": own} if own else {})


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
