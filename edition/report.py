"""Problems as text, in four formats: full (excerpt and caret), concise, json, github.

Owns the look of a complaint; must not know where problems come from, and opens no file.
"""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from .problems import Place, Problem

FORMATS = ("full", "concise", "json", "github")
WIDTH = 100
TAB = "    "

Read = Callable[[str], "bytes | None"]
Show = Callable[[str], str]

_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "place": "1", "gutter": "34"}
_LEVELS = {"error": "error", "warning": "warning", "info": "notice"}
_NEWLINE = re.compile("\r\n|\n|\r")


def render(problems: Sequence[Problem], form: str, read: Read, show: Show = str, colour: bool = False) -> str:
    """The report of `problems` (with absolute places) in one of FORMATS, ending in a newline; "" without any.

    `read` gives a file's bytes for excerpts, by the name a Place has; `show` gives the name to print for it.
    JSON is a list of objects with the keys code, severity, file, line, column, text, hint; always a list.
    """
    if form == "json":
        listed = [_json(problem, show) for problem in problems]
        return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"
    if not problems:
        return ""
    if form == "github":
        return "".join(_github(problem, show) + "\n" for problem in problems)
    if form == "concise":
        return "".join(_first_line(problem, show, colour) + "\n" for problem in problems)
    lines: dict[str, list[str]] = {}
    return "\n".join(_full(problem, _line(problem.place, read, lines), show, colour) for problem in problems)


def summary(problems: Sequence[Problem]) -> str:
    """ "2 errors, 1 warning"; "" if there is nothing to count."""
    counts = []
    for severity, name in (("error", "error"), ("warning", "warning"), ("info", "note")):
        number = sum(problem.severity == severity for problem in problems)
        if number:
            counts.append(f"{number} {name}{'s' if number > 1 else ''}")
    return ", ".join(counts)


# --- formats


def _json(problem: Problem, show: Show) -> dict[str, str | int]:
    place = problem.place
    return {
        "code": problem.code,
        "severity": problem.severity,
        "file": show(place.file) if place.file else "",
        "line": place.line,
        "column": place.column,
        "text": problem.text,
        "hint": problem.hint,
    }


def _github(problem: Problem, show: Show) -> str:
    """A workflow command of GitHub Actions, which annotates the line in question."""
    place = problem.place
    where = {
        "file": show(place.file) if place.file else "",
        "line": place.line or "",
        "col": place.column or "",
    }
    properties = ",".join(f"{k}={_escape_property(str(v))}" for k, v in where.items() if v)
    title = f"{',' if properties else ''}title={_escape_property(problem.code)}"
    text = problem.text + (f"\n{problem.hint}" if problem.hint else "")
    return f"::{_LEVELS[problem.severity]} {properties}{title}::{_escape(text)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _first_line(problem: Problem, show: Show, colour: bool) -> str:
    """ "file:line:column: severity[code]: text", with as much of the place as is known."""
    place = problem.place
    where = show(place.file) if place.file else ""
    if where and place.line:
        where += f":{place.line}" + (f":{place.column}" if place.column else "")
    label = _paint(f"{problem.severity}[{problem.code}]", problem.severity, colour)
    return (_paint(f"{_safe(where)}:", "place", colour) + " " if where else "") + f"{label}: {_safe(problem.text)}"


def _full(problem: Problem, line: str | None, show: Show, colour: bool) -> str:
    number = str(problem.place.line) if line is not None else ""
    gutter = " " * (2 + len(number))
    rows = [_first_line(problem, show, colour)]
    if line is not None:
        shown, before = excerpt(line, problem.place.column)
        rows.append(_paint(f"  {number} |", "gutter", colour) + (f" {shown}" if shown else ""))
        if problem.place.column:
            caret = _paint("^", problem.severity, colour)
            rows.append(f"{_paint(f'{gutter} |', 'gutter', colour)} {' ' * before}{caret}")
    if problem.hint:
        rows.append(f"{gutter} {_paint('=', 'gutter', colour)} {_safe(problem.hint)}")
    return "\n".join(rows) + "\n"


def _paint(text: str, kind: str, colour: bool) -> str:
    return f"\x1b[{_COLOURS[kind]}m{text}\x1b[0m" if colour else text


# --- excerpts


def _line(place: Place, read: Read, lines: dict[str, list[str]]) -> str | None:
    """The line of a place; None if the file has no such line or is not UTF-8. `lines` keeps what was read."""
    if not place.file or not place.line:
        return None
    if place.file not in lines:
        try:
            text = (read(place.file) or b"").decode("utf-8-sig")
        except UnicodeDecodeError:
            text = ""
        lines[place.file] = _NEWLINE.split(text) if text else []
    found = lines[place.file]
    return found[place.line - 1] if place.line <= len(found) else None


def excerpt(line: str, column: int, width: int = WIDTH) -> tuple[str, int]:
    """A line as a terminal can show it in `width` cells, cut around `column` (from 1); the cells before that.

    A tab is four cells, a wide character (Unicode Standard Annex 11) two, a combining mark none.
    """
    line = line.rstrip()
    shown = [_visible(char) for char in line]
    offsets = [0, *accumulate(sum(map(_cells, text)) for text in shown)]
    caret = offsets[min(max(column - 1, 0), len(shown))]
    if offsets[-1] <= width:
        return "".join(shown), caret
    inner = width - 2
    left = min(max(caret - inner // 2, 0), offsets[-1] - inner)
    first, last = bisect_left(offsets, left), bisect_right(offsets, left + inner) - 1
    while first < last and offsets[first + 1] == offsets[first]:
        first += 1
    head, tail = "…" if first else "", "…" if last < len(shown) else ""
    return head + "".join(shown[first:last]) + tail, caret - offsets[first] + len(head)


def _visible(char: str) -> str:
    """What stands for a character on a terminal: controls and marks of direction could play tricks there."""
    if char == "\t":
        return TAB
    if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in "\u200c\u200d":
        return "\ufffd"
    return char


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _safe(text: str) -> str:
    """A message as one line, with nothing in it that a terminal would obey."""
    return "".join(map(_visible, " ".join(text.split())))
