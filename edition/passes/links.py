"""Cross-references: every <ref> and <ptr> of the edition's own must point to something, and is told what it is called.

Knows one unit and the targets it names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import PurePosixPath
from typing import Any

from ..normal.vocabulary import place
from ..problems import Place, Problem, did_you_mean
from ..wording import Wording
from ..xml import Element, all_named, drop_keeping_tail, tei

Look = Callable[[str], "dict[str, Any] | None"]


def inner_targets(unit: Element) -> list[tuple[Element, str]]:
    """The references of a unit that stay within the edition: element and id."""
    return [(link, link.get("target", "")[1:]) for link in all_named(unit, "ref", "ptr") if _is_inner(link)]


def pointed(unit: Element) -> list[str]:
    """The ids that references of a unit name, whatever they are of, each once."""
    links = (link.get("target", "") for link in all_named(unit, "ref", "ptr"))
    return sorted({target[1:] for target in links if target.startswith("#")})


def _is_inner(link: Element) -> bool:
    """Whether a reference is to something of the text; what registers hold is checked where they are known, and a
    second reference to a note where notes are numbered."""
    target = link.get("target", "")
    return target.startswith("#") and not target.startswith(("#bib-", "#term-")) and link.get("type") != "note"


def dangling(unit: Element, file: str, key: str, look: Look, known: Callable[[], Sequence[str]]) -> list[Problem]:
    """References to nothing. `known` gives all ids there are, asked only to make a hint.

    In Markdown, which is written for the edition, each is an error. Other sources were there before it: a warning for
    each target, at the first reference to it; `resolve` leaves their words only.
    """
    lost: dict[str, list[Element]] = {}
    for link, name in inner_targets(unit):
        if not _is_found(link, name, look):
            lost.setdefault(name, []).append(link)
    if is_own(file):
        return [_nothing(name, place(link, unit, file, key), known()) for name in lost for link in lost[name]]
    return [_lost(name, place(found[0], unit, file, key), len(found)) for name, found in lost.items()]


def is_own(file: str) -> bool:
    """Whether a file is written for the edition, so that what it refers to must be there."""
    return file.endswith((".md", ".markdown"))


def _is_found(link: Element, name: str, look: Look) -> bool:
    """Whether a reference points to something; one from a web page, whose @n is a file's name, to something in it."""
    target, stem = look(name), link.get("n", "")
    return target is not None and (not stem or stem == PurePosixPath(target["unit"].rpartition("#")[0]).stem)


def resolve(unit: Element, look: Look) -> None:
    """Point references that use a former id of a block to the id it has now; those to nothing become text."""
    for link, name in inner_targets(unit):
        if not _is_found(link, name, look):
            _unlink(link)
            continue
        link.attrib.pop("n", None)
        now = (look(name) or {}).get("is")
        if now:
            link.set("target", f"#{now}")


def _unlink(link: Element) -> None:
    if len(link) or link.text:
        link.tag = tei("seg").tag
        for name in ("target", "n"):
            link.attrib.pop(name, None)
    else:
        drop_keeping_tail(link)


def _nothing(name: str, where: Place, known: Sequence[str]) -> Problem:
    hint = did_you_mean(name, known, "give the head or paragraph meant an id: {#…}")
    return Problem("link-nothing", where, f"nothing has the id “{name}”", hint)


def _lost(name: str, where: Place, times: int) -> Problem:
    often = f" ({times} times)" if times > 1 else ""
    text = f"a reference to “{name}” leads nowhere: nothing in the edition has that id{often}"
    return Problem("link-lost", where, text, "its words are kept as text; mend the reference in the source")


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
