"""The pages before the text, and those between its parts: half-title, title, copyright, part titles."""

from __future__ import annotations

from ...xml import ID, LANG, Element, tei
from ..lives import shown
from .made_from import Book, div, line, origin


def part(name: str, book: Book) -> Element:
    title = next(plan.title for plan in book.plans if plan.generated == name)
    return tei("div", {"type": "part", ID: name, LANG: book.language}, tei("head", {}, title))


def half_title(book: Book) -> Element:
    return div("half-title", book, line("title", str(book.imprint["title"])), head=False)


def title(book: Book) -> Element:
    imprint = book.imprint
    lines = [line("title", imprint["title"])]
    if imprint.get("subtitle"):
        lines.append(line("subtitle", imprint["subtitle"]))
    for creator in imprint["creators"]:
        said = book.wording.role(creator["role"])
        lines.append(line("creator", f"{said} {creator['name']}".strip()))
    lines.append(_standing(book))
    publisher = imprint.get("publisher") or {}
    place_and_name = " · ".join(str(publisher[k]) for k in ("place", "name", "year") if publisher.get(k))
    if place_and_name:
        lines.append(line("publisher", place_and_name))
    return div("title", book, *lines, head=False)


def _standing(book: Book) -> Element:
    """Which version this is; or that it is a draft, and of which version the last release was."""
    standing = book.imprint.get("standing") or {}
    if standing.get("released"):
        return line("version", book.wording.version.format(standing["version"], shown(standing["date"], book.language)))
    after = standing.get("version")
    return line("draft", book.wording.draft_after.format(after) if after else book.wording.draft)


def copyright_page(book: Book) -> Element:
    imprint, publisher = book.imprint, book.imprint.get("publisher") or {}
    lines = [line("title", imprint["title"])]
    lines += [line(name, str(publisher[name])) for name in ("edition", "series") if publisher.get(name)]
    if imprint.get("copyright"):
        lines.append(line("copyright", imprint["copyright"]))
    if imprint.get("licence"):
        lines.append(line("licence", book.wording.licence.format(imprint["licence"])))
    if publisher.get("name"):
        where = ", ".join(str(publisher[k]) for k in ("name", "place", "year") if publisher.get(k))
        lines.append(line("publisher", where))
    for kind, number in sorted((publisher.get("isbn") or {}).items()):
        if number:
            lines.append(line("isbn", f"ISBN {number} ({kind})"))
    if all(plan.generated != "credits" for plan in book.plans):
        lines += [line("source", told) for told in (origin(entry, book) for entry in book.sources) if told]
    if imprint.get("cite_as"):
        lines.append(line("cite-as", book.wording.cite_as.format(imprint["cite_as"])))
    if imprint.get("statement"):
        lines.append(line("statement", imprint["statement"]))
    if book.cip:
        lines.append(tei("ab", {"type": "code"}, book.cip))
    return div("copyright", book, *lines, head=False)


def notes(book: Book) -> Element:
    """The heading of the notes, where they stand at the end of the book; writers collect them under it."""
    return div("notes", book)
