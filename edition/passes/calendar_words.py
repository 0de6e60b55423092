"""Calendar expressions in running prose, found and read as EDTF: "from 19 to 24 August 1936", "the early 1930s".

Knows texts only. The words of each language are in calendar_tables/, what they mean in calendar_rules.py, of other
calendars in calendar_styles.py; what EDTF is, in edtf.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from .. import edtf
from ..patterns import late
from ..words import placed
from .calendar_rules import Line as _Line
from .calendar_rules import Read as _Read
from .calendar_rules import has, point, rules, shared_years, written
from .calendar_styles import double_year, dual, ours, styled
from .calendar_tokens import HYPHENS, tokens


class Found(Struct, frozen=True):
    """text[start:end] is a calendar expression. Without `edtf`, `code` and `reason` say why it has none.

    `written` is the date as its words have it, where it is of another style; `edtf` is in ours always.
    """

    start: int
    end: int
    edtf: str
    code: str = ""  # date-impossible | date-ambiguous
    reason: str = ""
    written: str = ""


def find(text: str, language: str, century: int = 19, style: edtf.Style = edtf.OURS) -> list[Found]:
    """All expressions of a text in order, none overlapping; [] for a language without a table.

    The leftmost wins, and of those that begin there the longest. An article before it is no part of an expression;
    a preposition is ("between 1936 and 1938", "before 1917") where it belongs to the meaning, and so is the noun
    that goes with a number ("les années 1930", "1936 года"). `century` is that of decades in two digits (19 makes
    "los años 30" the 1930s), 0 where it cannot be known. `style` is how the text counts where it
    does not say.
    """
    known = rules(language)
    if known is None or not known.grammar.clue.search(text):
        return []
    plain, places = placed(text)
    found = tuple(tokens(plain, known.lexicon))
    line = _Line(plain, found, "".join(token.kind for token in found) + "x", known, century, style)
    return [replace(one, start=places[one.start], end=places[one.end]) for one in _found(line)]


# --- reading


def _found(line: _Line) -> Iterator[Found]:
    at = 0
    while match := line.rules.starters.search(line.kinds, at):
        at = match.start() + 1
        reads = _longest(line, match.start())
        if reads and _is_dated(line, reads[0].first, reads[-1].stop):
            at = reads[-1].stop
            yield from (_judged(line, read) for read in reads)


def _longest(line: _Line, at: int) -> list[_Read]:
    """What begins at a token; two readings for "2 and 5 March 1938"."""
    one = _point(line, at)
    ways = [_whole_day(line, at), _opened(line, at), _range(line, at), _shared(line, at), [one] if one else []]
    best = max([dual(line, at), *ways], key=lambda way: way[-1].stop if way else 0)
    found = [*best[:-1], styled(line, double_year(line, best[-1]))] if best else []
    return [ours(line, one) for one in found]


def _point(line: _Line, at: int) -> _Read | None:
    """One date, with its "circa", and with an article if it is the second of two."""
    is_circa = line.kinds[at] == "c"
    begin = at + is_circa
    if line.kinds[begin] == "w" and line.kinds[begin + 1] in "kSopqrdRDhK":
        begin += 1
    best: _Read | None = None
    for pattern in line.rules.points:
        match = pattern.match(line.kinds, begin)
        if match and (best is None or match.end() > best.stop):
            text, doubt = point(line, match)
            best = _Read(at, match.end(), text + "~" * is_circa, doubt) if text else best
    return best


def _whole_day(line: _Line, at: int) -> list[_Read]:
    """1936-08-19"""
    if not line.kinds.startswith("y-d-d", at):
        return []
    year, _, month, _, day = line.tokens[at : at + 5]
    is_iso = day.end - year.start == 10 and line.text[year.end] in HYPHENS and month.value <= 12
    return [_Read(at, at + 5, written(year.value, month.value, day.value))] if is_iso else []


def _opened(line: _Line, at: int) -> list[_Read]:
    """before 1917, after the 1920s, since May 1936"""
    for pattern, form in line.rules.opens:
        match = pattern.match(line.kinds, at)
        one = match and _point(line, match.end())
        if one:
            return [_Read(at, one.stop, form.format(one.text), one.doubt)]
    return []


_YEAR_PAIR = late("y[-/][dny]G?")


def _range(line: _Line, at: int) -> list[_Read]:
    """from 1936 to 1939, between 1936 and 1938, May 1919–September 2014, 1936–38, 1936 onwards"""
    openers = line.rules.grammar.openers
    opener = line.kinds[at] if line.kinds[at] in openers else ""
    start = _point(line, at + len(opener))
    if start is None:
        return []
    join = line.kinds[start.stop]
    if join == "g":
        return [_Read(at, start.stop + 1, f"{start.text}/", start.doubt)]
    end = _point(line, start.stop + 1) if join in (openers.get(opener) or line.rules.grammar.joins) else None
    if end is None:
        return _short(line, at, start)
    is_circa = join == "-" and start.text.endswith("~") and not end.text.endswith("~")
    return [_Read(at, end.stop, f"{start.text}/{end.text}{'~' * is_circa}", start.doubt or end.doubt)]


def _short(line: _Line, at: int, start: _Read) -> list[_Read]:
    """1936–38, 1936/37, 1936/1937, the month 1936-08; but 1904-07 may be either."""
    match = _YEAR_PAIR.match(line.kinds, start.stop - 1)
    if not match or len(start.text.rstrip("~")) != 4 or not start.text[:4].isdigit():
        return []
    year, sign, last = line.tokens[start.stop - 1 : start.stop + 2]
    digits = last.end - last.start
    if last.end - year.start != 5 + digits:
        return []
    end = year.value - year.value % 10**digits + last.value
    circa = "~" if start.text.endswith("~") else ""
    if digits == 2 and line.text[sign.start] in HYPHENS and last.value <= 12:
        return [_month(start.first, match.end(), year.value, last.value, end, circa)]
    return [_Read(at, match.end(), f"{start.text}/{end:04d}{circa}")] if end > year.value else []


def _month(first: int, stop: int, year: int, month: int, end: int, circa: str) -> _Read:
    text = written(year, month, 0) + circa
    date = edtf.parse(text)
    doubt = f"it may be {date.shown('en')} or {year} to {end}" if date and end > year else ""
    return _Read(first, stop, text, doubt)


_REACH = 7  # before this what joins two dates must come: an opener, an article and at most four tokens stand before it


def _shared(line: _Line, at: int) -> list[_Read]:
    """19–24 August 1936, from August to September 1936, 100–44 BC; 2 and 3 March 1938"""
    openers = line.rules.grammar.openers
    opener = line.kinds[at] if line.kinds[at] in openers else ""
    if not any(kind in line.rules.joins for kind in line.kinds[at + 1 : at + _REACH]):
        return []
    begin = at + len(opener) + (bool(opener) and line.kinds[at + 1] == "w")
    matches = [pattern.match(line.kinds, begin) for pattern in line.rules.shared]
    match = max((match for match in matches if match), key=lambda match: match.end(), default=None)
    if match is None or (opener and match["j"] not in openers[opener]):
        return []
    (start, doubt), (end, _) = _both(line, match)
    if not start or not end:
        return []
    joint = match.start("j")
    apart = match["j"] == "a" and not opener and not _is_next(start, end)
    if apart or line.tokens[joint].value:
        after = min(match.start(name) for name in ("d2", "m2", "s2", "y2", "c2", "k2", "kk2") if has(match, name))
        return [_Read(at, joint, start, doubt), _Read(after, match.end(), end, doubt)]
    return [_Read(at, match.end(), f"{start}/{end}", doubt)]


def _both(line: _Line, match: re.Match[str]) -> tuple[tuple[str, str], tuple[str, str]]:
    if has(match, "y2"):
        start, end = shared_years(line, match)
        return (start, ""), (end, "")
    return point(line, match, "1"), point(line, match, "2")


def _is_next(start: str, end: str) -> bool:
    """Whether two days of one month, two months of one year, or two centuries follow each other."""
    if start.endswith("XX"):
        return int(start[:-2]) + 1 == int(end[:-2])
    return "-" in start[1:] and start[:-2] == end[:-2] and int(start[-2:]) + 1 == int(end[-2:])


# --- judging

_CHAINED_BEFORE = late(r"(?:\w[-\u2010\u2011/:]|[0-9][–—.,:]|[_.])\Z")
_CHAINED_AFTER = late(r"[-\u2010-\u2013]?[0-9]|/\w|_")


def _is_dated(line: _Line, first: int, stop: int) -> bool:
    """Whether bare numbers are years here: no page, price or quantity, no part of a longer number."""
    if any(kind in "MSkKTeEhD" for kind in line.kinds[first:stop]):
        return True
    start, end = line.tokens[first].start, line.tokens[stop - 1].end
    before, after = line.text[max(0, start - 30) : start], line.text[end : end + 30]
    if _CHAINED_BEFORE.search(before) or _CHAINED_AFTER.match(after):
        return False
    words = line.rules.grammar
    if words.not_after.match(after) or (line.kinds[first] == "y" and words.not_before.search(before)):
        return False
    return not words.counted.match(after) or words.surely.search(before) is not None


def _judged(line: _Line, read: _Read) -> Found:
    start, end = line.tokens[read.first].start, line.tokens[read.stop - 1].end
    if read.doubt:
        return Found(start, end, "", "date-ambiguous", read.doubt)
    for token in line.tokens[read.first : read.stop]:
        if token.kind == "k" and token.value % 100 == 0:
            return Found(start, end, "", "date-ambiguous", f"the {token.value}s may be ten years or a hundred")
    reason = edtf.problem_with(read.text)
    return (
        Found(start, end, "", "date-impossible", reason)
        if reason
        else Found(start, end, read.text, written=read.written)
    )
