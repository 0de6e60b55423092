"""One content document of an EPUB: ids, elements, the shell around a body, its bytes.

Knows XHTML and the conventions of EPUB 3.3; knows no edition, no order of files and no package.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from lxml import etree
from msgspec import Struct, field

from ..xml import LANG, XHTML, Element, add, local, parse

OPS = "http://www.idpf.org/2007/ops"
TYPE = f"{{{OPS}}}type"
FOLDER = "text/"
STYLES = "css/"

_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_OURS = re.compile(r"(?:cover|nav|notes|toc|landmarks|page-list)\Z|(?:page|notes)-")
_LONGEST_NAME = 80


class Document(Struct):
    """A content document while it is made: its file (without folder), languages, and the children of its body."""

    file: str
    title: str
    language: str
    body: list[Element]
    zone: str = ""  # frontmatter | bodymatter | backmatter
    kind: str = ""  # that of its unit, or "notes", or "nav"
    markers: list[tuple[str, str]] = field(default_factory=list)  # (label, id) of page breaks, in order


# --- ids


@cache
def safe_id(name: str) -> str:
    """A TEI id as an EPUB id: usable unquoted in CSS selectors and unescaped in URLs, different for different ids.

    It is `escaped`, and cannot be one that this program gives (`page-12`, `toc`, `notes` …): an id like those, or one
    with a first character that no id may have, gets that character escaped.
    """
    first = _escape(name[:1]) if _OURS.match(name) or name[:1] in "-0123456789" else escaped(name[:1])
    return first + escaped(name[1:])


def escaped(name: str) -> str:
    """ASCII letters, digits and hyphens stay, "_" is doubled, others become "_", hexadecimal code point, "_"."""
    return "".join(
        "__" if char == "_" else char if char.isascii() and (char.isalnum() or char == "-") else _escape(char)
        for char in name
    )


def _escape(text: str) -> str:
    return "".join(f"_{ord(char):x}_" for char in text)


def file_names(ids: Sequence[str]) -> list[str]:
    """A file name for the section id of each unit, made from that id and never from its place in the order.

    Some file systems do not heed case: ids that differ in case only, and ids too long, carry a digest.
    """
    plain = [safe_id(name) for name in ids]
    alike = Counter(name.lower() for name in plain)
    return [
        f"{_digested(safe, name) if len(safe) > _LONGEST_NAME or alike[safe.lower()] > 1 else safe}.xhtml"
        for name, safe in zip(ids, plain, strict=True)
    ]


def _digested(safe: str, name: str) -> str:
    return f"{safe[: _LONGEST_NAME - 9]}-{hashlib.blake2b(name.encode(), digest_size=4).hexdigest()}"


# --- elements


def h(name: str, attributes: Mapping[str, str] | None = None, *content: str | Element) -> Element:
    """An XHTML element; "epub:type" may be written with its prefix."""
    given = {TYPE if key == "epub:type" else key: value for key, value in (attributes or {}).items()}
    element = etree.Element(f"{{{XHTML}}}{name}", given, nsmap={None: XHTML})
    add(element, *content)
    return element


def elements(markup: str) -> list[Element]:
    """The elements of a piece of XHTML, in its namespace whether or not the piece says so."""
    holder = parse(f'<div xmlns="{XHTML}">{markup}</div>'.encode())
    found = list(holder)
    for element in found:
        assert not (element.tail or "").strip(), f"text outside an element: {element.tail!r}"
        element.tail = None
    assert not (holder.text or "").strip(), f"text outside an element: {holder.text!r}"
    return found


def named(roots: Iterable[Element], *names: str) -> Iterator[Element]:
    """XHTML descendants-or-self of these names, in document order; all elements if no name is given."""
    tags = [f"{{{XHTML}}}{name}" for name in names] or [f"{{{XHTML}}}*"]
    for root in roots:
        yield from root.iter(*tags)


def has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def is_heading(element: Element) -> bool:
    return bool(re.fullmatch("h[1-6]", local(element)))


def heading_of(section: Element) -> Element | None:
    """The first heading within a section."""
    return next((element for element in named([section]) if is_heading(element)), None)


def label_by_heading(section: Element, title: str) -> None:
    """Name a section after its heading, or say its title where the heading has no id."""
    heading = heading_of(section)
    if heading is not None and heading.get("id"):
        section.set("aria-labelledby", heading.get("id", ""))
    elif title:
        section.set("aria-label", title)


def numbered(number: str, title: str) -> str:
    """A title with its number, as lists of titles have it: "3. The answer"."""
    return f"{number}. {title}".strip() if number else title


def mirror_languages(root: Element) -> None:
    """Write `lang` and `xml:lang` both wherever there is one of them: reading systems heed one or the other."""
    for element in named([root]):
        language = element.get("lang") or element.get(LANG)
        if language:
            element.set("lang", language)
            element.set(LANG, language)


# --- the whole document


def assembled(document: Document, styles: Sequence[str]) -> Element:
    """The <html> of a document; the epub prefix is declared there and nowhere else."""
    html = etree.Element(f"{{{XHTML}}}html", nsmap={None: XHTML, "epub": OPS})
    html.set("lang", document.language)
    head = h("head", None, h("meta", {"charset": "utf-8"}), h("title", None, document.title))
    for name in styles:
        head.append(h("link", {"rel": "stylesheet", "type": "text/css", "href": f"../{STYLES}{name}"}))
    body = h("body", {"epub:type": document.zone} if document.zone else None, *document.body)
    add(html, head, body)
    mirror_languages(html)
    return html


def serialized(html: Element) -> bytes:
    """The bytes of a document: nothing moved, no element closed in short but the void ones; well-formed or a bug."""
    for element in named([html]):
        if not len(element) and not element.text and local(element) not in _VOID:
            element.text = ""
    etree.cleanup_namespaces(html, keep_ns_prefixes=["epub"])
    data: bytes = etree.tostring(html, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"
    parse(data)
    return data
