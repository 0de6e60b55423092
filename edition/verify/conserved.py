"""The words of an EPUB held against those of the TEI that it was made with: unit by unit, note by note.

Knows streams of words, and under which ids the EPUB has what the TEI has; what the tool made is in neither stream.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..problems import Place, Problem
from ..words import words
from ..xml import Element, NotWellFormed, drop_keeping_tail, local, parse
from .epub_opened import Opened, Unreadable, opened
from .streams import differences, notes_of_tei, of_tei

_SHOWN = 3  # differences of one unit that are told
# Elements of XHTML that part no words.
_IN_A_LINE = frozenset(
    "a abbr b bdi bdo cite code dfn em i img kbd mark q ruby s samp small span strong sub sup u".split()
)


def check(file: str, data: bytes, tei: str, text: bytes, id_of: Callable[[str], str]) -> list[Problem]:
    """Where the EPUB `file` does not have the words of the TEI document `tei`; nothing of an EPUB that cannot be read.

    `id_of` tells the id in the EPUB of an id of the TEI.
    """
    try:
        book, root = opened(file, data), parse(text)
    except Unreadable:
        return []  # said by the other checks
    except NotWellFormed as fault:
        return [Problem("epub-words", Place(tei, fault.line), f"this TEI is not well-formed: {fault}")]
    found = {name: (where, one) for where, top in book.documents.items() for name, one in _ids(top)}
    if "questions" in found:  # they stand in a section of their own there, as the tool made it
        for one in [one for one in root.iter("{*}list") if one.get("type") == "questions"]:
            drop_keeping_tail(one)
    streams = {unit.name: unit.main for unit in of_tei(root)} | notes_of_tei(root)
    return [
        problem for name, said in streams.items() for problem in _compared(book, found.get(id_of(name)), name, said)
    ]


def _ids(root: Element) -> Iterator[tuple[str, Element]]:
    return ((element.get("id", ""), element) for element in root.iter("{*}*") if element.get("id"))


def _compared(book: Opened, found: tuple[str, Element] | None, name: str, said: list[str]) -> Iterator[Problem]:
    if found is None:
        if said:
            shown = " ".join(said[:8])
            yield Problem("epub-words", Place(book.file), f"“{name}” of the TEI is not in the book: “{shown} …”")
        return
    where, element = found
    for difference in differences(said, words("".join(_text(element))))[:_SHOWN]:
        yield Problem("epub-words", book.place(where, element.sourceline or 0), difference)


def _text(element: Element) -> Iterator[str]:
    """The text of an element without what the tool made, blocks and line ends parted."""
    yield element.text or ""
    for kid in element:
        name = local(kid)
        if name and "data-made" not in kid.attrib:
            yield from _text(kid) if name in _IN_A_LINE else ("\n", *_text(kid), "\n")
        yield kid.tail or ""
