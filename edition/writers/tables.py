"""Columns of a table whose cells are all short: these are not broken over lines.

Knows XHTML as units have it; knows no layout and no style but the class `kept`.
"""

from __future__ import annotations

from ..xml import XHTML, Element, local

_SHORT = 18  # letters: a name, a date, a range of pages
_TOGETHER = 40  # letters that short columns may have together, so that a narrow page can hold them


def keep_short_columns(root: Element) -> None:
    """Mark the cells of short columns, from the shortest column on while there is room; tables with spans are left."""
    for table in root.iter(f"{{{XHTML}}}table"):
        rows = [[cell for cell in row if local(cell) in ("td", "th")] for row in table.iter(f"{{{XHTML}}}tr")]
        if len({len(row) for row in rows}) != 1 or any(cell.get("colspan") for row in rows for cell in row):
            continue
        columns = sorted((max(map(_letters, cells)), number) for number, cells in enumerate(zip(*rows, strict=True)))
        left = _TOGETHER
        for letters, number in columns:
            left -= letters
            if letters <= _SHORT and left >= 0:
                for row in rows:
                    row[number].set("class", f"{row[number].get('class') or ''} kept".strip())


def _letters(cell: Element) -> int:
    return len(" ".join("".join(cell.itertext()).split()))
