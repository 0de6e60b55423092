"""The page of the preview as the browser first gets it: whole, with the text in it, so that it shows without a script.

Knows what is shown; knows no server. The shell's style and script are files in static/.
"""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from ..book import UNLISTED
from .session import Preview
from .text import Section

STATIC = Path(__file__).with_name("static")


def html(shown: Preview, state: dict[str, Any]) -> str:
    """The whole page, which shows without a script: `state` is what the script starts from."""
    text = "".join(map(_part, shown.sections))
    told = {**state, "sections": [[key, digest, ""] for key, digest, _ in state["sections"]]}
    return Template((STATIC / "shell.html").read_text(encoding="utf-8")).substitute(
        language=escape(shown.language),
        title=escape(shown.title or "Edition"),
        standing=escape(shown.standing),
        contents=contents(shown),
        text=text or '<p class="nothing">There is no text to show yet: see the complaints.</p>',
        state=json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _part(section: Section) -> str:
    return f'<div class="part" data-key="{escape(section.key)}" data-digest="{section.digest}">{section.html}</div>'


def contents(shown: Preview) -> str:
    """The list of contents as HTML."""
    listed = [section for section in shown.sections if section.kind not in UNLISTED and section.title]
    return "".join(map(_entry, listed))


def _entry(section: Section) -> str:
    number = f'<span class="number">{escape(section.number)}</span>' if section.number else ""
    kind = "part-title" if section.kind == "part" else section.zone
    return f'<li class="{kind}"><a href="#{escape(section.id)}">{number}{escape(section.title)}</a></li>'


def style(styles: Path) -> str:
    """The house styles of the e-book, kept within the text by nesting (CSS Nesting 1), so the shell keeps its own."""
    sheets = "\n".join((styles / name).read_text(encoding="utf-8") for name in ("house.css", "epub.css"))
    return f".text {{\n{sheets}\n}}\n"
