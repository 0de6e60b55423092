"""From the bytes of an HTML or XHTML document to a plain tree: encoding, well-formedness, depth.

A plain tree has HTML names in lower case without namespace, `lang` for languages, `epub-type` for epub:type, no
comments, and is never deeper than DEEPEST. Knows markup as such; must not know what any element means to an edition.
"""

from __future__ import annotations

import codecs
import html
import re
from collections import Counter
from html.entities import html5

from lxml import etree
from msgspec import Struct, field

from ..problems import Place, Problem
from ..xml import ID, LANG, XHTML, Element, NotWellFormed, TooDeep, parse, parse_html
from .reading import fit, mojibake

DEEPEST = 100
VOID = frozenset("area base basefont br col embed frame hr img input link meta param source track wbr".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark q rp rt ruby s samp small span strike "
    "strong "
    "sub sup tt u var".split()
)
_ATTRIBUTES = (
    ("{http://www.idpf.org/2007/ops}type", "epub-type"),
    ("epub:type", "epub-type"),
    (LANG, "lang"),
    ("xml:lang", "lang"),
    (ID, "id"),
    ("{http://www.w3.org/1999/xlink}href", "href"),
    ("xlink:href", "href"),
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)""")
_META = re.compile(rb"""<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_SEVEN_BITS = ("iso-2022", "hz")
_HEAD = 4096  # bytes in which an encoding may be declared (WHATWG: 1024)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_END = re.compile(r"</(?:body|html)[ \t]*>", re.IGNORECASE)
# Comments, elements whose content is no markup, and tags.
_TOKEN = re.compile(
    r"""<!--.*?-->|<(script|style|textarea|title|xmp)\b(?:[^<>"']|"[^"]*"|'[^']*')*>.*?</\1\s*>"""
    r"""|<(/?)([A-Za-z][^\s/<>]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>""",
    re.DOTALL | re.IGNORECASE,
)
# Elements that may go without an end tag, and so tell nothing about depth.
_OPEN_ENDED = frozenset("p li dt dd tr td th thead tbody tfoot colgroup option optgroup rt rp html body head".split())


class Page(Struct):
    """A document as a plain tree: `file` is the source's name, `member` its own name within an archive ("" if none)."""

    file: str
    member: str
    root: Element
    problems: list[Problem] = field(default_factory=list)

    def place(self, element: Element | None) -> Place:
        return Place(self.file, line_of(element) if element is not None else 0)

    def say(self, code: str, element: Element | None, text: str, hint: str = "") -> None:
        self.problems.append(Problem(code, self.place(element), self.told(text), hint))

    def told(self, text: str) -> str:
        """A complaint that names the member it is about."""
        return f"{self.member}: {text}" if self.member else text


def line_of(element: Element) -> int:
    return element.sourceline or 0


def page_of(file: str, data: bytes, member: str = "") -> Page:
    """The Page in some bytes; its root is an empty <html> where there is nothing to read."""
    page = Page(file, member, etree.Element("html"))
    text, problems = decoded_html(file, data)
    page.problems += [p if not member else Problem(p.code, p.place, page.told(p.text), p.hint) for p in problems]
    root = _root(page, text)
    if root is not None:
        page.root = _plain(root)
    return page


# --- encoding


def decoded_html(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of a document, and what is wrong with its encoding (HTML Standard, section 13.2.3)."""
    declared, where = _declared(data)
    encoding, problems = declared, list[Problem]()
    if where == "text":
        encoding, problems = _weighed(file, data, declared)
    text = data.decode(encoding, errors="replace")
    text, said = fit(file, text)
    return text, [*problems, *said, *mojibake(file, text)]


def _declared(data: bytes) -> tuple[str, str]:
    """The encoding that a document claims ("" if none), as Python calls it, and where: "bom", "shape" or "text"."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name, "bom"
    for name, start in (("utf-16-le", b"<\0"), ("utf-16-be", b"\0<")):
        if data.startswith(start):
            return name, "shape"
    match = _XML_ENCODING.match(data[:_HEAD]) or _META.search(data[:_HEAD])
    if match is None:
        return "", "text"
    label = match[1].decode("ascii").lower()
    if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1", "l1"):
        return "cp1252", "text"  # as browsers read it (WHATWG Encoding, section 4.2)
    return ("utf-8" if _is_utf16(label) else label), "text"


def _is_utf16(label: str) -> bool:
    return label.startswith("utf-16")


def _weighed(file: str, data: bytes, declared: str) -> tuple[str, list[Problem]]:
    """The encoding that bytes are in, and a complaint where another is declared, or none where one is needed."""
    fault = _first_fault(data)
    claims_utf8 = declared in ("", "utf-8", "utf8")
    if fault is None and not declared.startswith(_SEVEN_BITS):
        shown = "Latin-1 or Windows-1252" if declared == "cp1252" else declared
        text = f"the page says it is in {shown}, but it is in UTF-8, as which it is read"
        return "utf-8", [] if claims_utf8 or data.isascii() else [_complaint(file, data, 0, text)]
    if not claims_utf8:
        try:
            data.decode(declared, errors="replace")
            return declared, []
        except (LookupError, ValueError):
            text = f"the page says it is in “{declared}”, which is unknown; it is read as Windows-1252"
            return "cp1252", [_complaint(file, data, 0, text)]
    said = "says it is in UTF-8, but it is not" if declared else "does not say in what encoding it is"
    text = f"the page {said}: byte 0x{data[fault or 0]:02X} here; it is read as Windows-1252"
    return "cp1252", [_complaint(file, data, fault or 0, text)]


def _first_fault(data: bytes) -> int | None:
    """Where bytes are no UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _complaint(file: str, data: bytes, offset: int, text: str) -> Problem:
    line = data.count(b"\n", 0, offset) + 1
    hint = "look at its letters with accents; if they are wrong, save the page as UTF-8"
    return Problem("html-encoding", Place(file, line), text, hint)


# --- parsing


def _root(page: Page, text: str) -> Element | None:
    """The root of a document: as XML where it claims to be XHTML and is well-formed, else as HTML."""
    start = text[:_HEAD]
    if text.strip() and ("<?xml" in start or XHTML in start):
        whole = _ENTITY.sub(_character, _XML_DECLARATION.sub(lambda m: "\n" * m[0].count("\n"), text))
        try:
            root = parse(whole.encode())
            if _depth(root) <= DEEPEST:
                return root
        except NotWellFormed as error:
            if "depth" in str(error):
                return _html(page, _END.sub(" ", whole))
            said = f"this is not well-formed XHTML ({error}); it is read as browsers read HTML"
            place = Place(page.file, error.line)
            hint = "look at the paragraphs after this line: elements may end elsewhere than they were meant to"
            page.problems.append(Problem("html-malformed", place, page.told(said), hint))
    return _html(page, _END.sub(" ", _XML_DECLARATION.sub("", text)))


def _character(match: re.Match[str]) -> str:
    """A named character of HTML as itself; the five of XML stay."""
    name = match[1]
    return match[0] if name in ("amp;", "lt;", "gt;", "quot;", "apos;") else html5.get(name, match[0])


def _html(page: Page, text: str) -> Element | None:
    limit = DEEPEST
    while True:
        try:
            root = parse_html(text.encode())
            if root is None or _depth(root) <= DEEPEST:
                return root
        except TooDeep:
            pass
        if limit == DEEPEST:
            said = f"elements stand more than {DEEPEST} deep in one another; deeper ones go, their text is kept"
            page.problems.append(
                Problem("html-deep", Place(page.file), page.told(said), "look for tags without an end")
            )
        limit //= 2
        text = flattened(text, limit)


def _depth(root: Element) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def flattened(text: str, limit: int) -> str:
    """HTML without the tags that stand in more than `limit` elements; what is between them stays, and stays apart."""
    opened: list[str] = []
    count: Counter[str] = Counter()

    def shallow(match: re.Match[str]) -> str:
        ends, name = match[2], (match[3] or "").lower()
        if not name or name in VOID or name == "p" or match[0].endswith("/>"):
            return match[0]
        gap = "\n" * match[0].count("\n") or ("" if name in _INLINE else " ")
        kept = len(opened) < limit
        if name in _OPEN_ENDED:
            return match[0] if kept else gap
        if not ends:
            opened.append(name)
            count[name] += 1
            return match[0] if kept else gap
        if not count[name]:
            return match[0] if kept else gap
        while opened[-1] != name:
            count[opened.pop()] -= 1
        count[opened.pop()] -= 1
        return match[0] if len(opened) < limit else gap

    return _TOKEN.sub(shallow, text)


# --- a plain tree


def _plain(root: Element) -> Element:
    """The tree with HTML's own names, of whatever namespace it was."""
    for element in list(root.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity)):
        _drop_node(element)
    for element in root.iter():
        if str(element.tag).startswith("{"):
            element.tag = str(element.tag).rpartition("}")[2].lower()
        attributes = element.attrib
        for old, new in _ATTRIBUTES if attributes else ():
            if old in attributes:
                value = attributes.pop(old)
                if new not in attributes:
                    attributes[new] = value
    return root


def _drop_node(node: Element) -> None:
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    text = (html.unescape(node.text or "") if isinstance(node, etree._Entity) else "") + (node.tail or "")
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    node.tail = None
    parent.remove(node)
