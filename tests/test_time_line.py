"""The time line: which events it shows, where their labels stand, and how it comes into book and e-book."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import builder
from edition.book import Event
from edition.builder import Made
from edition.passes import time_line
from edition.svg import harmless
from edition.xml import parse

from . import outputs

SVG = "{http://www.w3.org/2000/svg}"


def event(key: str, first: str, last: str = "", text: str = "", label: str = "It happens") -> Event:
    return Event(key, text or first, first, last or first, label)


ROW = [event(f"e{n}", f"19{n:02}-03-05") for n in range(10, 30)]


def test_events_are_chosen_by_their_bounds() -> None:
    assert len(time_line.chosen(ROW, "", "")) == 20
    assert [one.key for one in time_line.chosen(ROW, "1912", "1914-03")] == ["e12", "e13", "e14"]
    assert time_line.chosen([Event("x", "", "", "", "Undated")], "", "") == []
    open_ = Event("y", "../1913", "", "1913-12-31", "Before")
    assert time_line.chosen([open_], "1912", "1914") == [open_]


def test_a_drawing_is_harmless_and_has_every_event_and_its_date() -> None:
    row = [
        *ROW,
        event("long", "1930-01-01", "1938-12-31", "1930/1938", "A & B"),
        event("c", "1939-01-01", text="1939~"),
    ]
    data = time_line.drawing(row, "en-GB")
    made = harmless(data)
    assert not isinstance(made, str) and made.removed == () and made.size[0] == 480
    texts = ["".join(text.itertext()) for text in parse(data).iter(f"{SVG}text")]
    assert (
        "5 March 1910\u2002It happens" in texts
        and "1930–1938\u2002A & B" in texts
        and "c. 1939\u2002It happens" in texts
    )
    assert len(list(parse(data).iter(f"{SVG}circle"))) == 21 and len(list(parse(data).iter(f"{SVG}rect"))) == 2
    assert time_line.drawing(row, "en-GB") == data


@given(st.lists(st.floats(0, 600), min_size=1, max_size=60).map(sorted))
def test_labels_keep_their_order_and_do_not_touch(wanted: list[float]) -> None:
    pitch = 10.0
    rows = time_line._apart(wanted, pitch, 0, 600)
    assert all(b - a >= pitch - 1e-6 for a, b in zip(rows, rows[1:], strict=False))
    assert rows[0] >= -1e-6 and rows[-1] <= 600 + 1e-6


def make(folder: Path, events: int, more: str = "") -> Made:
    (folder / "text").mkdir(parents=True)
    (folder / "text" / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
    config = "id: book\ntitle: A\nlanguage: en-GB\ncontents:\n  body: [text/one.md]\n  back: [timeline, chronology]\n"
    (folder / "edition.yaml").write_text(f"{config}epub: {{pages: none}}\n{more}", encoding="utf-8")
    rows = (f'e{n}: {{date: "{1900 + n}-02-03", label: Event {n}}}\n' for n in range(events))
    (folder / "chronology.yaml").write_text("".join(rows), encoding="utf-8")
    return builder.make(folder, ["tei", "epub"])


def test_the_e_book_has_the_drawing_its_words_and_the_way_to_the_chronology(tmp_path: Path) -> None:
    made = make(tmp_path, 20)
    assert [p.code for p in made.problems if p.severity != "info"] == []
    book = outputs.opened(made.files["book.epub"])
    section = book.documents["timeline.xhtml"]
    (image,) = section.iter(f"{outputs.XHTML}img")
    assert image.get("alt") == "Time line: 20 events, 1900 to 1919"
    assert book.files[f"EPUB/{image.get('src').removeprefix('../')}"].startswith(b"<svg")
    assert [a.get("href") for a in section.iter(f"{outputs.XHTML}a")] == ["chronology.xhtml#chronology"]
    assert not any(name.endswith(".svg") for name in made.files)


@pytest.mark.parametrize(
    ("events", "more", "drawn"), [(80, "", False), (14, "", False), (80, "timeline: {from: 1910, to: 1939}\n", True)]
)
def test_too_few_or_too_many_events_are_told_and_not_drawn(tmp_path: Path, events: int, more: str, drawn: bool) -> None:
    made = make(tmp_path, events, more)
    told = [p for p in made.problems if p.code == "time-line-size"]
    assert bool(told) != drawn and all(f"{events} events" in p.text for p in told)
    section = outputs.opened(made.files["book.epub"]).documents["timeline.xhtml"]
    assert bool(list(section.iter(f"{outputs.XHTML}img"))) == drawn
