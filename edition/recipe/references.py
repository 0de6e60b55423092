"""Rules of what the text refers to: works that are cited, terms of the glossary."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .. import book
from .. import config as conf
from ..book import dump
from ..engine import Trace
from ..passes import citations, questions, terms
from ..problems import Place, Problem, did_you_mean
from ..readers import ReadOptions, bibliographies
from ..readers import read as read_source
from ..wording import wording
from ..xml import Element
from .view import YAML, all_facts, plans_of

_SHOWN = 8


def works(t: Trace) -> bytes:
    """Table: id -> WorkRecord, of all bibliographies; a later one wins."""
    t.version(*YAML, "bibtexparser")
    found: dict[str, Any] = {}
    for path in t.look("config", "bibliography"):
        records, problems = _read(t, path)
        t.say(*problems)
        found |= {key: record.model_dump(mode="json") for key, record in records.items()}
    return dump(found)


def _read(t: Trace, path: str) -> tuple[Mapping[str, Any], Sequence[Problem]]:
    data = t.read(path)
    if data is not None and path.lower().endswith((".bib", ".json")):
        return bibliographies.read(path, data)
    loaded = conf.load_bibliography(data or b"", path)
    return loaded.value or {}, loaded.problems


def glossary(t: Trace) -> bytes:
    """Table: id -> TermRecord."""
    t.version(*YAML)
    path = t.look("config", "glossary")
    loaded = conf.load_glossary(t.read(path) or b"", path)
    t.say(*loaded.problems)
    return dump({key: record.model_dump(mode="json") for key, record in (loaded.value or {}).items()})


def term_forms(t: Trace) -> bytes:
    """Table: "forms" -> form of a term -> its id."""
    return dump({"forms": terms.forms(json.loads(t.need("glossary")))})


def bibliography_checked(t: Trace) -> bytes:
    """Tells of works that nothing cites, once for each file."""
    used = cited_works(t)
    for key, where in _cited_by_registers(t):
        if t.look("works", key) is None:
            hint = did_you_mean(key, json.loads(t.need("works")), "add the work to bibliography.yaml")
            t.say(Problem("citation-unknown", where, f"no work has the id “{key}”", hint))
    for path in t.look("config", "bibliography"):
        unused = [key for key in _read(t, path)[0] if key not in used]
        if unused:
            more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
            text = f"cited nowhere: {', '.join(unused[:_SHOWN])}{more}"
            t.say(Problem("bibliography-uncited", Place(path, 1, 1), text, "the bibliography leaves them out"))
    return b""


def cited_works(t: Trace) -> set[str]:
    """The works that the text cites, or the registers of what is printed."""
    return {key for unit in all_facts(t).values() for key in unit.cited} | {key for key, _ in _cited_by_registers(t)}


def _cited_by_registers(t: Trace) -> list[tuple[str, Place]]:
    """The works that `cite` of people and events names, and the file that names them."""
    language, people = t.look("config", "language"), t.look("config", "people")
    rows = [(person.cite, people[-1] if people else "") for person in book.persons_from(t.need("persons")).values()]
    rows += [(event.cite, t.look("config", "chronology")) for event in book.events_from(t.need("chronology"))]
    kids = [(kid, file) for cite, file in rows if cite for kid in inline(cite, language) if not isinstance(kid, str)]
    return [(key, Place(file, 1, 1)) for kid, file in kids for _, key in citations.cited(kid)]


def inline(text: str, language: str) -> list[str | Element]:
    """A text of a register, inline Markdown, as the content of an element."""
    body = read_source("about.md", text.encode(), ReadOptions(language)).tree
    if not len(body):
        return [text]
    kids = list(body[0])
    found: list[str | Element] = [body[0].text or ""]
    for kid in kids:
        tail, kid.tail = kid.tail, None
        found += [kid, tail or ""]
    return [piece for piece in found if not isinstance(piece, str) or piece]


def finish(t: Trace, tree: Element, generated: str) -> None:
    """Write into a unit what only readers of the book see: citations, links to the glossary, heads of questions."""
    sections = {plan.generated for plan in plans_of(t)}
    language = t.look("config", "language")
    words = wording(language)
    if generated == "questions":
        return
    if citations.cited(tree):
        citations.fill(tree, lambda name: t.look("works", name), words, language, "bibliography" in sections)
    if "glossary" in sections and terms.marked(tree):
        terms.link(tree, t.look("term_forms", "forms"), lambda key: f"term-{key}")
    if questions.lists(tree) and "questions" in sections:
        questions.drop_questions(tree)
    elif questions.lists(tree):
        questions.entitle(tree, words.questions)
