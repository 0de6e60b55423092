"""Why something is made again: the file that changed, the way from there, what was spared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from edition import cli

from .conftest import ROOT
from .incremental import recipe


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", tmp_path / "every-mark")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EDITION_CACHE", str(tmp_path / "cache"))
    with recipe(1, real=False):
        assert run("build", "every-mark") == ""
        yield tmp_path / "every-mark"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(cli.main, ["--quiet", *arguments])
    assert done.exit_code == 0, done.output
    return "" if arguments[0] == "build" else done.output


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    path.write_text(path.read_text().replace(old, new, 1))


def test_the_file_that_changed_comes_first_and_the_output_last(folder: Path) -> None:
    edit(folder, "text/one.md", "from Lyon", "from Dijon")
    told = run("why", "epub", "every-mark").splitlines()
    assert told[0] == "epub is made again:" and told[1].strip() == "text/one.md has changed"
    assert "> the EPUB" in told[-3] or "> the EPUB" in "\n".join(told)
    assert told[-1].startswith("Spared: ") and "the chapters of" in told[-1]
    assert run("why", "epub", "every-mark").splitlines() == told, "asking changes nothing"


def test_a_text_that_is_spared_is_said_to_be(folder: Path) -> None:
    edit(folder, "text/one.md", "from Lyon", "from Dijon")
    assert "text/two.txt is not made again" in run("why", "text/two.txt", "every-mark")
    assert "quay is made again" in run("why", "quay", "every-mark")


def test_after_a_build_the_last_one_is_told(folder: Path) -> None:
    edit(folder, "people.yaml", "about: a widow", "about: the widow")
    run("build", "every-mark")
    told = run("why", "every-mark.tei.xml", "every-mark")
    assert told.startswith("Nothing is left to do for it.") and "people.yaml has changed" in told


def test_what_is_nothing_is_a_usage_error(folder: Path) -> None:
    assert CliRunner().invoke(cli.main, ["why", "nothing-of-it", "every-mark"]).exit_code == 2
