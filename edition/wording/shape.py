"""What words a language must have for the tool to write an edition in it.

Knows no language. `{}` in a wording is filled in by the caller.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. `{}` is filled in by the caller."""

    chapter: str
    note: str
    paragraph: str
    page: str
    quoted: str
    contents: str
    copyright: str
    half_title: str
    title: str
    who_is_who: str
    chronology: str
    index: str
    index_headnote: str
    index_headnote_mixed: str
    undated: str
    born: str
    died: str
    notes: str
    see: str
    see_also: str
    draft: str
    licence: str
    roles: tuple[tuple[str, str], ...]

    def section(self, name: str) -> str:
        """The heading of a generated section."""
        return str(getattr(self, name.replace("-", "_")))

    def role(self, code: str) -> str:
        """How a MARC relator is said before a name; "" where the name stands alone."""
        return dict(self.roles).get(code, "")
