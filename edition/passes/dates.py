"""Dates in the text: calendar expressions become <date> with their bounds; the editor's own marks and decisions first.

Knows one unit; what an expression means is passes/calendar_words.py, what EDTF is, edtf.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .. import edtf
from ..book import Dated
from ..normal.vocabulary import blocks, is_within_unread, place, standing
from ..problems import Problem
from ..xml import ID, LANG, Element, all_named, local, tei
from .calendar_words import find
from .date_lint import disagrees
from .spans import covered, flow, wrap

SETTLED = frozenset(("rs", "date"))
Decided = Callable[[str], Mapping[str, str]]


def mark(
    unit: Element, file: str, key: str, language: str, decided: Decided, style: edtf.Style = edtf.OURS
) -> list[Problem]:
    """Write <date> into a unit. `decided` gives, for a block's id, expression -> event id or "none"; `style` is how the
    text counts."""
    problems = [*_own_marks(unit, file, key), *_lint(unit, file, key, language, style)]
    for block in blocks(unit):
        if local(block) == "head" and block.get("type") == "short":
            continue
        choices = decided(block.get(ID, ""))
        text = flow(block).text
        expressions = find(text, _language(block, language), style=style)
        settled = covered(block, SETTLED) if expressions else ()
        for found in reversed(expressions):
            if any(start < found.end and found.start < end for start, end in settled):
                continue
            expression = text[found.start : found.end]
            choice = choices.get(expression.replace("\u00a0", " "), "")
            if not found.edtf:
                where = place(block, unit, file, key)
                hint = "correct it, or mark the passage as it should be read: [words]{date=…}"
                problems.append(Problem(found.code, where, f"“{expression}”: {found.reason}", hint))
            elif choice != "none":
                wrap(block, found.start, found.end, lambda f=found, c=choice: _date(f.edtf, c))  # type: ignore[misc]
    return problems


def _own_marks(unit: Element, file: str, key: str) -> list[Problem]:
    """The editor's own `{date=…}`: made <date>, or complained of."""
    problems = []
    own = [rs for rs in all_named(unit, "rs") if rs.get("type") == "date"]
    places = [place(rs, unit, file, key) for rs in own]
    for rs, where in zip(own, places, strict=True):
        text = rs.get("key", "")
        if text != "none" and (reason := edtf.problem_with(text)):
            problems.append(Problem("date-edtf", where, f"“{text}” is no date: {reason}", edtf.HINT))
            continue
        made = _date(text, "") if text != "none" else tei("seg")
        rs.tag = made.tag
        rs.attrib.clear()
        rs.attrib.update(made.attrib)
    return problems


def _lint(unit: Element, file: str, key: str, language: str, style: edtf.Style) -> Iterator[Problem]:
    """Complains of dates of the source whose value says otherwise than their words."""
    for date in all_named(unit, "date"):
        words, value = "".join(date.itertext()), literal(date)
        own = disagrees(words, _language(date, language), value, style) if value else ""
        if own:
            text = f"“{' '.join(words.split())}” has the value {value}, but says {own}"
            yield Problem("date-when", place(date, unit, file, key), text, "correct the one or the other in the source")


def _date(text: str, event: str) -> Element:
    date = edtf.parse(text)
    assert date is not None
    return tei("date", {**date.tei_attributes(), **({"corresp": f"#event-{event}"} if event else {})})


def literal(date: Element) -> str:
    """The EDTF of a <date> of ours; "" for a date without machine-readable value."""
    own = date.get("when-custom") or date.get("when")
    if own:
        return str(own)
    first, last = date.get("from"), date.get("to")
    return f"{first or '..'}/{last or '..'}" if first or last else ""


def gather(unit: Element) -> tuple[Dated, ...]:
    """Every date of a unit that has a machine-readable value, in document order."""
    found = []
    for element in all_named(unit, "date"):
        value = edtf.parse(literal(element))
        if value is not None and not is_within_unread(element):
            event = element.get("corresp", "").removeprefix("#event-")
            found.append(Dated(value.text, value.first, value.last, element.get(ID, ""), *standing(element), event))
    return tuple(found)


def _language(element: Element, default: str) -> str:
    found: Element | None = element
    while found is not None:
        if found.get(LANG):
            return str(found.get(LANG))
        found = found.getparent()
    return default
