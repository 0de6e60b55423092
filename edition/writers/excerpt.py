"""A part of an edition as a book of its own: texts cut to a passage, registers to what it needs,
references that leave it.

Knows units as XHTML (docs/architecture.md, "A unit as XHTML"); knows no layout and no order of the whole edition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

from msgspec import Struct

from ..words import words
from ..xml import XHTML, Element, drop_keeping_tail, fragment, local, parse
from . import locators
from .xhtml.rendering import element

Unit = Mapping[str, Any]
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ITEMS = ("li", "dd", "dt", "tr")
_INDEXED = "index-"
_LEAD = re.compile(r"(?:index|event)-")


# --- the text


def cut(unit: Unit, first: str, last: str) -> dict[str, Any]:
    """The passage of a unit from the block with the id `first` to the end of the one with the id `last`.

    Headings of the divisions around it stay; what is left out is marked. A KeyError where one of them is not there.
    """
    section = _section(unit)
    known = {node.get("id"): node for node in section.iter() if node.get("id")}
    begin, end = known[first], known[last]
    _drop(section, _Passage(begin, end))
    return _again(unit, section)


class _Passage(Struct):
    """Where a walk through the text is: before the passage, in it, or behind it."""

    first: Element
    last: Element
    begun: bool = False
    ended: bool = False


def _drop(parent: Element, passage: _Passage) -> None:
    """Take out the children of `parent` that are not of the passage, and say so where the first of a run stood."""
    is_omitting = False
    for kid in list(parent):
        passage.begun = passage.begun or kid is passage.first
        holds_first = not passage.begun and _holds(kid, passage.first)
        holds_last = not passage.ended and kid is not passage.last and _holds(kid, passage.last)
        if holds_first or (passage.begun and holds_last):
            _drop(kid, passage)
            is_omitting = False
        elif passage.begun and not passage.ended:
            passage.ended = kid is passage.last
            is_omitting = False
        elif not passage.begun and local(kid) in (*_HEADS, "header"):
            is_omitting = False
        else:
            if not is_omitting:
                kid.addprevious(_omission(local(kid)))
            is_omitting = True
            drop_keeping_tail(kid)


def _holds(outer: Element, inner: Element) -> bool:
    return any(node is outer for node in inner.iterancestors())


def _omission(name: str) -> Element:
    """[…] as an element that may stand where one called `name` stood."""
    kind = name if name in ("li", "dt", "dd", "tr") else "p"
    made = element(kind, {"class": "omission", "data-made": ""})
    if kind == "tr":
        made.append(element("td", {}, "[…]"))
    else:
        made.text = "[…]"
    return made


# --- registers


def needed(unit: Unit, inside: Set[str], wanted: Set[str]) -> dict[str, Any] | None:
    """A made section (who is who, chronology, glossary, index) with what a passage needs; None if that is nothing.

    An entry stays if one of its locators is `inside`, or if it is `wanted`: ids that the passage links to, and
    `people_inside`. Locators that leave the passage go.
    """
    section = _section(unit)
    for link in list(section.iter(f"{{{XHTML}}}a")):
        if "data-page" in link.attrib and _in_locators(link) and link.get("data-page") not in inside:
            drop_keeping_tail(link)
    items = [node for node in section.iter() if local(node) in _ITEMS]
    for item in [item for item in items if not _is_needed(item, inside, wanted)]:
        drop_keeping_tail(item)
    for part in reversed([node for node in section.iter() if local(node) == "section" and node is not section]):
        if not any(local(node) in _ITEMS for node in part.iter()):
            drop_keeping_tail(part)
    has_entries = any(local(node) in _ITEMS for node in section.iter())
    return _again(unit, section) if has_entries else None


def _in_locators(link: Element) -> bool:
    return any("locators" in (node.get("class") or "").split() for node in link.iterancestors())


def _is_needed(item: Element, inside: Set[str], wanted: Set[str]) -> bool:
    """Whether an entry stays; a label stays with what it labels, which follows it, and the other way round."""
    other = item.getnext() if local(item) == "dt" else item.getprevious() if local(item) == "dd" else None
    group = [item] if other is None else [item, other]
    ids = {node.get("id", "") for one in group for node in one.iter()} - {""}
    pages = {node.get("data-page", "") for one in group for node in one.iter()}
    return bool(pages & inside or ids & wanted)


def without_leads(unit: Unit, known: Set[str]) -> dict[str, Any]:
    """A register without what leads to entries that are not `known`: events of somebody's life, see and see also."""
    section = _section(unit)
    for link in list(section.iter(f"{{{XHTML}}}a")):
        name = (link.get("href") or "").removeprefix("#")
        if _LEAD.match(name) and name not in known:
            _drop_lead(link)
    return _again(unit, section)


def _drop_lead(link: Element) -> None:
    """A link of a row of links, with what divides it from the one before, or from the one after it; what
    introduces the row goes with the last of it."""
    holder, before, after = link.getparent(), link.getprevious(), link.getnext()
    assert holder is not None
    divided, link.tail = link.tail or "", None
    holder.remove(link)
    if before is None or (after is not None and local(after) == "a"):
        return
    if local(before) == "em":
        _drop_introduction(holder, before)
    else:
        before.tail = divided


def _drop_introduction(holder: Element, said: Element) -> None:
    """“See also”, and the full stop before it; the item, where it holds nothing else."""
    before = said.getprevious()
    holder.remove(said)
    if before is not None:
        before.tail = None
    elif not (holder.text or "").strip():
        drop_keeping_tail(holder)


def people_inside(unit: Unit, inside: Set[str]) -> set[str]:
    """Who has a place inside, by an index: "who-dewey" where "index-dewey" has one."""
    found = set()
    for item in _section(unit).iter(f"{{{XHTML}}}li"):
        name = item.get("id") or ""
        if name.startswith(_INDEXED) and {node.get("data-page", "") for node in item.iter()} & inside:
            found.add(f"who-{name.removeprefix(_INDEXED)}")
    return found


# --- references


def linked(unit: Unit) -> set[str]:
    """The ids that links of a unit lead to."""
    parts = [unit["body"], *(note["body"] for note in unit["notes"])]
    return {name for part in parts for name in re.findall(r' href="#([^"]*)"', part)}


def outward(
    unit: Unit, inside: Set[str], label: Callable[[str], str], of_whole: str, numbers: Mapping[str, str]
) -> dict[str, Any]:
    """References that leave the passage name the page of the full edition, and are no links.

    `label` gives the page of an id there; `of_whole` says whose page it is, as in "{} of the full edition"; `numbers`
    has those of notes where they are other than the text says.
    """
    outside = {name: number for name, number in numbers.items() if name not in inside}
    section, notes = _section(unit), []
    holders = [_parsed(f"<div>{note['body']}</div>") for note in unit["notes"]]
    for root in (section, *holders):
        locators.renumber(root, outside)
        _outward(root, inside, label, of_whole)
    for note, holder in zip(unit["notes"], holders, strict=True):
        notes.append({**note, "body": "".join(map(fragment, holder))})
    return _again({**unit, "notes": notes}, section)


def _outward(root: Element, inside: Set[str], label: Callable[[str], str], of_whole: str) -> None:
    for link in list(root.iter(f"{{{XHTML}}}a")):
        target = (link.get("href") or "").removeprefix("#")
        if not (link.get("href") or "").startswith("#") or target in inside:
            continue
        if "data-page" in link.attrib:
            link.text = of_whole.format(label(target)) if label(target) else ""
        kept = {name: value for name, value in link.attrib.items() if name in ("id", "class", "lang", "data-made")}
        link.tag = f"{{{XHTML}}}span"
        link.attrib.clear()
        link.attrib.update({**kept, "class": "outside"})


# --- units


def ids(units: Sequence[Unit]) -> set[str]:
    """All ids of some units, those of notes too."""
    found = {name for unit in units for name in unit["ids"]}
    return found | {note["id"] for unit in units for note in unit["notes"]}


def _section(unit: Unit) -> Element:
    return _parsed(str(unit["body"]))


def _parsed(markup: str) -> Element:
    root = parse(f'<div xmlns="{XHTML}">{markup}</div>'.encode())
    return root[0] if len(root) == 1 else root


def _again(unit: Unit, section: Element) -> dict[str, Any]:
    """A unit with another body: its notes, ids, page references and words are those of that body."""
    body = fragment(section)
    calls = set(re.findall(r' href="#([^"]*)"', body))
    notes = [note for note in unit["notes"] if note["id"] in calls]
    parts = [body, *(note["body"] for note in notes)]
    return {**unit, "body": body, "notes": notes, **_counted(parts)}


def _counted(parts: Sequence[str]) -> dict[str, Any]:
    text = re.sub("<[^>]*>", " ", " ".join(parts))
    return {
        "pages": sorted({name for part in parts for name in re.findall(r' data-(?:page|to)="([^"]*)"', part)}),
        "ids": list(_all(' id="([^"]*)"', parts)),
        "words": len(words(text)),
    }


def _all(pattern: str, parts: Sequence[str]) -> Iterator[str]:
    return (name for part in parts for name in re.findall(pattern, part))
