"""Laying out one unit for print: its XHTML and a request become pages, which leave here as bytes, and what they tell.

Knows WeasyPrint (one exact version) and the form of a unit; knows no other unit, no order and no book. No WeasyPrint
type crosses the seam: a blob is a header in JSON, length first, and pickled pages that only `load` reads.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from msgspec import Struct

from .. import book
from ..disk import styles_folder
from ..images import KINDS
from ..problems import Place, Problem
from ..wording import wording
from . import folios, fonts, line_numbers, page_notes, printed
from .continued import say_again
from .dividing import guard
from .flow import flow_of
from .laid_out import Reading, is_stub, lines_at_end
from .locators import label_of, note_wording
from .tables import keep_short_columns
from .verse import number_lines

fonts.hide_system_fonts()
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import cssselect2  # type: ignore[import-untyped]
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import kept, weasyprint_mends, weasyprint_spaces, weasyprint_speed  # noqa: E402

weasyprint_mends.install()
weasyprint_spaces.install()
weasyprint_speed.install()

BASE = "https://styles.invalid/"  # where style sheets think they are; nothing is ever fetched from there
_WITHIN = re.compile("data:(?:image/(?:png|jpeg|gif|webp)|font/(?:ttf|otf));base64,")


# --- style


def style_of(
    sheets: Sequence[str],
    running_title: str,
    ranges: str = "short",
    notes: Mapping[str, Any] = printed.FOOT,
    divided: Sequence[str] = (),
    verse: int = 0,
    lines: Mapping[str, Any] = line_numbers.NONE,
) -> bytes:
    """All that style tells a layout: the sheets in order, the head of versos, how ranges of pages are shortened, where
    notes stand (printed.section), how words of the editor's list are divided, every how many lines of verse have a
    number, and of any text: `every` so many, counted `anew` by page or chapter (line_numbers.py)."""
    told = {
        "css": "\n".join(sheets),
        "running": running_title,
        "ranges": ranges,
        "notes": dict(notes),
        "divided": [*divided],
        "verse": verse,
        "lines": dict(lines),
    }
    return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()


Pictures = Sequence[tuple[str, bytes]]  # the images of a unit, by their names in it


class _Files(URLFetcher):  # type: ignore[misc]
    """All that a layout may read: the fonts of the house, and the images that its unit names."""

    def __init__(self, pictures: Pictures = ()) -> None:
        super().__init__()
        self._pictures = {BASE + name: data for name, data in pictures}

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url in self._pictures:
            kind = KINDS[url.rpartition(".")[2]]
            return URLFetcherResponse(url, self._pictures[url], {"Content-Type": kind})
        if _WITHIN.match(url):  # an image within an SVG, which was made harmless before, or a font within a sheet
            return super().fetch(url, headers)
        name = unquote(url.removeprefix(BASE))
        path = (styles_folder() / name).resolve()
        if not url.startswith(BASE) or path.parent != (styles_folder() / fonts.FOLDER).resolve():
            raise ValueError(f"not a font of the house: {url}")
        return URLFetcherResponse(url, path.read_bytes())


class Setting(Struct, frozen=True):
    """A style read once for a process: its sheet, its fonts as Pango and as fontTools know them."""

    running: str
    ranges: str
    notes: Mapping[str, Any]
    divided: tuple[str, ...]
    verse: int
    lines: Mapping[str, Any]
    sheet: Any
    fonts: Any
    faces: tuple[fonts.Face, ...]


@lru_cache(maxsize=8)
def setting(style: bytes) -> Setting:
    raw = json.loads(style)
    faces = fonts.faces(raw["css"])
    configuration = FontConfiguration()
    sheet = weasyprint.CSS(string=raw["css"], base_url=BASE, url_fetcher=_Files(), font_config=configuration)
    told = raw["running"], raw["ranges"], raw["notes"], tuple(raw["divided"]), raw["verse"], raw["lines"]
    return Setting(*told, sheet, configuration, faces)


# --- layout


class _Tree(weasyprint.HTML):  # type: ignore[misc]
    """A document that was a tree from the start: no HTML parser, which would tear notes out of their paragraphs."""

    def __init__(self, root: printed.Plain, files: _Files) -> None:
        self.base_url = BASE
        self.url_fetcher = files
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


@kept.uncollected()
def lay_out(unit: bytes, request: str, style: bytes, pictures: Pictures = ()) -> bytes:
    """The pages of a unit (docs/architecture.md, "A unit as XHTML", "Pages"), laid out as `request` asks: a blob.

    `pictures` are the images that the unit names: nothing else is to be had."""
    given, asked, how = json.loads(unit), json.loads(request), setting(style)
    section = printed.section(given, asked, how.ranges, how.notes)
    guard(section, how.divided)
    number_lines(section, how.verse)
    keep_short_columns(section)
    say_again(section, wording(given["language"]).indexing.continued)
    html = printed.document(section, given, how.running)
    has_lines = how.lines["every"] > 0 and not given["unit"].startswith("@")
    sheet = _request_sheet(asked) + (line_numbers.SHEET if has_lines else "")
    lay = partial(_without_stub, html, sheet, how, _Files(pictures))
    pages, marks = _numbered(html, given, asked, how, lay) if how.notes.get("anew") is not None else (lay(), {})
    if has_lines:
        line_numbers.number(pages, how.lines["every"], how.lines["anew"], verse=not how.verse)
    found = Reading(pages, html, flow_of(section), printed.notes_of(given, how.notes["place"]))
    place = Place(given["unit"].rpartition("#")[0] or given["unit"], unit=given["unit"])
    unknown = folios.unknown(pages, first_number(asked["first"]), not asked["first"].isdigit())
    problems = [*found.missing_glyphs(how.faces), *found.lost_words(), *found.too_tall(), *unknown]
    facts = page_notes.told(found.facts(), given["notes"], marks) if marks else found.facts()
    return _dump(facts, [problem.at(place) for problem in problems], pages)


def _numbered(
    html: printed.Plain, unit: Mapping[str, Any], asked: Mapping[str, Any], how: Setting, lay: Callable[[], list[Any]]
) -> tuple[list[Any], dict[str, str]]:
    """Pages on each of which notes are numbered anew, and what marks each note."""
    mark_of_note = note_wording(unit["language"]).one
    calls = page_notes.Calls(html, unit["notes"], how.notes["anew"], asked["labels"], mark_of_note)
    return page_notes.numbered(calls, lay)


def _without_stub(html: printed.Plain, sheet: str, how: Setting, files: _Files) -> list[Any]:
    """The pages of a unit; where its last would hold a line or a few only, all are a line or two shorter.

    A press does the same by hand. Of what was tried, the pages with most lines on the last are taken.
    """
    tried = [_render(html, sheet, how, files)]
    for lines in (1, 2):
        if is_stub(tried[-1]):
            tried.append(_render(html, f"{sheet}{_shorter_by(lines)}", how, files))
    return max(tried, key=lambda pages: (not is_stub(pages), lines_at_end(pages)))


def _shorter_by(lines: int) -> str:
    """Pages that end higher, though the drop folio stands where it always does."""
    folio = f"@bottom-center {{ padding-top: calc({2 + lines} * var(--line)) }}"
    return f" @page {{ margin-bottom: calc(var(--foot) + {lines} * var(--line)) }} @page :first {{ {folio} }}"


@lru_cache(maxsize=8)
def blank(style: bytes) -> bytes:
    """One empty page: a blob."""
    html = ElementTree.Element("html")
    ElementTree.SubElement(html, "body", {"class": "blank"})
    made = _render(html, _request_sheet({"side": "recto", "first": "1"}), setting(style), _Files())
    return _dump(book.PageFacts(1, {}, (("", 0),), (0,)), [], made)


def _render(html: printed.Plain, sheet: str, how: Setting, files: _Files) -> list[Any]:
    weasyprint_speed.forget()
    counters = CounterStyle()
    own = weasyprint.CSS(string=sheet, base_url=BASE, url_fetcher=files, counter_style=counters)
    options = {"font_config": how.fonts, "counter_style": counters, "presentational_hints": True}
    return list(_Tree(html, files).render(stylesheets=[how.sheet, own], **options).pages)


def _request_sheet(asked: Mapping[str, str]) -> str:
    """Side and number of the first page. A mask ("00") becomes the first number of its width (10)."""
    side = "left" if asked["side"] == "verso" else "right"
    first = asked["first"]
    number = first_number(first)
    system = "decimal" if first.isdigit() else "lower-roman"
    return (
        f"@page :first {{ counter-reset: page {number} }} html {{ break-before: {side} }}"
        f"@counter-style folio {{ system: extends {system} }}"
    )


def first_number(label: str) -> int:
    is_mask = label.strip("0") == ""
    return 10 ** (len(label) - 1) if is_mask else label_of(label).page


# --- blobs


def _dump(facts: book.PageFacts, problems: Sequence[Problem], pages: Sequence[Any]) -> bytes:
    header = book.dump({"facts": facts, "problems": [problem.to_json() for problem in problems]})
    return len(header).to_bytes(8, "big") + header + kept.dumped(list(pages))


def _split(blob: bytes) -> tuple[dict[str, Any], bytes]:
    end = 8 + int.from_bytes(blob[:8], "big")
    return json.loads(blob[8:end]), blob[end:]


def facts_of(blob: bytes) -> book.PageFacts:
    """What a laid-out unit tells; nothing is unpickled."""
    return book.page_facts_from(_split(blob)[0]["facts"])


def problems_of(blob: bytes) -> list[Problem]:
    """What is wrong with a unit on paper; nothing is unpickled."""
    return [Problem.from_json(raw) for raw in _split(blob)[0]["problems"]]


def load(blob: bytes, style: bytes) -> list[Any]:
    """The pages of a blob, with the fonts of this process; only for blobs whose digest was checked."""
    pages: list[Any] = kept.loaded(_split(blob)[1], setting(style).fonts)
    return pages
