"""Numbers of pages as a style says them: which are filled in with those of the edition, and complaints of all others.

A unit is laid out alone, so that a page counter counts its pages only; what stands in a margin is filled in when the
edition is written. Knows style sheets and what WeasyPrint makes of `content`; knows no layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2

from ..problems import Place, Problem
from .settle import roman

_COUNTERS = ("counter", "counters", "target-counter", "target-counters")
_HINT = "say it in a margin of @page, in words, string() and counter(page): @bottom-center { content: counter(page) }"

Words = tuple[str | None, ...]


def words(content: Any, text: str, number: int, is_roman: bool) -> Words:
    """What a margin box says that has the number of its page, alone or among words; None is the number. () for any
    other.

    `content` is the value of the property, `text` what the layout made of it when the page was its `number`th.
    """
    items = content if isinstance(content, tuple) else ()
    if not has_number(items):
        return ()
    if all(kind == "string" or _is_page(kind, value) for kind, value in items):
        return tuple(None if kind == "counter()" else value for kind, value in items)
    pattern = ""
    for kind, value in items:
        if kind == "string":
            pattern += f"({re.escape(value)})"
        elif kind == "string()":
            pattern += "(.*)"
        elif _is_page(kind, value):
            pattern += re.escape(roman(number) if is_roman and value[1] == "folio" else str(number))
        else:
            return ()
    found = re.fullmatch(pattern, text)
    said = iter(found.groups() if found else ())
    return tuple(None if kind == "counter()" else next(said) for kind, _ in items) if found else ()


def has_number(content: Any) -> bool:
    """Whether the value of `content` has a number of pages in it."""
    items = content if isinstance(content, tuple) else ()
    return any(kind.startswith(_COUNTERS) and {"page", "pages"} & set(map(str, value)) for kind, value in items)


def _is_page(kind: str, value: Any) -> bool:
    return kind == "counter()" and value[0] == "page"


def unknown(pages: Sequence[Any], first: int, is_roman: bool) -> list[Problem]:
    """Margins of laid-out pages that say a number which nobody will fill in; each once."""
    found: dict[str, Problem] = {}
    for number, page in enumerate(pages, first):
        for margin in page._page_box.children:
            if getattr(margin, "at_keyword", "") and has_number(margin.style["content"]):
                texts = [box.text for box in margin.descendants() if hasattr(box, "pango_layout")]
                if len(texts) != 1 or not words(margin.style["content"], texts[0], number, is_roman):
                    told = f"{margin.at_keyword} says “{' '.join(texts)}”, whose number is not that of the page"
                    found.setdefault(margin.at_keyword, Problem("style-folio", Place(""), told, _HINT))
    return list(found.values())


def problems(css: str, file: str) -> list[Problem]:
    """Complaints of an edition's own sheet where it counts pages elsewhere than in margins."""
    told = "a page counter outside the margins counts the pages of one text only"
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    others = (rule for rule in rules if rule.type != "at-rule" or rule.lower_at_keyword != "page")
    places = (Place(file, token.source_line, token.source_column) for token in _counting(others))
    return [Problem("style-folio", place, told, _HINT) for place in places]


def _counting(tokens: Iterable[Any]) -> Iterator[Any]:
    """The functions that count pages, at any depth."""
    for token in tokens:
        inner = getattr(token, "arguments", None) or getattr(token, "content", None) or ()
        if token.type == "function" and token.lower_name in _COUNTERS:
            if any(each.type == "ident" and each.lower_value in ("page", "pages") for each in inner):
                yield token
        elif not isinstance(inner, str):
            yield from _counting(inner)
