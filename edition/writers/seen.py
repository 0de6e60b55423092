"""What accessibility metadata asks of one document of an e-book (accessibility.py says what it makes of it).

Knows XHTML only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..xml import Element
from .documents import TYPE, is_heading, named

_MOVING = ("audio", "video", "canvas", "script", "iframe", "object", "embed", "svg")


Seen = Mapping[str, Any]


def seen(root: Element) -> dict[str, Any]:
    """All that is asked, as JSON."""
    images = list(named([root], "img"))
    return {
        "types": sorted({kind for element in named([root]) for kind in element.get(TYPE, "").split()}),
        "roles": sorted({element.get("role", "") for element in named([root]) if "role" in element.attrib}),
        "images": len(images),
        "described": sum("alt" in image.attrib for image in images),
        "headings": any(is_heading(element) for element in named([root])),
        "moving": any(True for _ in named([root], *_MOVING)),
        "contents": any(True for part in named([root], "nav") if part.get(TYPE) == "toc" for _ in named([part], "li")),
    }
