"""Front matter: YAML between lines of dashes before a text, as Pandoc, Jekyll, Hugo and Obsidian have it.

Knows YAML and lines; knows no Markdown.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..problems import Place, Problem

_BLOCK = re.compile(r"---[ \t]*\n((?=[\w-]+[ \t]*:)(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|$)")


class FrontMatter(NamedTuple):
    """A text with blank lines in place of its front matter; the title given there, on one line, and where it stands.

    `others`: the first of the keys that are not read, and all their names.
    """

    rest: str
    title: str
    line: int
    others: tuple[Place, list[str]] | None
    problems: list[Problem]

    def headed(self) -> str:
        """The text with the title for a heading."""
        lines = self.rest.split("\n")
        lines[self.line - 1] = f"# {self.title}"
        return "\n".join(lines)


def parted(name: str, text: str) -> FrontMatter:
    """The front matter of a text, and the text; YAML that cannot be read is told, and gives nothing."""
    match = _BLOCK.match(text)
    if match is None:
        return FrontMatter(text, "", 0, None, [])
    from .. import yamlmarks

    rest = "\n" * match.group().count("\n") + text[match.end() :]
    node, problems = yamlmarks.load(f"\n{match[1]}".encode(), name)
    values = node.value if node and isinstance(node.value, dict) else {}
    title = values.get("title")
    others = [(value.key, key) for key, value in values.items() if key != "title" and value.key]
    return FrontMatter(
        rest,
        " ".join(title.value.split()) if title and isinstance(title.value, str) else "",
        title.key.line if title and title.key else 0,
        (others[0][0], [key for _, key in others]) if others else None,
        problems,
    )
