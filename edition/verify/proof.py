"""The finished pages of a PDF as a proof-reader sees them: widows, orphans, stranded heads, ladders, lines.

Reads the PDF by poppler alone and the map of its pages (`<id>.pages.json`); knows nothing of what laid it out.
"""

from __future__ import annotations

import html
import re
import statistics
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from ..book import PageMap
from ..problems import Place, Problem

LADDER = 3  # more divided lines than this in succession are complained of
LOOSE = 2.2  # a space between words, in parts of the usual one
FULL = 1.5  # points that a line may stand out of the measure
RIVER = 5  # lines
_MARGIN = 3  # points that a number in the margin stands off from its line, at least
_NEAR = 1.2  # lines of one paragraph are no further apart than this, in parts of the leading
_FREQUENT = 20
_LONG = 0.6  # of the widest line
_HYPHENS = "-\u2010\u00ad"
_MARK = re.compile(r"\d+\.|[–•]")
_WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


class Word(Struct, frozen=True):
    """A word of a page: its box in points, from the top left; its text."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


class Line(Struct):
    """Words that stand on one line, from left to right."""

    words: list[Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def middle(self) -> float:
        return statistics.median((word.top + word.bottom) / 2 for word in self.words)

    @property
    def height(self) -> float:
        return statistics.median(word.bottom - word.top for word in self.words)

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def spaces(self) -> list[float]:
        """The spaces between its words; none behind the mark of an item of a list."""
        words = self.words[1:] if _MARK.fullmatch(self.words[0].text) else self.words
        return [after.left - before.right for before, after in zip(words, words[1:], strict=False)]


class Page(Struct, frozen=True):
    """A page: its label, the unit whose it is, the lines of its text; head, folio and notes are left out."""

    label: str
    unit: str
    lines: tuple[Line, ...]


class Shape(Struct, frozen=True):
    """What text of a book mostly is: its left and right edge on rectos and versos, indent, leading, size. `speakers`
    are those of its plays, as lines of their own say them."""

    edges: tuple[tuple[float, float], tuple[float, float]]
    indent: float
    leading: float
    height: float
    speakers: frozenset[str] = frozenset()


def check_pages(pdf: bytes, pages: PageMap) -> list[Problem]:
    """What a proof-reader would mark, each with the label of its page. Raises FileNotFoundError without poppler."""
    sheets = _sheets(pdf)
    if len(sheets) != len(pages.starts):
        said = f"the PDF has {len(sheets)} pages, the map beside it {len(pages.starts)}"
        return [Problem("page-map", Place(""), said, "build both again, and keep them together")]
    found = [Page(start.label, start.unit, tuple(_lines(of))) for start, of in zip(pages.starts, sheets, strict=True)]
    text = [page for page in found if page.unit and not page.unit.startswith("@")]
    if not any(page.lines for page in text):
        return []
    shape = _shape(text)
    shape = replace(shape, speakers=_speakers([_Own(page, shape) for page in text]))
    return [problem for k, page in enumerate(text) for problem in _marked(page, k, text, shape)]


# --- from the PDF to lines


def _sheets(pdf: bytes) -> list[str]:
    command = ["pdftotext", "-bbox", "-", "-"]
    out = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    return out.split("<page ")[1:]


def _lines(sheet: str) -> Iterator[Line]:
    """The lines of a sheet from top to bottom: words whose middles are level, from left to right."""
    lines: list[Line] = []
    for word in sorted(map(_word, _WORD.finditer(sheet)), key=lambda word: (word.top + word.bottom, word.left)):
        if lines and abs(lines[-1].middle - (word.top + word.bottom) / 2) < (word.bottom - word.top) / 4:
            lines[-1].words.append(word)
        else:
            lines.append(Line([word]))
    for line in lines:
        line.words.sort(key=lambda word: word.left)
        yield Line(_without_margin_numbers(line))


def _without_margin_numbers(line: Line) -> list[Word]:
    """The words of a line but for small numbers that stand off before or behind them: of a paragraph, of lines."""
    words = line.words
    if len(words) > 1 and _is_small_number(words[-1], line) and words[-1].left - words[-2].right > _MARGIN:
        words = words[:-1]
    if len(words) > 1 and _is_small_number(words[0], line) and words[1].left - words[0].right > _MARGIN:
        words = words[1:]
    return words


def _is_small_number(word: Word, line: Line) -> bool:
    return word.text.isdigit() and word.bottom - word.top < 0.9 * max(other.bottom - other.top for other in line.words)


def _word(found: re.Match[str]) -> Word:
    left, top, right, bottom = map(float, found.groups()[:4])
    return Word(left, top, right, bottom, html.unescape(found[5]))


# --- what text mostly is


def _shape(pages: Sequence[Page]) -> Shape:
    height = _mode(round(line.height, 1) for page in pages for line in page.lines)
    sides: list[list[Line]] = [[], []]
    gaps = []
    for page in pages:
        own = [line for line in page.lines if abs(line.height - height) < 0.5]
        sides[_side(page)] += own
        gaps += [round(after.middle - before.middle, 1) for before, after in zip(own, own[1:], strict=False)]
    edges = [(_mode(round(x.left) for x in own), _right_edge(own)) if own else (0, 0) for own in sides]
    starts = [
        round(line.left - edges[side][0], 1)
        for side, own in enumerate(sides)
        for line in own
        if line.left > edges[side][0] + 5
    ]
    return Shape((edges[0], edges[1]), _mode(starts) if starts else 0.0, _mode(gaps) if gaps else height, height)


def _mode(values: Any) -> float:
    found = list(values)
    return float(max(sorted(set(found)), key=found.count)) if found else 0.0


def _right_edge(lines: Sequence[Line]) -> float:
    """The widest edge at which one line in twenty ends, a longer one; where all are ragged, as in verse, that of the
    widest line. Names of speakers, all of a width, are not among the longer lines."""
    left, widest = min(line.left for line in lines), max(line.right for line in lines)
    ends = [round(line.right) for line in lines if line.right - left > _LONG * (widest - left)]
    return float(
        max((edge for edge, count in Counter(ends).items() if count * _FREQUENT >= len(lines)), default=widest)
    )


def _side(page: Page) -> int:
    return int(page.label) % 2 if page.label.isdigit() else 0


def _speakers(pages: Sequence[_Own]) -> frozenset[str]:
    """Who speaks in a play: what stands more than once in a short line that is not drawn in, off from the line above it
    and close to one of verse below."""
    said = Counter(
        _name(own.lines[k])
        for own in pages
        for k in range(len(own.lines) - 1)
        if own.stands_off(k) and own.may_be_speaker(k) and own.ends(k + 1) and not own.stands_off(k + 1)
    )
    return frozenset(name for name, times in said.items() if times > 1)


def _name(line: Line) -> str:
    """A speaker's name without a direction behind it, a stop or a colon."""
    return line.text.partition("(")[0].strip(" .:,")


# --- what is marked


def _marked(page: Page, k: int, text: Sequence[Page], shape: Shape) -> Iterator[Problem]:
    own = _Own(page, shape)
    before = _Own(text[k - 1], shape) if k and text[k - 1].unit == page.unit else None
    after = _Own(text[k + 1], shape) if k + 1 < len(text) and text[k + 1].unit == page.unit else None
    for code, line, said in (*own.at_top(before), *own.at_foot(after), *own.within()):
        where = Place(page.unit.rpartition("#")[0], unit=page.unit)
        yield Problem(code, where, f"page {page.label}: {said}, at “{line.text[:40]}”", _HINT)


_HINT = "reword a line of the paragraph, or of one before it on the page"
_Mark = tuple[str, Line, str]


class _Own:
    """The lines of a page that are of the size of the text, and what each is in its paragraph."""

    def __init__(self, page: Page, shape: Shape) -> None:
        self.shape = shape
        self.left, self.right = shape.edges[_side(page)]
        self.lines = [line for line in page.lines if abs(line.height - shape.height) < 0.5 and line.left < self.right]
        self.heads = [line for line in page.lines if line.height > shape.height + 0.5]

    def begins(self, k: int) -> bool:
        """Whether a line begins a paragraph: it is indented, or stands off from the line above."""
        return abs(self.lines[k].left - self.left - self.shape.indent) < 1.5 or self.stands_off(k)

    def stands_off(self, k: int) -> bool:
        return k > 0 and self._gap(k) > _NEAR * self.shape.leading

    def _gap(self, k: int) -> float:
        return self.lines[k].middle - self.lines[k - 1].middle

    def ends(self, k: int) -> bool:
        """Whether a line ends a paragraph: it does not reach the right edge."""
        return self.lines[k].right < self.right - 3

    def may_be_speaker(self, k: int) -> bool:
        return self.ends(k) and self.lines[k].left < self.left + 1.5

    def names_speaker(self, k: int) -> bool:
        name = _name(self.lines[k])
        return any(name == known or name.startswith(f"{known} ") for known in self.shape.speakers)

    def at_top(self, before: _Own | None) -> Iterator[_Mark]:
        if before is None or not self.lines or not before.lines or self.begins(0) or before.ends(-1):
            return
        if self.ends(0) and (len(self.lines) == 1 or self.begins(1)):
            yield "page-widow", self.lines[0], "the last line of a paragraph stands at the top"

    def at_foot(self, after: _Own | None) -> Iterator[_Mark]:
        if not self.lines or after is None or not after.lines:
            return
        last = len(self.lines) - 1
        if self.heads and self.heads[-1].middle > self.lines[-1].middle:
            yield "page-head", self.heads[-1], "a head stands at the foot without its text"
        elif self.may_be_speaker(last) and self.names_speaker(last):
            yield "page-head", self.lines[last], "a speaker stands at the foot without a line of the speech"
        elif last and self.begins(last) and not self.ends(last) and not after.begins(0):
            yield "page-orphan", self.lines[-1], "the first line of a paragraph stands at the foot"

    def within(self) -> Iterator[_Mark]:
        usual = statistics.median([space for line in self.lines for space in line.spaces()] or [0])
        ladder = 0
        for k, line in enumerate(self.lines):
            ladder = ladder + 1 if line.text[-1] in _HYPHENS and not self.ends(k) else 0
            if ladder == LADDER + 1:
                yield "page-ladder", line, f"more than {LADDER} lines in succession end with a hyphen"
            if not self.ends(k) and max(line.spaces(), default=0) > LOOSE * usual > 0:
                yield "page-loose", line, f"spaces of {max(line.spaces()) / usual:.1f} times the usual width"
            if line.right > self.right + FULL:
                yield "page-full", line, f"a line stands out by {line.right - self.right:.1f} points"
            if self.ends(k) and line.right - line.left < self.shape.indent and k and not self.begins(k):
                yield "page-short", line, "a last line is shorter than an indent"
        yield from self._rivers(usual)

    def _rivers(self, usual: float) -> Iterator[_Mark]:
        """Wide spaces that lie below each other in line after line."""
        runs: list[tuple[float, float, int]] = []
        for k, line in enumerate(self.lines):
            gaps = [(a.right, b.left) for a, b in zip(line.words, line.words[1:], strict=False)]
            wide = [gap for gap in gaps if gap[1] - gap[0] > 1.25 * usual]
            joined = k > 0 and self._gap(k) < _NEAR * self.shape.leading
            before, runs = runs if joined else [], []
            for left, right in wide:
                length = max((n for x, y, n in before if min(y, right) - max(x, left) > 0.5 * usual), default=0) + 1
                if length == RIVER:
                    yield "page-river", line, f"a river runs through {RIVER} lines"
                runs.append((left, right, length))
