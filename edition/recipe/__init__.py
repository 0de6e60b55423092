"""The pipeline: every rule of a build, from the bytes of the sources to the bytes of the outputs,
in the order of the flow.

A rule is `rule(t, *key) -> bytes`. `t.read` reads a file of the edition ("house:…" a style of ours, "env:…" the
environment, "folder:" the folder's name), `t.need` the whole value of a rule, `t.look` one cell of a table. These pages
only connect; what is done is in readers, passes and writers.
"""

from __future__ import annotations

from importlib import import_module

from ..engine import Rule, Trace, Work


class _Late:
    """A page of this recipe, imported when a rule of it is first run: a warm build runs few."""

    def __init__(self, page: str) -> None:
        self._page = page

    def __getattr__(self, name: str) -> Rule:
        def rule(t: Trace, *key: str) -> bytes | Work:
            made: bytes | Work = getattr(import_module(f".{self._page}", __name__), name)(t, *key)
            return made

        return rule


def load(*pages: str) -> None:
    """Import pages before a rule of them is run, for those who have the time now and not then."""
    for page in pages:
        import_module(f".{page}", __name__)


also, booklets, ebook, edited, ids, indexes, normal, outputs, pictures, printed = map(
    _Late, ("also", "booklets", "ebook", "edited", "ids", "indexes", "normal", "outputs", "pictures", "printed")
)
references, released, rendered, said, tables, texts, time_line, worklists = map(
    _Late, ("references", "released", "rendered", "said", "tables", "texts", "time_line", "worklists")
)

RULES: dict[str, Rule] = {
    # what the editor says
    "config": said.config,
    "named": said.named,
    "names": said.names,
    "kinds": said.kinds,
    "released": released.released,
    "standing": released.standing,
    "persons": said.persons,
    "decisions": said.decisions,
    "forms": said.forms,
    "events": said.events,
    "annotations": said.annotations_,
    "annotations_checked": said.annotations_checked,
    "decisions_checked": said.decisions_checked,
    # from bytes to units
    "parsed": texts.parsed,
    "source": texts.source,
    "told": texts.told,
    "positions": texts.positions,
    "units": texts.units,
    "plan": texts.plan_,
    "order": texts.order,
    "lower": texts.lower,
    "vocabulary": texts.vocabulary,
    # the ids of blocks
    "early": ids.early,
    "marks_in_short": ids.marks_in_short,
    "held": ids.held,
    "ids_checked": ids.ids_checked,
    "listed": ids.listed,
    "ids_in_lock": ids.ids_in_lock,
    "are_single": ids.are_single,
    "reworded": ids.reworded,
    "is_reworded": ids.is_reworded,
    "lock": ids.lock,
    "ledger": ids.ledger_,
    "ids": ids.ids,
    # one unit in the normal form
    "typeset": normal.typeset,
    "doubted": normal.doubted,
    "marked": normal.marked,
    "applied": normal.applied,
    "undecided": normal.undecided,
    "normal": normal.normal,
    "facts": normal.facts,
    "length": normal.length,
    # the book: tables made of all facts
    "edited": edited.edited,
    "about_text": edited.about_text,
    "counted": edited.counted,
    "changed": edited.changed,
    "changes": edited.changes,
    "numbers": tables.numbers,
    "targets": tables.targets,
    "pointed": tables.pointed,
    "reached": tables.reached,
    "mentions": tables.mentions,
    "works": references.works,
    "cited": references.cited,
    "glossary": references.glossary,
    "term_forms": references.term_forms,
    "bibliography_checked": references.bibliography_checked,
    "index": indexes.index,
    "index_checked": indexes.index_checked,
    "index_crowded": indexes.index_crowded,
    "names_left": tables.names_left,
    "typography_left": tables.typography_left,
    "chronology": tables.chronology_,
    "time_line": time_line.time_line,
    # images, by the address that a graphic has
    "image": pictures.image,
    "picture": pictures.picture,
    "graphics": pictures.graphics,
    "shown": pictures.shown,
    # what the editor may still decide
    "asked": worklists.asked,
    "names_worklist": worklists.names_worklist,
    "dates_worklist": worklists.dates_worklist,
    # every unit, resolved and rendered
    "resolved": rendered.resolved,
    "section": rendered.section,
    "xhtml": rendered.xhtml,
    "excerpted": rendered.excerpted,
    # pages
    "style": printed.style,
    "paper": printed.paper,
    "layout": printed.layout,
    "painted": printed.painted,
    "pages": printed.pages,
    "page_map": printed.page_map,
    "also_style": also.also_style,
    "also_paper": also.also_paper,
    "also_layout": also.also_layout,
    "also_painted": also.also_painted,
    "also_pages": also.also_pages,
    "also": also.also,
    "kept": released.kept,
    "reference": released.reference,
    "pages_moved": released.pages_moved,
    "page_record": released.page_record,
    # outputs
    "part": outputs.part,
    "kept_words": outputs.kept_words,
    "tei_registers": outputs.tei_registers_,
    "tei": outputs.tei_,
    "cover": ebook.cover,
    "profile": ebook.profile,
    "notes": ebook.notes,
    "source_starts": ebook.source_starts,
    "source_pages": ebook.source_pages,
    "characters": ebook.characters,
    "font": ebook.font,
    "ebook": ebook.ebook,
    "files": ebook.files,
    "request": ebook.request,
    "document": ebook.document,
    "seen": ebook.seen,
    "binding": ebook.binding,
    "squeezed": ebook.squeezed,
    "epub": ebook.epub,
    "pdf": outputs.pdf,
    "print": outputs.press,
    # booklets
    "booklets_checked": booklets.booklets_checked,
    "booklet_units": booklets.booklet_units,
    "booklet_style": booklets.booklet_style,
    "booklet_layout": booklets.booklet_layout,
    "booklet_painted": booklets.booklet_painted,
    "booklet_pages": booklets.booklet_pages,
    "booklet": booklets.booklet,
    "booklet_test": booklets.booklet_test,
}
