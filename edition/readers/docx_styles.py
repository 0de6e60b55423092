"""Styles: what a paragraph is by its style, and how a run looks by its styles and by itself.

Knows styles.xml (ECMA-376 part 1, 17.7) and run properties (17.3.2); knows no paragraph of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from ..xml import Element
from .docx_names import BARE, CHARACTER_ROLES, LATENT, NAMED, PARAGRAPH_ROLES, heading_level, plain, role_of
from .docx_pieces import Mark
from .docx_xml import RPR, VAL, is_on, number, value, w

Properties = dict[str, str | bool]

# 17.7.3: where several styles of a hierarchy say so, they cancel each other out.
_TOGGLES = {
    w("b"): "bold", w("i"): "italic", w("smallCaps"): "small-caps", w("caps"): "caps", w("strike"): "strikethrough",
    w("dstrike"): "struck-twice", w("vanish"): "hidden", w("bCs"): "bold-complex", w("iCs"): "italic-complex",
}  # fmt: skip
_TOGGLE_NAMES = frozenset(_TOGGLES.values())
_SWITCHES = {w("rtl"): "complex", w("cs"): "complex"}
LETTERSPACED = 20  # twentieths of a point between letters, from which on it is meant as emphasis
# What a head, a quotation or a verse looks like is for the edition's own style to say.
_SHAPED = ("head", "title", "subtitle", "quote", "epigraph", "verse", "letter", "caption", "gloss", "omit")
_LINKED = (" char", " zchn", " car", " знак")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class ParagraphStyle(Struct, frozen=True):
    """A paragraph style with all it inherits. `look` are its run properties, `base` those its text has anyway."""

    id: str
    name: str
    role: str
    mapped: bool  # by edition.yaml, or by a name everybody knows
    list_id: str
    list_level: int
    indent: int
    language: str
    look: tuple[tuple[str, str | bool], ...]
    base: tuple[tuple[str, str | bool], ...]


class Look(Struct, frozen=True):
    """How a run looks: marks for the tree; `language` only where it is said expressly."""

    marks: frozenset[Mark]
    hidden: bool
    font: str
    language: str
    language_east: str  # of text in a script of East Asia
    lost: tuple[str, ...]  # what is not kept: "capitals"
    style: str = ""  # a character style that nobody knows


def properties(rpr: Element | None) -> Properties:
    """The run properties in w:rPr that matter here."""
    found: Properties = {}
    for kid in () if rpr is None else rpr:
        tag = kid.tag
        if tag in _TOGGLES:
            found[_TOGGLES[tag]] = is_on(kid)
        elif tag in _SWITCHES:
            found[_SWITCHES[tag]] = found.get(_SWITCHES[tag], False) or is_on(kid)
        elif tag == w("u"):
            found["underline"] = kid.get(VAL, "single") != "none"
        elif tag == w("vertAlign"):
            found["vertical"] = kid.get(VAL, "")
        elif tag == w("spacing"):
            found["letterspaced"] = number(kid.get(VAL, "")) >= LETTERSPACED
        elif tag == w("highlight"):
            found["highlight"] = kid.get(VAL, "none") != "none"
        elif tag == w("rFonts"):
            found["font"] = kid.get(w("ascii")) or kid.get(w("hAnsi")) or ""
        elif tag == w("rStyle"):
            found["style"] = kid.get(VAL, "")
        elif tag == w("lang"):
            for name, kind in (("language", "val"), ("language-east", "eastAsia"), ("language-complex", "bidi")):
                if kid.get(w(kind)):
                    found[name] = language(kid.get(w(kind), ""))
    return found


def language(tag: str) -> str:
    """A tag of BCP 47 from Word's; "" for none ("x-none", numbers)."""
    tag = tag.partition("_")[0]
    return tag if _LANGUAGE.fullmatch(tag) else ""


class Styles:
    """The styles of one file; `mapped` is what edition.yaml says of them, by name or id."""

    def __init__(self, root: Element | None, mapped: Mapping[str, str]) -> None:
        self._mapped = {plain(name): role for name, role in mapped.items()}
        kinds: dict[str, dict[str, Element]] = {"paragraph": {}, "character": {}, "numbering": {}}
        self._default = ""
        for style in () if root is None else root.iterfind(w("style")):
            kind = style.get(w("type"), "paragraph")
            if kind in kinds:
                kinds[kind][style.get(w("styleId"), "")] = style
            if kind == "paragraph" and style.get(w("default"), "0") in ("1", "true", "on"):
                self._default = style.get(w("styleId"), "")
        self._paragraphs, self._characters, self._lists = kinds["paragraph"], kinds["character"], kinds["numbering"]
        self._shown = {plain(value(style, "name")) for style in self._paragraphs.values()}
        path = "/".join(map(w, ("docDefaults", "rPrDefault", "rPr")))
        self.defaults = properties(None if root is None else root.find(path))
        self._plain = self._inherited(self._paragraphs, self._default)
        self.paragraph = lru_cache(maxsize=None)(self._paragraph)
        self.look = lru_cache(maxsize=None)(self._look)

    def default_language(self) -> str:
        """What the file takes for its language where nothing is said."""
        return str(self._plain.get("language") or self.defaults.get("language") or "")

    def list_of(self, style: str) -> str:
        """The list a numbering style stands for."""
        return value(self._lists.get(style), "pPr/numPr/numId")

    def speaks(self) -> bool:
        """Whether any paragraph style but the default says its language."""
        return any(style.find(f"{RPR}/{w('lang')}") is not None for style in self._paragraphs.values())

    def names(self) -> list[str]:
        """The names of all paragraph and character styles."""
        return sorted({value(style, "name") for table in self._tables() for style in table.values()} - {""})

    def has(self, name: str) -> bool:
        """Whether there is a style of this name or id."""
        known = {plain(value(style, "name")) for table in self._tables() for style in table.values()}
        return plain(name) in known | {plain(own) for table in self._tables() for own in table}

    def _tables(self) -> tuple[dict[str, Element], dict[str, Element]]:
        return self._paragraphs, self._characters

    # --- inheritance

    def _chain(self, table: Mapping[str, Element], name: str) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: dict[str, Element] = {}
        while name in table and name not in found:
            found[name] = table[name]
            name = value(table[name], "basedOn")
        return list(found.values())

    def _inherited(self, table: Mapping[str, Element], name: str) -> Properties:
        merged: Properties = {}
        for style in reversed(self._chain(table, name)):
            merged |= properties(style.find(RPR))
        return merged

    def _paragraph(self, name: str) -> ParagraphStyle:
        """A paragraph style by its id; "" or an unknown one is the default."""
        own = name if name in self._paragraphs else self._default
        chain = self._chain(self._paragraphs, own)
        if own != name and name:
            shown, role = name, self._named(name, name)
            mapped = bool(role)
        else:
            shown = value(chain[0], "name") if chain else "Normal"
            role, mapped = self._role(chain)
        look = self._inherited(self._paragraphs, own)
        base = self._plain if not role.startswith(_SHAPED) else look
        said = "" if own == self._default else str(look.get("language", ""))
        firsts = {path: self._first(chain, path) for path in ("numPr/numId", "numPr/ilvl")}
        indent = number(self._first(chain, "ind", "left") or self._first(chain, "ind", "start"))
        return ParagraphStyle(
            own or name, shown, role or "p", mapped, firsts["numPr/numId"], number(firsts["numPr/ilvl"], -1), indent,
            "" if said == self._plain.get("language") else said, tuple(look.items()), tuple(base.items()),
        )  # fmt: skip

    def _first(self, chain: list[Element], path: str, attribute: str = "val") -> str:
        values = (value(style, f"pPr/{path}", w(attribute)) for style in chain)
        return next((found for found in values if found), "")

    def _role(self, chain: list[Element]) -> tuple[str, bool]:
        """The first style of the chain that tells a role, by edition.yaml, by its name, by its level in the outline."""
        for depth, style in enumerate(chain):
            role = self._named(value(style, "name"), style.get(w("styleId"), ""))
            if role:
                return role, depth == 0 or role != "p"
            level = value(style, "pPr/outlineLvl")
            if level:
                return (f"head{number(level) + 1}", True) if number(level, 9) < 9 else ("p", False)
        return "p", not chain

    def _named(self, name: str, own: str) -> str:
        """The role of a style by its name and id."""
        spaced = re.sub("(?<=[a-z])(?=[A-Z])", " ", name or own)
        mapped = self._mapped.get(plain(name)) or self._mapped.get(plain(own)) or ""
        if mapped and mapped not in PARAGRAPH_ROLES:
            mapped = "p"
        return mapped or role_of(name) or role_of(spaced)

    # --- runs

    def _look(self, paragraph_style: str, direct: tuple[tuple[str, str | bool], ...]) -> Look:
        """How a run looks in a paragraph of a style; `direct` are its own properties."""
        own, paragraph = dict(direct), self.paragraph(paragraph_style)
        style = str(own.get("style", ""))
        name = plain(value(self._characters.get(style), "name") or style)
        role = self._mapped.get(name) or self._mapped.get(plain(style)) or ""
        role = role if role in CHARACTER_ROLES or not role else "plain"
        character = {} if name in BARE or role else self._inherited(self._characters, style)
        if style not in self._characters and name in LATENT:
            character = {LATENT[name]: True}
        under = dict(paragraph.look)
        now = self._effective(own, character, under)
        base = self._effective({}, {}, dict(paragraph.base))
        unknown = "" if role or not style or name in BARE or name in NAMED or heading_level(name) else name
        if unknown and (unknown.endswith(_LINKED) or style not in self._characters or unknown in self._shown):
            unknown = ""  # the character side of a paragraph style
        return Look(
            frozenset(_role_marks(role) + _marks(now, base)), bool(now.get("hidden")), str(now.get("font", "")),
            _said_language(own, character, paragraph, bool(now.get("complex"))),
            str(own.get("language-east") or character.get("language-east") or ""), _lost(now, base),
            value(self._characters.get(style), "name") if unknown else "",
        )  # fmt: skip

    def _effective(self, own: Properties, character: Properties, paragraph: Properties) -> Properties:
        merged = {**self.defaults, **paragraph, **character, **own}
        for name in _TOGGLE_NAMES & merged.keys():
            if name in own:
                continue
            apart = bool(paragraph.get(name)) != bool(character.get(name))
            merged[name] = bool(self.defaults.get(name)) or apart
        if merged.get("complex"):
            merged["bold"], merged["italic"] = bool(merged.get("bold-complex")), bool(merged.get("italic-complex"))
        return merged


def _role_marks(role: str) -> list[Mark]:
    if role in ("", "plain"):
        return []
    return [(role, "", 0)] if role in ("term", "title", "q") else [("hi", role, 0)]


def _marks(now: Properties, base: Properties) -> list[Mark]:
    """What differs from the text around: upright words in italic text are emphasis too."""
    found = [name for name in ("italic", "bold") if bool(now.get(name)) != bool(base.get(name))]
    alone = ("small-caps", "strikethrough", "underline", "letterspaced")
    found += [name for name in alone if now.get(name) and not base.get(name)]
    if now.get("struck-twice") and "strikethrough" not in found:
        found.append("strikethrough")
    vertical = str(now.get("vertical", ""))
    if vertical in ("superscript", "subscript") and vertical != base.get("vertical"):
        found.append(vertical)
    return [("hi", name, 0) for name in found]


def _lost(now: Properties, base: Properties) -> tuple[str, ...]:
    names = {"caps": "capitals", "highlight": "highlighting"}
    return tuple(text for name, text in names.items() if now.get(name) and not base.get(name))


def _said_language(own: Properties, character: Properties, paragraph: ParagraphStyle, is_complex: bool) -> str:
    if is_complex:
        return str(own.get("language-complex") or character.get("language-complex") or "")
    return str(own.get("language") or character.get("language") or paragraph.language)
