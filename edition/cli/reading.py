"""`edition check --explain-reading FILE`: what of a source was taken, what was left out and why.

Knows the recipe's rule that reads; the sentences about what was left out are the reader's own.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..normal.vocabulary import blocks
from ..verify.streams import of_reading
from ..xml import Element, child, local, parse

_COUNTED = {
    "p": "paragraph", "lg": "stanza", "quote": "quotation", "item": "item of lists", "table": "table",
    "figure": "figure", "note": "note",
}  # fmt: skip
_MANY = {"stanza": "stanzas", "item of lists": "items of lists"}


def explained(folder: Path, name: str) -> list[str]:
    """The lines of the report on one source of the edition in `folder`; a usage error where it is none of its texts."""
    from ..builder import reader, versions
    from ..engine import Engine, Memory
    from ..recipe import RULES

    engine = Engine(RULES, reader(folder), Memory(), versions())
    config = json.loads(engine.need("config"))
    files = json.loads(engine.need("plan"))["files"] if config else []
    path = _named(folder, name, files)
    parsed = json.loads(engine.need("parsed", path))
    tree = parse(parsed["tree"].encode())
    return [
        f"{path}: {_how(config['read'].get(path) or {})}",
        f"taken: {_amount(tree)}",
        *_heads(tree, parsed["positions"]),
        *_said(parsed["problems"]),
    ]


def _named(folder: Path, name: str, files: list[str]) -> str:
    """The source meant: as edition.yaml has it, or as seen from here."""
    from_here = Path(name).resolve()
    found = next((path for path in files if path == name or (folder / path).resolve() == from_here), "")
    if not found:
        raise click.UsageError(f"“{name}” is no text of {folder}: it has {', '.join(files) or 'none'}")
    return found


def _how(options: dict[str, Any]) -> str:
    given = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in sorted(options.items()) if value]
    return f"read with {', '.join(given)}" if given else "nothing is said of it under read: in edition.yaml"


def _amount(tree: Element) -> str:
    count = Counter(local(block) for block in blocks(tree))
    streams = of_reading(tree)
    parts = [f"{len(streams.main):,} words of text, {sum(map(len, streams.notes)):,} of notes"]
    for name, kind in _COUNTED.items():
        if count[name]:
            parts.append(f"{count[name]:,} {kind if count[name] == 1 else _MANY.get(kind, f'{kind}s')}")
    return "; ".join(parts)


def _heads(tree: Element, positions: list[dict[str, Any]]) -> Iterator[str]:
    """Every division with its line and its depth."""
    for block, position in zip(blocks(tree), positions, strict=True):
        if local(block) == "div":
            head = child(block, "head")
            text = " ".join("".join(head.itertext()).split()) if head is not None else "(no heading)"
            depth = sum(local(above) == "div" for above in block.iterancestors())
            yield f"  {position['line']}: {'  ' * depth}{text[:80]}"


def _said(problems: list[dict[str, Any]]) -> Iterator[str]:
    from ..problems import Problem

    yield "left out, decided or doubted:" if problems else "nothing was left out, decided or doubted"
    for problem in map(Problem.from_json, problems):
        where = f"{problem.place.line}: " if problem.place.line else ""
        yield f"  {where}{problem.text} [{problem.code}]" + (f" — {problem.hint}" if problem.hint else "")
