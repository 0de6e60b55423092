"""What the units and references of an edition are called in an EPUB: epub:type, ARIA role, landmarks.

Knows kinds of units and classes of elements; knows no file. EPUB Structural Semantics Vocabulary 1.1, DPUB-ARIA 1.1.
"""

from __future__ import annotations

from ..xml import XHTML
from .documents import TYPE, has_class, label_by_heading, named
from .opened import OpenUnit

ZONES = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}

# kind of unit -> epub:type, role ("" where the vocabulary has none)
_KINDS = {
    "half-title": ("halftitlepage", ""),
    "title": ("titlepage", ""),
    "copyright": ("copyright-page", ""),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "illustrations": ("loi", ""),
    "foreword": ("foreword", "doc-foreword"),
    "preface": ("preface", "doc-preface"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "introduction": ("introduction", "doc-introduction"),
    "part": ("part", "doc-part"),
    "conclusion": ("conclusion", "doc-conclusion"),
    "afterword": ("afterword", "doc-afterword"),
    "appendix": ("appendix", "doc-appendix"),
    "who-is-who": ("appendix", "doc-appendix"),
    "chronology": ("appendix", "doc-appendix"),
    "timeline": ("appendix", "doc-appendix"),
    "glossary": ("glossary", "doc-glossary"),
    "bibliography": ("bibliography", "doc-bibliography"),
    "credits": ("", "doc-credits"),
    "index": ("index", "doc-index"),
    "colophon": ("colophon", "doc-colophon"),
}

# kind -> epub:type of its landmark, type in the guide of EPUB 2; few, for some systems list them all in the contents
LANDMARKS = {
    "title": ("titlepage", "title-page"),
    "bibliography": ("bibliography", "bibliography"),
    "glossary": ("glossary", "glossary"),
    "notes": ("endnotes", "notes"),
    "index": ("index", "index"),
}


def kind_of(unit: OpenUnit) -> tuple[str, str]:
    """(epub:type, role) of a unit; a chapter is one in the body only, for elsewhere nobody said what it is."""
    if unit.kind == "chapter" and unit.zone == "body":
        return "chapter", "doc-chapter"
    return _KINDS.get("index" if unit.kind.startswith("index-of-") else unit.kind, ("", ""))


def set_roles(unit: OpenUnit, only_notes: bool = False) -> None:
    """Write types, roles and names on a unit's section and on its references to notes."""
    if not only_notes:
        _set_role(unit)
    for link in named(unit.trees(), "a"):
        if has_class(link, "noteref"):
            link.set(TYPE, "noteref")
            link.set("role", "doc-noteref")


def _set_role(unit: OpenUnit) -> None:
    kind, role = kind_of(unit)
    if kind:
        unit.section.set(TYPE, kind)
    if role:
        unit.section.set("role", role)
    if kind == "index":
        unit.section.tag = f"{{{XHTML}}}nav"
    label_by_heading(unit.section, unit.title)
