"""Where links within a file lead: bookmarks made ids of blocks, and what points to them.

Knows the tree that was made; knows nothing of WordprocessingML.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from ..config.fields import SECTIONS
from ..normal.vocabulary import REGISTER_PREFIXES, is_free_id
from ..xml import ID, Element, drop_keeping_tail, local
from .docx_work import Work

# Names nobody chose: Word's own begin with _, some programs count theirs.
_AUTOMATIC = re.compile(r"_.*|OLE_LINK\d+|bookmark\d*|_?Toc\d+|_?Ref\d+", re.IGNORECASE)
_FIT = re.compile(r"[^\W\d_][\w.-]*")


def settle(tree: Element, work: Work) -> None:
    """Give ids to what is pointed to or was named by the author, and targets to what points."""
    links = work.links
    pointed = {name.casefold() for _, name, _ in links.sources}
    ids: dict[Element, str] = {}
    for by_author in (True, False):
        for key, name in links.names.items():
            automatic = _AUTOMATIC.fullmatch(name) is not None
            target = links.target(key)
            if automatic == by_author or target is None or target in ids or (automatic and key not in pointed):
                continue
            if _is_within(target, tree):
                ids[target] = _unique(_id(name, automatic, work.told.file), set(ids.values()))
    for element, name in ids.items():
        element.set(ID, name)
    for source, name, (ordinal, column) in links.sources:
        target = links.target(name)
        if target in ids:
            source.set("target", f"#{ids[target]}")
        elif target is None and is_free_id(name) and not _AUTOMATIC.fullmatch(name):
            source.set("target", f"#{name}")  # another file of the edition may have it
        elif _is_within(source, tree):
            text = f"a link leads to the bookmark “{name[:80]}”, which is not in the text"
            work.told.say("docx-reference", ordinal, text, "set the link anew in Word", column)


def take_off(tree: Element) -> None:
    """Links that lead nowhere lose their mark; their text stays."""
    for link in [e for e in tree.iter("{*}ref", "{*}ptr") if not e.get("target")]:
        previous, parent = link.getprevious(), link.getparent()
        if parent is None:
            continue
        at = parent.index(link)
        text, kids = link.text or "", list(link)
        if previous is not None:
            previous.tail = (previous.tail or "") + text
        else:
            parent.text = (parent.text or "") + text
        for k, kid in enumerate(kids):
            parent.insert(at + k, kid)
        if local(link) == "ref" and kids:
            kids[-1].tail = (kids[-1].tail or "") + (link.tail or "")
            link.tail = None
        drop_keeping_tail(link)


def _is_within(element: Element, tree: Element) -> bool:
    return element.getroottree().getroot() is tree


def _id(name: str, automatic: bool, file: str) -> str:
    """An id from a bookmark's name; one that nobody chose is told apart from those of other files."""
    plain = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name)).strip("-_.")
    reserved = plain.startswith((*REGISTER_PREFIXES, "part-")) or plain in SECTIONS
    if not automatic and not reserved and _FIT.fullmatch(plain):
        return plain
    stem = re.sub(r"[^\w.-]+", "-", PurePosixPath(file).stem).strip("-_.0123456789")
    return f"{stem or 'text'}-{plain.lower()}"


def _unique(name: str, taken: set[str]) -> str:
    count, found = 1, name
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found
