"""From the tokens of one block's content to TEI: emphasis, links, names, dates, languages, footnote references.

Knows one block at a time; footnotes are made by whoever is asked for them.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token
from msgspec import Struct, field

from ..patterns import late
from ..problems import Place, Problem, did_you_mean
from ..xml import ID, Element, local, tei
from . import markdown_spans
from .markdown_attributes import Attributes, Complaint, complaints, is_name, not_yet
from .markdown_editorial import QUERY, editorial
from .markdown_parser import Source
from .reading import Spot

# Marks within one another.
DEEPEST = 32
SCHEMES = ("http", "https", "mailto", "ftp", "tel", "urn", "doi", "geo")
_SCHEME = late(r"([A-Za-z][A-Za-z0-9+.-]*):")


class Work(Struct):
    """One Markdown file being read: what is wrong with it, and where its blocks and marks stand."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    blocks: dict[Element, Spot] = field(default_factory=dict)
    marks: dict[Element, Spot] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)  # of link definitions that are used

    def say(self, spot: Spot, complaint: Complaint) -> None:
        self.problems.append(Problem(complaint.code, Place(self.name, *spot), complaint.text, complaint.hint))


MakeNote = Callable[[str, Spot], Element | None]  # of a label, "" for a note written where it stands


class _Frame(Struct):
    """An element being filled, and the child after which text goes on."""

    element: Element
    last: Element | None = None


class Marks:
    """Fills an element with the content of an inline token."""

    def __init__(self, work: Work, make_note: MakeNote, in_note: bool = False) -> None:
        self._work = work
        self._in_note = in_note
        self._make_note = make_note
        self._frames: list[_Frame] = []
        self._opened: list[int] = []  # how many elements each open mark has made
        self._text: list[str] = []
        self._links = 0
        self._too_deep = False
        self._query: Token | None = None
        self._source = Source((0,), 1, (0,))

    def fill(self, element: Element, inline: Token) -> None:
        self._source = inline.meta["source"]
        self._frames = [_Frame(element)]
        for token in inline.children or ():
            self._take(token)
        self._flush()

    def _take(self, token: Token) -> None:
        match token.type:
            case "text":
                self._text.append(token.content)
            case "softbreak":
                self._text.append("\n")
            case "hardbreak":
                self._add(tei("lb"), token)
                self._text.append("\n")
            case "em_open":
                self._open(token, tei("hi", {"rend": "italic"}))
            case "strong_open":
                token.meta["at"] -= 1
                self._open(token, tei("hi", {"rend": "bold"}))
            case "span_open" if self._is_query(token):
                self._open_query(token)
            case "span_open":
                self._open_span(token)
            case "link_open":
                self._open_link(token)
            case "footnote":
                self._footnote(token)
            case "note_open":
                self._open_note(token)
            case "image":
                self._image(token)
            case "citation":
                self._cite(token)
            case "code_inline":
                self._add(tei("code", {}, token.content), token)
            case "index":
                self._add(markdown_spans.index_mark(token.meta["attributes"], ""), token)
            case "em_close" | "strong_close" | "span_close" | "note_close":
                self._close()
            case "link_close":
                self._links -= 1
                self._close()
            case _:
                self._complain(token)

    # --- the element being filled

    def _flush(self) -> None:
        text, frame = "".join(self._text), self._frames[-1]
        self._text.clear()
        if not text:
            return
        if frame.last is None:
            frame.element.text = (frame.element.text or "") + text
        else:
            frame.last.tail = (frame.last.tail or "") + text

    def _add(self, element: Element, token: Token) -> None:
        self._flush()
        frame = self._frames[-1]
        frame.element.append(element)
        frame.last = element
        self._work.marks[element] = self._spot(token)

    def _open(self, token: Token, *elements: Element) -> None:
        if len(self._frames) > DEEPEST:
            self._say_too_deep(token)
            elements = ()
        for element in elements:
            self._add(element, token)
            self._frames.append(_Frame(element))
        self._opened.append(len(elements))

    def _close(self) -> None:
        for _ in range(self._opened.pop()):
            self._flush()
            frame = self._frames.pop()
            if local(frame.element) == QUERY:
                self._say_query(frame.element)

    # --- what is wrong

    def _say_too_deep(self, token: Token) -> None:
        if not self._too_deep:
            text = f"marks within one another, {DEEPEST} deep"
            self._say(token, Complaint("markdown-nesting", text, r"is it meant as text? write \*"))
        self._too_deep = True

    def _spot(self, token: Token) -> Spot:
        return self._source.spot(token.meta["at"])

    def _say(self, token: Token, complaint: Complaint) -> None:
        self._work.say(self._spot(token), complaint)

    def _complain(self, token: Token) -> None:
        if token.type == "html_inline":
            text = f"“{token.content[:40]}” is HTML, which Markdown sources of an edition do not hold"
            self._say(token, Complaint("markdown-html", text, r"write \< for a < that is text"))
        elif token.type == "leftover":
            self._say(token, token.meta["complaint"])
            self._text.append(token.content)
        else:
            self._say(token, token.meta["complaint"])

    # --- spans and links

    def _open_span(self, token: Token) -> None:
        """[words]{…}"""
        given, braces = token.meta["attributes"], self._source.spot(token.meta["braces"])
        empty = token.meta["empty"]
        found = list(complaints(given, "span")) or list(markdown_spans.faults(given, empty))
        for complaint in found:
            self._work.say(braces, complaint)
        made = markdown_spans.Made() if found else markdown_spans.made(given, token.meta["words"])
        for element in made.before:
            self._add(element, token)
        self._open(token, *made.around, *(() if found else editorial(given, empty)))

    def _cite(self, token: Token) -> None:
        """[@key, p. 12]: within a note as it is; in the text it makes a note of its own."""
        if self._links:
            text = "a citation stands within the words of a link"
            self._say(token, Complaint("note-place", text, "put it behind the link"))
            return
        found = markdown_spans.citations(token.meta["cited"])
        if self._in_note or any(local(frame.element) == "note" for frame in self._frames):
            for number, bibl in enumerate(found):
                self._text.append("; " if number else "")
                self._add(bibl, token)
            return
        paragraph = tei("p", {}, found[0])
        for bibl in found[1:]:
            paragraph[-1].tail = "; "
            paragraph.append(bibl)
        note = tei("note", {"place": "foot"}, paragraph)
        self._work.blocks[note] = self._work.blocks[paragraph] = self._spot(token)
        for bibl in found:
            self._work.marks[bibl] = self._spot(token)
        self._add(note, token)

    # --- queries: what editors ask themselves; no text

    def _is_query(self, token: Token) -> bool:
        return bool(token.meta["attributes"].names() == (".query",))

    def _open_query(self, token: Token) -> None:
        """The words go into an element that stands nowhere."""
        self._flush()
        self._query = token
        self._frames.append(_Frame(tei(QUERY)))
        self._opened.append(1)

    def _say_query(self, query: Element) -> None:
        assert self._query is not None
        words = " ".join("".join(query.itertext()).split())
        hint = "answer it and delete it; it is in no output, and no release can be made with it"
        self._say(self._query, Complaint("query", words or "a query without words", hint))

    def _image(self, token: Token) -> None:
        given, spot = token.meta["attributes"], self._spot(token)
        found = list(complaints(given, "image")) if token.meta["has_braces"] else []
        for complaint in found:
            self._work.say(self._source.spot(token.meta["braces"]), complaint)
        fault = file_fault(token.meta["href"], token.meta["title"])
        if fault is not None:
            self._work.say(spot, fault)
        if fault is None and not found:
            figure = self._figure(given, " ".join(token.meta["words"].split()), token.meta["href"])
            self._work.blocks |= dict.fromkeys((figure, *figure.iter("{*}head")), spot)
            self._add(figure, token)

    def _figure(self, given: Attributes, words: str, file: str) -> Element:
        figure = tei("figure", {ID: given.get("#id")} if given.get("#id") else {}, tei("graphic", {"url": file}))
        for name, text in (("head", given.get("caption")), ("figDesc", words)):
            if text:
                figure.append(tei(name, {}, text))
        for kind in ("credit", "licence"):
            if given.get(kind):
                figure.append(tei("bibl", {"type": kind}, given.get(kind)))
        return figure

    def _open_link(self, token: Token) -> None:
        href = str(token.meta.get("href", token.attrs.get("href", "")))
        self._work.labels.add(str(token.meta.get("label", "")))
        self._links += 1
        fault = self._fault(token, href)
        if fault is not None:
            self._say(token, fault)
            self._open(token)
            return
        if title := token.meta.get("title"):
            hint = "if readers should have it, put it into the text or a footnote"
            self._say(token, Complaint("markdown-link-title", f"“{title}”, the title of a link, is not read", hint))
        target = href if href.startswith("#") else normalizeLink(href)
        self._open(token, tei("ptr" if token.meta.get("empty") else "ref", {"target": target}))

    def _fault(self, token: Token, href: str) -> Complaint | None:
        if self._links > 1:
            return Complaint("markdown-link", "a link within the words of a link", "end the first before the second")
        if token.meta.get("empty") and not href.startswith("#"):
            return Complaint("markdown-link", "this link has no words", f"[words]({href}), or <{href}>")
        return address_fault(href)

    def _footnote(self, token: Token) -> None:
        note = self._note(token, token.meta["label"])
        if note is not None:
            self._add(note, token)

    def _open_note(self, token: Token) -> None:
        """^[a note written where it stands]: one paragraph."""
        if token.meta["empty"]:
            self._say(token, Complaint("note-empty", "this footnote has no text", "write it in the brackets"))
        note, text = self._note(token, ""), tei("p")
        self._open(token, *(() if note is None else (note, text)))
        self._work.marks.pop(text, None)
        if note is not None:
            self._work.blocks |= {note: self._spot(token), text: self._spot(token)}

    def _note(self, token: Token, label: str) -> Element | None:
        if self._links:
            text = "the reference to a footnote stands within the words of a link"
            self._say(token, Complaint("note-place", text, "put it behind the link"))
            return None
        if any(local(frame.element) == "note" for frame in self._frames):
            self._say(token, not_yet("a footnote to a footnote"))
            return None
        return self._make_note(label, self._spot(token))


def address_fault(href: str) -> Complaint | None:
    """What is wrong with the target of a link, if anything."""
    if href.startswith("#"):
        if is_name(href[1:]):
            return None
        hint = "an id begins with a letter and holds letters, digits, - _ and . only"
        return Complaint("markdown-link", f"“{href}” cannot be the id of anything", hint)
    scheme = _SCHEME.match(href)
    if scheme is None:
        hint = "within the edition write (#id); an address begins with https://"
        return Complaint("markdown-link", f"“{href}” is neither an id of the edition nor an address", hint)
    if scheme[1].lower() not in SCHEMES:
        hint = did_you_mean(scheme[1], SCHEMES, f"a link may begin with {', '.join(SCHEMES)}")
        return Complaint("markdown-link", f"“{scheme[1]}:” begins no address known here", hint)
    if scheme[1].lower() in ("http", "https") and not _has_host(href):
        return Complaint("markdown-link", f"“{href}” names no site", "for instance https://www.example.org/page")
    return None


def file_fault(href: str, title: str) -> Complaint | None:
    """What is wrong with the file an image is said to be in, if anything."""
    if title:
        hint = f'write {{caption="{title}"}} behind it'
        return Complaint("markdown-image", "an image has no title; what stands below it is its caption", hint)
    if not href or href.startswith(("#", "/")) or _SCHEME.match(href):
        hint = "images lie in the edition's folder: ![words](../images/river.png)"
        return Complaint("markdown-image", f"“{href}” is no file of the edition", hint)
    return None


def _has_host(href: str) -> bool:
    try:
        return bool(urlsplit(href).hostname)
    except ValueError:
        return False
