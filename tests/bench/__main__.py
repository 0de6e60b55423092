"""`make bench`: runs every bench, or those named: python -m tests.bench ids."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from tests import bench


def main() -> None:
    names = sys.argv[1:] or sorted(module.name for module in pkgutil.iter_modules(bench.__path__))
    for name in names:
        run = getattr(importlib.import_module(f"tests.bench.{name}"), "main", None) if name != "__main__" else None
        if run is not None:
            run()


main()
