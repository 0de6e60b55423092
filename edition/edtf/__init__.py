"""Dates as EDTF (ISO 8601-2): what they are, their bounds and order, calendars, and how each language writes them.

Knows no trees, no files and no prose, and imports nothing of ours.
"""

from __future__ import annotations

from .calendars import Day, days_in_julian, gregorian, julian
from .reading import HINT, Edtf, Point, days_in, iso, iso_year, parse, problem_with
from .styles import OURS, YEAR_STARTS, Style, new_style, ours, style

__all__ = [
    "HINT", "OURS", "YEAR_STARTS", "Day", "Edtf", "Point", "Style", "days_in", "days_in_julian", "gregorian",
    "iso", "iso_year", "julian", "new_style", "ours", "parse",
    "problem_with", "style",
]  # fmt: skip
