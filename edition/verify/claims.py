"""A PDF that claims PDF/A against those rules of the standard that can be read off its objects.

Knows PDF through pikepdf. Not a validator: what veraPDF would check beyond these (fonts glyph by glyph, the syntax of
the file) is left to it. Numbers of clauses are those of ISO 19005-2 and ISO 19005-3, which agree in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

_ACTIONS = {"/Launch", "/JavaScript", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"}
_PRINTED = 0b100
_HIDDEN = 0b100011  # invisible, hidden, no view


def claim(pdf: pikepdf.Pdf) -> tuple[str, str] | None:
    """Part and level of PDF/A that the file's metadata claim: ("3", "U"); None if they claim none."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        part, level = metadata.get("pdfaid:part"), metadata.get("pdfaid:conformance")
    return (str(part), str(level)) if part else None


def broken(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What the file has or lacks against what it claims."""
    claimed = claim(pdf)
    if claimed is None:
        return
    if "/ID" not in pdf.trailer or pdf.is_encrypted:
        yield "6.1.3: it has no file identifier, or is encrypted"
    if not any("/DestOutputProfile" in intent for intent in _listed(pdf.Root, "/OutputIntents")):
        yield "6.2.3: it does not say for which colours it is meant"
    yield from _fonts(pdf)
    yield from _annotations(pdf)
    yield from _files(pdf, claimed[0])


def _listed(holder: Any, name: str) -> list[Any]:
    return list(holder.get(name, []))


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    fonts: Any = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
    for font in fonts:
        if font.get("/Subtype") == "/Type0" and "/ToUnicode" not in font:
            yield f"6.2.11.7: the font {font.BaseFont} does not say which characters its glyphs are"


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        for annotation in _listed(page.obj, "/Annots"):
            flags = int(annotation.get("/F", 0))
            if not flags & _PRINTED or flags & _HIDDEN:
                yield f"6.3.2: page {number} has an annotation that is not printed"
            action: Any = annotation.get("/A", {})
            if str(action.get("/S", "")) in _ACTIONS:
                yield f"6.5.1: page {number} has a link that does something: {action.S}"
    if "/AA" in pdf.Root or "/JavaScript" in pdf.Root.get("/Names", {}):
        yield "6.5.2: it runs something when it is opened"


def _files(pdf: pikepdf.Pdf, part: str) -> Iterator[str]:
    """PDF/A-2 holds no file but PDF/A; PDF/A-3 says of each how it belongs to the document (ISO 19005-3, 6.8)."""
    associated = _listed(pdf.Root, "/AF")
    for name in pdf.attachments:
        if part == "2":
            yield f"6.8: it holds the file {name}"
        own = [item for item in associated if name in (str(item.get("/UF", "")), str(item.get("/F", "")))]
        if part == "3" and [str(item.get("/AFRelationship", "")) for item in own] in ([], [""]):
            yield f"6.8: it does not say how the file {name} belongs to it"
        if len(own) > 1:
            yield f"6.8: it names the file {name} twice"
