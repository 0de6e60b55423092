"""The content of one block: text, emphasis, languages, links, notes, page numbers, pictures in a line.

Knows one block at a time; what blocks there are is told in html_blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ..normal.vocabulary import is_free_id
from ..words import words
from ..xml import LANG, Element, add_text, local, tei
from .html_figures import drop_cap, figure_of, is_image
from .html_links import address, elsewhere
from .html_names import BLOCKS, SILENT, WORKING, ids, text_of
from .html_pages import IN_TEXT, label_of
from .html_source import line_of
from .html_style import marks
from .html_work import BEFORE, PASSING, Context, Reference, Work
from .note_pairs import Note
from .reading import UNFIT

DEEPEST_NOTE = 2
_BLANK = " \n\xa0"
_SPACES = re.compile(" *[\t\n\r\f][ \t\n\r\f]*| {2,}")
_KNOWN = frozenset(
    "a abbr acronym b basefont bdi bdo big blink br cite code data del dfn em font i img ins kbd label map mark nobr "
    "output "
    "picture q rb rbc rp rt rtc ruby s samp slot small span strike strong sub sup svg time tt u var wbr math "
    "image".split()
)
# As Windows-1252 has them: what a page means by &#146; in XHTML.
_C1 = {code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}

Node = str | Element


def nodes(element: Element) -> Iterator[Node]:
    """What an element holds, in order: texts and elements."""
    if element.text:
        yield element.text
    for kid in element:
        yield kid
        if kid.tail:
            yield kid.tail


def clean(text: str) -> str:
    return UNFIT.sub("\ufffd", text if text.isascii() else text.translate(_C1))


class Inlines:
    """Fills a TEI block from nodes of a plain tree."""

    def __init__(self, work: Work, block: Element, context: Context, preserve: bool = False) -> None:
        self._work = work
        self._block = block
        self._stack = [block]
        self._active: list[str] = []
        self._gap = True  # the text so far ends with a space, or there is none
        self._has_text = False
        self._preserve = preserve
        self._links = 0
        for pb in work.breaks:
            self._append(pb)
        work.breaks.clear()
        for mark in context.marks:
            self._open(tei("hi", {"rend": mark}))
            self._active.append(mark)

    def fill(self, content: Iterable[Node], context: Context) -> None:
        """Add nodes, with the spaces of HTML."""
        for node in content:
            if isinstance(node, str):
                self._text(node)
            else:
                self._element(node, context)

    def close(self) -> Element:
        """The block, without spaces and line breaks at its end."""
        _trim(self._block)
        return self._block

    # --- what is being filled

    def _append(self, element: Element) -> None:
        self._stack[-1].append(element)

    def _open(self, element: Element) -> None:
        self._append(element)
        self._stack.append(element)

    def _close(self) -> None:
        """End an element; one that holds nothing goes."""
        element = self._stack.pop()
        if not len(element) and not element.text and local(element) != "ptr":
            element.getparent().remove(element)  # type: ignore[union-attr]
            self._work.marks.pop(element, None)

    def _text(self, text: str) -> None:
        for ordinal, piece in enumerate(IN_TEXT.split(clean(text)) if "[" in text else (clean(text),)):
            if ordinal % 2:
                self._page(piece)
            elif self._preserve:
                self._lines(piece)
            else:
                self._spaced(_SPACES.sub(" ", piece))

    def _spaced(self, text: str) -> None:
        if self._gap:
            text = text.lstrip(" " if self._has_text else " \xa0")
        if text:
            add_text(self._stack[-1], text)
            self._gap = text.endswith(" ")
            self._has_text = True

    def _lines(self, text: str) -> None:
        for ordinal, line in enumerate(text.expandtabs(8).split("\n")):
            if ordinal and self._has_text:
                self._append(tei("lb"))
                add_text(self._stack[-1], "\n")
            if line:
                add_text(self._stack[-1], line)
                self._has_text = True

    # --- elements

    def _element(self, element: Element, context: Context) -> None:
        note = self._work.notes.get(element)
        label = label_of(element) if note is None else None
        self._name(element, context, note is None and label is None)
        key = next((key for key in self._keys(element, context) if key in self._work.labels), None)
        if key is not None and label is None:
            self._page(self._work.labels[key])
        if note is not None:
            self._note(note, element, context)
        elif label is not None:
            self._work.tally("pages").add(context.page, element, text_of(element))
            self._page(label)
            for inner in element.iterdescendants():
                self._name(inner, context)
        elif element.tag == "br":
            self._line_break()
        elif is_image(element):
            self._image(element, context)
        elif element.tag not in SILENT and element.tag not in WORKING:
            self._marked(element, context.within(element))

    def _keys(self, element: Element, context: Context) -> list[tuple[int, str]]:
        name = element.get("id")
        return [(context.page, name)] if name and self._work.labels else []

    def _name(self, element: Element, context: Context, may_be_own: bool = False) -> None:
        """Let the ids of an inline lead to its block; one before the words of a heading may be the heading's."""
        leads = may_be_own and not self._has_text and local(self._block) == "head"
        for name in ids(element):
            self._work.name(self._block, (context.page, name), BEFORE if leads else PASSING)

    def _page(self, label: str) -> None:
        self._append(tei("pb", {"n": label} if label else None))

    def _line_break(self) -> None:
        if not self._has_text:
            return
        self._rstrip()
        self._append(tei("lb"))
        add_text(self._stack[-1], "\n")
        self._gap = True

    def _rstrip(self) -> None:
        top = self._stack[-1]
        if len(top):
            top[-1].tail = (top[-1].tail or "").rstrip(" ") or None
        else:
            top.text = (top.text or "").rstrip(" ") or None

    def _image(self, element: Element, context: Context) -> None:
        letter = drop_cap(element)
        if letter:
            self._spaced(letter)
            return
        made = figure_of(self._work, element, context)
        if made is not None:
            self._append(made)
            self._gap = False

    def _marked(self, element: Element, context: Context) -> None:
        """An inline with what it says of its looks, its language and where it leads."""
        opened = 0
        if context.is_foreign:
            self._work.marks[made := tei("foreign", {LANG: context.language})] = (line_of(element), 0)
            self._open(made)
            context = replace(context, said=context.language)
            opened += 1
        found = self._marks_of(element, context)
        wrappers = [*self._named_wrappers(element, context), *(tei("hi", {"rend": mark}) for mark in found)]
        for wrapper in wrappers:
            self._open(wrapper)
        self._active += found
        self._inner(element, context)
        del self._active[len(self._active) - len(found) :]
        if any(local(wrapper) in ("ref", "ptr") for wrapper in wrappers):
            self._links -= 1
            self._gap = False
        for _ in range(opened + len(wrappers)):
            self._close()

    def _inner(self, element: Element, context: Context) -> None:
        """What an inline holds; where there is a block in it after all, its text stays apart."""
        if local(self._stack[-1]) == "ptr":
            return
        if element.tag == "rt" and not any(near.tag == "rp" for near in element.itersiblings(preceding=True)):
            self._spaced("(")
            self.fill(nodes(element), context)
            self._spaced(")")
            return
        if element.tag == "math":
            self._spaced(text_of(element))
            return
        apart = element.tag in BLOCKS and self._has_text
        if apart:
            self._line_break()
        self.fill(nodes(element), context)
        if element.tag in BLOCKS:
            self._spaced(" ")

    def _marks_of(self, element: Element, context: Context) -> list[str]:
        found = [mark for mark in marks(self._work.style(element, context)) if mark not in self._active]
        if element.tag == "a" or self._links or (len(element) == 1 and element[0].tag == "a"):
            found = [mark for mark in found if mark != "underline"]
        if context.heading and element.tag not in ("b", "strong"):
            found = [mark for mark in found if mark != "bold"]
        if found and self._work.notes and _is_only_references(element, self._work):
            return []
        return found

    def _named_wrappers(self, element: Element, context: Context) -> list[Element]:
        tag = str(element.tag)
        if tag == "a":
            return self._link(element, context)
        if tag == "q":
            return [tei("q")]
        if tag == "cite" and not element.get("class"):
            return [tei("title")]
        if tag in _KNOWN or tag in BLOCKS or ":" in tag or "-" in tag:
            return []
        self._work.tally(f"unknown {tag}").add(context.page, element, text_of(element))
        return [tei("seg", {"type": f"x-{re.sub('[^a-z0-9_.]+', '-', tag)}"})]

    # --- links and notes

    def _link(self, element: Element, context: Context) -> list[Element]:
        href = element.get("href")
        if not href or self._links or not text_of(element):
            return []
        key = self._work.links.key(context.page, href)
        if key is not None and context.heading:
            return []
        if key is not None:
            made = tei("ref" if element.get("data-made") is None else "ptr", {"target": "#"})
            self._work.references.append(Reference(made, key, element, context.page))
        else:
            target = address(href, self._work.bases[context.page])
            file, name = elsewhere(href)
            if not target and is_free_id(name):
                made = tei("ref", {"target": f"#{name}", "n": file})
            elif not target:
                self._work.tally("link elsewhere").add(context.page, element, text_of(element))
                return []
            else:
                made = tei("ref", {"target": target})
        self._work.marks[made] = (line_of(element), 0)
        self._links += 1
        return [made]

    def _note(self, note: Note, element: Element, context: Context) -> None:
        work = self._work
        if note in work.made_notes or note in work.open_notes:
            ref = tei("ref", {"target": "#"}, text_of(element))
            work.references.append(Reference(ref, note.key, element, context.page))
            work.marks[ref] = (line_of(element), 0)
            work.tally("cited again").add(context.page, element)
            self._append(ref)
        elif context.notes >= DEEPEST_NOTE:
            work.later.append((note, context))
            work.made_notes[note] = self._block
        else:
            made = make_note(work, note, context)
            work.marks[made] = (line_of(element), 0)
            self._append(made)
            if not context.notes:
                while work.later:
                    self._append(make_note(work, *work.later.pop(0)))
        self._gap = False


def make_note(work: Work, note: Note, context: Context) -> Element:
    """A note with its text."""
    assert note.body is not None
    own = replace(
        context, page=note.key[0], marks=(), sections=False, heading=False, notes=min(context.notes + 1, DEEPEST_NOTE)
    )
    waiting, breaks = work.waiting, work.breaks
    work.waiting, work.breaks = [(note.key, PASSING)], []
    made = work.block("note", note.body, own, {"place": "foot"})
    work.made_notes[note] = made
    work.open_notes.append(note)
    for block in work.make.content(note.body, work.inner(own)):
        made.append(block)
    work.open_notes.pop()
    for key, _ in work.waiting:
        work.name(made, key)
    work.waiting, work.breaks = waiting, [*breaks, *work.breaks]
    if not len(made):
        work.tally("empty note").add(own.page, note.references[0].anchor)
        made.append(work.block("p", note.body, own))
    return made


def _is_only_references(element: Element, work: Work) -> bool:
    """Whether an element holds nothing but references to notes."""
    if not any(anchor in work.notes for anchor in element.iter("a")):
        return False
    return not words("".join(_outside(element, work)))


def _outside(element: Element, work: Work) -> Iterator[str]:
    if element in work.notes:
        return
    yield element.text or ""
    for kid in element:
        yield from _outside(kid, work)
        yield kid.tail or ""


def _trim(block: Element) -> None:
    """Take spaces and line breaks from the end of a block."""
    top = block
    while True:
        if not len(top):
            top.text = (top.text or "").rstrip(_BLANK) or None
            return
        last = top[-1]
        if (last.tail or "").strip(_BLANK):
            last.tail = (last.tail or "").rstrip(_BLANK)
            return
        last.tail = None
        if local(last) == "lb":
            top.remove(last)
        elif local(last) in ("note", "pb", "figure", "ptr"):
            return
        else:
            top = last
