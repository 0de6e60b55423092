"""The one version of WeasyPrint whose inner life is known, and how a function of it is changed.

Knows no function of it by name.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import weasyprint

IS_KNOWN = weasyprint.__version__ == "70.0"


def rewritten(function: Callable[..., Any], module: Any, changes: Mapping[str, str], **names: Any) -> Any:
    """A function of WeasyPrint's with some of its text replaced; `names` are what the new text knows besides."""
    source = inspect.getsource(function)
    for old, new in changes.items():
        assert source.count(old) == 1, "WeasyPrint is not the version that this mends"
        source = source.replace(old, new)
    made: dict[str, Any] = {}
    exec(compile(source, module.__file__, "exec"), {**vars(module), **names}, made)
    return made[function.__name__]
