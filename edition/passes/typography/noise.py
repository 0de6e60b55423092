"""What looks like a slip of the machine that read a page: reported, never mended.

Knows texts only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

_EVERYWHERE = (
    r"[^\W\d_]+[01|][^\W\d_]+",  # w0rd, al1
    r"[^\W\d_]*[¬■□▪�][^\W\d_]*",
    r"(?<=[^\W\d_]) ,(?= )",
    r"(?<=\w),,|(?<![.?!…])(?<=[^\W\d_])\.\.(?!\.)",
    r"[^\W\d_]{2,}[,;](?=[^\W\d_]{3})",
)
_OF = {
    "en": (r"\b(?:tlie|tbe|tliat|tbat|wbich|wliich|aud|liave|bave|tlius|arid the)\b", r"(?<= )l(?= [a-z])"),
    "de": (r"\b(?:uud|uad|dafs|nnd|iu der)\b",),
}
_PATTERNS = {name: re.compile("|".join((*_EVERYWHERE, *own))) for name, own in {"": (), **_OF}.items()}


def found(text: str, language: str, seams: Collection[int] = ()) -> Iterator[str]:
    """Each suspicious place of a text, in a language ("" = any). `seams`: offsets at which markup may hold more."""
    pattern = _PATTERNS.get(language[:2], _PATTERNS[""])
    for match in pattern.finditer(text):
        if not any(match.start() <= seam <= match.end() for seam in seams):
            yield text[max(0, match.start() - 8) : match.end()].split(" ", 1)[-1].strip() or match.group()
