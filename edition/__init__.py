"""Edition: scholarly editions from any source to TEI, EPUB and print PDF with one page numbering.

The public face: `load`, `check`, `build`, `Problem`, `__version__`. Importing it imports nothing else.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Any

    from .builder import Made
    from .config import Edition, Loaded
    from .problems import Problem as Problem

__all__ = ("Problem", "__version__", "build", "check", "load")


def load(folder: str | Path) -> Loaded[Edition]:
    """What edition.yaml of an edition's folder says, with its problems; every value knows its place."""
    from pathlib import Path

    from . import config, disk

    return config.load_edition(disk.edition_root(Path(folder)).read("edition.yaml") or b"", "edition.yaml")


def check(folder: str | Path, pages: bool = True) -> Made:
    """Everything a build would complain about, with `pages` layout included; makes no files."""
    from pathlib import Path

    from . import builder

    return builder.check(Path(folder), pages)


def build(folder: str | Path, to: Sequence[str] = (), out: str | Path | None = None, jobs: int = 1) -> Made:
    """The outputs `to` of an edition (none: those its edition.yaml names), by name, and the problems found.

    With `out` they are written into `out`/<id> too, all or none, unless there is an error. OSError: the disk.
    """
    from pathlib import Path

    from . import builder, manifest
    from .cli import making

    made = builder.make(Path(folder), to, jobs)
    if out is not None and not any(problem.is_error for problem in made.problems):
        making.keep(made, Path(folder), Path(out) / made.id, to, manifest.tool())
    return made


def __getattr__(name: str) -> Any:
    if name == "Problem":
        from .problems import Problem

        return Problem
    if name == "__version__":
        from .manifest import packages

        return packages(["edition"])["edition"]
    raise AttributeError(f"module 'edition' has no attribute {name!r}")
