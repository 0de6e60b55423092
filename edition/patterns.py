"""Regular expressions that are compiled when they are first used: of a hundred, what one edit needs is a few.

Knows no expression. What is used again and again in every build stays with re.compile, which is a little faster to use.
"""

from __future__ import annotations

import re
from typing import Any, cast


class Late:
    """Stands for a pattern; has what that has, compiled when it is asked."""

    def __init__(self, expression: str, flags: int) -> None:
        self._told = expression, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._told), name)
        setattr(self, name, found)  # where it is found at once from now on
        return found


def late(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that re.compile gives, for its methods only."""
    return cast("re.Pattern[str]", Late(expression, flags))
