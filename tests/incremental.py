"""A small edition edited at random, and its store mistreated; after each step, warm must be cold, byte for byte.

    python -m tests.incremental --seed 1 --steps 100 [--real 10]

The layout engine is replaced by a stub behind book.PageFacts, and the writer of PDF by a digest, but for
every `--real`th step.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from edition import book, builder
from edition.engine import Key, Memory, Rule, Trace, TraceRow, Work
from edition.passes import plan
from edition.recipe import RULES
from edition.store import Disk
from edition.writers.flow import flow_of
from edition.writers.printed import _fragment

SMALL = "the of and to in a that was his it with as for had by on at were".split()
LARGE = "letter winter harbour answer journey printer garden promise station meeting window evening".split()
PEOPLE = {"duval": "Anne Duval", "moreau": "Jeanne Moreau", "ford": "Ann Ford", "pauli": "Max Pauli"}
WORDS_PER_PAGE = 40
T = TypeVar("T")


# --- the edition


@dataclass(slots=True)
class Sources:
    """The edition as blocks of Markdown by file, and what goes into its YAML; written out whole after every edit."""

    chance: random.Random
    texts: dict[str, list[str]] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=lambda: dict(PEOPLE))
    title: str = "Letters"
    numbering: str = "chapter"
    pages: str = "print"
    forms: dict[str, str] = field(default_factory=dict)
    year: int = 1848
    styles: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def fresh(self) -> int:
        self.count += 1
        return self.count

    def paragraph(self) -> str:
        """A paragraph with, at times, an id, a name, a reference, a date, a note."""
        words = [self.chance.choice(SMALL + LARGE) for _ in range(self.chance.randint(6, 30))]
        extra = self.chance.random
        if extra() < 0.4:
            words.insert(3, self.chance.choice([*self.people.values(), "Harker"]).split()[-1])
        if extra() < 0.3:
            words.insert(5, f"[](#{self.chance.choice(self.ids() or ['chronology'])})")
        if extra() < 0.2:
            words.insert(2, f"{self.chance.randint(1, 28)} March {self.year}")
        text = " ".join(words).capitalize() + "."
        if extra() < 0.3:
            n = self.fresh()
            text += f"[^n{n}]\n\n[^n{n}]: {' '.join(self.chance.choices(LARGE, k=4))} {self.chance.choice(LARGE)}."
        return (f"{{#id-{self.fresh()}}}\n" if extra() < 0.3 else "") + text

    def chapter(self) -> list[str]:
        n = self.fresh()
        head = f"# {' '.join(self.chance.choices(LARGE, k=2)).capitalize()} {{#ch-{n}}}"
        return [head, *(self.paragraph() for _ in range(self.chance.randint(2, 5)))]

    def ids(self) -> list[str]:
        blocks = (block for blocks in self.texts.values() for block in blocks)
        return [block.split("{#")[1].split("}")[0] for block in blocks if "{#" in block]

    def files(self) -> dict[str, str]:
        body = "".join(f"    - {name}\n" for name in self.texts)
        said = (
            f"id: small\ntitle: {self.title}\nlanguage: en-GB\nnotes: {{numbering: {self.numbering}}}\n"
            f"publisher: {{name: Nobody, year: 2026}}\nepub: {{pages: {self.pages}}}\ncontents:\n"
            f"  front: [half-title, title, contents]\n  body:\n{body}  back: [who-is-who, chronology, index]\n"
        )
        register = "".join(f"{key}: {{name: {name}}}\n" for key, name in self.people.items())
        events = f"crossing: {{date: {self.year}-03-02, label: The crossing}}\n"
        forms = "".join(f"  {form}: {key}\n" for form, key in self.forms.items())
        texts = {name: "\n\n".join(blocks) + "\n" for name, blocks in self.texts.items()}
        decided = {"decisions.yaml": f"forms:\n{forms}"} if forms else {}
        return (
            {"edition.yaml": said, "people.yaml": register, "chronology.yaml": events} | decided | texts | self.styles
        )

    def write(self, folder: Path) -> None:
        files = self.files()
        for path in [*folder.glob("text/*"), *folder.glob("styles/*"), *folder.glob("*.yaml")]:
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists() or path.read_text() != text:
                path.write_text(text)


def first_sources(chance: random.Random) -> Sources:
    sources = Sources(chance)
    for n in range(1, 5):
        sources.texts[f"text/{n}.md"] = sources.chapter()
    return sources


# --- edits


def _some(sources: Sources, least: int = 0) -> tuple[list[str], int]:
    """A paragraph: the blocks of its chapter, its place there."""
    blocks = sources.chance.choice(
        [blocks for blocks in sources.texts.values() if len(blocks) > 1 + least] or [[""] * 2]
    )
    return blocks, sources.chance.randrange(1, len(blocks))


def reword(s: Sources) -> None:
    blocks, at = _some(s)
    old = s.chance.choice(LARGE)
    blocks[at] = blocks[at].replace(old, s.chance.choice(LARGE), 1) if old in blocks[at] else f"{blocks[at]} More."


def insert(s: Sources) -> None:
    blocks, at = _some(s)
    blocks.insert(at, s.paragraph())


def drop(s: Sources) -> None:
    blocks, at = _some(s, 1)
    if len(blocks) > 2:
        del blocks[at]


def reorder(s: Sources) -> None:
    blocks, at = _some(s)
    blocks.insert(s.chance.randrange(1, len(blocks)), blocks.pop(at))


def move(s: Sources) -> None:
    blocks, at = _some(s, 1)
    other, there = _some(s)
    if len(blocks) > 2:
        other.insert(min(there, len(other)), blocks.pop(at))


def reorder_chapters(s: Sources) -> None:
    names = list(s.texts)
    s.chance.shuffle(names)
    s.texts = {name: s.texts[name] for name in names}


def retitle(s: Sources) -> None:
    blocks = s.chance.choice(list(s.texts.values()))
    blocks[0] = f"# {s.chance.choice(LARGE).capitalize()} again {blocks[0][blocks[0].rindex('{') :]}"


def rename_id(s: Sources) -> None:
    """An id changes, and with it most references to it; the rest are wrong until an edit heals them."""
    ids = s.ids()
    if ids:
        old, new = s.chance.choice(ids), f"id-{s.fresh()}"
        for blocks in s.texts.values():
            for n, block in enumerate(blocks):
                block = block.replace(f"{{#{old}}}", f"{{#{new}}}")
                blocks[n] = block.replace(f"(#{old})", f"(#{new})") if s.chance.random() < 0.8 else block


def heal(s: Sources) -> None:
    """References to nothing lead to the chronology."""
    known = set(s.ids()) | {"chronology"}
    for blocks in s.texts.values():
        for n, block in enumerate(blocks):
            for piece in block.split("(#")[1:]:
                name = piece.split(")")[0]
                blocks[n] = blocks[n] if name in known else blocks[n].replace(f"(#{name})", "(#chronology)")


def id_for_reference(s: Sources) -> None:
    """A paragraph gets an id that a reference was looking for."""
    wanted = [piece.split(")")[0] for b in s.texts.values() for block in b for piece in block.split("(#")[1:]]
    lost = sorted(set(wanted) - set(s.ids()) - {"chronology"})
    blocks, at = _some(s)
    if lost and "{#" not in blocks[at]:
        blocks[at] = f"{{#{s.chance.choice(lost)}}}\n{blocks[at].strip()}"


def rename_person(s: Sources) -> None:
    key = s.chance.choice(list(s.people))
    s.people[key] = f"{s.chance.choice(LARGE).capitalize()} {s.people[key].split()[-1]}"


def another_person(s: Sources) -> None:
    """Somebody comes or goes whose surname another has too."""
    if s.people.pop("other", None) is None:
        s.people["other"] = f"Paul {s.people['moreau'].split()[-1]}"
    _no_decisions_on_nobody(s)


def stranger(s: Sources) -> None:
    """Somebody of whom the register knows nothing is named; if so, enters it; leaves it again."""
    if s.people.pop("harker", None) is None:
        if any("Harker" in block for blocks in s.texts.values() for block in blocks):
            s.people["harker"] = "Jo Harker"
        else:
            blocks, at = _some(s)
            blocks[at] = f"{blocks[at].rstrip()} So said Harker."
    _no_decisions_on_nobody(s)


def _no_decisions_on_nobody(s: Sources) -> None:
    s.forms = {form: key for form, key in s.forms.items() if key in s.people or key == "none"}


def decide(s: Sources) -> None:
    form = s.chance.choice(list(s.people.values())).split()[-1]
    if s.forms.pop(form, None) is None:
        s.forms[form] = s.chance.choice([*s.people, "none"])


def add_chapter(s: Sources) -> None:
    if len(s.texts) < 6:
        s.texts[f"text/{s.fresh() + 10}.md"] = s.chapter()


def drop_chapter(s: Sources) -> None:
    if len(s.texts) > 2:
        del s.texts[s.chance.choice(list(s.texts))]


def rename_file(s: Sources) -> None:
    old = s.chance.choice(list(s.texts))
    new = f"text/{s.fresh() + 100}.md"
    s.texts = {new if name == old else name: blocks for name, blocks in s.texts.items()}


def blank_lines(s: Sources) -> None:
    blocks, at = _some(s)
    blocks[at] = "\n" + blocks[at]


def settings(s: Sources) -> None:
    s.title = f"Letters {s.fresh()}"
    s.numbering = s.chance.choice(["chapter", "book"])
    s.pages = s.chance.choice(["print", "print", "none"])
    s.year = s.chance.choice([1848, 1849])


def restyle(s: Sources) -> None:
    name = f"styles/{s.chance.choice(['print', 'epub'])}.css"
    if s.styles.pop(name, None) is None:
        s.styles[name] = f"p {{ margin: {s.chance.randint(0, 3)}px }}\n"


EDITS: Sequence[Callable[[Sources], None]] = (
    reword, reword, reword, insert, drop, reorder, move, reorder_chapters, retitle, rename_id, id_for_reference,
    rename_person, another_person, stranger, stranger, decide,
    add_chapter, drop_chapter, rename_file, blank_lines, settings, restyle,
)  # fmt: skip


# --- mistreatment of the store


def damage(cache: Path, chance: random.Random) -> None:
    """Values are edited, cut short, deleted; now and then the database too."""
    for path in _sampled(sorted(cache.glob("blobs/*")), chance):
        data = _mistreated(path.read_bytes(), chance)
        path.unlink() if data is None else path.write_bytes(data)
    with suppress(sqlite3.Error), closing(sqlite3.connect(cache / "traces.sqlite")) as db, db:
        for name, data in _sampled(db.execute("SELECT name, data FROM small ORDER BY name").fetchall(), chance):
            db.execute("UPDATE small SET data = ? WHERE name = ?", (_mistreated(data or b"", chance), name))
    if chance.random() < 0.1:
        database = cache / "traces.sqlite"
        data = bytearray(database.read_bytes())
        for _ in range(20 if data else 0):  # a build that was killed may have left all in the log
            data[chance.randrange(len(data))] ^= 255
        database.write_bytes(data)


def _sampled(all_: list[T], chance: random.Random) -> list[T]:
    return chance.sample(all_, min(len(all_), chance.choice([1, 5, len(all_)])))


def _mistreated(data: bytes, chance: random.Random) -> bytes | None:
    how = chance.randrange(3)
    if how == 2:
        return None
    return data[: len(data) // 2] if how else data[:-1] + bytes([(data or b"\0")[-1] ^ 1])


def touch(folder: Path, chance: random.Random) -> None:
    for path in folder.rglob("*.*"):
        os.utime(path, (chance.randrange(10**9), chance.randrange(10**9)))


class Dying(Disk):
    """A store whose process dies at its `last`th act, with half a value written or not yet any."""

    last = 0

    def _act(self) -> None:
        self.last -= 1
        if self.last <= 0:
            os._exit(9)

    def keep_value(self, data: bytes) -> str:
        self._act()
        return super().keep_value(data)

    def keep_trace(self, key: Key, row: TraceRow) -> None:
        self._act()
        super().keep_trace(key, row)


# --- building


def stub_layout(unit: bytes, request: str, style: bytes) -> bytes:
    """Pages of forty words, as a blob without pages: more words where numbers are wide or the style is longer."""
    given, asked = json.loads(unit), json.loads(request)
    root = _fragment(given["body"])
    flow = flow_of(root[0] if len(root) == 1 else root)
    per_page = WORDS_PER_PAGE - sum(map(len, asked["labels"].values())) % 7 - len(style) % 5
    begins = [k for k, mark in enumerate(flow.marks) if k == 0 or mark != flow.marks[k - 1]]
    edges = [*begins[::per_page], len(flow.marks)] if begins else [0, 0]
    spans = list(zip(edges, edges[1:], strict=False))
    ids = [*given["ids"], *(note["id"] for note in given["notes"])]
    facts = book.PageFacts(
        len(spans),
        {name: n * len(spans) // len(ids) for n, name in enumerate(ids)},
        tuple(flow.start(first, end) for first, end in spans),
        tuple(flow.words(first, end) for first, end in spans),
    )
    header = book.dump({"facts": facts, "problems": []})
    return len(header).to_bytes(8, "big") + header + hashlib.sha256(unit + request.encode() + style).digest()


def _layout(t: Trace, key: str, request: str) -> Work:
    return Work(stub_layout, t.need("xhtml", key), request, t.need("style"))


def _pdf(t: Trace) -> bytes:
    made = [t.need("layout", key, request).hex() for key, request in json.loads(t.need("pages"))["requests"]]
    imprint, moment = json.loads(t.need("config")), (t.read("env:SOURCE_DATE_EPOCH") or b"").decode()
    return book.dump([made, json.loads(t.need("page_map")), imprint, plan.moment(moment, imprint)])


def rules(code: int, real: bool) -> dict[str, Rule]:
    """The recipe as it is at version `code` of the program, which changes what rules say."""

    def facts(t: Trace, key: str) -> bytes:
        raw = json.loads(RULES["facts"](t, key))  # type: ignore[arg-type]
        return book.dump({**raw, "title": f"{raw['title']} {code}"})

    def tei(t: Trace) -> bytes:
        return bytes(RULES["tei"](t)) + b"<!-- %d -->" % code  # type: ignore[arg-type]

    stubs: dict[str, Rule] = {"layout": _layout, "pdf": _pdf, "cover": lambda t: t.need("config")}
    return {**RULES, "facts": facts, "tei": tei, **({} if real else stubs)}


@contextmanager
def recipe(code: int, real: bool) -> Iterator[dict[str, str]]:
    """While the recipe is that of version `code`; gives the versions."""
    before = builder.RULES
    builder.RULES = rules(code, real)  # type: ignore[attr-defined]
    try:
        yield {"code": str(code)}
    finally:
        builder.RULES = before  # type: ignore[attr-defined]


class Difference(AssertionError):
    """A warm build that is not the cold one."""


class World:
    """The edition in a folder, and the store that outlives its builds."""

    def __init__(self, seed: int, home: Path) -> None:
        self.chance = random.Random(seed)
        self.sources = first_sources(self.chance)
        self.folder, self.cache = home / "small", home / "cache"
        self.folder.mkdir(parents=True)
        self.cache.mkdir()
        self.open: dict[str, Disk] = {}
        self.code = 1
        self.failing = 0
        self.done: list[str] = []

    def edit(self) -> None:
        """One step: some edits, or some mistreatment, or both."""
        for _ in range(self.chance.choice([0, 1, 1, 1, 2, 3])):
            edit = heal if self.failing > 2 else self.chance.choice(EDITS)
            edit(self.sources)
            self.done.append(edit.__name__)
        self.sources.write(self.folder)
        act = self.chance.random()
        if act < 0.08:
            self.done.append("touch")
            touch(self.folder, self.chance)
        elif act < 0.2:
            self.done.append("damage")
            damage(self.cache, self.chance)
        elif act < 0.28:
            self.code = self.chance.choice([1, 2, self.code + 1])
            self.done.append(f"code {self.code}")
        elif act < 0.4:
            self.done.append("killed")
            self.killed()

    def killed(self) -> None:
        last = self.chance.randrange(1, 150)
        child = os.fork()
        if child:
            os.waitpid(child, 0)
            return
        try:
            with recipe(self.code, False) as versions:
                store = Dying(self.cache, "stub")
                store.last = last
                builder.make(self.folder, store=store, tool=versions)
        finally:
            os._exit(0)

    def compare(self, real: bool = False) -> None:
        with recipe(self.code, real) as versions:
            space = "real" if real else "stub"
            store = self.open.pop(space, None) or Disk(self.cache, space)
            warm = builder.make(self.folder, store=store, tool=versions)
            if self.chance.random() < 0.4:  # as builds that follow their sources do
                store.save()
                self.open[space] = store
            else:
                store.close(self.chance.choice([10_000, 300_000, 1 << 30, 1 << 30]))
            cold = builder.make(self.folder, store=Memory(), tool=versions)
        for what, one, two in (("problems", warm.problems, cold.problems), ("lock", warm.lock, cold.lock)):
            if one != two:
                raise Difference(f"{what} after {self.done[-8:]}:\n{one!r:.2000}\n{two!r:.2000}")
        names = [name for name in {*warm.files, *cold.files} if warm.files.get(name) != cold.files.get(name)]
        if names or warm.inputs != cold.inputs:
            raise Difference(f"{names or 'inputs'} after {self.done[-8:]}")
        self.failing = self.failing + 1 if cold.failed else 0
        if cold.lock is not None and self.chance.random() < 0.8:
            (self.folder / "edition.lock").write_bytes(cold.lock)


def run(seed: int, steps: int, real: int = 0, tell: Callable[[str], Any] = lambda text: None) -> int:
    """`steps` steps; how many of them ended in outputs. Difference where warm is not cold."""
    good = 0
    home = Path(tempfile.mkdtemp())
    try:
        world = World(seed, home)
        for step in range(steps):
            world.edit()
            world.compare(real=bool(real) and step % real == real - 1)
            good += not world.failing
            if step % 500 == 499:
                tell(f"seed {seed}: {step + 1} steps, {good} with outputs")
        return good
    except Exception as error:
        raise Difference(f"seed {seed}, step {len(world.done)}: {type(error).__name__}: {error}") from error
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    for name, default in (("seed", 1), ("steps", 100), ("real", 0)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args()
    good = run(asked.seed, asked.steps, asked.real, print)
    print(f"{asked.steps} steps, {good} with outputs")


if __name__ == "__main__":
    main()
