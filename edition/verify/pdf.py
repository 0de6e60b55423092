"""A finished PDF against the rules, by its own reading of it: fonts, boxes, inks, links, outline, tags.

Knows PDF through pikepdf; knows nothing of how Edition writes one. What a standard asks beyond these is left to
veraPDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from msgspec import Struct

from ..problems import Place, Problem
from . import claims
from .tagged import Marked, Tag, painted, structure

_INKS = {"k": "four inks", "K": "four inks"}
_COLOURS = {"rg", "RG", "sc", "SC", "scn", "SCN"}
_BLACK = ("0", "0", "0")
_CONTAINED = {
    "LI": "L",
    "LBody": "LI",
    "TOCI": "TOC",
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TD": "TR",
    "TH": "TR",
}


class Opened(Struct, frozen=True):
    """A PDF with its painted text and its structure, read once for all checks."""

    file: str
    pdf: pikepdf.Pdf
    pages: list[Marked]
    tags: Tag | None

    @property
    def is_tagged(self) -> bool:
        return self.tags is not None


def opened(file: str, data: bytes) -> Opened | Problem:
    """A PDF read whole; a Problem where it cannot be read."""
    try:
        pdf = pikepdf.open(BytesIO(data))
        pages = painted(pdf)
        return Opened(file, pdf, pages, structure(pdf, pages))
    except (pikepdf.PdfError, KeyError, ValueError) as fault:
        return Problem("pdf-unreadable", Place(file), f"this PDF cannot be read: {fault}", "build it again")


def check(file: str, data: bytes) -> list[Problem]:
    """What is wrong with a PDF. An untagged one is taken for one that goes to a printer."""
    found = opened(file, data)
    if isinstance(found, Problem):
        return [found]
    checks = [_fonts, _boxes, _links, _standard]
    checks += [_language, _outline, _tags, _pictures] if found.is_tagged else [_inks]
    return [Problem(code, Place(file), text) for one in checks for code, text in one(found)]


Found = Iterator[tuple[str, str]]
Check = Callable[[Opened], Found]


def _fonts(pdf: Opened) -> Found:
    """Every font is embedded, and says which characters its glyphs are (ISO 32000-1, 9.9, 9.10.3)."""
    seen: dict[Any, Any] = {}
    for page in pdf.pdf.pages:
        seen |= {font.objgen: font for font in page.resources.get("/Font", {}).values()}
    for font in seen.values():
        name = str(font.get("/BaseFont", "")).lstrip("/")
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        if not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
            yield "pdf-font", f"the font {name} is not embedded"
        if "/ToUnicode" not in font:
            yield "pdf-font", f"the font {name} does not say which characters its glyphs are"


def _standard(pdf: Opened) -> Found:
    """What it claims to be it is, as far as can be told without a validator (ISO 19005)."""
    yield from (("pdf-standard", text) for text in claims.broken(pdf.pdf))


def _boxes(pdf: Opened) -> Found:
    """TrimBox within BleedBox within MediaBox, and one trimmed size for all pages (ISO 15930-7, 6.5)."""
    sizes: dict[tuple[float, float], int] = {}
    for number, page in enumerate(pdf.pdf.pages, 1):
        media, bleed, trim = (_box(page, name) for name in ("/MediaBox", "/BleedBox", "/TrimBox"))
        if not _within(trim, bleed) or not _within(bleed, media):
            yield "pdf-box", f"page {number}: the trimmed page is not within its bleed, or the bleed not on the paper"
        sizes.setdefault((round(trim[2] - trim[0], 1), round(trim[3] - trim[1], 1)), number)
    if len(sizes) > 1:
        told = ", ".join(f"{width} × {height} from page {number}" for (width, height), number in sizes.items())
        yield "pdf-box", f"pages of several sizes (points): {told}"


def _box(page: pikepdf.Page, name: str) -> list[float]:
    said: Any = page.obj.get(name, page.obj.get("/MediaBox"))
    return [float(side) for side in said]


def _within(inner: list[float], outer: list[float]) -> bool:
    near = 0.01
    low = all(a >= b - near for a, b in zip(inner[:2], outer[:2], strict=True))
    return low and all(a <= b + near for a, b in zip(inner[2:], outer[2:], strict=True))


def _links(pdf: Opened) -> Found:
    """Every link within the document ends somewhere."""
    names: Any = pdf.pdf.Root.get("/Names")
    known = {str(name) for name in pikepdf.NameTree(names.Dests)} if names and "/Dests" in names else set()
    for number, page in enumerate(pdf.pdf.pages, 1):
        for link in page.obj.get("/Annots", []):
            if "/Dest" in link and isinstance(link.Dest, pikepdf.String) and str(link.Dest) not in known:
                yield "pdf-link", f"page {number}: a link leads to “{link.Dest}”, which is nowhere"


def _inks(pdf: Opened) -> Found:
    """For a printer: nothing but black ink, and no links or outline."""
    for number, page in enumerate(pdf.pdf.pages, 1):
        if "/Annots" in page.obj:
            yield "pdf-press", f"page {number} has links, which a printer's program may refuse"
        for said in pikepdf.parse_content_stream(page):
            name, operands = str(said.operator), [str(operand) for operand in said.operands]
            if name in _COLOURS or (name in _INKS and tuple(operands[:3]) != _BLACK):
                yield "pdf-press", f"page {number} is painted in colours: {' '.join(operands)} {name}"
                break
    if "/Outlines" in pdf.pdf.Root:
        yield "pdf-press", "it has an outline, which a printer's program may refuse"


def _language(pdf: Opened) -> Found:
    """Title and language of the document are said (PDF/UA-1, 7.1, 7.2)."""
    if not str(pdf.pdf.Root.get("/Lang", "")):
        yield "pdf-language", "it does not say its language"
    if not str(pdf.pdf.docinfo.get("/Title", "")):
        yield "pdf-language", "it does not say its title"


def _outline(pdf: Opened) -> Found:
    """The outline has the headings of the text, in their order."""
    with pdf.pdf.open_outline() as outline:
        told = list(_titles(outline.root))
    assert pdf.tags is not None
    heads = [tag.text() for tag in pdf.tags.all() if tag.kind[:1] == "H" and tag.kind[1:].isdigit()]
    waiting = iter(map(_bare, heads))
    for title in told:
        if not any(head == _bare(title) for head in waiting):
            yield "pdf-outline", f"the outline has “{title}”, which is no heading at its place in the text"
            return


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _bare(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _tags(pdf: Opened) -> Found:
    """All that is painted is content or artifact, and elements stand where they may (ISO 32000-1, 14.8.4)."""
    for number, page in enumerate(pdf.pages, 1):
        if page.loose:
            yield "pdf-tag", f"page {number}: “{''.join(page.loose)[:40]}” is neither content nor artifact"
    assert pdf.tags is not None
    for tag in pdf.tags.all():
        for kid in tag.content:
            wanted = _CONTAINED.get(kid.kind, tag.kind) if isinstance(kid, Tag) else tag.kind
            if tag.kind not in (wanted if isinstance(wanted, tuple) else (wanted,)):
                yield "pdf-tag", f"{kid.kind if isinstance(kid, Tag) else ''} stands in {tag.kind}"
        if tag.kind == "Note" and "/ID" not in tag.entries:
            yield "pdf-tag", f"a note has no ID: “{tag.text()[:40]}”"


def _pictures(pdf: Opened) -> Found:
    """Every picture has an alternative text (PDF/UA-1, 7.3)."""
    assert pdf.tags is not None
    for tag in pdf.tags.all():
        if tag.kind == "Figure" and not tag.entries.get("/Alt", "").strip():
            yield "pdf-alt", "a picture has no alternative text"
