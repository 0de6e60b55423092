"""How a date is written in words, never more exact than it is.

Knows EDTF and the tables of wording.py; knows no prose.
"""

from __future__ import annotations

import re

from .reading import Edtf, Point
from .wording import DISPLAYS, Display, Forms


def is_shown(language: str) -> bool:
    """Whether there is a table of how this language writes dates."""
    return _display(language) is not None


def shown(date: Edtf, language: str) -> str:
    """The date in words; as EDTF where the language has no table."""
    words = _display(language)
    if words is None:
        return date.text
    text = _shown(date, words)
    for apart, together in words.contractions:
        text = text.replace(apart, together)
    return text


def in_both_styles(date: Edtf, written: Edtf, language: str) -> str:
    """A date with what it is in the style it was written in: "22 March 1848 (10 March 1848 Old Style)"."""
    words = _display(language)
    ours, theirs = shown(date, language), shown(written, language)
    if ours == theirs:
        return ours
    return (words.both_styles if words else "{new} ({old})").format(new=ours, old=theirs)


def _display(language: str) -> Display | None:
    tag = language.lower()
    return DISPLAYS.get(tag) or DISPLAYS.get(tag.partition("-")[0])


def _shown(date: Edtf, words: Display) -> str:
    left, _, right = date.text.partition("/")
    if date.start is None and date.end is not None:
        return _point(date.end, words.before if left else words.until, words)
    if date.end is None and date.start is not None:
        return _point(date.start, words.after if right else words.since, words)
    assert date.start and date.end
    if date.is_one_of:
        one, two = _point(date.start, words.governed, words), _point(date.end, words.governed, words)
        return words.between.format(one=one, two=two)
    return _range(date.start, date.end, words)


def _range(start: Point, end: Point, words: Display) -> str:
    """What the two ends share is said once: 19–24 August 1936, August–September 1936, 100–44 BC."""
    if start == end:
        return _point(start, words.plain, words)
    if not start.mark and not end.mark and start.year == end.year and "X" not in start.year:
        fields = _fields(end, words)
        if start.grain == end.grain == 6 and start.month == end.month:
            return words.days.format_map(fields | {"first": _day(start, words)})
        if start.grain == end.grain == 6:
            return f"{words.day_month.format_map(_fields(start, words))} – {_point(end, words.plain, words)}"
        if start.grain == end.grain in (4, 5) and start.month != end.month:
            form = words.plain.month if start.grain == 5 else words.plain.season
            months = {
                name: f"{_fields(start, words)[name]}–{fields[name]}" for name in ("month", "season") if fields[name]
            }
            return form.format_map(fields | months)
    if start.grain == end.grain == 3 and start.year != end.year and not start.mark and not end.mark:
        return _years(start.years[0], end.years[0], words)
    left, right = _point(start, words.plain, words), _point(end, words.plain, words)
    return left if left == right else f"{left} – {right}"


def _point(point: Point, forms: Forms, words: Display) -> str:
    fields = _fields(point, words)
    is_circa = point.mark in ("~", "%")
    if is_circa and forms is words.plain:
        forms = words.circa
        is_circa = False
    form = forms.of(_kind(point))
    if is_circa:  # "before" has its say about the form of the words already
        (first,) = re.findall(r"\{(\w+)\}", form)[:1]
        fields[first] = words.short_circa + fields[first]
    text = form.format_map(fields)
    return f"{text}?" if point.mark in ("?", "%") else text


def _kind(point: Point) -> str:
    """Which form it takes: years (a century, or ten years that cannot be told from it), decade, year, season …"""
    first, last = point.years
    if point.grain < 3:
        return "decade" if last - first == 9 and first >= 100 and first % 100 else "years"
    return {3: "year", 4: "season", 5: "month", 6: "day"}[point.grain]


def _fields(point: Point, words: Display) -> dict[str, str]:
    """All that a form can ask for; "" for what the point leaves open."""
    first, last = point.years
    month = int(point.month) if point.month.isdigit() else 0
    is_month, is_season = 1 <= month <= 12, month > 20
    return {
        "day": _day(point, words),
        "month": words.months[month - 1] if is_month else "",
        "of_month": words.of_months[month - 1] if is_month else "",
        "season": words.seasons[month - 21] if is_season else "",
        "the_season": words.the_seasons[month - 21] if is_season else "",
        "year": str(first) if _kind(point) == "decade" else _year(first, words),
        "years": _years(first, last, words),
    }


def _day(point: Point, words: Display) -> str:
    number = int(point.day) if point.day.isdigit() else 0
    return words.first_day if number == 1 and words.first_day else str(number)


def _years(first: int, last: int, words: Display) -> str:
    one, two = _year(first, words), _year(last, words)
    if last <= 0:
        return words.before_common_era.format(year=f"{1 - first}–{1 - last}")
    return f"{one} – {two}" if " " in one + two else f"{one}–{two}"


def _year(year: int, words: Display) -> str:
    if year <= 0:
        return words.before_common_era.format(year=1 - year)
    return words.common_era.format(year=year) if year < 1000 else str(year)
