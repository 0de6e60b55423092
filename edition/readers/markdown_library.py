"""The one door to markdown-it, through which it comes without its patterns: a book needs six of its sixty.

Knows what of the library the reader of Markdown uses.
"""

from __future__ import annotations

from ..patterns import compiled_late

with compiled_late():
    from markdown_it import MarkdownIt, rules_block, rules_inline
    from markdown_it.common.normalize_url import normalizeLink
    from markdown_it.common.utils import normalizeReference
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = [
    "MarkdownIt", "StateBlock", "StateCore", "StateInline", "Token", "normalizeLink", "normalizeReference",
    "parseLinkDestination", "parseLinkTitle", "rules_block", "rules_inline",
]  # fmt: skip
