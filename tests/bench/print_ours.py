"""Ours, as the recipe runs it: python -m tests.bench.print_ours HOW FOLDER, HOW one of tests.bench.print.OURS;
all but the first two write what the first laid out."""

from __future__ import annotations

import multiprocessing.forkserver
import pickle
import sys
from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from edition.pool import pool
from edition.writers import pages, pdf
from edition.writers.painted import paint
from edition.writers.settle import Settled, Unit, settle

Laid = list[tuple[str, bytes]]  # requests and blobs


def settled(given: dict[str, Any], executor: Executor | None) -> tuple[Settled, Laid]:
    """All rounds; the requests that stand, with their blobs."""
    papers = {unit["key"]: paper for unit, paper in zip(given["settling"], given["papers"], strict=True)}
    blobs: dict[tuple[str, str], bytes] = {}

    def lay_out(wanted: Sequence[tuple[str, str]]) -> list[Any]:
        new = [asked for asked in wanted if asked not in blobs]
        work = [(papers[key], request, given["style"]) for key, request in new]
        made = (
            [f.result() for f in [executor.submit(pages.lay_out, *each) for each in work]]
            if executor
            else (pages.lay_out(*each) for each in work)
        )
        blobs.update(zip(new, made, strict=True))
        return [pages.facts_of(blobs[asked]) for asked in wanted]

    found = settle([Unit(**unit) for unit in given["settling"]], lay_out)
    return found, [(request, blobs[key, request]) for key, request in found.requests]


def painted(laid: Laid, style: bytes, executor: Executor | None, *way: str) -> list[bytes]:
    if executor:
        return [f.result() for f in [executor.submit(paint, blob, request, style, *way) for request, blob in laid]]
    return [paint(blob, request, style, *way) for request, blob in laid]


def untagged(laid: Laid, given: dict[str, Any], found: Settled, executor: Executor | None) -> bytes:
    units = pdf._in_order(painted(laid, given["style"], executor, "plain"), found.page_map, given["style"], "plain")
    metadata = pdf._metadata(given["imprint"], given["modified"])
    return pdf._written(units, metadata, given["style"], lambda *_: None)


def written(how: str, laid: Laid, given: dict[str, Any], found: Settled, executor: Executor | None) -> bytes:
    imprint, rest = given["imprint"], (given["style"], given["modified"])
    if how == "press":
        return pdf.press(painted(laid, given["style"], None, "press", "3"), found.page_map, imprint, *rest)
    if how == "tagged":
        plain = {**imprint, "pdf": {**imprint["pdf"], "archive": "none"}}
        return pdf.screen(painted(laid, given["style"], None, "screen"), found.page_map, plain, *rest)
    if how == "tagged, TEI":
        archived = {**imprint, "pdf": {**imprint["pdf"], "archive": "a3u"}}
        units = painted(laid, given["style"], None, "screen")
        return pdf.screen(units, found.page_map, archived, *rest, given["tei"])
    return untagged(laid, given, found, executor)


def run(how: str, home: Path) -> None:
    given = pickle.loads((home / "given").read_bytes())
    laid_out = home / "laid-out"
    if how in ("ours", "ours, two"):
        with pool(2 if how == "ours, two" else 1, ["edition.writers.painted"]) as executor:
            found, laid = settled(given, executor)
            data = written(how, laid, given, found, executor)
    else:
        found, laid = pickle.loads(laid_out.read_bytes())
        data = written(how, laid, given, found, None)
    (home / f"{how}.pdf").write_bytes(data)
    if how == "ours":
        laid_out.write_bytes(pickle.dumps((found, laid)))
    if how == "ours, two":
        multiprocessing.forkserver._forkserver._stop()  # waited for, its workers are counted
    print(len(found.page_map.labels))


if __name__ == "__main__":
    run(sys.argv[1], Path(sys.argv[2]))
