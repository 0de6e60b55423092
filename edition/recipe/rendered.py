"""Rules of every unit with its numbers, of sections made from the book, and of both as XHTML."""

from __future__ import annotations

import json

from .. import book
from ..book import UnitPlan, dump
from ..engine import Trace
from ..passes import generated, images, links, numbering, plan
from ..wording import wording
from ..writers.xhtml import Reference
from ..writers.xhtml import xhtml as render
from ..xml import canonical, parse
from .pictures import picture_of
from .view import all_facts, file_of, finished_tree, imprint_of, plans_of


def resolved(t: Trace, key: str) -> bytes:
    """A unit with its numbers; references to nothing are complained of."""
    tree, cell = parse(t.need("normal", key)), t.look("numbers", key)
    numbering.resolve(tree, cell["number"], cell["notes"])
    known = lambda: json.loads(t.need("targets"))  # noqa: E731
    t.say(*links.dangling(tree, file_of(key), key, lambda name: t.look("targets", name), known))
    links.resolve(tree, lambda name: t.look("targets", name))
    t.say(*images.problems(tree, file_of(key), key, lambda url: picture_of(t, url)))
    return canonical(tree)


def section(t: Trace, name: str) -> bytes:
    """A generated section, as a unit of the normal form."""
    t.version("pyuca")
    imprint, targets_ = imprint_of(t), json.loads(t.need("targets"))
    made_from = generated.Book(
        imprint=imprint,
        wording=wording(imprint["language"]),
        plans=plans_of(t),
        sources=[entry for entry in t.look("plan", "entries") if entry["file"]],
        facts=all_facts(t),
        numbers={key: cell["number"] for key, cell in json.loads(t.need("numbers")).items()},
        people=book.persons_from(t.need("persons")),
        mentions=book.mentions_from(t.need("mentions")),
        note_numbers={name: cell["number"] for name, cell in targets_.items() if cell["kind"] == "note"},
        events=book.events_from(t.need("chronology")),
        entries=book.index_from(t.look("index", "entries")),
    )
    return canonical(generated.section(name, made_from))


def xhtml(t: Trace, key: str) -> bytes:
    """A unit as XHTML (docs/architecture.md)."""
    unit, language = UnitPlan(**t.look("order", key)), t.look("config", "language")
    words_, number = wording(language), t.look("numbers", key)["number"]
    tree = finished_tree(t, unit)

    def reference(name: str) -> Reference:
        target = t.look("targets", name)
        if target is None:
            return Reference("", "")
        return Reference(links.label(target, key, words_), target["locator"])

    face = plan.face(unit, tree, number, language, words_)
    return dump(render(tree, face, reference, words_.page, lambda url: picture_of(t, url)))
