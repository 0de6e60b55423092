"""Names of people: which forms a person has, where they are found, and where they are left to the editor."""

import unicodedata
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition.book import Person
from edition.normal.vocabulary import NAMES
from edition.passes import name_worklist, names
from edition.passes.name_forms import (
    Form,
    as_cell,
    form_table,
    forms_from,
    organisation_forms,
    person_forms,
    place_forms,
    small_letters,
    sort_form,
)
from edition.passes.name_matches import Known
from edition.xml import Element, all_named, canonical, local, parse

NS = ' xmlns="http://www.tei-c.org/ns/1.0"'


def person(key: str, name: str, sort: str, *variants: str) -> Person:
    return Person(key, name, sort, person_forms(name, sort, variants))


REGISTER = {
    p.key: p
    for p in (
        person("trotsky", "Leon Trotsky", "Trotsky, Leon", "Lev Davidovich Trotsky", "L. D. Trotsky"),
        person("primakov-vitaly", "Vitaly Primakov", "Primakov, Vitaly Markovich"),
        person("joffe-adolf", "Adolf Joffe", "Joffe, Adolf"),
        person("joffe-maria", "Maria Joffe", "Joffe, Maria"),
        person("smilga", "Ivar Smilga", "Smilga, Ivar"),
        person("mercader", "Ramón Mercader", "Mercader, Ramón"),
        person("stalin", "Joseph Stalin", "Stalin, Joseph"),
    )
}


def known(here: dict[str, dict[str, str]] | None = None, lower: str = "", **forms: str) -> Known:
    table = form_table(REGISTER, {form.replace("_", " "): key for form, key in forms.items()})
    small = small_letters(table)
    return Known(
        forms=lambda word: table.get(word, []),
        kind=lambda key: "person" if key in REGISTER else "",
        ids=lambda: REGISTER,
        here=lambda block: (here or {}).get(block, {}),
        lower=lambda word: word in lower.split(),
        small=lambda: small,
    )


def marked(text: str, ask: Known | None = None) -> str:
    unit = parse(f'<div{NS} xml:id="d"><p xml:id="p">{text}</p></div>'.encode())
    names.mark(unit, "a.md", "a.md#0", ask or known())
    inner = canonical(unit[0]).decode()
    inner = inner[inner.index(">") + 1 : -4]
    return inner.replace('<persName ref="#person-', "[").replace("</persName>", "]").replace('">', ":")


def test_forms_of_a_person() -> None:
    assert person_forms("Leonid Serebryakov", "Serebryakov, Leonid Petrovich") == (
        "Leonid Serebryakov", "Serebryakov", "Leonid Petrovich Serebryakov", "L. Serebryakov", "L. P. Serebryakov",
        "L.P. Serebryakov", "Leonid Petrovich",
    )  # fmt: skip
    assert "Ramon Mercader" in person_forms("Ramón Mercader", "Mercader, Ramón")
    assert person_forms("Plato", "Plato") == ("Plato",)
    assert sort_form("Ivar Smilga") == "Smilga, Ivar" and sort_form("Plato") == "Plato"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leon Trotsky wrote", "[trotsky:Leon Trotsky] wrote"),
        ("Trotsky’s house", "[trotsky:Trotsky]’s house"),
        ("L. D. Trotsky and L.\u00a0Trotsky", "[trotsky:L. D. Trotsky] and [trotsky:L.\u00a0Trotsky]"),
        ("Lev <hi>Davidovich</hi> Trotsky", "[trotsky:Lev <hi>Davidovich</hi> Trotsky]"),
        ("Trotskyism and Trotskyist", "Trotskyism and Trotskyist"),
        ("Adolf Joffe, Joffe", "[joffe-adolf:Adolf Joffe], Joffe"),
        ("Yuri Primakov came", "Yuri Primakov came"),
        ("Vitaly Markovich came", "[primakov-vitaly:Vitaly Markovich] came"),
        ("Smilga-Poluyan and Smilga", "Smilga-Poluyan and [smilga:Smilga]"),
        ("Professor Trotsky", "Professor [trotsky:Trotsky]"),
        ("It ended. Stalin spoke", "It ended. [stalin:Stalin] spoke"),
        ("Ramon Mercader", "[mercader:Ramon Mercader]"),
        ("Trotsky, Leon", "[trotsky:Trotsky], Leon"),
    ],
)
def test_marking(text: str, expected: str) -> None:
    assert marked(text) == expected


def test_a_word_known_in_lower_case_is_no_given_name() -> None:
    assert marked("But Stalin spoke") == "But Stalin spoke"
    assert marked("But Stalin spoke", known(lower="but")) == "But [stalin:Stalin] spoke"


def test_decisions() -> None:
    assert marked("Joffe", known(Joffe="joffe-adolf")) == "[joffe-adolf:Joffe]"
    assert marked("the Stalin Prize of Stalin", known(Stalin_Prize="none")) == "the Stalin Prize of [stalin:Stalin]"
    assert marked("Joffe", known(here={"p": {"Joffe": "joffe-maria"}})) == "[joffe-maria:Joffe]"
    assert marked("Stalin", known(here={"p": {"Stalin": "none"}})) == "Stalin"
    assert marked("Bolshevik Stalin", known(Bolshevik="none")) == "Bolshevik [stalin:Stalin]"


def test_the_editors_own_marks_win() -> None:
    own = '<rs type="person" key="joffe-maria">Joffe</rs> and <rs type="person" key="none">Stalin</rs>, Stalin'
    assert marked(own) == "[joffe-maria:Joffe] and Stalin, [stalin:Stalin]"


def test_a_name_that_markup_cuts_is_one_mention() -> None:
    text = '<p xml:id="p">x <hi>Lev Davi</hi>dovich <q>Trotsky ran</q>. Stalin, Stalin</p>'
    unit = parse(f'<div{NS} xml:id="d">{text}</div>'.encode())
    names.mark(unit, "a.md", "a.md#0", known())
    assert [(m.key, m.form) for m in names.gather(unit)] == [
        ("trotsky", "Lev Davidovich Trotsky"), ("stalin", "Stalin"), ("stalin", "Stalin"),
    ]  # fmt: skip


def test_a_name_at_the_end_of_a_block_and_one_at_the_beginning_of_the_next_are_two_mentions() -> None:
    unit = parse(f'<div{NS} xml:id="d"><head xml:id="h">Stalin</head><p xml:id="p">Stalin spoke.</p></div>'.encode())
    names.mark(unit, "a.md", "a.md#0", known())
    assert [(m.key, m.block) for m in names.gather(unit)] == [("stalin", "h"), ("stalin", "p")]


def test_names_of_the_source_are_resolved_or_told() -> None:
    text = (
        '<p xml:id="p"><persName ref="#stalin">Koba</persName>, <persName>Leon Trotsky</persName>, '
        '<rs type="person" ref="#who">he</rs>, <name type="person" key="smilga">S.</name></p>'
    )
    unit = parse(f'<div{NS} xml:id="d">{text}</div>'.encode())
    left, problems = names.mark(unit, "a.xml", "a.xml#0", known())
    assert [m.key for m in names.gather(unit)] == ["stalin", "trotsky", "smilga"]
    assert [(u.why, u.keys) for u in left] == [("unresolved", ("who",))] and problems == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trotsky Bronstein came", "Trotsky Bronstein came"),
        ("Ramón\nMercader", "[mercader:Ramón\nMercader]"),
        ("Stalin 17 lived", "Stalin 17 lived"),
        ("Stalin 6. 6. 1924", "[stalin:Stalin] 6. 6. 1924"),
        ("the Stalin and Trotsky", "the [stalin:Stalin] and [trotsky:Trotsky]"),
    ],
)
def test_guards(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text", ["Trot\u00adsky", "Trot\u2010\n  sky", "Ramo\u0301n Mer\u200bcader", "\u2060Leon\u00a0Trotsky"]
)
def test_what_cannot_be_seen_hides_no_name(text: str) -> None:
    key = "mercader" if "Mer" in text else "trotsky"
    assert marked(f"x {text} y").replace("\u2060", "") == f"x [{key}:{text}] y".replace("\u2060", "")


def test_a_name_may_begin_in_a_small_letter() -> None:
    assert (
        marked("the von Papen, von Papen’s", known(von_Papen="stalin"))
        == "the [stalin:von Papen], [stalin:von Papen]’s"
    )
    assert marked("avon Papen", known(von_Papen="stalin")) == "avon Papen"


def test_what_is_left_is_told() -> None:
    unit = parse(f'<div{NS} xml:id="d"><p xml:id="p">Joffe and Yuri Primakov; Joffe</p></div>'.encode())
    left, problems = names.mark(unit, "a.md", "a.md#0", known())
    assert [(u.form, u.why) for u in left] == [("Joffe", "ambiguous"), ("Primakov", "namesake"), ("Joffe", "ambiguous")]
    told = name_worklist.left_problems(left)
    assert [p.code for p in told] == ["name-ambiguous", "name-namesake"] and "2 times" in told[0].text
    assert problems == []


def test_an_unknown_person_is_complained_of_at_the_mark() -> None:
    text = '<p xml:id="p">x <rs type="person" key="trotski">T</rs></p>'
    unit = parse(f'<div{NS} xml:id="d">{text}</div>'.encode())
    _, problems = names.mark(unit, "a.md", "a.md#0", known())
    assert [(p.code, p.place.block, p.place.mark) for p in problems] == [("person-unknown", 1, "rs.1")]
    assert "trotsky" in problems[0].hint


def test_the_longest_form_comes_first() -> None:
    table = form_table(REGISTER, {})
    assert table["Joffe"] == [Form(("Joffe",), (), ("joffe-adolf", "joffe-maria"))]
    assert [len(form.words) for form in table["Lev"]] == [3]


def test_forms_are_kept_and_read_again() -> None:
    decided = {"Nobody": "none", "L’Élan-Vital of X. Y": "smilga", "Either/Or": "none", "Two": "of them"}
    table = form_table(REGISTER, decided)
    assert [form.joints for form in table["Either"]] == [("",)]
    assert {word: forms_from(as_cell(forms)) for word, forms in table.items()} == table
    assert forms_from(None) == forms_from("") == []


# --- whatever the text, of all three registers

ALL = {
    one.key: one
    for one in (
        *REGISTER.values(),
        Person("vienna", "Vienna", "Vienna", place_forms(("Vienna", "Wien", "Видень")), kind="place"),
        Person("ischl", "Bad Ischl", "Ischl, Bad", place_forms(("Bad Ischl",)), kind="place"),
        Person("street", "Wollzeile", "Wollzeile", place_forms(("Wollzeile", "Alte Wollzeile")), kind="place"),
        Person("house", "Wollzeile 15", "Wollzeile 15", place_forms(("Wollzeile 15 (»Berthahof«)",)), kind="place"),
        Person(
            "museum", "Musée", "Musée", organisation_forms(("Société de l’Élan", "Museum Stalin Vienna")), kind="org"
        ),
        Person("bank", "von der Heydt", "Heydt", organisation_forms(("von der Heydt Bank", "vdH")), kind="org"),
    )
}
PIECES = st.sampled_from(
    "Vienna Wien Wien’s Wien-Film Видень Vi\u00adenna Vi<hi>en</hi>na Bad Ischl Wollzeile 15 Berthahof Société Élan "
    "l’Élan E\u0301lan de von der <hi>der</hi> Heydt Bank vdH Museum Stalin Trotsky Leon L. Joffe Commission 19 , ( ) "
    "- <lb/> <note><p>Wien</p></note> <date>Wien</date> <placeName>Wien</placeName> Wo\u2010<lb/>ll Smilga".split()
)
SEPARATORS = st.sampled_from((" ", " ", " ", "", "-", "\u00a0", "\n", ". "))


def read_all(text: str) -> Element:
    return parse(f'<div{NS} xml:id="d"><p xml:id="p">{text}</p></div>'.encode())


def mark_all(unit: Element) -> None:
    table = form_table(ALL, {"Bank": "none"}, "de")
    small = small_letters(table)
    known_ = Known(
        forms=lambda word: table.get(word, []),
        kind=lambda key: ALL[key].kind if key in ALL else "",
        ids=lambda: ALL,
        here=lambda block: {},
        lower=lambda word: word in ("museum", "bank"),
        small=lambda: small,
    )
    names.mark(unit, "a.md", "a.md#0", known_)


def refs(unit: Element) -> list[str]:
    return [name.get("ref", "") for name in all_named(unit, *NAMES)]


@given(st.lists(st.tuples(PIECES, SEPARATORS), max_size=14).map(lambda row: "".join(chain.from_iterable(row))))
def test_names_of_all_kinds_move_no_character_and_lie_apart(text: str) -> None:
    unit = read_all(text)
    before = "".join(unit.itertext())
    mark_all(unit)
    assert "".join(unit.itertext()) == before
    assert all(not any(local(above) in NAMES for above in name.iterancestors()) for name in all_named(unit, *NAMES))
    once, found = canonical(unit), refs(unit)
    mark_all(unit)
    assert canonical(unit) == once
    other = read_all(unicodedata.normalize("NFD", text))
    mark_all(other)
    assert refs(other) == found


def test_names_of_all_kinds_are_found() -> None:
    unit = read_all("in Wien, Bad Ischl, Wollzeile 15 met Trotsky, the Société de l’Élan, vdH; Видень")
    mark_all(unit)
    assert [ref.removeprefix("#") for ref in refs(unit)] == [
        "place-vienna", "place-ischl", "place-house", "person-trotsky", "org-museum", "org-bank", "place-vienna",
    ]  # fmt: skip
