"""What a reader of HTML says at the end: of all that was counted on the way, once each, at the first place.

Knows tallies only.
"""

from __future__ import annotations

from msgspec import Struct

from .html_names import counted
from .html_work import Tally, Work


class _Saying(Struct, frozen=True):
    """The code of a tally, what is said of it ({n} things, {s} for many, {words} words), and the hint."""

    code: str
    text: str
    hint: str = ""


_SAYINGS = {
    "pages": _Saying("html-pages", "page breaks are made of {n} page number{s} in the text ({words})"),
    "line numbers": _Saying("html-pages", "numbers of lines are made of {n} number{s} beside the verse ({words})"),
    "headings": _Saying(
        "html-heading", "{n} heading{s} without text before the next: they are one heading of two lines"
    ),
    "book": _Saying(
        "html-heading",
        "this is taken as the title of a whole book: the headings below it begin chapters",
        "if it is not, put the text under another title",
    ),
    "cited again": _Saying(
        "note-cited-again", "{n} reference{s} to a note that was referred to before: a link to the note", ""
    ),
    "empty note": _Saying("note-blank", "{n} note{s} without text", "look at the page: where is the text of the note?"),
    "link to nothing": _Saying(
        "html-link", "{n} link{s} to places that are not in the text: the words stay, the link goes"
    ),
    "link elsewhere": _Saying(
        "html-link",
        "{n} link{s} to other pages, whose address is not known: the words stay, the link goes",
        'write the address of the page into it: <base href="https://…">',
    ),
    "data image": _Saying(
        "html-image", "{n} picture{s} within the page itself (data:): only the words for it are kept"
    ),
}
_UNKNOWN = _Saying(
    "html-element", "{n} element{s} <{name}>, which HTML does not have: its text is kept, marked x-{name}"
)


def say_tallies(work: Work) -> None:
    for kind in sorted(work.tallies):
        name = kind.removeprefix("unknown ")
        _say(work, work.tallies[kind], _SAYINGS.get(kind, _UNKNOWN), name)


def _say(work: Work, tally: Tally, saying: _Saying, name: str) -> None:
    if tally.first is None:
        return
    page, element = tally.first
    text = saying.text.format(
        n=tally.number, words=counted(tally.words, "word"), s="" if tally.number == 1 else "s", name=name
    )
    work.pages[page].say(saying.code, element, text, saying.hint)
