"""The characters of fonts that are no alphabets: Symbol, Wingdings and their like, as Unicode has them.

Symbol: Adobe's encoding as published by Unicode (ADOBE/symbol.txt). Wingdings: what texts use of it.
"""

from __future__ import annotations

_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"  # from 0x20
)
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵"
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓"
    "◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)  # from 0xa0
_WINGDINGS = {
    0x20: " ", 0x21: "✏", 0x22: "✂", 0x23: "✁", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3E: "✇", 0x3F: "✍",
    0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄",
    0x56: "✞", 0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x5B: "☯", 0x5C: "ॐ", 0x5D: "☸", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x78: "⌧", 0x7A: "⌘", 0x7D: "❝", 0x7E: "❞",
    0x80: "⓪", 0x8B: "⓿", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨",
    0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS |= {0x5E + n: chr(0x2648 + n) for n in range(12)}  # the signs of the zodiac
_WINGDINGS |= {0x81 + n: chr(0x2460 + n) for n in range(10)} | {0x8C + n: chr(0x2776 + n) for n in range(10)}
_TABLES = {
    "symbol": {0x20 + n: c for n, c in enumerate(_SYMBOL_LOW)} | {0xA0 + n: c for n, c in enumerate(_SYMBOL_HIGH)},
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x20: " "},
    "wingdings 3": {0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶", 0x20: " "},
}
_PRIVATE = range(0xF020, 0xF100)  # where Word puts the characters of such fonts
UNKNOWN = "\ufffd"


def is_symbolic(font: str) -> bool:
    """Whether a font's characters are not what their codes say."""
    return font.casefold() in _TABLES


def symbol(font: str, code: int) -> str:
    """The character `code` of a font; U+FFFD if nobody knows it. In other fonts a code is itself."""
    table = _TABLES.get(font.casefold())
    if table is None:
        return UNKNOWN if code in _PRIVATE or not 0x20 <= code < 0x110000 or 0xD800 <= code < 0xE000 else chr(code)
    return table.get(code - 0xF000 if code in _PRIVATE else code, UNKNOWN)


def text_in(font: str, text: str) -> str:
    """Text that is set in such a font. Characters beyond its codes were set in another one: they stay."""
    return "".join(symbol(font, ord(char)) if ord(char) < 0x100 or ord(char) in _PRIVATE else char for char in text)
