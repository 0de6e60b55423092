"""Citations, bibliography, glossary, questions: what a study book has besides its text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from edition.builder import Made, make
from edition.passes import citations
from edition.readers import bibliographies
from edition.wording import ENGLISH, LANGUAGES
from edition.xml import TEI, Element, all_named, local, parse

from . import outputs
from .docx_maker import docx, p
from .test_index import CASE


def plain(pieces: list[citations.Piece]) -> str:
    return "".join(piece if isinstance(piece, str) else "".join(piece.itertext()) for piece in pieces).replace(
        "\u00a0", " "
    )


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of every file of the EPUB."""
    folder = tmp_path_factory.mktemp("references") / CASE.name
    shutil.copytree(CASE, folder)
    made = make(folder, ["epub"])
    assert [p for p in made.problems if p.severity != "info"] == []
    assert [(p.code, p.text) for p in made.problems] == [("bibliography-uncited", "cited nowhere: unused")]
    return read(made)


def read(made: Made) -> dict[str, str]:
    book = outputs.opened(made.files["reference-matter.epub"])
    found = {}
    for name, data in book.files.items():
        if name.endswith(".xhtml"):
            text = re.sub(r"</(li|dd|dt|p|h\d)>", "\n", data.decode())
            text = re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ").replace("&lt;", "<").replace("&gt;", ">")
            found[name.rpartition("/")[2].removesuffix(".xhtml")] = text
    return found


def test_a_work_is_cited_in_full_and_then_by_its_short_title(texts: dict[str, str]) -> None:
    notes = texts["notes"]
    for said in (
        "Ernest Hall, The Port of Leith: A History (Edinburgh: Mole Press, 1911), p. 12.",
        "See Hall, The Port of Leith, pp. 3–4 and Ernest Hall, Cranes (Edinburgh: Mole Press, 1911).",
        "J. Poole, Songs of the Quay (Leith, n.d.); Ruth Ames and Tom Bell, ‘On wages’, ",
        "‘On wages’, Harbour Review 3.2 (1913), 12–40, p. 20.",
        "Ole van Dyk, A Master's Life, trans. by Ada Editor (Leeds: Example Press, 1920).",
        "May Cole, ‘The strike committee’, in Essays on Strikes, ed. by Ruth Ames (London: Reed, 1930), pp. 5–9, p. 6.",
        "Report of the Harbour Board (Leith, 1912).",
        "‘The mole today’ (Harbour Museum, n.d.) <https://museum.example/mole> (accessed 1 March 2026).",
    ):
        assert said in notes, said


def test_the_bibliography_has_what_is_cited_by_author_and_title(texts: dict[str, str]) -> None:
    rows = [line.strip() for line in texts["bibliography"].splitlines() if line.strip().endswith(".")]
    assert [row.partition(",")[0] for row in rows] == [
        "Ames", "Cole", "Dyk", "Hall", "Hall", "Harbour Museum", "Poole", "Report of the Harbour Board (Leith",
    ]  # fmt: skip
    assert rows[0].startswith("Ames, Ruth and Tom Bell, ‘On wages’, Harbour Review 3.2 (1913), 12–40.")
    assert "Cranes" in rows[3]


def test_terms_lead_to_the_glossary_at_their_first_use(texts: dict[str, str]) -> None:
    rows = [line.strip() for line in texts["glossary"].splitlines() if line.strip()]
    assert rows[-4:] == [
        "mole",
        "a massive wall that shelters a harbour. 1, 5",  # unmarked in the first chapter, marked in the third
        "shop steward",
        "a delegate of the workers. 5",
    ]


def test_terms_are_found_in_every_format_at_their_first_use(tmp_path: Path) -> None:
    """Not in heads, notes, links and parts of names; not where the chapter marks them itself."""
    folder = tmp_path / "terms"
    (folder / "text").mkdir(parents=True)
    (folder / "glossary.yaml").write_text(
        "camp: {term: camp, variants: [camps], about: A place.}\ngpu: {term: GPU, about: Police.}\n"
        "rights: {term: Rights, about: A label.}\nold: {term: Old Guard, about: People.}\n"
    )
    (folder / "people.yaml").write_text("camp-ann: {name: Ann Camp}\nguard: {name: Old Guard Smith}\n")
    said = "Camps stood there, another camp here. The rights of men; the gpu; the GPU; Ann Camp; Old Guard Smith."
    files = {
        "a.md": f"# A camp\n\n{said}\n",
        "b.html": f"<html lang='en'><body><main><h1>A camp</h1><p>{said}</p></main></body></html>",
        "c.txt": f"A camp\n\n{said}\n",
        "d.xml": f'<TEI xmlns="{TEI}"><teiHeader/><text><body><div><head>A camp</head><p>{said}</p></div>'
        "</body></text></TEI>",
        "e.docx": docx(p("A camp", style="Heading1") + p(said)),
        "f.md": "# A camp\n\nA camp, the [camp]{.term}, [a GPU](#x).[^1]\n\n{#x}\nGPU\n\n[^1]: Rights.\n",
    }
    for name, text in files.items():
        (folder / "text" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    order = ", ".join(f"text/{name}" for name in files)
    told = f"title: T\nlanguage: en-GB\ncontents: {{body: [{order}], back: [glossary]}}\n"
    (folder / "edition.yaml").write_text(told)
    assert _marked(folder) == [["Camps camp", "GPU gpu"]] * 5 + [["camp", "GPU gpu"]]
    (folder / "edition.yaml").write_text(told + "terms: marked\n")
    assert _marked(folder) == [[]] * 5 + [["camp"]]


def _marked(folder: Path) -> list[list[str]]:
    """The terms of each unit, as they stand and what they mean."""
    made = make(folder, ["tei"])
    assert [problem for problem in made.problems if problem.is_error] == []
    divs = [div for div in all_named(parse(made.files["terms.tei.xml"]), "div") if local(div.getparent()) == "body"]  # type: ignore[arg-type]
    return [[_said(term) for term in all_named(div, "term")] for div in divs]


def _said(term: Element) -> str:
    return f"{term.text} {(term.get('ref') or '').removeprefix('#term-')}".strip()


def test_questions_are_gathered_and_answers_kept_back(texts: dict[str, str]) -> None:
    assert "Who paid?" in texts["questions"]
    assert "Who paid?" not in texts["ch-papers"]
    assert not any("shelter ships" in text for text in texts.values())


def changed(tmp_path: Path, file: str, old: str, new: str, wanted: str = "epub") -> Made:
    folder = tmp_path / CASE.name
    shutil.copytree(CASE, folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return make(folder, [wanted])


def test_works_have_an_index_of_their_own_if_it_is_asked_for(tmp_path: Path) -> None:
    made = changed(tmp_path, "edition.yaml", "bibliography, index]", "bibliography, index-of-works, index]")
    found = read(made)
    rows = [re.sub(r" \d.*", "", row.strip()) for row in found["index-of-works"].splitlines() if re.search(r"\d", row)]
    assert [row.rpartition("  ")[2] for row in rows if "numbers" not in row.lower()] == [
        "Cranes (Hall)", "A Master's Life (Dyk)", "The mole today (Harbour Museum)", "On wages (Ames – Bell)",
        "The Port of Leith (Hall)", "Report of the Harbour Board", "Songs of the Quay (Poole)",
        "The strike committee (Cole)",
    ]  # fmt: skip
    assert "Cranes" not in found["index"] and "n. " in found["index-of-works"]
    joined = read(changed(tmp_path / "b", "edition.yaml", "index:\n", "index:\n  works: true\n"))["index"]
    assert "Cranes (Hall)" in joined and "Ward, Alice" in joined


def test_a_leaders_edition_has_answers_at_chapter_ends(tmp_path: Path) -> None:
    made = changed(tmp_path, "edition.yaml", "[questions, ", "[")
    assert "Questions" in read(made)["ch-papers"]
    made = changed(tmp_path / "b", "edition.yaml", "language: en-GB", "language: en-GB\nanswers: true")
    assert "shelter ships" in read(made)["questions"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("@report", "@raport", "citation-unknown"),
        ("[mole]{.term}", "[moul]{.term}", "term-unknown"),
        ("[mole]{.term}", "[mole]{term=moole}", "term-unknown"),
    ],
)
def test_what_is_in_no_register_is_an_error_at_its_place(tmp_path: Path, old: str, new: str, code: str) -> None:
    made = changed(tmp_path, "text/03-papers.md", old, new, "tei")
    (problem,) = (p for p in made.problems if p.severity == "error")
    assert (problem.code, problem.place.file) == (code, "text/03-papers.md")
    assert problem.place.line in (3, 5)
    assert "did you mean" in problem.hint


@pytest.mark.parametrize(
    ("file", "old", "new", "code", "line"),
    [
        ("people.yaml", "built the mole", "built the mole\n  cite: '[@raport, p. 4]'", "citation-unknown", 15),
        ("people.yaml", "the *Harbour Board*", "'the *Harbour Board* [@raport]'", "citation-unknown", 7),
        ("chronology.yaml", "label: The strike,", "label: The strike, cite: '[@raport]',", "citation-unknown", 2),
        ("chronology.yaml", "*six* weeks", "[six]{weeks=6} weeks", "markdown-attribute", 2),
    ],
)
def test_what_registers_say_is_held_to_at_its_place(
    tmp_path: Path, file: str, old: str, new: str, code: str, line: int
) -> None:
    made = changed(tmp_path, file, old, new, "tei")
    (problem,) = (p for p in made.problems if p.severity == "error")
    assert (problem.code, problem.place.file, problem.place.line) == (code, file, line)
    assert problem.place.column > 1


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("people.yaml", "built the mole", "built the mole\n  cite: '[@unused, p. 4]'"),
        ("chronology.yaml", "label: The strike,", "label: The strike, cite: '[@unused]',"),
    ],
)
def test_a_work_that_only_a_register_cites_is_in_the_bibliography(
    tmp_path: Path, texts: dict[str, str], file: str, old: str, new: str
) -> None:
    made = changed(tmp_path, file, old, new)
    assert made.problems == []
    more = set(read(made)["bibliography"].splitlines()) - set(texts["bibliography"].splitlines())
    assert len(more) == 1


BIB = """@book{rogovin:1998, title={x}}
@book{rogovin1998,
  author = {Rogovin, Vadim Z. and Frederick S. Choate},
  title = {1937: {Stalin's} Year of Terror}, address = {Oak Park}, publisher = {Mehring Books}, year = 1998 }
@article{a1, author={G{\\\\'e}rard M{\\\\"u}ller}, title={On T}, journal={J}, volume=3, number=1,
  pages={5--9}, year={2001}}
@misc{c1, author={{Dewey Commission}}, title={Not Guilty}}
"""
CSL = """[{"id": "c", "type": "chapter", "title": "T", "container-title": "B", "author": [{"family": "Beek",
"given": "A.", "non-dropping-particle": "van"}, {"literal": "An Office"}], "issued": {"date-parts": [[1938, 3]]},
"page": "4-9"}]"""


def test_bibtex() -> None:
    works, problems = bibliographies.read("a.bib", BIB.replace("\\\\\\\\", "\\\\").encode())
    assert [p.code for p in problems] == ["bibliography-format"]
    assert works["rogovin1998"].author == ("Rogovin, Vadim Z.", "Choate, Frederick S.")
    assert works["rogovin1998"].title == "1937: Stalin's Year of Terror"
    assert (works["a1"].journal, works["a1"].issue, works["a1"].pages) == ("J", "1", "5–9")
    assert works["c1"].author == ("Dewey Commission",)


def test_csl() -> None:
    works, problems = bibliographies.read("a.json", CSL.encode())
    assert problems == []
    assert (works["c"].author, works["c"].book, works["c"].date) == (("van Beek, A.", "An Office"), "B", "1938-03")


@pytest.mark.parametrize(
    ("name", "data"), [("a.json", b"[{"), ("a.json", b"{}x"), ("a.bib", b"@book{"), ("a.bib", b"\xff")]
)
def test_what_is_no_bibliography(name: str, data: bytes) -> None:
    works, problems = bibliographies.read(name, data)
    assert works == {}
    assert [p.code for p in problems] == ["bibliography-format"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_cites_in_its_words(language: str) -> None:
    works, _ = bibliographies.read("a.bib", BIB.encode())
    work = works["rogovin1998"].model_dump(mode="json")
    told = plain(citations.full(work, LANGUAGES[language], language))
    assert LANGUAGES[language].citing.and_ in told
    assert plain(citations.short(work, ENGLISH)) == "Rogovin and Choate, 1937"
