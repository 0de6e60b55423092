"""A unit's XHTML made ready for paper: notes at their references, page numbers filled in, one plain tree.

Knows the form of a unit (docs/architecture.md, "A unit as XHTML"); knows no layout engine and no style.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from lxml import etree
from msgspec import Struct

from ..book import PageStart
from ..words import words
from ..xml import LANG, XHTML, Element, local, parse
from . import locators
from .breaks import mark_pages
from .flow import NOTE, Flow, flow_of

Plain = ElementTree.Element  # without namespaces, of the standard library: what the layout engine reads


FOOT: dict[str, Any] = {"place": "foot", "series": [], "title": "", "anew": None}


def section(
    unit: Mapping[str, Any], request: Mapping[str, Any], ranges: str, notes: Mapping[str, Any] = FOOT
) -> Element:
    """The section of a unit with its notes and its page numbers in place.

    `notes`: their `place` (foot, chapter, book), the names of the `series` that stand apart from the author's in this
    order, the `title` over the notes of a chapter, and `anew`, where they are numbered by the page: series -> its marks
    (page_notes.py).
    """
    root = _fragment(unit["body"])
    if len(root) == 1 and not (root.text or "").strip():
        root = root[0]
    _mark_reference(root, unit)
    if notes["place"] == "foot":
        _to_foot(root, unit["notes"], notes["series"])
    elif notes["place"] == "chapter" and unit["notes"]:
        root.append(_element("h2", {"class": "notes", "data-made": ""}, notes["title"]))
        root.extend(_as_endnote(note, NOTE) for note in _by_series(unit["notes"], notes["series"]))
    labels = locators.labels_from(request["labels"])
    locators.renumber(root, request.get("notes", {}))
    for image in root.iter(f"{{{XHTML}}}img"):
        for name in ("width", "height"):  # as presentational hints they would be stronger than any style
            image.attrib.pop(name, None)
    locators.fill(root, labels, ranges, locators.note_wording(unit["language"]))
    for level in range(1, 7):
        for head in root.iter(f"{{{XHTML}}}h{level}"):
            head.set("data-label", " ".join(_without_notes(head).split()))
    return root


def _mark_reference(root: Element, unit: Mapping[str, Any]) -> None:
    """Where the unit's `marks` say so, the page of the reference that begins there; what that means, if `said`."""
    starts = [PageStart(label, unit["unit"], block, word) for label, block, word in unit.get("marks", ())]
    mark_pages(root, starts, _reference_page, str)
    if unit.get("said"):
        headnote = next((each for each in root if (each.get("class") or "") == "headnote"), None)
        if headnote is None:
            root.append(_element("p", {"class": "margin-pages", "data-made": ""}, unit["said"]))
        else:
            headnote.append(_element("span", {"data-made": ""}, f" {unit['said']}"))


def _reference_page(label: str) -> Element:
    made = _element("span", {"class": "reference-page", "role": "doc-pagebreak", "data-made": ""})
    made.append(_element("span", {}, label))
    return made


def _to_foot(root: Element, given: Sequence[Mapping[str, Any]], series: Sequence[str]) -> None:
    """Each note goes behind the first reference to it; the layout takes it to the foot."""
    notes = {note["id"]: note for note in given}
    for link in list(root.iter(f"{{{XHTML}}}a")):
        name = (link.get("href") or "")[1:]
        if "noteref" in (link.get("class") or "").split() and name in notes:
            note = notes.pop(name)
            made = _note(note, "span", NOTE)
            made.set("data-rank", str(_rank(note, series)))
            _insert_after(link, made)


def _rank(note: Mapping[str, Any], series: Sequence[str]) -> int:
    return series.index(note["series"]) + 1 if note["series"] in series else 0


def _by_series(notes: Sequence[Mapping[str, Any]], series: Sequence[str]) -> list[Mapping[str, Any]]:
    return sorted(notes, key=lambda note: _rank(note, series))


def _as_endnote(note: Mapping[str, Any], kind: str = "") -> Element:
    return _note(note, "div", f"{kind} endnote".strip())


def collected(own: Mapping[str, Any], units: Iterable[Mapping[str, Any]], series: Sequence[str]) -> dict[str, Any]:
    """The unit of notes at the end of the book: under a heading for each text, which the notes of one may lack."""
    root, pages, ids, count = _fragment(own["body"])[0], set(own["pages"]), list(own["ids"]), int(own["words"])
    images = dict(own["images"])
    for unit in units:
        if unit["notes"]:
            title = " ".join(text for text in (unit["number"], unit["title"]) if text)
            part = _element("section", {"class": "notes-of"})
            part.append(_element("h2", {"data-made": ""}, title))
            part.extend(_as_endnote(note) for note in _by_series(unit["notes"], series))
            root.append(part)
            pages |= set(locators.targets(part))
            ids += [name for each in part.iter() if (name := each.get("id"))]
            count += len(words("".join(part.itertext())))
            images |= unit["images"]
    body = etree.tostring(root, encoding="unicode")
    return {**own, "body": body, "pages": sorted(pages), "ids": ids, "words": count, "images": images}


def _without_notes(element: Element) -> str:
    """The text of a heading as an outline shows it."""
    if {"noteref", NOTE} & set((element.get("class") or "").split()):
        return ""
    return (element.text or "") + "".join(_without_notes(child) + (child.tail or "") for child in element)


def _fragment(markup: str) -> Element:
    """A piece of XHTML within a <div>, in its namespace whether or not the piece says so."""
    return parse(f'<div xmlns="{XHTML}">{markup}</div>'.encode())


def _element(name: str, attributes: Mapping[str, str], text: str = "") -> Element:
    made = etree.Element(f"{{{XHTML}}}{name}", attributes)
    made.text = text or None
    return made


def _insert_after(link: Element, note: Element) -> None:
    """A note goes right after its reference; the text that follows the reference follows the note."""
    note.tail, link.tail = link.tail, None
    link.addnext(note)


def _note(note: Mapping[str, Any], name: str, kind: str) -> Element:
    """A note as it stands in print: its number, a link back to the text, runs into its first paragraph."""
    made = _element(name, {"class": kind, "id": note["id"]})
    made.extend(_fragment(note["body"]))
    reference = (note["refs"] or [""])[0]
    number = _element("a", {"class": "note-number", "href": f"#{reference}", "data-made": ""}, note["number"])
    first = made[0] if len(made) and local(made[0]) == "p" else made
    number.tail, first.text = first.text, None
    first.insert(0, number)
    return made


class Note(Struct, frozen=True):
    """A note in the text: its number, the id of its reference, its own flow."""

    number: str
    reference: str
    flow: Flow


def notes_of(unit: Mapping[str, Any], place: str = "foot") -> dict[str, Note]:
    """The notes of a unit by id, whether or not they stand in its text; none where the end of the book has them."""
    if place == "book":
        return {}
    return {
        note["id"]: Note(str(note["number"]), (note["refs"] or [""])[0], flow_of(_fragment(note["body"])))
        for note in unit["notes"]
    }


def document(root: Element, unit: Mapping[str, Any], running: str) -> Plain:
    """A whole document around a section, as the layout engine reads it; running heads are attributes of its body."""
    html = ElementTree.Element("html", {"lang": unit["language"]})
    heads = {"data-verso": running, "data-recto": unit["short"] or unit["title"]}
    body = ElementTree.SubElement(html, "body", {"class": f"{unit['kind']} {unit['zone']}", **heads})
    body.append(plain(root))
    return html


def plain(element: Element) -> Plain:
    """An element and all below it, without namespaces; comments are left out."""
    attributes = {str(name): str(value) for name, value in element.attrib.items() if "{" not in str(name)}
    made = ElementTree.Element(local(element), attributes)
    if element.get(LANG) and not element.get("lang"):
        made.set("lang", element.get(LANG, ""))
    made.text, made.tail = _text(element.text), _text(element.tail)
    for child in element:
        if local(child):
            made.append(plain(child))
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + (child.tail or "")
        else:
            made.text = (made.text or "") + (child.tail or "")
    return made


def _text(text: str | None) -> str | None:
    return None if text is None else str(text)
