"""Quotation marks and apostrophes: which of the straight ones opens, closes, or is none, found by pairing.

Knows texts and conventions; knows no tree. Marks that are curly already keep their shape and take part in the pairing.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from ...patterns import late
from .conventions import Convention
from .edits import Edit

APOSTROPHE = "’"
_MARK = re.compile("[\"'“”„«»‹›‘’‚]")
_DASH, _OPENING = "-–—‐", "([{⟨"
_GAP = "\x1f"
# What begins with an apostrophe and is no word without it; others are known by having no mark that closes them.
_ELISIONS = frozenset(
    "tis twas twere twill twould twasn tisn em cause bout til gainst mongst neath twixt tween pon cept nother nough "
    "un im ud ull ave ouse eart alf orse undred eaven e n s d t m ve re kay nuff scuse struth strewth sblood zounds "
    "sdeath sfoot dswounds".split()
)
_WORD = late(r"[^\W\d_]+")
_AND = late("n['’](?!\\w)")  # rock 'n' roll
_DECADE = late(r"\d\d(?!\d)")


class Quotation(Struct, frozen=True):
    """A quotation that is open: the mark that ends it, whether it is one of double marks, the words it begins with."""

    close: str
    is_double: bool
    shown: str


Open = tuple[Quotation, ...]


class Paired(Struct):
    """What becomes of the straight marks of a text, marks that end nothing, and what is open at its end."""

    edits: list[Edit] = field(default_factory=list)
    strays: list[str] = field(default_factory=list)
    open: Open = ()


def paired(text: str, of: Convention, before: Open = ()) -> Paired:
    """Decide every mark of a text. `before`: quotations that the text before it, as a line of verse, left open."""
    if not _MARK.search(text):
        return Paired(open=before)
    pairing = _Pairing(text, of, list(before))
    for match in _MARK.finditer(text):
        pairing.take(match.start(), match.group())
    return Paired(pairing.edits, pairing.strays, tuple(pairing.open))


def begins(text: str, of: Convention) -> bool:
    """Whether a text begins with a mark that opens."""
    first = text.lstrip("\x1f \n—–-…")[:1]
    return bool(first) and (first in "\"'" or first in of.pairs)


class _Pairing:
    """One text from left to right, with the quotations that are open."""

    def __init__(self, text: str, of: Convention, open_: list[Quotation]) -> None:
        self.text, self.of, self.open = text, of, open_
        self.edits: list[Edit] = []
        self.strays: list[str] = []
        self._opened_at = -1  # offset of the mark that opened last

    def take(self, at: int, mark: str) -> None:
        if mark == '"':
            self._double(at)
        elif mark == "'":
            self._single(at)
        elif mark == APOSTROPHE and self._joins(at):
            return
        elif any(one.close == mark for one in self.open):
            self._close_to(mark, at)
        elif mark in self.of.pairs:
            self._open(at, self.of.pairs[mark], mark not in "‘‚‹")
        elif mark != APOSTROPHE and mark not in "‘›":
            self._stray(at)

    # --- what stands around

    def _before(self, at: int) -> str:
        """The character before a mark, whatever note or break lies between; "" at the beginning."""
        found = self.text[:at].rstrip(_GAP)
        return found[-1:]

    def _after(self, at: int) -> str:
        return self.text[at + 1 : at + 2].replace(_GAP, " ")

    def _begins_here(self, at: int) -> bool:
        """Whether what stands before lets a quotation begin."""
        before = self._before(at)
        return not before or before.isspace() or before in _OPENING or self._opened_at == at - 1

    def _has_text_after(self, at: int) -> bool:
        after = self._after(at)
        return bool(after) and not after.isspace() and after not in ",;:!?)]}.»”"

    def _joins(self, at: int) -> bool:
        return self._before(at).isalnum() and self._after(at).isalpha()

    # --- decisions

    def _double(self, at: int) -> None:
        is_open = any(one.is_double for one in self.open)
        dashed = self._before(at) in _DASH and self._before(at) != ""
        if self._before(at).isdigit() and not is_open:
            return  # inches, seconds
        if self._has_text_after(at) and (self._begins_here(at) or (dashed and not is_open)):
            depth = sum(one.is_double for one in self.open)
            opening, closing = self.of.double[min(depth, 1)]
            self._write(at, opening)
            self._open(at, closing, True)
        elif is_open:
            innermost = next(one for one in reversed(self.open) if one.is_double)
            self._write(at, innermost.close)
            self._close_to(innermost.close, at)
        elif self._begins_here(at) and not self._before(at) and len(self.text) > 1:
            self._write(at, self.of.double[0][0])
            self._open(at, self.of.double[0][1], True)
        else:
            self._write(at, self.of.double[0][1])
            self._stray(at)

    def _single(self, at: int) -> None:
        if self._joins(at) or self._is_elision(at):
            self._write(at, APOSTROPHE)
        elif self._may_open(at) and self._is_closed_later(at):
            opening, closing = self.of.single
            self._write(at, opening)
            self._open(at, closing, False)
        elif self.open and not self.open[-1].is_double and not self._is_possessive(at):
            self._write(at, self.open[-1].close)
            self.open.pop()
        elif not (self._before(at).isspace() and self._after(at).isspace()) and not self._is_prime(at):
            self._write(at, APOSTROPHE)

    def _may_open(self, at: int) -> bool:
        dashed = self._before(at) in _DASH
        return (self._begins_here(at) or dashed) and self._has_text_after(at)

    def _is_prime(self, at: int) -> bool:
        """Feet, minutes."""
        return self._before(at).isdigit() and not self._after(at).isalpha()

    def _is_elision(self, at: int) -> bool:
        if not (self._begins_here(at) or self._before(at) in _DASH):
            return False
        if _DECADE.match(self.text, at + 1) or _AND.match(self.text, at + 1):
            return True
        word = _WORD.match(self.text, at + 1)
        if word is None or word.group().casefold() not in _ELISIONS:
            return False
        return not (self._is_single_style() and self._is_closed_later(at))

    def _is_single_style(self) -> bool:
        """Whether single marks are the first ones here, as in British books."""
        return '"' not in self.text and not any(one.is_double for one in self.open)

    def _is_closed_later(self, at: int) -> bool:
        """Whether a mark that may end it follows, before the quotation around it ends, and before another begins."""
        for end in re.finditer("['’]", self.text[at + 1 :]):
            where = at + 1 + end.start()
            before, after = self.text[where - 1], self._after(where)
            if after.isalnum():
                continue
            if before.isalpha() and before in "sn" and self._closes_after(where):
                continue
            if not before.isspace() and before != _GAP:
                return not self._ends_between(at, where)
        return False

    def _closes_after(self, where: int) -> bool:
        """Whether, behind a mark that may be an apostrophe (the dogs', goin'), a surer one follows."""
        return re.search(r"[^\w\s]['’](?!\w)", self.text[where + 1 :]) is not None

    def _ends_between(self, start: int, end: int) -> bool:
        """Whether the double quotation around ends between two offsets."""
        inner = self.text[start + 1 : end]
        if not any(one.is_double for one in self.open):
            return False
        return inner.count('"') % 2 == 1 or inner.count("”") > inner.count("“")

    def _is_possessive(self, at: int) -> bool:
        following = self.text[at + 1 : at + 3]
        lower = len(following) == 2 and following[0] == " " and following[1].islower()
        return self._before(at) in ("s", "n") and lower and self._closes_after(at)

    # --- what is done

    def _write(self, at: int, mark: str) -> None:
        self.edits.append(Edit(at, at + 1, mark, "apostrophe" if mark == APOSTROPHE else "quote"))

    def _open(self, at: int, close: str, is_double: bool) -> None:
        self.open.append(Quotation(close, is_double, " ".join(self.text[at : at + 40].replace(_GAP, "").split())))
        self._opened_at = at

    def _close_to(self, mark: str, at: int) -> None:
        """End the innermost quotation of this mark; single ones left open within it were apostrophes."""
        while self.open:
            one = self.open.pop()
            if one.close == mark:
                return
            if one.is_double:
                self.strays.append(one.shown)

    def _stray(self, at: int) -> None:
        self.strays.append(" ".join(self.text[max(0, at - 30) : at + 1].replace(_GAP, "").split()))
