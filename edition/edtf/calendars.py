"""The Julian and the Gregorian calendar, by way of the Julian day number.

Knows days only; years are counted as astronomers do (0 is 1 BC). The rule is that of Fliegel and Van Flandern,
Communications of the ACM 11 (1968), 657, in whole numbers.
"""

from __future__ import annotations

Day = tuple[int, int, int]
"""Year, month, day."""


def gregorian(day: Day) -> Day:
    """The Gregorian date of a Julian one: 10 March 1848 is 22 March 1848."""
    return _date(_number(day, is_julian=True), is_julian=False)


def julian(day: Day) -> Day:
    """The Julian date of a Gregorian one."""
    return _date(_number(day, is_julian=False), is_julian=True)


def days_in_julian(year: int, month: int) -> int:
    """Days of a month in the Julian calendar, in which every fourth year is a leap year."""
    return 28 + (year % 4 == 0) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


def _number(day: Day, *, is_julian: bool) -> int:
    """Days since 1 March 4801 BC of the calendar."""
    year, month, number = day
    months = (month + 9) % 12  # from March
    years = year + 4800 - (month < 3)
    days = number - 1 + (153 * months + 2) // 5 + 365 * years + years // 4
    return days if is_julian else days - years // 100 + years // 400 + 38


def _date(days: int, *, is_julian: bool) -> Day:
    centuries = 0
    if not is_julian:
        days -= 38
        centuries = (4 * days + 3) // 146097
        days -= 146097 * centuries // 4
    years = (4 * days + 3) // 1461
    rest = days - 1461 * years // 4
    months = (5 * rest + 2) // 153
    year = 100 * centuries + years - 4800 + (months > 9)
    return year, (months + 2) % 12 + 1, rest - (153 * months + 2) // 5 + 1
