"""What `[words]{…}` becomes: names and dates, languages, terms, places for the index; and citations, `[@id, p. 12]`.

Knows the attributes of one mark and its words; knows no token and no other mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ..patterns import late
from ..xml import LANG, Element, tei
from .markdown_attributes import Attributes, Complaint
from .markdown_editorial import editorial_faults

_NAMED = ("person", "place", "org", "date")
_EMPHASIS = late(r"\\(.)|[*_]")
# Depths of a heading of the index: "terror > quotas".
_LEVELS = late(r"\s*>\s*")
CITATION = re.compile(r"\[@(?P<inner>[^\s\[\]@][^\[\]]*)\]")
_CITED = late(r"@?(?P<key>[^\s,;@]+)(?:,\s*(?P<where>.+))?", re.DOTALL)


class Made(Struct, frozen=True):
    """What stands before the words of a mark, and what around them, the outermost first."""

    before: tuple[Element, ...] = ()
    around: tuple[Element, ...] = ()


def faults(given: Attributes, empty: bool) -> Iterator[Complaint]:
    """What is wrong with attributes together, each of them being well by itself."""
    names = given.names()
    yield from editorial_faults(given, empty and not (".index" in names and given.get("entry")))
    kinds = [kind for kind in _NAMED if kind in names]
    if len(kinds) > 1:
        text = f"these words cannot be a {kinds[0]} and a {kinds[1]}"
        yield Complaint("markdown-attribute", text, "keep one of the two")
    if ".main" in names and ".passing" in names:
        yield Complaint("markdown-attribute", "a place cannot be both main and passing", "keep one of the two")
    for name in ("entry", "see"):
        if name in names and ".index" not in names:
            yield Complaint("markdown-attribute", f"“{name}” belongs to {{.index}}", f"{{.index {name}=…}}")


def made(given: Attributes, words: str) -> Made:
    """The elements of a mark around `words`, which are as they are written."""
    names, around = given.names(), []
    is_indexed = ".index" in names
    weight = next((name[1:] for name in (".main", ".passing") if name in names and not is_indexed), "")
    told = {"subtype": weight} if weight else {}
    if given.get("sub"):
        told["n"] = given.get("sub")
    if told:
        around.append(tei("seg", {"type": "mention", **told}))
    around += [tei("rs", {"type": kind, "key": given.get(kind)}) for kind in _NAMED if given.get(kind)]
    if ".term" in names or given.get("term"):
        around.append(tei("term", {"ref": f"#term-{given.get('term')}"} if given.get("term") else {}))
    if given.get("lang"):
        around.append(tei("foreign", {LANG: given.get("lang")}))
    return Made((index_mark(given, plain(words)),) if is_indexed else (), tuple(around))


def index_mark(given: Attributes, words: str) -> Element:
    """A place of the index as <index> (TEI, Core 3.9.2): the levels of its heading one within another."""
    mark = tei("index", {"indexName": "subject"})
    if ".main" in given.names():
        mark.set("rend", "bold")
    inner = mark
    for depth, level in enumerate(_LEVELS.split(given.get("entry") or words)):
        if depth:
            inner.append(tei("index"))
            inner = inner[-1]
        inner.append(tei("term", {}, level))
    if given.get("see"):
        inner.append(tei("term", {"type": "see"}, given.get("see")))
    return mark


def plain(words: str) -> str:
    """Words as they read, without the signs of emphasis."""
    return " ".join(_EMPHASIS.sub(lambda match: match[1] or "", words).split())


def cited(inner: str) -> list[tuple[str, str]] | None:
    """What `[@key, p. 12; @other]` cites: keys, each with the place in it as written; None if it cannot be read."""
    matches = [_CITED.fullmatch(part.strip()) for part in inner.split(";")]
    return [(match["key"], (match["where"] or "").strip()) for match in matches if match] if all(matches) else None


def citations(found: list[tuple[str, str]]) -> list[Element]:
    """Each citation as <bibl> of a reference and, if it has a place, a <citedRange>."""
    made_of = []
    for key, where in found:
        bibl = tei("bibl", {}, tei("ref", {"target": f"#bib-{key}"}))
        if where:
            bibl.append(tei("citedRange", {}, where))
        made_of.append(bibl)
    return made_of
