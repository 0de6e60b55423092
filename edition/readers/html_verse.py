"""Verse in a plain tree: poems, stanzas, lines and how far they are indented, in the idioms of the web.

Knows the classes that Project Gutenberg, Standard Ebooks and others use; what is in a line is made by html_inlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from ..xml import LANG, Element, add, add_text, drop_keeping_tail, local
from .html_inlines import Inlines, Node, nodes
from .html_names import BLOCKS, HEADINGS, classes, ids, text_of, types
from .html_style import ems
from .html_work import OWN, Context, Work

_POEMS = frozenset("poem poetry poetry-container verse versegroup linegroup lg lineblock line-block poetic".split())
_STANZAS = frozenset("stanza group linegroup lg versegroup strophe canto quatrain".split())
_LINES = frozenset("line verse l v poetryline verseline vers".split())
_INDENT = re.compile(r"(?:i|indent|in|line-i|ind)-?(\d{1,2})")
_NUMBERS = frozenset("linenum lineno line-number linenumber ln".split())
_TYPES = frozenset(("poem", "verse", "song", "hymn", "lyrics"))


def is_verse(element: Element) -> bool:
    """Whether an element holds verse: a poem or a stanza."""
    if element.tag not in ("div", "blockquote", "section", "p", "pre", "figure", "ul", "center"):
        return False
    if types(element) & _TYPES and not any(True for _ in element.iter(*HEADINGS)):
        return next(element.iter("br", "span", "p"), None) is not None
    own = classes(element)
    if not own & (_POEMS | {"stanza"}):
        return False
    if element.tag == "p":
        return bool(own & (_POEMS - {"verse"} | {"stanza"})) or element.find("br") is not None
    return True


def verse(work: Work, element: Element, context: Context) -> list[Element]:
    """A poem as <lg>; what is no verse in it (a title, a paragraph) stands before or after."""
    context = context.within(element)
    parts: list[Element] = []
    for stanza in _stanzas(element):
        if isinstance(stanza, list):
            lines = _lines(stanza)
            if lines:
                parts.append(_stanza(work, lines, context, element))
        else:
            parts += work.make.loose([stanza], context.deeper() if stanza.tag in HEADINGS else context, stanza)
    _say_indents(parts)
    return _joined(work, parts, element, context)


def _joined(work: Work, parts: Sequence[Element], element: Element, context: Context) -> list[Element]:
    """Stanzas that follow one another as one <lg> of <lg>s."""
    found: list[Element] = []
    run: list[Element] = []

    def close() -> None:
        if len(run) > 1:
            whole = work.block("lg", element, context)
            for stanza in run:
                stanza.attrib.pop(LANG, None)
            add(whole, *run)
            found.append(whole)
        else:
            found.extend(run)
        run.clear()

    for part in parts:
        if local(part) == "lg":
            run.append(part)
        else:
            close()
            found.append(part)
    close()
    return found


def _stanzas(element: Element) -> Iterator[list[Node] | Element]:
    """The stanzas of a poem, each as the nodes of its lines, and what is none."""
    if _is_stanza(element):
        yield list(nodes(element))
        return
    run: list[Node] = []
    for node in nodes(element):
        if isinstance(node, str) or node.tag not in BLOCKS or _is_line(node):
            run.append(node)
            continue
        if run:
            yield run
        run = []
        if node.tag in HEADINGS or node.tag in ("table", "hr", "figure", "ul", "ol", "dl"):
            yield node
        else:
            yield from _stanzas(node)
    if run:
        yield run


def _is_stanza(element: Element) -> bool:
    """Whether an element holds lines and no stanzas."""
    if element.tag == "p":
        return True
    if not classes(element) & (_STANZAS | _POEMS):
        return False
    return all(kid.tag not in BLOCKS or _is_line(kid) for kid in element)


def _is_line(element: Element) -> bool:
    """Whether an element is one line of verse."""
    own = classes(element)
    if own & {"stanza"} or element.tag not in ("div", "span", "p", "li"):
        return False
    named = bool(own & _LINES) or any(_INDENT.fullmatch(token) for token in own)
    return named and not any(kid.tag in BLOCKS or (kid.tag == "br" and _goes_on(kid)) for kid in element)


def _goes_on(br: Element) -> bool:
    """Whether something follows a line break in its element."""
    return bool((br.tail or "").strip()) or br.getnext() is not None


def _lines(stanza: Sequence[Node]) -> list[list[Node]]:
    """The lines of a stanza that have words in them."""
    return [line for line in _broken(stanza) if _has_text(line)]


def _broken(stanza: Sequence[Node]) -> list[list[Node]]:
    """A stanza parted: elements that are a line, and what <br> parts."""
    found: list[list[Node]] = [[]]
    for node in stanza:
        if isinstance(node, str):
            found[-1].append(node)
        elif node.tag == "br":
            found.append([])
        elif _is_line(node):
            if _has_text(found[-1]):
                found.append([])
            found[-1].append(node)
            found.append([])
        elif node.find("br") is not None and node.tag in ("span", "i", "em", "b", "strong", "small", "font"):
            inner = [_wrapped(node, line) for line in _broken(list(nodes(node)))]
            found[-1] += inner[:1]
            found += [[line] for line in inner[1:]]
        else:
            found[-1].append(node)
    return found


def _wrapped(element: Element, line: Sequence[Node]) -> Element:
    """A line in an element like the one around it and others."""
    made = etree.Element(str(element.tag), {name: value for name, value in element.items() if name != "id"})
    made.sourceline = element.sourceline  # type: ignore[misc]
    for node in line:
        if isinstance(node, str):
            add_text(made, node)
        else:
            node.tail = None
            made.append(node)
    return made


def _has_text(line: Sequence[Node]) -> bool:
    return any(node.strip() if isinstance(node, str) else text_of(node) for node in line)


def _stanza(work: Work, lines: Sequence[Sequence[Node]], context: Context, near: Element) -> Element:
    first = next((node for line in lines for node in line if not isinstance(node, str)), near)
    above = first.getparent() if first is not near else None
    if above is not None and above is not near and ids(above):
        work.enter(above, context, OWN)
    group = work.block("lg", first, context)
    inside = work.inner(context)
    for line in lines:
        group.append(_line(work, line, inside, near))
    return group


def _line(work: Work, line: Sequence[Node], context: Context, near: Element) -> Element:
    elements = [node for node in line if not isinstance(node, str)]
    whole = next((element for element in elements if _is_line(element)), None)
    made = work.block("l", elements[0] if elements else near, context)
    indent = _indent(whole) if whole is not None else _spaces(line)
    if indent:
        made.set("rend", f"{indent:g}")
    content = [node for node in line if not _takes_number(work, node, made, context)]
    filler = Inlines(work, made, context)
    filler.fill(content, context)
    return filler.close()


def _takes_number(work: Work, node: Node, line: Element, context: Context) -> bool:
    """Whether a node is the number of a line; that goes to @n, from within an element too."""
    if isinstance(node, str):
        return False
    numbers = [inner for inner in node.iter() if classes(inner) & _NUMBERS]
    for number in numbers:
        work.tally("line numbers").add(context.page, number, text_of(number))
        line.set("n", text_of(number))
        if number is not node:
            drop_keeping_tail(number)
    return node in numbers


def _indent(element: Element) -> float:
    for token in sorted(classes(element)):
        match = _INDENT.fullmatch(token)
        if match:
            return float(match[1])
    style = element.get("style") or ""
    found = re.findall(r"(?:margin-left|text-indent|padding-left)\s*:\s*([^;]+)", style)
    return max(0.0, sum(ems(length.strip()) for length in found))


def _spaces(line: Sequence[Node]) -> float:
    """How many no-break spaces a line begins with."""
    text = "".join(node if isinstance(node, str) else "".join(node.itertext()) for node in line).lstrip(" \t\n\r")
    return float(len(text) - len(text.lstrip("\xa0\u2003\u2002 ")))


def _say_indents(parts: Sequence[Element]) -> None:
    """Indents in steps: the smallest of a poem is indent1."""
    lines = [line for part in parts for line in part.iter("{*}l") if line.get("rend")]
    depths = sorted({float(line.get("rend", "0")) for line in lines})
    for line in lines:
        line.set("rend", f"indent{min(depths.index(float(line.get('rend', '0'))) + 1, 9)}")
        if line.text:
            line.text = line.text.lstrip("\xa0\u2003\u2002 ")
