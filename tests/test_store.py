"""The store on disk: what was kept comes back; what is torn, edited, lost or locked is missing, never wrong."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import click
import pytest

from edition import store as stores
from edition.cli import caching
from edition.engine import Engine, Key, Memory, Seen, Trace, TraceRow, digest
from edition.problems import Place, Problem
from edition.store import Disk

KEY = ("normal", "text/ä b.md#0")
ROW = TraceRow(
    (Seen("version", ("code",), "1"), Seen("table", ("targets",), "d" * 40, '{"a": "00", "b": ""}')),
    digest(b"value"),
    (Problem("link-nothing", Place("text/a.md", unit="text/a.md#0", block=3, mark="ref.2"), "“x” \ud800", "hint"),),
)


LARGE = b"value" * 20_000  # in a file of its own


def stored(folder: Path, key: Key = KEY, value: bytes = b"value") -> str:
    """A store with one trace in it; the name of its value."""
    store = Disk(folder, "s")
    name = store.keep_value(value)
    store.keep_trace(key, ROW._replace(value=name))
    store.close()
    return name


def blob(folder: Path, name: str) -> Path:
    return folder / "blobs" / name


def database(folder: Path) -> Path:
    return folder / "traces.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "cache"
    assert caching.is_private(found)
    return found


@pytest.mark.parametrize("value", [b"", b"value", LARGE], ids=["empty", "small", "large"])
def test_what_was_kept_comes_back(folder: Path, value: bytes) -> None:
    name = stored(folder, value=value)
    again = Disk(folder, "s")
    assert again.trace(KEY) == ROW._replace(value=name)
    assert again.value(name) == value
    assert blob(folder, name).exists() == (value == LARGE)
    assert again.trace(("normal", "text/b.md#0")) is None
    assert again.value(digest(b"other")) is None


def test_another_space_has_traces_of_its_own_and_the_same_values(folder: Path) -> None:
    name = stored(folder)
    other = Disk(folder, "t")
    assert other.trace(KEY) is None
    assert other.value(name) == b"value"


def test_what_is_not_yet_written_is_there_all_the_same(folder: Path) -> None:
    store = Disk(folder, "s")
    store.keep_trace(KEY, ROW)
    assert store.trace(KEY) == ROW


def test_a_build_that_was_killed_leaves_what_was_written_before(folder: Path) -> None:
    store = Disk(folder, "s")
    for n in range(200):
        store.keep_trace(("rule", str(n)), ROW)
    del store  # no close
    again = Disk(folder, "s")
    assert again.trace(("rule", "0")) == ROW


# --- damage

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda data: data[:-1],
    "empty": lambda data: b"",
    "edited": lambda data: data[:1] + b"!" + data[2:],
    "longer": lambda data: data + b"\0",
}


@pytest.mark.parametrize("how", sorted(DAMAGE))
def test_a_damaged_value_is_missing_and_can_be_kept_again(folder: Path, how: str) -> None:
    path = blob(folder, stored(folder, value=LARGE))
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    store = Disk(folder, "s")
    assert store.value(path.name) is None
    assert store.keep_value(LARGE) == path.name
    assert Disk(folder, "s").value(path.name) == LARGE


@pytest.mark.parametrize("data", [*(damage(b"value") for damage in DAMAGE.values()), "value", 5, None])
def test_a_damaged_small_value_is_missing_and_can_be_kept_again(folder: Path, data: object) -> None:
    name = stored(folder)
    with sqlite3.connect(database(folder)) as db:
        db.execute("UPDATE small SET data = ?", (data,))
    assert Disk(folder, "s").value(name) is None
    assert stored(folder) == name
    assert Disk(folder, "s").value(name) == b"value"


def test_a_folder_or_a_dead_link_in_place_of_a_value_is_a_miss(folder: Path) -> None:
    path = blob(folder, stored(folder, value=LARGE))
    path.unlink()
    path.mkdir()
    store = Disk(folder, "s")
    assert store.value(path.name) is None
    store.keep_value(LARGE)  # cannot be written there
    assert store.value(path.name) == LARGE
    path.rmdir()
    path.symlink_to(folder / "nowhere")
    assert Disk(folder, "s").value(path.name) is None


@pytest.mark.parametrize("column", ["space", "value", "sum"])
def test_an_edited_row_is_missing(folder: Path, column: str) -> None:
    stored(folder)
    with sqlite3.connect(database(folder)) as db:
        kind = "BLOB" if column == "sum" else "TEXT"
        db.execute(f"UPDATE trace SET {column} = CAST({column} || 'b' AS {kind})")
    assert Disk(folder, "s").trace(KEY) is None


@pytest.mark.parametrize("odd", [b"\xff\0", "text", 2**63 - 1, -(2**63), 1e300, None], ids=repr)
@pytest.mark.parametrize("column", ["used", "size"])
def test_a_number_that_is_none_stops_nothing(folder: Path, column: str, odd: object) -> None:
    name = stored(folder)
    stored(folder, ("other",), LARGE)
    with sqlite3.connect(database(folder)) as db:
        db.execute(f"UPDATE blob SET {column} = ?", (odd,))
    for most in (1 << 40, 1, 1 << 40):
        with closing(Disk(folder, "s")) as store:
            assert store.value(name) in (b"value", None)
            kept = store.keep_value(b"new")
            store.close(most)
        assert database(folder).exists()
    with closing(Disk(folder, "s")) as store:
        assert store.value(kept) == b"new"


@pytest.mark.parametrize("junk", [b"", b"junk", b"SQLite format 3\0" + b"x" * 5000], ids=["empty", "short", "long"])
def test_a_database_that_is_none_is_made_anew(folder: Path, junk: bytes) -> None:
    name = stored(folder, value=LARGE)
    for path in folder.glob("traces.sqlite-*"):
        path.unlink()
    database(folder).write_bytes(junk)
    store = Disk(folder, "s")
    assert store.trace(KEY) is None
    assert store.value(name) is None, "values of which no trace knows are deleted"
    store.close()
    stored(folder)
    assert Disk(folder, "s").trace(KEY) == ROW


def test_a_database_damaged_anywhere_gives_right_rows_or_none(folder: Path) -> None:
    store = Disk(folder, "s")
    for n in range(60):
        store.keep_trace(("rule", str(n)), ROW)
    names = [store.keep_value(b"%d" % n * 900) for n in range(20)]
    store.close()
    whole = database(folder).read_bytes()
    for at in range(0, len(whole), 1997):
        database(folder).write_bytes(whole[:at] + b"\xff" * 40 + whole[at + 40 :])
        again = Disk(folder, "s")
        assert {again.trace(("rule", str(n))) for n in range(60)} <= {None, ROW}
        assert all(again.value(name) in (None, b"%d" % n * 900) for n, name in enumerate(names))
        again.keep_trace(KEY, ROW)
        again.close()
    for end in range(0, len(whole), 4096):
        database(folder).write_bytes(whole[:end])
        again = Disk(folder, "s")
        assert {again.trace(("rule", str(n))) for n in range(60)} <= {None, ROW}
        again.close()


def test_a_database_of_another_format_is_made_anew(folder: Path) -> None:
    stored(folder)
    with sqlite3.connect(database(folder)) as db:
        db.execute("PRAGMA user_version = 99")
    assert Disk(folder, "s").trace(KEY) is None
    stored(folder)
    assert Disk(folder, "s").trace(KEY) == ROW


def test_a_locked_database_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edition.store._SECONDS", 0.01)
    name = stored(folder)
    store = Disk(folder, "s")
    other = sqlite3.connect(database(folder))
    other.execute("BEGIN IMMEDIATE")
    for n in range(200):
        store.keep_trace(("rule", str(n)), ROW)
    store.close()
    other.rollback()
    other.close()
    again = Disk(folder, "s")
    assert again.trace(KEY) == ROW and again.value(name) == b"value"


def test_a_folder_that_vanishes_during_a_build_stops_nothing(folder: Path) -> None:
    import shutil

    store = Disk(folder, "s")
    name = store.keep_value(b"value")
    shutil.rmtree(folder)
    assert store.value(name) == b"value"  # it is still at hand
    assert store.keep_value(b"value") == name
    assert Disk(folder, "s").value(name) is None
    store.keep_trace(KEY, ROW)
    store.close()


def test_a_full_disk_stops_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    store = Disk(folder, "s")
    name = store.keep_value(LARGE)
    assert store.value(name) == LARGE
    store.keep_trace(KEY, ROW)
    store.close()
    assert Disk(folder, "s").value(name) is None


# --- size


@pytest.mark.parametrize("size", [20_000, len(LARGE)], ids=["small", "large"])
def test_what_was_used_longest_ago_goes_first(folder: Path, size: int) -> None:
    names = [stored(folder, ("rule", str(n)), bytes([n]) * size) for n in range(10)]
    store = Disk(folder, "s")
    store.trace(("rule", "2"))
    store.close(5 * size + size // 2)
    again = Disk(folder, "s")
    there = [n for n, name in enumerate(names) if again.value(name) is not None]
    assert there == [2, 7, 8, 9], "eighty per cent of the limit, traces among them"
    with sqlite3.connect(database(folder)) as db:
        small = {name for (name,) in db.execute("SELECT name FROM small")}
    assert {*small, *os.listdir(folder / "blobs")} & {*names} == {names[n] for n in there}


def test_traces_of_spaces_long_gone_go_too(folder: Path) -> None:
    many(folder, 3000)
    with closing(Disk(folder, "t")) as store:
        store.keep_trace(KEY, ROW._replace(value=store.keep_value(b"value")))
    Disk(folder, "t").close(10_000)
    assert pieces(folder) == 0 and Disk(folder, "t").trace(KEY) is not None


def test_files_that_no_row_knows_go_when_room_is_made(folder: Path) -> None:
    stray = blob(folder, digest(b"stray"))
    name = stored(folder, value=LARGE)
    stray.write_bytes(b"stray")
    store = Disk(folder, "s")
    store.close()
    assert stray.exists() and blob(folder, name).exists()
    Disk(folder, "s").close(1)
    assert not stray.exists() and not blob(folder, name).exists()


def test_values_that_went_are_made_again(folder: Path) -> None:
    """A trace may outlive its value, if two builds share the folder: the engine then runs the rule."""

    def one(t: Trace) -> bytes:
        return (t.read("a") or b"").upper()

    def two(t: Trace) -> bytes:
        return t.need("one") + (t.read("b") or b"")

    files = {"a": b"x", "b": b"y"}

    def build() -> tuple[bytes, list[Key]]:
        store = Disk(folder, "s")
        engine = Engine({"one": one, "two": two}, files.get, store, {})
        value = engine.need("two")
        store.close()
        return value, engine.ran

    assert build() == (b"Xy", [("one",), ("two",)])
    with sqlite3.connect(database(folder)) as db:
        db.execute("DELETE FROM small")
    assert build() == (b"Xy", [("one",), ("two",)])
    with sqlite3.connect(database(folder)) as db:
        db.execute("DELETE FROM small WHERE name = ?", (digest(b"X"),))
    assert build() == (b"Xy", []), "what nobody asks for is not made again"
    files["b"] = b"z"
    assert build() == (b"Xz", [("one",), ("two",)])


# --- two at once

_OTHER = """
import sys
from pathlib import Path
from edition.store import Disk
from edition.engine import Seen, TraceRow
folder, start = Path(sys.argv[1]), int(sys.argv[2])
for round in range(5):
    store = Disk(folder, "s")
    for n in range(60):
        name = store.keep_value(f"{n} of {round % 2}".encode() * 50)
        store.keep_trace(("rule", str(n)), TraceRow((Seen("version", ("code",), str(start)),), name, ()))
        row = store.trace(("rule", str((n + start) % 60)))
        assert row is None or len(row.seen) == 1
        if row: store.value(row.value)
    store.close(40_000)
print("done")
"""


def test_builds_at_the_same_time_leave_a_whole_store(folder: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", _OTHER, str(folder), str(n)], stdout=-1, stderr=-1, text=True)
        for n in (0, 20, 40)
    ]
    for process in started:
        out, err = process.communicate(timeout=120)
        assert (out, err) == ("done\n", "")
    with sqlite3.connect(database(folder)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = Disk(folder, "s")
    rows = [row for n in range(60) if (row := again.trace(("rule", str(n))))]
    assert rows and all(again.value(row.value) for row in rows)


# --- where it is


def test_where_the_cache_is() -> None:
    assert caching.place({"EDITION_CACHE": "off"}) is None
    assert caching.place({"EDITION_CACHE": "/a/b", "XDG_CACHE_HOME": "/x"}) == Path("/a/b")
    assert caching.place({"EDITION_CACHE": "b"}) == Path.cwd() / "b"
    assert caching.place({"XDG_CACHE_HOME": "/x"}) == Path("/x/edition")
    at_home = Path(os.path.expanduser("~/.cache/edition"))
    assert caching.place({}) == caching.place({"XDG_CACHE_HOME": "relative"}) == at_home


@pytest.mark.parametrize(
    ("text", "size"), [("", 2 << 30), ("500", 500), ("500M", 500 << 20), ("4g", 4 << 30), ("1 KiB", 1024), ("0", 0)]
)
def test_how_large_it_may_be(text: str, size: int) -> None:
    assert caching.limit({"EDITION_CACHE_SIZE": text}) == size


@pytest.mark.parametrize("text", ["much", "-1", "2T", "1.5G", "G"])
def test_a_size_that_is_none_is_told(text: str) -> None:
    with pytest.raises(click.UsageError, match="EDITION_CACHE_SIZE"):
        caching.limit({"EDITION_CACHE_SIZE": text})


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    made = tmp_path / "a" / "b"
    assert caching.is_private(made) and made.stat().st_mode & 0o777 == 0o700
    made.chmod(0o777)
    assert caching.is_private(made) and made.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letters.txt").write_text("mine")
    assert not caching.is_private(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert not caching.is_private(tmp_path / "letters.txt")


@pytest.fixture
def edition_folder(tmp_path: Path) -> Path:
    made = tmp_path / "book"
    made.mkdir()
    (made / "edition.yaml").write_text("title: x\n")
    return made


def test_the_store_follows_the_environment(edition_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = edition_folder.parent / "cache"
    monkeypatch.setenv("EDITION_CACHE", "off")
    with caching.cache(edition_folder) as store:
        assert type(store) is Memory
    monkeypatch.setenv("EDITION_CACHE", str(cache))
    with caching.cache(edition_folder) as store:
        assert isinstance(store, Disk)
        store.keep_trace(KEY, ROW)
    with caching.cache(edition_folder.parent / "book" / ".." / "book") as store:
        assert store.trace(KEY) == ROW
    (edition_folder.parent / "other").mkdir()
    with caching.cache(edition_folder.parent / "other") as store:
        assert store.trace(KEY) is None


def test_the_cache_is_never_among_the_sources(edition_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for inside in (edition_folder, edition_folder / "cache"):
        monkeypatch.setenv("EDITION_CACHE", str(inside))
        with pytest.raises(click.UsageError, match="among the sources"), caching.cache(edition_folder):
            pass
    assert [path.name for path in edition_folder.iterdir()] == ["edition.yaml"]


def test_a_named_folder_that_cannot_be_used_is_told(edition_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION_CACHE", str(edition_folder.parent))
    with pytest.raises(click.UsageError, match="EDITION_CACHE"), caching.cache(edition_folder):
        pass
    monkeypatch.delenv("EDITION_CACHE")
    (edition_folder.parent / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(edition_folder.parent / "file"))
    with caching.cache(edition_folder) as store:
        assert type(store) is Memory


def test_a_row_that_has_been_written_is_the_one_asked_for(folder: Path) -> None:
    stored(folder)
    with closing(Disk(folder, "s")) as disk:
        assert disk.trace(KEY) == ROW
        disk.keep_trace(KEY, ROW._replace(value="another"))
        for n in range(200):
            disk.keep_trace(("other", str(n)), ROW)
        assert KEY not in disk.traces and disk.trace(KEY) == ROW._replace(value="another")


def test_only_rows_that_this_python_wrote_are_looked_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(folder)
    stored(folder)
    monkeypatch.setattr(stores, "_READER", b"another")
    monkeypatch.setattr(stores.marshal, "loads", lambda data: pytest.fail("a row was looked into"))
    assert [Disk(folder, "s").trace(key) for key in (KEY, ("rule", "0"))] == [None, None]


# --- many traces


def many(folder: Path, count: int = 300) -> dict[Key, TraceRow]:
    """A store of so many traces, put together."""
    rows = {("rule", str(n)): ROW._replace(value=str(n)) for n in range(count)}
    with closing(Disk(folder, "s")) as store:
        for key, row in rows.items():
            store.keep_trace(key, row)
    return rows


def pieces(folder: Path) -> int:
    with sqlite3.connect(database(folder)) as db:
        return int(db.execute("SELECT count(*) FROM trace WHERE space = 's'").fetchone()[0])


def test_many_traces_are_put_together_and_late_ones_count(folder: Path) -> None:
    rows = many(folder)
    assert pieces(folder) == 1
    with closing(Disk(folder, "s")) as store:
        assert {key: store.trace(key) for key in rows} == rows
        store.keep_trace(("rule", "7"), ROW)
        store.keep_trace(KEY, ROW)
    assert pieces(folder) == 2
    again = Disk(folder, "s")
    assert {key: again.trace(key) for key in [*rows, KEY]} == {**rows, ("rule", "7"): ROW, KEY: ROW}
    assert Disk(folder, "t").trace(("rule", "7")) is None
    many(folder, 200)
    assert pieces(folder) == 1
    assert Disk(folder, "s").trace(KEY) == ROW


@pytest.mark.parametrize("how", sorted(DAMAGE))
def test_traces_whose_value_is_damaged_are_missing(folder: Path, how: str) -> None:
    rows = many(folder, 3000)
    (path,) = folder.glob("blobs/*")
    path.write_bytes(DAMAGE[how](path.read_bytes()))
    store = Disk(folder, "s")
    assert {store.trace(key) for key in rows} == {None}
    store.close()
    assert many(folder, 3000) == rows
    assert Disk(folder, "s").trace(("rule", "2999")) == rows["rule", "2999"]
