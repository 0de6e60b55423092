"""One decision put into the text of decisions.yaml, one event into that of chronology.yaml, on a line of its own, all
other lines left as they are.

Knows the text of the file and YAML's quoting; reads and writes no file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .. import yamlmarks

_PLAIN = re.compile(r"[^\W\d_][\w .’'–-]*[\w.’]|[^\W\d_]")
_LINES = r"(?:(?:[ \t]+[^\n]*|#[^\n]*)?\n)"  # of a section, comments and blank lines among them
_BETWEEN = r"[ \t]*(?:#[^\n]*)?\n(?=[ \t]+\S)"  # a comment or a blank line, and the section goes on
# Words that YAML 1.1 does not read as text.
_NO_TEXT = frozenset("yes no on off true false null y n".split())


def scalar(text: str) -> str:
    """A text as YAML: bare if it stays text so, else in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NO_TEXT:
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def flow_pair(key: str, value: str) -> str:
    """{key: value}"""
    return f"{{{scalar(key)}: {scalar(value)}}}"


def event_line(key: str, date: str, label: str, people: Sequence[str] = ()) -> str:
    """An event as a line of chronology.yaml."""
    named = f", people: [{', '.join(people)}]" if people else ""
    return f"{key}: {{date: {scalar(date)}, label: {scalar(label)}{named}}}"


def with_event(text: str, line: str) -> str | None:
    """chronology.yaml with one more event at its end; None where no line can be added to it."""
    before = yamlmarks.plain(text.encode())
    kept = text if before or text.strip() not in ("{}", "---") else ""
    made = f"{kept}{'' if not kept or kept.endswith(chr(10)) else chr(10)}{line}\n"
    return made if yamlmarks.plain(made.encode()) == {**before, **yamlmarks.plain(line.encode())} else None


def with_form(text: str, form: str, key: str) -> str:
    """decisions.yaml with one more of its `forms`."""
    return _with_line(text, "forms", f"{scalar(form)}: {scalar(key)}")


def with_passage(text: str, section: str, block: str, form: str, key: str) -> str:
    """decisions.yaml with one more choice for a paragraph, in `here` or `dates`."""
    pair = f"{scalar(form)}: {scalar(key)}"
    text = _opened(text, section)
    own = re.search(rf"(?ms)^{section}:[^\n]*\n{_LINES}*?([ \t]+{re.escape(block)}:[ \t]*)\{{(.*?)\}}", text)
    if own:
        inner = own[2].rstrip()
        return f"{text[: own.start(2)]}{inner}{', ' if inner else ''}{pair}{text[own.end(2) :]}"
    return _with_line(text, section, f"{block}: {{{pair}}}")


def _with_line(text: str, section: str, line: str) -> str:
    """The text with a line at the end of one of its sections, which is begun if there is none."""
    text = _opened(text, section)
    found = re.search(rf"(?m)^{section}:[ \t]*(?:#[^\n]*)?\n(?P<body>(?:[ \t]+\S[^\n]*\n|{_BETWEEN})*)", text)
    assert found is not None
    indent = re.match(r"[ \t]*", found["body"])
    return f"{text[: found.end()]}{(indent[0] if indent else '') or '  '}{line}\n{text[found.end() :]}"


def _opened(text: str, section: str) -> str:
    """The text with a section whose entries stand on lines of their own."""
    if text and not text.endswith("\n"):
        text += "\n"
    flow = re.search(rf"(?ms)^{section}:[ \t]*(\{{.*?\}})[ \t]*(?:#[^\n]*)?\n(?=\S|\Z|\n)", text)
    if flow:
        entries = yamlmarks.plain(flow[1].encode())
        lines = "".join(f"  {scalar(str(key))}: {_value(value)}\n" for key, value in entries.items())
        return f"{text[: flow.start()]}{section}:\n{lines}{text[flow.end() :]}"
    return text if re.search(rf"(?m)^{section}:", text) else f"{text}{section}:\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(str(key))}: {_value(one)}" for key, one in value.items()) + "}"
    return scalar(str(value))
