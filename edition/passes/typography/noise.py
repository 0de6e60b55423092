"""What looks like a slip of the machine that read a page: reported, never mended.

Knows texts only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ...patterns import late

_EVERYWHERE = (
    r"[^\W\d_]+[01|][^\W\d_]+",  # w0rd, al1
    r"[^\W\d_]*[¬■□▪�][^\W\d_]*",
    r"(?<=[^\W\d_]) ,(?= )",
    r"(?<=\w),,|(?<![.?!…])(?<=[^\W\d_])\.\.(?!\.)",
    r"[^\W\d_]{2,}[,;](?=[^\W\d_]{3})",
)
# Misread words, by language; in English also a lone l.
_SLIPS = {
    "en": ("tlie", "tbe", "tliat", "tbat", "wbich", "wliich", "aud", "liave", "bave", "tlius", "arid the"),
    "de": ("uud", "uad", "dafs", "nnd", "iu der"),
}
_LONE = {"en": (r"(?<= )l(?= [a-z])",)}
_PATTERNS = {"": late("|".join(_EVERYWHERE))} | {
    name: late("|".join((*_EVERYWHERE, rf"\b(?:{'|'.join(slips)})\b", *_LONE.get(name, ()))))
    for name, slips in _SLIPS.items()
}
# A text without any of these has no slip, and most have none: looking for them costs a twentieth.
_SIGNS = ("0", "1", "|", "¬", "■", "□", "▪", "�", " ,", ",,", "..", " l ")
_UNSPACED = re.compile(r"[,;][^\W\d_]")
_WHOLE = {name: {slip: late(rf"{slip}(?<!\w{slip})(?!\w)") for slip in slips} for name, slips in _SLIPS.items()}


def found(text: str, language: str, seams: Collection[int] = ()) -> Iterator[str]:
    """Each suspicious place of a text, in a language ("" = any). `seams`: offsets at which markup may hold more."""
    if not _may_have(text, language[:2]):
        return
    pattern = _PATTERNS.get(language[:2], _PATTERNS[""])
    for match in pattern.finditer(text):
        if not any(match.start() <= seam <= match.end() for seam in seams):
            yield text[max(0, match.start() - 8) : match.end()].split(" ", 1)[-1].strip() or match.group()


def _may_have(text: str, language: str) -> bool:
    slips = _WHOLE.get(language, {})
    return (
        any(sign in text for sign in _SIGNS)
        or _UNSPACED.search(text) is not None
        or any(slip in text and whole.search(text) for slip, whole in slips.items())
    )
