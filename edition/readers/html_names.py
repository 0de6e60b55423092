"""What the elements of a plain tree are by name, class and type, and their text.

Knows HTML's and EPUB's vocabulary; must not know TEI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..words import words
from ..xml import Element

LISTS = ("ul", "ol", "menu", "dir")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noframes ol p plaintext pre section "
    "summary "
    "table tbody td tfoot th thead tr ul xmp".split()
)
# Elements without text of the page: told of by nobody.
SILENT = frozenset(
    "area base basefont col colgroup head link meta param script source style template title track wbr".split()
)
# Elements that work, instead of saying something.
WORKING = frozenset(
    "applet audio button canvas datalist dialog embed frame frameset iframe input meter noscript object option "
    "progress "
    "select textarea video".split()
)
SPACE = " \t\n\r\f"


@lru_cache(maxsize=4096)
def tokens(text: str | None) -> frozenset[str]:
    return frozenset((text or "").lower().split())


def classes(element: Element) -> frozenset[str]:
    return tokens(element.get("class"))


def types(element: Element) -> frozenset[str]:
    """What an element says it is: words of epub:type, without prefix, and of role, without "doc-"."""
    kinds, roles = element.get("epub-type"), element.get("role")
    if not kinds and not roles:
        return frozenset()
    return frozenset(
        [kind.rpartition(":")[2] for kind in (kinds or "").lower().split()]
        + [role.removeprefix("doc-") for role in (roles or "").lower().split()]
    )


def ids(element: Element) -> list[str]:
    """The names by which a link may point to an element."""
    found = [element.get("id"), element.get("name") if element.tag in ("a", "map") else None]
    return [name for name in dict.fromkeys(found) if name]


def text_of(element: Element) -> str:
    """The text of an element on one line."""
    if not len(element):
        return "" if element.tag in SILENT else " ".join((element.text or "").split())
    return " ".join("".join(pieces(element)).split())


def pieces(element: Element) -> Iterator[str]:
    """The text of an element, its blocks and lines apart."""
    if element.tag in SILENT:
        return
    breaks = element.tag in BLOCKS or element.tag == "br"
    if breaks:
        yield "\n"
    yield element.text or ""
    for kid in element:
        if len(kid) or kid.tag in SILENT or kid.tag in BLOCKS or kid.tag == "br":
            yield from pieces(kid)
        else:
            yield kid.text or ""
        yield kid.tail or ""
    if breaks:
        yield "\n"


def count(elements: Iterable[Element]) -> int:
    """How many words there are in some elements."""
    return sum(len(words("".join(pieces(element)))) for element in elements)


def counted(number: int, name: str) -> str:
    """ "1 word", "1,200 words"."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def shown(text: str, length: int = 40) -> str:
    """The beginning of a text, in quotation marks."""
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= length else f"“{line[:length].rsplit(' ', 1)[0]} …”"


def top(element: Element) -> Element:
    """The outermost element around an element; itself, where it was taken out of its tree."""
    return next(reversed(list(element.iterancestors())), element)


def detach(element: Element) -> None:
    """Take an element out of its tree; the text after it stays, parted from the text before it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail or ""
    if parent is None:
        return
    if element.tag in BLOCKS and not tail[:1].isspace():
        tail = " " + tail
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    element.tail = None
    parent.remove(element)


_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[#.][^#.\s>+~:\[\],]+)*)", re.IGNORECASE)


def matches(element: Element, selector: str) -> bool:
    """Whether an element is what a simple selector means: name, #id, .class, or these together ("div.text")."""
    match = _SIMPLE.fullmatch(selector)
    if match is None or (match[1] and element.tag != match[1].lower()):
        return False
    own = (element.get("class") or "").split()
    return all(
        part[1:] in own if part[0] == "." else part[1:] == element.get("id")
        for part in re.findall("[#.][^#.]+", match[2])
    )


def is_selector(selector: str) -> bool:
    return bool(selector) and _SIMPLE.fullmatch(selector) is not None
