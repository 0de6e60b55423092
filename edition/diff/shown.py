"""Differences told: as text for a terminal, as a page of HTML, and as an errata leaf in Markdown.

Knows differences; compares nothing. What lands in an errata leaf is CC0 (LICENSE).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from .differences import Change, Differences, Entry, Piece

_CONTEXT = 3  # words around a change
_LONG = 12  # words of a paragraph that is new or gone, in an errata leaf
_COUNTED = (("text", "paragraph"), ("notes", "note"), ("names", "name"), ("events", "event"))


def summary(found: Differences) -> str:
    """ "2 paragraphs, 1 note; pages that begin elsewhere: 12–14"."""
    counts = [(len(getattr(found, name)), said) for name, said in _COUNTED]
    told = [", ".join(f"{count} {said}{'s' * (count > 1)}" for count, said in counts if count)]
    told += [f"pages that begin elsewhere: {found.pages}"] * bool(found.pages)
    told += [f"{found.renumbered} passages have another page number"] * bool(found.renumbered)
    told += [f"{len(found.gone)} ids gone"] * bool(found.gone)
    return "; ".join(filter(None, told)) or "a reader would notice nothing"


# --- text


def text(found: Differences) -> str:
    """For a terminal: [-old-] and {+new+}, with a few words around."""
    lines = [f"{found.old} -> {found.new}: {summary(found)}"]
    for title, changes in (("Text", found.text), ("Notes", found.notes)):
        for unit, group in groupby(changes, key=lambda change: change.block.unit):
            lines += ["", f"{title}, {unit or 'without a title'}", *map(_line, group)]
    for title, entries in (("Names", found.names), ("Events", found.events)):
        lines += ["", title, *map(_entry, entries)] if entries else []
    if found.gone:
        lines += ["", f"Ids gone: {', '.join(found.gone)}"]
    return "\n".join(lines) + "\n"


def _line(change: Change) -> str:
    marks = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}
    pieces = (marks[how].format(said) for how, said in _shortened(change.pieces))
    page = f"p. {change.page_before or change.page_after}, " if change.page_before or change.page_after else ""
    note = f"note {change.block.number}, " if change.block.number else ""
    return f"  {page}{note}{change.block.id} ({change.what}): {''.join(pieces)}"


def _entry(entry: Entry) -> str:
    if entry.what == "mentions":
        return f"  {entry.id}: named {entry.after} times, before {entry.before}"
    told = f"{entry.before} -> {entry.after}" if entry.what == "changed" else entry.before or entry.after
    return f"  {entry.id} ({entry.what}): {told}"


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """What stays the same is cut to a few words at either side of a change."""
    for k, (how, said) in enumerate(pieces):
        tokens = said.split(" ")
        if how != "same" or len(tokens) <= 2 * _CONTEXT + 1:
            yield how, said
            continue
        head = " ".join(tokens[:_CONTEXT]) if k else ""
        tail = " ".join(tokens[-_CONTEXT:]) if k + 1 < len(pieces) else ""
        yield how, f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"


# --- errata


def errata(found: Differences) -> str:
    """A section of Markdown that can be bound in: what was corrected, by the pages of the old version."""
    lines = [
        f"# Errata {{#errata-{_slug(found.old)}}}",
        f"What {found.new} corrects in {found.old}. Pages are those of {found.old}.",
    ]
    rows = [row for change in (*found.text, *found.notes) for row in _corrections(change)]
    return "\n\n".join([*lines, *(rows or ["There is nothing to correct."])]) + "\n"


def _slug(text: str) -> str:
    return "".join(char if char.isalnum() else "-" for char in text.lower()).strip("-")


def _corrections(change: Change) -> Iterator[str]:
    """One paragraph for each correction: “p. 12, for ‘a’ read ‘b’.”"""
    page = change.page_before or change.page_after
    note = f"note {change.block.number}" if change.block.number else ""
    place = f"**{', '.join(filter(None, (f'p. {page}' if page else '', note))) or change.block.unit}**"
    if change.what != "changed":
        said = _plain(_first(change.block.text, _LONG))
        yield f"{place}: {'added' if change.what == 'new' else 'left out'}: ‘{said}’"
        return
    pieces = change.pieces
    for k, (how, _) in enumerate(pieces):
        if how == "same" or (how == "new" and k and pieces[k - 1][0] == "old"):
            continue
        old, new = _reading(pieces, k)
        yield f"{place}: for ‘{_plain(old)}’ read ‘{_plain(new)}’"


def _reading(pieces: Sequence[Piece], k: int) -> tuple[str, str]:
    """The old and the new reading at piece `k`, with a word on either side where one of them is nothing by itself."""
    old = pieces[k][1] if pieces[k][0] == "old" else ""
    after = k + 1 if old else k
    new = pieces[after][1] if after < len(pieces) and pieces[after][0] == "new" else ""
    end = after + 1 if new else after
    if old.strip() and new.strip():
        return old.strip(), new.strip()
    before = pieces[k - 1][1].split()[-2:] if k else []
    follow = pieces[end][1].split()[:2] if end < len(pieces) else []
    return tuple(" ".join([*before, *said.split(), *follow]) for said in (old, new))  # type: ignore[return-value]


def _first(text: str, count: int) -> str:
    tokens = text.split()
    return text if len(tokens) <= count else f"{' '.join(tokens[:count])} …"


def _plain(text: str) -> str:
    """Words that Markdown leaves as they are."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#+-!|^~@:" else char for char in text)


# --- HTML

_STYLE = """
:root { color-scheme: light dark; --line: #ddd5c6; --old: #b3261e; --new: #1b6e3c; --faint: #867d70 }
body { max-width: 44rem; margin: 2rem auto 6rem; padding: 0 1.5rem; font: 1.05rem/1.55 Georgia, serif }
h1 { font-size: 1.6rem; line-height: 1.25 } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line) }
h3 { font-weight: normal; font-style: italic; margin: 2rem 0 .5rem }
article { display: grid; grid-template-columns: 7rem 1fr; gap: 1rem; padding: .6rem 0;
  border-top: 1px solid var(--line) }
article header, .sum { color: var(--faint); font: .8rem/1.5 system-ui, sans-serif } p { margin: 0 }
del { color: var(--old); text-decoration-thickness: 1px } ins { color: var(--new); text-decoration-thickness: 1px }
code { font-size: .75rem; overflow-wrap: anywhere }
"""


def html(found: Differences) -> str:
    """One page, whole in itself."""
    title = f"{escape(found.old)} → {escape(found.new)}"
    body = [f"<h1>{title}</h1><p class='sum'>{escape(summary(found))}</p>"]
    for name, changes in (("Text", found.text), ("Notes", found.notes)):
        body += [f"<h2>{name}</h2>"] * bool(changes)
        for unit, group in groupby(changes, key=lambda change: change.block.unit):
            body += [f"<h3>{escape(unit)}</h3>", *map(_article, group)]
    for name, entries in (("Names", found.names), ("Events", found.events)):
        rows = "".join(f"<li>{escape(_entry(entry).strip())}</li>" for entry in entries)
        body += [f"<h2>{name}</h2><ul>{rows}</ul>"] * bool(rows)
    if found.gone:
        body.append(f"<h2>Ids gone</h2><p><code>{escape(', '.join(found.gone))}</code></p>")
    head = f"<meta charset='utf-8'><title>{title}</title><style>{_STYLE}</style>"
    return f"<!DOCTYPE html>\n<html lang='en'><head>{head}</head><body>{''.join(body)}</body></html>\n"


def _article(change: Change) -> str:
    tags = {"same": "{}", "old": "<del>{}</del>", "new": "<ins>{}</ins>"}
    pages = " → ".join(dict.fromkeys(f"p. {page}" for page in (change.page_before, change.page_after) if page))
    note = f"note {escape(change.block.number)}<br>" if change.block.number else ""
    words = "".join(tags[how].format(escape(said)) for how, said in change.pieces)
    return f"<article><header>{note}{pages}<br><code>{escape(change.block.id)}</code></header><p>{words}</p></article>"
