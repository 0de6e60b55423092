"""`edition names` and `edition dates`: what is asked, in which order, with which line; answers kept."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from edition.book import Asked
from edition.cli import asking, main
from edition.config.appending import scalar, with_event, with_form, with_passage
from edition.passes import worklist
from edition.passes.name_candidates import candidates, sound
from edition.problems import Place

EDITION = "title: T\nlanguage: en-GB\ncontents: {body: [text/a.md]}\n"
PEOPLE = (
    "joffe-adolf: {name: Adolf Joffe}\njoffe-maria: {name: Maria Joffe}\n"
    "trotsky: {name: Leon Trotsky}\nprimakov-vitaly: {name: Vitaly Primakov}\n"
)
TEXT = (
    "# One\n\nIn 1927 Joffe died. Joffe had met Trotzki and Isaac Deutscher.\n\n"
    "Yuri Primakov came in May 1919. Isaac Deutscher wrote; Joffe did not.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    for name, text in (("edition.yaml", EDITION), ("people.yaml", PEOPLE), ("text/a.md", TEXT)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "chronology.yaml").write_text("joffe-death: {date: 1927-11, label: Death of Joffe}\n", encoding="utf-8")
    return tmp_path


def said(*arguments: str, answers: str = "") -> str:
    return CliRunner().invoke(main, list(arguments), input=answers, catch_exceptions=False).stdout


def test_names_are_ranked_and_each_has_its_line(folder: Path) -> None:
    found = json.loads(said("names", str(folder), "--format", "json"))
    told = [(one["form"], one["why"], one["count"]) for one in found]
    assert told[:3] == [("Joffe", "ambiguous", 3), ("Primakov", "namesake", 1), ("Isaac Deutscher", "unlisted", 2)]
    by_form = {one["form"]: one for one in found}
    assert by_form["Joffe"]["line"] == "forms: {Joffe: joffe-adolf}"
    assert by_form["Trotzki"]["line"] == "forms: {Trotzki: trotsky}"
    assert by_form["Isaac Deutscher"]["line"] == "deutscher-isaac: {name: Isaac Deutscher}"
    assert by_form["Isaac Deutscher"]["file"] == "people.yaml"
    place = by_form["Joffe"]["contexts"][0]
    assert (place["line"], place["before"], place["after"][:6]) == (3, "In 1927 ", " died.")
    assert len(by_form["Joffe"]["contexts"]) == 3


def test_dates_that_are_not_in_the_chronology(folder: Path) -> None:
    found = json.loads(said("dates", str(folder), "--format", "json"))
    assert [(one["form"], one["keys"]) for one in found] == [("1927", ["joffe-death"]), ("May 1919", [])]
    assert found[0]["line"].endswith('{"1927": joffe-death}}') and found[1]["line"].endswith("{May 1919: none}}")


def test_a_dated_passage_may_become_an_event(folder: Path) -> None:
    found = json.loads(said("dates", str(folder), "--format", "json"))
    assert found[1]["event"] == (
        'yuri-primakov-came-in-may-1919: {date: "1919-05", label: Yuri Primakov came in May 1919}'
    )
    assert found[1]["event"] in said("dates", str(folder))
    said("dates", str(folder), "--ask", answers="+ Joffe dies\n+\n")
    events = yaml.safe_load((folder / "chronology.yaml").read_text(encoding="utf-8"))
    assert list(events) == ["joffe-death", "joffe-dies", "yuri-primakov-came-in-may-1919"]
    assert events["joffe-dies"] == {"date": "1927", "label": "Joffe dies"}
    decided = yaml.safe_load((folder / "decisions.yaml").read_text(encoding="utf-8"))["dates"]
    assert [list(row.values()) for row in decided.values()] == [["joffe-dies"], ["yuri-primakov-came-in-may-1919"]]
    assert json.loads(said("dates", str(folder), "--format", "json")) == []


def test_an_event_has_the_people_its_paragraph_names(folder: Path) -> None:
    (folder / "text" / "a.md").write_text("# One\n\nLeon Trotsky spoke on 3 May 1919.\n", encoding="utf-8")
    (found,) = json.loads(said("dates", str(folder), "--format", "json"))
    assert found["event"].endswith('{date: "1919-05-03", label: Leon Trotsky spoke on 3 May 1919, people: [trotsky]}')


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "e: {a: b}\n"), ("{}\n", "e: {a: b}\n"), ("# mine\nd: {a: c}", "# mine\nd: {a: c}\ne: {a: b}\n"),
     ("{d: {a: c}}\n", None), ("d:\n  a: c\n", "d:\n  a: c\ne: {a: b}\n")],
)  # fmt: skip
def test_an_event_is_a_line_more(text: str, expected: str | None) -> None:
    assert with_event(text, "e: {a: b}") == expected


def test_ids_of_events_are_free() -> None:
    assert worklist.free_id("Joffe dies", "1927", {"joffe-dies"}) == "joffe-dies-2"
    assert worklist.free_id("Иоффе умер", "1927-11", ()) == "event-1927-11"
    assert worklist.free_id("one two three four five six seven", "", ()) == "one-two-three-four-five-six"


def test_answers_are_appended_and_not_asked_again(folder: Path) -> None:
    said("names", str(folder), "--ask", answers="joffe-adolf\n\nnone\nq\n")
    decided = yaml.safe_load((folder / "decisions.yaml").read_text(encoding="utf-8"))
    assert decided == {"forms": {"Joffe": "joffe-adolf", "Isaac Deutscher": "none"}}
    forms = [one["form"] for one in json.loads(said("names", str(folder), "--format", "json"))]
    assert "Joffe" not in forms and "Isaac Deutscher" not in forms and "Primakov" in forms
    said("dates", str(folder), "--ask", answers="joffe-death\nnone\n")
    assert json.loads(said("dates", str(folder), "--format", "json")) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\nforms: {Leon: none}\n",
        "forms:\n  Leon: none\n\nhere:\n  p-1: {A: none}\n",
        "dates: {}\nforms:\n    A: b",
        "forms:\n  # a comment\n  Leon: none\n# end\n",
    ],
)
def test_a_line_is_added_and_all_else_stays(text: str) -> None:
    before = yaml.safe_load(text) or {}
    once = with_form(text, "May Day: x", "some-one")
    expected = {**before, "forms": {**(before.get("forms") or {}), "May Day: x": "some-one"}}
    assert yaml.safe_load(once) == expected
    assert "# a comment" not in text or "# a comment" in once
    twice = with_passage(with_passage(once, "here", "p-1", "B", "none"), "here", "p-1", "C’s", "d")
    assert yaml.safe_load(twice)["here"]["p-1"] == {
        **(before.get("here") or {}).get("p-1", {}),
        "B": "none",
        "C’s": "d",
    }
    assert yaml.safe_load(twice)["forms"] == expected["forms"]


def test_what_yaml_would_not_take_for_text_is_quoted() -> None:
    for text in ("no", "1927", "a: b", "O’Neill", 'x"y', "- a", "Yes", "A #b"):
        assert yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize(
    ("one", "other"), [("Trotsky", "Trotzki"), ("Trotsky", "Троцкий"), ("Bukharin", "Бухарин"), ("Chekhov", "Tchekhov")]
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_what_looks_like_a_name() -> None:
    text = "The man. Then Professor Deutscher met Karl von Ossietzky in Berlin; The Times of NKVD."
    known = {"the", "then", "man", "times"}
    found = [text[c.start : c.end] for c in candidates(text, (), lambda word: False, known.__contains__)]
    assert found == ["Deutscher", "Karl von Ossietzky", "Berlin"]


def test_a_place_is_told_as_far_as_it_is_known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    places = [Place("a.html", 3, 7), Place("a.html", 3), Place("a.html")]
    told = [asking._where(Asked("x", "", "", "", "", place), tmp_path) for place in places]
    assert told == ["a.html:3:7", "a.html:3", "a.html"]
