"""What CSS says of an element that an edition keeps: italic, bold, small capitals, raised, lowered, lines, spacing.

Knows simple selectors (name, .class, #id) of a page's own style sheets and style attributes; must not know TEI.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..xml import Element

Properties = dict[str, str]

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SELECTOR = re.compile(r"([a-zA-Z][\w]*)?((?:[.#][\w-]+)*)")
_WANTED = re.compile(
    r"(?:^|[;\s])(font-style|font-weight|font-variant(?:-caps)?|vertical-align|text-decoration(?:-line)?|letter-spacing|"
    r"display|visibility|text-indent|margin-left|padding-left|mso-list|font)\s*:\s*([^;]*)",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))\s*(em|rem|ex|px|pt|in|cm|mm|%)?")
_EMS = {"em": 1.0, "rem": 1.0, "ex": 0.5, "px": 1 / 16, "pt": 1 / 12, "in": 6.0, "cm": 2.4, "mm": 0.24, "%": 0.3}
_BY_NAME: dict[str, Properties] = {
    "i": {"font-style": "italic"},
    "em": {"font-style": "italic"},
    "dfn": {"font-style": "italic"},
    "var": {"font-style": "italic"},
    "b": {"font-weight": "bold"},
    "strong": {"font-weight": "bold"},
    "u": {"text-decoration": "underline"},
    "ins": {"text-decoration": "underline"},
    "s": {"text-decoration": "line-through"},
    "strike": {"text-decoration": "line-through"},
    "del": {"text-decoration": "line-through"},
    "sup": {"vertical-align": "super"},
    "sub": {"vertical-align": "sub"},
}
_SPACED = 0.07  # em; what is less is justification


class Styles:
    """The style of a document: what its sheets say by name, class and id."""

    def __init__(self, sheets: Iterable[str] = ()) -> None:
        self._rules: dict[str, list[tuple[frozenset[str], Properties]]] = {}
        self._known: dict[tuple[str | None, ...], Properties] = {}
        self._by_id = False
        for sheet in sheets:
            self._read(_COMMENT.sub("", sheet))

    def _read(self, sheet: str) -> None:
        for match in _RULE.finditer(sheet):
            properties = declarations(match[2])
            selectors = match[1].rpartition(";")[2].split(",") if properties and "@" not in match[1] else ()
            for selector in selectors:
                simple = _SELECTOR.fullmatch(selector.strip())
                if simple is None or not selector.strip():
                    continue
                marks = frozenset(re.findall("[.#][^.#]+", simple[2]))
                self._by_id |= "#" in simple[2]
                key = max(marks) if marks else (simple[1] or "").lower()
                needed = marks | ({(simple[1] or "").lower()} if simple[1] else frozenset())
                self._rules.setdefault(key, []).append((needed, properties))

    def of(self, element: Element) -> Properties:
        """The declarations that hold for an element itself; inherited ones are its ancestors'."""
        key = (str(element.tag), element.get("class"), element.get("id") if self._by_id else "", element.get("style"))
        if key not in self._known:
            self._known[key] = self._found(element)
        return self._known[key]

    def _found(self, element: Element) -> Properties:
        name, ident = str(element.tag), element.get("id")
        own = {name, *(f".{token}" for token in (element.get("class") or "").split())}
        if ident:
            own.add(f"#{ident}")
        found = dict(_BY_NAME.get(name, {}))
        for key in sorted(own, key=lambda mark: (mark[0] == "#", mark[0] == ".", mark)):
            for needed, properties in self._rules.get(key, ()):
                if needed <= own:
                    found |= properties
        return found | declarations(element.get("style") or "")


def declarations(text: str) -> Properties:
    """The declarations of a block or style attribute that matter here, names and values in lower case."""
    found = {}
    for match in _WANTED.finditer(text):
        found[match[1].lower()] = match[2].replace("!important", "").strip().lower()
    return found


def marks(properties: Properties) -> tuple[str, ...]:
    """What these declarations amount to, in the words of hi[@rend]."""
    if not properties:
        return ()
    font = properties.get("font", "")
    found = []
    if properties.get("font-style", "italic" if "italic" in font else "").startswith(("italic", "oblique")):
        found.append("italic")
    if _is_bold(properties.get("font-weight", "bold" if "bold" in font else "")):
        found.append("bold")
    if "small-caps" in properties.get("font-variant", "") + properties.get("font-variant-caps", "") + font:
        found.append("small-caps")
    raised = {"super": "superscript", "sub": "subscript"}.get(properties.get("vertical-align", ""))
    if raised:
        found.append(raised)
    lines = properties.get("text-decoration", "") + properties.get("text-decoration-line", "")
    found += [mark for word, mark in (("underline", "underline"), ("line-through", "strikethrough")) if word in lines]
    if ems(properties.get("letter-spacing", "")) >= _SPACED:
        found.append("letterspaced")
    return tuple(found)


def _is_bold(weight: str) -> bool:
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)


def ems(length: str) -> float:
    """A length in ems, near enough to compare indents; 0 where it is none."""
    match = _LENGTH.match(length)
    return float(match[1]) * _EMS[match[2] or "px"] if match else 0.0
