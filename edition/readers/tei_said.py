"""What there is to say of a TEI source: complaints, one by one or counted.

Knows places and codes; knows no tree.
"""

from __future__ import annotations

from msgspec import Struct, field

from ..problems import Place, Problem


class _Tally(Struct):
    line: int
    hint: str
    count: int = 0
    words: int = 0


class Said(Struct):
    """The problems of one file. What happens many times is said once, at its first place, with how often."""

    file: str
    _problems: list[Problem] = field(default_factory=list)
    _tallies: dict[tuple[str, str], _Tally] = field(default_factory=dict)

    def say(self, code: str, line: int, text: str, hint: str = "", column: int = 1) -> None:
        self._problems.append(Problem(code, Place(self.file, line, column), text, hint))

    def count(self, code: str, line: int, text: str, hint: str = "", words: int = 0) -> None:
        """One more of what `text` tells; `words` are those it costs the text."""
        tally = self._tallies.setdefault((code, text), _Tally(line, hint))
        tally.count += 1
        tally.words += words

    def problems(self) -> list[Problem]:
        """All of them, in order of place."""
        counted = [
            Problem(code, Place(self.file, tally.line, 1), f"{text}{_how_often(tally)}", tally.hint)
            for (code, text), tally in self._tallies.items()
        ]
        return sorted([*self._problems, *counted], key=lambda p: (p.place, p.code, p.text))


def _how_often(tally: _Tally) -> str:
    times = f"{tally.count} times" if tally.count > 1 else ""
    words = f"{tally.words} word{'s' if tally.words > 1 else ''}" if tally.words else ""
    told = ", ".join(filter(None, (times, words)))
    return f" ({told})" if told else ""
