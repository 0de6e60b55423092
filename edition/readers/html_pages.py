"""Page numbers of a printed book in a plain tree: which elements are one, and what it is.

Knows the idioms of Project Gutenberg, EPUB and the web; must not know TEI.
"""

from __future__ import annotations

import re

from ..xml import Element
from .html_names import classes, ids, text_of, types

_NUMBER = r"(?:\d{1,4}[a-z]?|[ivxlcdm]{1,9})"
_TEXT = re.compile(rf"[\[({{|]?\s*(?:pg|p|page|pag|seite|s|стр|с)?\.?\s*({_NUMBER})\s*[\])}}|]?\.?", re.IGNORECASE)
_NAME = re.compile(rf"(?:page|pg|pagina|seite)(?:num|no)?[_.-]?({_NUMBER})", re.IGNORECASE)
_LAST_NUMBER = re.compile(rf"(?:^|[^a-z0-9])({_NUMBER})$", re.IGNORECASE)
_TAGS = ("a", "span", "p", "div", "small", "sup", "b", "i", "em")
_CLASSES = frozenset(
    "pagenum pageno page-number pagenumber page_number pagebreak page-break pb pgnum x-ebookmaker-pageno folio "
    "page".split()
)
# In running text, as plain texts have it: [Pg 12], [Page xii].
IN_TEXT = re.compile(rf"\[(?:Pg|Page)\.?[ \xa0]?({_NUMBER})\]")


def label_of(element: Element) -> str | None:
    """The number of the page that begins at an element, if it marks one ("" where it does not say which)."""
    if not element.attrib:
        return None
    if "pagebreak" in types(element):
        said = element.get("title") or element.get("aria-label") or text_of(element)
        return _bare(said) or _from_ids(element)
    own = classes(element) & _CLASSES
    if element.tag not in _TAGS or not (own or ids(element)) or _leads_away(element):
        return None
    text = text_of(element)
    match = _TEXT.fullmatch(text)
    if own and match:
        return match[1]
    if own and not text:
        return _bare(element.get("title") or "") or _from_ids(element) or None
    if element.tag not in ("a", "span"):
        return None
    named = next((found for name in ids(element) if (found := _NAME.fullmatch(name))), None)
    if named is None or (text and (match is None or match[1].lower() != named[1].lower())):
        return None
    return named[1]


def _leads_away(element: Element) -> bool:
    """Whether an element is a link to another place: a number in an index, not one in the margin."""
    own = {f"#{name}" for name in ids(element)} | {"#"}
    return any((link.get("href") or "#") not in own | {f"#{name}" for name in ids(link)} for link in element.iter("a"))


def _bare(text: str) -> str:
    """A label without "p." and brackets around it."""
    line = " ".join(text.split()).rstrip(".")
    match = _TEXT.fullmatch(line)
    return match[1] if match else line


def _from_ids(element: Element) -> str:
    return next(
        (found[1] for name in ids(element) if (found := _NAME.fullmatch(name) or _LAST_NUMBER.search(name))), ""
    )
