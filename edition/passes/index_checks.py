"""What is wrong with an index: references that lead nowhere, sub-headings that hold nothing, too many plain numbers.

Knows entries and the YAML that made them; knows no page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from ..book import Facts, IndexEntry, IndexMark
from ..problems import Place, Problem, did_you_mean
from .passages import Passages

Where = Callable[..., Place]


def reference_problems(
    see: Mapping[str, str],
    also: Mapping[str, Sequence[str]],
    marks: Iterable[IndexMark],
    entries: Sequence[IndexEntry],
    where: Where,
) -> Iterator[Problem]:
    """Of `index.see`, `index.see_also` and marks with `see=`: to nothing, to a see, round in a circle."""
    used = {entry.heading for entry in entries if entry.places or entry.subs}
    own = [(mark.path[0], mark.see, mark.place) for mark in marks if mark.see]
    written = [(heading, target, where("index", "see", heading)) for heading, target in see.items()]
    leads = {heading: target for heading, target, _ in (*own, *written)}
    for heading, target, place in (*own, *written):
        if heading in used:
            text, hint = f"“{heading}” has places of its own, and cannot only say “see”", "make it a see_also"
            yield Problem("index-reference", place, text, hint)
        elif target not in used:
            yield _nowhere(heading, target, leads, used, place)
    for heading, targets in also.items():
        if heading not in used:
            yield _nothing(heading, used, where("index", "see_also", heading))
        for number, target in enumerate(targets):
            if target not in used or target == heading:
                yield _nowhere(heading, target, leads, used, where("index", "see_also", heading, number))


def _nothing(heading: str, used: Collection[str], place: Place) -> Problem:
    hint = did_you_mean(heading, used, "write it as it stands in the index, surname first")
    return Problem("index-reference", place, f"the index has no heading “{heading}”", hint)


def _nowhere(heading: str, target: str, leads: Mapping[str, str], used: Collection[str], place: Place) -> Problem:
    if target == heading:
        return Problem("index-reference", place, f"“{heading}” leads to itself", "take it out")
    if target not in leads:
        return _nothing(target, used, place)
    path = [heading, target]
    while leads.get(path[-1]) and path[-1] not in path[:-1]:
        path.append(leads[path[-1]])
    if path[-1] in path[:-1]:
        return Problem(
            "index-reference", place, f"“{'” → “'.join(path)}” is a circle", "let one of them lead elsewhere"
        )
    return Problem("index-reference", place, f"“{target}” is itself only a “see”", f"write {path[-1]}")


def sub_problems(
    subs: Mapping[str, Mapping[str, Sequence[str]]],
    names: Collection[str],
    blocks_of: Mapping[str, Collection[str]],
    text: Passages,
    where: Where,
    where_key: Where,
) -> Iterator[Problem]:
    """Of `subs` in decisions.yaml. `blocks_of`: key of a name -> the blocks that mention it."""
    for key, headings in subs.items():
        if key not in names:
            hint = did_you_mean(key, names, "ids are those of people.yaml, places.yaml and organisations.yaml")
            yield Problem("person-unknown", where_key("subs", key), f"nobody has the id “{key}”", hint)
            continue
        for heading, locators in headings.items():
            held = False
            for number, locator in enumerate(locators):
                for name in text.unknown(locator):
                    hint = did_you_mean(name, text.extent, "ids stand in edition.lock and in the TEI output")
                    place = where("subs", key, heading, number)
                    yield Problem("block-unknown", place, f"nothing in the text has the id “{name}”", hint)
                    held = True
                held = held or bool(text.blocks(locator) & set(blocks_of.get(key, ())))
            if not held:
                said = f"“{key}” is not mentioned where “{heading}” is to hold"
                yield Problem(
                    "index-sub-unused", where_key("subs", key, heading), said, "look at the ids and their order"
                )


def decided_subs(subs: Mapping[str, Mapping[str, Sequence[str]]], text: Passages) -> dict[str, dict[str, str]]:
    """`subs` by block: key of a name -> block -> sub-heading. Of two that hold for a block the first wins."""
    found: dict[str, dict[str, str]] = {}
    for key, headings in subs.items():
        for heading, locators in headings.items():
            for locator in locators:
                for block in text.blocks(locator):
                    found.setdefault(key, {}).setdefault(block, heading)
    return found


def crowded(entry: IndexEntry, count: int, units: Sequence[Facts], place: Place) -> Problem:
    """An entry with `count` plain locators, and sub-headings by chapter to begin with."""
    ids = {place_.id for place_ in entry.places}
    chapters = [(unit.title, unit.id) for unit in units if any(target.id in ids for target in unit.targets)]
    drafted = ", ".join(f"{title or name}: [{name}]" for title, name in chapters[:6])
    text = f"“{entry.heading}” has {count} plain numbers in the index"
    key = entry.id.removeprefix("index-")
    hint = f"divide it, in decisions.yaml: subs: {{{key}: {{{drafted}}}}}"
    if entry.kind == "subject":
        hint = f'divide it where it is marked: {{.index entry="{entry.heading} > …"}}'
    return Problem("index-crowded", place, text, hint)
