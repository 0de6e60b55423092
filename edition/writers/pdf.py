"""PDFs of all pages: blobs of units unpickled, blanks put between, true page numbers written into their places.

Knows WeasyPrint's pages and the map of pages; knows no XHTML,
no round of layout and no rule of the build. Screen and press
are painted from the same pages, so that their breaks are the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint import Attachment, Document
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.pdf.stream import Stream

from ..book import PageMap
from . import pages, tags
from .laid_out import text_boxes
from .settle import in_mask

PIXELS = 96 / 25.4  # CSS pixels in a millimetre
Units = Sequence[tuple[str, bytes]]


def screen(
    units: Units, page_map: PageMap, imprint: Mapping[str, Any], style: bytes, modified: str, tei: bytes | None = None
) -> bytes:
    """The bytes of the PDF for screens and home printing: tagged, with outline, page labels, links and metadata.

    `units` are the settled requests with their blobs, in order; `imprint` is the JSON of edition.yaml; `modified` is a
    W3C date, the only one that gets in. `tei` is the document that goes into it where edition.yaml asks for PDF/A-3.
    A link within the edition that ends nowhere is a bug of ours (LookupError).
    """
    sheets = _in_order(units, page_map, style)
    _check_links(sheets)
    tags.prepare(sheets)
    metadata = _metadata(imprint, modified)
    archive = imprint["pdf"]["archive"]
    options: dict[str, Any] = {"pdf_version": "1.7"} if archive == "none" else {"pdf_variant": _VARIANTS[archive]}
    if archive == "a3u" and tei is not None:
        metadata.attachments = [_attached(tei, f"{imprint['id']}.tei.xml", metadata)]

    def finish(_: Any, pdf: Any) -> None:
        pdf.catalog["PageLabels"] = _page_labels(page_map.labels)
        _name_files_once(pdf)

    with _instead(weasyprint.pdf, "add_tags", tags.add_tags), _instead(Stream, "marked", _marked):
        return _written(sheets, metadata, style, finish, pdf_tags=True, **options)


def press(
    units: Units,
    page_map: PageMap,
    imprint: Mapping[str, Any],
    style: bytes,
    modified: str,
    profile: bytes | None = None,
) -> bytes:
    """The bytes of the PDF for a printer: trimmed and bleeding pages, black as black ink only, without links.

    `imprint["press"]` has the bleed in millimetres and of what the count of pages is to be a multiple; `profile` is the
    printer's ICC profile for four inks. Claims no standard.
    """
    how = imprint["press"]
    sheets = _in_order(units, page_map, style)
    sheets += [page for _ in range(-len(sheets) % how["multiple"]) for page in pages.blank(style)]
    for page in sheets:
        page.bleed = dict.fromkeys(("top", "right", "bottom", "left"), how["bleed"] * PIXELS)
        page.links, page.bookmarks, page.anchors = [], [], {}

    def finish(_: Any, pdf: Any) -> None:
        pdf.catalog["PageLabels"] = _page_labels(page_map.labels)
        _bleed_whole(pdf)
        if profile is not None:
            _intend(pdf, profile, how["profile"])

    with _instead(Stream, "set_color_rgb", _black):
        return _written(sheets, _metadata(imprint, modified, "print"), style, finish, pdf_version="1.6")


# --- painting


_VARIANTS = {"a2u": "pdf/a-2u", "a3u": "pdf/a-3u"}


def _written(sheets: Sequence[Any], metadata: Any, style: bytes, finish: Any, **options: Any) -> bytes:
    document = Document([], metadata, None, pages.setting(style).fonts, {}, None).copy(sheets)
    data: bytes = document.write_pdf(finisher=finish, custom_metadata=True, **options)
    return data


@contextmanager
def _instead(holder: Any, name: str, ours: Any) -> Iterator[None]:
    """Something of WeasyPrint's replaced while pages are painted."""
    theirs = getattr(holder, name)
    setattr(holder, name, ours)
    try:
        yield
    finally:
        setattr(holder, name, theirs)


_content = Stream.marked


def _marked(stream: Stream, box: Any, tag: str) -> Any:
    return stream.artifact() if box.is_artifact else _content(stream, box, tag)


_coloured = Stream.set_color_rgb


def _black(stream: Stream, red: float, green: float, blue: float, stroke: bool = False) -> None:
    """Greys and black as so much of the black ink, for text over four inks is never sharp."""
    if red == green == blue:
        stream.stream.append(b"0 0 0 %.3g %s" % (1 - red, b"K" if stroke else b"k"))
    else:
        _coloured(stream, red, green, blue, stroke)


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


def _in_order(units: Sequence[tuple[str, bytes]], page_map: PageMap, style: bytes) -> list[Any]:
    """All pages in the order of the map, their numbers true."""
    waiting = iter(units)
    found: list[Any] = []
    for unit, leaves in groupby(page_map.starts, key=lambda start: start.unit):
        count = len(list(leaves))
        if not unit:
            found += pages.blank(style) * count
            continue
        request, blob = next(waiting)
        made = pages.load(blob, style)
        assert len(made) == count, f"unit {unit} has {len(made)} pages, the map {count}"
        for ordinal, page in enumerate(made, len(found)):
            patch(page, json.loads(request), page_map, page_map.labels[ordinal])
        found += made
    return found


def patch(page: Any, request: Mapping[str, Any], page_map: PageMap, folio: str) -> None:
    """Write true numbers into a laid-out page: in references that hold a mask, and where the page says its own."""
    for box in text_boxes(page):
        target = box.element.get("data-page", "") if box.element is not None else ""
        mask = request["labels"].get(target, "")
        if mask and box.text == mask and not mask.strip("0"):
            _set(box, in_mask(page_map.label(target), mask))
    for margin in page._page_box.children:
        text = _with_folio(margin.style["content"], folio) if getattr(margin, "at_keyword", "") else ""
        if text:
            for box in margin.descendants():
                if hasattr(box, "pango_layout"):
                    _set_folio(box, text, margin.style["text_align_all"])


def _with_folio(content: Any, folio: str) -> str:
    """What a margin box says that has the number of its page, alone or among words: "– 12 –"; "" for any other."""
    items = content if isinstance(content, tuple) else ()
    is_known = all(kind == "string" or (kind == "counter()" and value[0] == "page") for kind, value in items)
    if not is_known or not any(kind == "counter()" for kind, _ in items):
        return ""
    return "".join(folio if kind == "counter()" else value for kind, value in items)


_SHARES = {"center": 0.5, "right": 1, "end": 1}  # of what a number leaves free, left of it


def _set_folio(box: Any, text: str, align: str) -> None:
    """A text with a number of any width in the place of another: all figures are as wide."""
    spare = box.width * (1 - len(text) / len(box.text))
    box.position_x += _SHARES.get(align, 0) * spare
    box.width -= spare
    _set(box, text)


def _set(box: Any, text: str) -> None:
    box.text = box.pango_layout.text = text


def _check_links(sheets: Sequence[Any]) -> None:
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
