"""Which language a text is in, as far as Word says so: what is the main one, and what is foreign in it.

Knows tags of BCP 47 and where runs have them; what a word processor takes for granted is no witness.
"""

from __future__ import annotations

import re
from collections import Counter

from ..xml import Element
from .docx_styles import Styles, properties
from .docx_told import Told
from .docx_xml import RPR, P, R, T, value

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
    count: Counter[str] = Counter()
    for paragraph in body.iter(P):
        style = styles.paragraph(value(paragraph, "pPr/pStyle"))
        for run in paragraph.iterfind(R):
            own = properties(run.find(RPR)).get("language") if run.find(RPR) is not None else None
            count[str(own or style.language)] += sum(len(t.text or "") for t in run.iterfind(T))
    most, size = max(count.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    taken = most if most and size * 2 > count.total() and is_foreign(most, edition) else edition
    if taken != edition:
        said = f"most of this text is marked as {taken} in Word, the edition is in {edition}: it is taken as {taken}"
        told.say("docx-language", 0, said, "if that is wrong, set the language of the text in Word (Review, Language)")
    elif styles.default_language() and is_foreign(styles.default_language(), edition) and count[""] * 2 > count.total():
        said = f"Word takes this text for {styles.default_language()}: it is taken as {edition}, as the edition is"
        told.say("docx-language", 0, said, "if it is not, set the language of the text in Word (Review, Language)")
    return taken
