"""The words of an HTML page as another parser sees them (the standard library's), for tests of the readers."""

import re
from html.parser import HTMLParser

from edition.normal.vocabulary import BLOCKS
from edition.problems import Problem
from edition.words import words
from edition.xml import Element, local

INLINE = set(
    "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub"
    " time tt u var wbr o:p".split()
)
MUTE = {"script", "style", "head", "template", "title"}


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.mute: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MUTE:
            self.mute.append(tag)
        if tag not in INLINE:
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self.mute and self.mute[-1] == tag:
            self.mute.pop()
        if tag not in INLINE:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.mute:
            self.pieces.append(data)


def words_of_page(text: str) -> list[str]:
    """All words of a page, navigation and all, in order."""
    parser = _Texts()
    parser.feed(text)
    parser.close()
    return words("".join(parser.pieces))


def declared(problems: list[Problem]) -> int:
    """How many words a reader says it left out."""
    told = [p.text for p in problems if p.code in ("html-dropped", "html-notes", "html-pages", "epub-dropped")]
    return sum(int(found.replace(",", "")) for text in told for found in re.findall(r"\b([\d,]+) words?\b", text)[:1])


def words_of_tree(tree: Element) -> list[str]:
    """The words of a reading, notes where they stand; without the words for pictures."""
    return words("".join(_pieces(tree)))


def _pieces(element: Element) -> list[str]:
    if local(element) == "figDesc":
        return []
    apart = "\n" if local(element) in BLOCKS or local(element) in ("list", "lb", "pb") else ""
    found = [apart, element.text or ""]
    for kid in element:
        found += [*_pieces(kid), kid.tail or ""]
    return [*found, apart]
