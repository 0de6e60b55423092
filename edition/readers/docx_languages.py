"""Which language a text is in, as far as Word says so: what is the main one, and what is foreign in it.

Knows tags of BCP 47 and where runs have them; what a word processor takes for granted is no witness.
"""

from __future__ import annotations

import re
from collections import Counter

from ..xml import Element
from .docx_styles import Styles, properties
from .docx_told import Told
from .docx_xml import RPR, P, R, T, value, w

_LANG = w("lang")
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def is_east_asian(text: str) -> bool:
    return _EAST_ASIAN.search(text) is not None


def is_foreign(tag: str, main: str) -> bool:
    """Whether a tag names another language, or another script, than the main one; regions are no matter."""
    own, other = tag.lower().split("-"), main.lower().split("-")
    scripts = [next((part for part in parts[1:] if len(part) == 4), "") for parts in (own, other)]
    return own[0] != other[0] or (all(scripts) and scripts[0] != scripts[1])


def main_language(body: Element, styles: Styles, edition: str, told: Told) -> str:
    """The language most of the text is expressly marked with, else the edition's."""
    total = sum(len(text.text or "") for text in body.iter(T))
    count = _marked(body, styles)
    most, size = max(count.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    taken = most if most and size * 2 > total and is_foreign(most, edition) else edition
    if taken != edition:
        said = f"most of this text is marked as {taken} in Word, the edition is in {edition}: it is taken as {taken}"
        told.say("docx-language", 0, said, "if that is wrong, set the language of the text in Word (Review, Language)")
    elif count.total() * 2 < total and styles.default_language() and is_foreign(styles.default_language(), edition):
        said = f"Word takes this text for {styles.default_language()}: it is taken as {edition}, as the edition is"
        told.say("docx-language", 0, said, "if it is not, set the language of the text in Word (Review, Language)")
    return taken


def _marked(body: Element, styles: Styles) -> Counter[str]:
    """How many characters are expressly marked with each language, by their runs or by the style of the paragraph."""
    count: Counter[str] = Counter()
    for element in body.iter(_LANG):
        properties_ = element.getparent()
        run = None if properties_ is None else properties_.getparent()
        if run is not None and run.tag == R:
            count[str(properties(properties_).get("language", ""))] += _length(run)
    for paragraph in body.iter(P) if styles.speaks() else ():
        style = styles.paragraph(value(paragraph, "pPr/pStyle"))
        for run in paragraph.iterfind(R) if style.language else ():
            if run.find(f"{RPR}/{_LANG}") is None:
                count[style.language] += _length(run)
    del count[""]
    return count


def _length(run: Element) -> int:
    return sum(len(text.text or "") for text in run.iterfind(T))
