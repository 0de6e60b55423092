"""What is said of typography: whose texts it mends, what it would change, what it leaves in doubt.

Knows the values of the rule "typeset" by unit; knows no tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..problems import Place, Problem
from .typography import Doubt

_SHOWN = 3
_WHAT = {
    "nfc": "letters and accents to be composed",
    "hyphen": "words divided at the ends of lines",
    "ellipsis": "ellipses made of full stops",
    "dash": "hyphens that stand for dashes",
    "range": "hyphens between numbers",
    "quote": "straight quotation marks",
    "apostrophe": "straight apostrophes",
    "space": "spaces that should not break, or are too many",
}


def mode(file: str, asked: str | None, source: str) -> str:
    """off | check | on: what edition.yaml asks, else on for one's own Markdown, check for a text of somebody else's."""
    return asked or ("on" if file.endswith(".md") and not source else "check")


def quote_problems(key: str, doubts: Iterable[Doubt]) -> list[Problem]:
    """One for each paragraph whose quotation marks do not pair."""
    first: dict[int, Doubt] = {}
    for doubt in doubts:
        if doubt.kind == "quotes":
            first.setdefault(doubt.block, doubt)
    hint = "a mark is missing or too many here, or in the paragraph before; nothing is mended"
    return [
        Problem("typography-quotes", _place(key, block), f"the quotation marks do not pair, at {_quoted(d.text)}", hint)
        for block, d in first.items()
    ]


def left(told: Mapping[str, Any]) -> dict[str, Any]:
    """Of a value of "typeset" what is left to the editor: {would, doubts}, changes not made and doubts; no offsets, so
    that rewording a paragraph changes nothing here."""
    kept = ("rule", "block", "before", "after")
    would = [{name: change[name] for name in kept} for change in told["changes"]] if told["mode"] == "check" else []
    return {"would": would, "doubts": told["doubts"]}


def left_problems(units: Mapping[str, Mapping[str, Any]]) -> list[Problem]:
    """One for each file and rule. `units`: what is `left` by unit, in order."""
    would: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = {}
    doubts: dict[tuple[str, str], list[tuple[str, Mapping[str, Any]]]] = {}
    for key, told in units.items():
        file = key.rpartition("#")[0]
        for change in told["would"]:
            would.setdefault((file, change["rule"]), []).append((key, change))
        for doubt in told["doubts"]:
            doubts.setdefault((file, doubt["kind"]), []).append((key, doubt))
    return [*_would(would), *_doubtful(doubts)]


Found = Mapping[tuple[str, str], Sequence[tuple[str, Mapping[str, Any]]]]


def _would(found: Found) -> Iterator[Problem]:
    for (_, rule), changes in found.items():
        key, first = changes[0]
        text = f"{_WHAT[rule]}: {len(changes)}; the first, {_shown(first['before'])}, would be {_shown(first['after'])}"
        yield Problem("typography-check", _place(key, first["block"]), text, "typography: on mends them, off is silent")


def _doubtful(found: Found) -> Iterator[Problem]:
    said = {
        "hyphen": (
            "typography-hyphen",
            "divided at a line’s end, and found nowhere else",
            "if one is a compound, write its hyphen where no line ends",
        ),
        "noise": (
            "typography-noise",
            "may be slips of the machine that read the pages",
            "hold them against the page; an annotation with `corr` mends a text that is not yours",
        ),
    }
    for (_, kind), doubts in found.items():
        if kind in said:
            code, what, hint = said[kind]
            each = list(dict.fromkeys(doubt["text"] for _, doubt in doubts))
            more = f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else ""
            text = (
                f"{len(doubts)} place{'s' * (len(doubts) > 1)} {what}: {', '.join(map(_quoted, each[:_SHOWN]))}{more}"
            )
            yield Problem(code, _place(doubts[0][0], doubts[0][1]["block"]), text, hint)


def counts(told: Mapping[str, Any]) -> Counter[str]:
    """Rule -> how often it was applied, of a value of "typeset"."""
    return Counter(change["rule"] for change in told["changes"] if told["mode"] == "on")


def _place(key: str, block: int) -> Place:
    return Place(key.rpartition("#")[0], unit=key, block=block)


def _quoted(text: str) -> str:
    return f"«{' '.join(text.split())}»"


def _shown(text: str) -> str:
    """A change as it can be seen: spaces that do not break by their names."""
    named = {"\u00a0": "no-break space", "\u202f": "narrow no-break space", "": "nothing", "\u2060": "line’s end"}
    if text in named or text.strip(" \n"):
        return named.get(text) or _quoted(text)
    return "spaces" if len(text) > 1 else "a space"
