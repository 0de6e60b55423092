"""Dates of the Julian calendar in prose, "10/22 March 1848", "10 March 1848 (O.S.)", and years begun in March, 1648/9;
and those of texts that are declared to count so.

Knows tokens and what they were read as; what the calendars are is known to edtf.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from .. import edtf
from ..patterns import late
from .calendar_rules import Line, Read, has, value, written, year

_OLD = late(r",?O|[(]O[)]|\[O\]")
_NEW = late(r",?W|[(]W[)]|\[W\]")
_LADY_DAY = "03-25"
# The last year that began on 25 March anywhere in Britain and its colonies was 1751.
_LAST_DOUBLE_YEAR = 1751


def dual(line: Line, at: int) -> list[Read]:
    """One day in two calendars, the older first or second: 10/22 March 1848; [] if the days do not answer."""
    for pattern in line.rules.dual if any(sign in line.kinds for sign in "/([") else ():
        match = pattern.match(line.kinds, at)
        day = match and _answering(line, match)
        if match and day:
            return [Read(at, match.end(), written(*day), calendar="gregorian", is_our_year=True)]
    return []


def _answering(line: Line, match: re.Match[str]) -> edtf.Day | None:
    """The Gregorian day, if the two days are one."""
    last = year(line, match, "y2" if has(match, "y2") else "y1")
    month = value(line, match, "m2") or value(line, match, "m1")
    first_month = value(line, match, "m1") or month
    second = last, month, value(line, match, "d2")
    for earlier in (year(line, match, "y1") if has(match, "y1") else last, last - 1, last + 1):
        first = earlier, first_month, value(line, match, "d1")
        for old, new in ((first, second), (second, first)):
            if _is_day(old) and edtf.gregorian(old) == new:
                return new
    return None


def _is_day(day: edtf.Day) -> bool:
    return 1 <= day[2] <= edtf.days_in_julian(day[0], day[1])


def double_year(line: Line, read: Read) -> Read:
    """10 February 1648/9 is of 1649: until 25 March the year was still 1648 to those who wrote so."""
    point = edtf.parse(read.text)
    after = line.tokens[read.stop : read.stop + 2]
    if not point or not point.start or point.start.grain < 5 or point.is_interval or len(after) < 2:
        return read
    own, month, day = point.start.parts if point.start.is_plain else (0, 0, 0)
    if not 1000 < own <= _LAST_DOUBLE_YEAR or (month, day or 1) >= (3, 25) or after[0].kind != "/":
        return read
    digits = after[1].end - after[1].start
    if after[1].kind not in "dny" or after[1].value != (own + 1) % 10**digits:
        return read
    return replace(read, stop=read.stop + 2, text=written(own + 1, month, day), is_our_year=True)


def styled(line: Line, read: Read) -> Read:
    """A date with what is said of its style."""
    new, old = _NEW.match(line.kinds, read.stop), _OLD.match(line.kinds, read.stop)
    if new:
        return replace(read, stop=new.end(), calendar="gregorian", is_our_year=True)
    if old and edtf.parse(read.text, julian=True):
        return replace(read, stop=old.end(), calendar="julian")
    return read


def ours(line: Line, read: Read) -> Read:
    """A date in our style, as `written` the one it has in its text where that is another."""
    is_julian = read.calendar == "julian" or (line.style.is_julian and not read.calendar)
    style = edtf.Style(is_julian, "" if read.is_our_year else line.style.year_start)
    if style == edtf.OURS or read.doubt or not edtf.parse(read.text, julian=is_julian):
        return read
    made = edtf.ours(read.text, style)
    return replace(read, doubt=made) if isinstance(made, str) else replace(read, text=made.text, written=read.text)
