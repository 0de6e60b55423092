"""One PDF of all pages: blobs of units unpickled, blanks put between, true page numbers written into their places.

Knows WeasyPrint's pages and the map of pages; knows no XHTML, no round of layout and no rule of the build.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.pdf.metadata import DocumentMetadata

from ..book import PageMap
from . import pages
from .laid_out import text_boxes
from .settle import in_mask


def write(
    units: Sequence[tuple[str, bytes]], page_map: PageMap, imprint: Mapping[str, Any], style: bytes, modified: str
) -> bytes:
    """The bytes of the screen PDF: tagged, with outline, page labels, links and metadata; claims no standard.

    `units` are the settled requests with their blobs, in order; `imprint` is the JSON of edition.yaml; `modified` is a
    W3C date, the only one that gets in. A link within the edition that ends nowhere is a bug of ours (LookupError).
    """
    sheets = _in_order(units, page_map, style)
    _check_links(sheets)
    document = Document([], _metadata(imprint, modified), None, pages.setting(style).fonts, {}, None).copy(sheets)

    def finish(_: Any, pdf: Any) -> None:
        pdf.catalog["PageLabels"] = _page_labels(page_map.labels)
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    data: bytes = document.write_pdf(finisher=finish, pdf_tags=True, pdf_version="1.7")
    return data


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
        if getattr(margin, "at_keyword", "") and _is_folio(margin.style["content"]):
            for box in margin.descendants():
                if hasattr(box, "pango_layout"):
                    _set(box, folio)


def _is_folio(content: Any) -> bool:
    """Whether a margin box says the number of its page and nothing else."""
    return isinstance(content, tuple) and [item[0] for item in content] == ["counter()"]


def _set(box: Any, text: str) -> None:
    box.text = box.pango_layout.text = text


def _check_links(sheets: Sequence[Any]) -> None:
    ends = {name for page in sheets for name in page.anchors}
    lost = sorted({link[1] for page in sheets for link in page.links if link[0] == "internal"} - ends)
    if lost:
        raise LookupError(f"links end nowhere: {', '.join(lost)}")


def _metadata(imprint: Mapping[str, Any], modified: str) -> Any:
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
    )


def _page_labels(labels: Sequence[str]) -> Any:
    """Number tree of page labels (ISO 32000-1, 12.4.2): i, ii … for front matter, then 1, 2 …"""
    numbers = pydyf.Array()
    for is_arabic, run in groupby(enumerate(labels), key=lambda item: item[1].isdigit()):
        first, _ = next(run)
        numbers.extend((first, pydyf.Dictionary({"S": "/D" if is_arabic else "/r", "St": 1})))
    return pydyf.Dictionary({"Nums": numbers})
