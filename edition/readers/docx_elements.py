"""Elements of the normal form filled with the pieces of a paragraph; their places, languages, links and bookmarks.

Knows pieces and TEI; knows nothing of WordprocessingML.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..xml import LANG, Element, tei
from .docx_inline import address
from .docx_paragraphs import Paragraph
from .docx_pieces import Mark, Piece, fill, language_of, merged, plain_mark, without
from .docx_work import Work


def filled(name: str, paragraph: Paragraph, work: Work, attributes: Mapping[str, str] | None = None) -> Element:
    """A new element with all that stands in a paragraph."""
    element = tei(name, attributes)
    work.spots[element] = (paragraph.ordinal, 1)
    for bookmark in paragraph.names:
        work.links.place(bookmark, element)
    pour(element, paragraph.pieces, paragraph.ordinal, work)
    return element


def pour(element: Element, pieces: Sequence[Piece], ordinal: int, work: Work) -> None:
    """Pieces into an element that is still empty. One language for all of it goes to the element itself."""
    language = language_of(pieces)
    if language:
        element.set(LANG, language)
        pieces = without(pieces, ("foreign", language))

    def make(mark: Mark, first: Piece) -> Element:
        if mark[0] != "ref":
            return plain_mark(mark)
        return _link(mark[1], (ordinal, first.column), work)

    fill(element, merged(pieces), make)


def _link(target: str, spot: tuple[int, int], work: Work) -> Element:
    """A <ref>; where a link within the file leads is settled at the end (docx_links)."""
    made = tei("ref")
    work.marks[made] = spot
    if target.startswith("#"):
        work.links.sources.append((made, target[1:], spot))
        return made
    fit = address(target)
    if fit:
        made.set("target", fit)
    else:
        said = f"the link to “{target[:80]}” leads to nothing a reader could open"
        work.told.say("docx-reference", spot[0], said, "link to a web address, or to a place in the text", spot[1])
    return made
