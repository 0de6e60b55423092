"""A small book as writers get it: the JSON of its units, its imprint, the pages of its print edition."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from edition.book import PageMap, PageStart
from edition.writers.epub import Cover, binding, in_cascade
from edition.writers.members import bound, load, member
from edition.writers.ordering import Planned, planned
from edition.writers.profiles import only_notes, profile
from edition.writers.zipped import deflated

MODIFIED = "2026-01-01T00:00:00Z"
STYLES = Path(__file__).parent.parent / "styles"

IMPRINT: dict[str, Any] = {
    "id": "two-letters",
    "title": "Two Letters & a Reply",
    "subtitle": "With notes",
    "language": "en-GB",
    "creators": [
        {"name": "Jean Auteur", "role": "aut", "sort": "Auteur, Jean"},
        {"name": "Ada Editor", "role": "edt", "sort": None},
    ],
    "publisher": {
        "name": "Example Press",
        "place": "Leeds",
        "year": "2026",
        "edition": None,
        "series": "Letters of the Century",
        "isbn": {"print": "978-3-16-148410-0", "pdf": None, "epub": None},
    },
    "copyright": "© 2026 Ada Editor",
    "licence": "CC-BY-SA-4.0",
    "description": "Letters of 1848, with what is known of their writers.",
    "subjects": {"keywords": ["Letters", "Lyon"], "thema": ["DND"], "bisac": []},
    "index": {"order": "letter", "ranges": "short"},
}


def _page(target: str, locator: str, note: str = "") -> str:
    noted = f' data-note="{note}"' if note else ""
    return f'<a class="page" href="#{target}" data-page="{target}" data-locator="{locator}"{noted}/>'


def _locators(*pages: str) -> str:
    return f'<span class="locators" data-made="">{"".join(pages)}</span>'


def _in_print(target: str, locator: str) -> str:
    return f'<span class="in-print" data-made="">, p. {_page(target, locator)}</span>'


def _noteref(note: str, number: str, nth: str = "") -> str:
    return f'<a class="noteref" href="#{note}" id="{note}-ref{nth}" data-made="">{number}</a>'


def _unit(key: str, name: str, kind: str, zone: str, title: str, body: str, **more: Any) -> dict[str, Any]:
    heads = [{"id": name, "level": 1, "text": title, "short": ""}] if title else []
    return {
        "unit": key,
        "id": name,
        "kind": kind,
        "zone": zone,
        "title": title,
        "short": "",
        "number": "",
        "language": "en-GB",
        "languages": ["en-GB"],
        "heads": heads,
        "body": body,
        "notes": [],
        **more,
    }


def _note(name: str, number: str, body: str, refs: int = 1) -> dict[str, Any]:
    nth = ["", *(f"-{count}" for count in range(2, refs + 1))]
    return {"id": name, "number": number, "series": "", "refs": [f"{name}-ref{n}" for n in nth], "body": body}


_TITLE = """<section class="title" id="title" lang="en-GB" data-made=""><p class="title">Two Letters &amp; a Reply</p>
<p class="subtitle">With notes</p><p class="creator">Jean Auteur</p><p class="creator">Edited by Ada Editor</p>
<p class="publisher">Leeds · Example Press · 2026</p></section>"""

_COPYRIGHT = """<section class="copyright" id="copyright" lang="en-GB" data-made=""><p class="title">Two Letters &amp;
a Reply</p><p class="copyright">© 2026 Ada Editor</p><p class="licence">Licence: CC-BY-SA-4.0</p></section>"""

_CONTENTS = f"""<section class="contents" id="contents" lang="en-GB" data-made=""><h1>Contents</h1><ul class="contents">
<li class="body"><span class="number">1</span><a href="#ch.1">To a friend in Paris</a>{_page("ch.1", "1.1")}</li>
</ul></section>"""

_PREFACE = f"""<section class="chapter" id="preface"><h1 id="h-pre">Preface</h1>
<p id="p-pre1">These letters<span data-made=""> (two)</span> were found at Lyon; the
<a class="xref" href="#ch.1">first</a>{_in_print("ch.1", "1.1")} is complete.{_noteref("n-pre", "1")}</p></section>"""

_FIRST = f"""<section class="chapter" id="ch.1">
<h1 id="h-1"><span class="number" data-made="">1</span> To a friend in Paris</h1>
<p id="p-1">My dear friend, I write from Lyon, where the weather holds.{_noteref("n-weather", "1")} They say
<span class="foreign" lang="fr">il fait un temps superbe</span>, and for once they are right.
Mme Moreau{_noteref("n-moreau", "2")} was on the quay; she is <em>“quite</em> well”, co\u00adoperative as ever, and
sends you her love. She asked after you and after the second volume, which nobody has read, though everybody speaks of
it, as I shall tell you <a class="xref" href="#P_two" data-made="">below</a>{_in_print("P_two", "1.3")}.</p>
<blockquote id="q-1"><p id="p-q1"><span class="foreign" lang="la">Habent sua fata libelli.</span></p>
<p id="p-q2">Books have their fates, as the grammarian says; the fate of this one was to be spoken of.</p></blockquote>
<section class="division" id="d-two"><h2 id="h-two">The second volume</h2>
<p id="P_two">Nobody has it. The bookseller said so on Tuesday,{_noteref("n-moreau", "2", "-2")} and on Friday:</p>
<ul id="l-1"><li id="i-1"><p id="p-i1">it was printed;</p></li>
<li id="i-2"><p id="p-i2">it was never sold.</p></li></ul>
<hr class="break"/>
<p id="p_two">What remains is a line of the preface<br/>which I copy for you. It goes: “All that is written is written
for somebody”, and there it ends, for the rest of the leaf is torn away; the bookseller keeps it in a drawer with the
string and the sealing wax, and shows it to those who ask him for anything else.</p></section></section>"""

_SECOND = f"""<section class="chapter" id="ch-2"><h1 id="h-2"><span class="number" data-made="">2</span> The answer</h1>
<p id="p-21">Sir, your letter reached me on the 2nd of March.{_noteref("n-post", "1")} Mme Moreau is well known here.
Lyon is not.{_noteref("n-de", "*")} What you say of <a class="xref" href="#q-1" data-made="">the fates of
books</a>{_in_print("q-1", "1.2")} I had from her already.</p>
<p id="p-22">Farewell, and let the weather hold.</p></section>"""

_WHO = f"""<section class="who-is-who" id="who-is-who" lang="en-GB" data-made=""><h1>Who is who</h1>
<ul class="who-is-who">
<li id="who-moreau"><span class="name">Moreau, Jeanne</span> 1801–1851; widow. {_locators(_page("p-1", "1.1"))}</li>
<li id="who-auteur"><span class="name">Auteur, Jean</span> writer of the first letter, who tells his friend of the
weather, of the widow and of the second volume, and never learnt what became of any of them.
{_locators(_page("p-1", "1.1"))}</li></ul></section>"""

_CHRONOLOGY = f"""<section class="chronology" id="chronology" lang="en-GB" data-made=""><h1>Chronology</h1>
<dl class="chronology"><dt>March 1848</dt><dd id="event-letters"><span class="label">The two letters</span>. One went
to Paris, one came from there. {_locators(_page("p-21", "2.1"), _page("p-1", "1.1"), _page("p-q1", "1.2"))}</dd>
<dt>1851</dt><dd id="event-death"><span class="label">Death of J. Moreau</span>. {_locators(_page("p-m2", "1.1"))}</dd>
</dl></section>"""

_LYON = (_page("p-pre1", ""), _page("p-1", "1.1"), _page("p-21", "2.1"))
_MOREAU = (*_LYON[1:], _page("P_two", "1.3"), _page("p-m1", "1.1", "2"), _page("p-po", "2.1", "1"))
_INDEX = f"""<section class="index" id="index" lang="en-GB" data-made=""><h1>Index of names</h1>
<p class="headnote">Numbers are pages of the printed edition; n. marks a note.</p>
<section class="letter"><h2>L</h2>
<ul class="index"><li id="index-lyon"><span class="name">Lyon</span> {_locators(*_LYON)}</li></ul></section>
<section class="letter"><h2>M</h2>
<ul class="index"><li id="index-moreau"><span class="name">Moreau, Jeanne</span> {_locators(*_MOREAU)}</li></ul>
</section></section>"""

_UNITS = [
    _unit("@title", "title", "title", "front", "Title page", _TITLE),
    _unit("@copyright", "copyright", "copyright", "front", "Copyright", _COPYRIGHT),
    _unit("@contents", "contents", "contents", "front", "Contents", _CONTENTS),
    _unit(
        "text/preface.md#0", "preface", "chapter", "front", "Preface", _PREFACE,
        notes=[_note("n-pre", "1", '<p id="p-np">In a desk, with the <a class="xref" href="#ch-2">answer</a>.</p>')],
    ),
    _unit(
        "text/01.md#0", "ch.1", "chapter", "body", "To a friend in Paris", _FIRST,
        number="1", languages=["en-GB", "fr", "la"],
        heads=[
            {"id": "ch.1", "level": 1, "text": "To a friend in Paris", "short": ""},
            {"id": "d-two", "level": 2, "text": "The second volume", "short": ""},
        ],
        notes=[
            _note("n-weather", "1", '<p id="p-nw">The winter had been <em>mild</em>.</p>'),
            _note(
                "n-moreau", "2",
                f'<p id="p-m1">Jeanne Moreau, widow; see the <a class="xref" href="#event-death">chronology</a'
                f'>{_in_print("event-death", "")}.</p><p id="p-m2">She died in 1851.</p>', 2,
            ),
        ],
    ),
    _unit(
        "text/02.md#0", "ch-2", "chapter", "body", "The answer", _SECOND, number="2", languages=["en-GB", "de"],
        notes=[
            _note("n-post", "1", '<blockquote id="q-po"><p id="p-po">Lyon, 3 March. Mme Moreau.</p></blockquote>'),
            _note("n-de", "*", '<p id="p-nd" lang="de">Verschollen.</p>'),
        ],
    ),
    _unit("@who-is-who", "who-is-who", "who-is-who", "back", "Who is who", _WHO),
    _unit("@chronology", "chronology", "chronology", "back", "Chronology", _CHRONOLOGY),
    _unit("@index", "index", "index", "back", "Index of names", _INDEX),
]  # fmt: skip

# label, unit, block, word, ids that stand on the page
_PAGES = [
    ("i", "@title", "", 0, "title"),
    ("ii", "@copyright", "", 0, "copyright"),
    ("iii", "@contents", "", 0, "contents"),
    ("iv", "@contents", "", 0, ""),
    ("v", "text/preface.md#0", "h-pre", 0, "preface h-pre p-pre1 n-pre p-np"),
    ("vi", "", "", 0, ""),
    ("1", "text/01.md#0", "h-1", 0, "ch.1 h-1 p-1 n-weather p-nw n-moreau p-m1"),
    ("2", "text/01.md#0", "p-1", 31, "p-m2"),
    ("3", "text/01.md#0", "", 0, ""),
    ("4", "text/01.md#0", "p-q2", 0, "q-1 p-q1 p-q2"),
    ("5", "text/01.md#0", "h-two", 0, "d-two h-two P_two l-1 i-1 p-i1"),
    ("6", "text/01.md#0", "p-i2", 0, "i-2 p-i2 p_two"),
    ("7", "text/01.md#0", "p_two", 8, ""),
    ("8", "", "", 0, ""),
    ("9", "text/02.md#0", "h-2", 0, "ch-2 h-2 p-21 n-post q-po p-po n-de p-nd"),
    ("10", "text/02.md#0", "p-22", 2, "p-22"),
    ("11", "@who-is-who", "who-moreau", 0, "who-is-who who-moreau"),
    ("12", "@who-is-who", "who-auteur", 6, "who-auteur"),
    ("13", "@chronology", "event-letters", 0, "chronology event-letters event-death"),
    ("14", "@index", "index-lyon", 0, "index index-lyon"),
    ("15", "@index", "index-moreau", 0, "index-moreau"),
    ("16", "", "", 0, ""),
]


def units() -> list[dict[str, Any]]:
    return deepcopy(_UNITS)


def pages() -> PageMap:
    ids = {name: ordinal for ordinal, page in enumerate(_PAGES) for name in page[4].split()}
    starts = tuple(PageStart(label, unit, block, word) for label, unit, block, word, _ in _PAGES)
    return PageMap(tuple(page[0] for page in _PAGES), ids, starts)


def styles() -> dict[str, bytes]:
    """The styles of the repository, whose bytes come in an order that is not that of the cascade."""
    return {name: (STYLES / name).read_bytes() for name in ("epub.css", "house.css")}


# --- what was made of it

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "epub": "http://www.idpf.org/2007/ops",
}
TYPE = f"{{{NS['epub']}}}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Opened:
    """An EPUB's files, as bytes and as trees."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.names = self.zip.namelist()
        self.opf = self.tree("content.opf")
        self.nav = self.tree("text/nav.xhtml")

    def tree(self, name: str) -> Any:
        return etree.fromstring(self.zip.read(f"EPUB/{name}"))

    def texts(self) -> dict[str, Any]:
        """Every content document by file name."""
        return {name[10:]: self.tree(name[5:]) for name in self.names if name.startswith("EPUB/text/")}

    def metadata(self, name: str) -> list[str]:
        return [e.text for e in self.opf.xpath(f"//opf:meta[@property='{name}']", namespaces=NS)]

    def spine(self) -> list[str]:
        files = {e.get("id"): e.get("href") for e in self.opf.iterfind(".//opf:item", NS)}
        return [files[e.get("idref")].removeprefix("text/") for e in self.opf.iterfind(".//opf:itemref", NS)]

    def listed(self, kind: str) -> list[tuple[str, str]]:
        links = self.nav.xpath(f"//h:nav[@epub:type='{kind}']//h:a", namespaces=NS)
        return [("".join(link.itertext()), link.get("href")) for link in links]


def made(
    units: list[dict[str, Any]] | None = None,
    pages: PageMap | None = None,
    css: Mapping[str, bytes] | None = None,
    **said: Any,
) -> Opened:
    """An EPUB of the fixture, or of a variant of it."""
    return Opened(epub(units or _UNITS, {**IMPRINT, **said}, pages, css or styles(), MODIFIED))


def one(tree: Any, path: str) -> Any:
    found = tree.xpath(path, namespaces=NS)
    assert len(found) == 1, (path, len(found))
    return found[0]


def text_of(element: Any) -> str:
    return "".join(element.itertext())


def chapter(body: str, **more: Any) -> dict[str, Any]:
    """A unit with this body, in the place of the first chapter."""
    unit = units()[4]
    return {**unit, "body": f'<section class="chapter" id="ch.1">{body}</section>', "notes": [], "heads": [], **more}


def epub(
    units: Sequence[Mapping[str, Any]],
    imprint: Mapping[str, Any],
    pages: PageMap | None,
    css: Mapping[str, bytes],
    modified: str,
    cover: Cover | None = None,
    images: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The bytes of an EPUB, made as a build makes it (recipe/ebook.py), at one go.

    `units`: the JSON of docs/architecture.md, "A unit as XHTML", in the order of the book; the nav document takes the
    place of one of the kind "contents". `imprint`: the JSON of config.Edition. `pages`: the pages of the print edition,
    or None if the EPUB is to have none. `css`: style sheets by file name. `images`: those that units
    show, by the name they have there. `modified`: "2026-01-01T00:00:00Z".
    AssertionError where units, links and pages do not fit together: a bug of ours.
    """
    by_key = {unit["unit"]: unit for unit in units}
    table = planned([profile(unit) for unit in units], imprint, pages, in_cascade(css), images)
    documents = [Planned(**raw) for raw in table["documents"]]
    made = {}
    for document in documents:
        if document.kind != "nav":
            own = [by_key[key] for key in document.units]
            request = table[document.file]
            made[document.file] = member([only_notes(unit) for unit in own] if document.gathers else own, request)
    seen = {file: load(data).seen for file, data in made.items()}
    together = binding(documents, seen, imprint, pages, css, modified, cover, images)
    return bound(together, made, {name: deflated(data) for name, data in images.items()})
