"""Builds that follow their sources: what counts as a change, wherever it lies, and that nothing is missed."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from edition.cli import caching, watching
from edition.cli.watching import Followed
from edition.engine import ABSENT, Memory, digest
from edition.store import Disk

from .conftest import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An edition whose people stand in a folder beside its own."""
    shutil.copytree(ROOT / "tests" / "cases" / "every-mark", tmp_path / "books" / "every-mark")
    folder = tmp_path / "books" / "every-mark"
    (tmp_path / "books" / "shared").mkdir()
    (folder / "people.yaml").rename(tmp_path / "books" / "shared" / "people.yaml")
    replace(folder / "edition.yaml", "people.yaml", "../shared/people.yaml")
    replace(folder / "edition.yaml", "pages: print", "pages: none")
    replace(folder / "edition.yaml", "    paragraphs: blocks\n", "    paragraphs: ''\n")
    return folder


def save(path: Path, text: str) -> None:
    """Write beside it and move into its place, as good editors do: no half is ever seen."""
    half = path.with_name(f".{path.name}.swp")
    half.write_text(text)
    os.replace(half, path)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    save(path, text.replace(old, new, 1))


_PATIENCE = 120  # seconds after which a test that waits in vain fails

# --- what is followed


def test_the_folders_of_all_files_are_watched_wherever_links_lead(tmp_path: Path) -> None:
    edition, away = tmp_path / "book", tmp_path / "away"
    for made in (edition / "text", away, tmp_path / "shared"):
        made.mkdir(parents=True)
    (away / "two.md").write_text("two")
    (edition / "text" / "two.md").symlink_to(away / "two.md")
    inputs = {"edition.yaml": "a", "text/one.md": "b", "text/two.md": "c", "images/none/x.png": ABSENT}
    found = watching._places(watching.followed({edition: {**inputs, "../shared/people.yaml": "d"}}))
    own = {str(tmp_path), str(edition), str(edition / "text"), str(away), str(tmp_path / "shared")}
    assert {one for one in found.folders if one.startswith(str(tmp_path))} == own
    assert str(tmp_path.parent) not in found.folders and str(ROOT / "styles") in found.folders
    two, image = (str(edition), "text/two.md"), (str(edition), "images/none/x.png")
    for path in ("book", "book/text", "book/text/two.md", "away", "away/two.md"):
        assert two in found.ways[str(tmp_path / path)]
    assert image in found.ways[str(edition / "images")]
    (edition / "images").mkdir()
    assert str(edition / "images") in watching._places(watching.followed({edition: inputs})).folders


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("./a")
    assert {*watching._looked_up(f"{tmp_path}/a/x/../y")} >= {str(tmp_path / "a"), str(tmp_path / "b")}


def test_a_file_that_is_only_written_again_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text("one")
    (tmp_path / "link.md").symlink_to(path)
    (tmp_path / "fonts").mkdir()
    names = {"one.md": digest(b"one"), "link.md": digest(b"one"), "x.md": ABSENT, "fonts/": digest(b"")}
    found = watching.followed({tmp_path: names})
    files = {name: (str(tmp_path), name) for name in names}
    assert not any(map(found.is_other, files.values()))
    path.write_text("two")
    (tmp_path / "fonts" / "a.otf").touch()
    assert {name for name, file in files.items() if found.is_other(file)} == {"one.md", "link.md", "fonts/"}
    assert {*watching._places(found).by_way_of(str(tmp_path / "fonts" / "a.otf"))} == {files["fonts/"]}
    path.unlink()
    assert found.is_other(files["one.md"])


def test_a_preview_watches_the_whole_folder_of_its_edition_but_what_is_hidden(tmp_path: Path) -> None:
    for name in ("styles/fonts", ".git/objects"):
        (tmp_path / name).mkdir(parents=True)
    found = watching.followed_whole(tmp_path, {"text/one.md": ABSENT}).whole
    assert {str(tmp_path / "styles"), str(tmp_path / "styles" / "fonts")} <= found
    assert not any(".git" in one for one in found)
    assert str(tmp_path / "styles") not in watching.followed({tmp_path: {"text/one.md": ABSENT}}).whole


def test_of_an_edition_that_could_not_be_built_all_is_followed(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    assert str(tmp_path / "text") in watching.followed({tmp_path: {}}).whole


IN_PASSING = "4913~ .one.md.swp #one.md# .#one.md .edition.lock.part .id.lock .~lock.one.docx# ~$one.docx"


@pytest.mark.parametrize("name", IN_PASSING.split())
def test_what_editors_write_in_passing_is_no_change(name: str) -> None:
    assert not watching._counts(None, f"/somewhere/{name}") and watching._counts(None, "/somewhere/edition.lock")


# --- rounds


class Enough(Exception):
    pass


@contextmanager
def patience() -> Iterator[None]:
    """Who waits here in vain fails."""
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(_PATIENCE)
    try:
        yield
    except KeyboardInterrupt:
        pytest.fail("no change was heard")
    finally:
        signal.alarm(0)


def rounds(root: Path, edits: list[Callable[[], object]], names: Iterable[str] = ("one.md",)) -> int:
    """How many rounds of work follow on edits, each of which is made in the midst of a round; the last ends it."""
    count, left = 0, iter(edits)

    def work() -> Followed:
        nonlocal count
        count += 1
        seen = {(str(root), name): watching._digest((str(root), name)) for name in names}
        if (edit := next(left, None)) is None:
            raise Enough
        edit()
        return Followed(seen)

    with patience(), suppress(Enough):
        watching.follow(work, pytest.fail)
    return count


def test_a_change_in_the_midst_of_a_round_is_followed_by_another(tmp_path: Path) -> None:
    path = tmp_path / "one.md"

    def write(text: str) -> Callable[[], object]:
        return lambda: path.write_text(text)

    assert rounds(tmp_path, [write("1"), write("2"), write("3"), path.unlink]) == 5


def test_a_folder_that_is_put_in_the_place_of_another_is_followed(tmp_path: Path) -> None:
    """As git does it, and whoever copies a folder back: another folder of the same name."""
    text = tmp_path / "text"
    text.mkdir()
    (text / "one.md").write_text("1")

    def replaced() -> None:
        write()
        text.rename(tmp_path / "old")
        shutil.copytree(tmp_path / "old", text)
        shutil.rmtree(tmp_path / "old")

    def write() -> None:
        (text / "one.md").write_text((text / "one.md").read_text() + "1")

    assert rounds(tmp_path, [write, replaced, write, replaced, write], ["text/one.md"]) == 6


def test_a_folder_that_goes_and_comes_back_is_followed_and_so_is_one_above(tmp_path: Path) -> None:
    book = tmp_path / "books" / "book"
    (book / "text").mkdir(parents=True)
    (book / "text" / "one.md").write_text("1")

    def away() -> None:
        book.rename(tmp_path / "books" / "away")

    def back() -> None:
        (tmp_path / "books" / "away").rename(book)

    def write() -> None:
        (book / "text" / "one.md").write_text((book / "text" / "one.md").read_text() + "1")

    assert rounds(book, [write, away, back, write, lambda: shutil.rmtree(book / "text")], ["text/one.md"]) == 6


def test_a_link_that_is_led_elsewhere_is_followed_and_so_is_where_it_led(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.md").write_text(name)
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "text").symlink_to("../way")
    (tmp_path / "way").symlink_to("a")

    def lead(to: str) -> None:
        (tmp_path / "new").symlink_to(to)
        os.replace(tmp_path / "new", tmp_path / "way")

    edits = [lambda: lead("b"), lambda: (tmp_path / "b" / "one.md").write_text("c"), lambda: lead("a")]
    assert rounds(tmp_path / "book", edits, ["text/one.md"]) == 4


def test_files_of_others_and_files_written_again_are_no_change(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text("1")
    watcher, now = watching._Watcher(pytest.fail), watching.followed({tmp_path: {"one.md": digest(b"1")}})
    assert not watcher.is_due(now)
    (tmp_path / "edition.log").write_text("x")
    path.write_text("1")
    with patience():
        assert not any(watcher.is_due(now) for _ in range(2))
        path.write_text("2")
        while not watcher.is_due(now):
            pass


def test_where_the_system_watches_no_more_folders_changes_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles

    usual = watchfiles.watch

    def refused(*paths: str, **options: Any) -> Any:
        assert not options["ignore_permission_denied"]  # which ignores all
        if not options["force_polling"]:
            raise OSError("OS file watch limit reached. about [x]")
        yield from usual(*paths, **options)

    monkeypatch.setattr(watchfiles, "watch", refused)
    told: list[str] = []
    watcher, now = watching._Watcher(told.append), watching.followed({tmp_path: {"one.md": ABSENT}})
    with patience():
        assert not watcher.is_due(now)
        (tmp_path / "one.md").write_text("1")
        while not watcher.is_due(now):
            pass
    assert told == [
        "this machine watches no more folders (OS file watch limit reached); changes are looked for instead"
    ]


def test_a_preview_hears_of_changes_made_while_it_reads(tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    path.write_text("0")
    seen = {(str(tmp_path), "one.md"): digest(b"")}

    async def heard() -> list[str]:
        found: list[str] = []
        async for _ in watching.changes(lambda: Followed(dict(seen)), pytest.fail):
            found.append(path.read_text())
            seen[str(tmp_path), "one.md"] = digest(path.read_bytes())
            if len(found) == 4:
                break
            path.write_text(path.read_text())  # is no change
            path.write_text(str(len(found)))
        return found

    assert asyncio.run(asyncio.wait_for(heard(), _PATIENCE)) == ["0", "1", "2", "3"]


# --- the store


def test_a_store_that_stays_open_is_saved_after_each_build(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(caching.FOLDER, str(tmp_path / "cache"))
    with caching.staying() as store:
        with store(folder) as first:
            first.keep_value(b"kept")
            passing = first.hold_value(b"passing")
        with store(folder) as second:
            assert second is first and second.value(digest(b"kept")) and second.value(passing) is None
            other = Disk(tmp_path / "cache", caching.space_of(folder))
            assert other.value(digest(b"kept")) == b"kept"
            other.close()


def test_what_no_trace_names_is_forgotten_when_a_build_is_over() -> None:
    store = Memory()
    store.keep_value(b"loose")
    store.save()
    assert not store.values


# --- the command


class Watch:
    """`edition build --watch` as a process; what it says is waited for."""

    def __init__(self, folder: Path, *more: str) -> None:
        command = [sys.executable, "-m", "edition", "build", str(folder), "--out", "out", "--to", "tei,epub", *more]
        environment = {**os.environ, "EDITION_CACHE": str(folder.parent / "cache"), "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [*command, "--watch"],
            cwd=folder.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.watchdog = threading.Timer(_PATIENCE, self.process.kill)
        self.watchdog.start()

    def written(self) -> None:
        """Wait until a build has been written."""
        assert self.process.stdout is not None
        assert any(line.endswith("manifest.json\n") for line in self.process.stdout)

    def said(self, text: str) -> None:
        """Wait for a line on stderr."""
        assert self.process.stderr is not None
        assert any(text in line for line in self.process.stderr)

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str, str]:
        """Exit code, and what it said that nobody waited for."""
        self.process.send_signal(how)
        out, err = self.process.communicate()
        self.watchdog.cancel()
        return self.process.returncode, out, err


def outputs(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((out / "every-mark").iterdir())}


def cold(folder: Path) -> dict[str, bytes]:
    """What a build of its own makes of the same sources, without a store."""
    command = [sys.executable, "-m", "edition", "build", str(folder), "--out", "cold", "--to", "tei,epub", "--quiet"]
    environment = {**os.environ, "EDITION_CACHE": "off", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, cwd=folder.parent, env=environment, check=True, capture_output=True)
    return outputs(folder.parent / "cold")


def test_every_edit_is_built_and_a_bad_one_is_told_and_does_not_end_it(folder: Path) -> None:
    watch, text, out = Watch(folder), folder / "text" / "one.md", folder.parent / "out"
    watch.written()
    watch.said("info[text-paragraphs]")
    watch.said("following the sources")
    replace(text, "from Lyon", "from Dijon")
    watch.written()
    assert outputs(out) == cold(folder)
    replace(text, "(#quay)", "(#key)")
    watch.said("link-nothing")
    watch.said("not written")
    assert b"Dijon" in outputs(out)["every-mark.tei.xml"]
    replace(text, "(#key)", "(#quay)")
    replace(text, "from Dijon", "from Tours")
    watch.written()
    assert outputs(out) == cold(folder)
    os.utime(text)
    people = folder.parent / "shared" / "people.yaml"
    save(people, f"{people.read_text()}\nq: {{name: Nobody Else}}\n")
    watch.written()
    assert outputs(out) == cold(folder)
    code, said, complaints = watch.end()
    assert (code, said) == (0, "") and "Traceback" not in complaints and "text-paragraphs" not in complaints
    assert not list(out.glob(".*"))


def test_it_can_be_terminated_and_begins_anew_where_it_was(folder: Path) -> None:
    watch = Watch(folder, "--quiet")
    watch.written()
    replace(folder / "text" / "one.md", "from Lyon", "from Dijon")
    watch.written()
    assert watch.end(signal.SIGTERM) == (0, "", "")
    assert outputs(folder.parent / "out") == cold(folder)


def test_errors_are_told_once_and_that_they_are_gone_too(folder: Path) -> None:
    watch, text = Watch(folder), folder / "text" / "one.md"
    watch.said("following the sources")
    sound = text.read_text()
    save(text, sound.replace("(#quay)", "(#key)", 1))
    watch.said("not written")
    (folder / "text" / "other.md").write_text("is not in the contents")
    save(text, text.read_text())
    save(text, sound)
    watch.said("up to date")
    code, _, complaints = watch.end()
    assert (code, complaints) == (0, "")


def test_an_own_style_sheet_that_comes_and_goes_is_followed(folder: Path) -> None:
    watch = Watch(folder, "--quiet")
    watch.written()
    before = outputs(folder.parent / "out")
    (folder / "styles").mkdir()
    save(folder / "styles" / "epub.css", "p { color: inherit }")
    watch.written()
    assert outputs(folder.parent / "out") == cold(folder) != before
    shutil.rmtree(folder / "styles")
    watch.written()
    assert outputs(folder.parent / "out") == cold(folder) == before
    assert watch.end()[0] == 0
