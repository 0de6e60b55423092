"""Dates of other styles made ours: the Julian calendar, and years that do not begin on 1 January, each by itself.

Knows EDTF; what a style is called in prose is known elsewhere.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from .calendars import gregorian
from .reading import Edtf, Point, iso_year, parse, problem_with

# The day a year begins on. Those of spring come after 1 January of the year they begin, those of autumn before it.
YEAR_STARTS = ("03-01", "03-25", "09-01", "12-25")


class Style(Struct, frozen=True):
    """How dates are counted: by the Julian calendar, or by the Gregorian one; and, apart from that, the day a year
    begins on, one of YEAR_STARTS, or "" for 1 January."""

    is_julian: bool = False
    year_start: str = ""


OURS = Style()


def style(calendar: str, year_start: str) -> Style:
    """That of the two fields of edition.yaml and chronology.yaml."""
    return Style(calendar == "julian", year_start if year_start in YEAR_STARTS else "")


def ours(text: str, counted: Style) -> Edtf | str:
    """The date that an EDTF of some style is in ours, or why it is none."""
    date = parse(text, julian=counted.is_julian)
    if date is None:
        return problem_with(text, julian=counted.is_julian)
    return date if counted == OURS else new_style(date, is_julian=counted.is_julian, year_start=counted.year_start)


def new_style(date: Edtf, *, is_julian: bool = False, year_start: str = "") -> Edtf | str:
    """The date in our years, and in the Gregorian calendar where it has a day; or why that cannot be known.

    A month, a season or a year stays what it is, whatever the calendar: no day of it is known. `date` is a Julian one
    (`parse(…, julian=True)`) if `is_julian`. "10 February 1648", Julian, the year beginning on 25 March, is
    1649-02-20.
    """
    ends: list[Point | None] = []
    for end in (date.start, date.end):
        if end and year_start and end.grain >= 5:
            moved = _in_our_years(end, year_start)
            if isinstance(moved, str):
                return moved
            end = moved
        ends.append(_gregorian(end) if end and is_julian else end)
    text = _text(date, *ends)
    return parse(text) or problem_with(text)


def _in_our_years(point: Point, year_start: str) -> Point | str:
    month, day = (int(part) for part in year_start.split("-"))
    year, own, number = int(point.year), int(point.month), int(point.day) if point.day.isdigit() else 0
    if own == month and day > 1 and not number:
        return f"a year that begins on {day}.{month}. has two such months: give the day"
    is_before = (own, number or 1) < (month, day)
    moved = year + 1 if month < 7 and is_before else year - 1 if month > 6 and not is_before else year
    return replace(point, year=iso_year(moved))


def _gregorian(point: Point) -> Point:
    if point.grain < 6:
        return point
    year, month, day = gregorian((int(point.year), int(point.month), int(point.day)))
    return Point(iso_year(year), f"{month:02d}", f"{day:02d}", point.mark)


def _text(date: Edtf, start: Point | None, end: Point | None) -> str:
    if date.is_one_of:
        return f"[{_written(start)}..{_written(end)}]"
    if not date.is_interval:
        return _written(start)
    left, _, right = date.text.partition("/")
    return f"{_written(start) if start else left}/{_written(end) if end else right}"


def _written(point: Point | None) -> str:
    return "-".join(part for part in (point.year, point.month, point.day) if part) + point.mark if point else ""
