"""Where forms of the registers stand in a text, and where one is left alone since it may be somebody else's.

Knows texts and forms; knows no tree. The longest form wins, from left to right, over all registers together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from msgspec import Struct

from ..patterns import late
from ..words import AT_START, DROW, REST, WORD, placed
from .name_forms import SMALL, Form, joint
from .name_words import BEFORE_A_PART, INSTITUTIONS, LINKS, TITLES
from .spans import GAP

_ROMAN = late("[IVXLC]+")
_AHEAD = re.compile(f"([\\W_]*)({WORD})")
_BEHIND = re.compile(f"([\\W_]*?)({DROW})")  # in a text that is turned round


class Known(Struct, frozen=True):
    """What may be asked: forms by first word, the kind of an id ("" of an unknown one), all ids (for hints),
    decisions for a block, words seen in lower case, the small letters that forms begin with."""

    forms: Callable[[str], Sequence[Form] | None]
    kind: Callable[[str], str]
    ids: Callable[[], Iterable[str]]
    here: Callable[[str], Mapping[str, str]]
    lower: Callable[[str], bool]
    small: Callable[[], str]


class Match(Struct, frozen=True):
    """A form found in a text: characters start…end, whom it may mean, and why it is left alone ("" if it is not)."""

    start: int
    end: int
    keys: tuple[str, ...]
    why: str = ""


def matches(text: str, known: Known, here: Mapping[str, str]) -> list[Match]:
    """Longest matches from left to right, none overlapping. `here`: form -> key or "none", decided for this block."""
    found: list[Match] = []
    plain, places = placed(text)
    free = 0
    for word in _beginnings(known.small()).finditer(plain):
        forms = known.forms(word[0]) if word.start() >= free else None
        form, free = _longest(plain, word.end(), forms) if forms else (None, free)
        if form is None:
            continue
        decided = here.get(" ".join(plain[word.start() : free].split())) if here else None
        keys = form.keys if decided is None else () if decided == "none" else (decided,)
        why = "" if decided is not None or not keys else _doubt(plain, word.start(), free, form, known)
        found.append(Match(places[word.start()], places[free], keys, why))
    return found


@cache
def _beginnings(small: str) -> re.Pattern[str]:
    """The words that a form may begin with: those that begin in no small letter, or in one of these."""
    no_first = "".join(letter for letter in SMALL if letter not in small)
    return re.compile(f"[^\\W_{no_first}]{AT_START}{REST}", re.DOTALL)


def _longest(text: str, end: int, forms: Sequence[Form]) -> tuple[Form | None, int]:
    """The longest of the forms whose first word ends at `end`, and where it ends itself."""
    if len(forms[0].words) == 1:
        return forms[0], end
    rest = list(islice(_ahead(text, end), len(forms[0].words) - 1))
    words, joints = tuple(word for _, word, _ in rest), tuple(joint(between) for between, _, _ in rest)
    ends = [end, *(stop for _, _, stop in rest)]
    for form in forms:
        more = len(form.words) - 1
        if words[:more] == form.words[1:] and joints[:more] == form.joints:
            return form, ends[more]
    return None, end


# --- the words around


def _ahead(text: str, at: int) -> Iterator[tuple[str, str, int]]:
    """What stands before each word that follows, the word, and where it ends."""
    while match := _AHEAD.match(text, at):
        at = match.end()
        yield match[1], match[2], at


def _behind(text: str, at: int) -> Iterator[tuple[str, str]]:
    """What stands behind each word that comes before, the nearest first, and the word."""
    back, at = text[:at][::-1], 0
    while match := _BEHIND.match(back, at):
        at = match.end()
        yield match[1][::-1], match[2][::-1]


# --- guards


def _doubt(text: str, start: int, end: int, form: Form, known: Known) -> str:
    """Why a match is left alone: "ambiguous", "namesake" (in a longer, unlisted name), "institution", or ""."""
    after, before = list(islice(_ahead(text, end), 2)), next(_behind(text, start), None)
    if after and after[0][1] in INSTITUTIONS and not _is_apart(after[0][0]):
        return "institution"
    if before and before[1] in BEFORE_A_PART and _is_part(text, start):
        return "institution"
    if after and after[0][1][0].isupper() and joint(after[0][0]) == "-":
        return "namesake"
    if len(form.words) == 1 and ((before and _is_given_name(*before, known)) or _goes_on(after, known)):
        return "namesake"
    return "ambiguous" if len(form.keys) > 1 else ""


def _is_part(text: str, start: int) -> bool:
    """Whether a name behind a preposition is part of an institution's: "Commission of Inquiry into the Case of …"."""
    capitals = 0  # words between the institution and the name
    for between, word in _behind(text, start):
        if _is_apart(between):
            return False
        if word in INSTITUTIONS and capitals:
            return True
        if word[0].isupper():
            capitals += 1
        elif word not in LINKS:
            return False
    return False


def _is_apart(between: str) -> bool:
    """Whether two words are parted by more than a space."""
    return between != " " and bool(between.strip("\u00a0 \n"))


def _is_given_name(between: str, word: str, known: Known) -> bool:
    """Whether the word before a lone surname looks like the given name of somebody unlisted."""
    if not word[0].isupper() or joint(between) not in (" ", "-") or GAP in between:
        return False
    if between.startswith(".") and len(word) > 1:
        return False  # a full stop: the word ends a sentence, or is an abbreviated title
    return not (word in TITLES or _is_no_name(word, known))


def _goes_on(after: Sequence[tuple[str, str, int]], known: Known) -> bool:
    """Whether a longer, unlisted name begins with a word: “Beer Hofmann” where Beer is listed, “Wollzeile 15”."""
    if not after or after[0][0] not in (" ", "\u00a0"):
        return False
    word = after[0][1]
    if word[0].isdigit():
        is_date = len(after) > 1 and after[1][0][:1] in "./" and after[1][1][0].isdigit()
        return len(word) < 4 and not is_date  # Vienna 6. 6. 1891 is no address
    return word[0].isupper() and not _is_no_name(word, known)


def _is_no_name(word: str, known: Known) -> bool:
    """Whether a capitalised word beside a name is not part of it: a numeral, a form of its own, a common word."""
    is_form = any(form.words == (word,) for form in known.forms(word) or ())
    return is_form or _ROMAN.fullmatch(word) is not None or known.lower(word.lower())
