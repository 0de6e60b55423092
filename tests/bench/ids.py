"""How well ids outlive edits: 1,500 paragraphs of a novel, edited heavily, aligned with the ledger of before.

    python -m tests.bench.ids

Edits are drawn by chance from fixed seeds; the words that are put in come from another novel.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from edition.passes.ledger import align, mark_of
from edition.passes.lockfile import Ledger, dump
from edition.words import fingerprint
from edition.xml import all_named, parse

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "eltec-eng"
NOVEL, OTHER = "ENG18980_BaringGould.xml", "ENG18482_Gaskell.xml"
FILE = "text/novel.xml"
SIZE = 1500
SEEDS = range(10)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph after edits, and the ordinals of those of before that are to be found here."""

    text: str
    origins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Percentages: ids that still mean their paragraph, and ids that mean another one."""

    kept: float
    wrong: float


def paragraphs(name: str) -> list[str]:
    root = parse((CORPUS / name).read_bytes())
    found = (" ".join("".join(p.itertext()).split()) for p in all_named(root, "p"))
    return [text for text in found if fingerprint(text)]


# --- edits


def reworded(text: str, chance: random.Random, vocabulary: Sequence[str]) -> str:
    """One word in eight, and one at least, is another."""
    words = text.split()
    for _ in range(max(1, len(words) // 8)):
        words[chance.randrange(len(words))] = chance.choice(vocabulary)
    return " ".join(words)


def edited(texts: Sequence[str], other: Sequence[str], seed: int, rewordings: int, each: int) -> list[Paragraph]:
    """`rewordings` paragraphs reworded; `each` of inserted, deleted, and half of it of moved, split and merged."""
    chance = random.Random(seed)
    vocabulary = [word for text in other[:200] for word in text.split()]
    now = [Paragraph(text, (n,)) for n, text in enumerate(texts)]
    for at in chance.sample(range(len(now)), rewordings):
        now[at] = replace(now[at], text=reworded(now[at].text, chance, vocabulary))
    for _ in range(each):
        now.pop(chance.randrange(len(now)))
    for text in chance.sample(list(other), each):
        now.insert(chance.randrange(len(now)), Paragraph(text))
    for _ in range(each // 2):
        moved = now.pop(chance.randrange(len(now)))
        now.insert(chance.randrange(len(now)), moved)
    for _ in range(each // 2):
        _split(now, chance)
    for _ in range(each // 2):
        at = chance.randrange(len(now) - 1)
        one, two = now[at : at + 2]
        now[at : at + 2] = [Paragraph(f"{one.text} {two.text}", (*one.origins, *two.origins))]
    return now


def _split(now: list[Paragraph], chance: random.Random) -> None:
    """A paragraph of two sentences or more, after the first that ends beyond a third of it."""
    while True:
        at = chance.randrange(len(now))
        text = now[at].text
        end = text.find(". ", len(text) // 3)
        if end > 0:
            now[at : at + 1] = [replace(now[at], text=text[: end + 1]), Paragraph(text[end + 2 :])]
            return


# --- judging


def ledger_of(texts: Sequence[str]) -> Ledger:
    return align(Ledger(), [(FILE, [mark_of(text) for text in texts])])


def score(before: Ledger, after: Ledger, now: Sequence[Paragraph]) -> Score:
    """Of the ids of before, how many stand at their paragraph, as its id or an alias, and how many at another."""
    where = {name: n for n, row in enumerate(after.live) for name in row.names}
    belongs = {origin: n for n, paragraph in enumerate(now) for origin in paragraph.origins}
    kept = wrong = 0
    for origin, row in enumerate(before.live):
        found = where.get(row.mark.id)
        kept += found is not None and found == belongs.get(origin)
        wrong += found is not None and found != belongs.get(origin)
    return Score(100 * kept / len(belongs), 100 * wrong / len(before.live))


def run(seed: int, rewordings: int = 200, each: int = 20) -> Score:
    texts, other = paragraphs(NOVEL)[:SIZE], paragraphs(OTHER)
    now = edited(texts, other, seed, rewordings, each)
    before = ledger_of(texts)
    return score(before, align(before, [(FILE, [mark_of(p.text) for p in now])]), now)


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    texts, other = paragraphs(NOVEL)[:SIZE], paragraphs(OTHER)
    print(f"ids of {len(texts)} paragraphs of {NOVEL}; edition.lock has {len(dump(ledger_of(texts))):,} bytes")
    for told, rewordings, each in (
        ("light (40 reworded, 4 of each)", 40, 4),
        ("heavy (200 reworded, 20 of each)", 200, 20),
    ):
        found = [run(seed, rewordings, each) for seed in SEEDS]
        kept, wrong = ([getattr(one, name) for one in found] for name in ("kept", "wrong"))
        means = f"{sum(kept) / len(kept):.2f} % kept, {sum(wrong) / len(wrong):.2f} % wrong"
        print(f"  {told}: {means}; worst of {len(found)}: {min(kept):.2f} % kept, {max(wrong):.2f} % wrong")
    many = [mark_of(f"{text} {n}") for n in range(7) for text in texts][:10_000]
    before = align(Ledger(), [(FILE, many)])
    few = [mark if n % 100 else mark_of(f"so {mark.text}") for n, mark in enumerate(many)]
    all_ = [mark_of(reworded(m.text, random.Random(n), other[0].split())) for n, m in enumerate(many[:SIZE])]
    print(f"  10,000 blocks: nothing changed {timed(lambda: align(before, [(FILE, many)])):.2f} s of CPU,", end=" ")
    print(f"one in a hundred {timed(lambda: align(before, [(FILE, few)])):.2f} s;", end=" ")
    print(f"1,500, all reworded: {timed(lambda: align(ledger_of(texts), [(FILE, all_)])):.2f} s")


if __name__ == "__main__":
    main()
