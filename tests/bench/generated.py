"""A made-up book of any size as an edition's folder: chapters with sections, notes, cross-references, names and dates.

The same arguments give the same bytes, on every machine.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

_ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w".split()
_NUCLEI = "a e i o u ai ea ee ou oa".split()
_CODAS = "n r s t l m d nd st ng ck rn lt".split() + [""] * 6
_SMALL = "the of and to in a that was his it with as for had by on at were from which".split()
_MONTHS = "January March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Size:
    """Of a book: chapters, words in each, and how many notes, references and names stand in each; people in all."""

    chapters: int = 300
    words: int = 6_600
    notes: int = 8
    references: int = 50
    names: int = 40
    people: int = 800
    pages: str = "none"  # epub: pages
    outputs: str = "tei, epub"


LARGE = Size()  # 300 chapters, 15 MB, without pages
BOOK = Size(40, 6_600, 62, 125, 60, 800, "print", "tei, epub, pdf")  # about 800 pages


def write(folder: Path, size: Size, seed: int = 1) -> None:
    """Write the edition into `folder`, which is made."""
    chance = random.Random(seed)
    words = _vocabulary(chance)
    people = _people(chance, size.people)
    (folder / "text").mkdir(parents=True)
    files = [f"text/{n:03}.md" for n in range(1, size.chapters + 1)]
    for n, name in enumerate(files, 1):
        text = _chapter(chance, n, size, words, [name for name, _ in people.values()])
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "edition.yaml").write_text(_edition(files, size), encoding="utf-8")
    register = (f'{key}: {{name: {name}, sort: "{sort}"}}\n' for key, (name, sort) in people.items())
    (folder / "people.yaml").write_text("".join(register), encoding="utf-8")
    (folder / "chronology.yaml").write_text(_chronology(chance, list(people)), encoding="utf-8")


def _edition(files: list[str], size: Size) -> str:
    body = "".join(f"    - {name}\n" for name in files)
    return (
        "id: generated\ntitle: A Generated Book\nlanguage: en-GB\npublisher: {name: None, place: Nowhere, year: 2026}\n"
        "contents:\n  front: [half-title, title, copyright, contents]\n"
        f"  body:\n{body}  back: [who-is-who, chronology, index]\n"
        f"people: people.yaml\nchronology: chronology.yaml\nepub: {{pages: {size.pages}}}\noutputs: [{size.outputs}]\n"
    )


def _vocabulary(chance: random.Random) -> list[str]:
    """Words in a list from which a uniform choice gives frequencies that fall as those of a language do."""
    rare = sorted({_word(chance, chance.choice((1, 2, 2, 3))) for _ in range(4_000)} - set(_SMALL))
    chance.shuffle(rare)
    weighted = [word for rank, word in enumerate(rare, 1) for _ in range(max(1, 2_000 // (rank + 20)))]
    return weighted + _SMALL * (len(weighted) // 40)


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(_ONSETS) + chance.choice(_NUCLEI) + chance.choice(_CODAS) for _ in range(syllables))


def _people(chance: random.Random, count: int) -> dict[str, tuple[str, str]]:
    """Key -> name, sort form; no surname twice."""
    found: dict[str, tuple[str, str]] = {}
    while len(found) < count:
        given, surname = _word(chance, 2).capitalize(), _word(chance, 3).capitalize()
        found.setdefault(surname.lower(), (f"{given} {surname}", f"{surname}, {given}"))
    return found


def _chronology(chance: random.Random, keys: list[str]) -> str:
    rows = []
    for n in range(1, 61):
        people = ", ".join(sorted(chance.sample(keys, 2)))
        rows.append(
            f"event-{n:02}: {{date: {1850 + n}-0{n % 9 + 1}-{n % 27 + 1:02}, label: Event {n}, people: [{people}]}}\n"
        )
    return "".join(rows)


def _chapter(chance: random.Random, number: int, size: Size, words: list[str], names: list[str]) -> str:
    """One chapter: paragraphs of about ninety words under sections of about ten."""
    count = max(1, size.words // 90)
    paragraphs = [chance.choices(words, k=chance.randint(60, 120)) for _ in range(count)]
    for text in paragraphs:
        text[0] = text[0].capitalize()
        text[-1] += "."
        middle = len(text) // 2
        text[middle - 1] += "."
        text[middle] = text[middle].capitalize()

    def put(text: str) -> None:
        paragraph = chance.choice(paragraphs)
        paragraph.insert(chance.randrange(1, len(paragraph) - 1), text)

    for _ in range(size.names):
        put(chance.choice(names))
    for _ in range(size.references):
        put(f"[](#ch-{chance.randint(1, size.chapters):03})")
    for _ in range(max(1, size.words // 1_000)):
        put(f"{chance.randint(1, 28)} {chance.choice(_MONTHS)} {chance.randint(1851, 1910)}")
    notes = []
    for n in range(1, size.notes + 1):
        put(f"[^{n}]")
        notes.append(f"[^{n}]: {' '.join(chance.choices(words, k=chance.randint(8, 40))).capitalize()}.\n")
    blocks = [f"# {' '.join(chance.choices(words, k=3)).capitalize()} {{#ch-{number:03}}}\n"]
    for n, text in enumerate(paragraphs):
        if n % 10 == 9:
            blocks.append(f"## {' '.join(chance.choices(words, k=3)).capitalize()} {{#ch-{number:03}-{n}}}\n")
        blocks.append(" ".join(text) + "\n")
    return "\n".join([*blocks, *notes])
