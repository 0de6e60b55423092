"""Why something is made again, or not, in the editor's words: from what changed first to what was asked about.

Knows the recipe's rules by name and what the engine records of a run; runs nothing and reads no file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from .engine import Key, Seen

# What the value of a rule is called; {} is the file or unit it is about.
_CALLED = {
    "config": "edition.yaml", "released": "the releases", "standing": "version or draft", "names": "the registers",
    "kinds": "what the registers list as people, places and organisations",
    "persons": "the register of people", "decisions": "the decisions", "forms": "the forms of names",
    "events": "the register of events", "decisions_checked": "the check of the decisions", "parsed": "{} as it is read",
    "source": "the text of {}", "positions": "the lines of {}", "units": "the chapters of {}", "plan": "the contents",
    "order": "the order of chapters", "early": "the paragraphs of {}", "lock": "edition.lock",
    "typeset": "quotes and dashes of {}",
    "ledger": "the ids of paragraphs", "vocabulary": "the words in lower case", "marked": "ids, names and dates of {}",
    "normal": "the text of {} with its marks", "facts": "what {} tells the others (heads, names, dates, notes)",
    "numbers": "the numbers of chapters and notes", "targets": "what references are called",
    "mentions": "who is named where",
    "names_left": "the names left undecided", "chronology": "the chronology", "resolved": "{} with its numbers",
    "section": "the section {}", "xhtml": "{} as it is shown", "style": "the style of print",
    "layout": "the pages of {}", "painted": "the pages of {} as they are painted",
    "pages": "the page numbers", "page_map": "where pages begin", "reference": "the page numbers of the e-book",
    "source_starts": "where pages of its source begin in {}", "source_pages": "the page numbers of the sources",
    "kept": "the page numbers of a release", "pages_moved": "the comparison of pages",
    "cover": "the cover",
    "characters": "the characters of {}", "font": "the font {}",
    "page_record": "the pages as a release keeps them",
    "told": "what {} says of itself", "paper": "the paper", "typography_left": "the doubts about typography",
    "tei": "the TEI", "epub": "the EPUB", "pdf": "the PDF",
}  # fmt: skip
_VERSIONS = {"code": "the program", "edition": "the program", "fonts": "a font"}


class Run(NamedTuple):
    """What a build did: why each rule ran (None: nothing was kept of it), and how many values of each were spared."""

    why: Mapping[Key, Seen | None]
    spared: Mapping[str, int]


def called(key: Key) -> str:
    about = key[1] if len(key) > 1 else ""
    return _CALLED.get(key[0], f"{key[0]} of {{}}" if about else key[0]).format(about)


def chain(key: Key, run: Run) -> list[str]:
    """From the first cause to `key`: "text/a.md has changed", then every value that changed with it; [] if none did."""
    steps: list[str] = []
    seen: set[Key] = set()
    while key in run.why and key not in seen:
        seen.add(key)
        steps.append(called(key))
        cause = run.why[key]
        if cause is None:
            return [*reversed([*steps, "nothing was kept of it from an earlier build"])]
        if cause.kind in ("file", "version"):
            return [*reversed([*steps, _changed(cause)])]
        key = cause.key
    return [*reversed(steps)]


def _changed(cause: Seen) -> str:
    name = cause.key[0]
    if cause.kind == "version":
        return f"{_VERSIONS.get(name, name)} is another version"
    if name.startswith("lock:"):
        return "edition.lock has changed"
    if name.startswith("house:"):
        return f"the house style {name.removeprefix('house:')} has changed"
    if name.startswith("env:"):
        return f"{name.removeprefix('env:')} is set otherwise"
    if name.endswith("/"):
        return f"a file has come into {name}, or left it"
    return f"{name} has changed" if cause.digest != "absent" else f"{name} is there now"


def told(targets: Collection[Key], run: Run, name: str) -> str:
    """The answer, for a console: one chain for each thing that was made again, then the sums."""
    again = [key for key in targets if key in run.why]
    lines = [f"{name} is made again:" if again else f"{name} is not made again: nothing that goes into it has changed."]
    for key in again[:1] if len(again) > 3 else again:
        first, *rest = chain(key, run)
        lines += [f"  {first}", *(f"  {'  ' * depth}> {step}" for depth, step in enumerate(rest, 1))]
    if run.why:
        lines.append(f"Made: {_sum(Counter(key[0] for key in run.why))}.")
    if run.spared:
        lines.append(f"Spared: {_sum(run.spared)}.")
    return "\n".join(lines)


def _sum(counts: Mapping[str, int]) -> str:
    """What was made or spared: "the pages of 5, the EPUB"."""
    order = [rule for rule in _CALLED if rule in counts] + sorted(rule for rule in counts if rule not in _CALLED)
    return ", ".join(
        _CALLED.get(rule, rule).format("1 text" if counts[rule] == 1 else f"{counts[rule]} texts") for rule in order
    )
