"""What the rest of an EPUB must know of a unit: its ids, its links, its heads; read off its JSON, without a tree.

Knows the form of a unit and that its XHTML was written by a serializer: attributes in double quotes, "<" and ">" of
texts and values escaped. Knows no other unit.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .documents import safe_id

Profile = Mapping[str, Any]

_TAG = re.compile(r"<[a-z][^\s<>/]*\s([^<>]*)>")
_ATTRIBUTE = re.compile(r'([^\s="]+)="([^"]*)"')
_KEPT = ("unit", "kind", "zone", "title", "short", "number", "language")


def profile(unit: Mapping[str, Any]) -> dict[str, Any]:
    """A unit but for its text, as JSON: `heads` (id, level, text); `body` and `notes`, what stands in each; `note_ids`
    and `refs`, the ids of notes and of all references to them. Ids are EPUB ids, but those of `pages`."""
    notes = unit["notes"]
    return {
        **{name: unit[name] for name in _KEPT},
        "name": unit["id"],
        "heads": [(safe_id(head["id"]), int(head["level"]), head["text"]) for head in unit["heads"]],
        "body": _seen(unit["body"]),
        "notes": _seen("".join(note["body"] for note in notes)),
        "note_ids": [safe_id(note["id"]) for note in notes],
        "refs": [safe_id(ref) for note in notes for ref in note["refs"]],
    }


def _seen(markup: str) -> dict[str, Any]:
    """The ids in a piece of XHTML, in order; ids it links to; `pages`, the place of each whose page it prints."""
    ids: list[str] = []
    links: dict[str, None] = {}
    pages: dict[str, str] = {}
    for told in _attributes(markup):
        if "id" in told:
            ids.append(safe_id(told["id"]))
        if told.get("href", "").startswith("#"):
            links[safe_id(told["href"][1:])] = None
        for name in ("data-page", "data-to"):
            if told.get(name):
                pages[told[name]] = told.get("data-locator" if name == "data-page" else "data-to-locator", "")
    return {"ids": ids, "links": list(links), "pages": pages, "lists": 'class="locators"' in markup}


def _attributes(markup: str) -> Iterator[dict[str, str]]:
    """The attributes of every element that has some."""
    for tag in _TAG.finditer(markup):
        yield {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(tag[1])}


def only_notes(unit: Mapping[str, Any]) -> dict[str, Any]:
    """A unit's JSON without its text: all that a file of notes is made of."""
    return {**{name: unit[name] for name in (*_KEPT, "id", "notes")}, "heads": [], "body": "<section/>"}
