"""A small edition as units of XHTML, made by hand and laid out for print: front matter, two chapters, an index.

Every target of a reference begins with a word of its own ("Targetalpha"), and every reference repeats it
("Lookalpha 12"), so that a test can read in the PDF whether 12 is where Targetalpha stands.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from edition.disk import styles_folder
from edition.writers import locators, pages, pdf
from edition.writers.painted import paint
from edition.writers.settle import Settled, Unit, settle
from edition.xml import XHTML, parse

IMPRINT: dict[str, Any] = {
    "id": "fixture",
    "pdf": {"archive": "none"},
    "press": {"bleed": 3, "multiple": 4, "profile": ""},
    "title": "Letters of two cities",
    "subtitle": "A fixture",
    "language": "en-GB",
    "creators": [{"name": "Anna Example"}, {"name": "Boris Sample"}],
    "description": "Nothing is described here.",
    "subjects": {"keywords": ["letters", "cities"]},
}
MODIFIED = "2026-03-04T05:06:07Z"
SHEETS = ("house.css", "print.css", "presets/a5.css")
WORDS = (
    "the letters of earlier years show how answers were carried between cities and copied by hand into extraordinary "
    "books a secretary in it to is opposition independently correspondence revolution with nobody else present"
).split()
TARGETS = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")


def style(extra: str = "") -> bytes:
    return pages.style_of([(styles_folder() / name).read_text() for name in SHEETS] + [extra], IMPRINT["title"])


def unit(
    key: str, kind: str, zone: str, body: str, notes: Sequence[Mapping[str, Any]] = (), **more: str
) -> dict[str, Any]:
    name = more.get("id", key.strip("@"))
    made = ' data-made=""' if key.startswith("@") else ""
    section = f'<section xmlns="{XHTML}" class="{kind}" id="{name}"{made}>{body}</section>'
    face = {"unit": key, "id": name, "kind": kind, "zone": zone, "title": more.get("title", name), "number": ""}
    text = {"short": more.get("short", ""), "language": "en-GB", "languages": ["en-GB"], "body": section}
    return {**face, **text, "notes": list(notes)}


def note(name: str, number: int, *paragraphs: str) -> dict[str, Any]:
    body = "".join(f'<p id="{name}-p{k}">{text}</p>' for k, text in enumerate(paragraphs))
    return {"id": name, "number": str(number), "series": "", "refs": [f"{name}-ref"], "body": body}


def call(name: str, number: int) -> str:
    return f'<a class="noteref" href="#{name}" id="{name}-ref" data-made="">{number}</a>'


def page(target: str, attributes: str = "") -> str:
    return f'<a class="page" href="#{target}" data-page="{target}"{attributes}></a>'


def sentences(random_: random.Random, count: int) -> str:
    said = [random_.choice(WORDS) for _ in range(count)]
    return f"{' '.join(said).capitalize()}."


def chapter(name: str, seed: int, own: Sequence[str], others: Sequence[str], paragraphs: int = 14) -> dict[str, Any]:
    """A chapter of paragraphs of 30 to 110 words: some are targets, some refer, every third has a note."""
    dice, out = random.Random(seed), [f'<h1 id="h-{name}">Chapter {name}</h1>']
    notes: list[dict[str, Any]] = []
    targets, looks = iter(own), iter(others)
    for k in range(paragraphs):
        text = sentences(dice, dice.randint(30, 110))
        target = next(targets, None) if k % 4 == 3 else None
        look = next(looks, None) if k % 5 == 2 else None
        if k % 3 == 1:
            number = len(notes) + 1
            notes.append(
                note(f"n-{name}{number}", number, f"Note{name}{number} {sentences(dice, dice.randint(4, 50))}")
            )
            text += call(f"n-{name}{number}", number) + f" Call{name}{number}."
        if look:
            text += f' See <a href="#{look}">Look{look}</a> <span class="in-print" data-made="">{page(look)}</span>.'
        if k % 6 == 5:
            out.append(f'<h2 id="h-{name}{k}">A head within</h2>')
        out.append(f'<p id="{target or f"p-{name}{k}"}">{f"Target{target} " if target else ""}{text}</p>')
    return unit(
        f"text/{name}.md#0", "chapter", "body", "".join(out), notes, id=name, title=f"Chapter {name}", short=name
    )


def index_of(entries: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, Any]:
    """Name -> (id of a block, number of its note or "")."""
    rows = []
    for name, places in entries.items():
        links = "".join(page(block, f' data-note="{number}"' if number else "") for block, number in places)
        rows.append(f'<li><span class="name">{name}</span> <span class="locators" data-made="">{links}</span></li>')
    return unit(
        "@index",
        "index",
        "back",
        f'<h1>Index</h1><section class="letter"><ul class="index">{"".join(rows)}</ul></section>',
    )


def contents_of(*rows: tuple[str, str]) -> dict[str, Any]:
    items = "".join(f'<li><a href="#{name}">{title}</a>{page(name)}</li>' for name, title in rows)
    return unit("@contents", "contents", "front", f'<h1>Contents</h1><ul class="contents">{items}</ul>')


def edition() -> list[dict[str, Any]]:
    looks = f"See Lookbeta {page('beta')}, Lookdelta {page('delta')}."
    preface = f'<h1>Preface</h1><p id="zeta">Targetzeta Few words. {looks}</p>'
    one = chapter("one", 1, ("alpha", "beta", "gamma"), ("delta", "zeta", "gamma"), 40)
    two = chapter("two", 2, ("delta", "epsilon"), ("alpha", "epsilon", "beta"), 30)
    entries: dict[str, list[tuple[str, str]]] = {
        "Everywhere": [(f"p-one{k}", "") for k in range(40) if k % 4 != 3 or k > 12],
        "Noted": [("n-one1", "1"), ("n-one2", "2"), ("p-one4", ""), ("n-two1", "1")],
        "Once": [("alpha", "")],
        "Scattered": [("zeta", ""), ("alpha", ""), ("delta", ""), ("delta", "")],
    }
    return [
        unit("@title", "title", "front", f'<p class="title">{IMPRINT["title"]}</p>'),
        contents_of(("preface", "Preface"), ("one", "Chapter one"), ("two", "Chapter two"), ("index", "Index")),
        unit("text/preface.md#0", "chapter", "front", preface, id="preface", title="Preface"),
        one,
        two,
        index_of(entries),
    ]


@dataclass(frozen=True, slots=True)
class Printed:
    """An edition laid out: what was settled, blobs by request, and the PDF."""

    settled: Settled
    blobs: dict[tuple[str, str], bytes]
    pdf: bytes


def settling(made: Mapping[str, Any], opens: str) -> Unit:
    roots = [
        parse(f'<div xmlns="{XHTML}">{text}</div>'.encode())
        for text in (made["body"], *(n["body"] for n in made["notes"]))
    ]
    words = sum(len("".join(root.itertext()).split()) for root in roots)
    ids = tuple(element.get("id", "") for element in roots[0].iter() if element.get("id"))
    targets = tuple(target for root in roots for target in locators.targets(root))
    return Unit(made["unit"], made["zone"], opens, words, targets, ids, made["unit"].startswith("@"))


def print_out(units: Sequence[Mapping[str, Any]], sheet: bytes, opens: str = "recto") -> Printed:
    """All rounds, and the PDF."""
    data = {made["unit"]: json.dumps(made).encode() for made in units}
    blobs: dict[tuple[str, str], bytes] = {}

    def lay_out(wanted: Sequence[tuple[str, str]]) -> list[Any]:
        blobs.update({(key, request): pages.lay_out(data[key], request, sheet) for key, request in wanted})
        return [pages.facts_of(blobs[asked]) for asked in wanted]

    settled = settle([settling(made, opens) for made in units], lay_out)
    laid = [paint(blobs[key, request], request, sheet, "screen") for key, request in settled.requests]
    return Printed(settled, blobs, pdf.screen(laid, settled.page_map, IMPRINT, sheet, MODIFIED))


@cache
def printed() -> Printed:
    """The fixture edition, printed once a session."""
    return print_out(edition(), style())


def main(target: str) -> None:
    """Print the fixture edition into a file: for tests in other processes."""
    Path(target).write_bytes(printed().pdf)


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
