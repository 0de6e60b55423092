"""Which block of a text is which block of an older one: reworded, moved, split, merged.

Knows fingerprints of blocks in order; knows no tree, no file, and of ids only which are alike. Takes time linear in the
blocks that are alike, and nearly so in those that are not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property

from msgspec import Struct

from ..normal.vocabulary import ID_PREFIX
from .similarity import CUT, PART, Nearest, Text, Weights, shortened

Key = tuple[str, str]
Pair = tuple[int, int]

NONE = -1
SOME_WORDS, _LONG = 5, 24  # so many words, or characters, do not occur twice by chance
_SHORT = 6
_HERE, _ELSEWHERE, _ALONE = 0.4, 0.6, 0.15  # how alike: between the same neighbours, anywhere, with nothing else there
_NEARER = 0.15
_SMALL, _CROWD = 40_000, 400  # pairs that are looked at one by one


class Mark(Struct, frozen=True):
    """A block as the ledger sees it: TEI element, hash of its words, id ("" if the source gives none), its words."""

    kind: str
    hash: str
    id: str
    text: str = ""

    @property
    def key(self) -> Key:
        """Equal for blocks of one sort with the same words."""
        return ID_PREFIX[self.kind], self.hash


def match(old: Sequence[Mark], new: Sequence[Mark]) -> list[int]:
    """For each of `new` which of `old` it is (its index), or -1. No two are the same; `match(x, x)` is 0, 1, 2 …

    Old marks may bear the same id, as when two branches changed one block: one of them at most is matched.
    """
    found = _Matching(old, new)
    found.in_order()
    found.by_id()
    found.moved()
    found.swapped()
    found.alike()
    found.alone()
    found.beside()
    found.of_other_kind()
    return found.of


class _Matching:
    """A matching that grows: `of[j]` is the old block that new block j is, `to[i]` the new one; -1 = none so far.

    Between blocks that stand in the same order in both lie gaps; gap n comes after the pair `starts[n]`.
    """

    def __init__(self, old: Sequence[Mark], new: Sequence[Mark]) -> None:
        self.old, self.new = old, new
        self.of, self.to = [NONE] * len(new), [NONE] * len(old)
        self.gaps_old, self.gaps_new = [0] * len(old), [0] * len(new)
        self.starts: list[Pair] = [(NONE, NONE)]
        self._given: set[str] = set()

    def pair(self, i: int, j: int) -> bool:
        if not self.is_open(i) or self.of[j] != NONE:
            return False
        self.of[j], self.to[i] = i, j
        self._given.add(self.old[i].id)
        return True

    def is_open(self, i: int) -> bool:
        return self.to[i] == NONE and self.old[i].id not in self._given

    def open_old(self) -> list[int]:
        return [i for i in range(len(self.old)) if self.is_open(i)]

    def open_new(self) -> list[int]:
        return [j for j, i in enumerate(self.of) if i == NONE]

    @cached_property
    def texts_old(self) -> list[Text]:
        return [Text(shortened(mark.text)) for mark in self.old]

    @cached_property
    def texts_new(self) -> dict[int, Text]:
        return {j: Text(shortened(self.new[j].text)) for j in self.open_new()}

    @cached_property
    def weights(self) -> Weights:
        return Weights(self.texts_old)

    # --- the same words, or the same id

    def in_order(self) -> None:
        """The same words in the same order: everything of a text that nobody touched. What lies between are gaps."""
        explicit: dict[str, Key] = {}
        for mark in self.new:
            if mark.id:
                explicit.setdefault(mark.id, mark.key)
        held = {mark.id for mark in self.old if explicit.get(mark.id) == mark.key}

        def token(mark: Mark) -> Key:
            return ("#", mark.id) if mark.id in held and explicit[mark.id] == mark.key else mark.key

        chain = in_order([token(mark) for mark in self.old], [token(mark) for mark in self.new])
        chain = [(i, j) for i, j in chain if self.pair(i, j)]
        self.starts += chain
        for count, (i, j) in enumerate(chain, 1):
            after_old, after_new = chain[count] if count < len(chain) else (len(self.old), len(self.new))
            self.gaps_old[i:after_old] = [count] * (after_old - i)
            self.gaps_new[j:after_new] = [count] * (after_new - j)

    def by_id(self) -> None:
        """Ids that the source gives."""
        where = {self.old[i].id: i for i in self.open_old()}
        for j in self.open_new():
            if self.new[j].id in where:
                self.pair(where[self.new[j].id], j)

    def moved(self) -> None:
        """The same words elsewhere: if there are enough to know them by, or if they come with their neighbours."""
        counts = [Counter(mark.key for mark in marks) for marks in (self.old, self.new)]
        where = self._open_by_key()
        for certain in (True, False):
            for j in self.open_new():
                key = self.new[j].key
                if key not in where or not (is_telling(self.new[j]) or all(count[key] == 1 for count in counts)):
                    continue
                options = [i for i in where[key] if self.is_open(i)]
                if options and (len(options) == 1 or not certain) and self.pair(options[0], j):
                    self._extend(options[0], j)

    def _open_by_key(self) -> dict[Key, list[int]]:
        where: dict[Key, list[int]] = defaultdict(list)
        for i in self.open_old():
            where[self.old[i].key].append(i)
        return where

    def _extend(self, i: int, j: int) -> None:
        """Neighbours of a pair that have the same words are a pair too, and so on in both directions."""
        for step in (1, -1):
            a, b = i + step, j + step
            while 0 <= a < len(self.old) and 0 <= b < len(self.new):
                if self.old[a].key != self.new[b].key or not self.pair(a, b):
                    break
                a, b = a + step, b + step

    def swapped(self) -> None:
        """The same words between the same neighbours, few as they may be."""
        where: dict[tuple[int, Key], list[int]] = {}
        for i in self.open_old():
            where.setdefault((self.gaps_old[i], self.old[i].key), []).append(i)
        for j in self.open_new():
            same = where.get((self.gaps_new[j], self.new[j].key))
            if same:
                self.pair(same.pop(0), j)

    def beside(self) -> None:
        """The same few words beside a pair."""
        for step in (1, -1):
            for j in self.open_new()[::step]:
                i = self.of[j - step] + step if 0 <= j - step < len(self.new) and self.of[j - step] != NONE else NONE
                if 0 <= i < len(self.old) and self.old[i].key == self.new[j].key:
                    self.pair(i, j)

    def of_other_kind(self) -> None:
        """A paragraph that became a quotation, an item, a head."""
        where: dict[str, list[int]] = defaultdict(list)
        for i in self.open_old():
            where[self.old[i].hash].append(i)
        for j in self.open_new():
            i = next((i for i in where[self.new[j].hash] if self.is_open(i)), NONE)
            if i != NONE and is_telling(self.new[j]):
                self.pair(i, j)

    # --- other words

    def alike(self) -> None:
        """Reworded, split or merged: the most alike first."""
        scored = []
        for i, j in sorted(set(self._candidates())):
            a, b = self.texts_old[i], self.texts_new[j]
            here = self.gaps_old[i] == self.gaps_new[j]
            score = self.weights.alike(a, b)
            if score >= (_HERE if here else _ELSEWHERE) and (here or min(a.size, b.size) >= _SHORT):
                scored.append((-score - (_NEARER if here else 0), self._distance(i, j), i, j))
        for _, _, i, j in sorted(scored):
            self.pair(i, j)

    def _distance(self, i: int, j: int) -> float:
        """How far one block would have moved; within a gap counted from its beginning."""
        if self.gaps_old[i] != self.gaps_new[j]:
            return abs(i / len(self.old) - j / len(self.new))
        start_old, start_new = self.starts[self.gaps_old[i]]
        return abs((i - start_old) - (j - start_new))

    def _candidates(self) -> Iterator[Pair]:
        for _, old, new in self._gaps():
            if len(old) * len(new) <= _CROWD:
                yield from ((i, j) for i in old for j in new)
        sorts: dict[str, list[int]] = defaultdict(list)
        for i in self.open_old():
            sorts[self.old[i].key[0]].append(i)
        nearest: dict[str, Nearest] = {}
        for j in self.open_new():
            sort = self.new[j].key[0]
            if sort in sorts:
                if sort not in nearest:
                    nearest[sort] = Nearest([(i, self.texts_old[i]) for i in sorts[sort]], self.weights)
                yield from ((i, j) for i in nearest[sort].to(self.texts_new[j]))

    def _gaps(self) -> Iterator[tuple[tuple[int, str], list[int], list[int]]]:
        """The open blocks of one sort between the same neighbours, where there are old and new ones."""
        gaps: dict[tuple[int, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for i in self.open_old():
            gaps[self.gaps_old[i], self.old[i].key[0]][0].append(i)
        for j in self.open_new():
            gaps[self.gaps_new[j], self.new[j].key[0]][1].append(j)
        return ((key, old, new) for key, (old, new) in gaps.items() if old and new)

    def alone(self) -> None:
        """One block there was and one there is between the same neighbours: a little likeness will do."""
        for _, old, new in list(self._gaps()):
            if len(old) == len(new) == 1:
                a, b = self.texts_old[old[0]], self.texts_new[new[0]]
                if max(a.size, b.size) <= _SHORT or self.weights.alike(a, b) >= _ALONE:
                    self.pair(old[0], new[0])


def is_telling(mark: Mark) -> bool:
    """Whether a block has so many words that another with the same is the same."""
    return mark.text.count(" ") + 1 >= SOME_WORDS or len(mark.text) >= _LONG


# --- merged blocks


def absorbed(old: Sequence[Mark], new: Sequence[Mark], of: Sequence[int]) -> dict[int, int]:
    """Old blocks that are no block any more but stand in one, by index: the new block that took them in.

    It is the block that an old neighbour became, if the words stand there now and did not before.
    """
    to = {i: j for j, i in enumerate(of) if i != NONE}
    gone = [i for i in range(len(old)) if i not in to]
    if not gone:
        return {}
    weights = cache(lambda: Weights([Text(mark.text) for mark in old]))
    matched = sorted(to)
    found: dict[int, int] = {}
    for i in gone:
        at = bisect_left(matched, i)
        for neighbour in matched[max(at - 1, 0) : at + 1]:
            j = to[neighbour]
            if old[i].key[0] == new[j].key[0] and _took_in(new[j].text, old[i].text, old[neighbour].text, weights):
                found[i] = j
                break
    return found


def _took_in(now: str, part: str, before: str, weights: Callable[[], Weights]) -> bool:
    if len(part.split()) < PART:
        return _at_edge(part, now) and not _at_edge(part, before)
    if all(_stands_in(piece, now) for piece in part.split(CUT)):
        return not any(_stands_in(piece, before) for piece in part.split(CUT))
    own = Text(part)
    return own.size >= _SHORT and weights().within(own, Text(now)) >= 0.7 and weights().within(own, Text(before)) < 0.5


def _stands_in(part: str, text: str) -> bool:
    return f" {part} " in f" {text} "


def _at_edge(part: str, text: str) -> bool:
    return bool(part) and (f"{text} ".startswith(f"{part} ") or f" {text}".endswith(f" {part}"))


# --- sequences


def in_order(a: Sequence[Key], b: Sequence[Key]) -> list[Pair]:
    """Pairs of equal tokens, rising in both: equal ends, then tokens that occur once, and so on between those.

    The method is Bram Cohen's "patience diff"; small remainders are solved exactly.
    """
    found: list[Pair] = []
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        while i < i_end and j < j_end and a[i] == b[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and a[i_end - 1] == b[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        chain = _rising(_once_in_both(a, range(i, i_end), b, range(j, j_end)))
        if chain:
            found += chain
            starts = [(i, j), *((x + 1, y + 1) for x, y in chain)]
            ends = [*chain, (i_end, j_end)]
            waiting += [(x, x_end, y, y_end) for (x, y), (x_end, y_end) in zip(starts, ends, strict=True)]
        elif (i_end - i) * (j_end - j) <= _SMALL:
            found += _longest(a, range(i, i_end), b, range(j, j_end))
    return sorted(found)


def _once_in_both(a: Sequence[Key], of_a: range, b: Sequence[Key], of_b: range) -> list[Pair]:
    once_a, once_b = _once(a, of_a), _once(b, of_b)
    return [(i, once_b[token]) for token, i in once_a.items() if token in once_b]


def _once(tokens: Sequence[Key], where: range) -> Mapping[Key, int]:
    count = Counter(tokens[k] for k in where)
    return {tokens[k]: k for k in where if count[tokens[k]] == 1}


def _rising(pairs: Iterable[Pair]) -> list[Pair]:
    """The longest chain of pairs, given in order of their first, that rises in the second too."""
    ends: list[int] = []
    last: list[Pair] = []
    before: dict[Pair, Pair | None] = {}
    for pair in pairs:
        at = bisect_left(ends, pair[1])
        before[pair] = last[at - 1] if at else None
        ends[at : at + 1], last[at : at + 1] = [pair[1]], [pair]
    chain: list[Pair] = []
    step = last[-1] if last else None
    while step is not None:
        chain.append(step)
        step = before[step]
    return chain[::-1]


def _longest(a: Sequence[Key], of_a: range, b: Sequence[Key], of_b: range) -> list[Pair]:
    """A longest common subsequence, by the table of all lengths."""
    table = [[0] * (len(of_b) + 1) for _ in range(len(of_a) + 1)]
    for i in reversed(range(len(of_a))):
        for j in reversed(range(len(of_b))):
            same = a[of_a[i]] == b[of_b[j]]
            table[i][j] = table[i + 1][j + 1] + 1 if same else max(table[i + 1][j], table[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(of_a) and j < len(of_b):
        if a[of_a[i]] == b[of_b[j]]:
            found.append((of_a[i], of_b[j]))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
