"""Traces: what runs again, what does not, and what is said either way."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from edition.engine import Engine, Memory, Trace, Work
from edition.problems import Place, Problem


def source(t: Trace, path: str) -> bytes:
    data = t.read(path) or b""
    if b"!" in data:
        t.say(Problem("link-nothing", Place(path), "an exclamation"))
    return data.strip()


def table(t: Trace) -> bytes:
    names = (t.read("list") or b"").decode().split()
    return json.dumps({name: t.need("source", name).decode() for name in names}).encode()


def page(t: Trace, name: str) -> bytes:
    return f"{t.look('table', name)}".encode()


def book(t: Trace) -> bytes:
    names = (t.read("list") or b"").decode().split()
    return b" ".join(t.need_all("page", [(name,) for name in names]))


def twice(text: bytes) -> bytes:
    return text * 2


def doubled(t: Trace, name: str) -> Work:
    return Work(twice, t.need("source", name))


def circle(t: Trace) -> bytes:
    return t.need("circle")


RULES = {f.__name__: f for f in (source, table, page, book, doubled, circle)}


class World:
    """Files and a store that outlive builds."""

    def __init__(self, **files: str) -> None:
        self.files = {"list": " ".join(files), **files}
        self.store = Memory()
        self.versions = {"code": "1"}

    def build(self, *key: str, pool: ThreadPoolExecutor | None = None) -> tuple[bytes, Engine]:
        def read(path: str) -> bytes | None:
            text = self.files.get(path)
            return None if text is None else text.encode()

        engine = Engine(RULES, read, self.store, self.versions, pool)
        return engine.need(*key), engine

    def ran(self, *key: str) -> set[tuple[str, ...]]:
        return set(self.build(*key)[1].ran)


def test_a_second_build_runs_nothing() -> None:
    world = World(a="one", b="two")
    assert world.build("book")[0] == b"one two"
    assert world.ran("book") == set()


def test_only_what_an_edit_reaches_runs_again() -> None:
    world = World(a="one", b="two")
    world.build("book")
    world.files["b"] = "three"
    assert world.ran("book") == {("source", "b"), ("table",), ("page", "b"), ("book",)}
    assert world.build("book")[0] == b"one three"


def test_an_edit_that_changes_no_value_stops_at_once() -> None:
    world = World(a="one", b="two")
    world.build("book")
    world.files["a"] = "  one  "
    assert world.ran("book") == {("source", "a")}


def test_a_new_version_of_the_code_runs_everything() -> None:
    world = World(a="one")
    world.build("book")
    world.versions = {"code": "2"}
    assert ("source", "a") in world.ran("book")


def test_a_missing_file_is_a_dependency() -> None:
    world = World(a="one")
    del world.files["a"]
    assert world.build("book")[0] == b""
    world.files["a"] = "one"
    assert world.build("book")[0] == b"one"


def test_problems_are_repeated_by_warm_builds() -> None:
    world = World(a="one!", b="two")
    cold = world.build("book")[1].problems()
    warm = world.build("book")[1].problems()
    assert [p.text for p in cold] == ["an exclamation"] and warm == cold
    world.files["a"] = "one"
    assert world.build("book")[1].problems() == []


def test_problems_of_rules_not_asked_for_are_not_repeated() -> None:
    world = World(a="one!", b="two")
    world.build("book")
    world.files["list"] = "b"
    assert world.build("book")[1].problems() == []


def test_a_lost_value_is_made_again() -> None:
    world = World(a="one")
    world.build("book")
    world.store.values.clear()
    assert world.build("book")[0] == b"one"


def test_work_in_a_pool_gives_the_same_as_without() -> None:
    alone = World(a="one", b="two").build("doubled", "a")[0]
    with ThreadPoolExecutor(2) as pool:
        assert World(a="one", b="two").build("doubled", "a", pool=pool)[0] == alone == b"oneone"


def test_a_rule_that_needs_itself_is_a_bug() -> None:
    with pytest.raises(RecursionError, match="circle"):
        World().build("circle")
