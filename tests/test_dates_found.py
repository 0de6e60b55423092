"""Calendar expressions in English prose: which words they are, and what they mean; and what is no date."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edition import edtf
from edition.passes import calendar_words
from edition.passes.calendar_words import Found, find
from edition.problems import explanation

SEED = Path(__file__).parents[2] / "shared" / "seed"

# In braces, each with its EDTF in order: what is to be found in the sentence; nothing else may be.
FOUND = [
    # days
    ("shot on {19 August 1936}.", "1936-08-19"),
    ("On {August 19, 1936}, the court", "1936-08-19"),
    ("the {19th of August, 1936}", "1936-08-19"),
    ("on {August the 19th, 1936}", "1936-08-19"),
    ("{Feb. 1, 1937} and {1 Sept. 1937} and {3 Aug 1936}", "1937-02-01", "1937-09-01", "1936-08-03"),
    ("AUGUST: {19 AUGUST 1936}", "1936-08-19"),
    ("Sunday, {4 May 1924}", "1924-05-04"),
    ("written {1936-08-19}", "1936-08-19"),
    ("{19\u00a0August\u2009 1936}; {19\nAugust\n   1936}; {19 Au\u00adgust 1936}", *["1936-08-19"] * 3),
    # ranges of days
    ("The trial ({19–24 August 1936})", "1936-08-19/1936-08-24"),
    ("sat {from 19 to 24 August 1936}", "1936-08-19/1936-08-24"),
    ("sat {from the 19th to the 24th of August 1936}", "1936-08-19/1936-08-24"),
    ("{August 19–24, 1936}, and {August 19 - September 3, 1936}", "1936-08-19/1936-08-24", "1936-08-19/1936-09-03"),
    ("{19 August – 24 August 1936}", "1936-08-19/1936-08-24"),
    ("{between 19 and 24 August 1936}", "1936-08-19/1936-08-24"),
    ("the night of {19/20 August 1936}", "1936-08-19/1936-08-20"),
    ("{28 December 1936 – 3 January 1937}", "1936-12-28/1937-01-03"),
    # days and months in a row are one span of time, others are two dates
    ("on {2 and 3 March 1938}", "1938-03-02/1938-03-03"),
    ("on {2} and {5 March 1938}", "1938-03-02", "1938-03-05"),
    ("on {March 2} or {3, 1938}", "1938-03-02", "1938-03-03"),
    ("in {August and September 1936}", "1936-08/1936-09"),
    ("in {March} and {May 1936}", "1936-03", "1936-05"),
    # months, seasons
    ("in {August 1936} and {August, 1937}, {early May 1938}", "1936-08", "1937-08", "1938-05"),
    ("{August–September 1936}; {from August to September 1936}", *["1936-08/1936-09"] * 2),
    ("Smilga ({May 1919-September 2014}) {May 1919–September 2014}", *["1919-05/2014-09"] * 2),
    ("the {October 1917} Revolution", "1917-10"),
    ("the {summer of 1936}, {spring 1848}, late in the {fall of 1917}", "1936-22", "1848-21", "1917-23"),
    ("the {late summer of 1936}", "1936-22"),
    ("the {winter of 1936–37}", "1936-24"),
    ("{spring and summer 1936}; {autumn 1936–spring 1937}", "1936-21/1936-22", "1936-23/1937-21"),
    # years
    ("in {1936}.", "1936"),
    ("{1936} was worse than {1935}; ({1937}), [{1938}], “{1939}”", "1936", "1935", "1937", "1938", "1939"),
    ("the {1940} assassination; {1936}’s trials; a {1936}-style trial", "1940", "1936", "1936"),
    ("revolutions of {1905} and {1917}", "1905", "1917"),
    ("a Bolshevik from {1904} and a pamphlet from {1937} analyzes", "1904", "1937"),
    ("in {1936} people were shot", "1936"),
    ("It had {mid-1937} and {early 1938}", "1937", "1938"),
    ("in may {1936}, they march {1937}", "1936", "1937"),
    ("In May. {1936} was", "1936"),
    ("On {1 May 1936}, 1937 people marched", "1936-05-01"),
    # ranges of years
    ("{between 1936 and 1938}, {from 1936 to 1939}", "1936/1938", "1936/1939"),
    ("{1936–1939}; {from 1937-1938}; {1936 — 1939}", "1936/1939", "1937/1938", "1936/1939"),
    ("{1936 until 1938}, {1936--1938}", "1936/1938", "1936/1938"),
    ("{1936–38}, {1904–07}, {1816-17}, {1792-4}", "1936/1938", "1904/1907", "1816/1817", "1792/1794"),
    ("in {1936} – 38 of them", "1936"),
    ("{1936/37} and {1936/1937}", "1936/1937", "1936/1937"),
    ("before the {1936–38} trials, between the {1936} and {1938} trials", "1936/1938", "1936", "1938"),
    ("dated {1936-08}", "1936-08"),
    # decades
    ("in the {1930s}, the {early 1930s}, the {mid-1930s}, {1930’s}", "193X", "193X", "193X", "193X"),
    ("the {1920s} and {1930s}; {from the 1920s to the late 1930s}", "192X", "193X", "192X/193X"),
    # circa
    ("{c. 1845}, {circa 1845}, {ca 1845}, {c1845}, {about 1845}", *["1845~"] * 5),
    ("{c. 1845–50} and {c. August 1936}, {around the 1840s}", "1845~/1850~", "1936-08~", "184X~"),
    # one end
    ("{before 1917}, {after 1923}, {by 1940}, {since 1917}", "../1917", "1923/..", "../1940", "1917/"),
    ("{after 19 August 1936}, {before the 1920s}", "1936-08-19/..", "../192X"),
    ("{pre-1914} and {post-1917}", "../1914", "1917/.."),
    ("{not before 1936}; {not after May 1936}; {1917 onwards}, until {1940}", "1936/..", "../1936-05", "1917/", "1940"),
    # eras
    ("{44 BC}, {15 March 44 BC}, {March 15, 44 B.C.}, {3000 BCE}", "-0043", "-0043-03-15", "-0043-03-15", "-2999"),
    ("{100–44 BC}; {27 BC–AD 14}; {AD 14–37}", "-0099/-0043", "-0026/0014", "0014/0037"),
    ("{476 CE}, {AD 79}, {100} and {44 BC}", "0476", "0079", "-0099", "-0043"),
]  # fmt: skip

NOTHING = [
    "in May, on 19 August, the twentieth",
    "they may march in august",
    "1936 people, 1500 workers, 1936 km, 1936 rubles, 1936%, 1,936 and 19.36 and 12:1936",
    "$1936, £1936, p. 1936, pp. 1936–1938, No. 1936, vol. 1936, chapter 1936, #1936, § 1936",
    "some 1500 were shot, more than 1936, at least 1936, nearly 2000",
    "about 1500 people, by 1500 delegates, from 1936 to 1938 people",
    "1936b, F1936, T-1936, 1936_7, 978-1936-12, 12–1936, 1936–38–40, 1936-5, 19/08/1936, /1936/08/19, file.odd:1096",
    "700,000 in 29 years, 936, 19361, 0936, 2936, 1936s, 30s, ’36",
    "1936-13-01, 45 bc, BC 44, ad 14",
    "1\u01f5936",
    "9" * 5000,
]

WITHOUT_EDTF = [
    ("{31 February 1936}", "date-impossible", "31 February does not exist"),
    ("{February 30, 1936}", "date-impossible", "30 February does not exist"),
    ("{32 August 1936}", "date-impossible", "32 August does not exist"),
    ("{29 February 1937}", "date-impossible", "29 February 1937 does not exist"),
    ("{1936-02-30}", "date-impossible", "30 February does not exist"),
    ("{from 1938 to 1936}", "date-impossible", "its end lies before its start"),
    ("{24–19 August 1936}", "date-impossible", "its end lies before its start"),
    ("{1904-07}", "date-ambiguous", "it may be July 1904 or 1904 to 1907"),
    ("the {1900s}", "date-ambiguous", "the 1900s may be ten years or a hundred"),
]


def marked(text: str) -> tuple[str, list[str]]:
    """The sentence without its braces, and what stands in them."""
    inside = [piece.partition("}")[0] for piece in text.split("{")[1:]]
    return text.replace("{", "").replace("}", ""), inside


def show(text: str, found: list[Found]) -> str:
    """The sentence with braces around what was found."""
    for one in reversed(found):
        text = f"{text[: one.start]}{{{text[one.start : one.end]}}}{text[one.end :]}"
    return text


@pytest.mark.parametrize(("sentence", "values"), [(case[0], list(case[1:])) for case in FOUND])
def test_found(sentence: str, values: list[str]) -> None:
    text, _ = marked(sentence)
    found = find(text, "en-GB")
    assert show(text, found) == sentence
    assert [one.edtf for one in found] == values
    assert find(text, "en-US") == found


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: text[:40])
def test_no_dates(text: str) -> None:
    assert show(text, find(text, "en")) == text


@pytest.mark.parametrize(("sentence", "code", "reason"), WITHOUT_EDTF)
def test_found_but_not_read(sentence: str, code: str, reason: str) -> None:
    text, _ = marked(sentence)
    found = find(text, "en")
    assert show(text, found) == sentence
    assert [(one.edtf, one.code, one.reason) for one in found] == [("", code, reason)]
    assert explanation(code).severity == {"date-impossible": "warning", "date-ambiguous": "info"}[code]


def test_a_note_or_an_empty_line_ends_an_expression() -> None:
    for gap in ("\x1f", "\n\n", "\n  \n"):
        assert [one.edtf for one in find(f"19 August{gap}1936", "en")] == ["1936"]


JULIAN = edtf.style("julian", "01-01")
LADY_DAY = edtf.style("gregorian", "03-25")
BOTH = edtf.style("julian", "03-25")


@pytest.mark.parametrize(
    ("style", "words", "expected"),
    [
        (edtf.OURS, "10 March 1648", "1648-03-10"), (JULIAN, "10 March 1648", "1648-03-20"),
        (LADY_DAY, "10 March 1648", "1649-03-10"), (BOTH, "10 March 1648", "1649-03-20"),
        (JULIAN, "29 February 1900", "1900-03-13"), (JULIAN, "from 10 to 12 March 1848", "1848-03-22/1848-03-24"),
        (BOTH, "10 March 1648/9", "1649-03-20"), (BOTH, "10 March 1649 (N.S.)", "1649-03-10"),
        (JULIAN, "10/22 March 1848", "1848-03-22"), (JULIAN, "10 March 1848 (O.S.)", "1848-03-22"),
        (LADY_DAY, "10 March 1648 (O.S.)", "1649-03-20"), (LADY_DAY, "February 1648", "1649-02"),
        (BOTH, "the 1640s", "164X"), (BOTH, "1648", "1648"), (JULIAN, "March 1648", "1648-03"),
    ],
)  # fmt: skip
def test_calendar_and_beginning_of_the_year_are_two(style: edtf.Style, words: str, expected: str) -> None:
    (found,) = find(f"It was {words}, they say", "en", style=style)
    assert found.edtf == expected


def test_a_month_that_a_year_has_twice_is_told() -> None:
    (found,) = find("in March 1648", "en", style=BOTH)
    assert (found.edtf, found.code) == ("", "date-ambiguous") and "two such months" in found.reason


def test_a_language_without_a_table_has_no_dates() -> None:
    assert find("19 August 1936", "sv") == find("19 August 1936", "") == []


@pytest.mark.parametrize("language", ["en-GB", "en-US"])
@pytest.mark.parametrize(
    "date",
    "1936 1936-08 1936-08-19 1848-21 1848-23 193X 1845~ 1936-08~ 184X~ 1936/1938 1936-08/1936-09 1936-08/1937-01 "
    "1936-08-19/1936-08-24 1936-08-19/1936-09-03 1936-12-28/1937-01-03 1936-21/1936-22 192X/193X ../1848 1917/.. "
    "../1936-08-19 -0043 -0043-03-15 -0099/-0043 -0026/0014 0987".split(),
)
def test_what_is_shown_is_found_again(date: str, language: str) -> None:
    value = edtf.parse(date)
    assert value
    shown = value.shown(language)
    (found,) = find(f"It was {shown}.", language)
    assert found.edtf == date
    assert f"It was {shown}."[found.start : found.end] == shown.removeprefix("the ")


def test_every_date_of_the_seed_text() -> None:
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("no ../shared")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    expected = (
        "1930s|between 1936 and 1938|from 1936 to 1939|from 1937-1938|1937|1940|1940|1937|June 3, 1996|1991|1992|"
        "from 1923 to 1940|1929|1930s|1994|2014|1923|1927|1923|1920s|1999|1997|1930s|1930s|February 1, 1937|"
        "May 1919-September 2014|1904|1905|1917|1920s|October 1917|1923|1927"
    )
    found = find(text, "en-US")
    assert [text[one.start : one.end] for one in found] == expected.split("|")
    assert all(one.edtf for one in found)


# --- whatever the text

PIECES = (
    "19 19th 2nd 31 0 5 44 936 1936 1938 2100 9999 1930s 1900s 1930’s August May Sept. Feb may spring winter the of "
    "and or to until from between before after by not since onwards c. about early mid - – — , . / ( ) BC AD B.C. "
    "people km p. No. $ x Moscow"
).split()
prose = st.lists(st.sampled_from(PIECES) | st.sampled_from(["\n", "\n\n", "\u00a0", "\x1f"])).flatmap(
    lambda words: st.sampled_from([" ", "", "\u2009"]).map(lambda space: space.join(words))
)


@given(prose | st.text(max_size=60))
def test_spans_are_in_order_apart_and_inside_and_their_values_are_edtf(text: str) -> None:
    end = 0
    for one in find(text, "en"):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert "\x1f" not in text[one.start : one.end]
        if one.edtf:
            value = edtf.parse(one.edtf)
            assert value and value.text == one.edtf and not one.code and not one.reason
        else:
            assert one.reason and explanation(one.code)


@pytest.mark.parametrize(
    "unit",
    ["1936 ", "1936-", "19–", "1936 to ", "from ", "between 1936 and ", "1 and ", "August ", "c. ", "1,936", "the ",
     "1", "a", "A.", " ", "\n", "\n ", "\u00ad", "early-", "1936/", "not before ", "½", "'s"],
)  # fmt: skip
def test_long_monotonous_texts_come_to_an_end(unit: str) -> None:
    text = unit * (50_000 // len(unit)) + " 19 August 1936"
    assert "1936-08-19" in find(text, "en")[-1].edtf


def test_ten_times_the_text_is_ten_times_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    point = calendar_words._point

    def counted(line: calendar_words._Line, at: int) -> calendar_words._Read | None:
        calls.append(at)
        return point(line, at)

    monkeypatch.setattr(calendar_words, "_point", counted)
    for unit in ("1936 ", "from 1936 to ", "between the 1930s and ", "c. 1 August 1936-"):
        counts = []
        for times in (100, 1000):
            calls.clear()
            find(unit * times, "en")
            counts.append(len(calls))
        assert counts[1] <= 10 * counts[0] + 10
