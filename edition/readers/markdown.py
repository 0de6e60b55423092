"""The reader of Markdown: CommonMark with the marks of an edition (docs/architecture.md, "A reading"; DESIGN 2.3).

Owns the order of the steps; the steps are in markdown_parser, markdown_tree and markdown_marks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..problems import Place, Problem
from ..xml import tei
from .markdown_attributes import Complaint, not_yet
from .markdown_empty import say_empty
from .markdown_marks import Work
from .markdown_parser import parsed
from .markdown_tree import Blocks, Notes, without_notes
from .reading import Reading, ReadOptions, decoded, position_table, unread

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w-]+[ \t]*:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A Markdown file as a TEI <body>: a div for each heading, bare blocks where there is none."""
    text, problems = decoded(name, data)
    if any(problem.code == "source-encoding" for problem in problems):
        return unread(problems)
    work = Work(name, problems)
    tokens, env = parsed(_without_front_matter(text, work))
    flow, definitions = without_notes(tokens, work)
    notes = Notes(work, definitions)
    body = tei("body")
    Blocks(work, notes).fill(body, flow)
    notes.say_uncited()
    _say_of_link_definitions(env, work)
    say_empty(body, work)
    return Reading(body, position_table(body, work.blocks, work.marks), sorted(work.problems, key=_order))


def _without_front_matter(text: str, work: Work) -> str:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text
    hint = "title, author and the like go into edition.yaml; take away these lines"
    work.say((1, 1), not_yet("front matter between --- lines", hint))
    return "\n" * match.group().count("\n") + text[match.end() :]


def _say_of_link_definitions(env: Mapping[str, Any], work: Work) -> None:
    """`[label]: address` is no text: one that nothing uses would be lost without a word."""
    lines = env["lines"]
    faults = [(row, f"[{row['label']}] is defined twice") for row in env.get("duplicate_refs", ())]
    for label, row in env.get("references", {}).items():
        if label not in work.labels:
            faults.append((row, f"nothing links to “{row['href']}”, defined here"))
    for row, text in faults:
        number = row["map"][0]
        spot = number + 1, lines[number].find("[") + 1
        work.say(
            spot, Complaint("markdown-definition", text, r"[words][label] links to it; write \[ for a [ that is text")
        )


def _order(problem: Problem) -> tuple[Place, str, str]:
    return problem.place, problem.code, problem.text
