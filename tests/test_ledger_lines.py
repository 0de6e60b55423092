"""The short way through the ledger gives what the long way gives, and is open only where blocks were reworded."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from edition.passes import ledger_lines, lockfile
from edition.passes.alignment import Mark
from edition.passes.ledger import align, mark_of

from .test_ledger import LIFE, A, B, C, D, E, F, G, H, named

Texts = Mapping[str, Sequence[Mark]]


def long_way(lock: bytes, texts: Texts) -> bytes:
    return lockfile.dump(align(lockfile.load(lock)[0], list(texts.items())))


def short_way(lock: bytes, texts: Texts) -> bytes | None:
    lines = lockfile.cut(lock)
    if list(lines) != list(texts):
        return None
    told = {file: ledger_lines.held(lines[file], [ledger_lines.in_short(own)]) for file, own in texts.items()}
    names = [name for own in lines.values() for name in ledger_lines.names(own)]
    changed = [file for file, one in told.items() if one is None]
    after = ledger_lines.realigned({f: lines[f] for f in changed}, {f: texts[f] for f in changed})
    if after is None or len(set(names)) != len(names):
        return None
    whole = lockfile.replaced(lock, after)
    assert whole == lockfile.joined(lines | after)
    return whole


def marks(*texts: str) -> list[Mark]:
    return [mark_of(text) for text in texts]


BOOK: Texts = {
    "one.md": marks(A, B, LIFE, C),
    "two.md": [named("dewey", D), *marks(E, LIFE)],
    "three.md": marks(F, G, H),
}
LOCK = long_way(lockfile.dump(lockfile.Ledger()), BOOK)


def test_what_stands_stands() -> None:
    assert short_way(LOCK, BOOK) == LOCK


def test_a_long_paragraph_stands_as_it_is_shortened() -> None:
    texts = {**BOOK, "one.md": marks(*(" ".join([A, B, C, D, E, F, G, H][n:]) for n in range(6)))}
    lock = long_way(LOCK, texts)
    assert len(lock) > len(LOCK) and all(
        ledger_lines.held(lines, [ledger_lines.in_short(own)])
        for lines, own in zip(lockfile.cut(lock).values(), texts.values(), strict=True)
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"one.md": marks(A, B.replace("bridge", "old bridge"), LIFE, C)},
        {"two.md": [named("dewey", D.replace("froze", "broke")), *marks(E, "No.")]},
        {"three.md": marks(F.replace("eleven", "twelve"), G, H.replace("tin", "lead"))},
        {"three.md": marks(G, F, H)},
        {"one.md": marks(A, B, LIFE), "three.md": marks(F, C, G, H)},
    ],
)
def test_a_reworded_block_keeps_its_id_and_all_other_lines_stay(changed: Texts) -> None:
    texts = {**BOOK, **changed}
    after = short_way(LOCK, texts)
    assert after is not None and after == long_way(LOCK, texts) and short_way(after, texts) == after


@pytest.mark.parametrize(
    "texts",
    [
        {**BOOK, "one.md": marks(A, B, LIFE, C, "A paragraph that nobody has seen before today.")},
        {**BOOK, "one.md": marks(A, LIFE, C)},
        {**BOOK, "two.md": [named("tin", D), *marks(E, LIFE)]},
        dict(reversed(BOOK.items())),
        {**BOOK, "four.md": marks("Another file with another paragraph in it.")},
    ],
)
def test_what_gives_or_moves_an_id_goes_the_long_way(texts: Texts) -> None:
    assert short_way(LOCK, texts) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'{"edition.lock": 1}\n', b""),
        (b'"kind": "p"', b'"kind":"p"'),
        (b'{"end"', b'{"id": "p-1", "kind": "p", "hash": "0123456789", "text": "a", "more": 1}\n{"end"'),
        (b'"id": "dewey"', b'"id": "p-%s"' % mark_of(A).hash[:6].encode()),
        (b'{"file": "three.md"}\n', b"<<<<<<< ours\n"),
        (b'{"file": "three.md"}\n', b'>{"file": "three.md"}\n'),
        (b'\n{"id": "dewey", ', b'{"id": "dewey", \n'),
        (b'}\n{"end"', b'}{"end"'),
        (b'"id": "dewey"', b'"id": "dew\xff"'),
        (b'"file": "two.md"', b'"file": "two\t.md"'),
        (b'}\n{"id": "dewey"', b'}\r\n{"id": "dewey"'),
        (b'"}\n{"end"', b'", "aliases": ["a"b"]}\n{"end"'),
    ],
)
def test_a_lock_that_was_not_written_so_goes_the_long_way(old: bytes, new: bytes) -> None:
    assert old in LOCK
    assert short_way(LOCK.replace(old, new, 1), BOOK) is None


def test_ids_and_aliases_are_read_off_the_lines() -> None:
    merged = {**BOOK, "one.md": marks(f"{A} {B}", LIFE, C)}
    lock = long_way(LOCK, merged)
    (lines, *_), (cell, *_) = (
        lockfile.cut(lock).values(),
        ledger_lines.cells(lock, {f: len(m) for f, m in merged.items()}).values(),
    )
    one = ledger_lines.held(lines, [ledger_lines.in_short(merged["one.md"])])
    rows = lockfile.load(lock)[0].live[:3]
    assert one is not None and one["ids"] == cell["ids"] == [row.mark.id for row in rows]
    assert cell["aliases"] == {row.mark.id: list(row.aliases) for row in rows if row.aliases} != {}
    assert short_way(lock, merged) == lock


@pytest.mark.parametrize("seed", range(20))
def test_both_ways_agree_on_any_rewording(seed: int) -> None:
    chance = random.Random(seed)
    texts, lock = dict(BOOK), LOCK
    for _ in range(6):
        file = chance.choice(list(texts))
        row = list(texts[file])
        at = chance.randrange(len(row))
        text = row[at].text.split()
        text[chance.randrange(len(text))] = chance.choice(["lantern", "seven", "the"])
        row[at] = mark_of(" ".join(text), "p", row[at].id)
        texts[file] = row
        lock, short = long_way(lock, texts), short_way(lock, texts)
        assert short in (None, lock)
