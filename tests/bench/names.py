"""How fast names are found, and how right: 7 million characters against 4,000 people; sixty letters without their tags.

    python -m tests.bench.names

The letters are those of the corpus schnitzler-briefe: with the registers of all put into one, and each with its own.
What is found where the corpus has no tag is told apart: it does not tag addressees and what notes cite.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from copy import deepcopy
from pathlib import Path

from edition.book import Person
from edition.normal.vocabulary import NAMES, blocks
from edition.passes import names, registers
from edition.passes.name_forms import form_table, person_forms, small_letters
from edition.passes.name_matches import Known
from edition.passes.spans import flow
from edition.readers import Reading, ReadOptions, read
from edition.words import words
from edition.xml import Element, all_named, local, tei

from .generated import _people, _vocabulary

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "schnitzler-briefe"
MOST_WRONG = 2
LIMIT = 3.0  # seconds of CPU for variants, matching and writing back
Tag = tuple[int, int, int, str, str]  # block, start, end, kind, key


def known(persons: dict[str, Person], language: str, lower: set[str]) -> Known:
    table = form_table(persons, {}, language)
    small = small_letters(table)
    return Known(
        forms=table.get,
        kind=lambda key: persons[key].kind if key in persons else "",
        ids=lambda: persons,
        here=lambda block: {},
        lower=lower.__contains__,
        small=lambda: small,
    )


# --- how fast


def speed() -> None:
    chance = random.Random(1)
    vocabulary, people = _vocabulary(chance), _people(chance, 4_000)
    paragraphs = [_paragraph(chance, vocabulary, list(people.values())) for _ in range(8_500)]
    units = [tei("div", {}, *(tei("p", {}, text) for text in paragraphs[n : n + 85])) for n in range(0, 8_500, 85)]
    begun = time.process_time()
    persons = {key: Person(key, name, sort, person_forms(name, sort)) for key, (name, sort) in people.items()}
    asked = known(persons, "en", set(vocabulary))
    for unit in units:
        names.mark(unit, "a.md", "a.md#0", asked)
    spent = time.process_time() - begun
    found = sum(1 for unit in units for _ in all_named(unit, "persName"))
    size = sum(map(len, paragraphs))
    print(f"names: {size / 1e6:.1f} M characters, 4000 people, {found} names: {spent:.2f} s of CPU (limit {LIMIT} s)")


def _paragraph(chance: random.Random, vocabulary: list[str], people: list[tuple[str, str]]) -> str:
    found = chance.choices(vocabulary, k=105)
    for _ in range(4):
        name, sort = chance.choice(people)
        found.insert(chance.randrange(1, 100), chance.choice((name, sort.partition(",")[0])))
    text = " ".join(found)
    return f"{text[0].upper()}{text[1:]}."


# --- how right


def letters() -> None:
    if not CORPUS.is_dir():
        print("letters: skipped, the corpus is not here")
        return
    readings = {path.name: read(path.name, path.read_bytes(), ReadOptions("de-AT")) for path in CORPUS.glob("L*.xml")}
    told = [(name, readings[name].registers) for name in sorted(readings)]
    pooled, _ = registers.register({}, told)
    _measure("one register", readings, dict.fromkeys(readings, pooled))
    _measure("each with its own", readings, {name: registers.register({}, [(name, own)])[0] for name, own in told})


def _measure(how: str, readings: dict[str, Reading], known_to: dict[str, dict[str, Person]]) -> None:
    trees = {name: deepcopy(readings[name].tree) for name in sorted(readings)}
    lower = {word for tree in trees.values() for block in blocks(tree) for word in words(flow(block).text)}
    lower = {word for word in lower if word.islower()}
    counted: Counter[tuple[str, str]] = Counter()
    for name, tree in trees.items():
        _judge(name, tree, known(known_to[name], "de-AT", lower), known_to[name], counted)
    for kind in ("person", "place", "org"):
        tagged, found, right = (counted[kind, what] for what in ("tagged", "found", "right"))
        print(
            f"letters, {how}: {kind}: {tagged} tagged, {found} found at tags, {right} right: "
            f"P {right / max(found, 1):.3f}, R {right / max(tagged, 1):.3f}; "
            f"{counted[kind, 'beside']} more found where there is no tag"
        )
    wrong = sum(n for (_, what), n in counted.items() if what == "found") - sum(
        n for (_, what), n in counted.items() if what == "right"
    )
    print(f"letters, {how}: {wrong} wrong identities (limit {MOST_WRONG})")


def tags(tree: Element) -> list[Tag]:
    """The names of a tree that refer to an entry of the registers."""
    found: dict[tuple[Element, str], list[int]] = {}
    for n, block in enumerate(blocks(tree)):
        for piece in flow(block).pieces:
            around: Element | None = piece.container
            while around is not None and around is not block:
                for token in around.get("ref", "").split() if local(around) in NAMES else ():
                    found.setdefault((around, token), [n, piece.start, piece.end])[2] = piece.end
                around = around.getparent()
    rows = ((place, token.lstrip("#").partition("-")) for (_, token), place in found.items())
    return [(*place, kind, key) for place, (kind, _, key) in rows]  # type: ignore[misc]


def _judge(
    name: str, tree: Element, asked: Known, persons: dict[str, Person], counted: Counter[tuple[str, str]]
) -> None:
    expected = [tag for tag in tags(tree) if tag[4] in persons]
    for element in list(all_named(tree, *NAMES)):
        names.unwrap(element)
    names.mark(tree, name, name, asked)
    counted.update((kind, "tagged") for *_, kind, _ in expected)
    texts = [flow(block).text for block in blocks(tree)]
    for block, start, end, kind, key in tags(tree):
        there = {tag[4] for tag in expected if tag[0] == block and tag[3] == kind and tag[1] < end and start < tag[2]}
        counted[kind, "found" if there else "beside"] += 1
        counted[kind, "right"] += key in there
        if there and key not in there:
            meant = ", ".join(persons[one].name for one in sorted(there))
            print(f"letters: {name}: “{texts[block][start:end]}” is taken for {persons[key].name}, tagged as {meant}")


def main() -> None:
    speed()
    letters()
