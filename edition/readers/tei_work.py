"""The making of a tree from a TEI source: the state of the work, and how the content of an element is gone through.

Two kinds of content: that of a container, where blocks stand and loose text becomes one, and that of a block, where
phrases stand. What each element becomes is told by the tables of tei_blocks, tei_genres and tei_phrases.
Knows the source and the tree being made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec import Struct, field

from ..normal.vocabulary import BLOCKS as OUR_BLOCKS
from ..xml import ID, LANG, Element, local, tei
from .reading import Spot
from .tei_elements import BLOCKS, ELEMENTS_ONLY, KEPT, NAMED, OUT, RECORD_PARTS, SIGNS, SWITCHING, TAGS_ONLY
from .tei_notes import Plan
from .tei_pieces import Flow, Phrases
from .tei_registers import Registers
from .tei_rend import as_token
from .tei_said import Said
from .tei_source import Source, line, word_count

BlockHandler = Callable[["Work", Element, Flow], None]
PhraseHandler = Callable[["Work", Element, Phrases], None]
_UNKNOWN = "an element that is not known here is kept as plain text: it looks like what is around it"


class Work(Struct):
    """A tree in the making. `made`: id of the source -> what it became. `waiting`: ids of what became nothing, for the
    next block. `links`: references made, each with what it points to. `deferred`: notes that stood within a note."""

    source: Source
    said: Said
    plan: Plan
    registers: Registers
    renditions: Mapping[str, str]
    block_table: Mapping[str, BlockHandler]
    phrase_table: Mapping[str, PhraseHandler]
    glyphs: Mapping[str, str]
    pointed_at: Collection[str]
    lined: bool = False
    spots: dict[Element, Spot] = field(default_factory=dict)
    marks: dict[Element, Spot] = field(default_factory=dict)
    made: dict[str, Element] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    pending: list[Element] = field(default_factory=list)
    links: list[tuple[Element, str, int]] = field(default_factory=list)
    deferred: list[Element] = field(default_factory=list)
    built: set[Element] = field(default_factory=set)
    in_note: bool = False

    # --- elements

    def block(self, source: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
        """A block for an element of the source: with its id, its language and its place."""
        made = tei(name, attributes)
        self.spots[made] = (line(source), 1)
        language, own = self.source.language(source), self.source.id(source)
        if language:
            made.set(LANG, language)
        if name in OUR_BLOCKS:
            for waiting in self.waiting:
                self.made.setdefault(waiting, made)
            self.waiting.clear()
            if own:
                made.set(ID, own)
        self.keep_id(source, made)
        return made

    def inline(self, source: Element, name: str, attributes: Mapping[str, str] | None = None) -> Element:
        """A phrase for an element of the source; its id is known, and written only where something points to it."""
        made = tei(name, attributes)
        language = self.source.language(source)
        if language:
            made.set(LANG, language)
        self.keep_id(source, made)
        return made

    def keep_id(self, source: Element, made: Element) -> None:
        if self.source.id(source):
            self.made[self.source.id(source)] = made

    def flow(self, parent: Element, source: Element, wrap: str = "p", kind: str = "") -> Flow:
        """A container to be filled."""
        return Flow(parent, self.wrapper(source, wrap, kind), self.pending)

    def wrapper(self, source: Element, name: str = "p", kind: str = "") -> Callable[[], Element]:
        def make() -> Element:
            made = tei(name, {"type": kind} if kind else {})
            self.spots[made] = (line(source), 1)
            return made

        return make

    def link(self, made: Element, target: str, source: Element) -> None:
        """A reference whose target is settled when everything is made."""
        self.links.append((made, target, line(source)))
        self.marks[made] = (line(source), 1)

    def say_image(self, graphic: Element) -> None:
        """An image in the midst of a line is not carried over."""
        url = graphic.get("url", "")
        self.said.count("figure-not-shown", line(graphic), f"the image {url or '(without url)'} is not shown")

    # --- content

    def fill(self, source: Element, flow: Flow) -> None:
        """The content of an element, into a container."""
        _loose(source.text, flow)
        for kid in source:
            self.block_kid(kid, flow)
            _loose(kid.tail, flow)

    def block_kid(self, kid: Element, flow: Flow) -> None:
        name = self.source.name(kid)
        if self._is_out(kid, name):
            return
        if name in self.block_table and not self._is_phrase_here(kid, name, flow):
            self.keep_loose(kid, name, flow.loose)
            self.block_table[name](self, kid, flow)
        elif self.holds_blocks(kid):
            self._through(kid, name, flow)
        elif name in self.phrase_table or flow.run is not None:
            self.phrase_kid(kid, flow.loose())
        else:
            self._unknown_block(kid, name, flow)
        self._behind(kid, flow)

    def keep_loose(self, kid: Element, name: str, out: Callable[[], Phrases]) -> None:
        """Text of its own in what holds elements only, put before it."""
        if name not in ELEMENTS_ONLY or not _has_text(kid):
            return
        loose = " ".join(part.strip() for part in (kid.text or "", *(one.tail or "" for one in kid)) if part.strip())
        self.said.count("tei-markup", line(kid), f"text between the parts of <{name}> is put before it")
        out().text(f" {loose} ")

    def _is_phrase_here(self, kid: Element, name: str, flow: Flow) -> bool:
        """Whether what may be a block or a phrase stands in the midst of loose text."""
        if name not in self.phrase_table or self.holds_blocks(kid):
            return False
        return flow.run is not None or _has_text(kid.getparent())

    def phrases(self, source: Element, out: Phrases) -> None:
        """The content of an element, into a block."""
        out.text(source.text)
        for kid in source:
            self.phrase_kid(kid, out)
            out.text(kid.tail)

    def phrase_kid(self, kid: Element, out: Phrases) -> None:
        name = self.source.name(kid)
        if self._is_out(kid, name):
            return
        if name in self.phrase_table and not (name in SWITCHING and self.holds_blocks(kid)):
            self.keep_loose(kid, name, lambda: out)
            self.phrase_table[name](self, kid, out)
        elif name in BLOCKS or self.holds_blocks(kid):
            self._block_among_phrases(kid, out)
        else:
            self._unknown_phrase(kid, name, out)
        for note in self.plan.behind.get(kid, ()):
            self.phrase_table["note"](self, note, out)

    def _behind(self, kid: Element, flow: Flow) -> None:
        for note in self.plan.behind.get(kid, ()):
            self.block_table["note"](self, note, flow)

    def write(self, source: Element, made: Element, out: Phrases) -> None:
        """An element made for one of the source, with its content."""
        out.open(made)
        self.phrases(source, out)
        out.close()

    def write_nested(self, source: Element, made: Sequence[Element], out: Phrases) -> None:
        """Several elements, each within the one before, for one of the source."""
        self.keep_id(source, made[0])
        for element in made:
            out.open(element)
        self.phrases(source, out)
        for _ in made:
            out.close()

    def text_block(self, source: Element, made: Element, flow: Flow, *, cuttable: bool = False) -> None:
        """A block made for an element of the source, with its content; nothing if it is empty."""
        out = flow.phrases(made, cuttable=cuttable)
        self.phrases(source, out)
        if out.end():
            if not cuttable:
                flow.append(made)
        else:
            self._unmake(source)

    def _unmake(self, source: Element) -> None:
        """A block that came to nothing: its id is for the next."""
        if self.source.id(source):
            self.made.pop(self.source.id(source), None)
            self.waiting.append(self.source.id(source))

    # --- what stands where it was not looked for

    def holds_blocks(self, element: Element) -> bool:
        """Whether blocks stand in an element, those in its notes left out."""
        for kid in element:
            name = self.source.name(kid)
            if name in BLOCKS or (name not in ("note", "") and self.holds_blocks(kid)):
                return True
        return False

    def _block_among_phrases(self, kid: Element, out: Phrases) -> None:
        if out.can_be_cut():
            flow = out.flow
            assert flow is not None
            out.cut()
            run, flow.run = flow.run, None
            self.block_kid(kid, flow)
            flow.flush()
            flow.run = run
        else:
            self.keep_id(kid, out.top)
            out.text(" ")
            self.phrases(kid, out)
            out.text(" ")

    def _through(self, kid: Element, name: str, flow: Flow) -> None:
        """What holds blocks and is none: its content, in its place."""
        if self.source.id(kid):
            self.waiting.append(self.source.id(kid))
        if name not in RECORD_PARTS | TAGS_ONLY:
            self._say_plain(kid, name)
        self.fill_wrapped(kid, flow, self.wrapper(kid, "ab", f"x-{as_token(name)}"))

    def fill_wrapped(self, source: Element, flow: Flow, wrap: Callable[[], Element]) -> None:
        """The content of an element, into the container it stands in; loose text becomes blocks made by `wrap`."""
        flow.flush()
        before, flow.wrap = flow.wrap, wrap
        self.fill(source, flow)
        flow.flush()
        flow.wrap = before

    def _say_plain(self, kid: Element, name: str) -> None:
        if name in KEPT | NAMED or name in self.phrase_table:
            self.said.count("tei-markup", line(kid), f"<{name}> around whole paragraphs is read as its text")
        else:
            self.said.count("tei-element", line(kid), f"<{name}> is kept as plain text", _UNKNOWN)

    def _unknown_block(self, kid: Element, name: str, flow: Flow) -> None:
        self.said.count("tei-element", line(kid), f"<{name}> is kept as plain text", _UNKNOWN)
        self.text_block(kid, self.block(kid, "ab", {"type": f"x-{as_token(name)}"}), flow, cuttable=True)

    def _unknown_phrase(self, kid: Element, name: str, out: Phrases) -> None:
        self.said.count("tei-element", line(kid), f"<{name}> is kept as plain text", _UNKNOWN)
        self.write(kid, self.inline(kid, "seg", {"type": f"x-{as_token(name)}"}), out)

    def _is_out(self, kid: Element, name: str) -> bool:
        """Whether an element is no part of the text; what is lost with it is said."""
        if not name:
            self._say_foreign(kid)
            return True
        if kid in self.source.taken or kid in self.plan.placed or name in SIGNS:
            return True
        if name in OUT:
            self.said.count("tei-left-out", line(kid), f"{OUT[name]} are left out (<{name}>)", words=word_count(kid))
            return True
        return False

    def _say_foreign(self, kid: Element) -> None:
        if isinstance(kid.tag, str):
            namespace = kid.tag.rpartition("}")[0].removeprefix("{") or "no namespace"
            text = f"<{local(kid)}> of {namespace} is no TEI and is left out"
            self.said.count("tei-foreign", line(kid), text, "put its words into TEI elements", word_count(kid))


def _has_text(element: Element | None) -> bool:
    """Whether an element holds text of its own."""
    if element is None:
        return False
    return bool((element.text or "").strip()) or any((kid.tail or "").strip() for kid in element)


def _loose(text: str | None, flow: Flow) -> None:
    if text and (flow.run is not None or text.strip()):
        flow.loose().text(text)
