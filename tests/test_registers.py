"""Registers: people, places and organisations of YAML files and TEI sources made one; record numbers verified."""

import pytest

from edition.config import idno, load_register
from edition.passes import registers
from edition.passes.name_forms import form_table


def loaded(register: str, text: str, file: str = "a.yaml"):  # type: ignore[no-untyped-def]
    found = load_register(register, text.encode(), file)
    assert found.problems == []
    return found


def test_three_registers_are_one_table() -> None:
    files = {
        "people": [loaded("people", "trotsky: {name: Leon Trotsky}")],
        "places": [loaded("places", "hague: {name: The Hague, sort: 'Hague, The', variants: [Den Haag]}")],
        "organisations": [loaded("organisations", "cheka: {name: Cheka, born: 1917, died: 1922}")],
    }
    found, problems = registers.register(files)
    assert problems == []
    assert [(key, one.kind, one.id) for key, one in found.items()] == [
        ("trotsky", "person", "person-trotsky"), ("hague", "place", "place-hague"), ("cheka", "org", "org-cheka"),
    ]  # fmt: skip
    assert found["hague"].forms == ("The Hague", "Den Haag")
    assert set(registers.of_kind(found, "place")) == {"hague"}


def test_an_id_in_two_registers_is_an_error() -> None:
    files = {
        "people": [loaded("people", "vienna: {name: Vienna Teasdale}")],
        "places": [loaded("places", "x: {name: X}\nvienna: {name: Vienna}")],
    }
    found, problems = registers.register(files)
    assert (found["vienna"].kind, found["vienna"].name) == ("person", "Vienna Teasdale")
    assert [(p.code, p.place.line) for p in problems] == [("register-id", 2)]


def test_the_later_file_wins_field_by_field_and_says_so() -> None:
    first = loaded("people", "t: {name: Leon Trotsky, died: 1940-08-21, about: x}", "a.yaml")
    second = loaded("people", "t: {name: Lev Trotsky}", "b.yaml")
    found, problems = registers.register({"people": [first, second]})
    assert (found["t"].name, found["t"].died, found["t"].about) == ("Lev Trotsky", "1940-08-21", "x")
    assert [(p.code, p.place.file) for p in problems] == [("person-merged", "b.yaml")]


def test_records_of_sources_come_before_yaml() -> None:
    record = {
        "id": "pmb2121", "name": "Arthur Schnitzler", "sort": "Schnitzler, Arthur", "line": 7, "born": "1862-05-15",
        "idno": {"gnd": "https://d-nb.info/gnd/118609807/"},
    }  # fmt: skip
    told = [("text/1.xml", {"people": [record]}), ("text/2.xml", {"people": [record]})]
    mine = loaded("people", "pmb2121: {name: Arthur Schnitzler, about: author}")
    found, problems = registers.register({"people": [mine]}, told)
    assert found["pmb2121"].idno == (("gnd", "118609807"),)
    assert (found["pmb2121"].born, found["pmb2121"].about) == ("1862-05-15", "author")
    assert [p.code for p in problems] == ["person-merged"]


def test_what_a_source_says_wrongly_is_told() -> None:
    one = {"id": "a", "name": "A", "line": 3, "born": "1862-02-30", "idno": {"gnd": "118609808"}}
    other = {"id": "a", "name": "B", "line": 5}
    found, problems = registers.register({}, [("1.xml", {"people": [one]}), ("2.xml", {"people": [other]})])
    assert (found["a"].name, found["a"].born, found["a"].idno) == ("B", "", ())
    assert [(p.code, p.place.line) for p in problems] == [
        ("register-told", 3),
        ("register-told", 3),
        ("register-told", 5),
    ]


def test_a_variant_with_a_comma_is_a_name_as_it_is_sorted() -> None:
    text = (
        "t: {name: Tatiana Smilga, sort: 'Smilga, Tatiana', variants: ['Poluyan, Tatiana', 'Троцкая, Татьяна', Tanya]}"
    )
    found, _ = registers.register({"people": [loaded("people", text)]})
    assert {"Poluyan", "Tatiana Poluyan", "T. Poluyan", "Троцкая", "Т. Троцкая", "Tanya"} <= set(found["t"].forms)


def test_forms_of_places() -> None:
    text = (
        "ischl: {name: Bad Ischl}\n"
        "corner: {name: 'Kärntnerring 12/Bösendorferstraße 11', variants: [Giselastraße 11]}\n"
        "hall: {name: 'Halle (Saale)'}"
    )
    found, _ = registers.register({"places": [loaded("places", text)]})
    assert found["ischl"].forms == ("Bad Ischl", "Ischl")
    assert {"Kärntnerring 12", "Bösendorferstraße 11", "Giselastraße 11"} <= set(found["corner"].forms)
    assert found["hall"].forms == ("Halle (Saale)", "Halle")
    of_orgs, _ = registers.register({"organisations": [loaded("organisations", "bad: {name: Bad Company}")]})
    assert of_orgs["bad"].forms == ("Bad Company",)


def test_a_street_may_mean_a_listed_house_and_an_address_all_that_is_there() -> None:
    text = (
        "street: {name: Ringstraße, variants: [Giselastraße]}\n"
        "house: {name: Ringstraße 11, variants: [Giselastraße 11]}\n"
        "surgery: {name: 'The surgery [Ringstraße 11]'}\nother: {name: Wollzeile}\nolympia: {name: Berlin 1936}"
    )
    found, _ = registers.register({"places": [loaded("places", text)]})
    meant = {" ".join(form.words): form.keys for forms in form_table(found, {}).values() for form in forms}
    assert meant["Giselastraße"] == meant["Ringstraße"] == ("street", "house", "surgery")
    assert meant["Giselastraße 11"] == meant["Ringstraße 11"] == ("house", "surgery")
    assert meant["The surgery"] == ("surgery",) and meant["Wollzeile"] == ("other",)
    decided = {
        " ".join(form.words): form.keys for form in form_table(found, {"Giselastraße": "street"})["Giselastraße"]
    }
    assert decided["Giselastraße"] == ("street",)


@pytest.mark.parametrize(
    ("scheme", "number"),
    [("gnd", "118609807"), ("gnd", "4011882-4"), ("gnd", "2020893-5"), ("wikidata", "Q33391"), ("viaf", "54946879"),
     ("isni", "0000 0001 2103 2683"), ("orcid", "0000-0002-1825-0097"), ("geonames", "2761369"), ("pmb", "anything")],
)  # fmt: skip
def test_record_numbers(scheme: str, number: str) -> None:
    assert idno.fault(scheme, number) is None


@pytest.mark.parametrize(
    ("scheme", "number"), [("gnd", "118609808"), ("gnd", "4011882-5"), ("orcid", "0000-0002-1825-0098"), ("viaf", "x")]
)
def test_mistyped_record_numbers(scheme: str, number: str) -> None:
    assert idno.fault(scheme, number) is not None


def test_the_number_of_an_address() -> None:
    assert idno.bare("https://www.wikidata.org/wiki/Q33391") == "Q33391"
    assert idno.bare("118609807") == "118609807"
