"""The reader of Markdown: CommonMark with the marks of an edition (docs/architecture.md, "A reading"; DESIGN 2.3).

Owns the order of the steps; the steps are in front_matter, markdown_parser, markdown_tree and markdown_marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..problems import Place, Problem
from ..words import fingerprint
from ..xml import tei
from .front_matter import parted
from .markdown_attributes import Complaint
from .markdown_empty import say_empty
from .markdown_marks import Work
from .markdown_parser import parsed
from .markdown_tree import Blocks, Notes, without_notes
from .reading import Reading, ReadOptions, decoded, position_table, unread

if TYPE_CHECKING:
    from markdown_it.token import Token

_TOLD = "what readers are to know of a text is told in edition.yaml: by, translator, source"


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A Markdown file as a TEI <body>: a div for each heading, bare blocks where there is none."""
    text, problems = decoded(name, data)
    if any(problem.code == "source-encoding" for problem in problems):
        return unread(problems)
    work = Work(name, problems)
    tokens, env = _parsed(text, work, options.title)
    flow, definitions = without_notes(tokens, work)
    notes = Notes(work, definitions)
    body = tei("body")
    Blocks(work, notes).fill(body, flow)
    notes.say_uncited()
    _say_of_link_definitions(env, work)
    say_empty(body, work)
    return Reading(body, position_table(body, work.blocks, work.marks), sorted(work.problems, key=_order))


def _parsed(text: str, work: Work, title: str) -> tuple[list[Token], Mapping[str, Any]]:
    """The tokens of a text; the title of its front matter heads it if nothing else does. `title`: edition.yaml's."""
    front = parted(work.name, text)
    work.problems += front.problems
    if front.others:
        place, names = front.others
        told = f"front matter that is not read: {', '.join(names)}"
        work.say((place.line, place.column), Complaint("markdown-front-matter", told, _TOLD))
    found = parsed(front.rest)
    heading = next((token.content for before, token in pairwise(found[0]) if before.tag == "h1"), title)
    if not front.title or fingerprint(heading) == fingerprint(front.title):
        return found
    if not heading:
        return parsed(front.headed())
    told = f"the title “{front.title}” of the front matter is not read: the text is headed “{heading}”"
    work.say((front.line, 1), Complaint("markdown-front-matter", told, "take it out, or the heading"))
    return found


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
