"""What an EPUB may say of its accessibility, read off its documents and styles: nothing is claimed that is not there.

Knows XHTML and CSS; of an edition it knows what its editor claims. EPUB Accessibility 1.1 §2.2; values: schema.org
accessibility vocabulary. Conformance to a standard is a person's judgement: `claims` says it in that person's name,
and nothing is said where nobody does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..patterns import late
from ..xml import Element
from .metadata import link, meta
from .seen import Seen
from .spoken import spoken

# Sizes that a reader cannot change, and text that they cannot recolour.
_FIXED = late(
    r"font(?:-size)?\s*:[^;}]*\d(?:px|pt|pc|cm|mm|in|q)\b"
    r"|(?:^|[};\s])(?:html|body|p)\s*\{[^}]*(?<![-\w])color\s*:",
    re.IGNORECASE,
)


def features(nav: Seen, texts: Sequence[Seen], styles: Iterable[bytes]) -> list[str]:
    """The accessibilityFeature values that hold, sorted."""
    all_ = [nav, *texts]
    types = {kind for document in all_ for kind in document["types"]}
    images = sum(document["images"] for document in all_)
    holds = {
        "ARIA": any(document["roles"] for document in all_),
        "alternativeText": bool(images) and images == sum(document["described"] for document in all_),
        "displayTransformability": not any(_FIXED.search(_bare(style)) for style in styles),
        "index": "index" in types,
        "pageBreakMarkers": "pagebreak" in types,
        "pageNavigation": "page-list" in types,
        "readingOrder": len(texts) > 0,
        "structuralNavigation": any(document["headings"] for document in texts),
        "tableOfContents": nav["contents"],
    }
    return sorted(name for name, held in holds.items() if held)


def _bare(style: bytes) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", style.decode("utf-8"), flags=re.S)


def accessibility(
    nav: Seen, texts: Sequence[Seen], styles: Iterable[bytes], language: str, contact: str = ""
) -> list[Element]:
    """The metadata of a book, from its nav document, its other documents and its style sheets: modes, features,
    hazards, and a summary in the edition's language where there are words for it; `contact` closes the summary."""
    found = features(nav, texts, styles)
    images = any(document["images"] for document in texts)
    moving = any(document["moving"] for document in texts)
    said = [meta("schema:accessMode", "textual")]
    if images or moving:
        said.append(meta("schema:accessMode", "visual"))
    if not moving and (not images or "alternativeText" in found):
        said.append(meta("schema:accessModeSufficient", "textual"))
    said += [meta("schema:accessibilityFeature", feature) for feature in found]
    said.append(meta("schema:accessibilityHazard", "unknown" if moving else "none"))
    notes = any("doc-endnotes" in document["roles"] for document in texts)
    said.append(_summary(found, notes, language, contact))
    return said


def claims(claimed: Mapping[str, Any]) -> list[Element]:
    """What the editor claims under `accessibility` in edition.yaml (EPUB Accessibility 1.1 §2.3, §2.4, §2.5)."""
    said = []
    if claimed.get("conforms"):
        _, version, level = claimed["conforms"].split("-")
        standard = f"EPUB Accessibility 1.1 - WCAG {version} Level {level.upper()}"
        said.append(meta("dcterms:conformsTo", standard, id="conformance"))
    if claimed.get("certified_by"):
        said.append(meta("a11y:certifiedBy", claimed["certified_by"], id="certifier", refines="#conformance"))
    if claimed.get("report"):
        said.append(link("a11y:certifierReport", claimed["report"], refines="#certifier"))
    if claimed.get("exemption"):
        said.append(meta("a11y:exemption", f"eaa-{claimed['exemption']}"))
    return said


def _summary(found: Sequence[str], notes: bool, language: str, contact: str) -> Element:
    words, words_in = spoken(language)
    parts = [
        words.has_headings if "structuralNavigation" in found else "",
        words.has_contents if "tableOfContents" in found else "",
        words.has_notes if notes else "",
        words.has_index if "index" in found else "",
        words.has_pages if "pageNavigation" in found else "",
    ]
    shape = words.summary if "displayTransformability" in found else words.unset_summary
    sentences = [shape.format(", ".join(part for part in parts if part))]
    sentences += [words.contact.format(contact.rstrip("."))] if contact else []
    summary = meta("schema:accessibilitySummary", " ".join(sentences))
    if words_in != language:
        summary.set("{http://www.w3.org/XML/1998/namespace}lang", words_in)
    return summary
