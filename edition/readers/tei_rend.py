"""How a source says that something is highlighted: @rend, @rendition, @style, in a dozen dialects.

Knows words and CSS properties; knows no tree but the header's list of renditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..xml import Element
from .tei_source import Source, plain

_SAID = {
    "italic": "italic italics it i ital cursive kursiv slant oblique", "bold": "bold b bf strong fett",
    "small-caps": "small-caps smallcaps sc smcap smcaps smallcap k kapitälchen caps-small",
    "superscript": "superscript sup super hoch", "subscript": "subscript sub tief",
    "underline": "underline underlined u ul underscore unterstrichen",
    "strikethrough": "strikethrough strike struck line-through linethrough s durchgestrichen",
    "letterspaced": "letterspaced spaced gesperrt g sperr letterspacing expanded",
}  # fmt: skip
KINDS = {word: kind for kind, words in _SAID.items() for word in words.split()}
_PROPERTIES = (
    (r"font-style:\s*(?:italic|oblique)", "italic"), (r"font-weight:\s*(?:bold|[6-9]00)", "bold"),
    (r"font-variant(?:-caps)?:\s*(?:all-)?small-caps", "small-caps"), (r"vertical-align:\s*super", "superscript"),
    (r"vertical-align:\s*sub\b", "subscript"), (r"text-decoration(?:-line)?:[^;]*underline", "underline"),
    (r"text-decoration(?:-line)?:[^;]*line-through", "strikethrough"), (r"letter-spacing:\s*0*\.?[1-9]",
    "letterspaced"),
)  # fmt: skip
_PLACED = {
    "center": "center",
    "centre": "center",
    "centered": "center",
    "c": "center",
    "right": "right",
    "et": "indent",
}
_TOKEN = re.compile(r"[^\w.-]+")


def renditions(source: Source) -> dict[str, str]:
    """The header's own renditions: id -> what they say (TEI P5 2.3.4)."""
    header = source.header()
    found = source.all("rendition", within=header) if header is not None else iter(())
    return {source.id(one): plain(one) for one in found if source.id(one)}


def _tokens(element: Element, declared: Mapping[str, str]) -> Iterator[str]:
    """Single sayings: "italic", "slant(italic)" as its value, a declaration of CSS,
    a rendition's id or what it says."""
    for pointer in element.get("rendition", "").split():
        name = pointer.rpartition("#")[2]
        said = list(_kinds_of_css(declared.get(name, "")))
        yield from said or [name]
    for text in (element.get("rend", ""), element.get("style", "")):
        if ":" in text:
            yield from _kinds_of_css(text) or [text]
        else:
            yield from (value or word for word, value in re.findall(r"([^\s;,()]+)(?:\(([^)]*)\))?", text))


def _kinds_of_css(text: str) -> list[str]:
    return [kind for pattern, kind in _PROPERTIES if re.search(pattern, text)]


def highlighting(element: Element, declared: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """(the kinds of highlighting of our list, what else is said), each once and in order."""
    tokens = [token.strip().strip("#") for token in _tokens(element, declared)]
    known = [KINDS[token.lower()] for token in tokens if token.lower() in KINDS]
    other = [safe for token in tokens if token.lower() not in KINDS and (safe := as_token(token))]
    return list(dict.fromkeys(known)), list(dict.fromkeys(other))


def placing(element: Element, declared: Mapping[str, str]) -> str:
    """How a line or paragraph is placed: center, right, indent, indent1 …; "" for as usual."""
    text = f"{element.get('rend', '')} {element.get('style', '')}"
    for token in _tokens(element, declared):
        if token.lower() in _PLACED:
            return _PLACED[token.lower()]
    if re.search(r"text-align:\s*(center|right)", text):
        return "center" if "center" in text else "right"
    indent = re.search(r"\b(?:indent|in|einzug)\D{0,2}(\d)?", text)
    return f"indent{indent.group(1) or ''}" if indent else ""


def as_token(text: str) -> str:
    """A word that may be a token of an attribute."""
    return _TOKEN.sub("-", text.strip()).strip("-.")
