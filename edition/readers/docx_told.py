"""What there is to say about a Word file: gathered while it is read, told once for each thing with its count.

Knows places and wording; knows no XML.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..problems import Place, Problem
from ..words import words

SHOWN = 8  # words of an excerpt
# code -> what is said of several: {n} how many, {s} the plural's s, {of} the thing counted; and the hint.
_TALLIES = {
    "docx-look": ("{of} in {n} place{s}: the words are kept, this look of them is not", ""),
    "docx-object": ("{n} object{s} of another program cannot be read: {of}", "put in a picture of it, or its text"),
    "docx-formula": (
        "{n} formula{s} kept as plain text, on one line",
        "put in a picture where the form matters, with the formula as its alternative text",
    ),
    "docx-symbol": (
        "the character {of} is known to nobody; U+FFFD stands for it, in {n} place{s}",
        "replace it by a character of Unicode, or put in a picture",
    ),
    "docx-numbers": ("{n} {of}: numbers that Word makes are not text, and are left out", ""),
    "docx-breaks": ("{of}: {n}", ""),
    "docx-image": ("{n} image{s} within a line of text: set behind the paragraph", ""),
    "docx-text-box": ("{n} text box{es}: set behind the paragraph it is tied to", "check that it is read where it belongs"),
    "docx-heading-look": (
        "{n} short paragraph{s} all in bold, but without a heading's style: {of}",
        "if it is a heading, give it the style Heading 1, 2 …",
    ),
    "docx-field": ("{n} field{s} {of} without anything to show", "update the fields in Word (select all, F9), and save"),
    "docx-unknown": ("{n} element{s} “{of}” that we do not know, with text: the text is kept", ""),
}  # fmt: skip


@dataclass(slots=True)
class _Tally:
    ordinal: int
    column: int
    count: int
    of: str


class Told:
    """The complaints of one reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.said: list[Problem] = []
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._omitted: dict[str, list[tuple[int, str]]] = {}

    def say(self, code: str, ordinal: int, text: str, hint: str = "", column: int = 1) -> None:
        """A complaint at a paragraph (0: of the whole file)."""
        self.said.append(Problem(code, Place(self.file, ordinal, column if ordinal else 0), text, hint))

    def tally(self, code: str, ordinal: int, of: str = "", key: str = "", column: int = 1) -> None:
        """One more of something. Those with the same `key` (else `of`) are told together, with the first one's `of`."""
        entry = self._tallies.setdefault((code, key or of), _Tally(ordinal, column, 0, of))
        entry.count += 1

    def omit(self, reason: str, ordinal: int, text: str) -> None:
        """Text that does not go into the tree, and why."""
        texts = self._omitted.setdefault(reason, [])
        if texts and texts[-1][0] == ordinal:
            texts[-1] = ordinal, texts[-1][1] + text
        else:
            texts.append((ordinal, text))

    def omitted(self) -> dict[str, list[str]]:
        """Reason -> the words left out."""
        return {reason: words("\n".join(text for _, text in texts)) for reason, texts in self._omitted.items()}

    def problems(self) -> list[Problem]:
        """Everything, in the order of places."""
        found = [*self.said]
        for (code, _), tally in self._tallies.items():
            text, hint = _TALLIES[code]
            many = tally.count > 1
            said = text.format(n=tally.count, s="s" if many else "", es="es" if many else "", of=tally.of)
            place = Place(self.file, tally.ordinal, tally.column if tally.ordinal else 0)
            found.append(Problem(code, place, said, hint))
        for reason, gone in self.omitted().items():
            if gone:
                ordinal = self._omitted[reason][0][0]
                said = f"{len(gone)} word{'s' if len(gone) > 1 else ''} left out, {reason}: {excerpt(gone)}"
                found.append(Problem("docx-omitted", Place(self.file, ordinal, 1 if ordinal else 0), said))
        return sorted(found, key=lambda problem: (problem.place, problem.code, problem.text))


def excerpt(found: list[str] | str) -> str:
    """The first words of something, in quotation marks."""
    if isinstance(found, str):
        found = found.split()
    return f"“{' '.join(found[:SHOWN])}{' …' if len(found) > SHOWN else ''}”"
