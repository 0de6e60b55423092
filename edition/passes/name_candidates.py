"""Names that no register has: runs of capitalised words, each with what speaks for its being a name.

Knows texts and words; knows no tree. These are proposals for the editor, never marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from itertools import accumulate, chain

from msgspec import Struct

from ..words import parted, prepared
from .name_forms import folded
from .name_words import INSTITUTIONS, TITLES

_PARTICLES = frozenset("von van de der den del della di da du la le al el ibn bin zu zur af ten ter y".split())
_ENDS_A_SENTENCE = re.compile(r"[.!?…:]|\x1f|\n")
_PLAIN_GAP = re.compile(r"[ \u00a0]|\. |\.\u00a0|[-‐‑]|['’]")


class Candidate(Struct, frozen=True):
    """Characters start…end look like a name; the higher `likelihood`, the more (2 words, a title before: 3)."""

    start: int
    end: int
    likelihood: int


class Line:
    """A text in words: `words` as forms have them, what stands before each (`gaps`), and where they are."""

    def __init__(self, text: str) -> None:
        self.gaps, found = parted(text)
        self.words = found if text.isascii() else [word if word.isascii() else prepared(word) for word in found]
        both = chain.from_iterable(zip(self.gaps, found, strict=False))
        self._edges = list(accumulate(map(len, both)))

    def start(self, n: int) -> int:
        return self._edges[2 * n]

    def end(self, n: int) -> int:
        return self._edges[2 * n + 1]

    def after(self, n: int) -> str:
        """What stands between words n and n + 1."""
        return self.gaps[n + 1]

    def __len__(self) -> int:
        return len(self.words)


def candidates(
    text: str, taken: Collection[tuple[int, int]], is_spared: Callable[[str], bool], lower: Callable[[str], bool]
) -> Iterator[Candidate]:
    """The runs of a text that no `taken` stretch touches. `is_spared`: words that are decided to be nobody;
    `lower`: words that are seen in lower case somewhere."""
    line = Line(text)
    n = 0
    while n < len(line):
        stop = _run(line, n, is_spared, lower)
        if stop > n:
            start, end = line.start(n), line.end(stop - 1)
            likelihood = _likelihood(line, n, stop)
            if likelihood and not any(a < end and start < b for a, b in taken):
                yield Candidate(start, end, likelihood)
        n = max(stop, n + 1)


def _run(line: Line, n: int, is_spared: Callable[[str], bool], lower: Callable[[str], bool]) -> int:
    """The word after the run of capitalised words that begins with word n; n if none does."""

    def is_name(k: int) -> bool:
        word = line.words[k]
        if not word[0].isupper() or word in TITLES or is_spared(word) or word.isdigit():
            return False
        return not lower(word.lower()) and not (len(word) > 1 and word.isupper())

    if not is_name(n):
        return n
    stop, ahead = n + 1, n + 1
    while ahead < len(line) and _PLAIN_GAP.fullmatch(line.after(ahead - 1)):
        if is_name(ahead):
            stop = ahead + 1
        elif line.words[ahead] not in _PARTICLES:
            break
        ahead += 1
    return stop


def _likelihood(line: Line, first: int, stop: int) -> int:
    """0 for what is no name: a word that only begins a sentence, an initial alone, an institution."""
    found = line.words[first:stop]
    if any(word in INSTITUTIONS for word in found):
        return 0
    before = line.gaps[first]
    begins = first == 0 or _ENDS_A_SENTENCE.search(before) is not None
    title = first > 0 and line.words[first - 1] in TITLES
    if len(found) == 1:
        return 0 if len(found[0]) < 3 or (begins and not title) else 1 + title
    return 2 + title


# --- spellings of one name


_SOUNDS = (
    ("sch", "s"), ("tsch", "c"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("zh", "z"), ("kh", "h"), ("th", "t"),
    ("ph", "f"), ("ck", "k"), ("cz", "c"), ("tz", "c"), ("ts", "c"), ("q", "k"), ("x", "ks"), ("w", "v"), ("j", "i"),
    ("y", "i"), ("ff", "f"),
)  # fmt: skip
_LATIN = "a b v g d e z z i i k l m n o p r s t u f h ts c s s i e u a".split()
_CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщыэюя", _LATIN, strict=True))


def sound(word: str) -> str:
    """A key that the spellings of one name in several romanisations share: Trotsky, Trotzki, Trockij, Троцкий."""
    plain = "".join(_CYRILLIC.get(letter, letter) for letter in folded(word).lower() if letter not in "ьъ")
    for written, said in _SOUNDS:
        plain = plain.replace(written, said)
    plain = re.sub(r"i+\Z", "i", plain)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    return plain[:1] + re.sub("[aeou]", "", plain[1:])
