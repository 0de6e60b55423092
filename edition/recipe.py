"""The pipeline: every rule of a build, from the bytes of the sources to the bytes of the outputs, in the order of the flow.

A rule is `rule(t, *key) -> bytes`. `t.read` reads a file of the edition ("house:…" a style of ours, "env:…" the
environment, "folder:" the folder's name), `t.need` the whole value of a rule, `t.look` one cell of a table. This page only connects; what is
done is in readers, passes and writers.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from . import __version__, book
from . import config as conf
from .book import Facts, Mention, PageFacts, UnitPlan, dump
from .engine import Rule, Trace, Work
from .passes import chronology, dates, generated, ledger, links, lockfile, numbering, people, plan
from .normal.vocabulary import blocks
from .passes.name_forms import form_table, forms_from
from .passes.spans import flow
from .passes.units import units as cut
from .problems import Problem
from .readers import ReadOptions
from .readers import read as read_source
from .wording import wording
from .words import words
from .writers.tei import tei_document
from .writers.xhtml import Reference
from .writers.xhtml import xhtml as render
from .xml import Element, canonical, parse, tei

# What values depend on besides sources and code (cli/caching.py knows today's versions).
_YAML = ("pydantic", "pyyaml")
_LAYOUT = (
    "cssselect2", "fonttools", "harfbuzz", "pango", "pillow", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "weasyprint",
)  # fmt: skip

# --- what the editor says


def config(t: Trace) -> bytes:
    """edition.yaml as JSON; {} where it cannot be used."""
    t.version(*_YAML)
    loaded = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
    t.say(*loaded.problems)
    if loaded.value is None:
        return dump({})
    raw = loaded.value.model_dump(mode="json")
    return dump({**raw, "id": raw["id"] or (t.read("folder:") or b"").decode()})


def _imprint(t: Trace) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(t.need("config"))
    return value


def persons(t: Trace) -> bytes:
    """Table: key -> Person, of all registers of people."""
    t.version(*_YAML)
    paths = t.look("config", "people")
    keys = [key for path in paths for key in conf.load_people(t.read(path) or b"", path).value or ()]
    loaded = [conf.load_people(t.read(path) or b"", path, keys) for path in paths]
    found, problems = people.register(loaded)
    t.say(*(p for one in loaded for p in one.problems), *problems)
    return dump(found)


def decisions(t: Trace) -> bytes:
    """Table: "forms", "here", "dates" as decisions.yaml has them."""
    t.version(*_YAML)
    path = t.look("config", "decisions")
    loaded = conf.load_decisions(t.read(path) or b"", path)
    t.say(*loaded.problems)
    return dump(loaded.value.model_dump(mode="json") if loaded.value else {"forms": {}, "here": {}, "dates": {}})


def forms(t: Trace) -> bytes:
    """Table: first word of a form -> the forms that begin with it."""
    return dump(form_table(book.persons_from(t.need("persons")), json.loads(t.need("decisions"))["forms"]))


def events(t: Trace) -> bytes:
    """The Events of chronology.yaml as they stand, not yet linked."""
    t.version(*_YAML)
    path = t.look("config", "chronology")
    loaded = conf.load_chronology(t.read(path) or b"", path)
    t.say(*loaded.problems)
    found, problems = chronology.events(loaded.value or {}, json.loads(t.need("persons")), loaded.where)
    t.say(*problems)
    return dump(list(found.values()))


def decisions_checked(t: Trace) -> bytes:
    """Complains of decisions about people, events and blocks that there are not."""
    t.version(*_YAML)
    path = t.look("config", "decisions")
    loaded = conf.load_decisions(t.read(path) or b"", path)
    if loaded.value is not None:
        known = {name: json.loads(t.need(name)) for name in ("persons", "targets")}
        known["events"] = {event.key: event for event in book.events_from(t.need("events"))}
        t.say(*plan.decision_problems(loaded.value, known, loaded.where, loaded.where_key))
    return b""


# --- from bytes to units


def parsed(t: Trace, path: str) -> bytes:
    """{tree, positions, problems}: everything a reader makes of a source."""
    t.version("markdown-it-py", "mdit-py-plugins")
    how = t.look("config", "read").get(path) or {}
    title = t.look("plan", f"told:{path}")["title"]
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in how.items() if value}
    options = ReadOptions(t.look("config", "language"), title=title, **told)
    data = t.read(path)
    if data is None:
        return dump({"tree": canonical(tei("body")).decode(), "positions": [], "problems": []})
    reading = read_source(path, data, options)
    said = [problem.to_json() for problem in reading.problems]
    return dump({"tree": canonical(reading.tree).decode(), "positions": reading.positions, "problems": said})


def source(t: Trace, path: str) -> bytes:
    """The tree of a source; positions are beside it, so that moving lines changes nothing here."""
    reading = json.loads(t.need("parsed", path))
    t.say(*(Problem.from_json(problem) for problem in reading["problems"]))
    return str(reading["tree"]).encode()


def positions(t: Trace, path: str) -> bytes:
    """Table: "blocks" -> the position of every block of a source."""
    return dump({"blocks": json.loads(t.need("parsed", path))["positions"]})


def units(t: Trace, path: str) -> bytes:
    """Table: "keys" -> the units of a source in order; each key -> {tree, first}."""
    told = t.look("plan", f"told:{path}")
    found = cut(path, parse(t.need("source", path)), told["title"], told["by"])
    table: dict[str, Any] = {u.key: {"tree": canonical(u.tree).decode(), "first": u.first} for u in found}
    return dump({**table, "keys": [u.key for u in found]})


def _file(unit: str) -> str:
    return unit.rpartition("#")[0]


def _unit(t: Trace, key: str) -> Element:
    return parse(t.look(("units", _file(key)), key)["tree"].encode())


def plan_(t: Trace) -> bytes:
    """Table: "files" -> sources in order; "entries" -> `contents` as a flat list; "told:PATH" -> what is told of it."""
    return dump(plan.entries(t.look("config", "contents")))


def order(t: Trace) -> bytes:
    """Table: "all" -> the UnitPlans of the edition in order; each by its key."""
    found = plan.unit_plans(t.look("plan", "entries"), lambda path: list(t.look(("units", path), "keys")))
    return dump({"all": found, **{unit.key: unit for unit in found}})


def _plans(t: Trace) -> list[UnitPlan]:
    return [UnitPlan(**raw) for raw in t.look("order", "all")]


def _text_units(t: Trace) -> list[str]:
    return [plan.key for plan in _plans(t) if not plan.generated]


def early(t: Trace, key: str) -> bytes:
    """The marks of a unit's blocks, and the words it has in lower case."""
    tree = _unit(t, key)
    lower = sorted({word for block in blocks(tree) for word in words(flow(block).text) if word.islower()})
    return dump({"marks": ledger.marks(tree), "lower": lower})


def lock(t: Trace) -> bytes:
    """edition.lock as it is to be: every block of the text with its id, and the ids that are no more."""
    before, problems = lockfile.load(t.read(lockfile.NAME))
    rows = {key: [lockfile.Mark(**m) for m in t.look(("early", key), "marks")] for key in _text_units(t)}
    t.say(*problems, *ledger.id_problems({key: (_file(key), row) for key, row in rows.items()}, generated.NAMES))
    return lockfile.dump(ledger.align(before, [(_file(key), row) for key, row in rows.items()]))


def ledger_(t: Trace) -> bytes:
    """Table: unit -> {ids, aliases} of its blocks."""
    found, _ = lockfile.load(t.need("lock"))
    sizes = {key: len(t.look(("early", key), "marks")) for key in _text_units(t)}
    return dump(ledger.cells(found, sizes))


def vocabulary(t: Trace) -> bytes:
    """Table: every word that occurs in lower case somewhere in the edition."""
    return dump({word: True for key in _text_units(t) for word in json.loads(t.need("early", key))["lower"]})


# --- one unit in the normal form


def marked(t: Trace, key: str) -> bytes:
    """{tree, undecided}: a unit with ids, names and dates."""
    tree = _unit(t, key)
    names = t.look("ledger", key)
    ledger.give_ids(tree, names["ids"])
    known = people.Known(
        forms=lambda word: forms_from(t.look("forms", word)),
        person=lambda name: t.look("persons", name) is not None,
        people=lambda: json.loads(t.need("persons")),
        here=lambda block: ledger.decided(t.look("decisions", "here"), block, names["aliases"]),
        lower=lambda word: bool(t.look("vocabulary", word)),
    )
    undecided, problems = people.mark(tree, _file(key), key, known)
    on_dates = lambda block: ledger.decided(t.look("decisions", "dates"), block, names["aliases"])  # noqa: E731
    problems += dates.mark(tree, _file(key), key, t.look("config", "language"), on_dates)
    t.say(*problems)
    ledger.give_inline_ids(tree)
    ledger.give_aliases(tree, names["aliases"])
    return dump({"tree": canonical(tree).decode(), "undecided": undecided})


def normal(t: Trace, key: str) -> bytes:
    """A unit in the normal form, without numbers."""
    return str(json.loads(t.need("marked", key))["tree"]).encode()


def facts(t: Trace, key: str) -> bytes:
    """The Facts of a unit."""
    tree = parse(t.need("normal", key))
    undecided = json.loads(t.need("marked", key))["undecided"]
    own = {**numbering.facts(tree, key, t.look("config", "language")), "undecided": undecided}
    return dump({**own, "names": people.gather(tree), "dates": dates.gather(tree)})


def _facts(t: Trace) -> dict[str, Facts]:
    return {key: book.facts_from(t.need("facts", key)) for key in _text_units(t)}


# --- the book: tables made of all facts


def numbers(t: Trace) -> bytes:
    """Table: unit -> {number, notes}: its chapter number, and how many notes are numbered before its first."""
    plans = _plans(t)
    chapters = numbering.chapter_numbers(plans)
    offsets = numbering.note_offsets(plans, _facts(t), t.look("config", "notes")["numbering"])
    return dump({p.key: {"number": chapters[p.key], "notes": offsets[p.key]} for p in plans})


def targets(t: Trace) -> bytes:
    """Table: id -> all that a reference to it needs to know."""
    words_ = wording(t.look("config", "language"))
    return dump(plan.target_table(_plans(t), _facts(t), json.loads(t.need("numbers")), words_))


def mentions(t: Trace) -> bytes:
    """Table: person -> Mentions, in reading order."""
    found: dict[str, list[Mention]] = {}
    for unit in _facts(t).values():
        for mention in unit.names:
            found.setdefault(mention.key, []).append(mention)
    return dump(found)


def names_left(t: Trace) -> bytes:
    """Complains once of every form that was left undecided."""
    t.say(*people.left_problems([u for unit in _facts(t).values() for u in unit.undecided]))
    return b""


def chronology_(t: Trace) -> bytes:
    """The events in order of time, linked to the blocks that speak of them."""
    units_ = list(_facts(t).values())
    return dump([chronology.linked(e, units_) for e in chronology.ordered(book.events_from(t.need("events")))])


# --- every unit, resolved and rendered


def resolved(t: Trace, key: str) -> bytes:
    """A unit with its numbers; references to nothing are complained of."""
    tree, cell = parse(t.need("normal", key)), t.look("numbers", key)
    numbering.resolve(tree, cell["number"], cell["notes"])
    known = lambda: json.loads(t.need("targets"))  # noqa: E731
    t.say(*links.dangling(tree, _file(key), key, lambda name: t.look("targets", name), known))
    links.resolve(tree, lambda name: t.look("targets", name))
    return canonical(tree)


def section(t: Trace, name: str) -> bytes:
    """A generated section, as a unit of the normal form."""
    t.version("pyuca")
    imprint, targets_ = _imprint(t), json.loads(t.need("targets"))
    made_from = generated.Book(
        imprint=imprint,
        wording=wording(imprint["language"]),
        plans=_plans(t),
        sources=[entry for entry in t.look("plan", "entries") if entry["file"]],
        facts=_facts(t),
        numbers={key: cell["number"] for key, cell in json.loads(t.need("numbers")).items()},
        people=book.persons_from(t.need("persons")),
        mentions=book.mentions_from(t.need("mentions")),
        note_numbers={name: cell["number"] for name, cell in targets_.items() if cell["kind"] == "note"},
        events=book.events_from(t.need("chronology")),
    )
    return canonical(generated.section(name, made_from))


def _tree(t: Trace, unit: UnitPlan) -> Element:
    return parse(t.need("section", unit.generated) if unit.generated else t.need("resolved", unit.key))


def xhtml(t: Trace, key: str) -> bytes:
    """A unit as XHTML (docs/architecture.md)."""
    unit, language = UnitPlan(**t.look("order", key)), t.look("config", "language")
    words_, number = wording(language), t.look("numbers", key)["number"]
    tree = _tree(t, unit)

    def reference(name: str) -> Reference:
        target = t.look("targets", name)
        if target is None:
            return Reference("", "")
        return Reference(links.label(target, key, words_), target["locator"])

    face = plan.face(unit, tree, number, language, words_)
    return dump(render(tree, face, reference, words_.page))


# --- pages


def style(t: Trace) -> bytes:
    """All that style tells a layout: the house's sheets, the preset of the page, the edition's own sheet."""
    from .writers.pages import style_of

    names = ("house.css", "print.css", f"presets/{t.look('config', 'pdf')['page']}.css")
    sheets = [(t.read(f"house:{name}") or b"").decode() for name in names]
    fonts = [line.split()[-1] for line in (t.read("house:fonts.sha256") or b"").decode().splitlines()]
    seen = hashlib.sha256(b"".join(hashlib.sha256(t.read(f"house:{name}") or b"").digest() for name in fonts))
    sheets.append(f"/* fonts: {seen.hexdigest()} */")
    own = (t.read("styles/print.css") or b"").decode()
    return style_of([*sheets, own], t.look("config", "title"), t.look("config", "index")["ranges"])


def layout(t: Trace, key: str, request: str) -> Work:
    """The pages of a unit, as `request` asks: made in the pool."""
    from .writers.pages import lay_out

    t.version(*_LAYOUT)
    return Work(lay_out, (t.need("xhtml", key), request, t.need("style")))


def pages(t: Trace) -> bytes:
    """{requests, map}: rounds of layout until page numbers stand."""
    from .writers.pages import facts_of, problems_of
    from .writers.settle import Unit, settle

    def laid_out(wanted: Sequence[tuple[str, str]]) -> list[PageFacts]:
        return [facts_of(blob) for blob in t.need_all("layout", wanted)]

    found = [json.loads(t.need("xhtml", p.key)) for p in _plans(t)]
    settled = settle([Unit(**plan.settling(unit)) for unit in found], laid_out)
    t.say(*settled.problems)
    for key, request in settled.requests:
        t.say(*problems_of(t.need("layout", key, request)))
    return dump({"requests": settled.requests, "map": settled.page_map})


def page_map(t: Trace) -> bytes:
    """The map of the pages of print: labels, the page of every id, the first word of every page."""
    return dump(json.loads(t.need("pages"))["map"])


# --- outputs


def tei_(t: Trace) -> bytes:
    """The TEI document."""
    t.version("edition")
    plans, imprint = _plans(t), _imprint(t)
    files = sorted({_file(p.key) for p in plans if not p.generated})
    sums = [
        {**t.look("plan", f"told:{path}"), "path": path, "sha256": hashlib.sha256(t.read(path) or b"").hexdigest()}
        for path in files
    ]
    trees = [(p, _tree(t, p)) for p in plans]
    return tei_document(
        trees,
        imprint,
        list(book.persons_from(t.need("persons")).values()),
        book.events_from(t.need("chronology")),
        sums,
        __version__,
    )


def epub(t: Trace) -> bytes:
    """The EPUB."""
    from .writers.epub import epub as write

    t.version("ebooklib", "zlib")
    imprint = _imprint(t)
    units_ = [json.loads(t.need("xhtml", p.key)) for p in _plans(t)]
    map_ = book.page_map_from(t.need("page_map")) if imprint["epub"]["pages"] == "print" else None
    sheets = {name: t.read(f"house:{name}") or b"" for name in ("house.css", "epub.css")}
    own = t.read("styles/epub.css")
    return write(units_, imprint, map_, sheets | ({"own.css": own} if own else {}), _modified(t))


def pdf(t: Trace) -> bytes:
    """The PDF."""
    from .writers.pdf import write

    t.version(*_LAYOUT, "zlib")
    made = [(request, t.need("layout", key, request)) for key, request in json.loads(t.need("pages"))["requests"]]
    imprint = _imprint(t)
    return write(made, book.page_map_from(t.need("page_map")), imprint, t.need("style"), _modified(t))


def _modified(t: Trace) -> str:
    return plan.moment((t.read("env:SOURCE_DATE_EPOCH") or b"").decode(), _imprint(t))


RULES: dict[str, Rule] = {
    "config": config, "persons": persons, "decisions": decisions, "forms": forms,
    "events": events, "decisions_checked": decisions_checked, "parsed": parsed, "source": source,
    "positions": positions, "units": units, "plan": plan_, "order": order, "early": early, "lock": lock,
    "ledger": ledger_, "vocabulary": vocabulary, "marked": marked, "normal": normal, "facts": facts, "numbers": numbers,
    "targets": targets, "mentions": mentions, "names_left": names_left, "chronology": chronology_,
    "resolved": resolved, "section": section, "xhtml": xhtml, "style": style, "layout": layout, "pages": pages,
    "page_map": page_map, "tei": tei_, "epub": epub, "pdf": pdf,
}  # fmt: skip
