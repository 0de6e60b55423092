"""PDFs of all pages: painted units put together, blanks between, true page numbers painted into their gaps.

Knows painted pages and the map of pages; knows no box, no XHTML, no round of layout and no rule of the build.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from itertools import accumulate, groupby
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint import Attachment, Document
from weasyprint.pdf import _reference_resources
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream

from ..book import PageMap
from . import kept, pages, tags
from .painted import Page, Unit, black, instead, load, paint, with_states

Units = Sequence[bytes]
_ASKS_NOTHING = json.dumps({"labels": {}})


@kept.uncollected()
def screen(
    units: Units, page_map: PageMap, imprint: Mapping[str, Any], style: bytes, modified: str, tei: bytes | None = None
) -> bytes:
    """The bytes of the PDF for screens and home printing: tagged, with outline, page labels, links and metadata.

    `units` are the settled units in order, painted for the "screen"; `imprint` is the JSON of edition.yaml; `modified`
    is a W3C date, the only one that gets in. `tei` is the document that goes into it where edition.yaml asks for
    PDF/A-3. A link within the edition that ends nowhere is a bug of ours (LookupError).
    """
    painted = _in_order(units, page_map, style, "screen")
    _check_links(painted)
    metadata = _metadata(imprint, modified)
    archive = imprint["pdf"]["archive"]
    options: dict[str, Any] = {"pdf_version": "1.7"} if archive == "none" else {"pdf_variant": _VARIANTS[archive]}
    if archive == "a3u" and tei is not None:
        metadata.attachments = [_attached(tei, f"{imprint['id']}.tei.xml", metadata)]

    def tag(pdf: Any, *_: Any) -> None:
        starts = accumulate((len(unit.pages) for unit in painted), initial=0)
        roots = ((first, unit.root) for first, unit in zip(starts, painted, strict=False) if unit.root is not None)
        tags.Tagger(pdf, len(page_map.labels)).write(roots)

    def finish(pdf: Any) -> None:
        pdf.catalog["PageLabels"] = _page_labels(page_map.labels)
        _name_files_once(pdf)

    with instead(weasyprint.pdf, "add_tags", tag):
        return _written(painted, metadata, style, finish, pdf_tags=True, **options)


@kept.uncollected()
def press(
    units: Units,
    page_map: PageMap,
    imprint: Mapping[str, Any],
    style: bytes,
    modified: str,
    profile: bytes | None = None,
) -> bytes:
    """The bytes of the PDF for a printer: trimmed and bleeding pages, black as black ink only, without links.

    `units` are painted for the "press", with the bleed of `imprint["press"]`, which has of what the count of pages is
    to be a multiple, too; `profile` is the printer's ICC profile for four inks. Claims no standard.
    """
    how = imprint["press"]
    painted = _in_order(units, page_map, style, "press", str(how["bleed"]))
    missing = -len(page_map.labels) % how["multiple"]
    painted += [load(_blank(style, "press", str(how["bleed"])), style) for _ in range(missing)]

    def finish(pdf: Any) -> None:
        pdf.catalog["PageLabels"] = _page_labels(page_map.labels)
        _bleed_whole(pdf)
        if profile is not None:
            _intend(pdf, profile, how["profile"])

    with instead(Stream, "set_color_rgb", black):
        return _written(painted, _metadata(imprint, modified, "print"), style, finish, pdf_version="1.6")


# --- writing


_VARIANTS = {"a2u": "pdf/a-2u", "a3u": "pdf/a-3u"}


def _written(
    units: Sequence[Unit], metadata: Any, style: bytes, finish: Callable[[Any], None], **options: Any
) -> bytes:
    """The file of all pages; `finish` does what is done to it last."""
    sheets = [page for unit in units for page in unit.pages]

    def finisher(_: Any, pdf: Any) -> None:
        _use_own(pdf, sheets)
        finish(pdf)

    document = Document([], metadata, None, pages.setting(style).fonts, {}, None).copy(sheets)
    data: bytes = document.write_pdf(finisher=finisher, custom_metadata=True, **options)
    return data


def _use_own(pdf: Any, sheets: Sequence[Page]) -> None:
    """Give pages with patterns, groups and shadings the resources of their unit, whose names others have too."""
    written = [item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"]
    references: dict[int, bytes] = {}
    for page, sheet in zip(written, sheets, strict=True):
        own, stream = sheet.unit.own, sheet.stream
        if own is None:
            continue
        if id(own) not in references:
            own["Font"] = None
            with_states(own, stream)
            references[id(own)] = _reference_resources(pdf, own, stream._images, stream._resources["Font"], {})
        page["Resources"] = references[id(own)]


def _bleed_whole(pdf: Any) -> None:
    """WeasyPrint's BleedBox ends at 10 points; ours is as wide as the paper."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/Page":
            item["BleedBox"] = item["MediaBox"]


def _intend(pdf: Any, profile: bytes, name: str) -> None:
    """Say for which inks and paper the pages are meant (ISO 15930-7, output intent)."""
    stream = pydyf.Stream([profile], pydyf.Dictionary({"N": 4}), compress=True)
    pdf.add_object(stream)
    said = {"OutputConditionIdentifier": pydyf.String(name), "Info": pydyf.String(name)}
    intent = {"Type": "/OutputIntent", "S": "/GTS_PDFX", **said, "DestOutputProfile": stream.reference}
    pdf.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])


# --- what goes with it


def _attached(tei: bytes, name: str, metadata: Any) -> Attachment:
    moment = datetime.fromisoformat(metadata.modified)
    about = {"name": name, "description": "The text of this edition in TEI", "relationship": "Source"}
    return Attachment(file_obj=BytesIO(tei), created=moment, modified=moment, **about)


def _name_files_once(pdf: Any) -> None:
    """WeasyPrint lists an attachment twice among associated files."""
    files = pdf.catalog.get("AF")
    if files:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(files))


# --- pages


def _in_order(units: Units, page_map: PageMap, style: bytes, way: str, bleed: str = "0") -> list[Unit]:
    """All units in the order of the map, with blank pages between, their numbers true."""
    waiting = iter(units)
    found: list[Unit] = []
    for name, leaves in groupby(page_map.starts, key=lambda start: start.unit):
        labels = [leaf.label for leaf in leaves]
        if not name:
            found += [load(_blank(style, way, bleed), style) for _ in labels]
            continue
        unit = load(next(waiting), style)
        for page, folio in zip(unit.pages, labels, strict=True):
            for gap in page.gaps:
                gap.fill(page_map, folio)
        found.append(unit)
    return found


@lru_cache(maxsize=8)
def _blank(style: bytes, way: str, bleed: str) -> bytes:
    return paint(pages.blank(style), _ASKS_NOTHING, style, way, bleed)


def _check_links(units: Sequence[Unit]) -> None:
    sheets = [page for unit in units for page in unit.pages]
    ends = {name for page in sheets for name in page.anchors}
    lost = sorted({link[1] for page in sheets for link in page.links if link[0] == "internal"} - ends)
    if lost:
        raise LookupError(f"links end nowhere: {', '.join(lost)}")


def _metadata(imprint: Mapping[str, Any], modified: str, product: str = "pdf") -> Any:
    """What a PDF says of itself; what has no key of its own in the format has one that is named after it."""
    subjects = imprint.get("subjects") or {}
    title = ": ".join(text for text in (imprint["title"], imprint.get("subtitle")) if text)
    return DocumentMetadata(
        title=title,
        authors=[creator["name"] for creator in imprint.get("creators") or ()],
        description=imprint.get("description") or None,
        keywords=list(subjects.get("keywords") or ()),
        generator="Edition",
        created=modified,
        modified=modified,
        lang=imprint["language"],
        custom={name: text for name, text in _own_keys(imprint, product) if text},
    )


def _own_keys(imprint: Mapping[str, Any], product: str) -> Iterator[tuple[str, str]]:
    publisher, subjects = imprint.get("publisher") or {}, imprint.get("subjects") or {}
    yield from ((name.capitalize(), str(publisher.get(name) or "")) for name in ("edition", "series"))
    yield "Publisher", publisher.get("name") or ""
    yield "ISBN", (publisher.get("isbn") or {}).get(product) or ""
    yield "Translator", ", ".join(one["name"] for one in imprint.get("creators") or () if one.get("role") == "trl")
    yield "Rights", imprint.get("copyright") or ""
    yield "Licence", imprint.get("licence") or ""
    yield from ((name.capitalize(), ", ".join(subjects.get(name) or ())) for name in ("thema", "bisac"))


def _page_labels(labels: Sequence[str]) -> Any:
    """Number tree of page labels (ISO 32000-1, 12.4.2): i, ii … for front matter, then 1, 2 …"""
    numbers = pydyf.Array()
    for is_arabic, run in groupby(enumerate(labels), key=lambda item: item[1].isdigit()):
        first, _ = next(run)
        numbers.extend((first, pydyf.Dictionary({"S": "/D" if is_arabic else "/r", "St": 1})))
    return pydyf.Dictionary({"Nums": numbers})
