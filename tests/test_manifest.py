"""manifest.json: a build with nothing to do is known by it, and nothing else is taken for one."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import disk, manifest
from edition.engine import ABSENT, digest
from edition.problems import Place, Problem

TOOL = manifest.Tool("code", "styles", {"lxml": "6.1", "pango": "1.50"}, "")
WARNING = Problem("name-ambiguous", Place("text/a.md", 3, 4), "“Leon” may be two people", "decide")
FILES = {"book.pdf": b"%PDF", "book.tei.xml": b"<TEI/>"}


class Case:
    """An edition with two inputs (one absent), built into `out`."""

    def __init__(self, folder: Path) -> None:
        self.source, self.out = folder / "sources" / "book", folder / "out"
        disk.write_all(self.source, {"edition.yaml": b"title: x"})
        inputs = {"edition.yaml": digest(b"title: x"), "decisions.yaml": "absent", "../shared.yaml": "absent"}
        self.kept = manifest.make("book", (), TOOL, inputs, FILES, [WARNING], {"made-with": "1"})
        disk.write_all(self.out, {**FILES, manifest.NAME: manifest.dump(self.kept)})

    def is_current(self, asked: tuple[str, ...] = (), tool: manifest.Tool = TOOL) -> bool:
        old = manifest.load(disk.read_output(self.out / manifest.NAME))
        return old is not None and manifest.is_current(old, asked, tool, self.digest_of, self.out)

    def digest_of(self, name: str) -> str:
        data = disk.edition_root(self.source).read(name)
        return ABSENT if data is None else digest(data)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


def test_a_manifest_survives_the_disk_and_repeats_its_problems(case: Case) -> None:
    old = manifest.load(disk.read_output(case.out / manifest.NAME))
    assert old == case.kept
    assert old is not None and old.problems == (WARNING,)


def test_an_untouched_build_is_current(case: Case) -> None:
    assert case.is_current()


def test_any_change_of_what_went_in_is_seen(case: Case) -> None:
    for name, data in (("edition.yaml", b"title: y"), ("decisions.yaml", b""), ("../shared.yaml", b"")):
        path = case.source / name
        before = disk.read_output(path)
        path.write_bytes(data)
        assert not case.is_current(), name
        path.unlink()
        if before is not None:
            path.write_bytes(before)
        assert case.is_current()
    (case.source / "edition.yaml").unlink()
    assert not case.is_current()


def test_any_change_of_what_came_out_is_seen(case: Case) -> None:
    (case.out / "book.pdf").write_bytes(b"%PDf")
    assert not case.is_current()
    (case.out / "book.pdf").unlink()
    assert not case.is_current()


@pytest.mark.parametrize(
    "tool",
    [
        TOOL._replace(code="other"),
        TOOL._replace(styles="other"),
        TOOL._replace(source_date_epoch="0"),
        TOOL._replace(versions={**TOOL.versions, "lxml": "6.2"}),
        TOOL._replace(versions={**TOOL.versions, "new": "1"}),
    ],
)
def test_any_change_of_the_tool_is_seen(case: Case, tool: manifest.Tool) -> None:
    assert not case.is_current(tool=tool)


def test_other_outputs_are_another_build_but_their_order_is_none(case: Case) -> None:
    assert not case.is_current(("pdf",))
    disk.write_all(case.out, {manifest.NAME: manifest.dump(case.kept._replace(asked=("pdf", "tei")))})
    assert case.is_current(("tei", "pdf", "tei"))
    assert not case.is_current(("pdf",))
    assert not case.is_current()


def test_what_the_tool_answers_for_is_no_input() -> None:
    inputs = {"house:print.css": "1", "env:SOURCE_DATE_EPOCH": "absent", "env:OTHER": "absent", "a.md": "2"}
    made = manifest.make("book", (), TOOL, inputs, {}, [], {})
    assert sorted(made.inputs) == ["a.md", "env:OTHER"]


def test_the_same_build_gives_the_same_bytes_whatever_the_order() -> None:
    def dumped(names: list[str]) -> bytes:
        inputs = {name: digest(name.encode()) for name in names}
        return manifest.dump(manifest.make("b", names, TOOL, inputs, {n: n.encode() for n in names}, [], {}))

    assert dumped(["b", "a"]) == dumped(["a", "b"])


def test_a_manifest_names_no_place_and_no_time(case: Case) -> None:
    data = manifest.dump(case.kept)
    assert str(case.source.parents[1]).encode() not in data
    assert json.loads(data)["outputs"]["book.pdf"]["bytes"] == 4


@pytest.mark.parametrize("data", [None, b"", b"{}", b"[]", b'{"format": 1}', b"\xff\xfe", b"[" * 100_000, b"null"])
def test_anything_else_is_no_manifest(data: bytes | None) -> None:
    assert manifest.load(data) is None


def test_a_torn_or_older_manifest_is_none(case: Case) -> None:
    data = manifest.dump(case.kept)
    assert all(manifest.load(data[:end]) is None for end in range(0, len(data) - 2, 50))
    assert manifest.load(data.replace(b'"format": 1', b'"format": 0')) is None


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_reader(data: bytes) -> None:
    assert manifest.load(data) is None


@pytest.mark.parametrize(
    ("data", "id"),
    [
        (b"title: x\nid: moscow-trials\n", "moscow-trials"),
        (b'id: "quoted"   # why\r\ntitle: x\r\n', "quoted"),
        (b"title: x\n", "folder"),
        (b"events:\n  id: nested\n", "folder"),
        (b"id: a\nid: b\n", "folder"),
        (b"id: ../../etc\n", "folder"),
        (b"id:\n", "folder"),
        (None, "folder"),
    ],
)
def test_the_id_is_guessed_from_one_plain_line(data: bytes | None, id: str) -> None:
    assert manifest.guess_id(data, "folder") == id


# --- the tool as it is


def test_versions_are_those_installed() -> None:
    found = manifest.packages(["lxml", "weasyprint", "no-such-package"])
    assert found == {"lxml": version("lxml"), "weasyprint": version("weasyprint"), "no-such-package": "absent"}
    assert all(value != "absent" for name, value in manifest.packages(manifest.PACKAGES).items()), (
        "a name is misspelled"
    )


def test_the_tool_knows_the_epoch_and_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    tool = manifest.tool()
    assert tool.source_date_epoch == "86400"
    assert {"python", "zlib", "pango", "harfbuzz", "weasyprint"} <= set(tool.versions)


def test_to_know_that_nothing_is_to_be_done_imports_no_builder() -> None:
    code = (
        "import sys; import edition.manifest, edition.cli.build; edition.manifest.tool()\n"
        "heavy = ('lxml', 'weasyprint', 'pydantic', 'msgspec', 'dataclasses', 'yaml', 'rich', 'ebooklib')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_package_itself_imports_nothing() -> None:
    code = "import sys; before = set(sys.modules); import edition; print(sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['__future__', 'edition']\n"
