"""Problems as data: what is wrong with the user's work, where, and what to do.

Owns Problem, Place and the pages of codes/. Knows nothing of files, trees or consoles.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

_CODES = Path(__file__).with_name("codes")

Severity = Literal["error", "warning", "info"]


class Place(NamedTuple):
    """Where something stands.

    Either absolute (`line`, `column`, both counted from 1; 0 = unknown), as readers of YAML know it, or
    relative to a tree: `block` is the ordinal of a block element (-1 = the file as a whole) in the tree of `file`
    as read, or of its unit `unit` where that is given; `mark` is an inline of the block, "ref.2" being its second
    <ref>. The report turns the second kind into the first with today's position table, so that no cached
    problem points at an old line.
    """

    file: str
    line: int = 0
    column: int = 0
    unit: str = ""
    block: int = -1
    mark: str = ""


class Problem(NamedTuple):
    """One complaint. `code` names a page of codes/; `text` says what is wrong, `hint` what to do."""

    code: str
    place: Place
    text: str
    hint: str = ""

    @property
    def severity(self) -> Severity:
        return explanation(self.code).severity

    @property
    def is_error(self) -> bool:
        return self.severity == "error"

    def at(self, place: Place) -> Problem:
        return self._replace(place=place)

    def to_json(self) -> dict[str, Any]:
        return {**self._asdict(), "place": self.place._asdict()}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Problem:
        return Problem(data["code"], Place(**data["place"]), data["text"], data["hint"])


class Explanation(NamedTuple):
    """The page of a code: severity, one-line title, and the text in Markdown."""

    code: str
    severity: Severity
    title: str
    text: str


@cache
def explanation(code: str) -> Explanation:
    """The page of `code`. A code without a page is a bug of ours (KeyError)."""
    page = _CODES / f"{code}.md"
    if not page.is_file():
        raise KeyError(f"code {code!r} has no page in edition/codes/")
    first, _, text = page.read_text(encoding="utf-8").partition("\n")
    severity, _, title = first.removeprefix("# ").partition(": ")
    if severity not in ("error", "warning", "info"):
        raise KeyError(f"codes/{code}.md does not begin with '# error: ', '# warning: ' or '# info: '")
    return Explanation(code, severity, title, text.strip() + "\n")  # type: ignore[arg-type]


@cache
def codes() -> tuple[str, ...]:
    """All codes that have a page, sorted."""
    return tuple(sorted(page.stem for page in _CODES.glob("*.md")))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the nearest known word; `otherwise` where none is near."""
    from difflib import get_close_matches

    close = get_close_matches(word, sorted(known), 1)
    return f"did you mean “{close[0]}”?" if close else otherwise
