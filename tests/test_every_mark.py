"""Each key, id, path, reference and marker of an edition, taken out and misspelt: a complaint at its place,
or a reason why not."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from edition import builder

CASE = Path(__file__).parent / "cases" / "every-mark"

# Keys that may be left out: the edition is whole without them.
OPTIONAL_KEYS = {
    "edition.yaml": set(
        "id subtitle creators role sort publisher name place year isbn print copyright licence statement description "
        "subjects keywords front back title short people chronology decisions read text/two.txt paragraphs notes place "
        "numbering pdf page epub pages index order ranges outputs".split()
    ),
    "people.yaml": set("sort variants born died about idno wikidata see_also".split()),
    "chronology.yaml": {"about", "people", "date", "arrival", "death"},
    "decisions.yaml": set("forms here dates Moreau quay 2Duval".split()) | {"Duval Bank", "2 March 1848"},
}
# Names that are the editor's to choose: another spelling is another name, and nothing else in the edition says it.
FREE_NAMES = {
    ("chronology.yaml", "death"): "an event that nothing refers to may be called anything",
    ("decisions.yaml", "Moreau"): "a form that is not in the text decides nothing: issue 4 lists it",
    ("decisions.yaml", "Duval Bank"): "the same",
    ("decisions.yaml", "2 March 1848"): "the same",
    ("edition.yaml", "every-mark"): "an id is the editor's to choose",
    ("edition.yaml", "letters"): "a keyword is any text",
    ("edition.yaml", "Leeds"): "a place is any text",
    ("edition.yaml", "Answer"): "a short title is any text",
    ("people.yaml", "Q123"): "Q12 is an item of Wikidata too: undetectable without asking it",
    ("people.yaml", "the widow"): "a variant is any text",
}
# Marks of a text that may be left out, and names in it that nothing else says.
FREE_MARKS = {
    "fr": "“f” and “fq” are told apart from languages only by their shape",
}


@dataclass(frozen=True)
class Change:
    """One edit of one file: what stood there, what was done to it, the text after it."""

    file: str
    line: int
    token: str
    kind: str  # key | value | mark
    action: str  # deleted | misspelt
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.kind} {self.token} {self.action}"


def misspelt(token: str) -> str:
    """One letter less; of a single letter, one more."""
    return token[:-1] if len(token) > 1 else token * 2


def yaml_changes(path: Path) -> Iterator[Change]:
    name, lines = path.relative_to(CASE).as_posix(), path.read_text().splitlines(keepends=True)

    def change(n: int, token: str, kind: str, action: str, new: list[str]) -> Change:
        return Change(name, n + 1, token, kind, action, "".join(new))

    for n, line in enumerate(lines):
        key = re.match(r"( *)(- )?([\w /.-]+?):(?: |$)", line)
        item = re.match(r" *- ([\w/.-]+)$", line)
        value = re.match(r" *(?:- )?[\w /.-]+?: ([\w/.:-]+|\"[\w-]+\")$", line.rstrip())
        if key:
            depth = len(key.group(1)) + len(key.group(2) or "")
            end = next((m for m in range(n + 1, len(lines)) if _depth(lines[m]) <= depth), len(lines))
            if not key.group(2):
                yield change(n, key.group(3), "key", "deleted", [*lines[:n], *lines[end:]])
            wrong = line[: key.start(3)] + misspelt(key.group(3)) + line[key.end(3) :]
            yield change(n, key.group(3), "key", "misspelt", [*lines[:n], wrong, *lines[n + 1 :]])
        for found in (item, value):
            if found:
                token = found.group(1)
                wrong = line.replace(token, misspelt(token.strip('"')), 1)
                if found is value:
                    wrong = line[: value.start(1)] + misspelt(token) + line[value.end(1) :]
                yield change(n, token, "value", "misspelt", [*lines[:n], wrong, *lines[n + 1 :]])


def _depth(line: str) -> int:
    body = line.lstrip(" ")
    return len(line) - len(body) + (2 if body.startswith("- ") else 0)


MARKS = (r"\{#([\w-]+)", r"\(#([\w-]+)\)", r"\[\^([\w-]+)\]", r"person=([\w-]+)", r"date=([\w-]+)", r"lang=(\w+)",
         r"\{(short|person|date|lang)=", r" (short)=")  # fmt: skip


def mark_changes(path: Path) -> Iterator[Change]:
    name, text = path.relative_to(CASE).as_posix(), path.read_text()
    for pattern in MARKS:
        for found in re.finditer(pattern, text):
            line = text[: found.start()].count("\n") + 1
            for action, new in (("deleted", ""), ("misspelt", misspelt(found.group(1)))):
                changed = text[: found.start(1)] + new + text[found.end(1) :]
                yield Change(name, line, found.group(1), "mark", action, changed)


def changes() -> list[Change]:
    found: list[Change] = []
    for path in sorted(CASE.rglob("*")):
        if path.suffix == ".yaml":
            found += yaml_changes(path)
        elif path.suffix == ".md":
            found += mark_changes(path)
    return found


def reason_for_silence(change: Change) -> str:
    """Why no complaint is due; "" where one is."""
    if change.kind == "key" and change.action == "deleted" and change.token in OPTIONAL_KEYS.get(change.file, ()):
        return "optional"
    if change.kind in ("key", "value"):
        return FREE_NAMES.get((change.file, change.token), "")
    return FREE_MARKS.get(change.token, "")


def test_the_edition_itself_is_without_fault(tmp_path: Path) -> None:
    made = builder.check(CASE, pages=False)
    assert [p for p in made.problems if p.severity != "info"] == []


@pytest.mark.parametrize("change", changes(), ids=str)
def test_change(change: Change, tmp_path: Path) -> None:
    folder = tmp_path / "every-mark"
    shutil.copytree(CASE, folder)
    (folder / change.file).write_text(change.text)
    problems = [p for p in builder.check(folder, pages=False).problems if p.severity != "info"]
    if reason_for_silence(change):
        return
    assert problems, "nothing was said"
    assert all(p.place.line > 0 for p in problems), problems
    near = [p for p in problems if p.place.file == change.file or p.place.file.startswith("text/")]
    assert near or change.kind == "key", problems
