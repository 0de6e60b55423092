"""A tagged PDF read back: its structure with the text of every element, by way of marks alone.

Knows PDF through pikepdf (ISO 32000-1, 9.10 and 14.7); knows nothing of how Edition writes it, nor of lines and places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct, field

_PAIRS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_SHOW = ("Tj", "TJ", "'", '"')


class Tag(Struct):
    """An element of the structure: its type ("P"), its content in order, its ActualText or alternative, its entries."""

    kind: str
    content: list[Tag | str] = field(default_factory=list)
    actual: str | None = None
    entries: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """What is read aloud: ActualText where there is one, else the content."""
        if self.actual is not None:
            return self.actual
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.content)

    def all(self) -> Iterator[Tag]:
        """This element and all below it, in order."""
        yield self
        for kid in self.content:
            if isinstance(kid, Tag):
                yield from kid.all()


class Marked(Struct):
    """The painted text of one page: by mark, and what was painted outside of any mark or artifact."""

    by_mark: dict[int, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)
    artifacts: list[str] = field(default_factory=list)


def structure(pdf: pikepdf.Pdf, pages: list[Marked]) -> Tag | None:
    """The structure of a document whose pages have been read; None where it has none."""
    root = pdf.Root.get("/StructTreeRoot")
    if root is None:
        return None
    reader = _Reader({page.obj.objgen: number for number, page in enumerate(pdf.pages)}, pages)
    kids = root.get("/K")
    top = kids if isinstance(kids, pikepdf.Array) else [kids]
    found = Tag("StructTreeRoot", [reader.read(kid, None) for kid in top])
    return found.content[0] if len(found.content) == 1 and isinstance(found.content[0], Tag) else found


class _Reader(Struct):
    pages: dict[tuple[int, int], int]
    marked: list[Marked]

    def read(self, element: Any, page: int | None) -> Tag:
        own = element.get("/Pg")
        page = page if own is None else self.pages[own.objgen]
        actual = element.get("/ActualText")
        names = {name: str(element[name]) for name in ("/Lang", "/Alt", "/ID") if name in element}
        tag = Tag(str(element.get("/S", "")).lstrip("/"), [], None if actual is None else str(actual), names)
        kids = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            tag.content += self._kid(kid, page)
        return tag

    def _kid(self, kid: Any, page: int | None) -> list[Tag | str]:
        if not isinstance(kid, pikepdf.Dictionary):
            return [self._text(page, int(kid))]
        kind = str(kid.get("/Type", ""))
        if kind == "/MCR":
            return [self._text(self.pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID))]
        return [] if kind == "/OBJR" else [self.read(kid, page)]

    def _text(self, page: int | None, mcid: int) -> str:
        return "" if page is None else self.marked[page].by_mark.get(mcid, "")


def painted(pdf: pikepdf.Pdf) -> list[Marked]:
    """The painted text of every page."""
    known: dict[tuple[int, int], dict[bytes, str]] = {}
    return [_painted(page, known) for page in pdf.pages]


def _painted(page: pikepdf.Page, known: dict[tuple[int, int], dict[bytes, str]]) -> Marked:
    fonts = {}
    for name, one in page.resources.get("/Font", {}).items():
        if one.objgen not in known:
            known[one.objgen] = _unicode(one)
        fonts[name] = known[one.objgen]
    found, stack, font = Marked(), list[int | str](), dict[bytes, str]()
    for said in pikepdf.parse_content_stream(page):
        name, operands = str(said.operator), said.operands
        if name in ("BDC", "BMC"):
            stack.append(_mark(operands))
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif name in _SHOW:
            _keep(found, stack, _shown(operands[-1], font))
    return found


def _mark(operands: Any) -> int | str:
    if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
        return int(operands[1].MCID)
    return str(operands[0])


def _keep(found: Marked, stack: list[int | str], text: str) -> None:
    mcid = next((mark for mark in reversed(stack) if isinstance(mark, int)), None)
    if "/Artifact" in stack:
        found.artifacts.append(text)
    elif mcid is None:
        found.loose.append(text)
    else:
        found.by_mark[mcid] = found.by_mark.get(mcid, "") + text


def _shown(operand: Any, font: dict[bytes, str]) -> str:
    strings = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = (bytes(s) for s in strings if isinstance(s, pikepdf.String))
    return "".join(font.get(code[at : at + 2], "\ufffd") for code in codes for at in range(0, len(code), 2))


def _unicode(font: Any) -> dict[bytes, str]:
    """Code of two bytes -> text, as a font's ToUnicode says."""
    table = font.get("/ToUnicode")
    data = table.read_bytes() if table is not None else b""
    found: dict[bytes, str] = {}
    for block in _PAIRS.findall(data):
        codes = [bytes.fromhex(code.decode()) for code in _HEX.findall(block)]
        found |= {code: to.decode("utf-16-be") for code, to in batched(codes, 2)}
    for block in _RANGES.findall(data):
        codes = [bytes.fromhex(code.decode()) for code in _HEX.findall(block)]
        for first, last, to in batched(codes, 3):
            low, start = int.from_bytes(first), to.decode("utf-16-be")
            for step in range(int.from_bytes(last) - low + 1):
                found[(low + step).to_bytes(2)] = start[:-1] + chr(ord(start[-1]) + step)
    return found


def batched(items: list[bytes], size: int) -> Iterator[tuple[bytes, ...]]:
    return zip(*(iter(items),) * size, strict=True)
