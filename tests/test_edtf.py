"""Dates: what is EDTF, its bounds, its order, its TEI attributes, and how it is written in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from edition import edtf
from edition.edtf.shown import is_shown
from edition.problems import explanation

READ = {
    # text: first, last, en-GB, en-US
    "1936": ("1936-01-01", "1936-12-31", "1936", "1936"),
    "1936-08": ("1936-08-01", "1936-08-31", "August 1936", "August 1936"),
    "1936-02": ("1936-02-01", "1936-02-29", "February 1936", "February 1936"),
    "1936-08-19": ("1936-08-19", "1936-08-19", "19 August 1936", "August 19, 1936"),
    "0987": ("0987-01-01", "0987-12-31", "AD 987", "AD 987"),
    "0000": ("0000-01-01", "0000-12-31", "1 BC", "1 BC"),
    "-0043": ("-0043-01-01", "-0043-12-31", "44 BC", "44 BC"),
    "-0043-03-15": ("-0043-03-15", "-0043-03-15", "15 March 44 BC", "March 15, 44 BC"),
    "193X": ("1930-01-01", "1939-12-31", "the 1930s", "the 1930s"),
    "190X": ("1900-01-01", "1909-12-31", "1900–1909", "1900–1909"),
    "19XX": ("1900-01-01", "1999-12-31", "1900–1999", "1900–1999"),
    "-004X": ("-0049-01-01", "-0040-12-31", "50–41 BC", "50–41 BC"),
    "1936-XX": ("1936-01-01", "1936-12-31", "1936", "1936"),
    "1936-XX-XX": ("1936-01-01", "1936-12-31", "1936", "1936"),
    "1936-08-XX": ("1936-08-01", "1936-08-31", "August 1936", "August 1936"),
    "1845~": ("1845-01-01", "1845-12-31", "c. 1845", "c. 1845"),
    "1845?": ("1845-01-01", "1845-12-31", "1845?", "1845?"),
    "1845%": ("1845-01-01", "1845-12-31", "c. 1845?", "c. 1845?"),
    "184X~": ("1840-01-01", "1849-12-31", "c. 1840s", "c. 1840s"),
    "184X?": ("1840-01-01", "1849-12-31", "the 1840s?", "the 1840s?"),
    "1936-08-19~": ("1936-08-19", "1936-08-19", "c. 19 August 1936", "c. August 19, 1936"),
    "1848-21": ("1848-03-01", "1848-05-31", "spring 1848", "spring 1848"),
    "1848-22": ("1848-06-01", "1848-08-31", "summer 1848", "summer 1848"),
    "1848-23": ("1848-09-01", "1848-11-30", "autumn 1848", "fall 1848"),
    "1848-24": ("1848-01-01", "1849-02-28", "winter 1848", "winter 1848"),
    "1936/1938": ("1936-01-01", "1938-12-31", "1936–1938", "1936–1938"),
    "1936/1936": ("1936-01-01", "1936-12-31", "1936", "1936"),
    "1936-08/1936-09": ("1936-08-01", "1936-09-30", "August–September 1936", "August–September 1936"),
    "1936-08/1936-08-XX": ("1936-08-01", "1936-08-31", "August 1936", "August 1936"),
    "1936/1936-XX": ("1936-01-01", "1936-12-31", "1936", "1936"),
    "1936-08/1936": ("1936-08-01", "1936-12-31", "August 1936 – 1936", "August 1936 – 1936"),
    "1936-08/1937-01": ("1936-08-01", "1937-01-31", "August 1936 – January 1937", "August 1936 – January 1937"),
    "1936-08-19/1936-08-24": ("1936-08-19", "1936-08-24", "19–24 August 1936", "August 19–24, 1936"),
    "1936-08-19/1936-09-03": (
        "1936-08-19", "1936-09-03", "19 August – 3 September 1936", "August 19 – September 3, 1936",
    ),
    "1936-12-28/1937-01-03": (
        "1936-12-28", "1937-01-03", "28 December 1936 – 3 January 1937", "December 28, 1936 – January 3, 1937",
    ),
    "1848-21/1848-22": ("1848-03-01", "1848-08-31", "spring–summer 1848", "spring–summer 1848"),
    "192X/193X": ("1920-01-01", "1939-12-31", "the 1920s – the 1930s", "the 1920s – the 1930s"),
    "1845~/1850": ("1845-01-01", "1850-12-31", "c. 1845 – 1850", "c. 1845 – 1850"),
    "-0099/-0043": ("-0099-01-01", "-0043-12-31", "100–44 BC", "100–44 BC"),
    "-0026/0014": ("-0026-01-01", "0014-12-31", "27 BC – AD 14", "27 BC – AD 14"),
    "../1848": ("", "1848-12-31", "before 1848", "before 1848"),
    "1917/..": ("1917-01-01", "", "after 1917", "after 1917"),
    "/1848": ("", "1848-12-31", "until 1848", "until 1848"),
    "1917/": ("1917-01-01", "", "from 1917", "from 1917"),
    "../1936-08-19": ("", "1936-08-19", "before 19 August 1936", "before August 19, 1936"),
    "1917~/..": ("1917-01-01", "", "after c. 1917", "after c. 1917"),
}  # fmt: skip

REFUSED = {
    "": "there is nothing",
    "1936-02-30": "30 February does not exist",
    "1936-04-31": "31 April does not exist",
    "1936-08-00": "0 August does not exist",
    "1936-08-32": "32 August does not exist",
    "1937-02-29": "29 February 1937 does not exist",
    "1900-02-29": "29 February 1900 does not exist in the Gregorian calendar; it did in the Julian",
    "1936-13": "there is no month 13 (seasons are 21 to 24)",
    "1936-00": "there is no month 00 (seasons are 21 to 24)",
    "1936-25": "there is no month 25 (seasons are 21 to 24)",
    "1848-21-03": "a season has no days",
    "1936-8-9": "a year has four digits, a month and a day two",
    "36": "a year has four digits, a month and a day two",
    "-43": "a year has four digits, a month and a day two",
    "-0000": "the year 0 has no minus: 0000 is 1 BC",
    "193X-08": "nothing more exact may follow an X",
    "1936-XX-12": "nothing more exact may follow an X",
    "193x": "the X of unknown digits is a capital letter",
    "1X36": "this is not EDTF",
    "XXXX": "this is not EDTF",
    "12345": "this is not EDTF",
    "1938/1936": "its end lies before its start",
    "1936-08-24/1936-08-19": "its end lies before its start",
    "../..": "an interval without both its ends says nothing",
    "/": "an interval without both its ends says nothing",
    "1936/1937/1938": "an interval has two ends",
    "1936/1937-02-30": "30 February does not exist",
    "1936~-08": "a qualifier stands after the whole date",
    "1936-08-19T10:00": "times of day are not kept",
    "{1936,1938}": "sets of dates are not known here",
    "August 1936": "this is not EDTF",
    "19.8.1936": "this is not EDTF",
    "１９３６": "this is not EDTF",
}


def read(text: str) -> edtf.Edtf:
    value = edtf.parse(text)
    assert value is not None, edtf.problem_with(text)
    return value


@pytest.mark.parametrize("text", READ)
def test_bounds_and_words(text: str) -> None:
    value = read(text)
    assert edtf.problem_with(text) == ""
    assert value.text == text
    assert (value.first, value.last, value.shown("en-GB"), value.shown("en-US")) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_refused_and_why(text: str) -> None:
    assert edtf.parse(text) is None
    assert edtf.problem_with(text) == REFUSED[text]


def test_white_space_around_is_no_matter() -> None:
    assert read(" 1936-08 \n").text == "1936-08"


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("1936-08-19", {"when": "1936-08-19"}),
        ("0987", {"when": "0987"}),
        ("1936/1938", {"from": "1936", "to": "1938"}),
        ("1936-08-19/1936-09", {"from": "1936-08-19", "to": "1936-09"}),
        ("193X", {"notBefore": "1930-01-01", "notAfter": "1939-12-31", "when-custom": "193X"}),
        ("1845~", {"notBefore": "1845-01-01", "notAfter": "1845-12-31", "when-custom": "1845~"}),
        ("1848-21", {"notBefore": "1848-03-01", "notAfter": "1848-05-31", "when-custom": "1848-21"}),
        ("1936-08-XX", {"notBefore": "1936-08-01", "notAfter": "1936-08-31", "when-custom": "1936-08-XX"}),
        ("1936/1938?", {"notBefore": "1936-01-01", "notAfter": "1938-12-31", "when-custom": "1936/1938?"}),
        ("../1848", {"notAfter": "1848-12-31", "when-custom": "../1848"}),
        ("1917/..", {"notBefore": "1917-01-01", "when-custom": "1917/.."}),
        ("/1848", {"to": "1848", "when-custom": "/1848"}),
        ("1917/", {"from": "1917", "when-custom": "1917/"}),
        # XML Schema 1.0 has no year 0: one less than EDTF before Christ
        ("0000", {"when": "-0001", "when-custom": "0000"}),
        ("-0043-03-15", {"when": "-0044-03-15", "when-custom": "-0043-03-15"}),
        ("-0026/0014", {"from": "-0027", "to": "0014", "when-custom": "-0026/0014"}),
        ("-0004-02-29", {"when": "-0005-02", "when-custom": "-0004-02-29"}),
    ],
)
def test_tei_attributes(text: str, attributes: dict[str, str]) -> None:
    expected = attributes if "when-custom" not in attributes else {**attributes, "datingMethod": "#edtf"}
    assert read(text).tei_attributes() == expected


def test_order_of_a_chronology() -> None:
    in_order = [
        "-0099/-0043", "-0043", "0987", "19XX", "193X", "/1935",
        "../1936", "1936", "1936-24", "1936-01", "1936-01-01",
        "1936/1937", "1936/1938", "1936/..", "1936-01-01/1936-01-03",
        "1936-21", "1936-03", "1936-03-02", "1936-03-02/1936-03-04", "../1936-08-19", "1936-08-19",
    ]  # fmt: skip
    shuffled = sorted(in_order)
    assert sorted(shuffled, key=lambda text: read(text).sort_key()) == in_order


def test_a_language_without_a_table_gets_edtf_and_says_so() -> None:
    assert read("1936-08/1937").shown("sv") == "1936-08/1937"
    assert [is_shown(language) for language in ("en", "en-GB", "EN-us", "en-ZA", "sv", "")] == [
        True, True, True, True, False, False,
    ]  # fmt: skip
    assert read("1936-08-19").shown("en-ZA") == "19 August 1936"


def test_its_code_has_a_page() -> None:
    assert explanation("date-edtf").severity == "error"


# --- whatever the date

years = st.integers(-9999, 9990)


@st.composite
def points(draw: st.DrawFn) -> str:
    year = draw(years)
    text = edtf.iso_year(year)
    form = draw(st.sampled_from(("year", "X", "XX", "season", "month", "XX-XX", "month-XX", "day")))
    month = draw(st.integers(1, 12))
    if form in ("X", "XX"):
        text = text[: -len(form)] + form
    elif form == "season":
        text += f"-{draw(st.integers(21, 24))}"
    elif form == "XX-XX":
        text += "-XX"
    elif form != "year":
        text += f"-{month:02d}"
        if form == "month-XX":
            text += "-XX"
        elif form == "day":
            text += f"-{draw(st.integers(1, edtf.days_in(year, month))):02d}"
    return text + draw(st.sampled_from(("", "", "?", "~", "%")))


intervals = st.tuples(points() | st.sampled_from(("", "..")), points() | st.sampled_from(("", ".."))).map("/".join)
dates = (points() | intervals).filter(lambda text: edtf.parse(text) is not None)


@given(points())
def test_every_point_is_read(text: str) -> None:
    assert edtf.problem_with(text) == ""


@given(st.text("0123456789X-/.?~% T", max_size=12) | st.text(max_size=8))
def test_a_text_is_read_or_refused_with_a_reason(text: str) -> None:
    assert (edtf.parse(text) is None) == bool(edtf.problem_with(text))


@given(dates)
def test_bounds_are_in_order(text: str) -> None:
    value = read(text)
    assert value.start or value.end
    if value.start and value.end:
        assert value.start.first <= value.end.last
    assert bool(value.first) == (value.start is not None)
    assert bool(value.last) == (value.end is not None)


@given(dates)
def test_its_literal_can_be_read_back_from_tei(text: str) -> None:
    found = read(text).tei_attributes()
    literal = found.get("when-custom") or found.get("when") or f"{found.get('from')}/{found.get('to')}"
    assert literal == text


_XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
_TEMPORAL = etree.RelaxNG(
    etree.fromstring(
        f"""<element name="date" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="{_XSD}">
        <attribute name="value"><choice><data type="date"/><data type="gYearMonth"/><data type="gYear"/></choice>
        </attribute></element>"""
    )
)


@given(dates)
def test_tei_values_are_valid_dates_of_xml_schema(text: str) -> None:
    for name, value in read(text).tei_attributes().items():
        if name not in ("when-custom", "datingMethod"):
            assert _TEMPORAL.validate(etree.Element("date", value=value)), (name, value)


@given(dates, st.sampled_from(("en-GB", "en-US", "sr")))
def test_every_date_can_be_shown(text: str, language: str) -> None:
    assert read(text).shown(language)


@given(points(), points())
def test_of_two_points_the_one_that_ends_before_the_other_begins_is_first(one: str, two: str) -> None:
    left, right = read(one), read(two)
    assert left.start and left.end and right.start and right.end
    if left.end.last < right.start.first:
        assert left.sort_key() < right.sort_key()
