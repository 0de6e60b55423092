"""A finished EPUB against the rules that validators do not hold: notes, ids, links, files, pages, sizes.

Knows what an opened EPUB is; knows nothing of how Edition writes one. What EPUB 3.3 asks beyond these is left to
EPUBCheck, what its Accessibility 1.1 asks to Ace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..problems import Problem
from ..xml import Element
from .epub_opened import CONTAINER, Item, Link, Opened, Unreadable, elements, opened, says

LARGEST = 300_000  # bytes; above it old devices are slow to open a document
_SAFE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NOTES = ("footnote", "endnote", "rearnote", "note")


def check(file: str, data: bytes) -> list[Problem]:
    """What is wrong with an EPUB, by check and then in the order of its documents."""
    try:
        book = opened(file, data)
        checks = (_package, _files, _ids, _links, _notes, _page_list, _ncx_pages, _sizes)
        return [problem for one in checks for problem in one(book)]
    except Unreadable as fault:
        return fault.problems


# --- files


def _package(book: Opened) -> Iterator[Problem]:
    """The archive begins with its type, unpacked (OCF 3.3, 4.3), and the book can be read and navigated."""
    if book.archive.names[0] != "mimetype":
        yield Problem("epub-file", book.place("mimetype"), "“mimetype” is not the first file of the archive")
    if not book.spine:
        yield Problem("epub-file", book.place(book.package_name), "no document is in the reading order")
    if book.nav is None:
        yield Problem("epub-file", book.place(book.package_name), "no document is the nav document")


def _files(book: Opened) -> Iterator[Problem]:
    """The manifest names the files of the archive and no others, and something leads to each of them."""
    known = {item.name for item in book.items}
    beside = {"mimetype", book.package_name}
    reached = {*book.spine, *(link.file for link in book.links), *book.named_by_styles()}
    for item in book.items:
        if item.name not in book.archive:
            text = f"the manifest names “{item.name}”, which is not in the archive"
            yield Problem("epub-file", book.place(book.package_name), text)
        elif item.name not in reached and not _stands_alone(book, item):
            yield Problem("epub-orphan", book.place(item.name), "nothing in the book leads to this file")
    for name in book.archive.names:
        if name not in known and name not in beside and not name.startswith(CONTAINER.partition("/")[0] + "/"):
            yield Problem("epub-orphan", book.place(name), "the manifest does not name this file")


def _stands_alone(book: Opened, item: Item) -> bool:
    return item in (book.nav, book.ncx) or "cover-image" in item.properties


def _sizes(book: Opened) -> Iterator[Problem]:
    for name in book.documents:
        size = len(book.data(name))
        if size > LARGEST:
            text = f"this document has {size / 1000:,.0f} kB; old devices are slow with more than {LARGEST // 1000}"
            yield Problem("epub-size", book.place(name), text, "divide the text into more chapters")


# --- ids and links


def _ids(book: Opened) -> Iterator[Problem]:
    """Ids are there once in a document, and can stand in a CSS selector as they are, as some systems use them."""
    for name, ids in book.ids.items():
        for one, count in ids.items():
            if count > 1:
                yield Problem("epub-id", book.place(name), f"the id “{one}” is there {count} times")
            if not _SAFE.fullmatch(one):
                yield Problem("epub-id", book.place(name), f"the id “{one}” has characters that CSS does not take")


def _links(book: Opened) -> Iterator[Problem]:
    """Every link within the book ends at a file, and at an id of it where it names one."""
    for link in book.links:
        place = book.place(link.source, link.line)
        if link.file not in book.archive:
            yield Problem("epub-link", place, f"a link leads to “{link.file}”, which is not in the book")
        elif link.id and link.file in book.ids and link.id not in book.ids[link.file]:
            yield Problem("epub-link", place, f"a link leads to “{link.id}” in “{link.file}”, which is not there")


# --- notes


def _notes(book: Opened) -> Iterator[Problem]:
    """References and notes pair: each reference leads to a note, each note back to every reference to it."""
    notes = {(name, note.get("id", "")): note for name, root in book.documents.items() for note in _of_kind(root)}
    refs: dict[tuple[str, str], set[tuple[str, str]]] = {key: set() for key in notes}
    for link in book.links:
        if says(link.element, "noteref"):
            if (link.file, link.id) in refs:
                refs[link.file, link.id].add((link.source, link.element.get("id", "")))
            else:
                text = f"the reference “{''.join(link.element.itertext())}” leads to no note"
                yield Problem("epub-note", book.place(link.source, link.line), text)
    back = _ways_back(book.links)
    for key, note in notes.items():
        for text in _unpaired(key[1], refs[key], back.get(key, set())):
            yield Problem("epub-note", book.place(key[0], note.sourceline or 0), text)


def _of_kind(root: Element) -> Iterator[Element]:
    seen = {id(note): note for kind in _NOTES for note in elements(root, "", kind)}
    yield from seen.values()


def _ways_back(links: list[Link]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Where the backlinks of each note lead, by file and id of the note around them."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for link in links:
        if says(link.element, "backlink"):
            around = (each for each in link.element.iterancestors() if any(says(each, kind) for kind in _NOTES))
            note = next(around, None)
            if note is not None:
                found.setdefault((link.source, note.get("id", "")), set()).add((link.file, link.id))
    return found


def _unpaired(name: str, refs: set[tuple[str, str]], back: set[tuple[str, str]]) -> Iterator[str]:
    if not refs:
        yield f"no reference leads to the note “{name}”"
    for file, ref in sorted(refs - back):
        yield f"the note “{name}” has no way back to its reference in “{file}”" + (f" (“{ref}”)" if ref else "")
    for file, ref in sorted(back - refs):
        yield f"the note “{name}” leads back to “{ref}” in “{file}”, which is no reference to it"


# --- pages


def _page_list(book: Opened) -> Iterator[Problem]:
    """Every page break is in the page-list and every entry at a page break, in reading order (EPUB 3.3, 7.4.4)."""
    breaks = [
        (name, mark.get("id", "")) for name in book.spine if name in book.documents
        for mark in elements(book.documents[name], "", "pagebreak")
    ]  # fmt: skip
    listed = _listed(book)
    if not breaks and not listed:
        return
    nav = book.place(book.nav.name if book.nav else book.package_name)
    for file, name in sorted(set(breaks) - set(listed)):
        yield Problem("epub-pages", book.place(file), f"the page-list has no entry for the page break “{name}”")
    for file, name in sorted(set(listed) - set(breaks)):
        yield Problem("epub-pages", nav, f"the page-list leads to “{name}” in “{file}”, which is no page break")
    if set(listed) == set(breaks) and listed != breaks:
        yield Problem("epub-pages", nav, "the page-list is not in the order of the text")
    sources = [meta for meta in book.package.iter("{*}meta") if meta.get("property") == "pageBreakSource"]
    if not any((meta.text or "").strip() for meta in sources):
        text = "it has page breaks, but does not say of which edition (pageBreakSource)"
        yield Problem("epub-pages", book.place(book.package_name), text)


def _listed(book: Opened) -> list[tuple[str, str]]:
    if book.nav is None or book.nav.name not in book.documents:
        return []
    lists = elements(book.documents[book.nav.name], "nav", "page-list")
    return [
        book.joined(book.nav.name, link.get("href", ""))
        for one in lists
        for link in one.iter("{*}a")
        if link.get("href")
    ]


def _ncx_pages(book: Opened) -> Iterator[Problem]:
    """The page list for older systems has the same pages, if there is one."""
    if book.ncx is None:
        return
    targets = book.tree(book.ncx.name).iterfind(".//{*}pageTarget/{*}content")
    told = [book.joined(book.ncx.name, target.get("src", "")) for target in targets]
    if told != _listed(book):
        yield Problem("epub-pages", book.place(book.ncx.name), "its pages are not those of the page-list")
