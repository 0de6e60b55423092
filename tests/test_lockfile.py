"""edition.lock: its form, what a broken one is told, how git merges it, and what builds do with it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from edition import builder
from edition.cli import main
from edition.engine import Memory
from edition.normal.check import violations
from edition.passes.ledger import align, mark_of
from edition.passes.lockfile import NAME, Ledger, dump, frozen_problems, load
from edition.verify.streams import of_tei
from edition.xml import ID, all_named, parse

from .conftest import ROOT, Built
from .test_ledger import A, B, C, D, E, F, G, H

TEXTS = {"one.md": [A, B, C, D], "two.md": [E, F, G, H]}


def ledger_of(texts: dict[str, list[str]], before: bytes | None = None) -> bytes:
    rows = [(name, [mark_of(text) for text in paragraphs]) for name, paragraphs in texts.items()]
    return dump(align(load(before)[0], rows))


LOCK = ledger_of(TEXTS)
SHRUNK = ledger_of({**TEXTS, "one.md": [A, B + " " + C]}, LOCK)


# --- the file


def test_a_line_says_what_people_can_read() -> None:
    lines = [json.loads(line) for line in SHRUNK.decode().splitlines()]
    assert lines[0] == {"edition.lock": 1} and lines[1] == {"file": "one.md"} and lines[-1] == {"end": NAME}
    assert lines[2]["text"].startswith("the harbour lay grey") and list(lines[2]) == ["id", "kind", "hash", "text"]
    assert list(lines[3]) == ["id", "kind", "hash", "text", "aliases"] and list(lines[4]) == ["gone", "kind", "hash"]


def test_an_edit_changes_the_lines_of_what_was_edited() -> None:
    after = ledger_of({"one.md": [A, B.replace("bridge", "ford"), C, D], "deux.md": TEXTS["two.md"]}, LOCK)
    changed = [n for n, (x, y) in enumerate(zip(LOCK.splitlines(), after.splitlines(), strict=True)) if x != y]
    assert changed == [3, 6]  # the paragraph, and the name of the second file


def test_no_lock_is_an_empty_ledger() -> None:
    assert load(None) == (Ledger(), [])


def _line(number: int, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def edit(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        assert old in lines[number - 1]
        lines[number - 1] = lines[number - 1].replace(old, new, 1)
        return b"".join(lines)

    return edit


CONFLICT = b"<<<<<<< HEAD\n%s=======\n%s>>>>>>> other\n"
BROKEN: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "conflict markers": (lambda d: d.replace(b'{"end', CONFLICT % (b"", b"") + b'{"end'), 12, "lock-conflict"),
    "markers in the middle": (lambda d: d[:20] + CONFLICT % (d[20:], d[20:]), 2, "lock-conflict"),
    "cut within a line": (lambda d: d[: d.index(b"buckets")], 6, "lock-broken"),
    "cut between lines": (lambda d: b"".join(d.splitlines(keepends=True)[:5]), 5, "lock-broken"),
    "cut before the last line end": (lambda d: d[:-1], 12, "lock-broken"),
    "without its first line": (lambda d: d.partition(b"\n")[2], 1, "lock-broken"),
    "empty": (lambda d: b"", 1, "lock-broken"),
    "of a newer version": (_line(1, b"1}", b"2}"), 1, "lock-version"),
    "of no version": (_line(1, b"1}", b'"1"}'), 1, "lock-broken"),
    "an id that is none": (_line(3, b'"id": "p-', b'"id": "p 1'), 3, "lock-broken"),
    "an id that is a number": (_line(3, b'"id": "', b'"id": 7, "x": "'), 3, "lock-broken"),
    "an id of a register": (_line(3, b'"id": "p-', b'"id": "person-'), 3, "lock-broken"),
    "no id": (_line(3, b'"id"', b'"ids"'), 3, "lock-broken"),
    "an unknown key": (_line(3, b'"hash"', b'"page": 3, "hash"'), 3, "lock-broken"),
    "no hash": (_line(3, b'"hash"', b'"hush"'), 3, "lock-broken"),
    "another hash": (_line(3, b'"hash": "', b'"hash": "z'), 3, "lock-broken"),
    "another kind": (_line(3, b'"kind": "p"', b'"kind": "para"'), 3, "lock-broken"),
    "a text that is a list": (_line(3, b'"text": "', b'"text": [], "file": "'), 3, "lock-broken"),
    "aliases that are a text": (_line(3, b"}", b', "aliases": "p-1"}'), 3, "lock-broken"),
    "an alias that is none": (_line(3, b"}", b', "aliases": [null]}'), 3, "lock-broken"),
    "a file that is none": (_line(2, b'"one.md"', b"null"), 2, "lock-broken"),
    "not JSON": (_line(3, b"{", b""), 3, "lock-broken"),
    "another JSON": (_line(3, b"{", b"[]\n{"), 3, "lock-broken"),
    "not UTF-8": (_line(3, b"harbour", b"harb\xffur"), 3, "lock-broken"),
    "nested without end": (_line(3, b"{", b"[" * 100_000), 3, "lock-broken"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_lock_is_told_at_its_line(name: str) -> None:
    edit, line, code = BROKEN[name]
    found, problems = load(edit(LOCK))
    assert (problems[0].code, problems[0].place.file, problems[0].place.line) == (code, NAME, line)
    assert len(problems) <= 10 and problems[0].is_error and problems[0].hint
    if code != "lock-version" and name not in ("empty", "cut between lines"):
        assert len(found.rows) >= 3  # what can be read is


@given(st.binary(max_size=60), st.integers(0, len(LOCK)), st.integers(0, 60))
def test_no_bytes_upset_the_reader(junk: bytes, at: int, cut: int) -> None:
    found, _ = load(LOCK[:at] + junk + LOCK[at + cut :])
    align(found, [("one.md", [mark_of(A), mark_of(B)])])
    load(junk)


def test_line_ends_and_a_mark_of_order_do_no_harm() -> None:
    assert load(b"\xef\xbb\xbf" + LOCK.replace(b"\n", b"\r\n")) == load(LOCK) == (load(LOCK)[0], [])


# --- frozen


def test_frozen_lists_the_ids() -> None:
    before = load(LOCK)[0].live
    after = ledger_of(
        {"one.md": [A, B, C.replace("blue", "red"), "Quite new words stand here."], "two.md": TEXTS["two.md"]}, LOCK
    )
    (problem,) = frozen_problems(LOCK, after)
    new = load(after)[0].live[3].mark.id
    assert problem.text == f"{NAME} would change (new: {new}; gone: {before[3].mark.id}; changed: {before[2].mark.id})"
    assert "there is no edition.lock (new: " in frozen_problems(None, LOCK)[0].text


def test_frozen_bears_what_a_merge_leaves() -> None:
    rows = LOCK.splitlines(keepends=True)
    assert frozen_problems(b"".join([*rows[:5], rows[3], *rows[5:]]), LOCK) == []
    assert frozen_problems(LOCK, LOCK) == []


# --- git


def _git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _commit(folder: Path, texts: dict[str, list[str]]) -> dict[str, str]:
    """Align with the lock that lies in the folder, and commit the new one: text -> id."""
    lock = folder / NAME
    before = lock.read_bytes() if lock.exists() else None
    assert load(before)[1] == []
    lock.write_bytes(ledger_of(texts, before))
    _git(folder, "add", ".")
    _git(folder, "commit", "-q", "--allow-empty", "-m", "build")
    names = (row.mark.id for row in load(lock.read_bytes())[0].live)
    return dict(zip((text for row in texts.values() for text in row), names, strict=True))


X, Y = (
    "Nothing had prepared the pilot for that smell of oranges.",
    "Twelve chairs stood along the wall, all of them new.",
)
# what one branch has, what the other has, what an editor makes of both; whether git needs to be told of union
BRANCHES = {
    "two chapters": (
        {"one": [A, X, B, C, D]},
        {"two": [E, Y, F, G, H]},
        {"one": [A, X, B, C, D], "two": [E, Y, F, G, H]},
        False,
    ),
    "the end of one, the start of one": (
        {"one": [A, B, C, D, X]},
        {"two": [Y, E, F, G, H]},
        {"one": [A, B, C, D, X], "two": [Y, E, F, G, H]},
        False,
    ),
    "one chapter": ({"one": [A, X, B, C, D]}, {"one": [A, B, C, Y, D]}, {"one": [A, X, B, C, Y, D]}, False),
    "deletions": ({"one": [A, C, D]}, {"two": [E, F, G]}, {"one": [A, C, D], "two": [E, F, G]}, False),
    "moved and added": (
        {"one": [C, D], "two": [E, A, B, F, G, H]},
        {"one": [A, B, C, X, D]},
        {"one": [C, X, D], "two": [E, A, B, F, G, H]},
        False,
    ),
    "one place": ({"one": [A, X, B, C, D]}, {"one": [A, Y, B, C, D]}, {"one": [A, X, Y, B, C, D]}, True),
    "one paragraph": (
        {"one": [A, f"{B} {X}", C, D]},
        {"one": [A, f"{B} {Y}", C, D]},
        {"one": [A, f"{B} {Y}", C, D]},
        True,
    ),
    "one paragraph, deleted": (
        {"one": [A, f"{B} {X}", C, D]},
        {"one": [A, C, D]},
        {"one": [A, f"{B} {X}", C, D]},
        True,
    ),
    "a file each": ({"three": [X]}, {"four": [Y]}, {"three": [X], "four": [Y]}, True),
}


@pytest.mark.parametrize("name", BRANCHES)
def test_git_merges_two_branches_without_a_hand(name: str, tmp_path: Path) -> None:
    """What is changed in two places needs no help; at one place git does what the file of `edition new` tells it."""
    ours, theirs, both, union = BRANCHES[name]
    base = {"one": [A, B, C, D], "two": [E, F, G, H]}
    _git(tmp_path, "init", "-q", "-b", "main")
    if union:
        shutil.copyfile(ROOT / "edition" / "skeleton" / ".gitattributes", tmp_path / ".gitattributes")
    _commit(tmp_path, base)
    _git(tmp_path, "checkout", "-q", "-b", "other")
    known = _commit(tmp_path, base | theirs)
    _git(tmp_path, "checkout", "-q", "main")
    known |= _commit(tmp_path, base | ours)
    _git(tmp_path, "merge", "-q", "-m", "both", "other")
    now = _commit(tmp_path, base | both)
    assert now == {text: known[text] for text in now}


# --- builds


def run(*line: str) -> Result:
    result = CliRunner().invoke(main, ["--format", "concise", *line])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the edition with every mark, as “book” in the current folder."""
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", tmp_path / "book")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "book"


def build(*more: str) -> Result:
    return run("build", "book", "--to", "tei", *more)


def edit(folder: Path, old: str, new: str, name: str = "text/one.md") -> None:
    path = folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_build_writes_the_lock_last_and_the_next_has_nothing_to_do(folder: Path) -> None:
    assert build().stdout.splitlines()[-1] == "build/every-mark/manifest.json"
    written = (folder / NAME).stat()
    assert build().stderr == "every-mark: up to date\n" and build("--frozen").stderr == "every-mark: up to date\n"
    assert (folder / NAME).stat().st_mtime_ns == written.st_mtime_ns
    build("--out", "elsewhere")
    name = "every-mark/every-mark.tei.xml"
    assert Path("elsewhere", name).read_bytes() == Path("build", name).read_bytes()


def test_outputs_are_the_same_with_the_lock_just_written(folder: Path) -> None:
    store = Memory()
    first = builder.make(folder, store=store)
    assert first.lock is not None and first.files
    (folder / NAME).write_bytes(first.lock)
    for again in (builder.make(folder), builder.make(folder, store=store)):
        assert again.files == first.files and again.lock == first.lock and again.problems == first.problems


def test_without_its_lock_an_edition_has_the_same_words_but_not_the_same_ids(built: Built, tmp_path: Path) -> None:
    """Ids are made of the words a block had when it got them: of a text that was edited since, only the lock knows.
    Where there is no lock, the text alone decides, and all is the same."""
    folder = shutil.copytree(built.folder, tmp_path / built.folder.name, ignore=shutil.ignore_patterns(NAME))
    if (built.folder / NAME).exists():
        (folder / "decisions.yaml").unlink()  # it names ids that only the lock knows
    made = builder.make(folder, ["tei"])
    name = f"{built.made.id}.tei.xml"
    kept, new = (of_tei(parse(files[name])) for files in (built.made.files, made.files))
    assert [(unit.main, unit.notes) for unit in new] == [(unit.main, unit.notes) for unit in kept]
    if not (built.folder / NAME).exists():
        assert made.files == {each: built.made.files[each] for each in made.files}
        assert made.lock == built.made.lock


def test_the_lock_of_an_edition_here_is_the_one_its_text_makes(built: Built) -> None:
    lock = ROOT / "sources" / built.folder.name / NAME
    if lock.parent.is_dir():
        assert built.made.lock is not None
        assert frozen_problems(lock.read_bytes(), built.made.lock) == []


def test_warm_is_cold_with_the_same_lock(folder: Path) -> None:
    store = Memory()
    for old, new in (
        ("winter had", "spring had"),
        ("I write from Lyon", "I send this from Lyon"),
        ("long after", "soon after"),
    ):
        edit(folder, old, new)
        warm, cold = builder.make(folder, ["tei"], store=store), builder.make(folder, ["tei"])
        assert (warm.files, warm.lock, warm.problems) == (cold.files, cold.lock, cold.problems)
        assert warm.lock is not None
        (folder / NAME).write_bytes(warm.lock)


def test_check_and_a_build_with_an_error_write_no_lock(folder: Path) -> None:
    assert run("check", "book", "--no-pages").exit_code == 0
    edit(folder, "{#quay}", "{#on-the-quay}")
    assert build().exit_code == 1
    assert not (folder / NAME).exists()


def test_frozen_is_an_error_and_writes_nothing(folder: Path) -> None:
    missing = build("--frozen")
    assert missing.exit_code == 1 and "error[ledger-frozen]: there is no edition.lock (new: " in missing.stderr
    assert not (folder / NAME).exists() and not Path("build/every-mark/every-mark.tei.xml").exists()
    build()
    before = (folder / NAME).read_bytes()
    edit(folder, "My dear", "Dear")
    changed = build("--frozen")
    assert changed.exit_code == 1 and re.search(r"edition.lock would change \(changed: p-[0-9a-f]{6}\)", changed.stderr)
    assert (folder / NAME).read_bytes() == before
    assert build().exit_code == 0 and build("--frozen").exit_code == 0


def test_a_broken_lock_is_an_error_and_stays(folder: Path) -> None:
    build()
    (folder / NAME).write_bytes(before := (folder / NAME).read_bytes()[:-40])
    said = build()
    assert said.exit_code == 1 and re.search(rf"^book/{NAME}:\d+:1: error\[lock-broken\]", said.stderr, re.M)
    assert (folder / NAME).read_bytes() == before


def test_a_folder_in_its_place(folder: Path) -> None:
    (folder / NAME).mkdir()
    assert "error[file-unreadable]" in build().stderr


def test_a_merged_paragraph_is_found_in_every_output_by_both_ids(folder: Path) -> None:
    """A link, a decision about a name and one about a date go on, though the id they use is another's alias now."""
    edit(folder, "{#answer-quay}\n", "")
    edit(folder, "[](#answer-quay)", "[](#on-the-quay)")
    build()
    (was,) = (
        row.mark.id for row in load((folder / NAME).read_bytes())[0].live if row.mark.text.startswith("the widow")
    )
    edit(folder, "{#quay}\n", "")
    edit(folder, "(#to-a-friend).\n\nThe widow", "(#to-a-friend). The widow")
    edit(folder, "[](#on-the-quay)", f"[](#{was})")
    edit(folder, "  quay:\n    Moreau", f"  {was}:\n    Moreau", "decisions.yaml")
    made = builder.make(folder)
    assert [problem for problem in made.problems if problem.severity != "info"] == []

    tei = parse(made.files["every-mark.tei.xml"])
    assert violations(tei) == []
    (anchor,) = all_named(tei, "anchor")
    now = (anchor.get("corresp") or "")[1:]
    assert (anchor.get(ID), now) == (was, "quay")
    targets = [element.get("target") for element in all_named(tei, "ptr", "ref")]
    assert targets.count(f"#{now}") >= 2 and f"#{was}" not in targets
    names = [name.get("ref") for name in all_named(tei, "persName") if (name.get(ID) or "").startswith(f"{now}.")]
    assert "#person-moreau-paul" in names
    assert "#event-arrival" in [date.get("corresp") for date in all_named(tei, "date")]

    with zipfile.ZipFile(BytesIO(made.files["every-mark.epub"])) as archive:
        pages = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml")]
    assert sum(f'id="{was}"' in page for page in pages) == 1
    with pikepdf.open(BytesIO(made.files["every-mark.pdf"])) as pdf:
        destinations = pikepdf.NameTree(pdf.Root.Names.Dests)
        assert {was, now} <= set(destinations.keys())
    pages_of = json.loads(made.files["every-mark.pages.json"])["ids"]
    assert pages_of[was] == pages_of[now]
