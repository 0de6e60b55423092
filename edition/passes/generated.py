"""Generated sections, as units of the normal form made from the book: title pages, contents, registers, index.

Knows the book's tables and the imprint (the JSON of edition.yaml); knows no source. Page numbers are
`ptr[@type=page]`, lists
of locators `seg[@type=locators]`: writers fill them in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .. import edtf
from ..book import Event, Facts, Mention, Person, UnitPlan
from ..wording import Wording
from ..xml import ID, LANG, Element, tei
from .collation import letter, sort_key

NAMES = ("half-title", "title", "copyright", "contents", "who-is-who", "chronology", "index")
# Sections made of page numbers: laid out with the numbers themselves, after all that they point to.
OF_PAGES = ("contents", "who-is-who", "chronology", "index")


@dataclass(frozen=True, slots=True)
class Book:
    """What generated sections are made from."""

    imprint: Mapping[str, Any]
    wording: Wording
    plans: Sequence[UnitPlan]
    sources: Sequence[Mapping[str, Any]]
    facts: Mapping[str, Facts]
    numbers: Mapping[str, str]
    people: Mapping[str, Person]
    mentions: Mapping[str, Sequence[Mention]]
    note_numbers: Mapping[str, str]
    events: Sequence[Event]

    @property
    def language(self) -> str:
        return str(self.imprint["language"])


def section(name: str, book: Book) -> Element:
    """The unit of a generated section or part title: a <div> whose id is its name."""
    return _part(name, book) if name.startswith("part-") else _MAKERS[name](book)


def heading(name: str, book: Book) -> str:
    return str(book.imprint["title"]) if name in ("half-title", "title") else book.wording.section(name)


def _div(name: str, book: Book, *content: str | Element, head: bool = True) -> Element:
    first = (tei("head", {}, heading(name, book)),) if head else ()
    return tei("div", {"type": name, ID: name, LANG: book.language}, *first, *content)


def _part(name: str, book: Book) -> Element:
    title = next(plan.title for plan in book.plans if plan.generated == name)
    return tei("div", {"type": "part", ID: name, LANG: book.language}, tei("head", {}, title))


def _line(kind: str, text: str) -> Element:
    return tei("p", {"rend": kind}, text)


def _half_title(book: Book) -> Element:
    return _div("half-title", book, _line("title", str(book.imprint["title"])), head=False)


def _title(book: Book) -> Element:
    imprint = book.imprint
    lines = [_line("title", imprint["title"])]
    if imprint.get("subtitle"):
        lines.append(_line("subtitle", imprint["subtitle"]))
    for creator in imprint["creators"]:
        said = book.wording.role(creator["role"])
        lines.append(_line("creator", f"{said} {creator['name']}".strip()))
    lines.append(_line("draft", book.wording.draft))
    publisher = imprint.get("publisher") or {}
    place_and_name = " · ".join(str(publisher[k]) for k in ("place", "name", "year") if publisher.get(k))
    if place_and_name:
        lines.append(_line("publisher", place_and_name))
    return _div("title", book, *lines, head=False)


def _copyright(book: Book) -> Element:
    imprint, publisher = book.imprint, book.imprint.get("publisher") or {}
    lines = [_line("title", imprint["title"])]
    if imprint.get("copyright"):
        lines.append(_line("copyright", imprint["copyright"]))
    if imprint.get("licence"):
        lines.append(_line("licence", book.wording.licence.format(imprint["licence"])))
    if publisher.get("name"):
        where = ", ".join(str(publisher[k]) for k in ("name", "place", "year") if publisher.get(k))
        lines.append(_line("publisher", where))
    for kind, number in sorted((publisher.get("isbn") or {}).items()):
        if number:
            lines.append(_line("isbn", f"ISBN {number} ({kind})"))
    lines += [_line("source", told) for told in map(_source, book.sources) if told]
    if imprint.get("statement"):
        lines.append(_line("statement", imprint["statement"]))
    return _div("copyright", book, *lines, head=False)


def _source(entry: Mapping[str, Any]) -> str:
    """Where a text comes from, as edition.yaml tells; "" where it tells nothing."""
    if not any(entry[name] for name in ("source", "url", "rights")):
        return ""
    told = (entry[name] for name in ("by", "title", "source", "date", "url", "accessed", "rights"))
    return ". ".join(part for part in told if part)


def _page(target: str) -> Element:
    return tei("ptr", {"type": "page", "target": f"#{target}"})


def _locators(places: Iterable[tuple[str, str]]) -> Element:
    """A list of locators from (id, note number or "")."""
    group = tei("seg", {"type": "locators"})
    for name, note in places:
        pointer = _page(name)
        if note:
            pointer.set("n", note)
        group.append(pointer)
    return group


def _contents(book: Book) -> Element:
    rows = tei("list", {"rend": "contents"})
    for plan in book.plans:
        name = plan.generated
        if name in ("half-title", "title", "copyright", "contents"):
            continue
        target = name or book.facts[plan.key].id
        title = plan.title or (heading(name, book) if name else book.facts[plan.key].title)
        row = tei("item", {"rend": "part" if plan.kind == "part" else plan.zone})
        if book.numbers.get(plan.key):
            row.append(tei("num", {}, book.numbers[plan.key]))
        row.append(tei("ref", {"target": f"#{target}"}, title))
        row.append(_page(target))
        rows.append(row)
    return _div("contents", book, rows)


def _life(person: Person, book: Book) -> str:
    born, died = (_shown(value, book) for value in (person.born, person.died))
    if born and died:
        return f"{born} – {died}" if " " in born + died else f"{born}–{died}"
    return book.wording.born.format(born) if born else book.wording.died.format(died) if died else ""


def _shown(text: str, book: Book) -> str:
    """A date as the edition's language says it; what is no EDTF stands as it is."""
    value = edtf.parse(text) if text else None
    return value.shown(book.language) if value else text


def _who_is_who(book: Book) -> Element:
    rows = tei("list", {"rend": "who-is-who"})
    for person in _in_order(book):
        entry = tei("item", {ID: f"who-{person.key}"}, tei("hi", {"rend": "name"}, person.sort))
        life = _life(person, book)
        told = ", ".join(part for part in (f" ({life})" if life else "", person.about) if part)
        entry[-1].tail = f"{told}. " if life else f", {told}. " if told else " "
        entry.append(_locators(_first(book, person)))
        rows.append(entry)
    return _div("who-is-who", book, rows)


def _first(book: Book, person: Person) -> list[tuple[str, str]]:
    return [(m.id, book.note_numbers.get(m.note, "")) for m in book.mentions.get(person.key, ())][:1]


def _birth(person: Person) -> tuple[object, ...]:
    value = edtf.parse(person.born) if person.born else None
    return tuple(value.sort_key()) if value else ()


def _in_order(book: Book) -> list[Person]:
    """The people who are named in the text, in the order of the index."""
    order = str(book.imprint["index"]["order"])
    named = (person for key, person in book.people.items() if book.mentions.get(key))
    return sorted(named, key=lambda person: (sort_key(person.sort, order), _birth(person), person.key))


def _chronology(book: Book) -> Element:
    rows = tei("list", {"rend": "chronology"})
    for event in book.events:
        rows.append(
            tei("label", {ID: f"when-{event.key}"}, _shown(event.edtf, book) if event.edtf else book.wording.undated)
        )
        entry = tei("item", {ID: event.id}, tei("hi", {"rend": "label"}, event.label))
        entry[-1].tail = f". {event.about} " if event.about else ". "
        entry.append(_locators((name, "") for name in event.passages))
        rows.append(entry)
    return _div("chronology", book, rows)


def _index(book: Book) -> Element:
    sections: list[Element] = []
    people = _in_order(book)
    alike = {p.sort for p in people if sum(1 for q in people if q.sort == p.sort) > 1}
    for person in people:
        initial = letter(person.sort)
        if not sections or sections[-1].get("n") != initial:
            head = tei("head", {}, initial)
            kind = {"type": "letter", "n": initial, ID: f"index-letter-{len(sections) + 1}"}
            sections.append(tei("div", kind, head, tei("list", {"rend": "index"})))
        name = f"{person.sort} ({_life(person, book)})" if person.sort in alike and _life(person, book) else person.sort
        entry = tei("item", {ID: f"index-{person.key}"}, tei("hi", {"rend": "name"}, name), " ")
        entry.append(_locators((m.id, book.note_numbers.get(m.note, "")) for m in book.mentions[person.key]))
        sections[-1][-1].append(entry)
    return _div("index", book, _line("headnote", _headnote(book)), *sections)


def _headnote(book: Book) -> str:
    with_pages = book.imprint["epub"]["pages"] == "print"
    return book.wording.index_headnote if with_pages else book.wording.index_headnote_mixed


_MAKERS: dict[str, Callable[[Book], Element]] = {
    "half-title": _half_title,
    "title": _title,
    "copyright": _copyright,
    "contents": _contents,
    "who-is-who": _who_is_who,
    "chronology": _chronology,
    "index": _index,
}
