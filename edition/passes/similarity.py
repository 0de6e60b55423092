"""How alike two blocks are by their words: reworded, split, merged.

Knows texts as `words.fingerprint` gives them, whole or shortened; knows no block, no id and no order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import fsum, log

from msgspec import Struct

CUT = " … "
_WHOLE, _HEAD, _TAIL = 400, 280, 120  # characters
_LONG_WORD = 16  # a longer "word" is a sentence of a script without spaces
_FEW = 8  # words: below, characters are compared too, and a beginning must be the same word by word
_SAMPLE = 2000
_RARE, _ASKED, _NEAREST = 30, 12, 5
PART = 4  # words that a beginning or an end must have to tell much


def shortened(text: str) -> str:
    """What the ledger keeps of a text: all, or its first 280 and last 120 characters, cut between words."""
    if len(text) <= _WHOLE:
        return text
    head, tail = text[: _HEAD + 1].rpartition(" ")[0], text[-_TAIL - 1 :].partition(" ")[2]
    return f"{head or text[:_HEAD]}{CUT}{tail or text[-_TAIL:]}"


class Text(Struct, frozen=True, dict=True):
    """A block's words: those of its beginning, of its end (the same if it is whole), and the set of all."""

    text: str

    @cached_property
    def head(self) -> list[str]:
        return self.text.partition(CUT)[0].split()

    @cached_property
    def tail(self) -> list[str]:
        return self.text.rpartition(CUT)[2].split()

    @cached_property
    def bag(self) -> frozenset[str]:
        words = self.text.replace(CUT, " ").split()
        if max(map(len, words), default=0) <= _LONG_WORD:
            return frozenset(words)
        return frozenset(piece for word in words for piece in _pieces(word))

    @cached_property
    def size(self) -> int:
        """Words, those cut out not counted."""
        return len(self.text.replace(CUT, " ").split())


def _pieces(word: str) -> Iterable[str]:
    if len(word) <= _LONG_WORD:
        return (word,)
    return (word[k : k + 3] for k in range(len(word) - 2))


class Weights:
    """What a word tells: the rarer it is among `texts` (of very many, a sample), the more."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._sample = texts[:: 1 + len(texts) // _SAMPLE]
        self._total = 1 + len(self._sample)

    @cached_property
    def _count(self) -> Counter[str]:
        return Counter(word for text in self._sample for word in text.bag)

    def of(self, words: Iterable[str]) -> float:
        return fsum(map(self.one, words))  # whatever their order

    def one(self, word: str) -> float:
        return log(1 + self._total / (1 + self._count[word]))

    def alike(self, a: Text, b: Text) -> float:
        """From 0 to 1. What begins as the other does, and is a part of it, is nearly the same; what ends so, less."""
        begin = 0.99 * _edge(a.head, b.head)
        if begin > 0.95:
            return begin
        end = 0.8 * _edge(a.tail[::-1], b.tail[::-1]) if min(a.size, b.size) >= PART else 0.0
        return max(begin, end, self._dice(a, b), _spelling(a, b))

    def _dice(self, a: Text, b: Text) -> float:
        whole = self.of(a.bag) + self.of(b.bag)
        return 2 * self.of(a.bag & b.bag) / whole if whole else 0.0

    def within(self, part: Text, whole: Text) -> float:
        """How much of `part` stands in `whole`, from 0 to 1."""
        own = self.of(part.bag)
        return self.of(part.bag & whole.bag) / own if own else 0.0


def _edge(a: Sequence[str], b: Sequence[str]) -> float:
    """How alike the beginnings of a and b are, over the length of the shorter; 0 where that tells little."""
    n = min(len(a), len(b))
    if n < _FEW:
        return (0.9 if n < PART else 1.0) if n > 1 and a[:n] == b[:n] else 0.0
    share = (Counter(a[:n]) & Counter(b[:n])).total() / n
    return share if share >= 0.75 else 0.0


def _spelling(a: Text, b: Text) -> float:
    if max(a.size, b.size) > _FEW or not a.text or not b.text:
        return 0.0
    from difflib import SequenceMatcher

    return 0.95 * SequenceMatcher(None, a.text, b.text, autojunk=False).ratio()


class Nearest:
    """Finds, among `texts`, those that share rare words with another."""

    def __init__(self, texts: Sequence[tuple[int, Text]], weights: Weights) -> None:
        self._texts, self._weights = texts, weights
        self._where: dict[str, list[int]] = {}
        for number, text in texts:
            for word in text.bag:
                self._where.setdefault(word, []).append(number)

    def to(self, text: Text) -> list[int]:
        """At most five numbers, the most promising first."""
        known = [word for word in text.bag if word in self._where and len(self._where[word]) <= _RARE]
        if len(self._texts) == 1:  # whatever the words tell
            return [number for number, _ in self._texts if known]
        asked = sorted(known, key=lambda word: (-self._weights.one(word), word))[:_ASKED]
        score: dict[int, float] = {}
        for word in asked:
            for number in self._where[word]:
                score[number] = score.get(number, 0.0) + self._weights.one(word)
        return sorted(score, key=lambda number: (-score[number], number))[:_NEAREST]
