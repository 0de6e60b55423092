"""Ids of blocks, which last through rewording, moving, splitting and merging, since edition.lock remembers them.

An explicit id stands. A block that the ledger knows keeps its id. Any other is named after a hash of its words in lower
case, with a suffix where that name is, or was, another's.
Knows fingerprints only: no tree of another unit, no file.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec.structs import replace

from ..normal.vocabulary import ALIAS, APART, BLOCKS, GENERATED_PREFIXES, ID_PREFIX, REGISTER_PREFIXES, block_of, blocks
from ..problems import Place, Problem
from ..words import fingerprint, has_words
from ..xml import ID, Element, all_named, child, local, tei
from .alignment import NONE, Mark, absorbed, is_telling, match
from .lockfile import Ledger, Row, natural
from .similarity import shortened
from .spans import flow

_FIRST_WORDS = 12
# The letters of names and dates in their ids.
_INLINE = {"persName": "n", "placeName": "w", "geogName": "g", "orgName": "o", "name": "m", "rs": "r", "date": "d"}
_INLINE |= {"choice": "e", "bibl": "b"}
# Where the anchor of an alias may stand, whatever its block is.
_HOSTS = ("p", "head", "l", "ab", "label", "item", "cell")


# --- fingerprints


def marks(unit: Element) -> list[Mark]:
    """One Mark per block of a unit, in document order.

    A block that only holds other blocks goes by the first words in it: an edit further on leaves it alone.
    """
    found = []
    for block in blocks(unit):
        own = "" if local(block) == "div" else _words(block)
        text = own or next(filter(None, map(_words, _within(block))), "")
        mark = mark_of(text, local(block), block.get(ID, ""))
        found.append(mark if own else replace(mark, text=" ".join(mark.text.split()[:_FIRST_WORDS])))
    return found


def mark_of(text: str, kind: str = "p", name: str = "") -> Mark:
    """The Mark of a block with these words."""
    print_ = fingerprint(text)
    return Mark(kind, hashlib.blake2b(print_.encode(), digest_size=5).hexdigest(), name, print_)


def _words(block: Element) -> str:
    """The text of a block, if there is a word in it; of a figure, what it shows too."""
    shows = [graphic.get("url", "") for graphic in block if local(graphic) == "graphic"]
    shows += ["".join(said.itertext()) for said in block if local(said) == "figDesc"]
    text = " ".join([*shows, flow(block).text])
    return text if has_words(text) else ""


def _within(block: Element) -> Iterator[Element]:
    """The blocks within a block, those of its notes left out."""
    for inner in blocks(block):
        above = itertools.takewhile(lambda one: one is not block, (inner, *inner.iterancestors()))
        if inner is not block and not any(local(one) in APART for one in above):
            yield inner


# --- names


def align(ledger: Ledger, texts: Sequence[tuple[str, Sequence[Mark]]]) -> Ledger:
    """The ledger of today's text: one row per block, in order. `texts`: (source file, the marks of one of its units).

    Explicit ids are never given to another block, nor are ids of blocks that are gone. The id of a block merged into
    another stays as an alias of that. align(align(L, t), t) == align(L, t).
    """
    new = [mark for _, row in texts for mark in row]
    files = [file for file, row in texts for _ in row]
    live = ledger.live
    old = [row.mark for row in live]
    of = match(old, new)
    known: list[list[Row]] = [[] if i == NONE else [live[i]] for i in of]
    for i, j in absorbed(old, new, of).items():
        known[j].append(live[i])
    for j, row in _back(ledger, [j for j, i in enumerate(of) if i == NONE], new, files).items():
        known[j].append(row)
    names = _names(ledger, new, known)
    taken = set(names)
    rows = []
    for name, mark, file, rows_known in zip(names, new, files, known, strict=True):
        aliases = sorted({alias for row in rows_known for alias in row.names} - taken, key=natural)
        taken |= set(aliases)
        rows.append(Row(Mark(mark.kind, mark.hash, name, shortened(mark.text)), file, tuple(aliases)))
    return Ledger(tuple(_with_gone(rows, ledger, of, taken)))


def _names(ledger: Ledger, new: Sequence[Mark], known: Sequence[Sequence[Row]]) -> list[str]:
    """The id of each block: its own, else the first it is known by that is free, else a fresh one."""
    names: list[str] = []
    taken = {mark.id for mark in new if mark.id}
    seen: set[str] = set()
    for mark, rows in zip(new, known, strict=True):
        own = mark.id if mark.id not in seen else ""
        names.append(own or next((name for row in rows[:1] for name in row.names if name not in taken), ""))
        seen.add(own)
        taken.add(names[-1])
    taken |= {name for row in ledger.rows for name in row.names}
    return [name or _fresh(mark, taken) for name, mark in zip(names, new, strict=True)]


def _fresh(mark: Mark, taken: set[str]) -> str:
    base = f"{ID_PREFIX[mark.kind]}-{mark.hash[:6]}"
    name, occurrence = base, 1
    while name in taken:
        occurrence += 1
        name = f"{base}-{occurrence}"
    taken.add(name)
    return name


def _back(ledger: Ledger, fresh: Sequence[int], new: Sequence[Mark], files: Sequence[str]) -> dict[int, Row]:
    """Blocks that were gone and are back word for word: cut and pasted with a build in between, or with their file.

    A few words tell nothing, unless all of their file had been gone.
    """
    here = {row.file for row in ledger.live}
    where: dict[tuple[str, str], list[Row]] = {}
    for row in ledger.gone:
        where.setdefault(row.mark.key, []).append(row)
    found = {}
    for j in fresh:
        rows = where.get(new[j].key, [])
        for row in rows:
            if is_telling(new[j]) or (row.file == files[j] and row.file not in here):
                rows.remove(row)
                found[j] = row
                break
    return found


def _with_gone(rows: Sequence[Row], ledger: Ledger, of: Sequence[int], taken: Collection[str]) -> Iterator[Row]:
    """`rows`, and after each those that are gone now or were before and stood after it. `taken` are ids in use."""
    to = {i: j for j, i in enumerate(of) if i != NONE}
    after: dict[int, list[Row]] = {}
    seen = set(taken)
    at, i = NONE, 0
    for row in ledger.rows:
        if not row.gone:
            at, i = to.get(i, at), i + 1
        left = [name for name in row.names if name not in seen]
        if left:
            seen |= set(left)
            mark = Mark(row.mark.kind, row.mark.hash, left[0])
            after.setdefault(at, []).append(Row(mark, row.file, tuple(left[1:]), gone=True))
    for j, found in enumerate([None, *rows], NONE):
        yield from [found] if found else []
        yield from after.get(j, ())


def decided(
    decisions: Mapping[str, Mapping[str, str]] | None, block: str, aliases: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """What is decided for a block, by whichever of its ids; its own comes first."""
    found: dict[str, str] = {}
    for name in (*reversed(aliases.get(block, ())), block):
        found |= (decisions or {}).get(name, {})
    return found


def id_problems(units: Mapping[str, tuple[str, Sequence[tuple[int, str]]]], reserved: Collection[str]) -> list[Problem]:
    """Explicit ids given twice, or that belong to generated sections or registers.

    `units`: key -> (file, [(ordinal of the block, id)]).
    """
    seen: dict[str, str] = {}
    found: list[Problem] = []
    for key, (file, row) in units.items():
        for ordinal, name in row:
            here = Place(file, unit=key, block=ordinal)
            if name in reserved or name.startswith((*REGISTER_PREFIXES, *GENERATED_PREFIXES)):
                text = f"the id “{name}” belongs to a generated section or a register"
                found.append(Problem("id-reserved", here, text, "choose another id"))
            elif name in seen:
                hint = f"it is given first in {seen[name]}; ids are unique in the whole edition"
                found.append(Problem("id-doubled", here, f"the id “{name}” is given twice", hint))
            else:
                seen[name] = file
    return found


def give_ids(unit: Element, ids: Sequence[str]) -> None:
    """Write the ledger's ids into a unit's blocks."""
    for block, name in zip(blocks(unit), ids, strict=True):
        block.set(ID, name)


def give_aliases(unit: Element, aliases: Mapping[str, Sequence[str]]) -> None:
    """Put the ids that blocks once had where they can be linked to: an anchor at the beginning of the block's text."""
    if not aliases:
        return
    for block in list(blocks(unit)):
        host = next(filter(_holds_text, all_named(block, *_HOSTS)), block)
        for name in reversed(aliases.get(block.get(ID, ""), ())):
            anchor = tei("anchor", {ID: name, "type": ALIAS, "corresp": f"#{block.get(ID)}"})
            anchor.tail, host.text = host.text, None
            host.insert(0, anchor)


def _holds_text(host: Element) -> bool:
    """Whether text may begin in an element: it does, or no block stands in it."""
    inner = (local(kid) for kid in host)
    blocked = any(name in BLOCKS and name not in APART for name in inner)
    return host.get("type") != "short" and (bool((host.text or "").strip()) or not blocked)


def _is_cited(element: Element) -> bool:
    """Whether registers or lists of the edition point to an inline: names that mean somebody, dates, emendations,
    citations."""
    if local(element) == "choice":
        return child(element, "sic") is not None
    if local(element) == "bibl":
        ref = child(element, "ref")
        return ref is not None and ref.get("target", "").startswith("#bib-")
    return bool(element.get("ref")) or local(element) == "date"


def give_inline_ids(unit: Element) -> None:
    """Names of registers, dates, emendations and citations are called after block and place in it: "p-7f3a.n2"."""
    counted: Counter[tuple[Element, str]] = Counter()
    for element in all_named(unit, *_INLINE):
        block, letter = block_of(element), _INLINE[local(element)]
        if block is not None and _is_cited(element):
            counted[block, letter] += 1
            if not element.get(ID):
                element.set(ID, f"{block.get(ID)}.{letter}{counted[block, letter]}")
