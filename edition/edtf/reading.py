"""What an EDTF date is: reading, bounds, order, TEI attributes.

Knows the calendar; knows no language (shown.py does), no trees, no files and no prose.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from msgspec import Struct

from .calendars import Day, days_in_julian

HINT = (
    "write 1936, 1936-08, 1936-08-19, 1936-08-19/1936-08-24, 193X (the 1930s), 1848-21 (spring) to 1848-24, "
    "../1848 (before), 1917/.. (after), [1936..1938] (once between); then ~ for circa, ? for doubtful, % for both; "
    "44 BC is -0043"
)
_POINT = re.compile(r"(-?[0-9]{1,4}X{0,3})(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?([?~%]?)")
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (1, 2)}  # months; winter ends in the next year
_ONE_OF = re.compile(r"\[([^\[\].]+)\.\.([^\[\].]+)\]")
_FAR = (10000, 1, 1)
_MONTHS = "January February March April May June July August September October November December".split()


class Point(Struct, frozen=True):
    """One date. The year has four digits, X for unknown ones at its end, "-" before it before Christ."""

    year: str
    month: str = ""  # 01–12, 21–24 (seasons), XX or ""
    day: str = ""  # 01–31, XX or ""
    mark: str = ""  # ? ~ % or ""

    @property
    def years(self) -> tuple[int, int]:
        ends = int(self.year.replace("X", "0")), int(self.year.replace("X", "9"))
        return min(ends), max(ends)

    @property
    def parts(self) -> Day:
        """Year, month and day of a plain date; 0 for what it leaves open."""
        return int(self.year), _number(self.month), _number(self.day)

    @property
    def first(self) -> Day:
        month = _SEASONS[self.month][0] if self.month in _SEASONS else _number(self.month) or 1
        return self.years[0], month, _number(self.day) or 1

    @property
    def last(self) -> Day:
        year, month = self.years[1], _number(self.month) or 12
        if self.month in _SEASONS:
            month = _SEASONS[self.month][1]
            year += self.month == "24"
        return year, month, _number(self.day) or days_in(year, month)

    @property
    def grain(self) -> int:
        """How fine it is: century 1, decade 2, year 3, season 4, month 5, day 6."""
        if not _number(self.month):
            return 3 - self.year.count("X")
        return 4 if self.month in _SEASONS else 6 if _number(self.day) else 5

    @property
    def is_plain(self) -> bool:
        """Whether year, month or day are known and certain."""
        return not self.mark and "X" not in self.year + self.month + self.day and self.month not in _SEASONS


class Edtf(Struct, frozen=True):
    """A date (`start` is `end`), an interval, or one unknown date of a stretch of time ([1936..1938]).

    An end of an interval that is open (..) or unknown (empty) is None.
    """

    text: str  # canonical: there is one way to write each
    start: Point | None
    end: Point | None

    @property
    def is_interval(self) -> bool:
        return "/" in self.text

    @property
    def is_one_of(self) -> bool:
        """Whether it is one date within its bounds, nobody knows which."""
        return self.text.startswith("[")

    @property
    def first(self) -> str:
        """The earliest day it can mean, ISO 8601 (1 BC is 0000), "" if none; of a winter 1 January."""
        return iso(self.start.first) if self.start else ""

    @property
    def last(self) -> str:
        """The latest day it can mean, ISO 8601, "" if none; of a winter the end of the next February."""
        return iso(self.end.last) if self.end else ""

    def sort_key(self) -> tuple[Day, int, int, Day]:
        """Order of a chronology: by earliest bound, "before 1848" just before 1848; points before intervals,
        coarse before fine, short before long."""
        if self.start is None:
            assert self.end is not None
            return self.end.first, 0, self.end.grain, self.end.last
        return (
            self.start.first,
            1 + (self.is_interval or self.is_one_of),
            self.start.grain,
            self.end.last if self.end else _FAR,
        )

    def tei_attributes(self) -> dict[str, str]:
        """Attributes of a TEI <date> (Guidelines 14.4, att.datable.w3c and att.datable.custom).

        A certain date has @when, an interval of such dates @from and @to, anything else @notBefore and
        @notAfter. Where these say less than the EDTF, or say it otherwise (before Christ), it stands in
        @when-custom. The bounds of a circa or doubtful date are those of the date as written.
        """
        ends = [end for end in (self.start, self.end) if end]
        certain = ".." not in self.text and all(end.is_plain for end in ends)
        if not certain:
            bounds = {"notBefore": self.start and self.start.first, "notAfter": self.end and self.end.last}
        elif self.is_interval:
            bounds = {"from": self.start and self.start.parts, "to": self.end and self.end.parts}
        else:
            bounds = {"when": self.start and self.start.parts}
        found = {name: _w3c(bound) for name, bound in bounds.items() if bound}
        says_all = certain and len(found) == len(bounds) and all(end.years[0] > 0 for end in ends)
        return found if says_all else {**found, "when-custom": self.text, "datingMethod": "#edtf"}

    def shown(self, language: str) -> str:
        """As the language writes it, never more exact than it is; as EDTF if it has no table (`is_shown`)."""
        from .shown import shown

        return shown(self, language)


def parse(text: str, *, julian: bool = False) -> Edtf | None:
    """Level 0 without times; of level 1 qualifiers, X, seasons, open and unknown ends, years before 0; of level 2
    one date of a stretch, [1936..1938]. `julian`: 29 February 1900 exists.
    """
    read = _read(text, julian)
    return read if isinstance(read, Edtf) else None


def problem_with(text: str, *, julian: bool = False) -> str:
    """Why `parse` refuses it, "30 February does not exist"; "" if it does not."""
    read = _read(text, julian)
    return read if isinstance(read, str) else ""


def iso(day: Day) -> str:
    """YYYY-MM-DD, with a minus before years below 0."""
    year, month, number = day
    return f"{iso_year(year)}-{month:02d}-{number:02d}"


def iso_year(year: int) -> str:
    """Four digits, counted as astronomers do: 1 is AD 1, 0 is 1 BC, -1 is 2 BC."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


def days_in(year: int, month: int) -> int:
    """Days of a month in the Gregorian calendar, reckoned back before 1582."""
    return 28 + calendar.isleap(year) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


# --- reading


def _read(text: str, julian: bool) -> Edtf | str:
    text = text.strip()
    one_of = _ONE_OF.fullmatch(text)
    ends = list(one_of.groups()) if one_of else text.split("/")
    days = days_in_julian if julian else days_in
    if len(ends) == 1:
        point = _point(text, days)
        return point if isinstance(point, str) else Edtf(text, point, point)
    if len(ends) > 2:
        return "an interval has two ends"
    read = [None if end in ("", "..") else _point(end, days) for end in ends]
    for end in read:
        if isinstance(end, str):
            return end
    start, end = (point if isinstance(point, Point) else None for point in read)
    if start is None and end is None:
        return "an interval without both its ends says nothing"
    if start and end and start.first > end.last:
        return "its end lies before its start"
    return Edtf(text, start, end)


def _point(text: str, days: Callable[[int, int], int]) -> Point | str:
    match = _POINT.fullmatch(text)
    if not match or len(match[1].lstrip("-")) != 4:
        return _what_is_odd(text)
    year, month, day, mark = match[1], match[2] or "", match[3] or "", match[4]
    if year == "-0000":
        return "the year 0 has no minus: 0000 is 1 BC"
    if ("X" in year and month) or (month == "XX" and day not in ("", "XX")):
        return "nothing more exact may follow an X"
    if month in _SEASONS:
        return "a season has no days" if day else Point(year, month, day, mark)
    if month != "XX" and month and not 1 <= int(month) <= 12:
        return f"there is no month {month} (seasons are 21 to 24)"
    if _number(day) or day == "00":
        reason = _no_such_day(int(year), int(month), int(day), days)
        if reason:
            return reason
    return Point(year, month, day, mark)


def _no_such_day(year: int, month: int, day: int, days: Callable[[int, int], int]) -> str:
    if 1 <= day <= days(year, month):
        return ""
    name = f"{day} {_MONTHS[month - 1]}"
    if (month, day) != (2, 29):
        return f"{name} does not exist"
    julian = " in the Gregorian calendar; it did in the Julian" if year % 4 == 0 else ""
    return f"{name} {year if year > 0 else f'{1 - year} BC'} does not exist{julian}"


def _what_is_odd(text: str) -> str:
    if not text:
        return "there is nothing"
    if re.search(r"[0-9]T[0-9]", text):
        return "times of day are not kept"
    if re.search(r"[\[\]{}]", text):
        return "sets of dates are not known here"
    if re.fullmatch(r"-?[0-9X]{4}([?~%]?-[0-9X]{2}){1,2}[?~%]?", text) and re.search("[?~%]-", text):
        return "a qualifier stands after the whole date"
    if re.fullmatch("[0-9]{1,4}-[0-9]{1,2}(-[0-9]{1,2})?", text) or re.fullmatch("-?[0-9]{1,3}", text):
        return "a year has four digits, a month and a day two"
    if "x" in text:
        return "the X of unknown digits is a capital letter"
    return "this is not EDTF"


def _number(part: str) -> int:
    return int(part) if part.isdigit() else 0


# --- TEI


def _w3c(parts: Day) -> str:
    """As XML Schema 1.0 counts, to which TEI holds (TEIC/TEI#1344): there is no year 0, -0044 is 44 BC.

    29 February before Christ is refused by validators; it becomes the month.
    """
    year, month, day = parts
    text = iso_year(year if year > 0 else year - 1)
    if month:
        text += f"-{month:02d}"
    return f"{text}-{day:02d}" if day and (year > 0 or (month, day) != (2, 29)) else text
