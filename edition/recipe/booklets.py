"""Rules of booklets: what each holds, its pages, and its sheets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from .. import book
from .. import config as conf
from ..book import PageFacts, dump
from ..engine import Trace, Work
from ..passes import booklets, plan
from ..problems import Place, Problem
from ..wording import wording
from ..writers import bound, excerpt
from .pictures import bytes_of
from .printed import style_for
from .view import LAYOUT, YAML, file_of, imprint_of, modified, plans_of, text_units


def booklets_checked(t: Trace) -> bytes:
    """Complains of locators that lead nowhere or backwards, and of excerpts nobody has allowed."""
    if not t.look("config", "booklets"):
        return b""
    t.version(*YAML)
    order = _order(t)
    loaded = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
    for n, booklet in enumerate(t.look("config", "booklets")):
        for k, locator in enumerate(booklet["contents"]):
            place = loaded.where("booklets", n, "contents", k)
            fault = booklets.fault(locator, order, place)
            if fault is not None:
                t.say(fault)
                continue
            for file in dict.fromkeys(file_of(passage.unit) for passage in booklets.passages(locator, order)):
                wrong = booklets.without_rights(file, t.look("plan", f"told:{file}"), place)
                t.say(*([wrong] if wrong else []))
    return b""


def _order(t: Trace) -> booklets.Order:
    units = text_units(t)
    ids = {key: json.loads(t.need("xhtml", key))["ids"] for key in units}
    return booklets.Order(units, ids, json.loads(t.need("targets")))


def _booklet(t: Trace, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in t.look("config", "booklets") if one["id"] == name)
    return found


def booklet_units(t: Trace, name: str) -> bytes:
    """Table: "keys" -> the units of a booklet in order; each -> its JSON."""
    how, order, imprint = _booklet(t, name), _order(t), imprint_of(t)
    words_ = wording(imprint["language"])
    pages = book.page_map_from(t.need("reference"))
    found = [passage for locator in how["contents"] for passage in booklets.passages(locator, order)]
    told = ("answers" if how["answers"] else "", "questions" if how["questions"] else "")
    texts = [_cut(json.loads(t.need("excerpted", passage.unit, *told)), passage) for passage in found]
    texts = [bound.with_pages(unit, pages) for unit in bound.told_apart(texts)]
    made = {plan.generated: json.loads(t.need("xhtml", plan.key)) for plan in plans_of(t) if plan.generated}
    units = bound.together(how, imprint, words_, texts, made)
    inside = excerpt.ids(units)
    by_page = t.look("config", "notes")["numbering"] == "page"
    numbers = json.loads(t.need("pages"))["notes"] if by_page else {}
    whole = [excerpt.outward(unit, inside, pages.label, words_.of_whole, numbers) for unit in units]
    rows = {unit["unit"]: unit for unit in [*whole, bound.test_sheet(imprint, words_)]}
    return dump({**rows, "keys": [unit["unit"] for unit in whole]})


def _cut(unit: dict[str, Any], passage: booklets.Passage) -> dict[str, Any]:
    return excerpt.cut(unit, passage.first, passage.last) if passage.first or passage.last else unit


def booklet_layout(t: Trace, name: str, key: str, request: str, size: str, line: str) -> Work:
    """The pages of a unit of a booklet, in type of this size and with lines so far apart, in points."""
    from ..writers.pages import lay_out

    t.version(*LAYOUT)
    unit = t.look(("booklet_units", name), key)
    pictures = tuple(bytes_of(t, unit["images"]).items())
    return Work(lay_out, dump(unit), request, t.need("booklet_style", name, size, line), pictures)


def booklet_painted(t: Trace, name: str, key: str, request: str, size: str, line: str) -> Work:
    """The pages of a unit of a booklet, painted for the screen: made in the pool."""
    from ..writers.painted import paint

    t.version(*LAYOUT)
    laid = t.need("booklet_layout", name, key, request, size, line)
    return Work(paint, laid, request, t.need("booklet_style", name, size, line), "screen")


def booklet_style(t: Trace, name: str, size: str, line: str) -> bytes:
    """All that style tells a layout of a booklet in type of this size and with lines so far apart."""
    from ..writers.cover import colours

    how = _booklet(t, name)
    raw = json.loads(style_for(t, how["page"] or t.look("config", "pdf")["page"]))
    own = (t.read("house:booklet.css") or b"").decode()
    running, dressed = how["title"] or raw["running"], bound.coloured(*colours(imprint_of(t)))
    css = "\n".join([raw["css"], own, dressed, bound.set_in(float(size), float(line))])
    return dump({**raw, "running": running, "css": css})


def booklet_pages(t: Trace, name: str) -> bytes:
    """{setting, requests, map}: the roomiest setting whose pages are not too many, and its pages."""
    how = _booklet(t, name)
    fit = how["fit"]
    if not fit:
        return dump(_pages(t, name, booklets.Setting()))
    tried = booklets.settings(fit["size"], fit["leading"])
    low, high, best = 0, len(tried) - 1, None
    while low <= high:
        middle = (low + high) // 2
        made = _pages(t, name, tried[middle])
        if _leaves(made) <= fit["pages"]:
            best, high = made, middle - 1
        else:
            low = middle + 1
    t.say(_fitted(t, name, best or made, fit["pages"]))
    return dump(best or made)


def _leaves(made: dict[str, Any]) -> int:
    count = len(made["map"].labels)
    return count + -count % 4


def _fitted(t: Trace, name: str, made: dict[str, Any], most: int) -> Problem:
    t.version(*YAML)
    loaded = conf.load_edition(t.read("edition.yaml") or b"", "edition.yaml")
    number = next(n for n, one in enumerate(t.look("config", "booklets")) if one["id"] == name)
    place: Place = loaded.where("booklets", number, "fit", "pages")
    size, line = made["setting"]
    told = f"{_leaves(made)} pages in type of {size:g} points on lines of {line:g}"
    if _leaves(made) <= most:
        return Problem("booklet-fitted", place, f"the booklet {name} has {told}")
    return Problem("booklet-too-long", place, f"the booklet {name} cannot be had in {most} pages: it has {told}")


def _pages(t: Trace, name: str, setting: booklets.Setting) -> dict[str, Any]:
    return _settled(t, name, t.look(("booklet_units", name), "keys"), setting)


def _settled(t: Trace, name: str, keys: Sequence[str], setting: booklets.Setting) -> dict[str, Any]:
    from ..writers.pages import facts_of
    from ..writers.settle import Unit, settle

    units = [t.look(("booklet_units", name), key) for key in keys]
    how = tuple(f"{value:g}" for value in setting)

    def laid_out(wanted: Sequence[tuple[str, str]]) -> list[PageFacts]:
        asked = [(name, key, request, *how) for key, request in wanted]
        return [facts_of(blob) for blob in t.need_all("booklet_layout", asked)]

    numbering = t.look("config", "notes")["numbering"]
    settled = settle([Unit(**plan.settling(unit, numbering)) for unit in units], laid_out)
    t.say(*settled.problems)
    return {"setting": setting, "requests": settled.requests, "map": settled.page_map}


def booklet(t: Trace, name: str) -> bytes:
    """The PDF of a booklet: its sheets, or its pages where it is not put on any."""
    t.version(*LAYOUT, "zlib")
    how = _booklet(t, name)
    return _on_sheets(t, name, json.loads(t.need("booklet_pages", name)), how["cover"])


def booklet_test(t: Trace, name: str) -> bytes:
    """One sheet that goes the way of the booklet, to see whether the printer turns paper over as it is told to."""
    t.version(*LAYOUT, "zlib")
    return _on_sheets(t, name, _settled(t, name, [bound.TEST], booklets.Setting()), False)


def _on_sheets(t: Trace, name: str, made: dict[str, Any], has_back_cover: bool) -> bytes:
    from ..writers.imposition import Folding
    from ..writers.pdf import screen
    from ..writers.sheets import imposed

    how, imprint = _booklet(t, name), imprint_of(t)
    shape = tuple(f"{value:g}" for value in made["setting"])
    pages = t.need_all("booklet_painted", [(name, *asked, *shape) for asked in made["requests"]])
    told = {**imprint, "title": how["title"] or imprint["title"], "pdf": {**imprint["pdf"], "archive": "none"}}
    map_ = book.page_map_from(dump(made["map"]))
    data = screen(pages, map_, told, t.need("booklet_style", name, *shape), modified(t))
    if how["sheet"] == "none":
        return data
    folding = Folding(how["signature"], how["flip"], how["paper"], how["passes"])
    return imposed(data, how["sheet"], folding, has_back_cover)
