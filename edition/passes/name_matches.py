"""Where forms of the registers stand in a text, and where one is left alone since it may be somebody else's.

Knows texts and forms; knows no tree. The longest form wins, from left to right, over all registers together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from ..words import parted, prepared
from .name_forms import Form, joint
from .name_words import BEFORE_A_PART, INSTITUTIONS, LINKS, TITLES
from .spans import GAP

_ROMAN = re.compile("[IVXLC]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What may be asked: forms by first word, the kind of an id ("" of an unknown one), all ids (for hints),
    decisions for a block, words seen in lower case."""

    forms: Callable[[str], Sequence[Form] | None]
    kind: Callable[[str], str]
    ids: Callable[[], Iterable[str]]
    here: Callable[[str], Mapping[str, str]]
    lower: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a text: characters start…end, whom it may mean, and why it is left alone ("" if it is not)."""

    start: int
    end: int
    keys: tuple[str, ...]
    why: str = ""


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


def matches(text: str, known: Known, here: Mapping[str, str]) -> list[Match]:
    """Longest matches from left to right, none overlapping. `here`: form -> key or "none", decided for this block."""
    found: list[Match] = []
    line, free = Line(text), 0
    begun = [(n, forms) for n, forms in enumerate(map(known.forms, line.words)) if forms]
    for n, forms in begun:
        form = _longest(line, n, forms) if n >= free else None
        if form is None:
            continue
        last = n + len(form.words) - 1
        start, end, free = line.start(n), line.end(last), last + 1
        decided = here.get(prepared(text[start:end])) if here else None
        keys = form.keys if decided is None else () if decided == "none" else (decided,)
        why = "" if decided is not None or not keys else _doubt(line, n, last, keys, known)
        found.append(Match(start, end, keys, why))
    return found


def _longest(line: Line, n: int, forms: Sequence[Form]) -> Form | None:
    for form in forms:
        size = len(form.words)
        if size == 1:
            return form
        if tuple(line.words[n : n + size]) == form.words:
            joints = tuple(joint(line.after(k)) for k in range(n, n + size - 1))
            if joints == form.joints:
                return form
    return None


# --- guards


def _doubt(line: Line, first: int, last: int, keys: tuple[str, ...], known: Known) -> str:
    """Why a match is left alone: "ambiguous", "namesake" (in a longer, unlisted name), "institution", or ""."""
    if _in_institution(line, first, last):
        return "institution"
    if last + 1 < len(line) and line.words[last + 1][:1].isupper() and joint(line.after(last)) == "-":
        return "namesake"
    if first == last and first > 0 and _is_given_name(line, first - 1, known):
        return "namesake"
    if first == last and _goes_on(line, last, known):
        return "namesake"
    return "ambiguous" if len(keys) > 1 else ""


def _in_institution(line: Line, first: int, last: int) -> bool:
    """Whether a name is part of an institution's: "the Dewey Commission",
    "Commission of Inquiry into the Case of …"."""

    def apart(n: int) -> bool:
        """Whether words n and n + 1 are parted by more than a space."""
        return bool(line.after(n).strip("\u00a0 \n"))

    if last + 1 < len(line) and not apart(last) and line.words[last + 1] in INSTITUTIONS:
        return True
    if first == 0 or apart(first - 1) or line.words[first - 1] not in BEFORE_A_PART:
        return False
    between = 0  # capitalised words between the institution and the name
    for n in range(first - 1, -1, -1):
        if line.words[n] in INSTITUTIONS and between:
            return True
        if apart(n - 1) if n else True:
            return False
        if line.words[n][:1].isupper():
            between += 1
        elif line.words[n] not in LINKS:
            return False
    return False


def _is_given_name(line: Line, n: int, known: Known) -> bool:
    """Whether word n, which stands before a lone surname, looks like the given name of somebody unlisted."""
    word, between = line.words[n], line.after(n)
    if joint(between) not in (" ", "-") or GAP in between or not word[0].isupper():
        return False
    if between.startswith(".") and len(word) > 1:
        return False  # a full stop: the word ends a sentence, or is an abbreviated title
    return not (word in TITLES or _ROMAN.fullmatch(word) or _is_form(word, known) or known.lower(word.lower()))


def _goes_on(line: Line, n: int, known: Known) -> bool:
    """Whether a longer, unlisted name begins with word n: “Beer Hofmann” where Beer is listed, “Wollzeile 15”."""
    if n + 1 == len(line) or line.after(n) not in (" ", "\u00a0"):
        return False
    word = line.words[n + 1]
    if word[0].isdigit():
        goes_on = line.after(n + 1)[:1] in "./" and n + 2 < len(line) and line.words[n + 2][0].isdigit()
        return len(word) < 4 and not (line.after(n + 1) and goes_on)  # Vienna 6. 6. 1891 is no address
    return word[0].isupper() and not (_ROMAN.fullmatch(word) or _is_form(word, known) or known.lower(word.lower()))


def _is_form(word: str, known: Known) -> bool:
    return any(form.words == (word,) for form in known.forms(word) or ())
