"""Cross-references: every <ref> and <ptr> of the edition's own must point to something, and is told what it is called.

Knows one unit and the targets it names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..normal.vocabulary import place
from ..problems import Place, Problem, did_you_mean
from ..wording import Wording
from ..xml import Element, all_named

Look = Callable[[str], "dict[str, Any] | None"]


def inner_targets(unit: Element) -> list[tuple[Element, str]]:
    """The references of a unit that stay within the edition: element and id."""
    found = all_named(unit, "ref", "ptr")
    return [(link, link.get("target", "")[1:]) for link in found if _is_inner(link.get("target", ""))]


def _is_inner(target: str) -> bool:
    """Whether a reference is to something of the text; what registers hold is checked where they are known."""
    return target.startswith("#") and not target.startswith(("#bib-", "#term-"))


def dangling(unit: Element, file: str, key: str, look: Look, known: Callable[[], Sequence[str]]) -> list[Problem]:
    """References to nothing. `known` gives all ids there are, asked only to make a hint."""
    found = []
    for link, name in inner_targets(unit):
        if look(name) is None:
            found.append(_nothing(name, place(link, unit, file, key), known()))
    return found


def resolve(unit: Element, look: Look) -> None:
    """Point references that use a former id of a block to the id it has now."""
    for link, name in inner_targets(unit):
        now = (look(name) or {}).get("is")
        if now:
            link.set("target", f"#{now}")


def _nothing(name: str, where: Place, known: Sequence[str]) -> Problem:
    hint = did_you_mean(name, known, "give the head or paragraph meant an id: {#…}")
    return Problem("link-nothing", where, f"nothing has the id “{name}”", hint)


def label(target: dict[str, Any], own_unit: str, wording: Wording) -> str:
    """The text of a reference that has none of its own: "chapter 4", "note 3", a section's title in quotes."""
    elsewhere = target["unit"] != own_unit
    chapter = wording.chapter.format(target["chapter"]) if target["chapter"] else ""
    whole = chapter or wording.quoted.format(target["unit_title"])
    if target["kind"] == "div":
        return whole if target["whole"] else wording.quoted.format(target["text"])
    if target["kind"] == "note":
        own = wording.note.format(target["number"])
    else:
        own = wording.paragraph.format(target["paragraph"])
    return f"{whole}, {own}" if elsewhere else own
