"""The only place where an XML parser is made, and the vocabulary's namespaces.

Knows lxml; knows no file and no element of ours.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from copy import deepcopy
from functools import cache

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"
ID = f"{{{XML}}}id"
LANG = f"{{{XML}}}lang"
SPACE = f"{{{XML}}}space"

Element = etree._Element
MAX_DEPTH = 200


class NotWellFormed(Exception):
    """XML that cannot be parsed; `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, collect_ids=False, remove_pis=True
    )


def parse(data: bytes) -> Element:
    """The root element of well-formed XML. Raises NotWellFormed; entities, DTDs and the network stay untouched."""
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise NotWellFormed(error.msg or "not well-formed", max(line, 1), max(column, 1)) from None


class TooDeep(Exception):
    """HTML nested so deep that libxml2 leaves out what is within."""


def parse_html(data: bytes) -> Element | None:
    """The root of HTML in UTF-8, however broken it is; None where it holds no element and no text.

    Names come in lower case and without namespace ("epub:type" is a name), comments and processing instructions not at
    all. Raises TooDeep where libxml2 gave up (at 2,048 elements within one another): it drops text without a word then.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    root = etree.fromstring(data, parser) if data.strip() else None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise TooDeep
    return root


def canonical(element: Element) -> bytes:
    """Canonical bytes (C14N 1.0 without comments) of a tree: equal trees, equal bytes."""
    if element.getparent() is not None:  # libxml2 loses namespaces when it writes a part of a tree
        element = deepcopy(element)
        element.tail = None
    return etree.tostring(element, method="c14n", exclusive=False, with_comments=False)


def document(element: Element) -> bytes:
    """A whole UTF-8 XML document with its declaration."""
    return etree.tostring(element, encoding="utf-8", xml_declaration=True) + b"\n"


def fragment(element: Element) -> str:
    """An element as XML text, without its tail."""
    return etree.tostring(element, encoding="unicode", with_tail=False)


def tei(name: str, attributes: Mapping[str, str] | None = None, *content: str | Element) -> Element:
    """A TEI element; strings and elements of `content` are appended in order."""
    element = etree.Element(f"{{{TEI}}}{name}", attributes or {}, nsmap={None: TEI})
    add(element, *content)
    return element


def tei_at(parent: Element, n: int, name: str, attributes: Mapping[str, str]) -> Element:
    """A TEI element made as child `n` of its parent: a third of the work of one that is made apart and put in."""
    made = etree.SubElement(parent, f"{{{TEI}}}{name}", attributes)
    if n < len(parent) - 1:
        parent.insert(n, made)
    return made


def add(parent: Element, *content: str | Element) -> None:
    """Append text and elements to `parent`, in order."""
    for item in content:
        if isinstance(item, str):
            add_text(parent, item)
        else:
            parent.append(item)


def add_text(parent: Element, text: str) -> None:
    """Append text after whatever `parent` holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


@cache
def _local(tag: Hashable) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def local(element: Element) -> str:
    """An element's name without its namespace; "" for comments and processing instructions."""
    return _local(element.tag)  # type: ignore[arg-type]  # a name, or the function that makes comments


def is_tei(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(f"{{{TEI}}}")


def all_named(root: Element, *names: str) -> Iterator[Element]:
    """Every TEI descendant-or-self of these names, in document order."""
    return root.iter(*_tags(names))


@cache
def _tags(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{{{TEI}}}{name}" for name in names)


def child(parent: Element, name: str) -> Element | None:
    """The first TEI child of that name."""
    return parent.find(f"{{{TEI}}}{name}")


def drop_keeping_tail(element: Element) -> None:
    """Take an element out of its tree; the text after it stays."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    if tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + tail
        else:
            before.tail = (before.tail or "") + tail
    element.tail = None
    parent.remove(element)
