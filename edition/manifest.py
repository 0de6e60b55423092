"""manifest.json: what an output was made of, so that a build with nothing to do is over at once.

Knows digests and versions; must not know what is built from what, nor import what only a build needs.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from . import disk
from .problems import Problem

NAME = "manifest.json"
FORMAT = 1
ABSENT = "absent"
# Packages and C libraries whose version may change the bytes of an output.
PACKAGES = (
    "cssselect2", "ebooklib", "fonttools", "lxml", "markdown-it-py", "mdit-py-plugins", "pikepdf", "pillow",
    "pydantic", "pydyf", "pypandoc-binary", "pyphen", "pyuca", "pyyaml", "tinycss2", "tinyhtml5", "weasyprint",
)  # fmt: skip
_LIBRARIES = (
    ("pango", "pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.dylib")),
    ("harfbuzz", "hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.dylib")),
)
_TOOLS_OWN = ("house:", "env:SOURCE_DATE_EPOCH")
_ID = re.compile(rb"""^id[ \t]*:[ \t]*["']?([A-Za-z0-9_][A-Za-z0-9_.-]*)["']?[ \t]*(?:#.*)?\r?$""", re.MULTILINE)


class Tool(NamedTuple):
    """What editions are made with: digests of code and styles, versions, SOURCE_DATE_EPOCH ("" if unset)."""

    code: str
    styles: str
    versions: Mapping[str, str]
    source_date_epoch: str


class Manifest(NamedTuple):
    """One build: its inputs (path from the edition's folder -> digest or "absent"), outputs, complaints.

    `asked` are the outputs asked for, sorted; none = those of edition.yaml. `outputs`: name: SHA-256, size.
    """

    id: str
    asked: tuple[str, ...]
    tool: Tool
    inputs: Mapping[str, str]
    outputs: Mapping[str, tuple[str, int]]
    problems: tuple[Problem, ...]


def make(
    id: str,
    asked: Iterable[str],
    tool: Tool,
    inputs: Mapping[str, str],
    files: Mapping[str, bytes],
    problems: Sequence[Problem],
    versions: Mapping[str, str],
) -> Manifest:
    """The manifest of a build that has just made `files`; `versions` are further ones, for the record.

    House styles among the inputs are left out, and SOURCE_DATE_EPOCH: the tool has them.
    """
    told = Tool(tool.code, tool.styles, {**versions, **tool.versions}, tool.source_date_epoch)
    outputs = {name: (hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items()}
    read = {name: seen for name, seen in inputs.items() if not name.startswith(_TOOLS_OWN)}
    return Manifest(id, tuple(sorted(set(asked))), told, read, outputs, tuple(problems))


def dump(manifest: Manifest) -> bytes:
    """JSON, the same bytes for the same build: no time, no path of this machine."""
    tool = manifest.tool
    data = {
        "format": FORMAT,
        "edition": manifest.id,
        "asked": list(manifest.asked),
        "code": tool.code,
        "styles": tool.styles,
        "versions": dict(tool.versions),
        "source_date_epoch": tool.source_date_epoch,
        "inputs": dict(manifest.inputs),
        "outputs": {name: {"sha256": h, "bytes": size} for name, (h, size) in manifest.outputs.items()},
        "problems": [problem.to_json() for problem in manifest.problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode(errors="surrogateescape") + b"\n"


def load(data: bytes | None) -> Manifest | None:
    """A manifest as it was written; None for anything else (absent, torn, of another format)."""
    try:
        raw: dict[str, Any] = json.loads((data or b"").decode(errors="surrogateescape"))
        if raw["format"] != FORMAT:
            return None
        return Manifest(
            raw["edition"],
            tuple(raw["asked"]),
            Tool(raw["code"], raw["styles"], dict(raw["versions"]), raw["source_date_epoch"]),
            dict(raw["inputs"]),
            {name: (out["sha256"], out["bytes"]) for name, out in raw["outputs"].items()},
            tuple(Problem.from_json(problem) for problem in raw["problems"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def is_current(old: Manifest, asked: Iterable[str], tool: Tool, digest_of: Callable[[str], str], outputs: Path) -> bool:
    """Whether a build asked for the same would make what lies in the folder `outputs` again.

    `digest_of` gives the digest that an input has now. Cheap tests first: what was asked, the tool; then every
    file read by it, then every file written by it.
    """
    return (
        old.asked == tuple(sorted(set(asked)))
        and (old.tool.code, old.tool.styles) == (tool.code, tool.styles)
        and old.tool.source_date_epoch == tool.source_date_epoch
        and all(old.tool.versions.get(name) == version for name, version in tool.versions.items())
        and all(digest_of(name) == seen for name, seen in old.inputs.items())
        and all(disk.sha256_of(outputs / name) == seen for name, (seen, _) in old.outputs.items())
    )


def guess_id(data: bytes | None, folder: str) -> str:
    """The id of an edition without parsing its YAML: a plain `id:` line, else the folder's name.

    A wrong guess costs a build that was not needed: a manifest found by it says another id or other files.
    """
    found = _ID.findall(data or b"")
    return found[0].decode() if len(found) == 1 else folder


# --- the tool as it is now


def tool() -> Tool:
    """What an edition would be made with now."""
    code, fonts = disk.tree_digest(disk.PACKAGE, ".py", ".rng", ".md"), disk.tree_digest(disk.styles_folder() / "fonts")
    versions = {**packages(PACKAGES), **libraries(), "fonts": fonts}
    return restyled(Tool(code, "", versions, os.environ.get("SOURCE_DATE_EPOCH", "")))


def restyled(tool: Tool) -> Tool:
    """The tool with today's styles; its code stays that which runs, and its fonts those that were set up with it."""
    return tool._replace(styles=disk.tree_digest(disk.styles_folder(), apart="fonts"))


def packages(names: Iterable[str]) -> dict[str, str]:
    """Installed versions, or "absent", by the names of the folders that pip makes: no package is imported."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            entries = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        for entry in entries:
            if entry.endswith(".dist-info"):
                name, _, version = entry.removesuffix(".dist-info").partition("-")
                found.setdefault(name.lower().replace("_", "-"), version)
    return {name: found.get(name, ABSENT) for name in sorted(names)}


def libraries() -> dict[str, str]:
    """Versions of Python and of the C libraries that make bytes or break lines, or "absent"."""
    versions = {"python": ".".join(map(str, sys.version_info[:3])), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name, function, files in _LIBRARIES:
        versions[name] = _library_version(function, files)
    return versions


def _library_version(function: str, files: Iterable[str]) -> str:
    import ctypes

    for file in files:
        try:
            asked = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        asked.restype = ctypes.c_char_p
        return str(asked().decode())
    return ABSENT
