"""Links of plain trees: what stands under which id on which page, and where an address leads.

Knows addresses and ids; must not know TEI.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from ..xml import Element
from .html_names import ids
from .html_source import Page

Key = tuple[int, str]
"""Number of a page and an id on it; "" is the page as a whole."""

SCHEMES = ("http", "https", "mailto", "ftp", "tel", "urn", "doi", "geo", "news")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"


class Links:
    """The ids of some pages. Links between them are by name: of a file, or of a member of an archive."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self._names = {page.member or posixpath.basename(page.file): n for n, page in enumerate(pages)}
        self._targets: dict[Key, Element] = {}
        for number, page in enumerate(pages):
            for element in page.root.iter():
                for name in ids(element):
                    self._targets.setdefault((number, name), element)

    def key(self, page: int, href: str | None) -> Key | None:
        """What a link on a page points to, if that is on one of these pages."""
        if not href or _SCHEME.match(href) or href.startswith("//"):
            return None
        path, _, fragment = href.strip().partition("#")
        path = unquote(path.partition("?")[0])
        if not path:
            return page, unquote(fragment)
        folder = posixpath.dirname(self.pages[page].member)
        number = self._names.get(posixpath.normpath(posixpath.join(folder, path)))
        return None if number is None else (number, unquote(fragment))

    def element(self, key: Key | None) -> Element | None:
        """What has an id; the body of a page for "" ."""
        if key is None:
            return None
        return self._targets.get(key)


def base_of(page: Page) -> str:
    """The web address of a page, as it says itself: <base>, else its canonical link; "" if it does not."""
    for element in page.root.iter("base"):
        if urlsplit(element.get("href") or "").scheme in ("http", "https"):
            return element.get("href") or ""
    for element in page.root.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and (element.get("href") or "").startswith("http"):
            return element.get("href") or ""
    return ""


def elsewhere(href: str) -> tuple[str, str]:
    """What a relative link to an id in another file names: the file without folder and suffix, and the id."""
    path, _, fragment = href.strip().partition("#")
    if _SCHEME.match(path) or path.startswith("//"):
        return "", ""
    return posixpath.splitext(posixpath.basename(unquote(path.partition("?")[0])))[0], unquote(fragment)


def address(href: str | None, base: str) -> str:
    """A link out of the edition as a URI (RFC 3986); "" where it leads nowhere that can be told."""
    href = re.sub("[\t\n\r]", "", (href or "").strip())
    scheme = _SCHEME.match(href)
    try:
        if scheme is None:
            href = urljoin(base, href) if base and href else ""
        elif scheme[1].lower() not in SCHEMES:
            return ""
        parts = urlsplit(href)
        if parts.scheme.lower() in ("http", "https") and not parts.hostname:
            return ""
        if parts.hostname in ("www.google.com", "google.com") and parts.path == "/url":  # as Google Docs writes links
            href = parse_qs(parts.query).get("q", [href])[0]
    except ValueError:
        return ""
    return quote(href, safe=_SAFE)
