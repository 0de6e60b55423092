"""Typography: quotes, dashes, ellipses, spaces, apostrophes, line-end hyphens and composed letters, by the language.

Every change is told (book.Change); what is doubtful is reported and left alone. Twice is once. Knows one unit, and of
the book only which words it holds; knows no other pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from ...book import Change
from ...normal.vocabulary import CONTAINERS, blocks
from ...words import has_words
from ...xml import LANG, Element, all_named, local
from ..spans import Flow, covered, flow
from . import hyphens, marks, noise, quotes
from .conventions import Convention, convention
from .edits import Edit, write

__all__ = ["Doubt", "Typeset", "is_known", "replay", "typeset"]

# Nobody's typography: code, and addresses.
_SPARED = ("code", "ref")
_TO_BE_FILLED, _STAND_IN = ("gap", "ref"), "\ufffc"
_ROUNDS = 6


class Doubt(Struct, frozen=True):
    """What is left alone: `kind` is quotes, hyphen or noise; `block` its ordinal; `text` what is doubtful."""

    kind: str
    block: int
    text: str


class Typeset(Struct, frozen=True):
    """What was changed, in the order in which it was, and what is doubtful."""

    changes: tuple[Change, ...]
    doubts: tuple[Doubt, ...]


class _Text(Struct, frozen=True):
    """A block that holds text of its own: its ordinal in the unit, that text as it was read, the convention of its
    language."""

    ordinal: int
    block: Element
    raw: Flow
    of: Convention | None


def is_known(language: str) -> bool:
    """Whether there are rules for a language; without, letters are composed and words at line ends joined only."""
    return convention(language) is not None


def typeset(unit: Element, language: str, is_word: Callable[[str], bool]) -> Typeset:
    """Set a unit, in place. `is_word`: whether the book has a word, or a compound with hyphens, elsewhere."""
    with _stand_ins(unit):
        return _typeset(unit, language, is_word)


@contextmanager
def _stand_ins(unit: Element) -> Iterator[None]:
    """A character in each element that will show something but holds no text: spaces around it are not one."""
    empty = [one for one in all_named(unit, *_TO_BE_FILLED) if not one.text and not len(one)]
    for one in empty:
        one.text = _STAND_IN
    yield
    for one in empty:
        one.text = None


def _typeset(unit: Element, language: str, is_word: Callable[[str], bool]) -> Typeset:
    changes: list[Change] = []
    doubts: list[Doubt] = []
    left: quotes.Open = ()
    texts = list(_texts(unit, language))
    for n, text in enumerate(texts):
        doubts += _doubts(text, is_word)
        before = left if n and _same_stanza(texts[n - 1].block, text.block) else ()
        edits, own = _set(text, before, is_word)
        changes += (Change(e.rule, text.ordinal, e.start, e.before, e.after) for e in edits)
        if text.of is not None:
            found = quotes.paired(own, text.of, before)
            left = found.open
            strays = [*found.strays, *(_not_closed(left, text, _next(texts, n)) if left else ())]
            doubts += (Doubt("quotes", text.ordinal, stray) for stray in strays)
    return Typeset(tuple(changes), tuple(doubts))


def _doubts(text: _Text, is_word: Callable[[str], bool]) -> Iterator[Doubt]:
    """What the text as it was read leaves doubtful."""
    seams = {piece.start for piece in text.raw.pieces[1:]}
    slips = noise.found(text.raw.text, text.of.name if text.of else "", seams)
    yield from (Doubt("noise", text.ordinal, found) for found in slips)
    yield from (Doubt("hyphen", text.ordinal, found) for found in hyphens.doubtful(text.raw.text, is_word))


def _set(whole: _Text, before: quotes.Open, is_word: Callable[[str], bool]) -> tuple[list[Edit], str]:
    """Every rule in its turn, until none finds anything more: what was changed, and the text as it is now."""
    made: list[Edit] = []
    block, text, spared = whole.block, whole.raw.text, covered(whole.block, _SPARED)
    rules = list(_rules(whole.of, before, is_word))
    for _ in range(_ROUNDS):
        rest = True
        for rule in rules:
            wanted = [e for e in rule(text) if not any(a < e.end and e.start < b for a, b in spared)]
            if wanted and (now := write(block, wanted)):
                rest, text, spared = False, flow(block).text, covered(block, _SPARED)
                made += now
        if rest:
            break
    return made, text


def _rules(
    of: Convention | None, before: quotes.Open, is_word: Callable[[str], bool]
) -> Iterator[Callable[[str], Sequence[Edit]]]:
    yield lambda text: list(marks.composed(text))
    yield lambda text: list(hyphens.joined(text, is_word))
    yield lambda text: list(hyphens.at_breaks(text, is_word))
    if of is not None:
        yield lambda text: list(marks.ellipses(text))
        yield lambda text: list(marks.dashes(text, of))
        yield lambda text: quotes.paired(text, of, before).edits
        yield lambda text: list(marks.spaces(text, of))


def replay(unit: Element, changes: Sequence[Change]) -> None:
    """Make logged changes again, on the tree they were made on."""
    order = list(blocks(unit))
    with _stand_ins(unit):
        for change in changes:
            edit = Edit(change.start, change.start + len(change.before), change.after, change.rule, change.before)
            write(order[change.block], [edit])


def _texts(unit: Element, language: str) -> Iterator[_Text]:
    for ordinal, block in enumerate(blocks(unit)):
        if local(block) not in CONTAINERS and block.get("type") != "code" and has_words((raw := flow(block)).text):
            yield _Text(ordinal, block, raw, convention(_language(block, language)))


def _language(element: Element, default: str) -> str:
    above = (one.get(LANG) for one in (element, *element.iterancestors()))
    return str(next(filter(None, above), default))


def _same_stanza(one: Element, other: Element) -> bool:
    return local(one) == local(other) == "l" and one.getparent() is other.getparent()


def _next(texts: Sequence[_Text], n: int) -> Element | None:
    """The block whose text follows on that of block n: notes are passed over, or stay among themselves."""
    here = _note_of(texts[n].block)
    later = (text.block for text in texts[n + 1 :])
    return next((block for block in later if _note_of(block) is here and local(block) != "note"), None)


def _note_of(block: Element) -> Element | None:
    return next((above for above in block.iterancestors() if local(above) == "note"), None)


def _not_closed(left: quotes.Open, text: _Text, following: Element | None) -> Iterator[str]:
    """A quotation left open goes on in the next paragraph, which then begins with its mark, or in the next line."""
    goes_on = following is not None and (
        _same_stanza(text.block, following) or (text.of is not None and quotes.begins(flow(following).text, text.of))
    )
    if not goes_on:
        yield from (one.shown for one in left if one.is_double)
