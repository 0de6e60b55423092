"""What a unit asks the editor: forms left undecided, names no register has, and every date, each with the words around.

Knows one unit in the normal form; ranking and grouping are the worklist's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from .. import edtf
from ..book import Asked, Undecided
from ..normal.vocabulary import NAMES, blocks, place
from ..problems import Place
from ..xml import ID, Element, all_named, local
from .dates import literal
from .name_candidates import candidates
from .spans import GAP, covered, flow, stretches

_AROUND = 60  # characters of context on either side
_NO_NAMES = frozenset((*NAMES, "date", "foreign", "idno"))


def of_names(
    unit: Element,
    file: str,
    key: str,
    undecided: Sequence[Undecided],
    is_known: Callable[[str], bool],
    lower: Callable[[str], bool],
) -> list[Asked]:
    """The undecided forms of a unit with their contexts, and its unlisted names. `is_known`: forms that somebody has,
    or that are decided to mean nobody."""
    by_block: dict[str, list[Undecided]] = {}
    for one in undecided:
        by_block.setdefault(one.block, []).append(one)
    found: list[Asked] = []
    for block in blocks(unit):
        if local(block) == "head" and block.get("type") == "short":
            continue
        text, left = flow(block).text, by_block.get(block.get(ID, ""), ())
        found += [_undecided(text, one) for one in left]
        taken = covered(block, _NO_NAMES) + [(one.start, one.start + len(one.form)) for one in left]
        where = place(block, unit, file, key)
        for name in candidates(text, taken, is_known, lower):
            if is_known(text[name.start : name.end]):
                continue
            asked = _around(text, name.start, name.end, "unlisted", block.get(ID, ""), where)
            found.append(replace(asked, likelihood=name.likelihood))
    return found


def _undecided(text: str, one: Undecided) -> Asked:
    start = one.start if one.start >= 0 else max(text.find(one.form), 0)
    asked = _around(text, start, start + len(one.form), one.why, one.block, one.place)
    return replace(asked, keys=tuple(one.keys))


def of_dates(unit: Element, file: str, key: str) -> list[Asked]:
    """The dates of a unit that have a value and no event yet, with their contexts."""
    found = []
    for block in blocks(unit):
        for element, start, end in stretches(block, ("date",)):
            value = edtf.parse(literal(element))
            if value is None or element.get("corresp"):
                continue
            text = flow(block).text
            asked = _around(text, start, end, "", block.get(ID, ""), place(element, unit, file, key))
            told = {"id": element.get(ID, ""), "edtf": value.text, "first": value.first, "last": value.last}
            found.append(replace(asked, keys=_people(block), **told))
    return found


def _people(block: Element) -> tuple[str, ...]:
    """The ids of the people that a block names, in order."""
    named = (token for name in all_named(block, *NAMES) for token in name.get("ref", "").split())
    prefix = "#person-"
    return tuple(dict.fromkeys(token.removeprefix(prefix) for token in named if token.startswith(prefix)))


def _around(text: str, start: int, end: int, why: str, block: str, where: Place) -> Asked:
    """The form at start…end with whole words of context on either side."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before[before.find(" ") + 1 :]
    if end + _AROUND < len(text):
        after = after[: after.rfind(" ")] + "…"
    return Asked(_one_line(text[start:end]), why, block, _line(before), _line(after), where)


def _line(text: str) -> str:
    return text.replace(GAP, " ").replace("\n", " ").replace("\u00ad", "")


def _one_line(form: str) -> str:
    return " ".join(_line(form).split())
