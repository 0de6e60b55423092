"""Citations in one style of notes and bibliography: a work in full where a chapter first cites it, then by short title.

`problems` names works there are not, `fill` writes the citations of a unit, `entry` is a work in the bibliography.
Nothing is ever "ibid.": a note that moves would say something else. Knows works, trees and wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..normal.vocabulary import place
from ..problems import Problem, did_you_mean
from ..wording import CitationWords, Wording
from ..xml import Element, add, all_named, child, local, tei
from .lives import shown

PREFIX = "#bib-"
Work = Mapping[str, Any]
Piece = str | Element


def cited(unit: Element) -> list[tuple[Element, str]]:
    """The citations of a unit: <bibl>, and the key of the work."""
    found = []
    for bibl in all_named(unit, "bibl"):
        ref = child(bibl, "ref")
        if ref is not None and ref.get("target", "").startswith(PREFIX):
            found.append((bibl, ref.get("target", "").removeprefix(PREFIX)))
    return found


def problems(
    unit: Element, file: str, key: str, known: Callable[[str], bool], all_keys: Callable[[], Iterable[str]]
) -> list[Problem]:
    """Works that are cited and in no bibliography."""
    found = []
    for bibl, name in cited(unit):
        if not known(name):
            hint = did_you_mean(name, all_keys(), "add the work to bibliography.yaml")
            text = f"no work has the id “{name}”"
            found.append(Problem("citation-unknown", place(bibl, unit, file, key), text, hint))
    return found


def fill(unit: Element, works: Callable[[str], Work | None], wording: Wording, language: str, linked: bool) -> None:
    """Write the citations of a unit. `linked`: the works stand in a bibliography, and the citations lead there."""
    seen: set[str] = set()
    for bibl, name in cited(unit):
        work = works(name)
        if work is None:
            continue
        pieces = short(work, wording) if name in seen else full(work, wording, language)
        seen.add(name)
        ref, where = child(bibl, "ref"), child(bibl, "citedRange")
        assert ref is not None
        add(ref, *pieces)
        ref.set("resp", "#edition")
        if not linked:
            ref.tag = tei("seg").tag
            del ref.attrib["target"]
        if where is not None:
            bibl.insert(1, tei("seg", {"resp": "#edition"}, ", "))
        if _ends_note(bibl):
            bibl.append(tei("seg", {"resp": "#edition"}, "."))


def _ends_note(bibl: Element) -> bool:
    """Whether a citation is the end of a note that is nothing else, and so has no full stop of its own."""
    parent = bibl.getparent()
    if parent is None or bibl.tail or (parent.text or "").strip():
        return False
    is_note = parent.getparent() is not None and local(parent.getparent()) == "note"  # type: ignore[arg-type]
    return is_note and parent[-1] is bibl and all(local(kid) == "bibl" for kid in parent)


# --- the style


def full(work: Work, wording: Wording, language: str) -> list[Piece]:
    """A work in full, authors with their given names first."""
    return _work(work, _people(work["author"], wording.citing, inverted=False), wording, language)


def entry(work: Work, wording: Wording, language: str) -> list[Piece]:
    """A work as it stands in the bibliography, surname first."""
    return [*_work(work, _people(work["author"], wording.citing, inverted=True), wording, language), "."] + (
        [f" {work['note'][:1].upper()}{work['note'][1:]}."] if work["note"] else []
    )


def short(work: Work, wording: Wording) -> list[Piece]:
    """Surname and short title."""
    surnames = [name.partition(",")[0] for name in work["author"]]
    authors = _listed(surnames, wording.citing)
    title = short_title(work)
    return [*([f"{authors}, "] if authors else []), _title(work, title, wording)]


def short_title(work: Work) -> str:
    """The title up to its subtitle."""
    return str(work["short"] or work["title"].partition(":")[0].strip())


def sort_text(work: Work) -> str:
    """What a work is sorted by: its authors, else its title."""
    return "; ".join(work["author"]) or str(work["title"])


def _work(work: Work, authors: str, wording: Wording, language: str) -> list[Piece]:
    words = wording.citing
    pieces: list[Piece] = [*([f"{authors}, "] if authors else []), _title(work, work["title"], wording)]
    if work["book"]:
        pieces += [f", {words.in_} ", tei("title", {"level": "m"}, work["book"])]
    if work["journal"]:
        pieces += [", ", tei("title", {"level": "j"}, work["journal"])]
    for role, said in (("editor", words.edited_by), ("translator", words.translated_by)):
        if work[role]:
            pieces.append(", " + said.format(_people(work[role], words, inverted=False)))
    date = shown(work["date"], language) if work["date"] else words.undated
    if work["journal"]:
        number = ".".join(part for part in (work["volume"], work["issue"]) if part)
        pieces.append(f" {number} ({date})" if number else f" ({date})")
        pieces.append(f", {work['pages']}" if work["pages"] else "")
    else:
        pieces.append(_imprint(work, words, date))
    if work["url"]:
        pieces += [" <", tei("ref", {"target": work["url"]}, work["url"]), ">"]
        pieces.append(f" ({words.accessed.format(shown(work['accessed'], language))})" if work["accessed"] else "")
    return [piece for piece in pieces if not isinstance(piece, str) or piece]


def _imprint(work: Work, words: CitationWords, date: str) -> str:
    """Volume, edition, (place: publisher, date), pages."""
    before = [words.volume.format(work["volume"]) if work["volume"] else ""]
    before.append(words.edition.format(work["edition"]) if work["edition"] else "")
    where = ": ".join(part for part in (work["place"], work["publisher"]) if part)
    text = "".join(f", {part}" for part in before if part) + f" ({', '.join(part for part in (where, date) if part)})"
    if work["pages"]:
        several = any(mark in work["pages"] for mark in "–-,")
        text += f", {(words.pages if several else words.page).format(work['pages'])}"
    return text


def _title(work: Work, title: str, wording: Wording) -> Element:
    """A title of its own in italics; of a chapter, article or page in quotation marks."""
    if work["book"] or work["journal"] or (work["url"] and not work["place"]):
        return tei("title", {"level": "a"}, wording.quoted.format(title))
    return tei("title", {"level": "m"}, title)


def _people(names: Sequence[str], words: CitationWords, *, inverted: bool) -> str:
    turned = [" ".join(part.strip() for part in reversed(name.split(",", 1))) for name in names]
    return _listed([*names[:1], *turned[1:]] if inverted else turned, words)


def _listed(names: Sequence[str], words: CitationWords) -> str:
    if len(names) > 3:
        return f"{names[0]} {words.others}"
    return f" {words.and_} ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
