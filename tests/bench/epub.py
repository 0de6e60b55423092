"""What an e-book costs: a made-up novel of the size of *War and Peace* from Markdown to EPUB, against pandoc.

    python -m tests.bench epub              600,000 words, three builds of each, and growth over four doublings
    python -m tests.bench.epub 100000       one size, one build of each, no limits

Every build is a process of its own that finds an empty store. Seconds are of CPU, children included; memory is the
peak of the largest process. pandoc gets the same Markdown, and a title.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from math import log2
from pathlib import Path

WORDS, NOTES, BOOKS, CHAPTERS = 600_000, 1_500, 17, 21  # chapters of a book
SHARE, MEGABYTES, GROWTH = 0.8, 600, 1.1  # of issue 6
_SMALL = (
    "the of and to in a that was his it with as for had by on at were from which he she not but him her all".split()
)
_PHRASES = ("mon cher", "à la guerre", "chère amie", "quelle idée", "en effet", "c’est la vie")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU, and megabytes at the peak."""

    cpu: float
    peak: float


def write(folder: Path, words: int = WORDS) -> list[Path]:
    """An edition without pages in `folder`, and the files of its text: the same bytes on every machine."""
    chance = random.Random(1869)
    vocabulary = _vocabulary(chance)
    chapters = max(1, CHAPTERS * words // WORDS)
    notes = NOTES * words // WORDS
    (folder / "text").mkdir(parents=True)
    files = []
    for book in range(BOOKS):
        texts = [
            _chapter(chance, vocabulary, words // BOOKS // chapters, (n + 1) * notes // whole - n * notes // whole)
            for whole in [BOOKS * chapters]
            for n in range(book * chapters, (book + 1) * chapters)
        ]
        files.append(folder / "text" / f"book-{book + 1:02}.md")
        files[-1].write_text("\n".join(_numbered(texts)), encoding="utf-8")
    listed = "".join(f"    - text/{file.name}\n" for file in files)
    (folder / "edition.yaml").write_text(
        "id: novel\ntitle: A Long Novel\nlanguage: en-GB\ncreators: [{name: A. Writer, role: aut}]\n"
        f"contents:\n  front: [title, contents]\n  body:\n{listed}epub: {{pages: none}}\noutputs: [epub]\n",
        encoding="utf-8",
    )
    return files


def _vocabulary(chance: random.Random) -> list[str]:
    """Words in a list from which a uniform choice gives frequencies that fall as those of a language do."""
    syllables = [a + b + c for a in "b d f g k l m n p r s t v".split() for b in "aeiou" for c in ("", "n", "r", "st")]
    rare = list(dict.fromkeys("".join(chance.choices(syllables, k=chance.choice((1, 2, 2, 3)))) for _ in range(18_000)))
    weighted = [word for rank, word in enumerate(rare, 1) for _ in range(max(1, 4_000 // (rank + 40)))]
    return weighted + _SMALL * (len(weighted) // 30)


def _chapter(chance: random.Random, vocabulary: list[str], words: int, notes: int) -> tuple[list[str], list[str]]:
    """The blocks of a chapter, the words of its notes; a reference in the text is [^]."""
    blocks = [f"# {_sentence(chance, vocabulary, 3).rstrip('.')}"]
    while words > 0:
        paragraph = [_sentence(chance, vocabulary, chance.randint(5, 30)) for _ in range(chance.randint(1, 7))]
        words -= sum(len(sentence.split()) for sentence in paragraph)
        if chance.random() < 0.4:
            paragraph[0] = f'"{paragraph[0]}"'
        if chance.random() < 0.2:
            paragraph[-1] = f"*{chance.choice(_PHRASES).capitalize()},* {paragraph[-1].lower()}"
        blocks.append(" ".join(paragraph))
    for k in chance.choices(range(1, len(blocks)), k=notes):
        blocks[k] += "[^]"
    return blocks, [_sentence(chance, vocabulary, chance.randint(8, 40)) for _ in range(notes)]


def _sentence(chance: random.Random, vocabulary: list[str], length: int) -> str:
    words = chance.choices(vocabulary, k=length)
    if length > 12:
        words[length // 2] += ","
    return " ".join(words).capitalize() + "."


def _numbered(chapters: list[tuple[list[str], list[str]]]) -> list[str]:
    """Blocks of one file, references and notes numbered through."""
    found, count, text = [], 0, []
    for blocks, notes in chapters:
        for block in blocks:
            pieces = block.split("[^]")
            text.append(pieces[0] + "".join(f"[^{count + k}]{piece}" for k, piece in enumerate(pieces[1:], 1)) + "\n")
            count += len(pieces) - 1
        found += notes
    return [*text, *(f"[^{n}]: {note}\n" for n, note in enumerate(found, 1))]


def ours(folder: Path, home: Path) -> Cost:
    command = [sys.executable, "-m", "edition", "build", str(folder), "--out", str(home / "out"), "--quiet"]
    return measured(command, {"EDITION_CACHE": str(home / "store"), "PYTHONDONTWRITEBYTECODE": ""})


def pandoc(files: list[Path], home: Path) -> Cost:
    import pypandoc

    options = ["-f", "markdown", "-t", "epub3", "--toc", "-M", "title=A Long Novel", "-M", "lang=en-GB"]
    return measured(
        [pypandoc.get_pandoc_path(), *options, "--file-scope", "-o", str(home / "pandoc.epub"), *map(str, files)]
    )


def measured(command: list[str], more: dict[str, str] | None = None) -> Cost:
    """What a program costs, with its children; it must end well."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env={**os.environ, **(more or {})}, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert process.returncode == 0, said.read().decode()[-2000:]
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def best(words: int, times: int) -> tuple[Cost, Cost]:
    """The least that a book of so many words costs us, and pandoc, in turn."""
    found: tuple[list[Cost], list[Cost]] = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as name:
            home = Path(name)
            files = write(home / "novel", words)
            found[0].append(ours(home / "novel", home))
            found[1].append(pandoc(files, home))
    own, other = (Cost(min(c.cpu for c in costs), max(c.peak for c in costs)) for costs in found)
    return own, other


def told(words: int, own: Cost, other: Cost) -> None:
    print(
        f"{words:8,} words  {own.cpu:6.2f} s {own.peak:5.0f} MB   pandoc {other.cpu:6.2f} s {other.peak:5.0f} MB"
        f"   {own.cpu / other.cpu:.2f} ×",
        flush=True,
    )


def main() -> None:
    sizes = [WORDS >> k for k in (4, 3, 2, 1)] + [WORDS]
    costs = {}
    for words in sizes:
        costs[words], other = best(words, 3 if words == WORDS else 2)
        told(words, costs[words], other)
    growth = log2(costs[WORDS].cpu / costs[sizes[0]].cpu) / 4
    print(f"growth {growth:.2f} over four doublings")
    assert costs[WORDS].cpu <= SHARE * other.cpu, f"more than {SHARE} of pandoc's time"
    assert costs[WORDS].peak < MEGABYTES, f"more than {MEGABYTES} MB"
    assert growth <= GROWTH, f"time grows faster than the size to the power of {GROWTH}"


if __name__ == "__main__":
    if sys.argv[1:]:
        told(int(sys.argv[1]), *best(int(sys.argv[1]), 1))
    else:
        main()
