"""The reader of e-books: EPUB 2 and 3, their documents in the order of the spine, each read as HTML.

Knows which documents are text; the archive's doors are in archive, the package in epub_package, documents in html_body.
"""

from __future__ import annotations

from msgspec import Struct, field

from ..archive import Archive, open_archive
from ..problems import Place, Problem
from .epub_package import DOCUMENTS, Contents, Item, Package, contents, package, resolved
from .html_body import Book, reading
from .html_links import Key
from .html_main import body_of
from .html_names import count, counted, shown, text_of, types
from .html_source import Page, page_of
from .reading import Reading, ReadOptions, unread

_DROPPED = {
    "cover": "the cover",
    "toc": "the e-book's own contents",
    "landmarks": "the e-book's own contents",
    "page-list": "the e-book's list of pages",
    "loi": "a list of pictures",
    "lot": "a list of tables",
}


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """An e-book as a TEI <body>: a div for each document with a heading; what is left out is told."""
    archive = open_archive(name, data)
    if not isinstance(archive, Archive):
        return unread(archive)
    found = package(archive)
    if not isinstance(found, Package):
        return unread(found)
    opened = _Opened(archive, found, contents(archive, found))
    opened.read_spine()
    problems = [*found.problems, *opened.problems]
    if any(problem.is_error for problem in problems):
        return unread(problems)
    if not opened.pages:
        text = "no document of this e-book has text"
        return unread([*problems, Problem("chapter-empty", Place(name), text, "take it out of contents")])
    made = reading(opened.book(), options)
    return Reading(made.tree, made.positions, [*problems, *made.problems], about=found.about)


class _Opened(Struct):
    """An e-book being opened: its documents that are text, and what is to be said of the others."""

    archive: Archive
    package: Package
    contents: Contents
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read_spine(self) -> None:
        seen = set()
        for item in self.package.spine:
            if item.name in seen:
                self._say("epub-twice", item.name, "the spine names this document twice; it is read once")
                continue
            seen.add(item.name)
            page = self._page(item)
            if page is not None:
                self.pages.append(page)

    def _say(self, code: str, member: str, text: str, hint: str = "") -> None:
        self.problems.append(Problem(code, Place(self.archive.file), f"{member}: {text}", hint))

    def _page(self, item: Item) -> Page | None:
        """A document of the spine, if it is text."""
        if item.kind not in DOCUMENTS:
            self._say("epub-dropped", item.name, f"left out: it is no text ({item.kind or 'of unknown kind'})")
            return None
        data = self.archive.read(item.name)
        if isinstance(data, Problem):
            self.problems.append(data)
            return None
        page = page_of(self.archive.file, data, item.name)
        body = body_of(page)
        if not text_of(body):
            pictures = sum(1 for _ in body.iter("img", "svg"))
            what = "pictures only" if pictures else "nothing in it"
            self._say("epub-dropped" if pictures else "epub-empty", item.name, f"left out: there is {what}")
            return None
        kind = self._kind(item, page)
        if kind:
            number = counted(count([body]), "word")
            self._say("epub-dropped", item.name, f"left out: {kind}, {number}: {shown(text_of(body))}")
            return None
        return page

    def _kind(self, item: Item, page: Page) -> str:
        """What a document is that is left out; "" if it is text."""
        if "nav" in item.properties:
            return _DROPPED["toc"]
        body = body_of(page)
        alone = [kid for kid in body if text_of(kid)]
        said = types(body) | (types(alone[0]) if len(alone) == 1 else frozenset())
        if self.package.guide.get(item.name) in ("cover", "toc"):
            said |= {self.package.guide[item.name]}
        return next((what for kind, what in _DROPPED.items() if kind in said), "")

    # --- the book

    def book(self) -> Book:
        return Book(
            self.pages,
            is_web=False,
            sheets=[self._sheets(page) for page in self.pages],
            labels=self._labels(),
            titles=self._titles(),
            image=self._image,
        )

    def _sheets(self, page: Page) -> list[str]:
        """The style sheets that a document links to."""
        found = []
        for link in page.root.iter("link"):
            if "stylesheet" in (link.get("rel") or "").lower().split():
                name, _ = resolved(page.member, link.get("href"))
                data = self.archive.read(name) if name in self.archive else b""
                found.append(data.decode("utf-8", "replace") if isinstance(data, bytes) else "")
        return found

    def _numbers(self) -> dict[str, int]:
        return {page.member: number for number, page in enumerate(self.pages)}

    def _labels(self) -> dict[Key, str]:
        """Page numbers by the place where the page begins."""
        numbers = self._numbers()
        found: dict[Key, str] = {}
        for address, label in self.contents.pages:
            name, _, fragment = address.partition("#")
            if name in numbers and label:
                found.setdefault((numbers[name], fragment), label)
        return found

    def _titles(self) -> dict[int, str]:
        """What the contents call a document as a whole."""
        numbers = self._numbers()
        found: dict[int, str] = {}
        for address, title in self.contents.titles:
            name, _, _ = address.partition("#")
            if name in numbers and title:
                found.setdefault(numbers[name], title)
        return found

    def _image(self, page: int, address: str) -> str:
        """The name of a picture in the archive; a picture elsewhere keeps its address."""
        name, _ = resolved(self.pages[page].member, address)
        return name if name in self.archive else address
