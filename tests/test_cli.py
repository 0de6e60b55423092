"""The command line: what is printed and written, and every exit code. The builder is a stand-in but at the end."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import edition
from edition import disk, engine, manifest
from edition.cli import VERBS, main
from edition.problems import Place, Problem, codes

SAID = {
    "ERROR": Problem("link-nothing", Place("text/a.md", 1, 3), "no element has the id “x”", "give it one"),
    "WARN": Problem("name-ambiguous", Place("text/a.md", 1, 1), "two people"),
    "SCHEMA": Problem("link-nothing", Place("edition.yaml", 1, 1), "a wrong key"),
}
RAISED = {
    "BUG": KeyError("deep inside"),
    "FULL": OSError(errno.ENOSPC, "No space left on device", "x.pdf"),
    "PANGO": OSError("cannot load library 'libpango-1.0-0'\nand more"),
    "PACKAGE": ModuleNotFoundError("No module named 'weasyprint'", name="weasyprint"),
    "OWN": ModuleNotFoundError("No module named 'edition.gone'", name="edition.gone"),
    "MEMORY": MemoryError(),
    "STOP": KeyboardInterrupt(),
}
ENDINGS = {"tei": "tei.xml", "epub": "epub", "pdf": "pdf"}


@dataclass
class Made:
    """The shape of builder.Made."""

    id: str
    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    inputs: dict[str, str] = field(default_factory=dict)
    usage: bool = False
    versions: dict[str, str] = field(default_factory=dict)
    lock: bytes | None = None
    why: dict[tuple[str, ...], None] = field(default_factory=dict)
    spared: tuple[tuple[str, ...], ...] = ()


class StandIn(types.ModuleType):
    """A builder whose work is told by the words of text/a.md."""

    def __init__(self) -> None:
        super().__init__("edition.builder")
        self.calls: list[tuple[str, tuple[str, ...], int]] = []

    def make(self, folder: Path, outputs: Sequence[str] = (), jobs: int = 1, **_: object) -> Made:
        self.calls.append((folder.resolve().name, tuple(outputs), jobs))
        return self._made(folder, outputs or tuple(ENDINGS))

    def check(self, folder: Path, pages: bool = True, **_: object) -> Made:
        self.calls.append((folder.resolve().name, ("pages",) if pages else (), 0))
        return self._made(folder, ())

    def _made(self, folder: Path, outputs: Sequence[str]) -> Made:
        root = disk.edition_root(folder)
        read = {name: root.read(name) for name in ("edition.yaml", "text/a.md", "../shared.yaml")}
        text = (read["text/a.md"] or b"").decode()
        for word, error in RAISED.items():
            if word in text:
                raise error
        id = (read["edition.yaml"] or b"").decode().partition("id: ")[2].partition("\n")[0] or root.folder.name
        inputs = {name: "absent" if data is None else engine.digest(data) for name, data in read.items()}
        problems = [problem for word, problem in SAID.items() if word in text]
        files = {f"{id}.{ENDINGS[name]}": f"{name} of {text}".encode() for name in outputs}
        return Made(id, files, problems, inputs, "SCHEMA" in text, {"lxml": "of the builder"})


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    module = StandIn()
    monkeypatch.setitem(sys.modules, "edition.builder", module)
    monkeypatch.setattr(edition, "builder", module, raising=False)
    return module


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and no colour, terminal or state folder of whoever runs the tests."""
    folder = tmp_path / "a folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return folder


def run(*line: str) -> Result:
    return CliRunner().invoke(main, line)


def source(name: str, text: str = "fine", head: str = "title: x\n") -> Path:
    folder = Path("sources") / name
    disk.write_all(folder, {"edition.yaml": head.encode(), "text/a.md": text.encode()})
    return folder


def outputs() -> dict[str, bytes]:
    paths = sorted(path for path in Path("build").rglob("*") if path.is_file())
    return {path.relative_to("build").as_posix(): path.read_bytes() for path in paths}


# --- build


def test_outputs_are_written_and_their_paths_alone_go_to_stdout(builder: StandIn) -> None:
    source("one")
    done = run("build")
    names = ["one.tei.xml", "one.epub", "one.pdf", "manifest.json"]
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [f"build/one/{name}" for name in names]
    assert done.stderr == "one: building\n"
    assert set(outputs()) == {f"one/{name}" for name in names}
    assert builder.calls == [("one", (), 1)]


@pytest.mark.parametrize("verb", ["build", "check", "names"])
def test_a_cache_among_the_sources_is_a_fault_of_usage(
    verb: str, builder: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITION_CACHE", str(source("one") / "cache"))
    done = run(verb)
    assert done.exit_code == 2 and "would lie among the sources" in done.stderr and "bug" not in done.stderr


def test_a_lock_that_git_puts_there_during_a_build_is_not_written_over(
    builder: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, made_before = source("one"), builder.make

    def make(folder: Path, *of: Any, **more: Any) -> Made:
        """Gives ids anew where there is no lock, else keeps what there is; another branch comes with its own."""
        made, lock = made_before(folder, *of, **more), disk.edition_root(folder).read("edition.lock")
        made.inputs["edition.lock"] = "absent" if lock is None else engine.digest(lock)
        made.lock = lock or b"new ids"
        if len(builder.calls) == 1:
            disk.write_all(folder, {"edition.lock": b"ids of the branch", "text/a.md": b"text of the branch"})
        return made

    monkeypatch.setattr(builder, "make", make)
    assert run("build", "--to", "tei").exit_code == 0
    assert (folder / "edition.lock").read_bytes() == b"ids of the branch" and len(builder.calls) == 2
    assert outputs()["one/one.tei.xml"] == b"tei of text of the branch"


def test_without_a_folder_the_current_one_is_built_else_all_sources(
    builder: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    source("two")
    source("one")
    (Path("sources") / "notes").mkdir()
    run("build")
    assert [name for name, _, _ in builder.calls] == ["one", "two"]
    monkeypatch.chdir("sources/one")
    assert run("build").stdout.startswith("build/one/one.tei.xml\n")
    assert [name for name, _, _ in builder.calls] == ["one", "two", "one"]


def test_folders_may_be_named_and_each_counts_once(builder: StandIn) -> None:
    source("one"), source("two")
    done = run("build", "sources/two", ".", "sources/../sources/two")
    assert (done.exit_code, done.stderr) == (0, "two: building\none: building\n")
    assert [name for name, _, _ in builder.calls] == ["two", "one"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("build",), "there is no edition.yaml in this folder, nor in its sources/*/; `edition new DIR` makes one"),
        (("check",), "there is no edition.yaml in this folder"),
        (("build", "gone"), "there is no folder “gone”"),
        (("build", "yml"), "“yml” holds edition.yml: rename it edition.yaml"),
        (("build", "sources/one", "--to", "tie"), "there is no output “tie”; did you mean “tei”?"),
        (("build", "sources/one", "--cluster", "tcp://x"), "--cluster is not built yet"),
        (("build", "sources/one", "-j", "0"), "0 is not in the range"),
        (("build", "sources/one", "--format", "xml"), "'xml' is not one of"),
        (("-C", "gone", "build"), "“gone”: No such file or directory"),
        (("bild",), "there is no verb “bild”; did you mean “build”?"),
        (("build", "sources/one", "--quite"), "--quiet"),
        (("explain", "link-nothin"), "did you mean “link-nothing”?"),
        (("explain", "../../LICENSE"), "no complaint has the code"),
        (("new", "sources"), "“sources” is not empty; nothing was written"),
        (("new", "sources/one/edition.yaml"), "“sources/one/edition.yaml” is a file"),
        (("new",), "Missing argument"),
        ((), "Usage: "),
    ],
)
def test_wrong_usage_is_2_and_writes_nothing(line: tuple[str, ...], said: str, builder: StandIn) -> None:
    if line not in (("build",), ("check",)):
        source("one")
    disk.write_all(Path("yml"), {"edition.yml": b""})
    done = run(*line)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert builder.calls == []
    assert outputs() == {}


def test_only_what_is_asked_for_is_made(builder: StandIn) -> None:
    source("one")
    run("build", "--to", "pdf,tei", "--to", "pdf", "--out", "else where", "-j", "3", "--frozen")
    assert builder.calls == [("one", ("tei", "pdf"), 3)]
    assert sorted(path.name for path in Path("else where/one").iterdir()) == ["manifest.json", "one.pdf", "one.tei.xml"]


def test_a_build_with_nothing_to_do_makes_nothing_and_repeats_the_warnings(builder: StandIn) -> None:
    source("one", "WARN")
    first = run("build")
    before = outputs()
    again = run("build")
    assert (first.exit_code, again.exit_code, again.stdout) == (0, 0, "")
    assert again.stderr.replace("one: up to date\n", "") == first.stderr.replace("one: building\n", "")
    assert "warning[name-ambiguous]: two people" in again.stderr
    assert outputs() == before
    assert len(builder.calls) == 1
    assert run("build", "--strict").exit_code == 1


def test_every_change_is_built(builder: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = source("one")
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: (folder / "text/a.md").write_text("better"),
        lambda: (folder / "../shared.yaml").write_text("new"),
        lambda: (folder / "../shared.yaml").unlink(),
        lambda: Path("build/one/one.pdf").unlink(),
        lambda: Path("build/one/one.epub").write_text("edited"),
        lambda: Path("build/one/manifest.json").write_text("{"),
        lambda: monkeypatch.setenv("SOURCE_DATE_EPOCH", "1"),
    ]
    for number, change in enumerate(changes, 1):
        change()
        assert run("build").exit_code == 0
        assert len(builder.calls) == number
        assert run("build").stderr == "one: up to date\n"


def test_outputs_under_another_name_are_not_taken_for_this_edition(builder: StandIn) -> None:
    source("one")
    run("build")
    Path("sources/one").rename("sources/two")
    Path("build/one").rename("build/two")
    assert run("build").stderr.splitlines()[0] == "two: building"
    assert set(outputs()) == {"two/two.tei.xml", "two/two.epub", "two/two.pdf", "two/manifest.json"}


def test_what_is_no_longer_made_is_removed_and_what_is_not_ours_stays(builder: StandIn) -> None:
    source("one")
    run("build")
    Path("build/one/notes.txt").write_text("mine")
    done = run("build", "--to", "epub")
    assert done.stderr.splitlines()[1:] == ["removed build/one/one.pdf", "removed build/one/one.tei.xml"]
    assert set(outputs()) == {"one/one.epub", "one/manifest.json", "one/notes.txt"}


def test_an_edition_with_an_error_keeps_its_old_outputs_and_the_others_go_on(builder: StandIn) -> None:
    source("one"), source("two")
    run("build")
    before = outputs()
    source("one", "an ERROR"), source("two", "changed")
    done = run("build")
    after = outputs()
    assert done.exit_code == 1
    assert {k: v for k, v in after.items() if k.startswith("one/")} == {
        k: v for k, v in before.items() if k.startswith("one/")
    }
    assert after["two/two.pdf"] == b"pdf of changed"
    assert done.stderr == (
        "one: building\n"
        "sources/one/text/a.md:1:3: error[link-nothing]: no element has the id “x”\n"
        "  1 | an ERROR\n"
        "    |   ^\n"
        "    = give it one\n"
        "\n"
        "one: not written\n"
        "two: building\n"
        "1 error\n"
    )


def test_with_strict_a_warning_is_enough(builder: StandIn) -> None:
    source("one", "WARN")
    done = run("--strict", "build")
    assert done.exit_code == 1
    assert outputs() == {}


@pytest.mark.parametrize(
    ("word", "code", "said"),
    [
        ("ERROR", 1, "error[link-nothing]"),
        ("SCHEMA", 2, "a wrong key"),
        ("BUG", 3, "edition: a bug of ours, please report it: KeyError: 'deep inside' (traceback: "),
        ("OWN", 3, "a bug of ours"),
        ("FULL", 4, "edition: No space left on device: x.pdf; `edition doctor`"),
        ("PANGO", 4, "edition: cannot load library 'libpango-1.0-0'; `edition doctor`"),
        ("PACKAGE", 4, "edition: the Python package 'weasyprint' is not installed"),
        ("MEMORY", 4, "edition: out of memory"),
        ("STOP", 130, "edition: interrupted\n"),
    ],
)
@pytest.mark.parametrize("verb", ["build", "check"])
def test_every_exit_code(verb: str, word: str, code: int, said: str, builder: StandIn) -> None:
    source("one", word)
    done = run(verb)
    assert done.exit_code == code
    assert said in done.output
    assert "Traceback" not in done.output
    assert outputs() == {}


def test_the_worst_exit_code_counts(builder: StandIn) -> None:
    source("a", "SCHEMA"), source("b", "BUG"), source("c", "ERROR"), source("d")
    assert run("build").exit_code == 3
    assert "d/d.pdf" in outputs()


def test_the_traceback_of_a_bug_is_saved(builder: StandIn, tmp_path: Path) -> None:
    source("one", "BUG")
    done = run("build")
    (saved,) = (tmp_path / "state" / "edition").iterdir()
    assert str(saved) in done.stderr
    assert "KeyError: 'deep inside'" in saved.read_text()
    assert len([line for line in done.stderr.splitlines() if line.startswith("edition:")]) == 1


def test_a_disk_that_fills_up_while_writing_is_4_and_the_old_outputs_stay(
    builder: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = source("one")
    run("build")
    before = outputs()
    (folder / "text/a.md").write_text("changed")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    done = run("build")
    assert (done.exit_code, done.stdout, outputs()) == (4, "", before)


def test_a_build_that_is_running_is_waited_for(builder: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    source("one")
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    with disk.locked(Path("build"), "one"):
        done = run("build")
    assert done.exit_code == 4
    assert re.search(r"another build \(process \d+ on .*\) is writing to build; waiting for it", done.stderr)
    assert builder.calls == []
    assert run("build").exit_code == 0


def test_two_editions_with_one_id_are_not_written_over_each_other(builder: StandIn) -> None:
    source("one", "first", "id: same\n"), source("two", "second", "id: same\n")
    done = run("build")
    assert done.exit_code == 1
    assert "sources/two/edition.yaml: error[edition-twice]: “sources/one” is built too" in done.stderr
    assert outputs()["same/same.pdf"] == b"pdf of first"


def test_outputs_never_land_among_sources(builder: StandIn) -> None:
    folder = source("one")
    done = run("build", "--out", "sources")
    assert done.exit_code == 2
    assert sorted(path.name for path in folder.iterdir()) == ["edition.yaml", "text"]


def test_a_build_with_nothing_to_do_loads_nothing_heavy(builder: StandIn) -> None:
    source("one", "WARN")
    run("build")
    code = (
        "import sys; from edition.cli import main\n"
        "main(['build'], standalone_mode=False)\n"
        "heavy = ('edition.builder', 'lxml', 'weasyprint', 'pydantic', 'yaml', 'rich', 'ebooklib', 'multiprocessing')\n"
        "heavy += ('msgspec', 'dataclasses')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "one: up to date" in done.stderr
    assert done.stdout == "[]\n"


def _as_a_process(*asked: str, before: str = "") -> subprocess.CompletedProcess[str]:
    code = f"import sys, atexit; atexit.register(print, 'late'); {before}sys.argv = ['edition', *{asked!r}]\n"
    code += "from edition.cli import run; run()"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


def test_a_process_ends_at_once_when_all_is_said() -> None:
    done = _as_a_process("explain", "font-missing")
    assert done.returncode == 0 and done.stdout.startswith("# error[font-missing]") and done.stdout.endswith("\n")
    assert "late" not in done.stdout
    assert _as_a_process("explain", "nothing-such").returncode == 2


@pytest.mark.parametrize("before", ["import multiprocessing; ", "sys.setprofile(lambda *args: None); "])
def test_a_process_with_others_or_that_is_measured_ends_as_python_does(before: str) -> None:
    done = _as_a_process("explain", "font-missing", before=before)
    assert done.returncode == 0 and done.stdout.endswith("late\n")


# --- check


def test_check_writes_nothing_and_its_complaints_are_its_result(builder: StandIn) -> None:
    source("one", "ERROR WARN")
    done = run("check", "--format", "concise")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "sources/one/text/a.md:1:3: error[link-nothing]: no element has the id “x”",
        "sources/one/text/a.md:1:1: warning[name-ambiguous]: two people",
    ]
    assert done.stderr == "one: checking\n1 error, 1 warning\n"
    assert not Path("build").exists()


def test_pages_may_be_left_out_of_a_check(builder: StandIn) -> None:
    source("one")
    run("check"), run("check", "--no-pages")
    assert [asked for _, asked, _ in builder.calls] == [("pages",), ()]


# --- global flags


@pytest.mark.parametrize("line", [("--format", "json", "check"), ("check", "--format", "json")])
def test_json_is_one_list_for_all_editions_and_nothing_else(line: tuple[str, ...], builder: StandIn) -> None:
    source("one", "ERROR"), source("two", "WARN")
    done = run(*line)
    assert [problem["file"] for problem in json.loads(done.stdout)] == [
        "sources/one/text/a.md",
        "sources/two/text/a.md",
    ]
    assert done.stderr == ""
    assert json.loads(run("build", "--format", "json").stderr)[0]["code"] == "link-nothing"


def test_json_of_fine_work_is_an_empty_list(builder: StandIn) -> None:
    source("one")
    assert json.loads(run("check", "--format", "json").stdout) == []


def test_the_flag_after_the_verb_wins(builder: StandIn) -> None:
    source("one", "ERROR")
    done = run("--format", "json", "check", "--format", "github")
    assert done.stdout.startswith("::error file=sources/one/text/a.md,line=1,col=3,title=link-nothing::")


def test_quiet_leaves_only_errors_and_warnings(builder: StandIn) -> None:
    source("one", "WARN")
    assert run("check", "--quiet", "--format", "concise").output.count("\n") == 1
    source("one")
    assert run("--quiet", "build").stderr == ""
    assert run("--quiet", "build").output == ""


@pytest.mark.parametrize(
    "line",
    [
        ("-C", "sub", "build"),
        ("build", "-C", "sub"),
        ("-C", "sub/x", "build", "-C", ".."),
        ("build", "-C", "sub", "-C", "x/.."),
    ],
)
def test_c_works_as_if_started_there(line: tuple[str, ...], builder: StandIn, here: Path) -> None:
    Path("sub/x").mkdir(parents=True)
    disk.write_all(Path("sub/sources/one"), {"edition.yaml": b"", "text/a.md": b"WARN"})
    done = run(*line)
    assert done.stdout.startswith("build/one/one.tei.xml\n")
    assert "\nsources/one/text/a.md:1:1: warning" in done.stderr
    assert Path("sub/build/one/one.pdf").is_file()
    assert Path.cwd() == here


def test_colour_needs_a_terminal_and_no_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    from edition.cli import common

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    assert common.is_terminal(Terminal())  # type: ignore[arg-type]
    monkeypatch.setenv("TERM", "dumb")
    assert not common.is_terminal(Terminal())  # type: ignore[arg-type]


# --- the other verbs


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_and_the_global_flags(verb: str) -> None:
    done = run(verb, "--help")
    assert done.exit_code == 0
    assert all(flag in done.stdout for flag in ("--format", "--strict", "--quiet", "-C DIR"))
    assert f"  {verb} " in run("--help").stdout


def test_explain_prints_the_page_of_a_code() -> None:
    done = run("explain", "path-outside")
    assert done.exit_code == 0
    assert done.stdout.startswith("# error[path-outside]: a path leads out of the folder that holds the edition\n\nAn ")
    assert json.loads(run("explain", "path-outside", "--format", "json").stdout)["severity"] == "error"


def test_explain_without_a_code_lists_all() -> None:
    assert [line.split()[0] for line in run("explain").stdout.splitlines()] == list(codes())
    assert [page["code"] for page in json.loads(run("--format", "json", "explain").stdout)] == list(codes())


def test_schema_prints_or_writes_json_schemas() -> None:
    listed = json.loads(run("schema").stdout)
    assert "contents" in listed["edition.yaml"]["properties"]
    paths = run("schema", "--out", "schemas").stdout.splitlines()
    assert "schemas/edition.schema.json" in paths and len(paths) == len(listed)
    assert json.loads(Path("schemas/edition.schema.json").read_text()) == listed["edition.yaml"]


def test_the_doctor_names_every_need_with_its_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    disk.write_all(tmp_path / "styles", {"fonts.sha256": b"0  fonts/a.ttf\n", "fonts/a.ttf": b"not this"})
    monkeypatch.setattr(disk, "styles_folder", lambda: tmp_path / "styles")
    monkeypatch.setenv("PATH", "/nowhere")
    done = run("doctor")
    assert done.exit_code == 4
    assert re.search(r"MISSING +fonts +cure: `make setup`.*fonts/a.ttf", done.stdout)
    assert re.search(r"MISSING +Java +cure: sudo apt install default-jre-headless", done.stdout)
    needs = {need["name"]: need for need in json.loads(run("doctor", "--format", "json").stdout)}
    assert needs["Pango"]["found"] and needs["Python packages"]["found"] == "all"
    assert needs["fonts"] | {"cure": ""} == {"name": "fonts", "by": "build", "found": "", "cure": ""}


def test_the_doctor_is_content_when_only_tools_of_tests_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    disk.write_all(tmp_path / "styles", {"fonts.sha256": f"{disk.sha256_of(Path(__file__))}  a\n".encode()})
    (tmp_path / "styles" / "a").write_bytes(Path(__file__).read_bytes())
    monkeypatch.setattr(disk, "styles_folder", lambda: tmp_path / "styles")
    monkeypatch.setenv("PATH", "/nowhere")
    assert run("doctor").exit_code == 0


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == f"edition, version {edition.__version__}\n"


@pytest.mark.parametrize(
    ("folder", "id"),
    [
        ("my-book", "my-book"),
        ("My Book", "my-book"),
        ("1984", "my-edition"),
        ("Étude", "etude"),
        ("Книга", "my-edition"),
        ("none", "my-edition"),
    ],
)
def test_new_makes_an_edition_whose_id_can_be_used(folder: str, id: str) -> None:
    done = run("new", folder)
    assert done.exit_code == 0
    assert f"{folder}/text/sheet.md" in done.stdout.splitlines()
    assert done.stderr == f"now type: edition build {folder}\n"
    head = Path(folder, "edition.yaml").read_bytes()
    assert manifest.guess_id(head, "") == id
    assert b"CC0" in head


def test_new_fills_an_empty_folder_and_no_other(here: Path) -> None:
    Path("empty").mkdir()
    assert run("new", "empty").exit_code == 0
    assert run("new", "empty").exit_code == 2


# --- the real thing


def test_the_skeleton_builds_without_a_complaint() -> None:
    assert run("new", "book").exit_code == 0
    line = [sys.executable, "-m", "edition", "build", "book", "--strict"]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "book: building\n")
    names = ["book.tei.xml", "book.epub", "book.pdf", "book.changes.json", "book.pages.json", "manifest.json"]
    assert done.stdout.splitlines() == [f"build/book/{name}" for name in names]
    again = subprocess.run(line, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "book: up to date\n")


def test_the_public_face_checks_and_builds(here: Path) -> None:
    run("new", "book")
    assert edition.load("book").value is not None
    assert [problem for problem in edition.check("book", pages=False).problems if problem.is_error] == []
    made = edition.build("book", to=["tei"], out="out")
    assert Path("out/book/book.tei.xml").read_bytes() == made.files["book.tei.xml"]
    assert edition.Problem is Problem
