"""Calendar expressions in running prose, found and read as EDTF: "from 19 to 24 August 1936", "the early 1930s".

Knows texts only. The words of each language are in calendar_grammar.py; what EDTF is, in edtf.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .. import edtf
from .calendar_grammar import Grammar, grammar


@dataclass(frozen=True, slots=True)
class Found:
    """text[start:end] is a calendar expression. Without `edtf`, `code` and `reason` say why it has none."""

    start: int
    end: int
    edtf: str
    code: str = ""  # date-impossible | date-ambiguous
    reason: str = ""


def find(text: str, language: str) -> list[Found]:
    """All expressions of a text in order, none overlapping; [] for a language without a table.

    The leftmost wins, and of those that begin there the longest. An article before it is no part of an expression;
    a preposition is ("between 1936 and 1938", "before 1917") where it belongs to the meaning.
    """
    rules = _rules(language)
    if rules is None or not _DIGIT.search(text):
        return []
    tokens = tuple(_tokens(text, rules.grammar))
    return list(_found(_Line(text, tokens, "".join(token.kind for token in tokens) + "x", rules)))


# --- tokens


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    kind: str  # a letter, as Grammar explains
    value: int = 0


# \x1f stands where a note or a block was taken out: it is white space to Python, but not to us.
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:[.:][0-9]+)*)(?P<suffix>['’]?[^\W\d_]+)?"
    r"|(?P<word>(?:[^\W\d_]\.){2,4}|[^\W\d_]+(?:\u00ad[^\W\d_]+)*\.?)"
    r"|\n[ \t]*\n|[^\s\u00ad\u200b\u2060\ufeff]|\x1f"
)
_DIGIT = re.compile("[0-9]")
_SIGNS = {",": ",", "/": "/", "&": "a"} | dict.fromkeys("-\u2010\u2011\u2012–—", "-")


def _tokens(text: str, words: Grammar) -> Iterator[_Token]:
    glued = False  # a letter stands right before
    end = 0
    for match in _TOKEN.finditer(text):
        glued = glued and match.start() == end
        end = match.end()
        if match["number"]:
            yield _number(match, words, glued)
        elif match["word"]:
            yield from _word(match, words)
        else:
            yield _Token(match.start(), end, _SIGNS.get(match[0], "x"))
        glued = match[0][-1].isalpha() and words.forms.get(match[0], ("x", 0))[0] != "c"


def _number(match: re.Match[str], words: Grammar, glued: bool) -> _Token:
    number, suffix = match["number"], match["suffix"] or ""
    start, end = match.span()
    if glued or len(number) > 4 or not number.isdigit() or not int(number):
        return _Token(start, end, "x")
    value = int(number)
    if suffix in words.decade_suffixes and 1000 <= value <= 2100 and value % 10 == 0:
        return _Token(start, end, "k", value)
    if suffix in words.day_suffixes and value < 40:
        return _Token(start, end, "o", value)
    if suffix[:1] in ("'", "’"):
        end = match.end("number")
    elif suffix:
        return _Token(start, end, "x")
    if len(number) == 4:
        return _Token(start, end, "y" if 1000 <= value <= 2100 else "z", value)
    return _Token(start, end, "d" if value < 40 and len(number) < 3 else "n", value)


def _word(match: re.Match[str], words: Grammar) -> Iterator[_Token]:
    written = match["word"].replace("\u00ad", "")
    start, end = match.span()
    for form in (written, written.lower()):
        if form in words.forms:
            yield _Token(start, end, *words.forms[form])
            return
    bare = written.rstrip(".")
    kind, value = words.forms.get(bare) or words.forms.get(bare.lower()) or ("x", 0)
    yield _Token(start, end - len(written) + len(bare), kind, value)
    if bare != written:
        yield _Token(end - 1, end, "x")


# --- rules, compiled from a grammar

_SLOTS = {"d": "[do]", "m": "M", "s": "S", "k": "k", "n": "[dn]", "y": "(?:E[dnyz]|[dnyz][eE]|y)"}
_JOIN = "(?P<j>[-tua/])w?"
_STARTERS = re.compile("[^-xwfa,/tge]")


@dataclass(frozen=True, slots=True)
class _Rules:
    grammar: Grammar
    points: tuple[re.Pattern[str], ...]
    shared: tuple[re.Pattern[str], ...]
    opens: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _rules(language: str) -> _Rules | None:
    words = grammar(language)
    if words is None:
        return None
    points = tuple(_compiled(pattern) for pattern in words.points)
    shared = tuple(_compiled(pattern) for pattern in (*words.shared, *_ERAS))
    return _Rules(words, points, shared, tuple((re.compile(p), form) for p, form in words.opens))


# 100–44 BC, AD 14–37: the era is said once.
_ERAS = ("(?P<y1>[dnyz])J(?P<y2>[dnyz]e)", "(?P<y1>E[dnyz]|[dnyz]E)J(?P<y2>[dnyz])")


def _compiled(pattern: str) -> re.Pattern[str]:
    def slot(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}{match[2]}>{_SLOTS[match[1]]})"

    return re.compile(re.sub("(?<!P)<([dmsykn])([12]?)>", slot, pattern).replace("J", _JOIN))


# --- reading


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    tokens: tuple[_Token, ...]
    kinds: str  # one letter for each token, and an x at the end
    rules: _Rules


@dataclass(frozen=True, slots=True)
class _Read:
    """Tokens from `first` up to `stop`, read as EDTF; `doubt` is why that is not the only reading."""

    first: int
    stop: int
    text: str
    doubt: str = ""


def _found(line: _Line) -> Iterator[Found]:
    at = 0
    while match := _STARTERS.search(line.kinds, at):
        at = match.start() + 1
        reads = _longest(line, match.start())
        if reads and _is_dated(line, reads[0].first, reads[-1].stop):
            at = reads[-1].stop
            yield from (_judged(line, read) for read in reads)


def _longest(line: _Line, at: int) -> list[_Read]:
    """What begins at a token; two readings for "2 and 5 March 1938"."""
    point = _point(line, at)
    ways = [_whole_day(line, at), _opened(line, at), _range(line, at), _shared(line, at), [point] if point else []]
    return max(ways, key=lambda way: way[-1].stop if way else 0)


def _point(line: _Line, at: int) -> _Read | None:
    """One date, with its "circa", and with an article if it is the second of two."""
    is_circa = line.kinds[at] == "c"
    begin = at + is_circa
    if line.kinds[begin] == "w" and line.kinds[begin + 1] in "kSopqrd":
        begin += 1
    best: _Read | None = None
    for pattern in line.rules.points:
        match = pattern.match(line.kinds, begin)
        if match and (best is None or match.end() > best.stop):
            text = _point_text(line, match)
            best = _Read(at, match.end(), text + "~" * is_circa) if text else best
    return best


def _point_text(line: _Line, match: re.Match[str]) -> str:
    decade, season, digits = (_value(line, match, name) for name in ("k", "s", "n"))
    if decade:
        return f"{decade // 10:03d}X"
    year = _year(line, match, "y")
    if digits and not (season == 24 and digits == (year + 1) % 100):
        return ""
    return _written(year, _value(line, match, "m") or season, _value(line, match, "d"))


def _whole_day(line: _Line, at: int) -> list[_Read]:
    """1936-08-19"""
    if not line.kinds.startswith("y-d-d", at):
        return []
    year, _, month, _, day = line.tokens[at : at + 5]
    is_iso = day.end - year.start == 10 and line.text[year.end] in _HYPHENS and month.value <= 12
    return [_Read(at, at + 5, _written(year.value, month.value, day.value))] if is_iso else []


def _opened(line: _Line, at: int) -> list[_Read]:
    """before 1917, after the 1920s, since May 1936"""
    for pattern, form in line.rules.opens:
        match = pattern.match(line.kinds, at)
        point = match and _point(line, match.end())
        if point:
            return [_Read(at, point.stop, form.format(point.text))]
    return []


_YEAR_PAIR = re.compile("y[-/][dny]")
_JOINS = {"F": "-tu", "B": "-ta"}


def _range(line: _Line, at: int) -> list[_Read]:
    """from 1936 to 1939, between 1936 and 1938, May 1919–September 2014, 1936–38, 1936 onwards"""
    opener = line.kinds[at] if line.kinds[at] in _JOINS else ""
    start = _point(line, at + len(opener))
    if start is None:
        return []
    join = line.kinds[start.stop]
    if join == "g":
        return [_Read(at, start.stop + 1, f"{start.text}/")]
    end = _point(line, start.stop + 1) if join in _JOINS.get(opener, "-tu") else None
    if end is None:
        return _short(line, at, start)
    is_circa = join == "-" and start.text.endswith("~") and not end.text.endswith("~")
    return [_Read(at, end.stop, f"{start.text}/{end.text}{'~' * is_circa}")]


def _short(line: _Line, at: int, start: _Read) -> list[_Read]:
    """1936–38, 1936/37, 1936/1937, the month 1936-08; but 1904-07 may be either."""
    if not _YEAR_PAIR.match(line.kinds, start.stop - 1) or len(start.text.rstrip("~")) != 4:
        return []
    year, sign, last = line.tokens[start.stop - 1 : start.stop + 2]
    digits = last.end - last.start
    if last.end - year.start != 5 + digits:
        return []
    end = year.value - year.value % 10**digits + last.value
    circa = "~" if start.text.endswith("~") else ""
    if digits == 2 and line.text[sign.start] in _HYPHENS and last.value <= 12:
        return [_month(start.first, start.stop + 2, year.value, last.value, end, circa)]
    return [_Read(at, start.stop + 2, f"{start.text}/{end:04d}{circa}")] if end > year.value else []


def _month(first: int, stop: int, year: int, month: int, end: int, circa: str) -> _Read:
    text = _written(year, month, 0) + circa
    date = edtf.parse(text)
    doubt = f"it may be {date.shown('en')} or {year} to {end}" if date and end > year else ""
    return _Read(first, stop, text, doubt)


def _shared(line: _Line, at: int) -> list[_Read]:
    """19–24 August 1936, from August to September 1936, 100–44 BC; 2 and 3 March 1938"""
    opener = line.kinds[at] if line.kinds[at] in _JOINS else ""
    begin = at + len(opener) + (line.kinds[at : at + 2] in ("Fw", "Bw"))
    matches = [pattern.match(line.kinds, begin) for pattern in line.rules.shared]
    match = max((match for match in matches if match), key=lambda match: match.end(), default=None)
    if match is None or (opener and match["j"] not in _JOINS[opener]):
        return []
    start, end = _shared_texts(line, match)
    joint = match.start("j")
    apart = match["j"] == "a" and not opener and not _is_next(start, end)
    if apart or line.tokens[joint].value:
        after = min(match.start(name) for name in ("d2", "m2", "s2", "y2") if _has(match, name))
        return [_Read(at, joint, start), _Read(after, match.end(), end)]
    return [_Read(at, match.end(), f"{start}/{end}")]


def _shared_texts(line: _Line, match: re.Match[str]) -> tuple[str, str]:
    def value(kind: str, own: str, other: str) -> int:
        return _value(line, match, kind + own) or _value(line, match, kind + other)

    end_year = _year(line, match, "y2")
    start_year = _year(line, match, "y1") if _has(match, "y1") else end_year
    if end_year <= 0 < start_year:
        start_year = 1 - start_year
    start, end = (
        _written(year, value("m", own, other) or _value(line, match, "s" + own), _value(line, match, "d" + own))
        for year, own, other in ((start_year, "1", "2"), (end_year, "2", "1"))
    )
    return start, end


def _is_next(start: str, end: str) -> bool:
    """Whether two days of one month, or two months of one year, follow each other."""
    return "-" in start[1:] and start[:-2] == end[:-2] and int(start[-2:]) + 1 == int(end[-2:])


def _has(match: re.Match[str], name: str) -> bool:
    return name in match.re.groupindex and match[name] is not None


def _value(line: _Line, match: re.Match[str], name: str) -> int:
    return line.tokens[match.start(name)].value if _has(match, name) else 0


def _year(line: _Line, match: re.Match[str], name: str) -> int:
    """As astronomers count: 44 BC is -43."""
    tokens = line.tokens[match.start(name) : match.end(name)]
    number = max(token.value for token in tokens)
    return 1 - number if any(token.kind == "e" for token in tokens) else number


def _written(year: int, month: int, day: int) -> str:
    return edtf.iso_year(year) + "".join(f"-{part:02d}" for part in (month, day) if part)


# --- judging

_HYPHENS = "-\u2010\u2011"
_CHAINED_BEFORE = re.compile(r"(?:\w[-\u2010\u2011/:]|[0-9][–—.,:]|[_.])\Z")
_CHAINED_AFTER = re.compile(r"[-\u2010-\u2013]?[0-9]|/\w|_")


def _is_dated(line: _Line, first: int, stop: int) -> bool:
    """Whether bare numbers are years here: no page, price or quantity, no part of a longer number."""
    if any(kind in "MSkeE" for kind in line.kinds[first:stop]):
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
    return Found(start, end, "", "date-impossible", reason) if reason else Found(start, end, read.text)
