"""The index of an edition: headings, sub-headings, see and see also, what stands in bold; the same in EPUB and PDF."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from edition.builder import Made, make
from edition.passes import numbering
from edition.xml import TEI, XHTML, Element, parse

from . import outputs

CASE = Path(__file__).parent / "cases" / "reference-matter"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, Path]:
    folder = tmp_path_factory.mktemp("index") / CASE.name
    shutil.copytree(CASE, folder)
    return make(folder, ["tei", "epub", "pdf"]), folder


def index_of(made: Made) -> Element:
    book = outputs.opened(made.files[f"{made.id}.epub"])
    return parse(book.files[next(name for name in book.files if name.endswith("/index.xhtml"))])


def said(item: Element) -> str:
    """An entry as it reads, without its sub-entries."""
    own = "".join(part for part in item.itertext())
    for inner in item.iter(f"{{{XHTML}}}ul"):
        own = own.replace("".join(inner.itertext()), "")
    return " ".join(own.replace("\u00a0", " ").split())


def entries(root: Element) -> dict[str, list[str]]:
    """Heading -> its sub-entries, as they read."""
    found = {}
    for item in root.iter(f"{{{XHTML}}}li"):
        if item.getparent().get("class") == "index":  # type: ignore[union-attr]
            subs = [said(sub) for sub in item.iter(f"{{{XHTML}}}li") if sub is not item]
            found[said(item)] = subs
    return found


def test_the_index_as_it_reads(built: tuple[Made, Path]) -> None:
    assert [p for p in built[0].problems if p.severity != "info"] == []
    assert entries(index_of(built[0])) == {
        "Dockers see Strikes": [],
        "Dyk, Ole van 1, 1 n. 1": [],
        "Harbour Board 1, 3, 3 n. 1": [],
        "Leith 1": ["during the strike 3"],
        "Penrose, Alice see Ward, Alice": [],
        "Quays see Harbour Board": [],
        "Ships' masters 1": [],
        "Strikes": ["of 1912 3", "causes 1", "see also Wages"],
        "Van Dyk, Ole see Dyk, Ole van": [],
        "Wages 1": ["of masters 1 n. 1"],
        "Ward, Alice 1": ["and the strike 3, 3 n. 1", "see also Ward, John (born 1850)"],
        "Ward, John (born 1850) 1, 3 n. 1": [],
        "Ward, John (shop steward) 3": [],
    }


def test_what_matters_most_is_marked_and_the_headnote_says_so(built: tuple[Made, Path]) -> None:
    root = index_of(built[0])
    main = [item.getparent().getparent().get("id") for item in root.iter() if item.get("data-main") is not None]  # type: ignore[union-attr]
    assert main == ["index-subject-1", "index-ward-alice", "index-ward-john"]
    (note,) = (p for p in root.iter(f"{{{XHTML}}}p") if p.get("class") == "headnote")
    for word in ("pages", "bold", "n. marks", "see leads", "letter by letter"):
        assert word in (note.text or "")


def test_every_link_of_the_index_leads_to_what_it_says(built: tuple[Made, Path]) -> None:
    """Exact places: the target holds a form of the name, or is the mark itself."""
    book = outputs.opened(built[0].files["reference-matter.epub"])
    ids: dict[str, str] = {}
    for name, data in book.files.items():
        if name.endswith(".xhtml"):
            for element in parse(data).iter():
                if isinstance(element.tag, str) and element.get("id"):
                    ids[f"{name.rpartition('/')[2]}#{element.get('id')}"] = "".join(element.itertext())
    for link in index_of(built[0]).iter(f"{{{XHTML}}}a"):
        if link.get("class") == "page":
            assert link.get("href") in ids


def pdf_index(made: Made, folder: Path) -> str:
    """The text of the PDF from the index on, without line ends."""
    path = folder / "made.pdf"
    path.write_bytes(made.files[f"{made.id}.pdf"])
    command = [outputs.needs("pdftotext"), "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    words = " ".join(text.replace("\u00a0", " ").split())
    return words[words.rindex("Numbers are pages") :]


def test_pdf_and_epub_have_the_same_entries_and_locators(built: tuple[Made, Path]) -> None:
    printed = pdf_index(*built)
    for entry, subs in entries(index_of(built[0])).items():
        for text in (entry, *subs):
            assert text in printed, text


def changed(tmp_path: Path, **files: str) -> Made:
    folder = tmp_path / CASE.name
    shutil.copytree(CASE, folder)
    for name, text in files.items():
        path = folder / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return make(folder, ["tei"])


def told(made: Made) -> list[tuple[str, str, int]]:
    return [(p.code, p.place.file, p.place.line) for p in made.problems if p.severity != "info"]


@pytest.mark.parametrize(
    ("see", "words"),
    [
        ("{Dockers: Strykes}", "no heading “Strykes”"),
        ("{Dockers: Stevedores, Stevedores: Strikes}", "“Stevedores” is itself only a “see”"),
        ("{Dockers: Stevedores, Stevedores: Dockers}", "circle"),
        ("{Dockers: Dockers}", "leads to itself"),
        ("{Wages: Strikes}", "has places of its own"),
    ],
)
def test_references_that_lead_nowhere(tmp_path: Path, see: str, words: str) -> None:
    folder = tmp_path / CASE.name
    shutil.copytree(CASE, folder)
    path = folder / "edition.yaml"
    path.write_text(path.read_text().replace("{Dockers: Strikes}", see))
    problems = [p for p in make(folder, ["tei"]).problems if p.code == "index-reference"]
    assert problems
    assert words in problems[0].text
    assert (problems[0].place.file, problems[0].place.line) == ("edition.yaml", 14)


def test_sub_headings_that_hold_nothing(tmp_path: Path) -> None:
    made = changed(
        tmp_path,
        decisions="  ward-john:\n    x: ch-nothing\n    y: [ch-harbour..ch-strike]\n  nobody: {z: ch-strike}\n",
    )
    assert told(made) == [
        ("block-unknown", "decisions.yaml", 5), ("person-unknown", "decisions.yaml", 7),
    ]  # fmt: skip
    made = changed(tmp_path / "b", decisions="  leith:\n    x: ch-strike..ch-harbour\n")
    assert told(made) == [("index-sub-unused", "decisions.yaml", 5)]


def test_a_heading_is_a_place_that_sub_headings_and_decisions_may_name() -> None:
    heads = '<head xml:id="h">Lenin</head><head type="short">L.</head>'
    unit = parse(f'<div xmlns="{TEI}" xml:id="ch">{heads}<p xml:id="p">He.</p></div>'.encode())
    assert [target.id for target in numbering.facts(unit, "u", "en")["targets"]] == ["ch", "h", "p"]


def test_a_mark_without_a_name_is_told(tmp_path: Path) -> None:
    folder = tmp_path / CASE.name
    shutil.copytree(CASE, folder)
    path = folder / "text" / "02-strike.md"
    path.write_text(path.read_text() + "\n[Nobody]{.main} came.\n")
    assert told(make(folder, ["tei"])) == [("index-mention", "text/02-strike.md", 9)]


def test_separate_indexes_and_the_rest(tmp_path: Path) -> None:
    folder = tmp_path / CASE.name
    shutil.copytree(CASE, folder)
    path = folder / "edition.yaml"
    path.write_text(
        path.read_text().replace("bibliography, index]", "bibliography, index-of-people, index-of-subjects, index]")
    )
    made = make(folder, ["epub", "pdf"])
    assert told(made) == []
    book = outputs.opened(made.files["reference-matter.epub"])
    found = {
        name.rpartition("/")[2]: list(entries(parse(data))) for name, data in book.files.items() if "/index" in name
    }
    assert found["index.xhtml"] == ["Harbour Board 1, 3, 3 n. 1", "Leith 1", "Quays see Harbour Board"]
    assert found["index-of-subjects.xhtml"][0] == "Dockers see Strikes"
    assert all("Ward" in e or "Dyk" in e for e in found["index-of-people.xhtml"])


def test_crowded_headings_are_told_with_a_draft(tmp_path: Path) -> None:
    folder = tmp_path / CASE.name
    shutil.copytree(CASE, folder)
    page = "\n\n".join("Nothing much is said here of anybody at all, at length. " * 30 for _ in range(1))
    for number in range(1, 11):
        path = folder / "text" / f"more-{number}.md"
        path.write_text(f"# More {number} {{#ch-{number}}}\n\nLeith.\n\n{page}\n\n{page}\n")
    path = folder / "edition.yaml"
    more = "".join(f"    - text/more-{number}.md\n" for number in range(1, 11))
    path.write_text(path.read_text().replace("    - text/02-strike.md\n", f"    - text/02-strike.md\n{more}"))
    (problem,) = (p for p in make(folder, ["pdf"]).problems if p.severity != "info")
    assert (problem.code, problem.place.file, problem.place.line) == ("index-crowded", "places.yaml", 1)
    assert re.search(r"“Leith” has (9|1\d) plain", problem.text)
    assert "subs: {leith: {The harbour: [ch-harbour], More 1: [ch-1]" in problem.hint


def test_the_schema_knows_sub_headings() -> None:
    from edition.config import schemas

    found: dict[str, Any] = schemas()["decisions.yaml"]
    assert "subs" in json.dumps(found)
