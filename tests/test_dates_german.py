"""Calendar expressions in German: which words they are, and what they mean; and what is no date."""

import pytest

from edition.passes.calendar_words import find

from .dates import case, marked, show

# In braces, each with its EDTF in order: what is to be found in the sentence; nothing else may be.
FOUND = [
    # days
    ("am {19. August 1936} erschossen", "1936-08-19"),
    ("Am {19. Aug. 1936}, am {1. Sept. 1937} und am {3. Jänner 1938}", "1936-08-19", "1937-09-01", "1938-01-03"),
    ("geschrieben {19 Mai 1891}", "1891-05-19"),
    ("Wien, den {19ten August 1836}", "1836-08-19"),
    ("Mittwoch, der {19. August 1936}", "1936-08-19"),
    ("{19.8.1936}; {19. 8. 1936}; {19.08.1936}; {19. VIII. 1936}; {19.VIII.1936}", *["1936-08-19"] * 5),
    ("am {19. August des Jahres 1936}", "1936-08-19"),
    ("{19.\u00a0August\u2009 1936}; {19.\nAugust\n   1936}; {19. Au\u00adgust 1936}", *["1936-08-19"] * 3),
    ("im {Ma\u0308rz 1938}, am {1. Ma\u0308rz 1938}", "1938-03", "1938-03-01"),
    # ranges of days
    ("Der Prozess ({19.–24. August 1936})", "1936-08-19/1936-08-24"),
    ("tagte {vom 19. bis 24. August 1936}, {vom 19. bis zum 24. August 1936}", *["1936-08-19/1936-08-24"] * 2),
    ("{vom 19. 8. bis zum 24. 8. 1936}, {vom 19.8. bis 24.8.1936}", *["1936-08-19/1936-08-24"] * 2),
    ("{zwischen dem 19. und dem 24. August 1936}", "1936-08-19/1936-08-24"),
    ("{19. August bis 3. September 1936}; {19. August – 24. August 1936}", "1936-08-19/1936-09-03",
    "1936-08-19/1936-08-24"),
    ("in der Nacht vom {19./20. August 1936}", "1936-08-19/1936-08-20"),
    ("{8. und 9. März 1938}; am {2.} und {5. März 1938}", "1938-03-08/1938-03-09", "1938-03-02", "1938-03-05"),
    ("{19.–24.8.1936}; {19.8.–24.8.1936}; {19. 8. – 3. 9. 1936}", *["1936-08-19/1936-08-24"] * 2,
    "1936-08-19/1936-09-03"),
    ("{28. Dezember 1936 – 3. Januar 1937}", "1936-12-28/1937-01-03"),
    ("{vom 28. Dezember 1936 bis zum 3. Januar 1937}", "1936-12-28/1937-01-03"),
    # months, seasons
    ("im {August 1936}, {Anfang Mai 1938}, {Ende Juni 1938}, {Mitte Juli 1938}", "1936-08", "1938-05", "1938-06",
    "1938-07"),
    ("{August bis September 1936}; {von August bis September 1936}; {Aug.–Sept. 1936}", *["1936-08/1936-09"] * 3),
    ("Smilga ({Mai 1919–September 2014})", "1919-05/2014-09"),
    ("im {Sommer 1936}, im {Frühjahr 1848}, {Spätherbst 1917}", "1936-22", "1848-21", "1917-23"),
    ("im {Sommer des Jahres 1936}; im {Winter 1936/37}; {Winter 1936–1937}", "1936-22", "1936-24", "1936-24"),
    ("{Frühjahr und Sommer 1936}; {Herbst 1936 bis Frühjahr 1937}", "1936-21/1936-22", "1936-23/1937-21"),
    # years
    ("{1936} wurde er verhaftet; ({1937}), »{1938}«, im Jahre {1939}", "1936", "1937", "1938", "1939"),
    ("die Prozesse von {1936} und {1937}; der {1937er} Prozess", "1936", "1937", "1937"),
    ("{Anfang 1937}, {Mitte 1937}, {Ende des Jahres 1937}", *["1937"] * 3),
    ("{1936–1939}; {1936–38}; {1936 bis 1938}; {von 1936 bis 1938}", "1936/1939", *["1936/1938"] * 3),
    ("{zwischen 1936 und 1938}; in den Jahren {1936 bis 1938}; {1936/37}", "1936/1938", "1936/1938", "1936/1937"),
    ("{seit 1917}, {ab 1923}; bis {1940}", "1917/", "1923/", "1940"),
    ("{vor 1917}, {nach 1923}, {vor dem 19. August 1936}, {nach den 1920er Jahren}", "../1917", "1923/..",
    "../1936-08-19", "192X/.."),
    ("{nicht vor 1936}, {spätestens 1938}, {frühestens Mai 1936}", "1936/..", "../1938", "1936-05/.."),
    ("{um 1845}, {etwa 1845}, {ca. 1845}, {gegen 1845}, {um den 19. August 1936}", *["1845~"] * 4, "1936-08-19~"),
    # decades
    ("in den {1930er Jahren}, die {1930er-Jahre}, die {1930er}, in den {1930erjahren}", *["193X"] * 4),
    ("{Anfang der 1930er Jahre}, die {späten 1920er Jahre}", "193X", "192X"),
    ("die {1920er} und {1930er Jahre}; {1920er bis 1930er Jahre}", "192X", "193X", "192X/193X"),
    ("die {dreißiger Jahre}, in den {30er Jahren}, die {Dreißigerjahre}", *["193X"] * 3),
    ("die {dreißiger Jahre des 19. Jahrhunderts}; in den {30er Jahren des XIX. Jahrhunderts}", "183X", "183X"),
    # centuries
    ("im {19. Jahrhundert}, des {19. Jahrhunderts}, {19. Jh.}, im {neunzehnten Jahrhundert}", *["18XX"] * 4),
    ("{Anfang des 19. Jahrhunderts}, im {späten 18. Jahrhundert}", "18XX", "17XX"),
    ("im {18. und 19. Jahrhundert}, {vom 17. bis zum 19. Jahrhundert}, {17./18. Jh.}", "17XX/18XX", "16XX/18XX",
    "16XX/17XX"),
    ("im {5. Jahrhundert v. Chr.}, im {1. Jh. n. Chr.}", "-04XX", "00XX"),
    # eras
    ("{44 v. Chr.}, am {15. März 44 v. Chr.}, {3000 v. u. Z.}, {79 n. Chr.}", "-0043", "-0043-03-15", "-2999", "0079"),
    ("{100–44 v. Chr.}; {27 v. Chr.–14 n. Chr.}", "-0099/-0043", "-0026/0014"),
    # Old Style
    ("am {10./22. März 1848}; am {25. Oktober (7. November) 1917}", "1848-03-22", "1917-11-07"),
    ("am {10. März 1848 alten Stils}; am {22. März 1848 neuen Stils}", "1848-03-22", "1848-03-22"),
]  # fmt: skip

NOTHING = [
    "im Mai, am 19. August, der zwanzigste",
    "vor drei Jahren, vor 1500 Jahren, im vergangenen August, letzten Sommer, vorige Woche",
    "vor sechzig Jahren, seit drei Wochen, in den letzten Jahren, nächstes Jahr",
    "1936 Menschen, etwa 1500 Arbeiter, 1936 km, 1936 Rubel, 1936 %, 1.936 und 19,36 und 12:1936",
    "€ 1936, S. 1936, Nr. 1936, Bd. 1936, Kapitel 1936, § 1936",
    "über 1500 wurden erschossen, mehr als 1936, mindestens 1936, fast 2000",
    "von 1936 bis 1938 Personen; um 1500 Mark",
    "er mai 1, sie juli",
    "1936b, F1936, T-1936, 1936_7, 978-1936-12, 3.1936.5, 1.2.3",
    "700.000 in 29 Jahren, 936, 19361, 0936, ’36, die Dreißiger, in den Dreißigern",
    "um 12.30 Uhr, am 3.4., Abschnitt 3.2.1",
    "in zwei Jahrhunderten, das erste Jahrhundert, seit 19 Jahrhunderten",
    "19.13.1936",
    "Schlacht um Wien, nach Wien, vor Wien, der Winter, im Sommer",
    "v. Chr., n. Chr., alten Stils",
    "1\u01f5936",
]

WITHOUT_EDTF = [
    ("{31. Februar 1936}", "date-impossible"),
    ("{30.2.1936}", "date-impossible"),
    ("{von 1938 bis 1936}", "date-impossible"),
    ("{1904-07}", "date-ambiguous"),
    ("die {1900er Jahre}", "date-ambiguous"),
]


@pytest.mark.parametrize(("sentence", "values"), case(FOUND))
def test_found(sentence: str, values: list[str]) -> None:
    text, _ = marked(sentence)
    found = find(text, "de-AT")
    assert (show(text, found), [one.edtf for one in found]) == (sentence, values)


@pytest.mark.parametrize("text", NOTHING, ids=lambda text: text[:40])
def test_no_dates(text: str) -> None:
    assert show(text, find(text, "de")) == text


@pytest.mark.parametrize(("sentence", "code"), WITHOUT_EDTF)
def test_found_but_not_read(sentence: str, code: str) -> None:
    text, _ = marked(sentence)
    found = find(text, "de")
    assert (show(text, found), [one.code for one in found]) == (sentence, [code])


def test_enough_cases() -> None:
    assert sum(len(values) for _, values in case(FOUND)) >= 40
    assert len(NOTHING) >= 15
