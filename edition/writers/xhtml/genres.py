"""Verse, drama and letters as XHTML.

A line of verse is a paragraph, so that it can turn over with a hanging indent on a narrow screen and on paper; a
speaker runs into prose and stands above verse.
Knows the normal form; knows no style.
"""

from __future__ import annotations

from ...normal.vocabulary import is_block
from ...xml import Element, add_text, local
from .rendering import (
    Handler,
    Rendering,
    children,
    classes,
    common,
    element,
    head_inside,
    into,
    numbered,
    one,
    through,
    without_head,
)

# How many letters of a shared line shift what follows by one step of the style (6 % of the measure).
_LETTERS_A_STEP = 3.6
_STEPS = 9


# --- verse


def _group(source: Element, parent: Element, r: Rendering) -> None:
    numbered(source, into(source, parent, r, "div", classes("lg", source.get("rend", ""))), r)


def _line(source: Element, parent: Element, r: Rendering) -> None:
    part = source.get("part", "")
    if part not in ("M", "F"):
        r.spoken_before = 0
    step = min(round(r.spoken_before / _LETTERS_A_STEP), _STEPS)
    made = into(source, parent, r, "p", classes("l", source.get("rend", ""), f"step-{step}" if step else ""))
    r.spoken_before += len("".join(made.itertext())) if part in ("I", "M") else 0


# --- drama


def _speech(source: Element, parent: Element, r: Rendering) -> None:
    """A speech: its speaker, and the directions right behind, begin the line of a first paragraph; before verse they
    have a line of their own."""
    made = element("div", {"class": "sp"})
    common(source, made)
    parent.append(made)
    kids = [kid for kid in source if local(kid)]
    opening = _opening(kids)
    rest = kids[len(opening) :]
    if opening and rest and local(rest[0]) == "p":
        _run_in(opening, rest.pop(0), made, r)
    elif opening:
        line = into(opening[0], made, r, "p", "speaker")
        _directions(opening[1:], line, r)
    for kid in rest:
        one(kid, made, r)


def _opening(kids: list[Element]) -> list[Element]:
    """The speaker, and the directions right behind."""
    if not kids or local(kids[0]) != "speaker":
        return []
    count = next((n for n, kid in enumerate(kids) if n and local(kid) != "stage"), len(kids))
    return kids[:count]


def _run_in(opening: list[Element], paragraph: Element, parent: Element, r: Rendering) -> None:
    made = element("p", {"class": "speech"})
    common(paragraph, made)
    parent.append(made)
    into(opening[0], made, r, "span", "speaker")
    _directions(opening[1:], made, r)
    add_text(made, " ")
    children(paragraph, made, r)


def _directions(stages: list[Element], parent: Element, r: Rendering) -> None:
    for stage in stages:
        add_text(parent, " ")
        into(stage, parent, r, "span", "stage")


def _speaker(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "p", "speaker")


def _stage(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "p" if is_block(source) else "span", "stage")


def _speeches(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "div", "sp-group")


def _cast(source: Element, parent: Element, r: Rendering) -> None:
    head_inside(source, parent, r)
    made = element("ul", {"class": "cast"})
    common(source, made)
    parent.append(made)
    without_head(source, made, r)


def _cast_group(source: Element, parent: Element, r: Rendering) -> None:
    made = element("li", {"class": "cast-group"})
    common(source, made)
    parent.append(made)
    head_inside(source, made, r)
    made.append(element("ul"))
    without_head(source, made[-1], r)


def _cast_item(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "li")


def _role(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "span", "role" if local(source) == "role" else "role-description")


# --- letters


def _greeting(source: Element, parent: Element, r: Rendering) -> None:
    into(source, parent, r, "p", local(source))


def _apart(source: Element, parent: Element, r: Rendering) -> None:
    """A part of an opener or closer: a line of its own by style; spaces part its words wherever there is none."""
    add_text(parent, " ")
    into(source, parent, r, "span", local(source))
    add_text(parent, " ")


def _address(source: Element, parent: Element, r: Rendering) -> None:
    made = element("span", {"class": "address"})
    lines = [kid for kid in source if local(kid) == "addrLine"]
    parent.append(made)
    for count, line in enumerate(lines):
        if count:
            made.append(element("br"))
        through(line, made, r)
    add_text(made, " ")


HANDLERS: dict[str, Handler] = {
    "lg": _group, "l": _line, "sp": _speech, "spGrp": _speeches, "speaker": _speaker, "stage": _stage,
    "castList": _cast, "castGroup": _cast_group, "castItem": _cast_item, "role": _role, "roleDesc": _role,
    "opener": _greeting, "closer": _greeting, "trailer": _greeting, "dateline": _apart, "salute": _apart,
    "signed": _apart, "address": _address,
}  # fmt: skip
