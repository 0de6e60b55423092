"""Terms of the glossary in the text: which a mark means, and what links to the glossary.

Knows one unit and the forms of terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ..normal.vocabulary import place, standing
from ..problems import Problem, did_you_mean
from ..xml import ID, Element, all_named, local, tei

PREFIX = "#term-"


def forms(terms: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, str]:
    """Form of a term, in small letters -> its id."""
    found: dict[str, str] = {}
    for key, record in terms.items():
        for form in (str(record["term"]), *record["variants"]):
            found.setdefault(form.casefold(), key)
    return found


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
