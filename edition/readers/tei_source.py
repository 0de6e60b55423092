"""A TEI file as it stands: parsed, its root judged, its ids known; TEI P5, P4, with and without namespace.

Knows XML and TEI's outermost shape; knows nothing of what is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from msgspec import Struct, field

from ..words import words
from ..xml import ID, LANG, TEI, Element, NotWellFormed, parse
from .tei_said import Said

EXAMPLES = "http://www.tei-c.org/ns/Examples"
INCLUDE = "http://www.w3.org/2001/XInclude"
_ROOTS = ("TEI", "TEI.2", "teiCorpus", "teiCorpus.2")
DEEPEST = 100
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_HINT = 'a TEI file begins with <TEI xmlns="http://www.tei-c.org/ns/1.0">'


class Source(Struct):
    """A TEI document. `namespace` is what its elements are in (None: in none); `taken` are elements that the text is
    made without, since they went elsewhere."""

    root: Element
    namespace: str | None
    said: Said
    ids: dict[str, Element] = field(default_factory=dict)
    taken: set[Element] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)  # tag -> what `name` says of it

    def name(self, element: Element) -> str:
        """The TEI name of an element; "egXML" for an example of markup; "" for all that is not TEI."""
        tag = element.tag
        if not isinstance(tag, str):
            return ""
        name = self.names.get(tag)
        if name is None:
            name = self.names[tag] = self._name(tag)
        return name

    def _name(self, tag: str) -> str:
        name = etree.QName(tag)
        if name.namespace == self.namespace:
            return name.localname
        return "egXML" if name.namespace == EXAMPLES and name.localname == "egXML" else ""

    def id(self, element: Element) -> str:
        own = element.get(ID) or (element.get("id") if self.namespace is None else "")
        return (own or "").strip()

    def language(self, element: Element) -> str:
        """The language an element says it is in; "" if it says none, or none that can be one."""
        tag = (element.get(LANG) or element.get("lang") or "").strip()
        if tag and not _LANGUAGE.match(tag):
            self.said.count("tei-language", line(element), f"“{tag}” is no language tag (BCP 47)")
            return ""
        return tag

    def all(self, *names: str, within: Element | None = None) -> Iterator[Element]:
        """TEI elements of these names, in document order; examples of markup and what is in them are left out."""
        prefix = f"{{{self.namespace}}}" if self.namespace else ""
        yield from (self.root if within is None else within).iter(*(f"{prefix}{name}" for name in names))

    def kids(self, element: Element) -> list[Element]:
        """The TEI children of an element."""
        return [kid for kid in element if self.name(kid)]

    def child(self, element: Element, name: str) -> Element | None:
        return next((kid for kid in element if self.name(kid) == name), None)

    def header(self) -> Element | None:
        return self.child(self.root, "teiHeader")

    def ids_meant(self, value: str) -> list[str]:
        """The ids within this file that a pointer means: "#a", "#a #b", or bare names that are ids here."""
        tokens = value.split()
        return [t.removeprefix("#") for t in tokens if t.startswith("#") or t in self.ids]


def line(element: Element) -> int:
    """The line of an element: where its start tag ends."""
    return int(element.sourceline or 1)


def plain(element: Element) -> str:
    """The text of an element and all within it, without comments."""
    return "".join(str(t) for t in element.itertext(etree.Element))


def one_line(element: Element) -> str:
    """The text of an element with its white space in order."""
    return " ".join(plain(element).split())


def word_count(element: Element) -> int:
    return len(words(" ".join(str(t) for t in element.itertext(etree.Element))))


def opened(data: bytes, said: Said) -> Source | None:
    """The document, or None where it cannot be used; what is wrong with it is said."""
    try:
        root = parse(data)
    except NotWellFormed as error:
        _say_not_well_formed(error, said, is_utf16=data[:2] in (b"\xff\xfe", b"\xfe\xff"))
        return None
    name = etree.QName(root)
    if name.localname not in _ROOTS:
        said.say("tei-root", line(root), f"the root element is <{name.localname}>, which is not TEI", _HINT)
        return None
    if name.namespace and name.namespace != TEI:
        said.say("tei-namespace", line(root), f"the namespace {name.namespace} is not that of TEI", _HINT)
        return None
    if not name.namespace:
        said.say("tei-plain", line(root), "the elements are in no namespace; they are read as TEI")
    source = Source(root, name.namespace, said)
    sound = [_without_entities(source), _not_too_deep(source), _ids(source), _without_includes(source)]
    return source if all(sound) else None


def _say_not_well_formed(error: NotWellFormed, said: Said, *, is_utf16: bool) -> None:
    entity = re.match(r"Entity '([^']+)' not defined", str(error))
    if entity:
        _say_entity(said, entity.group(1), error.line, error.column)
    elif "Excessive depth" in str(error):
        _say_too_deep(said, error.line, "very")
    elif is_utf16 or "proper UTF-8" in str(error) or "encoding" in str(error).lower():
        said.say("source-encoding", error.line, f"the letters cannot be read: {error}", "save the file as UTF-8")
    else:
        hint = "an XML editor, or xmllint, shows the same place"
        said.say("xml-syntax", error.line, f"not well-formed XML: {error}", hint, error.column)


def _say_entity(said: Said, name: str, line_: int, column: int = 1) -> None:
    text = f"the entity &{name}; is not resolved: entities and DTDs are never read"
    said.say("tei-entity", line_, text, "write the character itself, or as a number: &#8212;", column)


def _without_entities(source: Source) -> bool:
    found = list(source.root.iter(etree.Entity))
    for entity in found:
        above = entity.getparent()
        where = entity.sourceline or (line(above) if above is not None else 1)
        _say_entity(source.said, str(entity.text or "").strip("&;"), int(where))
    return not found


def _not_too_deep(source: Source) -> bool:
    """Whether no element is nested deeper than anything made by people."""
    depth, deepest = 0, 0
    for event, _ in etree.iterwalk(source.root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        _say_too_deep(source.said, line(source.root), str(deepest))
    return deepest <= DEEPEST


def _say_too_deep(said: Said, line_: int, how: str) -> None:
    text = f"elements are nested {how} deep; {DEEPEST} is the most that is read"
    said.say("tei-depth", line_, text, "look for elements that are never closed where they should be")


def _ids(source: Source) -> bool:
    """Enter all ids; whether each is given once."""
    good = True
    for element in source.root.iter(etree.Element):
        name = source.id(element) if source.name(element) else ""
        if name and name in source.ids:
            first = line(source.ids[name])
            hint = f"it is given first in line {first}; ids are unique in a file"
            source.said.say("id-doubled", line(element), f"the id “{name}” is given twice", hint)
            good = False
        elif name:
            source.ids[name] = element
    return good


def _without_includes(source: Source) -> bool:
    found = [one for text in source.all("text") for one in text.iter(f"{{{INCLUDE}}}include")]
    for one in found:
        text = f"this takes in {one.get('href', 'another file')}, which is not read"
        source.said.say("tei-include", line(one), text, "list that file in contents, or put its text here")
    return not found
