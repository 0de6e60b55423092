"""The making of notes: one element whatever the idiom, where its reference stands.

Knows the work; where a note belongs is the plan's (tei_notes).
"""

from __future__ import annotations

from ..normal.vocabulary import CONTAINERS, is_block
from ..xml import Element, local
from .tei_pieces import Flow, Phrases
from .tei_rend import as_token
from .tei_source import line
from .tei_work import Work

_PLACES = {
    "end": "end",
    "endnote": "end",
    "margin": "margin",
    "left": "margin",
    "right": "margin",
    "marginal": "margin",
}
# Types of notes that say nothing but where a note stands, or that it is the author's own.
_NO_SERIES = frozenset(
    ("", "foot", "footnote", "end", "endnote", "margin", "marginal", "note", "authorial", "n", "bottom")
)


def note(work: Work, kid: Element, out: Phrases, called_in: int) -> None:
    """A note at this place of a text. Of a note within a note is made another, behind it."""
    if kid in work.built:
        return
    if work.in_note:
        work.said.count("note-in-note", line(kid), "a note within a note becomes the next note")
        work.deferred.append(kid)
        return
    made = build(work, kid, called_in)
    if made is not None:
        out.point(made)
    while work.deferred:
        inner = build(work, work.deferred.pop(0), called_in)
        if inner is not None:
            out.point(inner)


def build(work: Work, kid: Element, called_in: int) -> Element | None:
    """The element of a note, those that go on with it within; None if there are no words in it."""
    work.built.add(kid)
    made = work.block(kid, "note", _attributes(work, kid))
    pending, work.pending[:] = list(work.pending), []
    work.in_note, before = True, work.in_note
    for part in (kid, *work.plan.more.get(kid, ())):
        work.keep_id(part, made)
        flow = work.flow(made, part)
        if work.holds_blocks(part):
            work.fill(part, flow)
        else:
            work.text_block(part, work.wrapper(part)(), flow, cuttable=True)
        flow.flush()
    work.in_note = before
    work.pending[:] = pending
    work.marks[made] = (called_in, 1)
    if len(made):
        return made
    work.said.count("tei-left-out", line(kid), "notes without words are left out")
    return None


def _attributes(work: Work, kid: Element) -> dict[str, str]:
    place = next((_PLACES[word] for word in kid.get("place", "").lower().split() if word in _PLACES), "foot")
    series = as_token(kid.get("type", ""))
    found = {"place": place}
    if series.lower() not in _NO_SERIES:
        found["type"] = series
    span = work.source.ids_meant(kid.get("target") or kid.get("corresp") or "")
    if span and kid not in work.plan.placed and _is_anchor(work, span[0]):
        found["target"] = f"#{span[0]}"
    return found


def _is_anchor(work: Work, name: str) -> bool:
    return name in work.source.ids and work.source.name(work.source.ids[name]) == "anchor"


def among_blocks(work: Work, kid: Element, flow: Flow) -> None:
    """A note between blocks: it hangs on the text before it, else on what comes."""
    if flow.run is not None:
        note(work, kid, flow.run, line(kid))
        return
    if kid in work.built:
        return
    made = build(work, kid, line(kid))
    if made is None:
        return
    work.said.count("note-hung", line(kid), "a note between paragraphs is hung on the one before it")
    before = last_text(flow.parent)
    if before is not None:
        before.append(made)
    else:
        work.pending.append(made)


def last_text(parent: Element) -> Element | None:
    """The last block of text in a container that is no note."""
    for element in reversed(list(parent.iter())):
        if element is parent or local(element) in CONTAINERS or not is_block(element):
            continue
        if any(local(one) == "note" for one in element.iterancestors()):
            continue
        if not any(is_block(kid) for kid in element if local(kid) != "note"):
            return element
    return None


def orphan(work: Work, kid: Element, flow: Flow) -> None:
    name = work.source.id(kid)
    text = f"nothing refers to the note {name}" if name else "nothing refers to this note"
    hint = 'its text stands where the note does; refer to it with <ref target="#…"/>'
    work.said.say("note-orphan", line(kid), text, hint)
    work.built.add(kid)
    if name:
        work.waiting.append(name)
    for part in (kid, *work.plan.more.get(kid, ())):
        if work.holds_blocks(part):
            work.fill(part, flow)
        else:
            work.text_block(part, work.wrapper(part)(), flow, cuttable=True)
