"""annotations.yaml: notes and corrections find their place, and find it again when the source has changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edition import builder
from edition.builder import Made
from edition.config import load_annotations
from edition.engine import Memory
from edition.passes import annotations
from edition.passes.annotations import Applied, annotated, corrected, note
from edition.verify.streams import of_reading, of_tei
from edition.xml import ID, Element, all_named, canonical, parse, tei

from . import outputs
from .conftest import seed_edition

NS = ' xmlns="http://www.tei-c.org/ns/1.0"'
LEAST = {"find": "", "note": "", "series": "", "corr": "", "omit": False, "why": "", "index": "", "key": "abcdef"}


def unit(inner: str) -> Element:
    return parse(f"<div{NS}>{inner}</div>".encode())


def correct(tree: Element, **told: object) -> list[Applied]:
    return corrected(tree, lambda block: [{**LEAST, **told}] if block == "p" else [])


def annotate(tree: Element, **told: object) -> list[Applied]:
    make = lambda one, name: note([tei("p", {}, str(one["note"]))], str(one["series"]), name)  # noqa: E731
    return annotated(tree, lambda block: [{**LEAST, "note": "N", **told}] if block == "p" else [], make)


# --- where things go


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("He raed it.", {"find": "raed", "corr": "read"},
         "He <choice><sic>raed</sic><corr>read</corr></choice> it."),
        ("He read it it.", {"find": "it it", "corr": "it"},
         "He read <choice><sic>it it</sic><corr>it</corr></choice>."),
        ("He read it, it.", {"find": ", it", "omit": True}, "He read it<surplus>, it</surplus>."),
        ("a <hi>raed</hi> b", {"find": "raed", "corr": "read"},
         "a <hi><choice><sic>raed</sic><corr>read</corr></choice></hi> b"),
        ("a <hi>x raed</hi> bb c", {"find": "raed bb", "corr": "read by"},
         "a <hi>x <choice><sic>raed</sic><corr>read by</corr></choice></hi><surplus> bb</surplus> c"),
    ],
)  # fmt: skip
def test_corrections(text: str, told: dict[str, object], expected: str) -> None:
    tree = unit(f'<p xml:id="p">{text}</p>')
    assert [one.fault for one in correct(tree, **told)] == [""]
    assert canonical(tree) == canonical(unit(f'<p xml:id="p">{expected}</p>'))


@pytest.mark.parametrize(
    ("text", "find", "before", "after"),
    [
        ("On the quay, at dawn.", "the quay", "On the quay,", " at dawn."),
        ("On the quay “at dawn.” Then", "“at dawn", "On the quay “at dawn.”", " Then"),
        ("On the quay “at dawn.” Then", '"at dawn', "On the quay “at dawn.”", " Then"),
        ("On the\n quay", "the quay", "On the\n quay", None),
        ("On the quay. ", "", "On the quay.", " "),
        ("No-one’s quay", "No–one's", "No-one’s", " quay"),
    ],
)
def test_notes(text: str, find: str, before: str, after: str | None) -> None:
    tree = unit(f'<p xml:id="p">{text}</p>')
    assert [(one.fault, one.id) for one in annotate(tree, find=find)] == [("", "p.aabcd")]
    paragraph, made = tree[0], next(all_named(tree, "note"))
    assert (paragraph.text, made.tail or None) == (before, after)
    assert (made.get(ID), made[0].get(ID), made.get("resp")) == ("p.aabcd", "p.aabcd.1", "#edition")


def test_words_are_found_across_markup_and_other_notes() -> None:
    tree = unit('<p xml:id="p">On <hi>the</hi><note place="foot"><p>n</p></note> quay at dawn</p>')
    annotate(tree, find="the quay at")
    assert next(one for one in all_named(tree, "note") if one.get("resp")).tail == " dawn"


@pytest.mark.parametrize(("find", "fault"), [("nowhere", "absent"), ("the", "repeated"), ("qua", "absent")])
def test_what_cannot_be_placed_is_told_and_nothing_is_changed(find: str, fault: str) -> None:
    tree = unit('<p xml:id="p">The dawn on the quay by the sea.</p>')
    before = canonical(tree)
    assert [one.fault for one in [*annotate(tree, find=find), *correct(tree, find=find, corr="x")]] == [fault, fault]
    assert canonical(tree) == before


def test_added_notes_are_no_words_of_the_source() -> None:
    tree = unit('<p xml:id="p">On the quay.</p>')
    before = of_reading(tree)
    annotate(tree, find="quay")
    assert of_reading(tree) == before


def test_an_entry_of_the_index_stands_behind_its_words() -> None:
    tree = unit('<p xml:id="p">By the old quay, at night.</p>')
    assert [one.fault for one in annotate(tree, note="", find="old quay", index="Harbours > quays")] == [""]
    mark = '<index indexName="subject"><term>Harbours</term><index><term>quays</term></index></index>'
    assert canonical(tree) == canonical(unit(f'<p xml:id="p">By the old quay,{mark} at night.</p>'))


def test_an_entry_of_the_index_is_printed_and_no_word_of_the_source(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "a.txt").write_text("A quay\n\nBy the old quay.\n")
    told = "title: T\nlanguage: en-GB\ncontents: {body: [text/a.txt], back: [index]}\n"
    (tmp_path / "edition.yaml").write_text(told)
    lock = builder.make(tmp_path, ["tei"]).lock
    assert lock is not None
    (name,) = (json.loads(line)["id"] for line in lock.decode().splitlines() if '"kind": "p"' in line)
    (tmp_path / "annotations.yaml").write_text(f"- {{at: {name}, find: old quay, index: Harbours > quays}}\n")
    made = builder.make(tmp_path, ["tei", "epub"])
    assert [problem for problem in made.problems if problem.severity != "info"] == []
    index = "".join(outputs.opened(made.files[f"{tmp_path.name}.epub"]).documents["index.xhtml"].itertext())
    assert "Harbours" in index and "quays" in index
    (own,) = of_tei(parse(made.files[f"{tmp_path.name}.tei.xml"]))
    assert own.main == ["A", "quay", "By", "the", "old", "quay"]


def test_candidates_with_all_the_words_come_first() -> None:
    tree = unit(
        '<p xml:id="a">Nothing here.</p><p xml:id="b">a grey quay in Leeds</p><p xml:id="c">the old quay in Leeds</p>'
    )
    assert annotations.candidates("old quay in Leeds", [tree]) == [
        "c (“the old quay in Leeds …”)", "b (“a grey quay in Leeds …”)"
    ]  # fmt: skip


# --- the file


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- {at: p-1, find: a}", "config-entry"),
        ("- {at: p-1, find: a, note: b, corr: c}", "config-entry"),
        ("- {at: p-1, corr: c}", "config-missing"),
        ("- {find: a, note: b}", "config-missing"),
        ("- {at: p-1, note: b}\n- {at: p-1, note: b}", "config-twice"),
        ("- {at: p-1, find: a, note: c, index: b}", "config-entry"),
        ("- {at: p-1, note: b, nota: c}", "config-unknown-key"),
        ("at: p-1", "config-type"),
    ],
)
def test_mistakes_of_the_file(text: str, code: str) -> None:
    found = load_annotations(text.encode(), "annotations.yaml").problems
    assert [(p.code, p.place.line) for p in found] == [(code, text.count("\n") + 1)]


def test_the_file() -> None:
    text = "# mine\n- {at: p-1, find: a, note: b, series: e}\n- {at: p-2, find: c, omit: true, why: twice}\n"
    loaded = load_annotations(text.encode(), "annotations.yaml")
    assert loaded.problems == [] and loaded.value is not None
    assert [(one.at, one.note, one.series, one.omit) for one in loaded.value] == [
        ("p-1", "b", "e", False), ("p-2", "", "", True)
    ]  # fmt: skip
    assert load_annotations(b"", "annotations.yaml").value == ()


# --- a page of somebody else's, and its next version

NOTED, CORRECTED, GONE = (2, 4, 6, 8, 12, 16, 19, 22, 25, 28), (13, 31), 12
REWORDED = (2, 4, 6, 8, 16, 19, 22, 31, 34, 36)


def save(folder: Path, made: Made) -> None:
    assert made.lock is not None, made.problems
    (folder / "edition.lock").write_bytes(made.lock)


def lines_of(folder: Path) -> list[str]:
    return (folder / "text" / "page.txt").read_text(encoding="utf-8").split("\n")


def quoted(line: str) -> str:
    """Words of a line that stand in it once: the fifth to the eighth."""
    return " ".join(line.split()[4:8])


def reworded(line: str) -> str:
    """One word in six is another, the quoted ones excepted."""
    return " ".join("otherwise" if n % 6 == 3 and not 4 <= n < 8 else word for n, word in enumerate(line.split()))


def ids_of(made: Made) -> list[str]:
    """The ids of the page's lines in order; the head is of edition.yaml."""
    assert made.lock is not None
    rows = [json.loads(line) for line in made.lock.splitlines()]
    return [row["id"] for row in rows if row.get("kind") in ("head", "p") and "id" in row][1:]


def test_ten_notes_and_two_corrections_survive_a_new_version_of_the_page(tmp_path: Path) -> None:
    folder = seed_edition(tmp_path / "seed-page")
    lines = lines_of(folder)
    made = builder.make(folder, ["tei"])
    save(folder, made)
    ids = ids_of(made)
    assert len(ids) == len(lines)
    rows = [f"- {{at: {ids[n]}, find: {json.dumps(quoted(lines[n]))}, note: Note {n}.}}" for n in NOTED]
    rows += [
        f"- {{at: {ids[n]}, find: {json.dumps(quoted(lines[n]))}, corr: Corrected {n}, why: slip}}" for n in CORRECTED
    ]
    (folder / "annotations.yaml").write_text("\n".join(rows) + "\n", encoding="utf-8")
    first = builder.make(folder, ["tei"])
    assert placed(first) == ({ids[n] for n in NOTED}, {ids[n] for n in CORRECTED})

    now = [reworded(line) if n in REWORDED else line for n, line in enumerate(lines)]
    now.insert(30, "A line that nobody has read before, about lighthouses, tin and the price of salt.")
    del now[GONE]
    now.insert(5, "Another that is new: bees had settled behind the organ pipes of the village church.")
    (folder / "text" / "page.txt").write_text("\n".join(now), encoding="utf-8")
    second = builder.make(folder, ["tei"])
    lost = NOTED.index(GONE)
    assert [(p.code, p.place.file, p.place.line) for p in second.problems if p.is_error] == [
        ("annotation-lost", "annotations.yaml", lost + 1)
    ]
    assert ids[GONE] in next(p for p in second.problems if p.is_error).text

    (folder / "annotations.yaml").write_text("\n".join(rows[:lost] + rows[lost + 1 :]) + "\n", encoding="utf-8")
    third = builder.make(folder, ["tei"])
    assert placed(third) == ({ids[n] for n in NOTED if n != GONE}, {ids[n] for n in CORRECTED})


def placed(made: Made) -> tuple[set[str], set[str]]:
    """The ids of the paragraphs with notes that say their number, and of those with corrections."""
    assert [p for p in made.problems if p.is_error] == []
    root = parse(made.files["seed-page.tei.xml"])
    page = next(div for div in all_named(root, "div") if any(True for _ in all_named(div, "p")))
    notes = {one.getparent().get(ID) for one in all_named(page, "note")}  # type: ignore[union-attr]
    return notes, {one.getparent().get(ID) for one in all_named(page, "choice")}  # type: ignore[union-attr]


def test_an_annotation_of_a_merged_paragraph_goes_to_the_whole(tmp_path: Path) -> None:
    folder = seed_edition(tmp_path / "seed-page")
    lines = lines_of(folder)
    made = builder.make(folder, ["tei"])
    save(folder, made)
    ids = ids_of(made)
    row = f"- {{at: {ids[20]}, find: {json.dumps(quoted(lines[20]))}, note: Note.}}\n"
    (folder / "annotations.yaml").write_text(row, encoding="utf-8")
    lines[19:21] = [f"{lines[19]} {lines[20]}"]
    (folder / "text" / "page.txt").write_text("\n".join(lines), encoding="utf-8")
    assert placed(builder.make(folder, ["tei"]))[0] == {ids[19]}


def test_the_first_annotation_and_the_last_are_seen_by_a_warm_build(tmp_path: Path) -> None:
    folder, store = seed_edition(tmp_path / "seed-page"), Memory()
    lines = lines_of(folder)
    made = builder.make(folder, ["tei"], store=store)
    save(folder, made)
    plain = builder.make(folder, ["tei"], store=store)
    row = f"- {{at: {ids_of(made)[20]}, find: {json.dumps(quoted(lines[20]))}, note: Note.}}\n"
    (folder / "annotations.yaml").write_text(row, encoding="utf-8")
    warm = builder.make(folder, ["tei"], store=store)
    assert placed(warm)[0] == {ids_of(made)[20]} and warm.files == builder.make(folder, ["tei"]).files
    (folder / "annotations.yaml").unlink()
    assert builder.make(folder, ["tei"], store=store).files == plain.files
