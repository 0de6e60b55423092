"""Terms of the glossary in the text: which a mark means, and what links to the glossary.

Knows one unit and the forms of terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..normal.vocabulary import NAMES, blocks, place, standing
from ..problems import Problem, did_you_mean
from ..xml import ID, Element, all_named, local, tei
from .spans import covered, flow, stretches, wrap_all

PREFIX = "#term-"
_CLOSED = ("term", "ref", "title", "bibl", "foreign")


def forms(terms: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    """Form of a term, in small letters -> its id."""
    found: dict[str, str] = {}
    for key, record in terms.items():
        for form in (str(record["term"]), *record["variants"]):
            found.setdefault(form.casefold(), key)
    return found


def written(terms: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    """Form of a term, in the letters it is written in -> its id."""
    return {form: key for key, record in terms.items() for form in (str(record["term"]), *record["variants"])}


def marked(unit: Element) -> list[Element]:
    """The terms of a unit's own text, not those of its index marks."""
    return [term for term in all_named(unit, "term") if not any(local(e) == "index" for e in term.iterancestors())]


def key_of(term: Element, known: Mapping[str, str]) -> str:
    """The id of the term that a mark means; "" if there is none."""
    named = term.get("ref", "")
    if named.startswith(PREFIX):
        name = named.removeprefix(PREFIX)
        return name if name in known.values() else ""
    return known.get(" ".join("".join(term.itertext()).split()).casefold(), "")


def mark(unit: Element, known: Mapping[str, str], spelled: Mapping[str, str]) -> None:
    """Mark the first use of each term that the unit does not mark itself, in its text, not in heads and notes.

    `known` is `forms`, `spelled` is `written`. A form stands for its term as it is written, or with a capital where a
    sentence begins with it; the longest wins.
    """
    own = {key_of(term, known) for term in marked(unit)}
    left = {form: key for form, key in spelled.items() if key not in own}
    found = _pattern(left)
    for block in blocks(unit) if found else ():
        if local(block) == "head" or standing(block)[1]:
            continue
        text, free = flow(block), _free(block)
        wanted = []
        for match in found.finditer(text.text):  # type: ignore[union-attr]
            key = left.get(match[0]) or left.get(match[0][:1].lower() + match[0][1:], "")
            if key in left.values() and free(*match.span()):
                left = {form: other for form, other in left.items() if other != key}
                wanted.append((*match.span(), "term", {"ref": PREFIX + key}))
        wrap_all(block, text, wanted)


def _pattern(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words only, spaces as they come."""
    ways = {way for form in forms for way in (form, form[:1].upper() + form[1:])}
    spelled = (r"\s+".join(map(re.escape, way.split())) for way in sorted(ways, key=lambda way: (-len(way), way)))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?![\w-])") if ways else None


def _free(block: Element) -> Callable[[int, int], bool]:
    """Whether a stretch may be marked: in no link and no mark of another kind, and not a part of a name."""
    closed, names = covered(block, _CLOSED), stretches(block, NAMES)

    def is_free(start: int, end: int) -> bool:
        part_of_name = any(first <= start and end <= last and (first, last) != (start, end) for _, first, last in names)
        cuts_name = any(first < start < last or first < end < last for _, first, last in names)
        return not part_of_name and not cuts_name and all(last <= start or end <= first for first, last in closed)

    return is_free


def problems(unit: Element, file: str, key: str, known: Mapping[str, str]) -> list[Problem]:
    """Marks of terms that the glossary has not; where there is no glossary, `.term` only says how words are set."""
    found = []
    for term in marked(unit):
        if not key_of(term, known) and (known or term.get("ref")):
            words = term.get("ref", "").removeprefix(PREFIX) or "".join(term.itertext())
            hint = did_you_mean(words, _names(known), "add it to glossary.yaml, or as a variant of its term")
            text = f"“{words}” is not in the glossary"
            found.append(Problem("term-unknown", place(term, unit, file, key), text, hint))
    return found


def _names(known: Mapping[str, str]) -> Iterable[str]:
    return [*known, *known.values()]


def uses(unit: Element) -> list[tuple[str, str, str, str]]:
    """Every mark: its words, the id it names if it does, its own id, the note it stands in."""
    return [
        (" ".join("".join(e.itertext()).split()), e.get("ref", "").removeprefix(PREFIX), e.get(ID, ""), standing(e)[1])
        for e in marked(unit)
    ]


def link(unit: Element, known: Mapping[str, str], target: Callable[[str], str]) -> None:
    """Make the first use of each term in a unit a link to the glossary."""
    seen: set[str] = set()
    for term in marked(unit):
        key = key_of(term, known)
        within = any(local(above) in ("ref", "head") for above in term.iterancestors())
        if key and key not in seen and not within:
            seen.add(key)
            ref = tei("ref", {"target": f"#{target(key)}"}, *list(term))
            ref.text, term.text = term.text, None
            term.append(ref)
