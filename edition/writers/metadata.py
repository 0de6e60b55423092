"""What the package document of an EPUB says of the book (EPUB 3.3 §5.5).

Knows the imprint (the JSON of edition.yaml); knows no file and no unit.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree

from ..patterns import late
from ..xml import Element
from .nav import has_source_pages
from .spoken import spoken

OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
PACKAGE_ID = "pub-id"
# Series, then a comma or a word for volumes, and the number; a bare number may be part of the name.
_VOLUME = late(r"(\S.*?)(?:\s*[,;]\s*|\s+(?=[a-z]))(?:(?:vol|no|nr|bd|t|volume|band|tome)\b\.?\s*)?(\d+)", re.I)


def dc(name: str, text: str, **attributes: str) -> Element:
    return _meta_element(f"{{{DC}}}{name}", text, attributes)


def meta(name: str, text: str, **attributes: str) -> Element:
    """A <meta property="…">; with refines="#id" it belongs right behind the element of that id."""
    return _meta_element(f"{{{OPF}}}meta", text, {"property": name, **attributes})


def link(relation: str, address: str, **attributes: str) -> Element:
    """A <link>: something elsewhere that belongs to the book, or to what `refines` names."""
    return _meta_element(f"{{{OPF}}}link", "", {"rel": relation, "href": address, **attributes})


def old_meta(name: str, content: str) -> Element:
    """A <meta> of EPUB 2, which some systems still look for; the order of its attributes counts for Nook."""
    return _meta_element(f"{{{OPF}}}meta", "", {"name": name, "content": content})


def _meta_element(tag: str, text: str, attributes: Mapping[str, str]) -> Element:
    element = etree.Element(tag, dict(attributes))
    element.text = text
    return element


def identifier(imprint: Mapping[str, Any]) -> str:
    """The ISBN of the EPUB as a URN, else a UUID that stays the same for an edition's id."""
    isbn = _isbn(imprint, "epub")
    return isbn or f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, 'urn:edition:' + imprint['id'])}"


def _isbn(imprint: Mapping[str, Any], kind: str) -> str:
    isbn = ((imprint.get("publisher") or {}).get("isbn") or {}).get(kind) or ""
    digits = "".join(char for char in str(isbn) if char not in "- ")
    return f"urn:isbn:{digits}" if digits else ""


def metadata(imprint: Mapping[str, Any], modified: str) -> list[Element]:
    """What edition.yaml says, as EPUB 3.3 §5.5 wants it: each refinement right behind its subject.

    Under "sources" the imprint may name the editions or pages that its texts were taken from.
    """
    publisher = imprint.get("publisher") or {}
    found = [dc("identifier", identifier(imprint), id=PACKAGE_ID), *_titles(imprint)]
    found += _creators(imprint.get("creators") or ())
    found.append(dc("language", imprint["language"]))
    if publisher.get("name"):
        found.append(dc("publisher", publisher["name"]))
    found.append(dc("date", _date(str(publisher.get("year") or ""), modified)))
    if imprint.get("description"):
        found.append(dc("description", imprint["description"]))
    found += _subjects(imprint.get("subjects") or {})
    found += _rights(imprint)
    print_isbn = _isbn(imprint, "print")
    found += [dc("source", source) for source in (print_isbn, *(imprint.get("sources") or ())) if source]
    found += _series(str(publisher.get("series") or ""))
    if publisher.get("edition"):
        found.append(meta("schema:bookEdition", publisher["edition"]))
    found.append(meta("dcterms:modified", modified))
    return found


def _titles(imprint: Mapping[str, Any]) -> list[Element]:
    found = [dc("title", imprint["title"], id="title"), meta("title-type", "main", refines="#title")]
    if imprint.get("subtitle"):
        found.append(meta("display-seq", "1", refines="#title"))
        found.append(dc("title", imprint["subtitle"], id="subtitle"))
        found.append(meta("title-type", "subtitle", refines="#subtitle"))
        found.append(meta("display-seq", "2", refines="#subtitle"))
    return found


def _creators(creators: Sequence[Mapping[str, Any]]) -> list[Element]:
    """Authors are creators, the rest contributors; without an author, those are who do what the first named does."""
    roles = [str(creator.get("role") or "aut") for creator in creators]
    main = "aut" if "aut" in roles else roles[0] if roles else ""
    found = []
    for count, (creator, role) in enumerate(zip(creators, roles, strict=True), 1):
        name = f"creator-{count}"
        found.append(dc("creator" if role == main else "contributor", creator["name"], id=name))
        found.append(meta("role", role, refines=f"#{name}", scheme="marc:relators"))
        if creator.get("sort"):
            found.append(meta("file-as", creator["sort"], refines=f"#{name}"))
    return found


def _series(series: str) -> list[Element]:
    """A series, and the place in it if the words end with a number: "Letters of the Century, vol. 4"."""
    if not series:
        return []
    match = _VOLUME.fullmatch(series)
    found = [meta("belongs-to-collection", match[1] if match else series, id="series")]
    found.append(meta("collection-type", "series", refines="#series"))
    return [*found, meta("group-position", match[2], refines="#series")] if match else found


def _date(year: str, modified: str) -> str:
    """The whole day: some systems turn a bare year into a day of their own choice."""
    day = modified[:10]
    return day if not year or day.startswith(year) else f"{year}-01-01"


def _subjects(subjects: Mapping[str, Any]) -> list[Element]:
    found = [dc("subject", word) for word in subjects.get("keywords") or ()]
    count = 0
    for authority, scheme in (("thema", "Thema"), ("bisac", "BISAC")):
        for code in subjects.get(authority) or ():
            count += 1
            found.append(dc("subject", code, id=f"subject-{count}"))
            found.append(meta("authority", scheme, refines=f"#subject-{count}"))
            found.append(meta("term", code, refines=f"#subject-{count}"))
    return found


def _rights(imprint: Mapping[str, Any]) -> list[Element]:
    copyright, licence = imprint.get("copyright") or "", imprint.get("licence") or ""
    found = [dc("rights", ". ".join(part.rstrip(".") for part in (copyright, licence) if part))]
    if licence:
        known = licence if "://" in licence else f"https://spdx.org/licenses/{licence}.html"
        found.append(meta("dcterms:license", known))
    return found if copyright or licence else []


def page_source(imprint: Mapping[str, Any]) -> Element:
    """Whose the page numbers are: of the sources; of the release whose numbers are kept; else of the print edition by
    its ISBN, or by a name that can only mean it."""
    said, _ = spoken(imprint["language"])
    if has_source_pages(imprint):
        return meta("pageBreakSource", "; ".join(imprint.get("sources") or [said.source]))
    kept = (imprint.get("pages") or {}).get("from_") or ""
    isbn = _isbn(imprint, "print")
    if isbn and not kept:
        return meta("pageBreakSource", isbn)
    authors = [creator["name"] for creator in imprint.get("creators") or ()]
    year = str((imprint.get("publisher") or {}).get("year") or "")
    which = [said.version.format(kept), _year_of(kept, imprint)] if kept else [year]
    parts = [imprint["title"], *authors, said.print_edition, *which]
    return meta("pageBreakSource", ", ".join(part for part in parts if part))


def _year_of(version: str, imprint: Mapping[str, Any]) -> str:
    revisions = (imprint.get("standing") or {}).get("revisions") or ()
    return next((str(one["date"])[:4] for one in revisions if one["version"] == version), "")
