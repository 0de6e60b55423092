"""The reader of plain text: what a paragraph is in this file, its heading if it has one, and nothing else.

Knows lines; the model is measured, said as an info problem, and overridden by edition.yaml:
read: {"text/x.txt": {paragraphs: lines | blocks | indented}}.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ..problems import Place, Problem, did_you_mean
from ..words import fingerprint, words
from ..xml import Element, tei
from .reading import Reading, ReadOptions, Spot, decoded, position_table, unread

MODELS = {
    "lines": "each line is a paragraph",
    "blocks": "empty lines divide paragraphs",
    "indented": "empty lines and indented first lines begin paragraphs",
}
# Text wrapped by hand or machine is this wide: shorter lines are verse or lists, longer ones paragraphs.
NARROWEST, WIDEST = 40, 120
# Of the lines of a wrapped file, at least this share are full, and at most this share begin with a capital.
FULL, CAPITALS = 0.6, 0.7
LONGEST_HEADING = 12  # words
_INDENT = re.compile(r"[ ]{2,}|[ ]*[\t\u3000]")
_DIVIDES = ("-", "\u2010", "\u00ad")
_FINAL = tuple(".!?…:;,—–-\"'”’»)]")


class Paragraph(Struct, frozen=True):
    """A paragraph: where it begins, its text, how many lines it was made of, places of joined hyphens."""

    spot: Spot
    text: str
    lines: int
    hyphens: tuple[Spot, ...] = ()


class Features(Struct, frozen=True):
    """What is measured of a file's lines.

    `width` is the length that all lines but one in a hundred keep to. `joints` counts the line ends within a group at
    which text may go on: `full` those where the next line's first word would not have fit into the width less 5 %, or
    that divide a word, `capitals` those where the next line begins with a capital, as most verses and paragraphs do.
    `indents` counts the indented lines that follow one that is not.
    """

    lines: int
    groups: int
    width: int
    joints: int
    full: int
    capitals: int
    indents: int

    @property
    def is_wrapped(self) -> bool:
        fits = NARROWEST <= self.width <= WIDEST and self.joints > 0
        return fits and self.full >= FULL * self.joints and self.capitals <= CAPITALS * self.joints


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A plain text as a TEI <body> with one <div>: every word of the file once, in order."""
    text, problems = decoded(name, data)
    if any(problem.code == "source-encoding" for problem in problems):
        return unread(problems)
    lines = text.split("\n")
    if not any(line.strip() for line in lines):
        empty = Problem(
            "chapter-empty", Place(name, 1, 1), "there is no text in this file", "write it, or take it out of contents"
        )
        return unread([*problems, empty])
    model, said = _model(name, lines, options.paragraphs)
    found = list(paragraphs(lines, model))
    is_heading, told = _heading(name, found, options.title)
    tree, spots = _tree(found, is_heading)
    noted = [*problems, *said, *told, *_duplicates(name, found), *_hyphens(name, found)]
    return Reading(tree, position_table(tree, spots, {}), sorted(noted, key=lambda p: (p.place, p.code)))


# --- the model


def measured(lines: list[str]) -> Features:
    """Features of the lines of a file."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    width = lengths[-1 - len(lengths) // 100] if lengths else 0
    groups = joints = full = capitals = indents = 0
    before = ""
    for line in lines:
        if line.strip() and not before.strip():
            groups += 1
        elif line.strip() and not _INDENT.match(line):
            joints += 1
            full += _is_full(before.rstrip(), line, width)
            capitals += _first_letter(line).isupper()
        elif line.strip() and not _INDENT.match(before):
            indents += 1
        before = line
    return Features(len(lengths), groups, width, joints, full, capitals, indents)


def _is_full(line: str, following: str, width: int) -> bool:
    first = following.split(maxsplit=1)[0]
    return line.endswith(_DIVIDES) or len(line) + 1 + len(first) > width * 0.95


def _first_letter(line: str) -> str:
    return next((character for character in line if character.isalpha()), "")


def model_of(features: Features) -> str:
    """lines, blocks or indented."""
    if features.is_wrapped:
        return "indented" if features.indents * 5 >= features.groups else "blocks"
    return "lines" if features.joints + features.indents > 0 or features.groups == 1 else "blocks"


def _model(name: str, lines: list[str], wanted: str) -> tuple[str, list[Problem]]:
    features = measured(lines)
    model = model_of(features)
    if wanted in MODELS:
        return wanted, []
    if wanted:
        hint = did_you_mean(wanted, MODELS, f"it can be {', '.join(MODELS)}")
        return model, [Problem("text-model", Place(name), f"“{wanted}” is no way to tell paragraphs", hint)]
    text = f"{MODELS[model]}: {_reason(features)}"
    others = " or ".join(other for other in MODELS if other != model)
    hint = f'if not, write in edition.yaml: read: {{"{name}": {{paragraphs: {others}}}}}'
    return model, [Problem("text-paragraphs", Place(name, 1, 1), text, hint)]


def _reason(features: Features) -> str:
    told = [f"{features.lines} lines"]
    told += [f"{features.groups} groups between empty lines" if features.groups > 1 else "no empty line between them"]
    if features.joints and features.width > WIDEST:
        told += [f"too long to be wrapped (up to {features.width} characters)"]
    elif features.joints:
        told += [f"{features.full} of {features.joints} line ends are full at {features.width} characters"]
        told += [f"{features.capitals} of the lines behind them begin with a capital"]
    if features.indents:
        told += [f"{features.indents} lines begin with spaces"]
    return ", ".join(told)


# --- paragraphs


def paragraphs(lines: list[str], model: str) -> Iterator[Paragraph]:
    """The paragraphs of a file's lines."""
    group: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        ends = not line.strip() or model == "lines" or (model == "indented" and _INDENT.match(line))
        if ends and group:
            yield _joined(group)
            group = []
        if line.strip():
            group.append((number, line))
    if group:
        yield _joined(group)


def _joined(group: list[tuple[int, str]]) -> Paragraph:
    """Lines joined to a paragraph by spaces.

    A hyphen at a line's end stays and the word goes on behind it without a space: no letter is lost, and compounds
    come out right; U+2060 behind it tells typography that a line ended there. A hyphen of U+2010 only divides the word
    (words.py): it goes.
    """
    number, first = group[0]
    pieces, hyphens = [first.strip()], []
    for (at, before), (_, line) in zip(group, group[1:], strict=False):
        if before.endswith("\u2010"):
            pieces[-1] = pieces[-1][:-1]
        elif before[-2:-1].isalpha() and before.endswith("-") and line.strip()[0].isalpha():
            hyphens.append((at, len(before)))
            pieces.append("\u2060")
        else:
            pieces.append(" ")
        pieces.append(line.strip())
    column = len(first) - len(first.lstrip()) + 1
    return Paragraph((number, column), "".join(pieces), len(group), tuple(hyphens))


def _heading(name: str, found: list[Paragraph], title: str) -> tuple[bool, list[Problem]]:
    """Whether the first paragraph is the heading: if it is the title given, or, none being given, looks like one."""
    first = found[0]
    if title:
        return first.lines == 1 and fingerprint(first.text) == fingerprint(title), []
    short = 0 < len(words(first.text)) <= LONGEST_HEADING and not first.text.endswith(_FINAL)
    if first.lines > 1 or not short or len(found) == 1:
        return False, []
    text = f"“{first.text}” is taken as the heading: it is the first line, short, and ends without a full stop"
    hint = "if it is not, give the file a title: in edition.yaml"
    return True, [Problem("text-heading", Place(name, *first.spot), text, hint)]


def _tree(found: list[Paragraph], is_heading: bool) -> tuple[Element, dict[Element, Spot]]:
    div = tei("div")
    spots = {div: found[0].spot}
    for ordinal, paragraph in enumerate(found):
        element = tei("head" if is_heading and ordinal == 0 else "p", {}, paragraph.text)
        spots[element] = paragraph.spot
        div.append(element)
    return tei("body", {}, div), spots


# --- what is worth knowing


def _duplicates(name: str, found: list[Paragraph]) -> Iterator[Problem]:
    """Paragraphs of five words or more that are the same, letter for letter."""
    first: dict[str, Paragraph] = {}
    for paragraph in found:
        text = " ".join(paragraph.text.split())
        before = first.setdefault(text, paragraph)
        if before is not paragraph and len(words(text)) >= 5:
            said = f"this paragraph is the same as the one in line {before.spot[0]}"
            yield Problem(
                "text-duplicate", Place(name, *paragraph.spot), said, "delete one of the two, if one is too many"
            )


def _hyphens(name: str, found: list[Paragraph]) -> Iterator[Problem]:
    """How many words were put together at a line's end."""
    places = [spot for paragraph in found for spot in paragraph.hyphens]
    if places:
        said = (
            f"{len(places)} lines end with a hyphen: the word goes on behind it without a space"
            if len(places) > 1
            else ("a line ends with a hyphen: the word goes on behind it without a space")
        )
        hint = "typography: on joins those that the book's own words show to be one"
        yield Problem("text-hyphens", Place(name, *places[0]), said, hint)
