"""Detection of people on the seed page, with canonical names only, against a gold list made by reading the page."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.book import Person
from edition.config import load_people
from edition.passes import names, registers
from edition.passes.name_forms import form_table, small_letters
from edition.passes.name_matches import Known
from edition.words import words
from edition.xml import Element, tei

from .conftest import NO_SHARED, SHARED

REGISTER = Path(__file__).parent / "cases" / "seed-page" / "people.yaml"
S, T = "Stalin stalin", "Trotsky trotsky"
JS, LT = "Joseph_Stalin stalin", "Leon_Trotsky trotsky"
MEMOIR = f"{S}, {LT}, Nadezhda_Joffe joffe-nadezhda, Adolf_Abramovich_Joffe joffe-adolf, {T}"
# Line of the page: the names in it, in order, and whom they mean. Names of institutions are not mentions.
GOLD = {
    2: JS,
    3: f"{JS}, Zinoviev zinoviev, Kamenev kamenev, Bukharin bukharin, Rakovsky rakovsky, Rakovsky rakovsky, Radek "
    "radek",
    4: f"{T}, {S}, {T}", 5: f"{S}, {T}", 7: f"Rogovin rogovin, {S}, {S}", 8: f"{S}, {T}, {S}", 9: LT,
    10: f"{S}, Lenin lenin, {LT}", 11: JS, 12: f"David_North north, {LT}, {S}", 13: f"{LT}, Ramon_Mercader mercader",
    15: "Dmitriev dmitriev", 16: f"Boris_Kagarlitsky kagarlitsky, Dmitriev dmitriev, {S}",
    17: f"{JS}, John_Dewey dewey",
    18: "Vadim_Rogovin rogovin", 19: f"Rogovin rogovin, {LT}", 20: "Rogovin rogovin",
    21: f"Rogovin rogovin, {T}, {S}, {T}",
    23: f"Oskar_Hippe hippe, Nathan_Steinberger steinberger-nathan, Nadezhda_Joffe joffe-nadezhda, Adolf_Joffe "
    "joffe-adolf, "
        f"{LT}, Ivar_Smilga smilga, Leonid_Serebryakov serebryakov, Yuri_Primakov primakov-yuri, Alexander_Voronsky "
        "voronsky",
    24: MEMOIR, 25: "Nadezhda_Joffe joffe-nadezhda", 26: "Nathan_Steinberger steinberger-nathan",
    27: "Nathan_Steinberger steinberger-nathan, Edith steinberger-edith, Steinberger steinberger-nathan",
    28: "Tatiana_Smilga smilga-poluyan, Zorya_Serebryakova serebryakova, Yuri_Primakov primakov-yuri, "
        "Tatiana_Isaeva isaeva, Alexander_Voronsky voronsky",
    29: "Zorya_Leonidovna_Serebryakova serebryakova, Leonid_Petrovich_Serebryakov serebryakov",
    30: "Tatiana_Smilga-Poluyan smilga-poluyan",
    31: "Tatiana_Isaeva isaeva, Aleksandr_Konstantinovich_Voronsky voronsky",
    32: "Vitaly_Markovich_Primakov primakov-vitaly",
    33: "Tatiana_Smilga smilga-poluyan", 34: f"Vadim_Rogovin rogovin, Rogovin rogovin, {S}, {S}",
    35: f"Rogovin rogovin, {S}", 36: LT, 37: f"{LT}, {JS}", 38: MEMOIR,
    39: f"{S}, Maria_Joffe joffe-maria, Adolf_Joffe joffe-adolf",
}  # fmt: skip
Found = list[tuple[int, str, str]]


def gold() -> Found:
    rows = ((line, item.split()) for line, row in GOLD.items() for item in row.split(", "))
    return [(line, form.replace("_", " "), key) for line, (form, key) in rows]


def lines() -> list[str]:
    page = next(iter(sorted((SHARED / "seed").glob("*.txt"))), None)
    if page is None:
        pytest.skip(NO_SHARED)
    return page.read_text(encoding="utf-8").splitlines()


def register(without: str = "") -> dict[str, Person]:
    """Canonical names only: no variants made by hand."""
    plain = re.sub(r", variants: \[[^\]]*\]", "", REGISTER.read_text(encoding="utf-8"))
    loaded = load_people(plain.encode(), "people.yaml")
    persons, problems = registers.register({"people": [loaded]})
    assert problems == []
    return {key: person for key, person in persons.items() if key != without}


def known(persons: dict[str, Person], text: str) -> Known:
    table = form_table(persons, {})
    lower = {word for word in words(text) if word.islower()}
    small = small_letters(table)
    return Known(
        forms=lambda word: table.get(word, []),
        kind=lambda key: "person" if key in persons else "",
        ids=lambda: persons,
        here=lambda block: {},
        lower=lambda word: word in lower,
        small=lambda: small,
    )


def unit_of(paragraphs: list[str]) -> Element:
    return tei("div", {}, *(tei("p", {}, text) for text in paragraphs))


def found_in(paragraphs: list[str], persons: dict[str, Person]) -> Found:
    unit = unit_of(paragraphs)
    names.mark(unit, "page.txt", "page.txt#0", known(persons, "\n".join(paragraphs)))
    return [
        (line, "".join(name.itertext()), name.get("ref", "").removeprefix("#person-"))
        for line, p in enumerate(unit, 1)
        for name in p.iter("{*}persName")
    ]


def test_precision_and_recall_with_canonical_names() -> None:
    found, expected = found_in(lines(), register()), gold()
    right = sum(min(found.count(item), expected.count(item)) for item in set(found))
    print(f"persons: {len(expected)} in the gold list, {len(found)} found, {right} right")
    assert [item for item in found if item not in expected] == []
    assert right / len(found) >= 0.97
    assert right / len(expected) >= 0.93


def test_leaving_anybody_out_gives_next_to_no_wrong_identity() -> None:
    text, expected = lines(), gold()
    wrong = []
    for left_out in register():
        remaining = [item for item in expected if item[2] != left_out]
        wrong += [(left_out, item) for item in found_in(text, register(left_out)) if item not in remaining]
    print(f"wrong identities, each person left out in turn: {wrong}")
    assert len(wrong) <= 2


pieces = st.sampled_from(
    ["Leon Trotsky", "Trotsky", "Stalin", "Joffe", "Adolf Joffe", "Smilga-Poluyan", "the", "Commission", "of", "Yuri",
     ", ", ". ", " ", "\u00a0", "’s", "Mercader", "Ramón", "Ramo\u0301n", "Trot\u00adsky", "and"]
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map(" ".join))
def test_marking_moves_no_character_and_marking_twice_changes_nothing(text: str) -> None:
    persons = register()
    unit = unit_of([text])
    names.mark(unit, "a", "a#0", known(persons, text))
    assert "".join(unit.itertext()) == text
    once = [name.get("ref") for name in unit.iter("{*}persName")]
    names.mark(unit, "a", "a#0", known(persons, text))
    assert [name.get("ref") for name in unit.iter("{*}persName")] == once
    other = unit_of([unicodedata.normalize("NFD", text)])
    names.mark(other, "a", "a#0", known(persons, text))
    assert [name.get("ref") for name in other.iter("{*}persName")] == once
    assert all(inner.getparent().tag.endswith("}p") for inner in unit.iter("{*}persName"))
