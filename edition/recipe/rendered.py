"""Rules of every unit with its numbers, of sections made from the book, and of both as XHTML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from .. import book
from ..book import Facts, UnitPlan, dump
from ..engine import Trace
from ..passes import citations, generated, images, links, numbering, plan, questions, terms
from ..readers.reading import decoded
from ..wording import wording
from ..writers.xhtml import Reference
from ..writers.xhtml import xhtml as render
from ..xml import Element, canonical, parse
from .edited import emendations
from .pictures import picture_of
from .references import finish, inline, sections_of
from .time_line import problems as time_line_problems
from .view import all_facts, file_of, finished_tree, imprint_of, plans_of, targets_of


def resolved(t: Trace, key: str) -> bytes:
    """A unit with its numbers; references to nothing are complained of."""
    tree = parse(t.need("normal", key))
    known = lambda: json.loads(t.need("targets"))  # noqa: E731
    t.say(*links.dangling(tree, file_of(key), key, targets_of(t, key), known))
    known_terms = t.look("term_forms", "forms")
    t.say(*terms.problems(tree, file_of(key), key, known_terms))
    is_work = lambda name: t.look("works", name) is not None  # noqa: E731
    t.say(*citations.problems(tree, file_of(key), key, is_work, lambda: json.loads(t.need("works"))))
    t.say(*images.problems(tree, file_of(key), key, lambda url: picture_of(t, url)))
    return canonical(_with_numbers(t, key, tree, t.look("config", "answers")))


def _with_numbers(t: Trace, key: str, tree: Element, answers: bool) -> Element:
    cell = t.look("numbers", key)
    links.resolve(tree, targets_of(t, key))
    if not answers:
        questions.drop_answers(tree)
    numbering.resolve(tree, cell["number"], cell["notes"])
    if t.look("config", "paragraph_numbers"):
        numbering.number_paragraphs(tree)
    return tree


def section(t: Trace, name: str) -> bytes:
    """A generated section, as a unit of the normal form."""
    from ..passes.generated.made_from import Book

    t.version("pyuca")
    if name == "timeline":
        t.say(*time_line_problems(t))
    imprint, targets_ = imprint_of(t), json.loads(t.need("targets"))
    facts = all_facts(t)
    made_from = Book(
        imprint=imprint,
        wording=wording(imprint["language"]),
        plans=plans_of(t),
        sources=[entry for entry in t.look("plan", "entries") if entry["file"]],
        facts=facts,
        numbers={key: cell["number"] for key, cell in json.loads(t.need("numbers")).items()},
        people=book.persons_from(t.need("persons")),
        mentions=book.mentions_from(t.need("mentions")),
        note_numbers={name: cell["number"] for name, cell in targets_.items() if cell["kind"] == "note"},
        events=book.events_from(t.need("chronology")),
        entries=book.index_from(t.look("index", "entries")),
        works=json.loads(t.need("works")),
        cited=set(json.loads(t.need("cited"))),
        terms=json.loads(t.need("glossary")),
        term_places=_term_places(t, facts),
        questions=_questions(t, facts) if name == "questions" else (),
        about=lambda text: inline(text, imprint["language"]),
        emendations=emendations(t),
        editorial=[(key, text) for key, text in json.loads(t.need("about_text"))],
        cip=_cip(t, imprint["cip"]) if name == "copyright" else "",
    )
    return canonical(generated.section(name, made_from))


def _cip(t: Trace, path: str) -> str:
    """A library's cataloguing data, as it stands in its file."""
    text, problems = decoded(path, (t.read(path) if path else None) or b"")
    t.say(*problems)
    return text.strip("\n")


def _term_places(t: Trace, facts: Mapping[str, Facts]) -> dict[str, list[tuple[str, str]]]:
    """Id of a term -> where it is marked."""
    forms, found = t.look("term_forms", "forms"), dict[str, list[tuple[str, str]]]()
    for unit in facts.values():
        for words_, named, name, note in unit.terms:
            found.setdefault(named or forms.get(words_.casefold(), ""), []).append((name, note))
    return found


def _questions(t: Trace, facts: Mapping[str, Facts]) -> list[tuple[UnitPlan, Element]]:
    """Units that have questions, with their trees."""
    return [(p, parse(t.need("resolved", p.key))) for p in plans_of(t) if p.key in facts and facts[p.key].has_questions]


def xhtml(t: Trace, key: str) -> bytes:
    """A unit as XHTML (docs/architecture.md)."""
    unit = UnitPlan(**t.look("order", key))
    tree = finished_tree(t, unit)
    finish(t, tree, unit.generated, sections_of(t))
    return _rendered(t, unit, tree)


def excerpted(t: Trace, key: str, answers: str, asked: str) -> bytes:
    """A text as a booklet has it: its questions at its end, or none; with the answers, if they are for a leader."""
    unit = UnitPlan(**t.look("order", key))
    tree = _with_numbers(t, key, parse(t.need("normal", key)), answers == "answers")
    if asked != "questions":
        questions.drop_questions(tree)
    finish(t, tree, "", sections_of(t) - {"questions"})
    return _rendered(t, unit, tree)


def _rendered(t: Trace, unit: UnitPlan, tree: Element) -> bytes:
    key, language = unit.key, t.look("config", "language")
    words_, number = wording(language), t.look("numbers", key)["number"]
    target_of = partial(t.look, "targets") if unit.generated else targets_of(t, key)

    def reference(name: str) -> Reference:
        target = target_of(name)
        if target is None:
            return Reference("", "")
        number = target["number"] if target["kind"] == "note" else ""
        return Reference(links.label(target, key, words_), target["locator"], number)

    face = plan.face(unit, tree, number, language, words_)
    numbered = bool(t.look("config", "paragraph_numbers")) and not unit.generated
    return dump(render(tree, face, reference, words_.page, lambda url: picture_of(t, url), numbered))
