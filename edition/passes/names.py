"""Names of people, places and organisations in a unit: written as TEI, and gathered again.

The source's own names and the editor's marks are put first; then forms of the registers are marked, and what is left
alone is told. Knows one unit; where a form stands in a text is known to name_matches.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from ..book import Mention, Undecided
from ..normal.vocabulary import NAMES, REGISTER_PREFIXES, blocks, is_within_unread, place, standing
from ..problems import Place, Problem, did_you_mean
from ..words import prepared
from ..xml import ID, Element, all_named, local, tei
from .name_forms import cut
from .name_matches import Known, matches
from .spans import content, covered, flow, set_content, wrap_all

# What has been decided stays as it is.
SETTLED = frozenset((*NAMES, "date"))
ELEMENTS = {"person": "persName", "place": "placeName", "org": "orgName"}
_KINDS = {"persName": "person", "placeName": "place", "geogName": "place", "orgName": "org"}
_REFERENCE = re.compile("#(person|place|org)-(.+)")
_OWN = "key"  # the attribute of an editor's own mark


def mark(unit: Element, file: str, key: str, known: Known) -> tuple[list[Undecided], list[Problem]]:
    """Write names into a unit; what is ambiguous stays as it is and is returned."""
    problems = _own_marks(unit, file, key, known)
    undecided = [left for name in all_named(unit, *NAMES) for left in _resolved(name, unit, file, key, known)]
    for block in blocks(unit):
        if local(block) == "head" and block.get("type") == "short":
            continue
        undecided += _mark_block(block, unit, file, key, known)
    for spared in list(all_named(unit, "rs")):
        if spared.get(_OWN) == "none":
            unwrap(spared)
    return undecided, problems


def _mark_block(block: Element, unit: Element, file: str, key: str, known: Known) -> list[Undecided]:
    found = flow(block)
    forms = matches(found.text, known, known.here(block.get(ID, "")))
    settled = covered(block, SETTLED) if forms else ()
    free = [match for match in forms if not any(start < match.end and match.start < end for start, end in settled)]
    sure = [match for match in free if not match.why and len(match.keys) == 1]
    wrap_all(block, found, [(match.start, match.end, *_name(match.keys[0], known)) for match in sure])
    return [
        Undecided(found.text[match.start : match.end], match.why, block.get(ID, ""), match.keys, where, match.start)
        for match in free
        if match.why and (where := place(block, unit, file, key))
    ]


def _name(key: str, known: Known) -> tuple[str, dict[str, str]]:
    """The name of the element that is a name, and its attributes."""
    kind = known.kind(key) or "person"
    return ELEMENTS[kind], {"ref": f"#{kind}-{key}"}


# --- what stands there already


def _own_marks(unit: Element, file: str, key: str, known: Known) -> list[Problem]:
    """The editor's own `{person=…}`, `{place=…}`, `{org=…}`: made names, or complained of."""
    problems = []
    own = [rs for rs in all_named(unit, "rs") if rs.get("type") in ELEMENTS and rs.get(_OWN, "none") != "none"]
    places = [place(rs, unit, file, key) for rs in own]
    for rs, where in zip(own, places, strict=True):
        name, kind = rs.get(_OWN, ""), rs.get("type", "")
        if known.kind(name) != kind:
            problems.append(unknown_name(name, kind, where, known.ids()))
        rs.tag = tei(ELEMENTS[kind]).tag
        rs.attrib.clear()
        rs.set("ref", f"#{kind}-{name}")
    return problems


def _resolved(name: Element, unit: Element, file: str, key: str, known: Known) -> Iterator[Undecided]:
    """A name of the source itself: its references made those of the registers; what it refers to in vain."""
    kind = _KINDS.get(local(name), name.get("type", ""))
    if kind not in ELEMENTS or name.get(_OWN) == "none":
        return
    tokens = [*name.get("ref", "").split(), *(f"#{token}" for token in name.get(_OWN, "").split())]
    if not tokens:
        _named_by_form(name, kind, known)
        return
    found = [_target(token, known) for token in tokens]
    if name.get("ref") or any(found):
        name.set("ref", " ".join(dict.fromkeys(new or old for new, old in zip(found, tokens, strict=True))))
    if any(found):
        name.attrib.pop(_OWN, None)
    for new, old in zip(found, tokens, strict=True):
        if not new and old.startswith("#"):
            where = place(name, unit, file, key)
            yield Undecided("".join(name.itertext()), "unresolved", standing(name)[0], (old[1:],), where)


def _target(token: str, known: Known) -> str:
    """The reference to an entry of the registers that a token of @ref means; "" if it means none."""
    bare = token.removeprefix("#")
    match = _REFERENCE.fullmatch(token)
    if match and known.kind(match[2]) == match[1]:
        return token
    kind = known.kind(bare) if bare == token or not bare.startswith(REGISTER_PREFIXES) else ""
    return f"#{kind}-{bare}" if kind else ""


def _named_by_form(name: Element, kind: str, known: Known) -> None:
    """A name without a reference gets one where its words are a form of one entry of its kind only."""
    words, joints = cut("".join(name.itertext()))
    for form in (known.forms(words[0]) or ()) if words else ():
        if (form.words, form.joints) == (words, joints):
            keys = [key for key in form.keys if known.kind(key) == kind]
            if len(keys) == 1:
                name.set("ref", f"#{kind}-{keys[0]}")


def unwrap(element: Element) -> None:
    """Take an element away and leave its content where it stands."""
    parent = element.getparent()
    assert parent is not None
    items = content(parent)
    at = items.index(element)
    set_content(parent, [*items[:at], *content(element), *items[at + 1 :]])


def unknown_name(name: str, kind: str, where: Place, others: Iterable[str]) -> Problem:
    """A mark that names what no register has, or what is of another kind."""
    register = {"person": "people.yaml", "place": "places.yaml", "org": "organisations.yaml"}[kind]
    subject = "nobody" if kind == "person" else "nothing"
    hint = did_you_mean(name, others, f"add the entry to {register}, or write an id that is there")
    return Problem("person-unknown", where, f"{subject} in {register} has the id “{name}”", hint)


# --- what stands there at last


def gather(unit: Element) -> tuple[Mention, ...]:
    """Every mention of an entry of the registers in a unit, in document order; a name of two is two mentions, and one
    that markup had to cut is one."""
    found: list[Mention] = []
    before: Element | None = None
    there = ("", "")
    for name in all_named(unit, *NAMES):
        if is_within_unread(name):
            continue
        form, place_of = prepared("".join(name.itertext())), standing(name)
        goes_on = before is not None and before.get("ref") == name.get("ref") and _touch(before, name)
        goes_on = goes_on and place_of == there
        for token in name.get("ref", "").split():
            match = _REFERENCE.fullmatch(token)
            if match and goes_on and found:
                found[-1] = replace(found[-1], form=found[-1].form + form)
            elif match:
                found.append(Mention(match[2], name.get(ID, ""), *place_of, form, match[1]))
        before, there = name, place_of
    return tuple(found)


def _touch(one: Element, other: Element) -> bool:
    """Whether the second of two elements begins where the first ends, whatever tags stand between."""
    behind, ahead = one, other
    while not behind.tail and behind.getnext() is None and (above := behind.getparent()) is not None:
        behind = above
    while ahead.getprevious() is None and (above := ahead.getparent()) is not None and not above.text:
        ahead = above
    return not behind.tail and behind.getnext() is ahead
