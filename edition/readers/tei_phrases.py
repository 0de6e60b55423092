"""What stands within a block of a TEI source: highlighting, names and dates, links, breaks, the editor's hand.

Knows the work and the normal form; knows no block.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..xml import ID, Element, local, tei
from .tei_elements import BIBL_PARTS, CODE, KEPT, NAMED, PHRASES_ONLY, PLACES, RECORD_PARTS, TAGS_ONLY
from .tei_names import dated, named
from .tei_noting import note
from .tei_pieces import Phrases
from .tei_rend import as_token, highlighting
from .tei_source import line, plain, word_count
from .tei_work import PhraseHandler, Work

_URI_UNFIT = re.compile(r"[\s<>\"{}|\\^`%]")


# --- text as it is


def _tags_only(work: Work, kid: Element, out: Phrases) -> None:
    name = work.source.name(kid)
    work.keep_id(kid, out.top)
    if name not in ("cit", "noteGrp", "rdgGrp"):
        work.said.count("tei-markup", line(kid), f"<{name}> is read as its text")
    if name == "g" and not plain(kid):
        out.text(work.glyphs.get(kid.get("ref", "").removeprefix("#"), "\ufffd"))
    work.phrases(kid, out)


def _record_part(work: Work, kid: Element, out: Phrases) -> None:
    work.keep_id(kid, out.top)
    out.text(" ")
    work.phrases(kid, out)
    out.text(" ")


def _space(work: Work, kid: Element, out: Phrases) -> None:
    out.text(" ")


def _code(work: Work, kid: Element, out: Phrases) -> None:
    name = work.source.name(kid)
    out.open(work.inline(kid, "code", {} if name == "code" else {"rend": name}))
    out.text(plain(kid))
    out.close()


# --- highlighting


def _kept(work: Work, kid: Element, out: Phrases) -> None:
    name = work.source.name(kid)
    work.write(kid, work.inline(kid, name, _kept_attributes(name, kid)), out)


def _kept_attributes(name: str, kid: Element) -> dict[str, str]:
    if name == "num" and re.fullmatch(r"-?\d+(\.\d+)?", kid.get("value", "")):
        return {"value": kid.get("value", "")}
    if name == "del" and as_token(kid.get("rend", "")):
        return {"rend": as_token(kid.get("rend", ""))}
    if name == "add" and as_token(kid.get("place", "")):
        return {"place": as_token(kid.get("place", ""))}
    return dated(kid, ("when",)) if name == "time" else {}


def _highlight(work: Work, kid: Element, out: Phrases) -> None:
    known, other = highlighting(kid, work.renditions)
    if other:
        told = f"rend “{' '.join(other)}” of <hi> is kept, and looks like the text around it"
        work.said.count("tei-rend", line(kid), told, "an edition's own styles can say how: .rend-NAME")
    if not known and not other:
        work.said.count("tei-rend", line(kid), "<hi> without rend is read as italic")
    kinds = known or ([] if other else ["italic"])
    if other:
        kinds.append("-".join(other))
    if len(kinds) == 1:
        work.write(kid, work.inline(kid, "hi", {"rend": kinds[0]}), out)
        return
    work.write_nested(kid, [tei("hi", {"rend": kind}) for kind in kinds], out)


def _quoted(work: Work, kid: Element, out: Phrases) -> None:
    name = work.source.name(kid)
    work.write(kid, work.inline(kid, "q", {"type": "quote"} if name == "quote" else {}), out)


def _title(work: Work, kid: Element, out: Phrases) -> None:
    level = {"level": kid.get("level", "")} if kid.get("level") in ("a", "m", "j", "s", "u") else {}
    work.write(kid, work.inline(kid, "title", {**level, **named(work.registers, work.source, kid)}), out)


def _foreign(work: Work, kid: Element, out: Phrases) -> None:
    work.write(kid, work.inline(kid, "foreign"), out)


def _segment(work: Work, kid: Element, out: Phrases) -> None:
    known, other = highlighting(kid, work.renditions)
    if known:
        work.write(kid, work.inline(kid, "hi", {"rend": known[0]}), out)
        return
    kind = as_token(kid.get("type", "")) or "-".join(other)
    work.write(kid, work.inline(kid, "seg", {"type": kind} if kind else {}), out)


def _as_segment(work: Work, kid: Element, out: Phrases) -> None:
    work.write(kid, work.inline(kid, "seg", {"type": work.source.name(kid)}), out)


def _where_allowed(work: Work, kid: Element, out: Phrases) -> None:
    """A direction or a bibliographic reference; a <seg> where TEI has none."""
    name = work.source.name(kid)
    if local(out.top) in PHRASES_ONLY:
        _as_segment(work, kid, out)
    else:
        work.write(kid, work.inline(kid, name), out)


def _part_of_bibl(work: Work, kid: Element, out: Phrases) -> None:
    name = work.source.name(kid)
    if local(out.top) == "bibl":
        work.write(kid, work.inline(kid, name), out)
    else:
        _as_segment(work, kid, out)


def _part_of_cast(work: Work, kid: Element, out: Phrases) -> None:
    if local(out.top) == "castItem":
        work.write(kid, work.inline(kid, work.source.name(kid)), out)
    else:
        _as_segment(work, kid, out)


def _greeting(work: Work, kid: Element, out: Phrases) -> None:
    """A part of an opener or closer, apart from what is around it; a <seg> elsewhere."""
    if local(out.top) not in ("opener", "closer"):
        _as_segment(work, kid, out)
        return
    out.text(" ")
    work.write(kid, work.inline(kid, work.source.name(kid)), out)
    out.text(" ")


def _address(work: Work, kid: Element, out: Phrases) -> None:
    address = work.inline(kid, "address")
    out.open(address)
    for part in work.source.kids(kid):
        name = work.source.name(part)
        if name in ("pb", "lb", "note"):
            work.phrase_kid(part, out)
            continue
        out.text(" ")
        work.write(part, work.inline(part, "addrLine"), out)
    out.close()


# --- names and dates


_BY_TYPE = {"person": "persName", "place": "placeName", "org": "orgName"}


def _name(work: Work, kid: Element, out: Phrases) -> None:
    """A name, and whom it means. <rs> with @key is this program's own mark, so that of a source becomes another."""
    name, attributes = work.source.name(kid), named(work.registers, work.source, kid)
    if name == "rs" and attributes.get("type") == "date":
        _date(work, kid, out)
        return
    if name == "rs" and "key" in attributes:
        name = _BY_TYPE.get(attributes.get("type", ""), "name")
    work.write(kid, work.inline(kid, name, attributes), out)


def _date(work: Work, kid: Element, out: Phrases) -> None:
    work.write(kid, work.inline(kid, "date", dated(kid)), out)


# --- breaks


def _line_break(work: Work, kid: Element, out: Phrases) -> None:
    if kid.get("break") == "no":
        out.join()
    elif work.lined:
        work.said.count("tei-markup", line(kid), "<lb> marks the lines of the source, which are not kept")
        out.text(" ")
    elif out.solid:
        out.point(tei("lb"))


def _page_break(work: Work, kid: Element, out: Phrases) -> None:
    if kid.get("break") == "no":
        out.join()
    out.point(page_break(work, kid))


def page_break(work: Work, kid: Element) -> Element:
    number = " ".join(kid.get("n", "").split())
    made = tei("pb", {"n": number} if number else {})
    work.keep_id(kid, made)
    return made


def _milestone(work: Work, kid: Element, out: Phrases) -> None:
    out.point(milestone(work, kid))


def milestone(work: Work, kid: Element) -> Element:
    """A break of column or quire is a milestone too; one that is no place in a book is a break in the text."""
    name = work.source.name(kid)
    unit = {"cb": "column", "gb": "gathering"}.get(name) or as_token(kid.get("unit", "")) or "section"
    number = " ".join(kid.get("n", "").split())
    made = tei(
        "milestone", {"unit": unit if unit.lower() in PLACES else "section", **({"n": number} if number else {})}
    )
    work.keep_id(kid, made)
    return made


def _anchor(work: Work, kid: Element, out: Phrases) -> None:
    if work.source.id(kid) in work.pointed_at:
        out.point(anchor(work, kid))


def anchor(work: Work, kid: Element) -> Element:
    made = tei("anchor", {ID: work.source.id(kid)})
    work.keep_id(kid, made)
    return made


# --- links and notes


def _ref(work: Work, kid: Element, out: Phrases) -> None:
    if kid in work.plan.at:
        _instead(work, kid, out)
        return
    target = kid.get("target", "") or kid.get("url", "") or kid.get("corresp", "")
    if not target.strip():
        work.phrases(kid, out)
        return
    made = work.inline(kid, "ref", {"target": "#"})
    work.link(made, target, kid)
    out.open(made)
    work.phrases(kid, out)
    empty = not len(made) and not made.text
    out.close()
    if empty:
        made.tag = tei("ptr").tag
        out.point(made)


def _pointer(work: Work, kid: Element, out: Phrases) -> None:
    target = kid.get("target", "") or kid.get("url", "")
    if kid in work.plan.at:
        _instead(work, kid, out)
    elif target.strip():
        made = work.inline(kid, "ptr", {"target": "#"})
        work.link(made, target, kid)
        out.point(made)


def _instead(work: Work, kid: Element, out: Phrases) -> None:
    """The note that a reference calls, in the reference's place; its label is made anew."""
    if plain(kid).strip():
        text = "the labels of note references are replaced by numbers"
        work.said.count("tei-left-out", line(kid), text, words=word_count(kid))
    note(work, work.plan.at[kid], out, line(kid))


def _note(work: Work, kid: Element, out: Phrases) -> None:
    note(work, kid, out, line(kid))


# --- the editor's hand


def _choice(work: Work, kid: Element, out: Phrases) -> None:
    _branches(work, kid, out, "choice", ("sic", "corr", "orig", "reg", "abbr", "expan", "unclear", "supplied", "seg"))


def _substitution(work: Work, kid: Element, out: Phrases) -> None:
    _branches(work, kid, out, "subst", ("add", "del"))


def _branches(work: Work, kid: Element, out: Phrases, name: str, allowed: tuple[str, ...]) -> None:
    """Alternatives: nothing but they stand in such an element."""
    made = work.inline(kid, name)
    out.open(made)
    for branch in work.source.kids(kid):
        own = work.source.name(branch)
        into = own if own in allowed else "seg" if name == "choice" else "add"
        out.aside(lambda b=branch, i=into: work.write(b, work.inline(b, i, _kept_attributes(i, b)), out))  # type: ignore[misc]
    out.close()
    out.resume()


def _apparatus(work: Work, kid: Element, out: Phrases) -> None:
    """An entry of an apparatus: lemma and readings; its notes follow."""
    out.open(work.inline(kid, "app"))
    for branch in work.source.all("lem", "rdg", within=kid):
        if _entry_of(work, branch) is kid:
            name = work.source.name(branch)
            made = work.inline(branch, name, _witnesses(branch))
            out.aside(lambda b=branch, m=made: work.write(b, m, out))  # type: ignore[misc]
    out.close()
    out.resume()
    for one in work.source.all("note", within=kid):
        if _entry_of(work, one) is kid and not _is_in_branch(work, one, kid):
            _note(work, one, out)


def _entry_of(work: Work, branch: Element) -> Element | None:
    return next((one for one in branch.iterancestors() if work.source.name(one) == "app"), None)


def _is_in_branch(work: Work, one: Element, entry: Element) -> bool:
    above = one.iterancestors()
    return any(work.source.name(each) in ("lem", "rdg") for each in above if entry in each.iterancestors())


def _witnesses(branch: Element) -> Mapping[str, str]:
    found = [_URI_UNFIT.sub("", one) for one in branch.get("wit", "").split()]
    return {"wit": " ".join(found)} if found else {}


def _gap(work: Work, kid: Element, out: Phrases) -> None:
    out.point(gap(work, kid))


def gap(work: Work, kid: Element) -> Element:
    attributes = {name: as_token(kid.get(name, "")) for name in ("reason", "unit")}
    if kid.get("quantity", "").isdigit():
        attributes["quantity"] = kid.get("quantity", "")
    made = tei("gap", {name: value for name, value in attributes.items() if value})
    said = " ".join(plain(kid).split())
    if said:
        made.append(tei("desc", {}, said))
    work.keep_id(kid, made)
    return made


def _graphic(work: Work, kid: Element, out: Phrases) -> None:
    work.say_image(kid)


TABLE: dict[str, PhraseHandler] = {
    **dict.fromkeys(TAGS_ONLY, _tags_only), **dict.fromkeys(RECORD_PARTS, _record_part), **dict.fromkeys(CODE, _code),
    **dict.fromkeys(KEPT, _kept), **dict.fromkeys(NAMED, _name), **dict.fromkeys(BIBL_PARTS, _part_of_bibl),
    **dict.fromkeys(("dateline", "salute", "signed"), _greeting), **dict.fromkeys(("role", "roleDesc"), _part_of_cast),
    **dict.fromkeys(("stage", "bibl"), _where_allowed), **dict.fromkeys(("label", "formula"), _as_segment),
    **dict.fromkeys(("q", "quote", "said"), _quoted), **dict.fromkeys(("ref", "xref"), _ref),
    **dict.fromkeys(("ptr", "xptr"), _pointer), **dict.fromkeys(("milestone", "cb", "gb"), _milestone),
    "space": _space, "hi": _highlight, "distinct": _segment, "seg": _segment, "title": _title, "foreign": _foreign,
    "address": _address, "date": _date, "lb": _line_break, "pb": _page_break, "anchor": _anchor, "note": _note,
    "choice": _choice, "subst": _substitution, "app": _apparatus, "gap": _gap, "graphic": _graphic,
}  # fmt: skip
