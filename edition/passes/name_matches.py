"""Where forms of the registers stand in a text, and where one is left alone since it may be somebody else's.

Knows texts and forms; knows no tree. The longest form wins, from left to right, over all registers together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..words import placed, prepared
from .name_forms import Form, joint
from .name_words import BEFORE_A_PART, INSTITUTIONS, LINKS, TITLES
from .spans import GAP

Token = tuple[int, int, str]  # start, end, word


@dataclass(frozen=True, slots=True)
class Known:
    """What may be asked: forms by first word, the kind of an id ("" of an unknown one), all ids (for hints),
    decisions for a block, words seen in lower case."""

    forms: Callable[[str], Sequence[Form]]
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


def matches(text: str, known: Known, here: Mapping[str, str]) -> list[Match]:
    """Longest matches from left to right, none overlapping. `here`: form -> key or "none", decided for this block."""
    found: list[Match] = []
    at = placed(text)
    n = 0
    while n < len(at):
        form = _longest(text, at, n, known)
        if form is None:
            n += 1
            continue
        last = n + len(form.words) - 1
        start, end = at[n][0], at[last][1]
        decided = here.get(prepared(text[start:end])) if here else None
        keys = form.keys if decided is None else () if decided == "none" else (decided,)
        why = "" if decided is not None or not keys else _doubt(text, at, n, last, keys, known)
        found.append(Match(start, end, keys, why))
        n = last + 1
    return found


def _longest(text: str, at: list[Token], n: int, known: Known) -> Form | None:
    for form in known.forms(at[n][2]):
        size = len(form.words)
        if size == 1:
            return form
        stretch = at[n : n + size]
        if len(stretch) == size and all(token[2] == word for token, word in zip(stretch, form.words, strict=True)):
            joints = (joint(_between(text, a, b)) for a, b in zip(stretch, stretch[1:], strict=False))
            if tuple(joints) == form.joints:
                return form
    return None


def _between(text: str, a: Token, b: Token) -> str:
    return text[a[1] : b[0]]


# --- guards


def _doubt(text: str, at: list[Token], first: int, last: int, keys: tuple[str, ...], known: Known) -> str:
    """Why a match is left alone: "ambiguous", "namesake" (in a longer, unlisted name), "institution", or ""."""
    if _in_institution(text, at, first, last):
        return "institution"
    if last + 1 < len(at) and at[last + 1][2][:1].isupper() and joint(_between(text, at[last], at[last + 1])) == "-":
        return "namesake"
    if first == last and first > 0 and _is_given_name(text, at, first - 1, known):
        return "namesake"
    return "ambiguous" if len(keys) > 1 else ""


def _in_institution(text: str, at: list[Token], first: int, last: int) -> bool:
    """Whether a name is part of an institution's: "the Dewey Commission",
    "Commission of Inquiry into the Case of …"."""

    def word(n: int) -> str:
        return at[n][2]

    def apart(n: int) -> bool:
        """Whether words n and n + 1 are parted by more than a space."""
        return bool(_between(text, at[n], at[n + 1]).strip("\u00a0 \n"))

    if last + 1 < len(at) and not apart(last) and word(last + 1) in INSTITUTIONS:
        return True
    if first == 0 or apart(first - 1) or word(first - 1) not in BEFORE_A_PART:
        return False
    between = 0  # capitalised words between the institution and the name
    for n in range(first - 1, -1, -1):
        if word(n) in INSTITUTIONS and between:
            return True
        if apart(n - 1) if n else True:
            return False
        if word(n)[:1].isupper():
            between += 1
        elif word(n) not in LINKS:
            return False
    return False


def _is_given_name(text: str, at: list[Token], n: int, known: Known) -> bool:
    """Whether word n, which stands before a lone surname, looks like the given name of somebody unlisted."""
    word, between = at[n][2], _between(text, at[n], at[n + 1])
    if joint(between) not in (" ", "-") or GAP in between or not word[0].isupper():
        return False
    if between.startswith(".") and len(word) > 1:
        return False  # a full stop: the word ends a sentence, or is an abbreviated title
    decided = any(form.words == (word,) for form in known.forms(word))
    return not (word in TITLES or decided or known.lower(word.lower()))
