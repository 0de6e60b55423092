"""The foot of a page: which notes stand there, how much of the last one, and what goes on overleaf.

Knows boxes and layout contexts by their attributes only and imports no layout engine: weasyprint_mends.py puts these
functions in the place of WeasyPrint's own, which moves notes as a whole and lets a tall one run off the paper.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from math import inf
from typing import Any

from msgspec import Struct, field

MOST = 0.75  # of a page's height: notes leave a quarter of it to the text, as long as there is text
_A_LITTLE = 0.01  # CSS pixels

Stack = dict[int, Any]  # where a box goes on, as WeasyPrint says it: ordinal of the child -> its own stack, or None


class Laid(Struct):
    """An area laid out from the top of the paper on: its box, what is left of its notes,
    its absolutely placed boxes."""

    box: Any = None
    rest: Stack | None = None
    positioned: list[Any] = field(default_factory=list)


# context, area, height, where its first note goes on, whether something must be placed whatever the height
LayArea = Callable[[Any, Any, float, "Stack | None", bool], Laid]


class Foot(Struct):
    """What WeasyPrint's context does not know of the foot of the page that is being laid out."""

    highest: float = inf  # how tall the area may be
    begun: Stack | None = None  # where its first note goes on, if the page before began it
    cut: Any = None  # the note that goes on overleaf
    limit: float = inf  # the height at which it is cut
    below: float = inf  # where the line ends that calls it
    carried: Sequence[Any] = ()  # the notes that came from the page before
    laid: Laid | None = None  # the area as it stands, and the notes it was made of
    made_of: tuple[Any, ...] = ()


def foot(context: Any) -> Foot:
    found: Foot | None = vars(context).get("foot")
    if found is None:
        found = context.foot = Foot()
    return found


# --- what a line with a note needs below it


class Ahead:
    """The lines of a paragraph as they are laid out, some of which may be looked at before their turn."""

    def __init__(self, lines: Iterator[Any]) -> None:
        self._lines = lines
        self._seen: deque[Any] = deque()

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return self._seen.popleft() if self._seen else next(self._lines)

    def next(self, count: int) -> list[Any]:
        """The next lines, so many or fewer; they keep their turn."""
        self._seen.extend(islice(self._lines, max(0, count - len(self._seen))))
        return [line for line, _ in islice(self._seen, count)]


def room(box: Any, line: Any, before: int, lines: Ahead) -> float:
    """The height that must be left to the text below a line with a note, or the line itself could not stay.

    `before` counts the paragraph's lines on the page above this one. Orphans and widows tell how many of the next lines
    belong to it; below a heading it is two of its own lines.
    """
    orphans, widows = int(box.style["orphans"]), int(box.style["widows"])
    coming = lines.next(orphans + widows)
    least = max(0, orphans - before - 1)
    rest = len(coming) - least
    wanted = least if rest == 0 or rest >= widows else len(coming)
    height = sum(each.height for each in coming[:wanted])
    if not coming and box.style["break_after"].startswith("avoid"):
        height += box.margin_bottom + 2 * line.height
    return float(height)


# --- the engine's own doors


def begin(context: Any, page: Any, area: Any, text_is_over: bool, lay: LayArea) -> None:
    """At the top of a page: put what the page before left over at the foot, as far as it goes.

    Below a note that goes on, the rule is as wide as the page.
    """
    waiting, begun = context.reported_footnotes, foot(context).begun
    context.foot = now = Foot(highest=page.height * (1 if text_is_over else MOST), begun=begun, carried=tuple(waiting))
    context.reported_footnotes = []
    area.style = area.style.copy()
    area.style["box_decoration_break"] = "clone"
    if not waiting:
        return
    if begun:
        area.style["width"] = "auto"
    area.children = list(waiting)
    rest = lay(context, area, now.highest, begun, True).rest
    placed = len(waiting)
    if rest is not None:
        ((placed, inner),) = rest.items()
        context.reported_footnotes = list(waiting[placed:])
        if inner is not None:
            now.cut, now.limit = waiting[placed], now.highest
            placed += 1
    context.current_page_footnotes += waiting[:placed]
    update(context, lay)


def put(context: Any, note: Any, lay: LayArea) -> bool:
    """Put a whole note at the foot; whether it is too tall for it."""
    context.footnotes.remove(note)
    context.current_page_footnotes.append(note)
    return bool(context.reported_footnotes) or update(context, lay)


def put_in_part(context: Any, note: Any, bottom: float, lay: LayArea) -> bool:
    """Cut the last note put at the foot, below a line of text that ends at `bottom`; whether that could be done.

    What else is called in the line of a note that goes on overleaf follows it there.
    """
    now, area = foot(context), context.current_footnote_area
    if now.cut is not None and now.below == bottom:
        put_off(context, note, lay)
        return True
    if context.in_column or context.reported_footnotes:
        return False
    limit = min(_page_bottom(context) - bottom, now.highest)
    notes = _by_series(context)
    area.children = _apart(notes, area)
    laid = lay(context, area, limit, now.begun, False)
    last = len(notes) - 1
    if (
        notes[last] is not note
        or laid.box is None
        or laid.rest is None
        or next(iter(laid.rest)) != last
        or laid.rest[last] is None
        or not _has_lines(laid.box.children[-1])
    ):
        return False
    now.cut, now.limit, now.below, now.made_of = note, limit, bottom, ()
    context.reported_footnotes.append(note)
    update(context, lay)
    return True


def take_away(context: Any, note: Any, lay: LayArea) -> None:
    """The line of a note's number is taken off the page, and the note with it."""
    now = foot(context)
    if note in context.footnotes or note in now.carried:
        return
    context.footnotes.append(note)
    for notes in (context.current_page_footnotes, context.reported_footnotes):
        if note in notes:
            notes.remove(note)
    if now.cut is note:
        now.cut, now.limit, now.below, now.made_of = None, inf, inf, ()
    update(context, lay)


def put_off(context: Any, note: Any, lay: LayArea) -> None:
    """A note goes to the next page."""
    context.current_page_footnotes.remove(note)
    context.reported_footnotes.append(note)
    update(context, lay)


def update(context: Any, lay: LayArea) -> bool:
    """Give the text what the notes leave; whether they are taller than they may be."""
    area, bottom = context.current_footnote_area, _page_bottom(context)
    made = _laid(context, lay).box if context.current_page_footnotes else None
    area.height = made.height if made else 0 if context.in_column else "auto"
    tall: float = made.margin_height() if made else 0
    if not context.in_column:
        context.page_bottom = bottom - tall
    return tall > foot(context).highest + _A_LITTLE


def finish(context: Any, area: Any, lay: LayArea) -> Laid:
    """The finished foot of a page; what does not stand on it is left to the next one."""
    notes, laid = _by_series(context), _laid(context, lay)
    left: tuple[Any, ...] = ()
    context.foot = Foot()
    if laid.rest is not None:
        ((at, inner),) = laid.rest.items()
        left = notes[at:]
        context.foot.begun = {0: inner} if inner is not None else None
    context.reported_footnotes = [*left, *(note for note in context.reported_footnotes if note not in notes)]
    return laid


def _laid(context: Any, lay: LayArea) -> Laid:
    """The area as it is now, every note laid out once if it can be."""
    now, area, notes = foot(context), context.current_footnote_area, _by_series(context)
    if now.laid is not None and notes and now.made_of == notes:
        return now.laid
    if now.laid is None or not now.made_of or now.made_of != notes[:-1] or not _add(now, context, area, lay):
        area.children = _apart(notes, area)
        now.laid = lay(context, area, now.limit, now.begun, True)
    now.made_of = notes
    area.children = list(notes)
    return now.laid


def _by_series(context: Any) -> tuple[Any, ...]:
    """The notes of the page in order: those that go on from the page before, the author's, the editor's."""
    carried = foot(context).carried
    return tuple(sorted(context.current_page_footnotes, key=lambda note: -1 if note in carried else _rank(note)))


def _rank(note: Any) -> int:
    return 0 if note.element is None else int(note.element.get("data-rank", 0))


def _apart(notes: Sequence[Any], area: Any) -> list[Any]:
    """The notes with some space where a series begins below another."""
    found = list(notes)
    for k, (above, below) in enumerate(pairwise(notes), 1):
        if _rank(above) != _rank(below):
            found[k] = below.copy()
            found[k].style = below.style.copy()
            found[k].style["margin_top"] = area.style["padding_top"]
    return found


def _add(now: Foot, context: Any, area: Any, lay: LayArea) -> bool:
    """Put the last note below the others, which stay as they are; whether that could be done: not where margins
    meet."""
    assert now.laid is not None
    area.children = list(_by_series(context)[-1:])
    more = lay(context, area, inf, None, True)
    whole, alone = now.laid.box, more.box
    if now.limit < inf or any(map(_has_margins, (*whole.children, *alone.children))):
        return False
    alone.translate(dy=whole.content_box_y() + whole.height - alone.content_box_y())
    whole.children += alone.children
    whole.height += alone.height
    now.laid.positioned += more.positioned
    return True


def _has_margins(box: Any) -> bool:
    """Whether a box, or one that begins or ends it, has space above or below that may meet its neighbour's."""
    if _is_line(box) or not hasattr(box, "margin_top"):
        return False
    ends = (box.children[0], box.children[-1]) if box.children else ()
    return bool(box.margin_top or box.margin_bottom) or any(map(_has_margins, ends))


def _page_bottom(context: Any) -> float:
    """Where the page would end without notes."""
    area = context.current_footnote_area
    known = area.height != "auto" and not context.in_column
    return float(context.page_bottom + (area.margin_height() if known else 0))


def without_empty_end(area: Any, rest: Stack) -> Stack:
    """Take off the end of an area a note of which no line is placed; it goes on the next page as a whole."""
    ((at, inner),) = rest.items()
    if at == 0 or inner is None or _has_lines(area.children[-1]):
        return rest
    area.children = area.children[:-1]
    return {at: None}


def _has_lines(note: Any) -> bool:
    return any(_is_line(box) and box.height for box in note.descendants())


def shrink(area: Any) -> None:
    """An area that was cut ends with its last line, not where there was no room for another."""
    last = max((box.position_y + box.height for box in area.descendants() if _is_line(box)), default=None)
    if last is not None:
        area.height = last - area.content_box_y()


def _is_line(box: Any) -> bool:
    return type(box).__name__ == "LineBox"
