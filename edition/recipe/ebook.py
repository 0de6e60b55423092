"""Rules of the e-book: what its documents must know of each other, each document, cover, the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .. import book
from ..book import dump
from ..disk import styles_folder
from ..engine import Trace
from ..passes.time_line import ADDRESS
from ..problems import Place, Problem
from .pictures import bytes_of, picture_of
from .time_line import is_drawn
from .view import file_of, imprint_of, modified, plans_of, text_units

if TYPE_CHECKING:
    from ..book import PageMap
    from ..writers.epub import Cover

_FONTS = "fonts/"


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


def request(t: Trace, file: str) -> bytes:
    """What a document must know of the others."""
    return dump(t.look("ebook", file))


def document(t: Trace, file: str) -> bytes:
    """A document of the e-book, compressed."""
    from ..writers.members import member

    t.version("zlib")
    request = json.loads(t.need("request", file))
    rule = "notes" if request["notes"] else "xhtml"
    return member([json.loads(t.need(rule, key)) for key in request["units"]], request)


def seen(t: Trace, file: str) -> bytes:
    """What accessibility metadata asks of a document."""
    from ..writers.members import load

    return dump(load(t.need("document", file)).seen)


def binding(t: Trace) -> bytes:
    """The EPUB without its documents and images."""
    from ..writers.epub import binding as of
    from ..writers.ordering import Planned

    t.version("ebooklib", "zlib")
    imprint = {**imprint_of(t), "sources": _sources(t)}
    documents = [Planned(**raw) for raw in t.look("ebook", "documents")]
    known = {file: json.loads(t.need("seen", file)) for file in _files(t)}
    return of(documents, known, imprint, _pages(t, imprint), _styles(t), modified(t), _cover(t), _others(t))


def squeezed(t: Trace, name: str, url: str) -> bytes:
    """An image, or a font where there is no address, compressed."""
    from ..writers.zipped import Entry, deflated
    from ..writers.zipped import dump as dump_binding

    t.version("zlib")
    data = bytes_of(t, {name: url})[name] if url else t.need("font", name.removeprefix(_FONTS))
    return dump_binding([Entry(name, deflated(data))])


def epub(t: Trace) -> bytes:
    """The EPUB."""
    t.is_passing = True
    from ..writers.members import bound
    from ..writers.zipped import only

    made = {file: t.need("document", file) for file in _files(t)}
    others = {name: only(t.need("squeezed", name, url)) for name, url in _others(t).items()}
    return bound(t.need("binding"), made, others)


def files(t: Trace) -> bytes:
    """The documents of the e-book but the contents, in order."""
    return dump([one["file"] for one in t.look("ebook", "documents") if one["kind"] != "nav"])


def _files(t: Trace) -> list[str]:
    return list(json.loads(t.need("files")))


def _shown(t: Trace) -> dict[str, str]:
    """The images of the texts, and the time line: name -> address."""
    shown: dict[str, str] = json.loads(t.need("shown"))
    return shown | ({picture_of(t, ADDRESS).name: ADDRESS} if is_drawn(t) else {})


def source_starts(t: Trace, key: str) -> bytes:
    """The pages of its source that begin in a unit (writers/source_pages.py)."""
    from ..writers.source_pages import begun

    return dump(begun(json.loads(t.need("xhtml", key))))


def source_pages(t: Trace) -> bytes:
    """The map of the pages of the sources."""
    from ..writers.source_pages import source_map

    units = [(file_of(key), key, json.loads(t.need("source_starts", key))) for key in text_units(t)]
    pages, repeated = source_map(units)
    t.say(*(_page_twice(file, label) for file, label in repeated))
    if not pages.starts:
        told = "none of the sources says where its pages begin"
        t.say(Problem("source-pages-none", Place("edition.yaml"), told, "write epub: {pages: print}, or none"))
    return dump(pages)


def _page_twice(file: str, label: str) -> Problem:
    told = f"page {label} of the source begins twice; the e-book has the first"
    return Problem("source-page-twice", Place(file), told, "give the second mark the number it should have")


def _pages(t: Trace, imprint: dict[str, Any]) -> PageMap | None:
    """The map of the pages that the e-book carries, if there are some."""
    rule = {"print": "reference", "source": "source_pages"}.get(imprint["epub"]["pages"])
    pages = book.page_map_from(t.need(rule)) if rule else None
    return pages if pages and pages.starts else None


def _styles(t: Trace) -> dict[str, bytes]:
    sheets = {name: t.read(f"house:{name}") or b"" for name in ("house.css", "epub.css")}
    own = t.read("styles/epub.css")
    if _has_fonts(t):
        from ..writers.epub_fonts import sheet

        sheets["fonts.css"] = sheet()
    return sheets | ({"own.css": own} if own else {})


def _has_fonts(t: Trace) -> bool:
    return bool(t.look("config", "epub")["fonts"])


def _others(t: Trace) -> dict[str, str]:
    """The images that the e-book has, and the fonts that it brings: name there -> address ("" of a font)."""
    if not _has_fonts(t):
        return _shown(t)
    from ..writers.epub_fonts import FACES

    return {**_shown(t), **{f"{_FONTS}{name}": "" for name in FACES}}


def characters(t: Trace, key: str) -> bytes:
    """The characters of a unit, each once, in order."""
    unit = json.loads(t.need("xhtml", key))
    texts = [unit["title"], unit["body"], *(note["body"] for note in unit["notes"])]
    return dump("".join(sorted({character for text in texts for character in text})))


def font(t: Trace, name: str) -> bytes:
    """A font of the house with the characters of the book."""
    from ..writers.epub_fonts import cut

    t.version("fonttools", "fonts")
    found = {character for plan in plans_of(t) for character in json.loads(t.need("characters", plan.key))}
    return cut(styles_folder() / "fonts" / name, sorted(found))


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
    brought = next((Cover(data, suffix, text) for data, suffix in own if data), None)
    return brought or Cover(t.need("cover"), "png", text)
