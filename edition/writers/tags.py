"""The structure of a tagged PDF: one tree by elements, whole across pages,
with every note after the block that calls it.

Knows boxes by their attributes only and imports no layout engine; knows the classes of a unit's XHTML. Types of
structure
are those of ISO 32000-1, 14.8.4. WeasyPrint's own tags are cut at every page break and leave notes at the foot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

from .flow import NOTE

TYPES = {
    "section": "Sect", "article": "Art", "nav": "Sect", "blockquote": "BlockQuote", "p": "P", "pre": "P", "div": "Div",
    "ul": "L", "ol": "L", "dl": "L", "li": "LBody", "dt": "Lbl", "dd": "LBody", "table": "Table", "thead": "THead",
    "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption", "figure": "Div",
    "figcaption": "Caption", "img": "Figure", "svg": "Figure", "a": "Link", "q": "Quote", "code": "Code",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
BY_CLASS = {"ul.contents": "TOC", "li.contents": "TOCI", "a.note-number": "Link", "section.index": "Index"}
# Behind these a note can stand; in all others it stands at the end.
_LINES = ("P", *(f"H{level}" for level in range(1, 7)))
_CALLERS = (*_LINES, "LBody", "TOCI", "TD", "TH", "Caption", "BlockQuote", "Div", "Sect", "Note")
_HYPHEN = "\u2010"


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of marked content on a page (ISO 32000-1, 14.7.4.2)."""

    page: int
    mcid: int
    text: Any = ""  # a string, or what says one with str() once page numbers are known


class Link:
    """Stands for the box of a link, which gets its annotation when the file is written."""

    def __init__(self, box: Any) -> None:
        self.link_annotation: Any = None
        box.link_annotation = self


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's place on a page."""

    page: int
    link: Link


@dataclass(slots=True, eq=False)
class Node:
    """An element of the structure. `open` says that its last word goes on in the next piece."""

    kind: str
    parent: Node | None = None
    kids: list[Node | Mark | Annotation] = field(default_factory=list)
    notes: list[Node] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)
    open: bool = False

    def add(self, kind: str) -> Node:
        node = Node(kind, self)
        self.kids.append(node)
        return node


# --- before painting


def prepare(pages: Sequence[Any]) -> None:
    """Tell apart what is no content (margins, heads of a table said again, pictures without words), and end every line
    with the space that parts its last word from the next line's first."""
    heads: dict[int, int] = {}
    for number, page in enumerate(pages):
        page.links = [link for link in page.links if _name(link[3]) == "a"]  # not every box within it once more
        for box, apart in _walk(page._page_box, False, number, heads):
            box.is_artifact = apart
        for line in (box for box in page._page_box.descendants(placeholders=True) if type(box).__name__ == "LineBox"):
            _part_words(line)


def _walk(box: Any, apart: bool, number: int, heads: dict[int, int]) -> Iterator[tuple[Any, bool]]:
    apart = apart or bool(getattr(box, "at_keyword", "")) or _is_apart(box)
    if _name(box) == "thead":
        apart = apart or heads.setdefault(id(box.element), number) != number
    yield box, apart
    for child in getattr(box, "children", ()):
        yield from _walk(_real(child), apart, number, heads)


def _is_apart(box: Any) -> bool:
    element = box.element
    if element is None:
        return False
    silent = _name(box) == "img" and not element.get("alt") and element.get("role") != "img"
    return element.get("aria-hidden") == "true" or silent or _is_filling(box)


def _is_filling(box: Any) -> bool:
    """Whether a box holds only what leads the eye, as the dots before a page number."""
    return "::" in (box.element_tag or "") and hasattr(box, "pango_layout") and not box.text.strip(" .\u00a0\u2002")


def _part_words(line: Any) -> None:
    """Give the spaces that are not painted, alone between two boxes or at the end of a line,
    to the text before them."""
    before = None
    for box in (box for box in line.descendants() if hasattr(box, "pango_layout") and box.text):
        if box.text.strip():
            before = box
        elif before is not None:
            _add_space(before)
    if before is not None and before.text[-1] not in ("-", _HYPHEN):
        _add_space(before)


def _add_space(box: Any) -> None:
    if not box.text.endswith((" ", "\u00a0")):
        box.text = box.pango_layout.text = box.text + " "


def _real(box: Any) -> Any:
    return getattr(box, "_box", box)


def _name(box: Any) -> str:
    """The name of a box's element; of pseudo-elements "a::before"."""
    return (box.element_tag or "").rpartition("}")[2] if box.element is not None else ""


# --- the tree


class Structure:
    """The structure of a unit, built page by page in the order of the text.

    `language` is the edition's; `gaps`: by the ids of boxes, what stands for texts that are not known yet.
    """

    def __init__(self, language: str, gaps: Mapping[int, Any]) -> None:
        self.root = Node("Document")
        self.language = language
        self._gaps = gaps
        self._nodes: dict[tuple[int, str], Node] = {}
        self._parents: dict[int, Any] = {}
        self._texts: dict[int, str] = {}

    def page(self, number: int, box: Any, tags: dict[Any, Any]) -> None:
        """Take over the boxes of a page; `tags` are the marks painted for them, and empty afterwards."""
        self._read(number, box, self.root, tags)
        assert not tags, "something was painted that stands in no box"

    def _read(self, number: int, box: Any, node: Node, tags: dict[Any, Any]) -> None:
        if getattr(box, "is_artifact", False):
            return
        node = self._node(box, node)
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None:
            node.kids.append(Annotation(number, annotation))
        for child in map(_real, getattr(box, "children", ())):
            if child in tags:
                self._text(node if hasattr(child, "pango_layout") else self._node(child, node), number, child, tags)
            else:
                self._read(number, child, node, tags)
        if box in tags:
            node.kids.append(Mark(number, tags.pop(box)["mcid"]))

    def _text(self, node: Node, number: int, box: Any, tags: dict[Any, Any]) -> None:
        text = self._gaps.get(id(box)) or getattr(box, "text", "")
        mark = Mark(number, tags.pop(box)["mcid"], text)
        if node.open:
            _join(node, mark)
        else:
            node.kids.append(mark)
        node.open = self._goes_on(box)

    def _goes_on(self, box: Any) -> bool:
        """Whether a line ends within a word, divided by us and not by the text."""
        text = getattr(box, "text", "")
        if not text.endswith(_HYPHEN):
            return False
        element = box.element
        whole = self._texts.setdefault(id(element), "".join(element.itertext()).replace("\u00ad", ""))
        return text.split()[-1] not in whole.split()

    # --- which node

    def _node(self, box: Any, parent: Node) -> Node:
        """The node of a box; what says nothing about structure is its parent's."""
        element, name = box.element, _name(box)
        if element is None or name in ("html", "body"):
            self._learn(element)
            return parent
        known = self._nodes.get((id(element), name))
        if known is None:
            known = self._new(element, name, parent)
            self._nodes[id(element), name] = known
        return known

    def _learn(self, element: Any) -> None:
        if element is not None and id(element) not in self._parents:
            self._parents[id(element)] = None
            self._parents.update((id(child), above) for above in element.iter() for child in above)

    def _new(self, element: Any, name: str, parent: Node) -> Node:
        classes = element.get("class", "").split()
        if NOTE in classes and "::" not in name:
            return self._note(element, parent)
        if name == "li::marker":
            return _item(parent).add("Lbl")
        if "::" in name:
            return parent
        kind = next((BY_CLASS[f"{name}.{one}"] for one in classes if f"{name}.{one}" in BY_CLASS), TYPES.get(name, ""))
        node = self._placed(kind, classes, parent)
        own = element.get("lang")
        if own and own != self.language:
            node.entries["Lang"] = pydyf.String(own)
        return _described(element, node)

    def _placed(self, kind: str, classes: Sequence[str], parent: Node) -> Node:
        if "note-number" in classes:
            return _label(parent).add("Link")
        if "noteref" in classes:
            return parent.add("Reference").add("Link")
        if kind == "LBody" and parent.kind == "TOC":
            return parent.add("TOCI")
        if kind in ("LBody", "Lbl") and parent.kind == "L":
            return _entry(parent, kind).add(kind)
        if kind in ("LBody", "Lbl"):
            kind = "Div"
        return parent.add(kind) if kind else Node("", parent)

    def _note(self, element: Any, parent: Node) -> Node:
        """A note stands behind the block that calls it."""
        above = self._parents.get(id(element))
        while above is not None:
            caller = self._nodes.get((id(above), above.tag))
            if caller is not None and caller.kind in _CALLERS:
                note = Node("Note", caller, entries={"ID": pydyf.String(element.get("id", ""))})
                caller.notes.append(note)
                return note
            above = self._parents.get(id(above))
        return parent.add("Note")


def _described(element: Any, node: Node) -> Node:
    """The node with what a picture shows and how a cell lies; a node without a type is transparent unless it has a
    language."""
    if node.kind == "Figure":
        node.entries["Alt"] = pydyf.String(element.get("alt") or element.get("aria-label") or "")
    elif node.kind in ("TH", "TD"):
        node.entries["A"] = _cell(element, node.kind)
    if node.kind or node.parent is None:
        return node
    if not node.entries:
        return node.parent
    node.kind = "Span"
    node.parent.kids.append(node)
    return node


def _cell(element: Any, kind: str) -> Any:
    cell = pydyf.Dictionary({"O": "/Table"})
    if kind == "TH":
        cell["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"
    for said, name in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if element.get(said, "1") not in ("", "1"):
            cell[name] = int(element.get(said))
    return cell


def _item(body: Node) -> Node:
    """The list item around a body."""
    return body.parent if body.kind == "LBody" and body.parent is not None else body


def _entry(items: Node, kind: str) -> Node:
    """The item of a list to which a label or body belongs: a body goes to the label before it."""
    last = items.kids[-1] if items.kids else None
    waits = isinstance(last, Node) and last.kind == "LI" and _has(last, "Lbl") and not _has(last, "LBody")
    if kind == "LBody" and waits and isinstance(last, Node):
        return last
    return items.add("LI")


def _has(node: Node, kind: str) -> bool:
    return any(isinstance(kid, Node) and kid.kind == kind for kid in node.kids)


def _label(inside: Node) -> Node:
    """The label of the note that `inside` belongs to, before all else in it."""
    note = inside
    while note.kind != "Note" and note.parent is not None:
        note = note.parent
    label = Node("Lbl", note)
    note.kids.insert(0, label)
    return label


def _join(node: Node, mark: Mark) -> None:
    """Put the rest of a divided word together with its beginning, under the text that both say."""
    at = max(n for n, kid in enumerate(node.kids) if not isinstance(kid, Annotation))
    last = node.kids[at]
    if isinstance(last, Mark):
        last = node.kids[at] = Node("Span", node, [last], entries={"ActualText": str(last.text)})
    assert isinstance(last, Node)
    last.entries["ActualText"] = last.entries["ActualText"].removesuffix(_HYPHEN) + str(mark.text)
    last.kids.append(mark)


# --- in the file


class Tagger:
    """Writes structures into a PDF being made: their elements, and the two ways back to them."""

    def __init__(self, pdf: Any, pages: int) -> None:
        self.pdf = pdf
        self.owners: list[dict[int, bytes]] = [{} for _ in range(pages)]
        self.links: list[tuple[bytes, Any]] = []
        self._pages: Sequence[bytes] = pdf.page_references
        self._first = 0

    def write(self, units: Iterable[tuple[int, Node]]) -> None:
        """The trees of all units, each with the ordinal of its first page, under one root; and the parent tree
        (ISO 32000-1, 14.7.4.4)."""
        top = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(top)
        document = pydyf.Dictionary({"Type": "/StructElem", "S": "/Document", "P": top.reference, "K": pydyf.Array()})
        self.pdf.add_object(document)
        top["K"] = pydyf.Array([document.reference])
        for self._first, root in units:
            document["K"].extend(self._kids(root, document.reference, None))
        numbers = pydyf.Array()
        for page, owners in enumerate(self.owners):
            numbers.extend((page, pydyf.Array([owners[mcid] for mcid in sorted(owners)])))
        for key, (owner, annotation) in enumerate(self.links, len(self.owners)):
            annotation["StructParent"] = key
            numbers.extend((key, owner))
        parents = pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(parents)
        top["ParentTree"] = parents.reference
        top["ParentTreeNextKey"] = len(self.owners) + len(self.links)
        self.pdf.catalog["StructTreeRoot"] = top.reference
        self.pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _element(self, node: Node, parent: bytes) -> bytes:
        entries = {name: pydyf.String(said) if isinstance(said, str) else said for name, said in node.entries.items()}
        made = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent, **entries})
        self.pdf.add_object(made)
        own: bytes = made.reference
        first = next((kid.page for kid in node.kids if isinstance(kid, Mark)), None)
        if first is not None:
            made["Pg"] = self._pages[self._first + first]
        made["K"] = self._kids(node, own, first)
        return own

    def _kids(self, node: Node, own: bytes, first: int | None) -> Any:
        """What a node holds, each note behind the line that calls it, else at the end."""
        kids = pydyf.Array()
        for kid in node.kids:
            kids.append(self._kid(kid, node, own, first))
            if isinstance(kid, Node) and kid.kind in _LINES:
                kids.extend(self._element(note, own) for note in kid.notes)
        if node.kind not in _LINES:
            kids.extend(self._element(note, own) for note in node.notes)
        return kids

    def _kid(self, kid: Node | Mark | Annotation, node: Node, own: bytes, first: int | None) -> Any:
        if isinstance(kid, Node):
            return self._element(kid, own)
        page = self._first + kid.page
        if isinstance(kid, Annotation):
            made = kid.link.link_annotation
            self.links.append((own, made))
            made["Contents"] = pydyf.String(_said(node).strip() or "…")
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": made.reference, "Pg": self._pages[page]})
        self.owners[page][kid.mcid] = own
        if kid.page == first:
            return kid.mcid
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self._pages[page], "MCID": kid.mcid})


def _said(node: Node) -> str:
    """The text of a node, as it is read."""
    if "ActualText" in node.entries:
        return str(node.entries["ActualText"])
    kids = (kid for kid in node.kids if not isinstance(kid, Annotation))
    return "".join(str(kid.text) if isinstance(kid, Mark) else _said(kid) for kid in kids)
