"""From markdown-it's block tokens to a TEI body: sections from headings, paragraphs, quotations, lists, footnotes.

Knows tokens and trees; what stands within a block is made by markdown_marks.
"""

from __future__ import annotations

from collections.abc import Iterable

from markdown_it.token import Token
from msgspec import Struct

from ..problems import did_you_mean
from ..xml import ID, SPACE, Element, drop_keeping_tail, local, tei
from . import markdown_fences
from .markdown_attributes import SERIES, Attributes, Complaint, complaints, not_yet
from .markdown_marks import Marks, Work
from .reading import Spot

_NAMES = {"paragraph_open": "p", "blockquote_open": "quote", "list_item_open": "item", "table_open": "table"}
_CLAIM = (
    "table_open",
    "paragraph_open",
    "blockquote_open",
    "bullet_list_open",
    "ordered_list_open",
    "colon_open",
    "fence",
)


class Definition(Struct):
    """A footnote's definition: the place of its label, the tokens of its text, whether it stands at the margin."""

    label: str
    spot: Spot
    tokens: list[Token]
    nested: bool


def without_notes(tokens: list[Token], work: Work) -> tuple[list[Token], list[Definition]]:
    """The tokens of the text, and the definitions that stood among them, in order."""
    flows: list[list[Token]] = [[]]
    found: list[Definition] = []
    after_note = False
    for token in tokens:
        if token.type == "footnote_open":
            flows.append([])
            found.append(Definition(token.meta["label"], token.meta["at"], flows[-1], token.level > 0))
        elif token.type == "footnote_close":
            flows.pop()
        else:
            if after_note and token.level == 0 and token.meta.get("at", (0, 0))[1] > 1:
                text = "this does not belong to the footnote before it"
                work.say(token.meta["at"], Complaint("note-indent", text, "if it should, indent it by four spaces"))
            flows[-1].append(token)
        after_note = token.type == "footnote_close"
    return flows[0], found


class Notes:
    """The footnotes of a file: each definition becomes one note, where it is referred to."""

    def __init__(self, work: Work, definitions: Iterable[Definition]) -> None:
        self._work = work
        self._by_label: dict[str, Definition] = {}
        self._cited: dict[str, Element] = {}
        for definition in definitions:
            self._enter(definition)

    def _enter(self, definition: Definition) -> None:
        first = self._by_label.setdefault(definition.label, definition)
        label = f"[^{definition.label}]"
        if first is not definition:
            text = f"the footnote {label} is defined twice"
            hint = f"the first is in line {first.spot[0]}; give this one a label of its own"
            self._work.say(definition.spot, Complaint("note-doubled", text, hint))
        elif not definition.tokens:
            hint = "write it behind the colon, or in the next line, indented by four spaces"
            self._work.say(definition.spot, Complaint("note-empty", f"the footnote {label} has no text", hint))
        if definition.nested:
            text = f"the footnote {label} is defined within a quotation, a list or another note"
            self._work.say(definition.spot, Complaint("note-place", text, "begin it at the margin"))

    def make(self, label: str, spot: Spot) -> Element | None:
        """The note that a reference at `spot` stands for; for a second one, a pointer to the note by its label."""
        definition = self._by_label.get(label)
        if definition is None:
            hint = did_you_mean(label, self._by_label, f"write its text in a paragraph that begins with [^{label}]:")
            self._work.say(spot, Complaint("note-undefined", f"there is no footnote [^{label}]", hint))
            return None
        if label in self._cited:
            self._cited[label].set("n", label)
            return tei("ptr", {"type": "note", "n": label})
        series = SERIES.fullmatch(label)
        self._cited[label] = note = tei("note", {"place": "foot"} | ({"type": series[1]} if series else {}))
        self._work.blocks[note] = definition.spot
        Blocks(self._work, None).fill(note, definition.tokens)
        return note

    def say_uncited(self) -> None:
        for label, definition in self._by_label.items():
            if label not in self._cited:
                text = f"nothing refers to the footnote [^{label}]"
                self._work.say(
                    definition.spot, Complaint("note-unreferenced", text, f"put [^{label}] where it belongs")
                )


class Blocks:
    """Fills a body with blocks and sections, or, without `notes`, a footnote with blocks."""

    def __init__(self, work: Work, notes: Notes | None) -> None:
        self._work = work
        self._notes = notes
        self._open: list[Element] = []
        self._sections: list[tuple[int, Element]] = []
        self._braces: tuple[Attributes, Spot] | None = None
        self._item_id = ""
        self._tight: set[Element] = set()
        self._passages = 0
        self._fences: list[tuple[str, Attributes, Spot, int]] = []

    def fill(self, root: Element, tokens: Iterable[Token]) -> None:
        self._open = [root]
        for token in tokens:
            if token.type == "inline":
                Marks(self._work, self._note, self._notes is None).fill(self._open[-1], token)
            else:
                self._take(token, self._claim(token))
        self._claim(None)

    def _take(self, token: Token, name: str) -> None:
        match token.type:
            case "heading_open":
                self._heading(token)
            case "paragraph_open" | "blockquote_open" | "list_item_open" | "table_open":
                self._begin(token, tei(_NAMES[token.type]), name or self._item_id)
                self._item_id = ""
            case "bullet_list_open" | "ordered_list_open":
                self._list(token, name)
            case "tr_open":
                self._row(token)
            case "th_open" | "td_open":
                self._begin(token, tei("cell"))
            case "thead_open" | "thead_close" | "tbody_open" | "tbody_close":
                pass
            case "paragraph_close" | "heading_close" | "th_close" | "td_close":
                self._set_apart(self._open.pop())
            case "tr_close":
                self._end_row()
            case "bullet_list_close" | "ordered_list_close" | "table_close":
                self._open.pop()
            case "blockquote_close" | "list_item_close":
                self._end()
            case "hr":
                self._parent().append(tei("milestone", {"unit": "section"}))
            case "fence":
                self._code(token, name)
            case "braces":
                self._braces = token.meta["attributes"], token.meta["at"]
            case "colon_open":
                self._open_fence(token, name)
            case "colon_close":
                self._close_fence()
            case _:
                self._complain(token)

    def _complain(self, token: Token) -> None:
        if token.type == "code_block":
            text = "these lines are indented by four spaces, as code"
            complaint = Complaint(
                "markdown-indent", text, "take the spaces away; around code write ``` before and after"
            )
        elif token.type == "html_block":
            text = "this is HTML, which Markdown sources of an edition do not hold"
            complaint = Complaint("markdown-html", text, r"write \< for a < that is text")
        else:
            complaint = token.meta["complaint"]
        self._work.say(token.meta["at"], complaint)

    def _parent(self) -> Element:
        """What the next block goes into."""
        if len(self._open) == 1 and self._sections:
            return self._sections[-1][1]
        return self._open[-1]

    def _note(self, label: str, spot: Spot) -> Element | None:
        if self._notes is None:
            self._work.say(spot, not_yet("a footnote to a footnote"))
            return None
        return self._notes.make(label, spot) if label else tei("note", {"place": "foot"})

    # --- ids on lines of their own

    def _claim(self, token: Token | None) -> str:
        """The id given on the line before a block."""
        braces, self._braces = self._braces, None
        if braces is None:
            return ""
        given, spot = braces
        found = list(complaints(given, "line"))
        if token is None or token.type not in _CLAIM or token.meta["at"][0] != spot[0] + 1:
            heading = token is not None and token.type == "heading_open"
            hint = "write them at the end of the heading" if heading else "they go on the line right before a paragraph"
            found.append(Complaint("markdown-braces", "these braces belong to nothing", hint))
        for complaint in found:
            self._work.say(spot, complaint)
        return "" if found else given.get("#id")

    # --- blocks

    def _begin(self, token: Token, element: Element, name: str = "") -> None:
        if name:
            element.set(ID, name)
        if token.hidden:
            self._tight.add(element)
        self._parent().append(element)
        self._open.append(element)
        self._work.blocks[element] = token.meta["at"]

    def _code(self, token: Token, name: str) -> None:
        """Lines of code keep their spaces; the name of their language is no text."""
        made = tei("ab", {"type": "code", SPACE: "preserve"} | ({ID: name} if name else {}), token.content.expandtabs())
        made.text = (made.text or "").rstrip("\n")
        self._work.blocks[made] = token.meta["at"]
        if made.text:
            self._parent().append(made)
        else:
            self._work.say(token.meta["at"], Complaint("markdown-empty", "this block of code is empty"))

    def _list(self, token: Token, name: str) -> None:
        """A list is no addressable block: an id before it is that of its first item."""
        start = token.attrs.get("start")
        attributes = {"rend": "bulleted" if token.type == "bullet_list_open" else "numbered"}
        element = tei("list", attributes if start is None else {**attributes, "n": str(start)})
        self._parent().append(element)
        self._open.append(element)
        self._item_id = name

    def _row(self, token: Token) -> None:
        self._begin(token, tei("row", {"role": token.meta["role"]}))
        if "complaint" in token.meta:
            self._work.say(token.meta["beyond"], token.meta["complaint"])

    def _end_row(self) -> None:
        """A head without words is none: Markdown has no table without."""
        row = self._open.pop()
        if row.get("role") == "label" and not any(len(cell) or cell.text for cell in row):
            drop_keeping_tail(row)

    def _end(self) -> None:
        """The end of a quotation or an item."""
        element = self._open.pop()
        if local(element) == "item":
            _loosen(element, [kid for kid in element if kid in self._tight])
        if len(element) or element.text:
            return
        if local(element) == "quote":
            complaint = Complaint("markdown-empty", "this quotation is empty", r"write \> for a > that is text")
            drop_keeping_tail(element)
        else:
            complaint = Complaint("markdown-empty", "this item is empty", r"write \- for a - that is text")
        self._work.say(self._work.blocks[element], complaint)

    def _set_apart(self, block: Element) -> None:
        """A paragraph of images becomes those images; they cannot stand within text."""
        figures = list(block.iter("{*}figure"))
        texts = [block.text, *(kid.tail for kid in block)]
        if not figures:
            return
        if local(block) != "p" or any((text or "").strip() for text in texts) or len(figures) < len(block):
            for figure in figures:
                text = "an image within a line of text"
                hint = "put it into a paragraph of its own, with an empty line before and after"
                self._work.say(self._work.blocks[figure], Complaint("markdown-image", text, hint))
            return
        if block.get(ID) and not figures[0].get(ID):
            figures[0].set(ID, block.get(ID, ""))
        for figure in figures:
            figure.tail = None
            block.addprevious(figure)
        drop_keeping_tail(block)

    # --- blocks between colons

    def _open_fence(self, token: Token, name: str) -> None:
        kind, given, spot = token.meta["name"], token.meta["attributes"], token.meta["at"]
        complaint = token.meta.get("complaint")
        found = [complaint] if complaint else markdown_fences.faults(kind, given, self._parent())
        for one in found:
            self._work.say(spot, one)
        self._fences.append((kind, given, spot, len(self._parent())))
        if not found and kind:
            self._begin(token, markdown_fences.begun(kind), name)
        else:
            self._open.append(self._parent())

    def _close_fence(self) -> None:
        kind, given, spot, first = self._fences.pop()
        made = self._open.pop()
        if made is self._parent():
            if not kind and given.get("index"):
                self._passages += 1
                markdown_fences.enclose(given, list(made)[first:], self._passages)
        elif len(made) == 0:
            text = f"this “::: {kind}” is empty"
            self._work.say(spot, Complaint("markdown-empty", text, "write its text, or take it out"))
            drop_keeping_tail(made)
        else:
            markdown_fences.ended(kind, made, self._work.blocks)

    # --- headings

    def _heading(self, token: Token) -> None:
        if len(self._open) > 1 or self._notes is None:
            text = "a heading within a quotation, a list or a footnote"
            self._work.say(token.meta["at"], Complaint("markdown-heading", text, r"write \# for a # that is text"))
            self._begin(token, tei("p"))
            return
        head = tei("head")
        self._work.blocks[head] = token.meta["at"]
        self._section(int(token.tag[1:]), token.meta["at"]).append(head)
        self._open.append(head)
        given: Attributes = token.meta.get("attributes", Attributes(()))
        found = list(complaints(given, "head")) if "attributes" in token.meta else []
        for complaint in found:
            self._work.say(token.meta["braces"], complaint)
        if not found:
            self._named(head, given)

    def _named(self, head: Element, given: Attributes) -> None:
        div = head.getparent()
        assert div is not None
        if given.get("#id"):
            div.set(ID, given.get("#id"))
        if given.get("short"):
            short = tei("head", {"type": "short"}, given.get("short"))
            div.append(short)
            self._work.blocks[short] = self._work.blocks[head]

    def _section(self, level: int, spot: Spot) -> Element:
        """A new div for a heading of this level, in its place."""
        before = self._sections[-1][0] if self._sections else 0
        if not self._sections and len(self._open[0]):
            text = "text stands before the first heading"
            self._work.say(
                spot, Complaint("text-before-heading", text, "it becomes a part of its own, without heading")
            )
        if before and level > before + 1:
            text = f"a heading of level {level} follows one of level {before}"
            self._work.say(spot, Complaint("heading-level", text, f"write {'#' * (before + 1)}"))
        while self._sections and self._sections[-1][0] >= level:
            self._sections.pop()
        div = tei("div")
        self._parent().append(div)
        self._sections.append((level, div))
        self._work.blocks[div] = spot
        return div


def _loosen(item: Element, tight: list[Element]) -> None:
    """Paragraphs of a tight list lose their <p> where nothing but lists follows the first (CommonMark 5.3)."""
    if len(tight) != 1 or tight[0] is not item[0] or any(local(kid) != "list" for kid in item[1:]):
        return
    paragraph = tight[0]
    if paragraph.get(ID) and item.get(ID):
        return
    if paragraph.get(ID):
        item.set(ID, paragraph.get(ID, ""))
    item.text = paragraph.text
    kids = list(paragraph)
    item.remove(paragraph)
    for n, kid in enumerate(kids):
        item.insert(n, kid)
