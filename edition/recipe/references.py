"""Rules of what the text refers to: works that are cited, terms of the glossary."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from .. import book
from ..book import dump
from ..engine import Trace
from ..passes import citations, questions, terms
from ..problems import Place, Problem, did_you_mean
from ..readers import Reading, ReadOptions
from ..readers import read as read_source
from ..wording import wording
from ..xml import Element
from .view import YAML, all_facts

_SHOWN = 8
_MARKUP = re.compile(r"[][*_`<&!\\{}^~@]")


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
    from .. import config as conf
    from ..readers import bibliographies

    data = t.read(path)
    if data is not None and path.lower().endswith((".bib", ".json")):
        return bibliographies.read(path, data)
    loaded = conf.load_bibliography(data or b"", path)
    return loaded.value or {}, loaded.problems


def glossary(t: Trace) -> bytes:
    """Table: id -> TermRecord."""
    from .. import config as conf

    t.version(*YAML)
    path = t.look("config", "glossary")
    loaded = conf.load_glossary(t.read(path) or b"", path)
    t.say(*loaded.problems)
    return dump({key: record.model_dump(mode="json") for key, record in (loaded.value or {}).items()})


def term_forms(t: Trace) -> bytes:
    """Table: "forms" -> form of a term -> its id; "written" likewise, of forms as they are written."""
    records = json.loads(t.need("glossary"))
    return dump({"forms": terms.forms(records), "written": terms.written(records)})


def bibliography_checked(t: Trace) -> bytes:
    """Complains of what is wrong with the texts of registers, and of works they cite that there are not; tells of works
    that nothing cites, once for each file."""
    language = t.look("config", "language")
    for text, where in _texts_of_registers(t):
        t.say(*(problem.at(where) for problem in _reading(text, language).problems))
        for key in _cited_in(text, language):
            if t.look("works", key) is None:
                hint = did_you_mean(key, json.loads(t.need("works")), "add the work to bibliography.yaml")
                t.say(Problem("citation-unknown", where, f"no work has the id “{key}”", hint))
    used = set(json.loads(t.need("cited")))
    for path in t.look("config", "bibliography"):
        unused = [key for key in _read(t, path)[0] if key not in used]
        if unused:
            more = f" and {len(unused) - _SHOWN} more" if len(unused) > _SHOWN else ""
            text = f"cited nowhere: {', '.join(unused[:_SHOWN])}{more}"
            t.say(Problem("bibliography-uncited", Place(path, 1, 1), text, "the bibliography leaves them out"))
    return b""


def cited(t: Trace) -> bytes:
    """The works that the text cites, or the registers."""
    language = t.look("config", "language")
    told = {key for text, _ in _texts_of_registers(t) for key in _cited_in(text, language)}
    return dump(sorted(told | {key for unit in all_facts(t).values() for key, *_ in unit.cited}))


def _texts_of_registers(t: Trace) -> Iterator[tuple[str, Place]]:
    """`about` and `cite` of everything in registers and chronology, with their places, if they are more than words."""
    from .. import config as conf

    t.version(*YAML)
    files: list[conf.Loaded[Any]] = [
        conf.load_register(name, t.read(path) or b"", path)
        for name in book.REGISTERS
        for path in t.look("config", name)
    ]
    path = t.look("config", "chronology")
    files.append(conf.load_chronology(t.read(path) or b"", path))
    for file in files:
        for key, record in (file.value or {}).items():
            for name in ("about", "cite"):
                if _MARKUP.search(text := getattr(record, name, "")):
                    yield text, file.where(key, name)


def _cited_in(text: str, language: str) -> list[str]:
    if "@" not in text:
        return []
    kids = (kid for kid in inline(text, language) if not isinstance(kid, str))
    return [key for kid in kids for _, key in citations.cited(kid)]


def _reading(text: str, language: str) -> Reading:
    return read_source("about.md", text.encode(), ReadOptions(language))


def inline(text: str, language: str) -> list[str | Element]:
    """A text of a register, inline Markdown, as the content of an element."""
    body = _reading(text, language).tree
    if not len(body):
        return [text]
    kids = list(body[0])
    found: list[str | Element] = [body[0].text or ""]
    for kid in kids:
        tail, kid.tail = kid.tail, None
        found += [kid, tail or ""]
    return [piece for piece in found if not isinstance(piece, str) or piece]


def sections_of(t: Trace) -> set[str]:
    """The generated sections of the edition."""
    return {entry["section"] for entry in t.look("plan", "entries")}


def finish(t: Trace, tree: Element, generated: str, sections: Collection[str]) -> None:
    """Write into a unit what only readers of the book see: citations, links to the glossary, heads of questions.

    `sections` are the generated ones of the book, to which links may lead.
    """
    if generated == "questions":
        return
    language = t.look("config", "language")
    words = wording(language)
    if citations.cited(tree):
        citations.fill(tree, lambda name: t.look("works", name), words, language, "bibliography" in sections)
    if "glossary" in sections and terms.marked(tree):
        terms.link(tree, t.look("term_forms", "forms"), lambda key: f"term-{key}")
    if questions.lists(tree) and "questions" in sections:
        questions.drop_questions(tree)
    elif questions.lists(tree):
        questions.entitle(tree, words.questions)
