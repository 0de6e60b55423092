"""What there is to say about a Word file: gathered while it is read, told once for each thing with its count.

Knows places and wording; knows no XML.
"""

from __future__ import annotations

from msgspec import Struct

from ..problems import Place, Problem
from ..words import words

SHOWN = 8  # words of an excerpt
# What is counted -> code; what is said: {n} how many, {s} the plural's s, {of} the thing counted; hint.
_TALLIES = {
    "style": (
        "docx-style",
        "{n} paragraph{s} in the style “{of}”: what it means is not known, the text is kept as running text",
        'if it means something, say so in edition.yaml: read: {{"{file}": {{styles: {{"{of}": quote}}}}}}',
    ),
    "run style": (
        "docx-style",
        "{n} stretch{es} of text in the style “{of}”: what it means is not known, its look is kept",
        'if it means something, say so in edition.yaml: read: {{"{file}": {{styles: {{"{of}": term}}}}}}',
    ),
    "look": ("docx-look", "{of} in {n} place{s}: the words are kept, this look of them is not", ""),
    "heading inside": (
        "docx-look",
        "{n} heading{s} within a table, a note or a text box: kept as paragraphs",
        "give it another style in Word, if it is no heading",
    ),
    "object": ("docx-object", "{of}: it cannot be read ({n} in all)", "put in a picture of it, or its text"),
    "formula": (
        "docx-formula",
        "{n} formula{s} kept as plain text on one line",
        "where the form matters, put in a picture with the formula as its alternative text",
    ),
    "symbol": (
        "docx-symbol",
        "nobody knows the character {of}: U+FFFD stands for it, in {n} place{s}",
        "put in a character of Unicode instead, or a picture",
    ),
    "heading number": ("docx-numbers", "{n} number{s} of headings, which Word makes, left out", ""),
    "item number": (
        "docx-numbers",
        "{n} item{s} numbered otherwise than 1, 2, 3 ({of}): they will be numbered 1, 2, 3",
        "if the text refers to them, write the numbers by hand",
    ),
    "counted": (
        "docx-numbers",
        "{n} cross-reference{s} with a number that Word has counted, of a note or a paragraph: kept as it stands",
        "see whether that number is still right in the edition",
    ),
    "index range": ("docx-numbers", "{n} index entr{ies} for a stretch of text: put where the entry stands", ""),
    "empty": (
        "docx-breaks",
        "{n} empty paragraph{s} between paragraphs left out",
        "if sections of the text are parted so, put * * * there",
    ),
    "image": ("docx-image", "{n} image{s} in a paragraph of text: set behind it", ""),
    "box": (
        "docx-text-box",
        "{n} text box{es}: its text is set behind the paragraph to which it is tied",
        "see whether it stands where it should be read",
    ),
    "quotation look": (
        "docx-look-alike",
        "{n} paragraph{s} set in by hand, first {of}",
        "if it is a quotation, give it the style Quote in Word",
    ),
    "heading look": (
        "docx-look-alike",
        "{n} short paragraph{s} all in bold without a heading's style, first {of}",
        "if it is a heading, give it the style Heading 1, 2 … in Word",
    ),
    "field": (
        "docx-field",
        "{n} field{s} {of} that show{v} nothing",
        "bring the fields up to date in Word (select all, F9) and save",
    ),
    "open fields": (
        "docx-field",
        "more than {of} fields that begin and do not end: all are taken for ended here",
        "open the file in Word and save it anew",
    ),
    "unknown": ("docx-unknown", "{n} element{s} “{of}” with text that we do not know: the text is kept", ""),
}  # fmt: skip


class _Tally(Struct):
    ordinal: int
    column: int
    count: int
    of: str


class Told:
    """The complaints of one reading."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._said: list[Problem] = []
        self._tallies: dict[tuple[str, str], _Tally] = {}
        self._omitted: dict[str, list[tuple[int, int, str]]] = {}

    def place(self, ordinal: int, column: int = 1) -> Place:
        """A paragraph; 0: the whole file."""
        return Place(self.file, ordinal, column if ordinal else 0)

    def say(self, code: str, ordinal: int, text: str, hint: str = "", column: int = 1) -> None:
        self._said.append(Problem(code, self.place(ordinal, column), text, hint))

    def tally(self, kind: str, ordinal: int, of: str = "", column: int = 1, apart: bool = True) -> None:
        """One more of something, told with its first place and the count; `apart`: for every `of` by itself."""
        entry = self._tallies.setdefault((kind, of if apart else ""), _Tally(ordinal, column, 0, of))
        entry.count += 1

    def omit(self, reason: str, ordinal: int, text: str, column: int = 1) -> None:
        """Text that does not go into the tree, and why; what stands at one place is one stretch."""
        texts = self._omitted.setdefault(reason, [])
        if texts and texts[-1][:2] == (ordinal, column):
            texts[-1] = ordinal, column, texts[-1][2] + text
        else:
            texts.append((ordinal, column, text))

    def omitted(self) -> dict[str, list[str]]:
        """Reason -> the words left out."""
        return {reason: words("\n".join(text for _, _, text in texts)) for reason, texts in self._omitted.items()}

    def problems(self) -> list[Problem]:
        """Everything, in the order of places."""
        found = [*self._said]
        for (kind, _), tally in self._tallies.items():
            code, text, hint = _TALLIES[kind]
            found.append(Problem(code, self.place(tally.ordinal, tally.column), *self._filled(tally, text, hint)))
        for reason, gone in self.omitted().items():
            if gone:
                said = f"{len(gone)} word{'s' if len(gone) > 1 else ''} left out ({reason}): {excerpt(gone)}"
                found.append(Problem("docx-omitted", self.place(*self._omitted[reason][0][:2]), said))
        return sorted(found, key=lambda problem: (problem.place, problem.code, problem.text))

    def _filled(self, tally: _Tally, *texts: str) -> list[str]:
        many = tally.count > 1
        plural = {"s": "s" * many, "es": "es" * many, "ies": "ies" if many else "y", "v": "" if many else "s"}
        return [text.format(n=tally.count, of=tally.of, file=self.file, **plural) for text in texts]


def excerpt(found: list[str] | str) -> str:
    """The first words of something, in quotation marks."""
    if isinstance(found, str):
        found = found.split()
    return f"“{' '.join(found[:SHOWN])}{' …' if len(found) > SHOWN else ''}”"
