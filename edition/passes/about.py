"""What an edition says of its own text: copy-text, omissions, rules applied, transliteration, calendar, sigla.

The generated section `about-text` and the TEI's editorialDecl both say these paragraphs, so that they cannot differ.
What edition.yaml gives under `about_text` stands in place of what is made here. Knows counts and wording; no tree.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from .. import edtf
from ..wording.about import AboutWords

Paragraph = tuple[str, str]
"""What a paragraph is about, as edition.yaml calls it, and its text."""

KEYS = ("copy_text", "omissions", "typography", "transliteration", "calendar", "sigla")


def paragraphs(
    imprint: Mapping[str, Any],
    words: AboutWords,
    entries: Sequence[Mapping[str, Any]],
    applied: Mapping[str, int],
    left_out: Mapping[str, int],
    has_dates: bool,
    styles: Collection[edtf.Style] = (),
) -> list[Paragraph]:
    """In the order of KEYS, those that have something to say. `applied`: rule -> count; `left_out`: reason ->
    count; `styles`: how the dates of the texts are counted."""
    own = imprint.get("about_text") or {}
    told = {
        "copy_text": _copy_text(entries, words),
        "omissions": _omissions(str(imprint["reading"]), left_out, words),
        "typography": _counted(words.typography, words.rules, applied) or words.untouched,
        "transliteration": "",
        "calendar": _calendar(styles, words) if has_dates else "",
        "sigla": "; ".join(f"{siglum}: {text}" for siglum, text in (imprint.get("sigla") or {}).items()),
    }
    found = [(key, str(own.get(key) or told[key])) for key in KEYS]
    return [(key, text) for key, text in found if text]


def _calendar(styles: Collection[edtf.Style], words: AboutWords) -> str:
    said = [words.calendar, *([words.julian] if any(style.is_julian for style in styles) else [])]
    starts = {style.year_start for style in styles}
    return " ".join([*said, *(words.year_start.format(day) for start, day in words.starts if start in starts)])


def _copy_text(entries: Sequence[Mapping[str, Any]], words: AboutWords) -> str:
    sources = list(dict.fromkeys(entry["source"] for entry in entries if entry["source"]))
    return words.copy_text.format("; ".join(sources)) if sources else words.own_text


def _omissions(reading: str, left_out: Mapping[str, int], words: AboutWords) -> str:
    listed = _counted(words.omitted, words.reasons, left_out)
    if not listed:
        return words.nothing_omitted
    return f"{words.read_source if reading == 'source' else words.read_normalised} {listed}"


def _counted(sentence: str, names: Sequence[tuple[str, str]], counts: Mapping[str, int]) -> str:
    parts = [f"{name}\u00a0({counts[key]})" for key, name in names if counts.get(key)]
    return sentence.format(", ".join(parts)) if parts else ""
