"""References of a TEI source, settled when everything is made: what each points to now, and what it cannot.

Knows the work that is done; makes no block.
"""

from __future__ import annotations

import re

from ..normal.vocabulary import block_of, blocks, is_block, is_free_id
from ..xml import ID, Element, drop_keeping_tail, local, tei
from .tei_source import line
from .tei_work import Work

_ALTERNATIVES = ("choice", "app", "subst", "address")
_UNFIT = re.compile(r"[\s<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})")


def settle(work: Work) -> None:
    """Give every reference its target, every target its id."""
    for made, target, at in work.links:
        meant = work.source.ids_meant(target)
        if meant:
            _point(work, made, meant[0], at)
        else:
            made.set("target", _UNFIT.sub(lambda found: f"%{ord(found.group()):02X}", target.split()[0]))
        if len(target.split()) > 1:
            work.said.count("tei-markup", at, "a reference to several places leads to the first of them")


def _point(work: Work, made: Element, name: str, at: int) -> None:
    register = work.registers.target(name)
    found = work.made.get(name)
    if found is not None and found.getroottree().getroot() is not made.getroottree().getroot():
        found = None
    if found is not None:
        made.set("target", f"#{_id_of(found, name)}")
    elif register and local(made) == "ref":
        made.tag = tei("rs").tag
        del made.attrib["target"]
        made.set("ref", f"#{register}")
    elif name not in work.source.ids and is_free_id(name):
        made.set("target", f"#{name}")  # another file of the edition may have it
    else:
        hint = "mend @target; the words of the reference are kept"
        work.said.count("tei-link", at, f"a reference to “{name}” leads nowhere: {_why(work, name)}", hint)
        _without_link(made)


def _why(work: Work, name: str) -> str:
    if name not in work.source.ids:
        return "no text of an edition can have that id"
    there = work.source.ids[name]
    return f"that is <{local(there)}> in line {line(there)}, which is no part of the text"


def _without_link(made: Element) -> None:
    """The text of a reference stays."""
    if len(made) or made.text:
        made.tag = tei("seg").tag
        del made.attrib["target"]
    else:
        drop_keeping_tail(made)


def _id_of(made: Element, name: str) -> str:
    """The id by which something made is found: its block's own, or that of an anchor put before a phrase."""
    if not is_block(made):
        within = next(iter(blocks(made)), None)
        if within is not None:
            made = within
    if is_block(made):
        if made.get(ID) is None:
            made.set(ID, name)
        return str(made.get(ID))
    if local(made) == "anchor":
        return str(made.get(ID))
    return _anchored(made, name)


def _anchored(made: Element, name: str) -> str:
    parent = made.getparent()
    while parent is not None and local(parent) in _ALTERNATIVES:
        made, parent = parent, parent.getparent()
    before = made.getprevious()
    if before is not None and local(before) == "anchor" and not before.tail and before.get(ID) == name:
        return name
    if parent is None or block_of(made) is None:
        return name
    made.addprevious(tei("anchor", {ID: name}))
    return name
