"""Which dates of the text speak of an event of the chronology."""

import pytest

from edition import edtf
from edition.book import Dated, Event, Facts, Mention
from edition.passes.chronology import linked

SHOT = ("1936-08-25", ("zinoviev", "kamenev"))


def event(date: str, people: tuple[str, ...]) -> Event:
    value = edtf.parse(date)
    assert value is not None
    return Event("shot", value.text, value.first, value.last, "Shot", people=people)


def dated(number: int, text: str) -> Dated:
    date, _, decided = text.partition(" ")
    value = edtf.parse(date)
    assert value is not None
    return Dated(value.text, value.first, value.last, f"d{number}", "p", "", decided)


@pytest.mark.parametrize(
    ("dates", "named", "expected"),
    [
        (["1936-08-25"], ["kamenev"], ["d0"]),
        (["1936-08-25"], ["smirnov"], []),
        (["1936"], ["kamenev", "zinoviev"], ["d0"]),
        (["1936"], ["kamenev"], []),
        (["1937"], ["kamenev", "zinoviev"], []),
        (["1936-08-19/1936-08-24"], ["kamenev", "zinoviev"], []),
        (["1936", "1936-08-25"], ["kamenev", "zinoviev"], ["d1"]),
        (["1936-08-25", "1936-08 shot"], ["kamenev"], ["d1"]),
        (["1936-08-25 verdict"], ["kamenev", "zinoviev"], []),
        (["1920 shot"], [], ["d0"]),
    ],
)
def test_the_date_of_a_block_that_speaks_of_an_event(dates: list[str], named: list[str], expected: list[str]) -> None:
    mentions = tuple(Mention(key, f"n-{key}", "p", "", key, "person") for key in named)
    found = tuple(dated(n, text) for n, text in enumerate(dates))
    unit = Facts("u", "u", "", "", "en", (), (), (), mentions, found, (), {}, {})
    assert list(linked(event(*SHOT), [unit]).passages) == expected
