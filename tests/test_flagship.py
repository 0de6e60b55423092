"""The study reader at full size: its counts, its coverage of the page it is a guide to, and that it copies nothing."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from edition.passes import lockfile
from edition.readers import ReadOptions, read
from edition.verify.streams import of_reading
from edition.words import words
from edition.xml import Element, all_named

from .conftest import NO_SHARED, ROOT, SHARED

FOLDER = ROOT / "sources" / "moscow-trials"
RUN = 10  # words in a row that may not stand in the page


def loaded(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


@cache
def texts() -> dict[str, Element]:
    """The trees of all sources, by name."""
    paths = sorted((FOLDER / "text").iterdir())
    return {path.name: read(path.name, path.read_bytes(), ReadOptions("en-GB")).tree for path in paths}


def chapters() -> dict[str, Element]:
    return {name: tree for name, tree in texts().items() if name[0].isdigit()}


def seed_page() -> list[str]:
    """The lines of the page; skips where ../shared is not there."""
    page = next(iter(sorted((SHARED / "seed").glob("*.txt"))), None)
    if page is None:
        pytest.skip(NO_SHARED)
    return page.read_text(encoding="utf-8").splitlines()


def runs(found: list[str]) -> set[tuple[str, ...]]:
    folded = [word.casefold() for word in found]
    return {tuple(folded[n : n + RUN]) for n in range(len(folded) - RUN + 1)}


def strings(value: Any) -> Iterator[str]:
    """All texts in a value of YAML."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, str):
        yield value


def count(*names: str) -> int:
    return sum(1 for tree in texts().values() for _ in all_named(tree, *names))


def inner_links() -> int:
    links = (link for tree in texts().values() for link in all_named(tree, "ref", "ptr"))
    return sum(1 for link in links if link.get("target", "").startswith("#"))


def asks(tree: Element) -> bool:
    """Whether a chapter has questions: as such, under a heading, or, in plain text, in its last paragraph."""
    last = [div for div in all_named(tree, "div") if len(div)][-1]
    told = "?" in "".join(last.itertext()) and "questions" in "".join(last.itertext()).casefold()
    return told or any(found.get("type") == "questions" for found in all_named(tree, "list"))


# --- size


def test_the_book_is_of_full_size() -> None:
    streams = [of_reading(tree) for tree in texts().values()]
    assert len(chapters()) >= 9
    assert sum(len(stream.main) for stream in streams) >= 9000
    assert len(loaded("people.yaml")) >= 60
    assert len(loaded("chronology.yaml")) >= 60
    assert count("note") >= 80
    assert inner_links() >= 40


def test_every_work_is_cited_and_so_stands_in_the_bibliography() -> None:
    targets = {ref.get("target", "") for tree in texts().values() for ref in all_named(tree, "ref")}
    assert {target for target in targets if target.startswith("#bib-")} == {
        f"#bib-{key}" for key in loaded("bibliography.yaml")
    }


def test_the_glossary_is_of_full_size_and_its_terms_are_marked() -> None:
    assert len(loaded("glossary.yaml")) >= 30
    assert count("term") >= 30


def test_every_reader_has_a_chapter() -> None:
    assert {name.rpartition(".")[2] for name in chapters()} >= {"md", "txt", "html", "docx", "xml"}


def test_every_chapter_has_questions() -> None:
    assert [name for name, tree in chapters().items() if not asks(tree)] == []


# --- the page


def test_no_run_of_ten_words_stands_in_the_page() -> None:
    page = runs(words("\n".join(seed_page())))
    for name, tree in texts().items():
        stream = of_reading(tree)
        for flow in (stream.main, *stream.notes):
            assert runs(flow) & page == set(), name
    for path in sorted(FOLDER.glob("*.yaml")):
        for text in strings(loaded(path.name)):
            assert runs(words(text)) & page == set(), path.name


def test_every_line_of_the_page_is_covered() -> None:
    lines = loaded("coverage.yaml")["lines"]
    assert sorted(lines) == list(range(1, len(seed_page()) + 1))
    assert all(lines.values())


def test_every_id_of_the_coverage_exists() -> None:
    coverage = loaded("coverage.yaml")
    ledger, problems = lockfile.load((FOLDER / "edition.lock").read_bytes())
    assert problems == []
    known = {name for row in ledger.live for name in row.names}
    named = {*coverage["beyond"], *(name for names in coverage["lines"].values() for name in names)}
    assert named - known == set()
    assert all(why.strip() for why in coverage["beyond"].values())
