"""A unit as XHTML: the one rendering from which e-book and print are made (docs/architecture.md, "A unit as XHTML").

Knows the normal form and what references are called; knows no page, no file name and no style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...images import Picture
from ...words import words
from ...xml import ID, Element, fragment
from . import genres, phrases, prose
from .rendering import Handler, Reference, Rendering, children, common, element

__all__ = ["Reference", "xhtml"]

_TABLE: dict[str, Handler] = {**prose.HANDLERS, **genres.HANDLERS, **phrases.HANDLERS}


def xhtml(
    tree: Element,
    facts: Mapping[str, Any],
    reference: Callable[[str], Reference],
    page_wording: str,
    picture: Callable[[str], Picture],
    paragraph_numbers: bool = False,
) -> dict[str, Any]:
    """The JSON of a unit.

    `facts` is its public face: unit, kind, zone, title, short, number, language, languages, heads. `picture` tells of
    the image at an address; with `paragraph_numbers` those stand before their paragraphs.
    """
    made = str(facts["unit"]).startswith("@")
    rendering = Rendering(_TABLE, reference, page_wording, picture, str(facts["number"]), made, paragraph_numbers)
    kinds = dict.fromkeys(filter(None, (str(facts["kind"]), tree.get("subtype"))))
    section = element("section", {"class": " ".join(kinds)})
    if made:
        section.set("data-made", "")
    common(tree, section)
    prose.typed(tree, section, rendering)
    children(tree, section, rendering)
    parts = [fragment(section), *(note["body"] for note in rendering.notes)]
    return {
        **facts,
        "id": tree.get(ID, ""),
        "body": parts[0],
        "notes": rendering.notes,
        "pages": sorted({name for part in parts for name in re.findall(r' data-(?:page|to)="([^"]*)"', part)}),
        "ids": [name for part in parts for name in re.findall(r' id="([^"]*)"', part)],
        "images": dict(sorted(rendering.images.items())),
        "words": len(words("".join(tree.itertext()))),
    }
