"""Rules for markdown-it's inline parser: brackets, braces, footnote references, and the place of every mark.

Knows the text of one block; knows no other block, no definition and no tree. What is wrong becomes a token "complaint".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from markdown_it import MarkdownIt, rules_inline
from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from ..patterns import late
from .markdown_attributes import BRACES, Attributes, Complaint, attributes, complaints
from .markdown_spans import CITATION, cited, faults
from .reading import UNFIT

Rule = Callable[[StateInline, bool], bool]

# Brackets with marks within one another.
DEEPEST = 32
_BRACKETS = re.compile(r"\\.|<[^<>\s]*>|[\[\]]", re.DOTALL)
_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]")
_LONGEST_LABEL = 1000  # CommonMark 4.7
_BLANK = re.compile(r"[ \t\n]*")
# What a pair of braces was before a letter of it was lost.
_BEGUN = late(r"\{(?:[#.][^\W\d]|[A-Za-z][\w-]*=)")
_ENDED = late(r"(?<![\w{-])(?:\#[\w.-]+|[A-Za-z][\w-]*=(?:\"[^\"]*\"|[\w./-]+))$")
_BARE = late(r"(?:(?<=\n)|(?<!.))\{[\w.-]+\}(?=\n|\Z)", re.DOTALL)
_TARGET = late(r"\(|[^\s\]]?(?:#\w|https?:)")
_NO_HEADING = late(r"#{1,6}\w")
_ADDRESS = late(r"https?\b|www\.|mailto\b")
_ADDRESS_ENDED = late(r"(?:https?:|www\.)[^\s<>]*$")
_LABEL_ENDED = late(r"\^[\w-]+$")


def install(md: MarkdownIt) -> None:
    """Give a parser these rules. Every token of a mark then has its offset in the block's content in meta["at"]."""
    ruler = md.inline.ruler
    md.disable(["link", "image"])
    for name, rule in (("bracket", _bracket), ("brace", _brace), ("caret", _caret)):
        ruler.before("link", name, rule)
    ruler.push("leftover", _leftover)
    for name, rule, kinds in (
        ("autolink", rules_inline.autolink, "link_open"),
        ("html_inline", rules_inline.html_inline, "html_inline"),
        ("backticks", rules_inline.backtick, "code_inline"),
        ("escape", rules_inline.escape, "hardbreak"),
    ):
        ruler.at(name, _placed(rule, kinds))
    ruler.at("emphasis", _emphasis)
    ruler.at("entity", _entity)
    ruler.at("newline", _newline)
    md.inline.ruler2.after("emphasis", "unpaired", _unpaired)


@lru_cache(maxsize=4)
def bracket_pairs(content: str) -> Mapping[int, int]:
    """Offset of each `[` that has its `]` -> offset of that. Escapes and <addresses> are passed over."""
    pairs: dict[int, int] = {}
    open_: list[int] = []
    for match in _BRACKETS.finditer(content):
        if match.group() == "[":
            open_.append(match.start())
        elif match.group() == "]" and open_:
            pairs[open_.pop()] = match.start()
    return pairs


@lru_cache(maxsize=4)
def _closed(content: str) -> frozenset[int]:
    return frozenset(bracket_pairs(content).values())


@lru_cache(maxsize=4)
def _escaped(content: str) -> frozenset[int]:
    """Offset of each `]` that ends what an escaped `\\[` begins: whoever writes \\[words](x) means text."""
    found: set[int] = set()
    open_: list[str] = []
    for match in _BRACKETS.finditer(content):
        if match.group() in ("[", r"\["):
            open_.append(match.group())
        elif match.group() == "]" and open_ and open_.pop() != "[":
            found.add(match.start())
    return frozenset(found)


# --- the marks of markdown-it, with their places


def _placed(rule: Rule, kind: str) -> Rule:
    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        for token in state.tokens[before:]:
            if token.type == kind:
                token.meta["at"] = start
        return True

    return run


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Each * or _ is a token of its own until markdown-it has found the pairs."""
    start = state.pos
    if not rules_inline.emphasis.tokenize(state, silent):
        return False
    for back, token in enumerate(state.tokens[: -(state.pos - start) - 1 : -1], 1):
        token.meta["at"] = state.pos - back
    return True


def _unpaired(state: StateInline) -> None:
    """A * or _ that could begin or end emphasis and has no partner: it stays text, and is told of."""
    groups = [state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta)]
    last = -2
    for mark in (mark for group in groups for mark in group):
        token = state.tokens[mark.token]
        if token.type == "text" and token.content and (mark.open or mark.close):
            if mark.token != last + 1:
                token.type = "leftover"
                hint = f"\\{token.content} is a {token.content} that is text"
                token.meta["complaint"] = Complaint("markdown-leftover", f"this {token.content} has no partner", hint)
            last = mark.token


def _newline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not rules_inline.newline(state, silent):
        return False
    while start and state.src[start - 1] == " ":
        start -= 1
    state.tokens[-1].meta["at"] = start
    return True


def _entity(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not rules_inline.entity(state, silent):
        return False
    token = state.tokens[-1]
    if UNFIT.search(token.content) or token.content == "\ufffd":
        complaint = Complaint("source-character", f"“{token.markup}” cannot stand in an edition", "delete it")
        token.type, token.meta = "complaint", {"at": start, "complaint": complaint}
    return True


# --- brackets


def _bracket(state: StateInline, silent: bool) -> bool:
    """Everything that begins with [ or ![."""
    image = state.src.startswith("![", state.pos)
    start = state.pos + image
    if silent or state.src[start] != "[":
        return False
    close = bracket_pairs(state.src).get(start, state.posMax)
    if close >= state.posMax:
        return not image and _broken_note(state)
    if image:
        return _image(state, close)
    if state.src.startswith("[^", start):
        return _note(state)
    citation = CITATION.match(state.src, start, close + 1)
    if citation:
        return _citation(state, citation)
    if state.src.startswith("{", close + 1):
        return _span(state, close)
    return _link(state, close)


def _image(state: StateInline, close: int) -> bool:
    """![words](file){…}"""
    found = _target(state, close + 1)
    if found is None:
        if not state.src.startswith("[", close + 1):
            return False
        hint = "name the file behind the words: ![words](images/river.png)"
        return _say(state, Complaint("markdown-image", "an image whose file is named elsewhere", hint), close + 1)
    href, title, _, end = found
    braces = BRACES.match(state.src, end, state.posMax)
    token = _push(state, "image", 0)
    token.meta |= {"words": state.src[state.pos + 2 : close], "href": href, "title": title, "braces": end}
    token.meta["attributes"] = attributes(braces.group()) if braces else Attributes(())
    token.meta["has_braces"] = braces is not None
    state.pos = braces.end() if braces else end
    return True


def _note(state: StateInline) -> bool:
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return _broken_note(state)
    token = _push(state, "footnote", 0)
    token.meta["label"] = match[1]
    state.pos = match.end()
    return True


def _citation(state: StateInline, match: re.Match[str]) -> bool:
    """[@key, p. 12; @other]"""
    found = cited(match["inner"])
    if found is None:
        hint = "[@key], [@key, p. 12] or [@key, p. 12; @other]"
        return _say(state, Complaint("markdown-citation", f"“{match.group()}” cannot be read", hint), match.end())
    _push(state, "citation", 0).meta["cited"] = found
    state.pos = match.end()
    return True


def _broken_note(state: StateInline) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    text = "“[^” begins the reference to a footnote, but no label and “]” follow it"
    return _say(state, Complaint("note-label", text, "a label is one word: [^1] or [^dewey]"), state.pos + 2)


def _span(state: StateInline, close: int) -> bool:
    """[words]{…}"""
    match = BRACES.match(state.src, close + 1, state.posMax)
    if match is None:
        return False
    meta = {"attributes": attributes(match.group()), "braces": match.start(), "empty": close == state.pos + 1}
    meta["words"] = state.src[state.pos + 1 : close]
    return _enclose(state, "span", meta, close, match.end())


def _link(state: StateInline, close: int) -> bool:
    """[words](target), or [words][label] and [label] where the label is defined."""
    found = _target(state, close + 1) or _defined(state, close)
    if found is None:
        return False
    href, title, label, end = found
    meta = {"href": href, "title": title, "label": label, "empty": close == state.pos + 1}
    return _enclose(state, "link", meta, close, end)


Found = tuple[str, str, str, int]
"""Target, title, label of the definition, offset behind the mark."""


def _target(state: StateInline, start: int) -> Found | None:
    """(target "title"), CommonMark 6.3."""
    src, maximum, title = state.src, state.posMax, ""
    if not src.startswith("(", start) or start >= maximum:
        return None
    pos = _skip(state, start + 1)
    destination = parseLinkDestination(src, pos, maximum)
    if destination.ok:
        pos = _skip(state, destination.pos)
        named = parseLinkTitle(src, pos, maximum)
        if named.ok and pos > destination.pos:
            title, pos = named.str, _skip(state, named.pos)
    if pos >= maximum or src[pos] != ")":
        return None
    return destination.str, title, "", pos + 1


def _skip(state: StateInline, pos: int) -> int:
    match = _BLANK.match(state.src, pos, state.posMax)
    return match.end() if match else pos


def _defined(state: StateInline, close: int) -> Found | None:
    """[label], or a second pair of brackets with the label, CommonMark 6.3."""
    references, end = state.env.get("references"), close + 1
    if not references:
        return None
    written = slice(state.pos + 1, close)
    second = state.posMax if state.src.startswith("[^", end) else bracket_pairs(state.src).get(end, state.posMax)
    if second < state.posMax:
        written, end = slice(end + 1, second) if second > end + 1 else written, second + 1
    label = normalizeReference(state.src[written]) if written.stop - written.start < _LONGEST_LABEL else ""
    if label not in references:
        return None
    return references[label]["href"], references[label]["title"], label, end


def _enclose(state: StateInline, kind: str, meta: dict[str, object], close: int, end: int) -> bool:
    """Push a mark around the words in its brackets, which begin at state.pos."""
    if state.level >= DEEPEST:
        text = f"brackets within one another, {DEEPEST} deep"
        return _say(state, Complaint("markdown-nesting", text, r"is it meant as text? write \["), end)
    token, maximum = _push(state, f"{kind}_open", 1), state.posMax
    token.meta |= meta
    state.pos, state.posMax = state.pos + 1, close
    state.md.inline.tokenize(state)
    state.push(f"{kind}_close", "", -1)
    state.pos, state.posMax = end, maximum
    return True


# --- what is left over


def _brace(state: StateInline, silent: bool) -> bool:
    """Braces that follow no bracket."""
    if silent or state.src[state.pos] != "{":
        return False
    match = BRACES.match(state.src, state.pos, state.posMax)
    if match is None:
        if not _BEGUN.match(state.src, state.pos, state.posMax):
            return False
        text = "these braces cannot be read"
        hint = r"{#id}, {key=value} or {key=\"a value\"}; write \{ for a brace that is text"
        return _say(state, Complaint("markdown-braces", text, hint.replace('\\"', '"')), state.pos + 1)
    given = attributes(match.group())
    if not given.items:
        return False
    if ".index" in given.names():
        return _index(state, given, match.end())
    hint = r"they stand behind [words], at the end of a heading or alone on the line before a paragraph; \{ is text"
    return _say(state, Complaint("markdown-braces", "these braces belong to nothing", hint), match.end())


def _index(state: StateInline, given: Attributes, end: int) -> bool:
    """{.index entry="…"}, which has no words of its own."""
    found = [*complaints(given, "span"), *faults(given, empty=True)]
    if found or set(given.names()) - {".index", ".main", "entry", "see"}:
        hint = '{.index entry="heading > sub-heading"}'
        return _say(
            state, found[0] if found else Complaint("markdown-attribute", "only words can have that", hint), end
        )
    _push(state, "index", 0).meta["attributes"] = given
    state.pos = end
    return True


def _caret(state: StateInline, silent: bool) -> bool:
    """^[a footnote written where it stands]"""
    if silent or not state.src.startswith("^[", state.pos) or state.pos + 1 not in bracket_pairs(state.src):
        return False
    state.pos += 1
    close = bracket_pairs(state.src)[state.pos]
    return _enclose(state, "note", {"empty": not state.src[state.pos + 1 : close].strip()}, close, close + 1)


def _leftover(state: StateInline, silent: bool) -> bool:
    """A character that looks like part of a mark that cannot be read. It stays text."""
    found = None if silent or state.src[state.pos] not in "[]{}#<>" else _looks_like(state.src, state.pos)
    if found is not None:
        said, hint = found
        complaint = Complaint("markdown-leftover", f"this {state.src[state.pos]} {said}", hint)
        _push(state, "complaint", 0).meta["complaint"] = complaint
    return False


def _looks_like(src: str, pos: int) -> tuple[str, str] | None:
    """What a mark that cannot be read may have been meant for, and how to write that."""
    before, character = src[max(0, pos - 80) : pos], src[pos]
    if character == "{" and _BARE.match(src, pos):
        return "looks like the beginning of attributes that cannot be read", r"{#id}, or \{ for text"
    if character == "[" and pos not in bracket_pairs(src):
        return "has no ]", r"write \[ for a [ that is text"
    if character == "}" and _ENDED.search(before):
        return "looks like the end of attributes that have no beginning", r"[words]{…}, or \} for text"
    if character == "#" and pos == 0 and _NO_HEADING.match(src):
        return "begins no heading", r"write a space behind it, or \# for text"
    if (character == "<" and _ADDRESS.match(src, pos + 1)) or (character == ">" and _ADDRESS_ENDED.search(before)):
        return "looks like part of an address that cannot be read", r"<https://…>, or \< for text"
    return _of_bracket(src, pos, before) if character == "]" else None


def _of_bracket(src: str, pos: int, before: str) -> tuple[str, str] | None:
    if pos in _escaped(src):
        return None
    if _TARGET.match(src, pos + 1):
        return "looks like part of a link that cannot be read", r"[words](#id) or [words](https://…), or \] for text"
    if src.startswith("{", pos + 1) and not BRACES.match(src, pos + 1) and not _BEGUN.match(src, pos + 1):
        return "has braces behind it that cannot be read", r'[words]{key=value} or {key="a value"}, or \] for text'
    if pos in _closed(src):
        return None
    if _LABEL_ENDED.search(before):
        return "looks like the end of a footnote's reference", r"[^1], or \] for text"
    return "has no [", r"write \] for a ] that is text"


def _say(state: StateInline, complaint: Complaint, end: int) -> bool:
    """A complaint at state.pos; parsing goes on at `end`."""
    _push(state, "complaint", 0).meta["complaint"] = complaint
    state.pos = end
    return True


def _push(state: StateInline, kind: str, nesting: int) -> Token:
    token = state.push(kind, "", 1 if nesting else 0)
    token.meta["at"] = state.pos
    return token
