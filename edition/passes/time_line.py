"""A time line as a drawing: an axis to scale, a mark for each event, labels beside it that make room for one another.

Points are dots, what lasts is a bar behind them, hollow where the date is not certain. Knows events and how a language
writes dates; knows no file and no page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from .. import edtf
from ..book import Event
from .lives import shown

FEWEST, MOST = 15, 60  # events that make a time line worth drawing, and legible
ADDRESS = "made:time-line.svg"  # of the drawing, as a graphic names it
_WIDTH, _AXIS, _LABELS = 480, 60, 96  # pixels of CSS: the whole, the axis, where labels begin
_TOP, _PITCH, _TALLEST = 12.0, 16.0, 580.0
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
_SURE = "#222222"
_GREY = "#767676"
_LIGHT = "#cccccc"


def chosen(events: Iterable[Event], start: str, end: str) -> list[Event]:
    """The events that have a date and lie within `start` … `end` (EDTF, "" for no bound)."""
    first, last = (edtf.parse(text) if text else None for text in (start, end))
    return [
        event
        for event in events
        if (event.first or event.last)
        and (first is None or (event.first or event.last) >= first.first)
        and (last is None or (event.last or event.first) <= last.last)
    ]


def drawing(events: Sequence[Event], language: str) -> bytes:
    """An SVG of the events, which are in order of time."""
    size = min(11.0, 0.8 * min(_PITCH, _TALLEST / len(events)))
    bounds = [(_years(event.first or event.last), _years(event.last or event.first)) for event in events]
    start, end = min(first for first, _ in bounds), max(last for _, last in bounds)
    pitch = size / 0.8
    height = pitch * (len(events) - 1) + 2 * _TOP
    scale = (height - 2 * _TOP) / ((end - start) or 1)
    marks = [(_TOP + (first - start) * scale, _TOP + (last - start) * scale) for first, last in bounds]
    rows = _apart([mark[0] for mark in marks], pitch, _TOP, height - _TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_number(height)}" '
        f'viewBox="0 0 {_WIDTH} {_number(height)}" font-family="Source Serif, serif" font-size="{_number(size)}">',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<path d="M{_AXIS} {_number(_TOP)}V{_number(height - _TOP)}" stroke="{_GREY}" stroke-width="1"/>',
        *_ticks(start, end, scale, size, language),
    ]
    parts += [_leader(mark[0], row) for mark, row in zip(marks, rows, strict=True)]
    drawn = [_mark(event, *mark) for event, mark in zip(events, marks, strict=True)]
    parts += [*(bar for bar in drawn if bar.startswith("<rect")), *(dot for dot in drawn if dot.startswith("<circle"))]
    parts += [_label(event, row, size, language) for event, row in zip(events, rows, strict=True)]
    return "\n".join([*parts, "</svg>\n"]).encode()


def _years(day: str) -> float:
    """An ISO day as years and a part of one."""
    year, month, number = day.rsplit("-", 2)
    return int(year) + (int(month) - 1) / 12 + (int(number) - 1) / 372


def _apart(wanted: Sequence[float], pitch: float, top: float, bottom: float) -> list[float]:
    """Places in the same order, at least `pitch` from one another, each group as near as can be to what is wanted."""
    groups: list[tuple[float, int]] = []  # where its first would be, averaged over all of it; how many
    for place in wanted:
        groups.append((place, 1))
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] * pitch > groups[-1][0]:
            (one, n), (two, m) = groups[-2:]
            groups[-2:] = [((one * n + (two - n * pitch) * m) / (n + m), n + m)]
    found: list[float] = []
    left = len(wanted)
    for first, count in groups:
        first = max(first, found[-1] + pitch if found else top)
        first = min(first, bottom - (left - 1) * pitch)
        found += [first + n * pitch for n in range(count)]
        left -= count
    return found


def _ticks(start: float, end: float, scale: float, size: float, language: str) -> list[str]:
    """Years beside the axis: every one, or every second, fifth, tenth …, so that they do not touch."""
    step = next((step for step in _STEPS if step * scale >= 1.6 * size), _STEPS[-1])
    found = []
    for year in range(-(-int(start) // step) * step, int(end) + 1, step):
        place = _TOP + (year - start) * scale
        if place < _TOP - 0.5:
            continue
        found.append(f'<path d="M{_AXIS - 5} {_number(place)}H{_AXIS}" stroke="{_GREY}" stroke-width="1"/>')
        said = _escaped(shown(edtf.iso_year(year), language))
        found.append(
            f'<text x="{_AXIS - 9}" y="{_number(place + size / 3)}" text-anchor="end" fill="{_GREY}">{said}</text>'
        )
    return found


def _mark(event: Event, first: float, last: float) -> str:
    """A dot, or a bar for what lasts; hollow where the date is circa, doubtful or open."""
    is_sure = bool(event.first and event.last) and not any(mark in event.edtf for mark in "~?%X[")
    if last - first < 5:
        look = f'fill="{_SURE}" stroke="#ffffff"' if is_sure else f'fill="#ffffff" stroke="{_SURE}"'
        return f'<circle cx="{_AXIS}" cy="{_number((first + last) / 2)}" r="2.7" stroke-width="0.8" {look}/>'
    look = f'fill="{_LIGHT if is_sure else "#ffffff"}" fill-opacity="0.6" stroke="{_GREY}" stroke-width="0.5"'
    return f'<rect x="{_AXIS - 3}" y="{_number(first)}" width="6" height="{_number(last - first)}" rx="3" {look}/>'


def _leader(place: float, row: float) -> str:
    turn = f"M{_AXIS + 5} {_number(place)}L{_LABELS - 12} {_number(row)}H{_LABELS - 4}"
    return f'<path d="{turn}" fill="none" stroke="{_LIGHT}" stroke-width="0.5"/>'


def _label(event: Event, row: float, size: float, language: str) -> str:
    date = shown(event.edtf, language)
    room = int((_WIDTH - _LABELS) / (0.47 * size)) - len(date) - 2
    said = event.label if len(event.label) <= room else f"{event.label[: room - 1].rsplit(' ', 1)[0]}…"
    words = f'<tspan fill="{_GREY}">{_escaped(date)}</tspan>\u2002{_escaped(said)}'
    return f'<text x="{_LABELS}" y="{_number(row + size / 3)}" fill="{_SURE}">{words}</text>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    return escape(text, quote=False)
