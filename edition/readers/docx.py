"""The reader of Word files (.docx): one pass over the parts of the file, own code on lxml.

Knows the order of the steps; what each element means is known in docx_*.py. A position is the ordinal of a paragraph
(w:p, from 1) in the order of document.xml, cells and text boxes included; those of footnotes.xml and endnotes.xml are
counted on. So the "line" of a Place is a paragraph, and its column a character of that paragraph's text, from 1.

read: {"text/x.docx": {styles: {Letter: letter}, changes: accept | reject | refuse, comments: query | drop}}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..problems import did_you_mean
from ..words import words
from ..xml import LANG, Element, child, local, tei
from . import docx_clean, docx_links
from .docx_blocks import Assembler, assemble
from .docx_comments import Comments
from .docx_languages import is_foreign, main_language
from .docx_notes import PLACES, definitions, say_unreferenced
from .docx_numbering import Numbering
from .docx_paragraphs import items
from .docx_parts import Parts, opened
from .docx_styles import Styles
from .docx_told import Told, excerpt
from .docx_work import Links, Story, Work
from .docx_xml import BODY, P, w
from .reading import Reading, ReadOptions, position_table, unread

_TO_NOTE = re.compile(r"NOTEREF\s+\"?([^\s\"\\]+)")
_INSTRUCTIONS = (w("instrText"), w("fldSimple"))


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A Word file as a TEI <body>: every word of its text and notes once, or told as left out."""
    parts, problems = opened(name, data)
    if parts is None:
        return unread(problems)
    told = Told(name)
    work = _work(parts, options, told)
    body = parts.document.root.find(BODY)
    assert body is not None
    tree = tei("body")
    assembler = Assembler(tree, work, has_sections=True)
    assembler.take(items(body, Story(parts.document.relations), work))
    docx_links.settle(tree, work)
    docx_links.take_off(tree)
    if is_foreign(work.language, options.language):
        for kid in tree:
            kid.set(LANG, kid.get(LANG) or work.language)
    say_unreferenced(work)
    _say_margins(parts, told)
    _say_empty(tree, work)
    _say_titles(assembler.titles, work)
    _say_styles(work)
    return Reading(tree, position_table(tree, work.spots, work.marks), [*problems, *told.problems()])


def _work(parts: Parts, options: ReadOptions, told: Told) -> Work:
    ordinals = _prepared(parts, options.changes, told)
    styles = Styles(parts.root("styles"), options.styles)
    work = Work(
        options=options,
        parts=parts,
        styles=styles,
        numbering=Numbering(parts.root("numbering"), styles.list_of),
        told=told,
        comments=Comments(parts, options.comments != "drop"),
        language=main_language(parts.document.root, styles, options.language, told),
        ordinals=ordinals,
        definitions={},
        assemble=lambda container, story: assemble(container, story, work),
        links=Links(to_notes=frozenset(_named_by_noteref(parts.document.root))),
    )
    work.definitions |= {kind: definitions(kind, work) for kind in PLACES}
    return work


def _prepared(parts: Parts, how: str, told: Told) -> dict[Element, int]:
    """Simplify text and notes in place; the ordinals of their paragraphs."""
    stories = [parts.document.root, *(root for kind in PLACES if (root := parts.root(kind)) is not None)]
    ordinals: dict[Element, int] = {}
    changes: list[docx_clean.Change] = []
    for root in stories:
        docx_clean.choose(root)
        for paragraph in root.iter(P):
            ordinals[paragraph] = len(ordinals) + 1
        for reason, around, text in docx_clean.take_off(root):
            told.omit(reason, 0 if around is None else ordinals.get(around, 0), text)
        changes += docx_clean.settle(root, how)
    if how not in ("accept", "reject"):
        _refuse(changes, ordinals, told)
    return ordinals


def _refuse(changes: list[docx_clean.Change], ordinals: dict[Element, int], told: Told) -> None:
    """Tracked changes that nobody has decided on: an error for every author, at the first."""
    count = Counter(change.author for change in changes)
    for author, number in count.items():
        first = next(change.paragraph for change in changes if change.author == author)
        said = f"{number} tracked change{'s' if number > 1 else ''} by {author or 'somebody'}, undecided"
        hint = "accept or reject them in Word, or write in edition.yaml: changes: accept (or reject)"
        told.say("docx-changes", 0 if first is None else ordinals.get(first, 0), said, hint)


def _named_by_noteref(root: Element) -> Iterator[str]:
    """The bookmarks by which fields refer to notes."""
    for paragraph in root.iter(P):
        codes = "".join((kid.text or "") + (kid.get(w("instr")) or "") for kid in paragraph.iter(*_INSTRUCTIONS))
        yield from (name.casefold() for name in _TO_NOTE.findall(codes))


# --- what is worth knowing


def _say_margins(parts: Parts, told: Told) -> None:
    """The words of headers and footers, each once: editions make their own."""
    seen: dict[str, None] = {}
    for part in parts.margins:
        docx_clean.choose(part.root)
        for text in docx_clean.texts(part.root):
            if any(not word.isdecimal() for word in words(text)):
                seen[text.strip()] = None
    for text in seen:
        told.omit("headers and footers", 0, f"{text}\n")


def _say_empty(tree: Element, work: Work) -> None:
    if len(tree) == 0:
        hint = "write it, or take the file out of contents"
        work.told.say("chapter-empty", 0, "there is no text in this file", hint)
    for div in tree.iter("{*}div"):
        head = child(div, "head")
        if head is not None and all(local(kid) in ("head", "milestone") for kid in div):
            said = f"the section {excerpt(' '.join(words(''.join(head.itertext()))))} has no text"
            hint = "write it, or delete its heading; if the heading goes on in the next, part them by Shift+Enter"
            work.told.say("section-empty", work.spots[div][0], said, hint)


def _say_titles(titles: list[Element], work: Work) -> None:
    """A title over headings of the first level: an essay with sections, or a book with chapters."""
    for div in titles:
        inner = sum(local(kid) == "div" for kid in div)
        head = child(div, "head")
        if inner > 1 and head is not None:
            said = f"the title {excerpt(''.join(head.itertext()))} heads a chapter with {inner} sections"
            hint = f'if those are chapters: read: {{"{work.told.file}": {{styles: {{Title: omit}}}}}}'
            work.told.say("docx-title", work.spots[div][0], said, hint)


def _say_styles(work: Work) -> None:
    """Styles that edition.yaml names and the file has not, where it has one of nearly that name."""
    known = work.styles.names()
    for name in work.options.styles:
        if not work.styles.has(name):
            hint = did_you_mean(name, known)
            if hint:
                work.told.say("docx-style", 0, f"no style in this file is called “{name}”", hint)
