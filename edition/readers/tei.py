"""The reader of TEI as it is found: P5 and P4, in or without a namespace, valid or not.

Any well-formed TEI comes in whole; what is not of the normal form is brought into it and told. Knows the outermost
shape of a document and the order of the work; what each element becomes is told by the modules beside this one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..normal.vocabulary import blocks
from ..problems import Problem
from ..xml import LANG, Element, local, tei
from . import tei_blocks, tei_figures, tei_genres, tei_links, tei_lists, tei_phrases
from .reading import Reading, ReadOptions, fit, mojibake, position_table, unread
from .tei_notes import plan
from .tei_noting import last_text, orphan
from .tei_order import in_order, spot_near
from .tei_registers import registers
from .tei_rend import renditions
from .tei_said import Said
from .tei_source import Source, line, one_line, opened, word_count
from .tei_work import Work

_BLOCKS = {**tei_blocks.TABLE, **tei_lists.TABLE, **tei_figures.TABLE, **tei_genres.TABLE}
# Source lines are marked by <lb/> where there are this many, and in paragraphs this many on average.
_MANY_LINES, _LINES_A_PARAGRAPH = 20, 3


def read(name: str, data: bytes, options: ReadOptions) -> Reading:
    """A TEI document as a <body>: front, body and back of its text one after another; registers beside it."""
    said = Said(name)
    source = opened(data, said)
    if source is None:
        return unread(said.problems())
    texts = list(_texts(source))
    if not texts:
        said.say("chapter-empty", line(source.root), "there is no <text> in this file", "take it out of contents")
        return unread(said.problems())
    work = _work(source)
    body = _body(work, texts)
    if not len(body):
        said.say("chapter-empty", line(texts[0]), "there are no words in this text", "take it out of contents")
        return unread(said.problems())
    tei_links.settle(work)
    _in_language(body, texts[0], source, options.language)
    problems = [*_letters(name, data), *said.problems()]
    return Reading(body, _positions(work, body), problems, work.registers.records, _about(source))


def _texts(source: Source) -> Iterator[Element]:
    """The texts of a document, or of every document of a corpus."""
    for document in source.all("TEI", "TEI.2", "teiCorpus", "teiCorpus.2"):
        found = source.child(document, "text")
        if found is not None and not any(source.name(above) == "text" for above in document.iterancestors()):
            yield found
        for other in ("sourceDoc", "standOff"):
            beside = source.child(document, other)
            if beside is not None and other == "sourceDoc" and word_count(beside):
                text = "a transcription by surfaces and zones (<sourceDoc>) is left out"
                source.said.count("tei-left-out", line(beside), text, words=word_count(beside))


def _work(source: Source) -> Work:
    taken = registers(source)
    return Work(
        source=source,
        said=source.said,
        plan=plan(source),
        registers=taken,
        renditions=renditions(source),
        block_table=_BLOCKS,
        phrase_table=tei_phrases.TABLE,
        glyphs=_glyphs(source),
        pointed_at=_pointed_at(source),
        lined=_marks_lines(source),
    )


def _glyphs(source: Source) -> dict[str, str]:
    """What characters of the source's own stand for: id -> text (TEI P5, 5.2)."""
    return {
        source.id(one): one_line(mapping)
        for one in source.all("char", "glyph")
        if source.id(one) and (mapping := next(source.all("mapping", within=one), None)) is not None
    }


def _pointed_at(source: Source) -> set[str]:
    found: set[str] = set()
    for one in source.all("ref", "ptr", "xref", "xptr", "note"):
        for attribute in ("target", "targetEnd", "corresp"):
            found.update(source.ids_meant(one.get(attribute, "")))
    return found


def _marks_lines(source: Source) -> bool:
    """Whether <lb/> marks the lines of a page that was transcribed, and no break of the text."""
    above = (one.getparent() for one in source.all("lb"))
    breaks = sum(1 for one in above if one is not None and source.name(one) in ("p", "hi", "note"))
    paragraphs = sum(1 for _ in source.all("p", "note"))
    return breaks >= _MANY_LINES and breaks >= _LINES_A_PARAGRAPH * max(paragraphs, 1)


# --- the body


def _body(work: Work, texts: list[Element]) -> Element:
    """All zones of all texts. Loose blocks of one zone among several are a division of their own."""
    zones = [made for text in texts for made in _zones(work, text)]
    zones += _left_notes(work, texts[-1])
    body = tei("body")
    for zone in zones:
        in_order(zone, work.spots)
        _as_one(work, zone)
        _gather(work, zone, body, alone=len(zones) == 1)
    _hang_the_rest(work, body)
    return body


def _zones(work: Work, text: Element) -> Iterator[Element]:
    """Each of front, body and back that has something in it, as a <body> of its own."""
    for kid in work.source.kids(text):
        zone = tei("body", {"type": work.source.name(kid)})
        flow = work.flow(zone, kid)
        if work.source.name(kid) in ("front", "body", "back", "group"):
            work.fill(kid, flow)
        else:
            work.block_kid(kid, flow)
        flow.flush()
        work.spots[zone] = (line(kid), 1)
        if len(zone):
            yield zone


def _left_notes(work: Work, text: Element) -> list[Element]:
    """Notes beside the text that nothing refers to, and those whose reference stands where nothing is read."""
    called = [*work.plan.at.values(), *(note for behind in work.plan.behind.values() for note in behind)]
    left = [note for note in (*work.plan.orphans, *called) if note not in work.built]
    zone = tei("body", {"type": "notes"})
    work.spots[zone] = (line(text), 1)
    flow = work.flow(zone, text)
    for note in left:
        orphan(work, note, flow)
    flow.flush()
    return [zone] if len(zone) else []


def _as_one(work: Work, zone: Element) -> None:
    """Divisions none of which has a head, as the leaves of a letter, are one chapter, not several."""
    divs = [kid for kid in zone if local(kid) == "div"]
    if len(divs) < 2 or any(local(one) == "head" for div in divs for one in div.iter()):
        return
    whole = tei("div", {"type": "text"})
    work.spots[whole] = spot_near(zone[0], work.spots)
    for kid in list(zone):
        whole.append(kid)
    zone.append(whole)


def _gather(work: Work, zone: Element, body: Element, *, alone: bool) -> None:
    loose = [kid for kid in zone if local(kid) != "div"]
    if loose and not alone:
        own = tei("div", {"type": zone.get("type", "")})
        work.spots[own] = spot_near(loose[0], work.spots)
        for kid in loose:
            own.append(kid)
        body.append(own)
    for kid in list(zone):
        body.append(kid)


def _hang_the_rest(work: Work, body: Element) -> None:
    """Signs and ids for which no text came any more belong to the last."""
    last = last_text(body)
    if last is None:
        return
    for sign in work.pending:
        sign.tail = None
        last.append(sign)
    for name in work.waiting:
        work.made.setdefault(name, last)


# --- what is said of it


def _in_language(body: Element, text: Element, source: Source, language: str) -> None:
    """The language of a text that is not the edition's."""
    own = source.language(text) or source.language(source.root)
    if own and own.lower() != language.lower():
        for kid in body:
            if kid.get(LANG) is None and local(kid) != "milestone":
                kid.set(LANG, own)


def _positions(work: Work, body: Element) -> list[dict[str, object]]:
    """The table of positions; a piece of a block that was cut stands where the one before it does."""
    spot = (1, 1)
    for block in blocks(body):
        spot = work.spots.setdefault(block, spot)
    return position_table(body, work.spots, work.marks)


def _letters(name: str, data: bytes) -> list[Problem]:
    """What there is to say of the letters of a file in UTF-8."""
    text = data.decode("utf-8", "ignore")
    return [*fit(name, text)[1], *mojibake(name, text)]


def _about(source: Source) -> dict[str, str]:
    """What the header says of the text (TEI P5, 2.2)."""
    header = source.header()
    if header is None:
        return {}
    statement = next(source.all("titleStmt", within=header), None)
    told = source.kids(statement) if statement is not None else []
    titles = sorted((one for one in told if source.name(one) == "title" and one_line(one)), key=_rank)
    authors = [one_line(one) for one in told if source.name(one) == "author" and one_line(one)]
    language = source.language(source.root)
    said = {"title": one_line(titles[0]) if titles else "", "creator": "; ".join(authors), "language": language}
    return {key: value for key, value in said.items() if value}


def _rank(title: Element) -> int:
    """Of several titles the one that is called main, or is that of a part of a series, comes first."""
    return 0 if title.get("type") == "main" else 1 if title.get("level") in ("a", "m") else 2
