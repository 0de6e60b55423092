"""YAML with the place of every key and value. Owns which YAML is accepted; knows nothing of what the keys mean.

Plain data only: mappings with text for keys, lists, text. Every scalar stays the text that was written, so
that `0123`, `1.10` and `1936-08-19` are what they look like; who reads the tree decides what they mean.
Anchors, aliases, tags, several documents in one file and keys given twice are refused, each at its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

import yaml
from msgspec import Struct

from .problems import Place, Problem

MAX_DEPTH = 32
MAX_NODES = 500_000

_LINE_END = re.compile(r"\r\n|\r|\n")
# What neither YAML 1.1 (5.1) nor XML 1.0 (2.2) can hold.
_UNFIT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node(Struct, frozen=True):
    """A value and where it stands. `key`: the place of its key in a mapping; `plain`: text without quotes."""

    value: str | list[Node] | dict[str, Node]
    place: Place
    key: Place | None = None
    plain: bool = False


def load(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML file and all that is wrong with it, in the order of the file.

    A file that cannot be read to its end has no tree (None). An empty file is an empty plain scalar at 1:1.
    Of a key given twice the first value stands; an alias stands as empty text.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(data, error.start, file)]
    lines = Lines(text, file)
    if unfit := _UNFIT.search(text):
        return None, [_unfit(unfit.group(), lines.place(unfit.start()))]
    composer = _Composer(text, lines)
    try:
        root = composer.document()
    except _TooMuch:
        root = None
    except yaml.MarkedYAMLError as error:
        root = None
        composer.problems.append(_syntax(error, text, lines))
    return root, sorted(composer.problems, key=lambda problem: problem.place)


def plain(data: bytes) -> dict[str, Any]:
    """The mapping that a piece of YAML holds, without places; {} where it holds none. Every scalar is text."""
    root, _ = load(data, "")
    values = _value(root) if root is not None else {}
    return values if isinstance(values, dict) else {}


def _value(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: _value(inner) for key, inner in node.value.items()}
    return [_value(inner) for inner in node.value] if isinstance(node.value, list) else node.value


class Lines:
    """Where the lines of a text begin, counted as editors count them: only LF, CR LF and CR end a line."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, offset: int) -> Place:
        """The Place of a character, counted from 0; columns are characters, from 1."""
        line = bisect_right(self._starts, offset)
        return Place(self.file, line, offset - self._starts[line - 1] + 1)


class _TooMuch(Exception):
    """The file goes beyond the limits; the problem has been said."""


class _Composer:
    """Makes nodes of the events of one file; PyYAML's own composer recurses as deep as the file asks."""

    def __init__(self, text: str, lines: Lines) -> None:
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._lines = lines
        self._nodes = 0

    def document(self) -> Node:
        """The one document of the file."""
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return Node("", self._lines.place(0), plain=True)
        root = self._node(next(self._events), 1)
        next(self._events)
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._say("yaml-documents", after, "a second document begins here", "keep one document to a file")
        return root

    def _node(self, event: yaml.Event, depth: int, key: Place | None = None) -> Node:
        place = self._place(event)
        self._within_limits(place, depth)
        self._refuse_references(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._list(depth), place, key)
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self._mapping(depth), place, key)
        if isinstance(event, yaml.ScalarEvent):
            return Node(self._text(event), place, key, event.implicit[0])
        return Node("", place, key)

    def _list(self, depth: int) -> list[Node]:
        nodes = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            nodes.append(self._node(event, depth + 1))
        return nodes

    def _mapping(self, depth: int) -> dict[str, Node]:
        nodes: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1, key.place)
            if isinstance(event, yaml.AliasEvent):
                continue
            if not isinstance(key.value, str):
                self._say("yaml-key", event, "a key must be text, not a list or mapping")
            elif not key.value:
                self._say("yaml-key", event, "a key is empty")
            elif first := nodes.get(key.value):
                self._say_twice(key.value, event, first.key or first.place)
            else:
                nodes[key.value] = value
        return nodes

    def _text(self, event: yaml.ScalarEvent) -> str:
        text: str = event.value
        if unfit := _UNFIT.search(text):
            self.problems.append(_unfit(unfit.group(), self._place(event)))
            return _UNFIT.sub("\ufffd", text)
        return text

    def _within_limits(self, place: Place, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH:
            text = f"nested more than {MAX_DEPTH} deep"
            self.problems.append(Problem("yaml-limit", place, text, "is a bracket missing before this?"))
            raise _TooMuch
        if self._nodes > MAX_NODES:
            text = f"more than {MAX_NODES:,} keys and values in one file"
            self.problems.append(Problem("yaml-limit", place, text, "divide the file"))
            raise _TooMuch

    def _refuse_references(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value out again; a text that begins with * must stand in quotes"
            self._say("yaml-alias", event, f"“*{event.anchor}” is an alias, which is not allowed", hint)
            return
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            return
        if event.anchor is not None:
            text = f"“&{event.anchor}” is an anchor, which is not allowed"
            hint = "leave it out; a text that begins with & must stand in quotes"
            self._say("yaml-alias", event, text, hint)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._say("yaml-tag", event, f"“{tag}” is a tag, which is not allowed", "leave it out")

    def _say_twice(self, key: str, event: yaml.Event, first: Place) -> None:
        hint = f"first given at line {first.line}, column {first.column}; keep one of the two"
        self._say("yaml-duplicate-key", event, f"“{key}” is given twice", hint)

    def _place(self, event: yaml.Event) -> Place:
        return self._lines.place(_offset(event.start_mark))

    def _say(self, code: str, event: yaml.Event, text: str, hint: str = "") -> None:
        self.problems.append(Problem(code, self._place(event), text, hint))


def _offset(mark: Any) -> int:
    """The character a mark stands at, counted from 0; libyaml's own lines end at U+0085 and U+2028 too."""
    return int(mark.index) if mark is not None else 0


def _not_utf8(data: bytes, offset: int, file: str) -> Problem:
    before = data[:offset].decode("utf-8").removeprefix("\ufeff")
    place = Lines(before, file).place(len(before))
    kind = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "another encoding"
    text = f"byte 0x{data[offset]:02X} is not UTF-8"
    return Problem("yaml-encoding", place, text, f"the file seems to be in {kind}; save it as UTF-8")


def _unfit(character: str, place: Place) -> Problem:
    text = f"the control character U+{ord(character):04X} can stand in no edition"
    return Problem("yaml-character", place, text, "delete it")


# What libyaml says -> what it means to someone who writes YAML by hand.
_CURES = {
    "mapping values are not allowed": "a value with “: ” in it must stand in quotes; or the indentation is wrong",
    "found unexpected end of stream": "the quotation mark that opens here is never closed",
    "found unexpected document indicator": "the quotation mark that opens here is never closed",
    "did not find expected node content": "a bracket is not closed, or a value is missing",
    "could not find expected ':'": "a key needs a colon and a space after it",
    "did not find expected key": "check indentation, quotes and brackets around this place",
    "did not find expected '-'": "lists and keys cannot be mixed at one indentation",
    "did not find expected ','": "a bracket is not closed, or a comma is missing",
    "block sequence entries are not allowed": "begin the list on a new line",
    "found unknown escape character": "in \"…\" a backslash is written twice; or use '…'",
    "did not find expected alphabetic": "a value that begins with * or & must stand in quotes",
}
# Complaints that are noticed far from their cause: the place where the thing began is the better one.
_BEGAN = ("found unexpected", "could not find expected ':'")


def _syntax(error: yaml.MarkedYAMLError, text: str, lines: Lines) -> Problem:
    """The one complaint of libyaml, at the place of its cause where that is known."""
    said = error.problem or "not YAML"
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and said.startswith(_BEGAN):
        mark = error.context_mark
    offset = min(_offset(mark), len(text))
    hint = next((cure for start, cure in _CURES.items() if said.startswith(start)), "")
    if said == "found character that cannot start any token":
        hint = _cure_of_character(text[offset : offset + 1])
    return Problem("yaml-syntax", lines.place(offset), f"YAML cannot be read: {said}", hint)


def _cure_of_character(character: str) -> str:
    if character == "\t":
        return "YAML is indented with spaces, never with tabs"
    return f"a value that begins with {character} must stand in quotes"
