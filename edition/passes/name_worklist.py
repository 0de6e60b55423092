"""What is left to the editor: forms that stay untagged, each told once with counts and contexts.

Knows what units leave undecided; knows no tree.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..book import Undecided
from ..problems import Problem


def left_problems(left: Sequence[Undecided]) -> list[Problem]:
    """One complaint for every form left undecided: how often, whom it may mean, where it stands first."""
    grouped: dict[tuple[str, str], list[Undecided]] = {}
    for item in left:
        what = item.keys[0] if item.why == "unresolved" else item.form
        grouped.setdefault((what, item.why), []).append(item)
    return [_left(form, why, items) for (form, why), items in grouped.items()]


def _left(form: str, why: str, items: Sequence[Undecided]) -> Problem:
    first, who = items[0], items[0].keys[0]
    times = "once" if len(items) == 1 else f"{len(items)} times"
    text, hint = {
        "ambiguous": (
            f"“{form}” may be {', '.join(first.keys)}; it stands {times} and is not in the index",
            f"decide in decisions.yaml, forms: {{{form}: {who}}}, or in the text: [{form}]{{person={who}}}",
        ),
        "unresolved": (
            f"the source refers to “{form}” {times}, of which no register says anything (“{first.form}”)",
            f"list “{form}” in a register, or leave it: such names are not in the index",
        ),
        "namesake": (
            f"“{form}” seems part of a longer name that is not in people.yaml; it stands so {times}",
            f"list that person, or decide in the text: [{form}]{{person={who}}}, or {{person=none}}",
        ),
        "institution": (
            f"“{form}” is taken as part of an institution's name, not as a mention; it stands so {times}",
            f"if the person is meant, say so in the text: [{form}]{{person={who}}}",
        ),
    }[why]
    return Problem(f"name-{why}", first.place, text, hint)
