"""Pages that have been read become one body: notes paired, furniture left out, blocks made, sections, ids, links,
places.

Owns the order of the steps; used by the readers of HTML and of EPUB.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..normal.vocabulary import blocks
from ..words import words
from ..xml import LANG, Element, local, tei
from . import html_main
from .html_blocks import Blocks
from .html_drops import Drop
from .html_links import Key, Links, base_of
from .html_names import HEADINGS, count, counted, shown, text_of, top
from .html_notes import Gaps, close, family, orphans, take
from .html_said import say_tallies
from .html_sections import deepest_div, sections
from .html_source import Page, line_of
from .html_style import Styles
from .html_work import PASSING, Context, Work, alike, give_ids, resolve
from .markdown_attributes import LANGUAGE
from .note_pairs import Link, Note, pairs
from .reading import Reading, ReadOptions, position_table


class Book(Struct, frozen=True):
    """Pages to be read as one text.

    `is_web` tells web pages, whose main text is chosen; `sheets` are style sheets besides the pages' own, by page;
    `labels` page numbers that a page-list knows; `titles` headings for pages without one; `image` the name of a
    picture.
    """

    pages: Sequence[Page]
    is_web: bool = True
    sheets: Sequence[Sequence[str]] = ()
    labels: Mapping[Key, str] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    image: Callable[[int, str], str] = lambda page, address: address


def reading(book: Book, options: ReadOptions) -> Reading:
    """The Reading of some pages."""
    links = Links(book.pages)
    found = pairs(links)
    work = Work(book.pages, links, _styles(book), [base_of(page) for page in book.pages])
    work.labels, work.images = dict(book.labels), book.image
    _leave_out(book, options, found.notes)
    _say_dangling(book, found.dangling)
    work.numbers = frozenset(link.anchor for link in found.dangling)
    work.notes = {link.anchor: note for note in found.notes for link in note.references}
    for note in found.notes:
        if note.body is not None:
            work.find_holding(note.body)
    tree, maker = tei("body"), Blocks(work)
    for number in range(len(book.pages)):
        _add_page(work, maker, replace(_context(book.pages[number], options), page=number), tree, book)
    _finish(work, tree)
    give_ids(work)
    resolve(work)
    say_tallies(work)
    problems = [problem for page in book.pages for problem in sorted(page.problems, key=lambda p: (p.place, p.code))]
    return Reading(tree, _positions(work, tree), problems)


def _styles(book: Book) -> list[Styles]:
    more = book.sheets or [()] * len(book.pages)
    own = [["".join(sheet.itertext()) for sheet in page.root.iter("style")] for page in book.pages]
    return [Styles([*sheets, *inner]) for sheets, inner in zip(more, own, strict=True)]


# --- what is left out, and the notes


def _leave_out(book: Book, options: ReadOptions, notes: list[Note]) -> None:
    """Take notes, and what is no text, out of the pages. References in what is no text count for nothing."""
    targets = [note.target for note in notes]
    choose = html_main.choose if book.is_web else html_main.of_document
    rows = [choose(page, options.main, options.drop, targets) for page in book.pages]
    for selector in options.drop:
        if not any(drop.what.startswith(f"{selector}, ") for row in rows for drop in row):
            book.pages[0].say("html-selector", None, *html_main.missing(book.pages, "drop", selector))
    gone = {drop.element for row in rows for drop in row if not drop.part}
    for note in notes:
        kept = [link for link in note.references if not any(above in gone for above in link.anchor.iterancestors())]
        note.references[:] = kept
    notes[:] = [note for note in notes if note.references]
    families = {family(note) for note in notes}
    gaps = take(notes)
    for page, row in zip(book.pages, rows, strict=True):
        row = html_main.outermost([*row, *_only_headings(page, gaps)])
        left = [drop for drop in row if top(drop.element) is page.root]
        html_main.tell(page, left)
        for drop in left:
            drop.remove()
    for note in notes:
        inside = html_main.in_note(note.body) if note.body is not None else []
        html_main.tell(book.pages[note.key[0]], inside)
        for drop in inside:
            drop.remove()
    _say_notes(book, notes, families, gaps)


def _only_headings(page: Page, gaps: Gaps) -> list[Drop]:
    """The body of a page on which only headings of notes are left."""
    body = html_main.body_of(page)
    had_notes = any(page.root in element.iterancestors() for element in gaps.around)
    if not had_notes or count([body]) > count(body.iter(*HEADINGS)):
        return []
    return [Drop(kid, "headings under which only notes stood") for kid in body]


def _say_notes(book: Book, notes: Sequence[Note], families: set[tuple[str, str]], gaps: Gaps) -> None:
    """Tell of notes, of headings left over nothing, and of notes that nothing refers to."""
    where = {heading: page for page in book.pages for heading in page.root.iter(*HEADINGS)}
    for heading in close(gaps, [page.root for page in book.pages]):
        number = counted(count([heading]), "word")
        text = f"left out: the heading {shown(text_of(heading))}, under which only notes stood, {number}"
        where[heading].say("html-dropped", heading, text)
    for page in book.pages:
        for element in orphans(page.root, families):
            text = f"nothing refers to this note: {shown(text_of(element))}"
            page.say(
                "note-orphan", element, text, "it stays where it stands, as text; put a reference to it, or drop it"
            )
    if notes:
        first = notes[0].references[0]
        number = counted(sum(len(words(text)) for note in notes for text in note.left_out), "word")
        text = (
            f"{counted(len(notes), 'note')}, found by pairs of links; numbers and links back ({number}) are made anew"
        )
        book.pages[first.page].say("html-notes", first.anchor, text)


def _say_dangling(book: Book, links: Iterable[Link]) -> None:
    for link in links:
        text = f"this refers to a note that is not there: {shown(link.label)}"
        hint = "is the note in another file? The number stays in the text"
        book.pages[link.page].say("note-dangling", link.anchor, text, hint)


# --- the tree


def _context(page: Page, options: ReadOptions) -> Context:
    """The context of a page: its language, if it says so and is not the edition's."""
    body = html_main.body_of(page)
    said = body.get("lang") or page.root.get("lang") or ""
    if not LANGUAGE.fullmatch(said) or alike(said, options.language):
        return Context(0, options.language, options.language)
    text = f"the page says it is in “{said}”, the edition is in “{options.language}”: the text is marked as foreign"
    page.say("html-language", page.root, text, "if the page is wrong, take its lang attribute away")
    return Context(0, said, options.language)


def _add_page(work: Work, maker: Blocks, context: Context, tree: Element, book: Book) -> None:
    """Add the blocks of a page: its own sections, or what goes on from the page before."""
    number, page = context.page, book.pages[context.page]
    work.find_holding(page.root)
    work.waiting.append(((number, ""), PASSING))
    inside = replace(context, said=context.language)
    flat = maker.content(html_main.body_of(page), inside)
    title = book.titles.get(number, "")
    if flat and title and not any(block in work.levels for block in flat):
        flat.insert(0, _head(work, title, page, number))
    made = sections(work, flat)
    for block in made if context.is_foreign else ():
        if local(block) != "milestone" and not block.get(LANG):
            block.set(LANG, context.language)
    before = deepest_div(list(tree)) if number and not any(local(block) == "div" for block in made) else None
    (tree if before is None else before).extend(made)


def _head(work: Work, title: str, page: Page, number: int) -> Element:
    head = tei("head", {}, title)
    body = html_main.body_of(page)
    work.blocks[head], work.page_of[head], work.levels[head] = (line_of(body), 0), number, 1
    work.made_from[head] = body
    page.say("epub-head", body, f"this document has no heading; the e-book's contents call it {shown(title, 60)}")
    return head


def _finish(work: Work, tree: Element) -> None:
    """What still waits for a block goes to the last one."""
    last = next(
        (block for block in reversed(list(blocks(tree))) if local(block) in ("p", "head", "item", "l", "ab")), None
    )
    if last is None:
        return
    for pb in work.breaks:
        last.append(pb)
    for key, _ in work.waiting:
        work.name(last, key)


def _positions(work: Work, tree: Element) -> list[dict[str, Any]]:
    """Positions, with the name of the member in an archive."""
    table = position_table(tree, work.blocks, work.marks)
    for entry, block in zip(table, blocks(tree), strict=True):
        member = work.pages[work.page_of[block]].member
        if member:
            entry["member"] = member
    return table
