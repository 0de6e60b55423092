"""The order of an edition: `contents` as a flat list, the units in it, and what each target is called.

Knows the JSON of edition.yaml and facts of units; knows no tree but a unit's heads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ..book import Facts, UnitPlan
from ..problems import Place, Problem, did_you_mean
from ..wording import Wording
from ..xml import Element
from . import numbering
from .generated import SECTIONS

if TYPE_CHECKING:
    from ..config import Decisions, Edition, Entry, Loaded

TOLD = ("title", "by", "translator", "date", "source", "url", "accessed", "rights")
ZONES = ("front", "body", "back")


def entries(contents: Mapping[str, Any], notes: str = "foot") -> dict[str, Any]:
    """The table "plan" of recipe.py: entries in order, source files, what edition.yaml tells of each.

    A part is an entry of its own, before its texts, which bear its id ("part-1") as `of`. Where notes stand at the end
    of the book, their section comes before the first generated one of the back matter.
    """
    flat: list[dict[str, Any]] = []
    for zone in ZONES:
        for entry in contents.get(zone) or ():
            part = f"part-{sum(1 for e in flat if e['part']) + 1}" if entry["part"] else ""
            flat.append({**entry, "zone": zone, "of": part})
            flat += ({**inner, "zone": zone, "of": part} for inner in entry["contents"])
    if notes == "book":
        at = next((k for k, e in enumerate(flat) if e["zone"] == "back" and e["section"]), len(flat))
        flat.insert(
            at, {**dict.fromkeys(("file", "part", "of", "short", *TOLD), ""), "section": "notes", "zone": "back"}
        )
    files = [entry["file"] for entry in flat if entry["file"]]
    told = {f"told:{entry['file']}": {name: entry[name] for name in TOLD} for entry in flat if entry["file"]}
    return {"entries": flat, "files": files, **told}


def named_files(loaded: Loaded[Edition]) -> Iterator[tuple[str, Place]]:
    """Every file that edition.yaml names, with the place where it does."""
    edition = loaded.value
    assert edition is not None
    yield from ((entry.file, place) for place, entry in named_entries(loaded) if entry.file)
    for name in edition.named:
        paths = getattr(edition, name)
        for n, path in enumerate((paths,) if isinstance(paths, str) else paths):
            yield path, loaded.where(name, n)


def named_entries(loaded: Loaded[Edition]) -> Iterator[tuple[Place, Entry]]:
    """Every entry of `contents`, those of parts too, with the place of its file."""
    assert loaded.value is not None
    for zone in ZONES:
        for n, entry in enumerate(getattr(loaded.value.contents, zone)):
            yield loaded.where("contents", zone, n, "file"), entry
            for k, inner in enumerate(entry.contents):
                yield loaded.where("contents", zone, n, "contents", k, "file"), inner


def unit_plans(flat: Sequence[Mapping[str, Any]], keys: Callable[[str], Sequence[str]]) -> list[UnitPlan]:
    """The units of the edition in order. `keys` gives the units of a file."""
    found = []
    for entry in flat:
        zone, part, name = entry["zone"], entry["of"], entry["section"]
        if entry["part"]:
            found.append(UnitPlan(f"@{part}", zone, "part", "recto", part, entry["part"], entry["short"]))
        elif name:
            found.append(UnitPlan(f"@{name}", zone, name, SECTIONS[name].opens, part))
        else:
            kind, units = "chapter" if zone == "body" else "section", keys(entry["file"])
            told = (entry["title"], entry["short"]) if len(units) == 1 else ("", "")
            found += [UnitPlan(key, zone, kind, "recto", part, *told) for key in units]
    return found


def target_table(
    plans: Sequence[UnitPlan], facts: Mapping[str, Facts], numbers: Mapping[str, Any], wording: Wording
) -> dict[str, Any]:
    """Id -> what a reference to it needs: unit, kind, text, number, chapter, unit_title, whole, paragraph, locator.

    A former id of a block has its cell too, which says what it `is` now.
    """
    table: dict[str, Any] = {}
    for plan in plans:
        if plan.generated:
            heading = plan.title or wording.section(plan.generated)
            table[plan.generated] = _cell(plan.key, "div", heading, heading, "", whole=True)
            continue
        unit, chapter = facts[plan.key], numbers[plan.key]["number"]
        title = plan.title or unit.title
        order = numbers[plan.key]["notes"]
        for target in unit.targets:
            cell = _cell(plan.key, target.kind, target.text, title, chapter, whole=target.id == unit.id)
            number = order.get(target.id, "") or order.get(target.note, "")
            table[target.id] = {
                **cell,
                "number": number,
                "paragraph": target.paragraph,
                "locator": f"{chapter or title}.{target.paragraph or 1}",
            }
        table |= {name: {**table[now], "is": now} for name, now in unit.aliases.items() if now in table}
    return table


def _cell(unit: str, kind: str, text: str, title: str, chapter: str, *, whole: bool) -> dict[str, Any]:
    return {
        "unit": unit, "kind": kind, "text": text, "unit_title": title, "chapter": chapter, "whole": whole,
        "number": "", "paragraph": 0, "locator": chapter or title,
    }  # fmt: skip


def face(unit: UnitPlan, tree: Element, number: str, language: str, wording: Wording) -> dict[str, Any]:
    """What the JSON of a unit says besides its text."""
    found = numbering.heads(tree)
    own = found[0].text if found and found[0].level == 1 else wording.section(unit.generated) if unit.generated else ""
    title = unit.title or own
    return {
        "unit": unit.key,
        "kind": unit.kind,
        "zone": unit.zone,
        "opens": unit.opens,
        "title": title,
        "short": unit.short or numbering.short_form(tree) or title,
        "number": number,
        "language": language,
        "languages": list(numbering.languages(tree, language)),
        "heads": [{"id": head.id, "level": head.level, "text": head.text} for head in found],
    }


def decision_problems(
    decisions: Decisions,
    known: Mapping[str, Mapping[str, Any]],
    where: Callable[..., Place],
    where_key: Callable[..., Place],
) -> list[Problem]:
    """Decisions about people, events or blocks that there are not. `known`: "names", "events", "targets" by id."""
    found: list[Problem] = []

    def check(name: str, kind: str, place: Place) -> None:
        if name != "none" and name not in known[kind]:
            told = {"names": ("person-unknown", "nothing in the registers"), "events": ("event-unknown", "no event")}
            code, subject = told[kind]
            hint = did_you_mean(name, known[kind], "or write none")
            found.append(Problem(code, place, f"{subject} has the id “{name}”", hint))

    for form, name in decisions.forms.items():
        check(name, "names", where("forms", form))
    for field, kind in (("here", "names"), ("dates", "events")):
        for block, choices in getattr(decisions, field).items():
            if block not in known["targets"]:
                text = f"nothing in the text has the id “{block}”"
                hint = did_you_mean(block, known["targets"], "ids stand in edition.lock and in the TEI output")
                found.append(Problem("block-unknown", where_key(field, block), text, hint))
            for form, name in choices.items():
                check(name, kind, where(field, block, form))
    return found


def settling(unit: Mapping[str, Any], numbering: str) -> dict[str, Any]:
    """What the rounds of layout know of a unit's JSON (writers/settle.py, Unit). Where notes are numbered by the page,
    a second call of one may have to say its page."""
    again = (note["id"] for note in unit["notes"] if numbering == "page" and len(note["refs"]) > 1)
    return {
        "key": unit["unit"],
        "zone": unit["zone"],
        "opens": unit["opens"],
        "words": unit["words"],
        "targets": tuple(unit["pages"]),
        "again": tuple(again),
        "ids": tuple(unit["ids"]),
        "exact": unit["kind"] in SECTIONS and SECTIONS[unit["kind"]].of_pages,
    }


def moment(epoch: str, imprint: Mapping[str, Any]) -> str:
    """The moment an output bears (ISO 8601, UTC), never the clock's: of a release its day; of a draft
    SOURCE_DATE_EPOCH, else the day of the last release, else the publisher's year."""
    standing = imprint.get("standing") or {}
    if standing.get("date") and (standing["released"] or not epoch.isdigit()):
        return f"{standing['date']}T00:00:00Z"
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    year = str((imprint.get("publisher") or {}).get("year") or 1980)
    return f"{year:0>4}-01-01T00:00:00Z"
