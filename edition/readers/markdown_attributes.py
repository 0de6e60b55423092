"""What stands in braces: `{#id .class key=value key="a value"}`, and which of it this version knows where.

Knows text only: no tokens, no trees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ..patterns import late
from ..problems import did_you_mean

# A name without colon: XML 1.0, sections 2.3 [4] and [4a].
_FIRST = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = f"[{_FIRST}][{_FIRST}0-9.\u00b7\u0300-\u036f\u203f\u2040-]*"
_PLAIN_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
SERIES = re.compile(r"([a-z])-\d+")  # the label of a footnote in a series of its own: e-1
LANGUAGE = late(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

# Groups are not repeated possessively: Python 3.11.2, Debian 12's own, then matches what it should not.
_ITEM = r"""(?:\#[^\s{}="]++|\.[A-Za-z][\w-]*+|[A-Za-z][\w:-]*+=(?:"[^"\\]*+(?:\\.[^"\\]*+)*"|[^\s{}"]++))"""
BRACES = re.compile(rf"\{{\s*+(?:{_ITEM}(?:\s++{_ITEM})*\s*+)?\}}", re.DOTALL)
_EACH = re.compile(_ITEM, re.DOTALL)
_ESCAPED = late(r"\\(.)", re.DOTALL)

KNOWN = {
    "head": ("#id", "short"),
    "span": ("person", "place", "org", "date", "lang", "term", "entry", "see", "sub")
    + (".main", ".passing", ".term", ".index")
    + ("sic", ".supplied", ".gap", ".query", "pb"),
    "line": ("#id",),
    "image": ("#id", "caption", "credit", "licence"),
    "fence": ("index", ".main"),
}
_WHERE = {
    "head": "a heading",
    "span": "words in brackets",
    "line": "a line of its own",
    "image": "an image",
    "fence": "a block without a name",
}


def is_name(text: str) -> bool:
    """Whether something can be an id; the letters of all scripts take long to compile, and most ids have none."""
    return bool(_PLAIN_NAME.fullmatch(text) or re.fullmatch(_NAME, text))


class Attributes(Struct, frozen=True):
    """The attributes of one pair of braces, by the names they are known by: "#id", "person", ".main"."""

    items: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The value of an attribute; "" where it is not given."""
        return dict(self.items).get(name, "")

    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.items)


class Complaint(Struct, frozen=True):
    """A problem whose place is still to be told: code, text, hint."""

    code: str
    text: str
    hint: str = ""


def attributes(braces: str) -> Attributes:
    """The attributes of a text that BRACES matches."""
    return Attributes(tuple(_item(match.group()) for match in _EACH.finditer(braces)))


def _item(written: str) -> tuple[str, str]:
    if written[0] == "#":
        return "#id", written[1:]
    if written[0] == ".":
        return written, ""
    key, _, value = written.partition("=")
    if value.startswith('"'):
        value = _ESCAPED.sub(r"\1", value[1:-1])
    return key, value


def complaints(given: Attributes, where: str) -> Iterator[Complaint]:
    """What is wrong with attributes at a place of KNOWN: "head", "span", "line" or "fence"."""
    known = KNOWN[where]
    names = given.names()
    if not names:
        yield Complaint("markdown-attribute", "these braces are empty", r"write \{ for a brace that is text")
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Complaint("markdown-attribute", f"{_shown(name)} is given twice", "keep one of the two")
    for name, value in given.items:
        yield from _complaint(name, value, where, known)


def _complaint(name: str, value: str, where: str, known: tuple[str, ...]) -> Iterator[Complaint]:
    if name in known:
        yield from _of_value(name, value)
    elif where == "span" and name == "#id":
        yield not_yet("an id on words within a paragraph", "give the id to the paragraph, on a line before it")
    elif where == "head" and name in KNOWN["span"]:
        yield Complaint("markdown-attribute", f"{_shown(name)} belongs to words in brackets", f"[words]{{{name}=…}}")
    elif name == "index":
        yield Complaint("markdown-attribute", "“index” belongs to a block", '::: {index="…"}')
    elif name == "short":
        yield Complaint("markdown-attribute", "“short” belongs to a heading", '# Heading {short="…"}')
    elif name in ("caption", "credit", "licence"):
        yield Complaint("markdown-attribute", f"{_shown(name)} belongs to an image", f"![words](file){{{name}=…}}")
    else:
        hint = did_you_mean(name, known, f"{_WHERE[where]} may have {' or '.join(map(_shown, known))}")
        yield Complaint("markdown-attribute", f"nothing is known of {_shown(name)}", hint)


def _of_value(name: str, value: str) -> Iterator[Complaint]:
    if name == "#id" and not is_name(value):
        hint = "an id begins with a letter and holds letters, digits, - _ and . only"
        yield Complaint("markdown-id", f"“{value}” cannot be an id", hint)
    elif name == "lang" and not LANGUAGE.fullmatch(value):
        yield Complaint("markdown-attribute", f"“{value}” is no language tag", "for instance fr, ru-Latn or grc")
    elif name[0] != "." and not value.strip():
        yield Complaint("markdown-attribute", f"{_shown(name)} has no value")


def not_yet(mark: str, hint: str = "it comes with a later version; leave it out for now") -> Complaint:
    """This version cannot do it."""
    return Complaint("not-yet", f"{mark} cannot be read yet", hint)


def _shown(name: str) -> str:
    return "{#id}" if name == "#id" else f"{{{name}}}" if name[0] == "." else f"{{{name}=…}}"
