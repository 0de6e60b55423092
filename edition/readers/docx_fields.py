"""Fields: what Word counts, looks up or generates, and what an edition makes of each.

Knows field codes (ECMA-376 part 1, 17.16); knows no run and no paragraph.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from ..xml import Element, tei
from .docx_pieces import Mark

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|[“”„]((?:[^“”\\]|\\.)*)[“”]|(\\[^\s"])|((?:[^\s"“”„\\]|\\(?=\S\S))+)')
# Switches that are followed by an argument (17.16.5); the others stand alone.
_WITH_ARGUMENT = {"HYPERLINK": "lot", "XE": "frty", "REF": "d", "SYMBOL": "fs", "SEQ": "rs"}
# Generated whole: made anew by the edition.
_MADE = {
    "TOC": "table of contents made by Word", "INDEX": "index made by Word", "TOA": "table of authorities made by Word",
    "RD": "", "BIDIOUTLINE": "", "PAGE": "page number made by Word", "NUMPAGES": "page number made by Word",
    "SECTIONPAGES": "page number made by Word",
}  # fmt: skip
# Fields that show nothing and mean nothing to an edition.
SILENT = frozenset((
    "TC", "TA", "RD", "SET", "ASK", "FILLIN", "PRIVATE", "ADVANCE", "PRINT", "NEXT", "NEXTIF", "SKIPIF", "SEQ",
    "LISTNUM", "BIDIOUTLINE", "ADDIN", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "COMMENTS", "DATABASE",
    "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "TOC", "INDEX", "TOA", "PAGE", "NUMPAGES", "SECTIONPAGES", "",
))  # fmt: skip
PAGE_NUMBERS = "page numbers of Word in cross-references: made anew"


class Instruction(Struct, frozen=True):
    """A field code: its name in capitals, plain arguments, switches with their arguments ("" without)."""

    name: str
    arguments: tuple[str, ...]
    switches: dict[str, str]

    @property
    def first(self) -> str:
        return self.arguments[0] if self.arguments else ""


class Field(Struct, eq=False):
    """A field that has begun: its code as far as read; what is done with what it shows once that is known."""

    code: list[str] = field(default_factory=list)
    is_showing: bool = False
    instruction: Instruction | None = None
    left_out: str = ""
    mark: Mark | None = None
    shown: bool = False


def instruction(code: str) -> Instruction:
    """A field code taken apart."""
    tokens = [(m[1] or m[2], m[3], m[4]) for m in _TOKEN.finditer(code.strip())]
    name = (tokens[0][2] or "").upper() if tokens else ""
    plain, switches, waiting = [], {}, ""
    for quoted, switch, word in tokens[1:]:
        if switch:
            waiting = switch[1].lower()
            switches[waiting] = ""
            waiting = waiting if waiting in _WITH_ARGUMENT.get(name, "*@#") + "*@#" else ""
        elif waiting:
            switches[waiting], waiting = _unescaped(quoted, name) or word, ""
        else:
            plain.append(_unescaped(quoted, name) or word)
    return Instruction(name, tuple(plain), switches)


def _unescaped(text: str, name: str) -> str:
    kept = r"\\([^:])" if name == "XE" else r"\\(.)"
    return re.sub(kept, r"\1", text or "")


def begin_showing(found: Field, serial: int) -> None:
    """What is done with the text a field shows; `serial` keeps its link apart from others."""
    found.is_showing = True
    found.instruction = told = instruction("".join(found.code))
    if told.name == "HYPERLINK":
        anchor = told.switches.get("l", "")
        target = told.first + (f"#{anchor}" if anchor else "")
        found.mark = ("ref", target, serial) if target else None
    elif told.name in ("REF", "NOTEREF", "FTNREF") and told.first:
        found.mark = ("ref", f"#{told.first}", serial)
    elif told.name == "PAGEREF" and told.first:
        found.left_out = PAGE_NUMBERS
    else:
        found.left_out = _MADE.get(told.name, "")


def counts(told: Instruction) -> bool:
    """Whether a reference shows a number that Word has counted: of a note, of a paragraph."""
    return told.name in ("NOTEREF", "FTNREF") or (told.name == "REF" and bool({"n", "r", "w"} & told.switches.keys()))


def _plain(text: str) -> str:
    """Text of an XE field, in which a backslash takes its meaning from the character that follows."""
    return re.sub(r"\\(.)", r"\1", text).strip()


def index_entry(told: Instruction) -> Element | None:
    """An XE field as <index> (17.16.5.79; TEI, Core 3.9.2): levels nested, \\f as its name, \\t as a second term."""
    levels = [_plain(part) for part in re.split(r"(?<!\\):", told.first)]
    levels = [level for level in levels if level]
    if not levels:
        return None
    entry = outer = tei("index", {"indexName": told.switches.get("f", "") or "subject"})
    rends = [rend for switch, rend in (("b", "bold"), ("i", "italic")) if switch in told.switches]
    if rends:
        outer.set("rend", " ".join(rends))
    for depth, level in enumerate(levels):
        if depth:
            inner = tei("index")
            entry.append(inner)
            entry = inner
        entry.append(tei("term", {}, level))
    if told.switches.get("t"):
        entry.append(tei("term", {"type": "see"}, _plain(told.switches["t"])))
    return outer
