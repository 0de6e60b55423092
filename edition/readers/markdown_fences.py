"""Blocks between `::: name` and `:::`: epigraph, verse, letter, cite, questions, answer, and passages of the index.

Knows the block tokens of markdown-it and the elements such blocks become; knows no inline mark.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.rules_block import StateBlock

from ..normal.vocabulary import is_block
from ..patterns import late
from ..problems import did_you_mean
from ..xml import ID, Element, add_text, local, tei
from .markdown_attributes import BRACES, Attributes, Complaint, attributes, complaints
from .markdown_spans import index_mark

NAMES = ("epigraph", "verse", "letter", "cite", "questions", "answer")
# What the id of the end of a passage begins with, until it gets one of the edition.
PASSAGE = "passage-"
_LINE = re.compile(r"[ \t>]*:{3,}[ \t]*(?P<rest>.*?)[ \t]*")
_WRITTEN = late(r"(?P<name>[^\s{}]*)[ \t]*(?P<braces>\{.*\})?")
_CREDIT = late(r"\s*(?:—|–|--)\s*\S")


def fence(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """`::: name` or `::: {index="…"}`, and all up to the `:::` that belongs to it."""
    match = _LINE.fullmatch(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    if match is None or state.is_code_block(line):
        return False
    if silent:
        return True
    opening = _WRITTEN.fullmatch(match["rest"])
    if opening is None or not match["rest"] or (opening["braces"] and not BRACES.fullmatch(opening["braces"])):
        hint = "write ::: and a name to begin it, ::: alone to end it"
        return _say(state, line, Complaint("markdown-fence", "this ::: begins nothing and ends nothing", hint))
    close = _closing(state, line, end)
    token = state.push("colon_open", "", 1)
    token.meta |= {"name": opening["name"], "attributes": attributes(opening["braces"] or "")}
    if close is None:
        text = f"this “::: {match['rest']}” is not ended"
        token.meta["complaint"] = Complaint("markdown-fence", text, "write ::: alone on a line behind its last block")
    _within(state, line + 1, end if close is None else close)
    state.push("colon_close", "", -1)
    token.map = [line, state.line]
    state.line = end if close is None else close + 1
    return True


def _say(state: StateBlock, line: int, complaint: Complaint) -> bool:
    state.push("complaint", "", 0).meta["complaint"] = complaint
    state.line = line + 1
    return True


def _closing(state: StateBlock, line: int, end: int) -> int | None:
    """The line of the `:::` that ends what begins at `line`."""
    depth = 1
    for number in range(line + 1, end):
        match = _LINE.fullmatch(state.src[state.bMarks[number] : state.eMarks[number]])
        if match:
            depth += 1 if match["rest"] else -1
            if depth == 0:
                return number
    return None


def _within(state: StateBlock, first: int, close: int) -> None:
    kept = state.lineMax, state.parentType
    state.lineMax, state.parentType = close, "container"
    state.md.block.tokenize(state, first, close)
    state.lineMax, state.parentType = kept


def faults(name: str, given: Attributes, holder: Element) -> list[Complaint]:
    """What is wrong with a block of this name and these attributes, in `holder`."""
    if not name:
        return list(complaints(given, "fence"))
    if name not in NAMES:
        hint = did_you_mean(name, NAMES, f"there are {', '.join(NAMES)}")
        return [Complaint("markdown-fence", f"there is no block “::: {name}”", hint)]
    if given.items:
        return [Complaint("markdown-fence", f"“::: {name}” has no attributes", "leave out what stands in braces")]
    if name == "answer" and not any(local(e) == "item" for e in (holder, *holder.iterancestors())):
        hint = "indent it under the question it answers, within ::: questions"
        return [Complaint("markdown-fence", "this answer belongs to no question", hint)]
    return []


def enclose(given: Attributes, blocks: list[Element], number: int) -> None:
    """Make blocks a passage of the index: <index spanTo> begins their first text, an <anchor> ends their last."""
    texts = [e for block in blocks for e in block.iter() if is_block(e) and not _holds_blocks(e) and local(e) != "head"]
    if not texts:
        return
    name = f"{PASSAGE}{number}"
    entry = Attributes((*((n, v) for n, v in given.items if n != "index"), ("entry", given.get("index"))))
    mark = index_mark(entry, "")
    mark.set("spanTo", f"#{name}")
    mark.tail, texts[0].text = texts[0].text, None
    texts[0].insert(0, mark)
    texts[-1].append(tei("anchor", {ID: name, "type": "index"}))


def _holds_blocks(element: Element) -> bool:
    return any(is_block(kid) for kid in element)


_EMPTY: dict[str, Callable[[], Element]] = {
    "epigraph": lambda: tei("epigraph"),
    "verse": lambda: tei("lg"),
    "letter": lambda: tei("floatingText", {"type": "letter"}),
    "cite": lambda: tei("quote", {"type": "cite"}),
    "questions": lambda: tei("list", {"type": "questions", "rend": "numbered"}),
    "answer": lambda: tei("quote", {"type": "answer"}),
}


def begun(name: str) -> Element:
    """The element of a block, still empty."""
    return _EMPTY[name]()


def ended(name: str, made: Element, spots: dict[Element, tuple[int, int]]) -> Element:
    """The element made what it is to be, once its blocks are in it."""
    if name == "verse":
        return _verse(made, spots)
    if name == "questions":
        _questions(made, spots)
    elif name == "letter":
        body = tei("body", {}, *list(made))
        made.append(body)
    elif name in ("epigraph", "cite"):
        if name == "epigraph" and not _may_open(made):
            made.tag = tei("quote").tag
            made.set("type", "epigraph")
        last = made[-1] if len(made) else None
        if last is not None and len(made) > 1 and local(last) == "p" and _CREDIT.match("".join(last.itertext())):
            last.set("rend", "attribution")
    return made


def _may_open(epigraph: Element) -> bool:
    """Whether it stands where TEI has epigraphs: under the head of a division."""
    holder, before = epigraph.getparent(), epigraph.getprevious()
    return (
        holder is not None
        and local(holder) == "div"
        and (before is None or local(before) in ("head", "epigraph", "argument", "opener"))
    )


def _questions(made: Element, spots: dict[Element, tuple[int, int]]) -> None:
    """A list's items are the questions; else every paragraph is one."""
    for kid in list(made):
        if local(kid) == "list":
            for item in list(kid):
                kid.addprevious(item)
            made.remove(kid)
        elif local(kid) != "item":
            item = tei("item")
            kid.addprevious(item)
            spots[item] = spots.get(kid, (0, 0))
            item.append(kid)


# --- verse


def _verse(made: Element, spots: dict[Element, tuple[int, int]]) -> Element:
    """Every line of a paragraph is one of verse, every paragraph a stanza."""
    stanzas = [_stanza(kid, spots) for kid in list(made) if local(kid) == "p"]
    if len(stanzas) == 1 and len(made) == 1:
        parent = made.getparent()
        assert parent is not None
        if made.get(ID):
            stanzas[0].set(ID, made.get(ID, ""))
        parent.replace(made, stanzas[0])
        return stanzas[0]
    for paragraph, stanza in zip([kid for kid in made if local(kid) == "p"], stanzas, strict=True):
        made.replace(paragraph, stanza)
    return made


def _stanza(paragraph: Element, spots: dict[Element, tuple[int, int]]) -> Element:
    stanza = tei("lg")
    line, column = spots[stanza] = spots.get(paragraph, (0, 0))
    if paragraph.get(ID):
        stanza.set(ID, paragraph.get(ID, ""))
    for number, verse in enumerate(_lines(paragraph, "l")):
        spots[verse] = (line + number, column)
        stanza.append(verse)
    return stanza


def _lines(element: Element, name: str) -> list[Element]:
    """An element cut at its line ends; marks that run over one go on in the next."""
    found = [tei(name, dict(element.attrib) if name != "l" else {})]
    found[-1].text = ""

    def text(content: str | None) -> None:
        for number, part in enumerate((content or "").split("\n")):
            if number:
                found.append(tei(name, dict(element.attrib) if name != "l" else {}))
            add_text(found[-1], part)

    text(element.text)
    for kid in list(element):
        tail, kid.tail = kid.tail, None
        if local(kid) == "lb":
            pass
        elif local(kid) != "note" and "\n" in "".join(kid.itertext()):
            for number, piece in enumerate(_lines(kid, local(kid))):
                if number:
                    found.append(tei(name, dict(element.attrib) if name != "l" else {}))
                found[-1].append(piece)
        else:
            found[-1].append(kid)
        text(tail)
    return found
