"""Comments in a Word file: questions to the editor, each told at its place; not text of the edition.

Knows comments.xml and commentsExtended.xml; where comments stand is told by those who read paragraphs.
"""

from __future__ import annotations

from ..xml import Element
from .docx_clean import texts
from .docx_parts import Parts
from .docx_told import Told, excerpt
from .docx_xml import ID, WORD_2010, WORD_2012, P, w

_PARAGRAPH_ID = f"{{{WORD_2010}}}paraId"
_EXTENDED = f"{{{WORD_2012}}}"


class Comments:
    """The comments of one file that are still open, and the words they are about. `wanted`: whether they are told."""

    def __init__(self, parts: Parts, wanted: bool) -> None:
        root = parts.root("comments") if wanted else None
        done = _done(parts.root("commentsExtended"))
        self._texts: dict[str, tuple[str, str]] = {}
        self._about: dict[str, list[str]] = {}
        self._open: set[str] = set()
        for comment in () if root is None else root.iterfind(w("comment")):
            paragraphs = list(comment.iter(P))
            if not any(p.get(_PARAGRAPH_ID) in done for p in paragraphs):
                text = " ".join(texts(comment))
                self._texts[comment.get(ID, "")] = comment.get(w("author"), ""), " ".join(text.split())

    def begin(self, name: str) -> None:
        if name in self._texts:
            self._open.add(name)

    def end(self, name: str) -> None:
        self._open.discard(name)

    def take(self, text: str) -> None:
        """Text that stands where comments are open."""
        for name in self._open:
            self._about.setdefault(name, []).append(text)

    def refer(self, name: str, ordinal: int, column: int, told: Told) -> None:
        """The place where a comment is anchored."""
        if name not in self._texts:
            return
        author, text = self._texts.pop(name)
        self._open.discard(name)
        about = "".join(self._about.pop(name, ())).strip()
        said = f"{author or 'somebody'} asks or says: “{text}”" + (f", about {excerpt(about)}" if about else "")
        hint = "settle it in Word and delete the comment, or write in edition.yaml: comments: drop"
        told.say("docx-comment", ordinal, said, hint, column)


def _done(root: Element | None) -> set[str]:
    """The ids of paragraphs whose comments are marked as done (w15:commentEx)."""
    entries = () if root is None else root.iter(f"{_EXTENDED}commentEx")
    return {e.get(f"{_EXTENDED}paraId", "") for e in entries if e.get(f"{_EXTENDED}done") in ("1", "true")}
