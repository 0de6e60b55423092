"""The units of a booklet put together: its title, its texts with the pages of the full edition, what they need, paper
for notes.

Knows units as XHTML (docs/architecture.md, "A unit as XHTML") and the map of pages; knows no layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from ..book import PageMap
from ..wording import Wording
from ..xml import XHTML
from . import excerpt

Made = dict[str, Any]
REGISTERS = ("who-is-who", "chronology", "glossary", "bibliography", "index")
TEST = "@booklet-test"
ALWAYS = ("copyright",)  # in front; credits, if there are any, at the end


def told_apart(units: Sequence[Mapping[str, Any]]) -> list[Made]:
    """Passages of one unit get keys of their own: "text/a.md#0", "text/a.md#0+2"."""
    found: list[Made] = []
    for unit in units:
        before = sum(1 for other in found if other["of"] == unit["unit"])
        found.append({**unit, "of": unit["unit"], "unit": unit["unit"] + (f"+{before + 1}" if before else "")})
    return found


def with_pages(unit: Mapping[str, Any], pages: PageMap) -> Made:
    """A passage that bears the page numbers of the full edition in its margin: of the page on which it begins, and of
    each that begins in it."""
    opening = next((name for name in unit["ids"] if name != unit["id"] and pages.label(name)), "")
    begins = [start for start in pages.starts if start.unit == unit["of"] and start.block in unit["ids"]]
    marks = [[start.label, start.block, start.word] for start in begins]
    if opening and not any(start.block == opening and start.word == 0 for start in begins):
        marks.insert(0, [pages.label(opening), opening, 0])
    return {**unit, "marks": marks}


def together(
    how: Mapping[str, Any],
    imprint: Mapping[str, Any],
    wording: Wording,
    texts: Sequence[Made],
    made: Mapping[str, Made],
) -> list[Made]:
    """The units of a booklet in order. `how` is its entry in edition.yaml, `made` the generated sections of the edition
    by name."""
    title = str(how["title"] or imprint["title"])
    front = [
        _title(title, how, imprint, wording),
        *({**made[name], "said": wording.margin_pages} for name in ALWAYS if name in made),
    ]
    ends = _registers(texts, made, wording) if how["registers"] else []
    back: list[Made] = [*ends, *(made[name] for name in ("credits",) if name in made)]
    if how["notes_pages"]:
        back.append(_ruled(how["notes_pages"], wording, imprint))
    if how["cover"]:
        back.append(_back_cover(imprint))
    return [*front, *texts, *back]


def _registers(texts: Sequence[Made], made: Mapping[str, Made], wording: Wording) -> list[Made]:
    kept = list(_needed(texts, made, wording))
    known = excerpt.ids(kept)
    found = [excerpt.without_leads(unit, known) for unit in kept]
    return [*found[:1], *({**unit, "opens": "next"} for unit in found[1:])]


def _needed(texts: Sequence[Made], made: Mapping[str, Made], wording: Wording) -> Iterator[Made]:
    inside = excerpt.ids(texts)
    wanted = {name for unit in texts for name in excerpt.linked(unit)}
    for name, unit in made.items():
        if name.startswith("index"):
            wanted |= excerpt.people_inside(unit, inside)
    for name in (name for name in made if name.startswith(REGISTERS)):
        kept = excerpt.needed(made[name], inside, wanted)
        if kept is not None:
            yield _renumbered(kept, wording)


def _renumbered(unit: Made, wording: Wording) -> Made:
    """A register that says whose page numbers it has: the booklet's own."""
    body, words = str(unit["body"]), wording.indexing
    for said in (words.pages, words.paragraphs):
        body = body.replace(escape(said, quote=False), escape(words.booklet, quote=False))
    return {**unit, "body": body}


# --- pages of its own


def _title(title: str, how: Mapping[str, Any], imprint: Mapping[str, Any], wording: Wording) -> Made:
    lines = [("title", title)]
    if title != imprint["title"]:
        lines.append(("subtitle", wording.excerpt_from.format(imprint["title"])))
    lines += [("creator", f"{wording.role(one['role'])} {one['name']}".strip()) for one in imprint["creators"]]
    if how["answers"]:
        lines.append(("leader", wording.with_answers))
    return _unit("booklet-title", "title cover" if how["cover"] else "title", "front", "recto", _lines(lines), imprint)


def _back_cover(imprint: Mapping[str, Any]) -> Made:
    lines = [("title", imprint["title"]), ("description", imprint.get("description") or "")]
    lines.append(("licence", imprint.get("copyright") or ""))
    body = _lines([line for line in lines if line[1]])
    return _unit("booklet-back", "back-cover", "back", "verso", body, imprint)


def _ruled(count: int, wording: Wording, imprint: Mapping[str, Any]) -> Made:
    head = f"<h1>{escape(wording.notes)}</h1>"
    body = head + '<div class="ruled"></div>' * count
    return _unit("booklet-notes", "notes-pages", "back", "next", body, imprint)


def test_sheet(imprint: Mapping[str, Any], wording: Wording) -> Made:
    """Four pages of a sheet: which page each is, where its head is, and what to look at."""
    said = [wording.test_sheet, *(f"<p>{escape(text)}</p>" for text in wording.test_sheet_steps.splitlines())]
    told = ["".join([f"<h2>{escape(said[0])}</h2>", *said[1:]]), "", "", ""]
    pages = (
        f'<div class="tested"><p class="arrow">↑</p><p class="folio">{n}</p>{text}</div>'
        for n, text in enumerate(told, 1)
    )
    return _unit(TEST.removeprefix("@"), "test-sheet", "body", "recto", "".join(pages), imprint)


def _lines(lines: Sequence[tuple[str, str]]) -> str:
    return "".join(f'<p class="{kind}">{escape(text)}</p>' for kind, text in lines)


def _unit(name: str, kind: str, zone: str, opens: str, body: str, imprint: Mapping[str, Any]) -> Made:
    language = imprint["language"]
    section = f'<section xmlns="{XHTML}" class="{kind}" id="{name}" data-made="">{body}</section>'
    face = {"unit": f"@{name}", "id": name, "kind": kind, "zone": zone, "opens": opens, "title": "", "short": ""}
    said = {"number": "", "language": language, "languages": [language], "heads": [], "notes": [], "images": {}}
    return {**face, **said, "body": section, "pages": [], "ids": [name], "words": 20}


# --- style


def coloured(ground: str, paper: str) -> str:
    """A style sheet for covers in these colours."""
    return f"section.cover, section.back-cover {{ background: {ground}; color: {paper}; }}"


def set_in(size: float, line: float) -> str:
    """A style sheet for type of `size` points on lines of `line`; "" for 0, that of the page format."""
    return f"html {{ font-size: {size:g}pt; line-height: {line:g}pt; }}" if size else ""
