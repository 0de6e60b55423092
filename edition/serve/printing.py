"""The pages of print for a preview: made in a process of their own, so that the text need not wait for them; drawn as
pictures when a browser asks.

Knows the builder, pikepdf and pypdfium2; knows no server.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock

from msgspec import Struct

from .. import pool
from ..book import PageMap, page_map_from
from ..engine import Memory, digest

SCALE = 2.0  # pixels to a PDF point: sharp on screens of two pixels to one
_drawing = Lock()  # PDFium must be called from one thread at a time, whatever the document
_kept: dict[Path, Memory] = {}  # of a worker that has no store on disk


class Printed(Struct, frozen=True):
    """A finished PDF, the map of the pages that the text cites, label and digest of what is painted on each page."""

    pdf: bytes
    pages: PageMap
    leaves: tuple[tuple[str, str], ...]


@contextmanager
def worker() -> Iterator[Executor]:
    """The process that lays out; it stays, and what it has imported with it."""
    with pool.workers(1, patient=False) as executor:
        yield executor


def printed(folder: Path, cache: Path | None, space: str, tool: Mapping[str, str]) -> Printed | None:
    """The pages of an edition; None where it has an error. Runs in the worker."""
    from .. import builder
    from ..store import Disk

    store = _kept.setdefault(folder, Memory()) if cache is None else Disk(cache, space)
    made = builder.make(folder, ["pdf"], store=store, tool=tool)
    if isinstance(store, Disk):
        store.close()
    pdf = made.files.get(f"{made.id}.pdf")
    if pdf is None:
        return None
    return Printed(pdf, page_map_from(made.files[f"{made.id}.pages.json"]), leaves(pdf))


def leaves(pdf: bytes) -> tuple[tuple[str, str], ...]:
    """Label and digest of each page. A page with pictures of any kind counts as changed with the whole PDF."""
    import pikepdf

    found = []
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for page in file.pages:
            page.contents_coalesce()
            painted = page.obj.Contents.read_bytes() + (pdf if page.images else b"")
            found.append((str(page.label), digest(painted)[:16]))
    return tuple(found)


def picture(pdf: bytes, number: int) -> bytes:
    """Page `number` (from 0) as PNG. May be called from any thread."""
    import pypdfium2

    with _drawing, closing(pypdfium2.PdfDocument(pdf)) as document:
        drawn = document[number].render(scale=SCALE).to_pil()
    memory = io.BytesIO()
    drawn.save(memory, "PNG", compress_level=1)
    return memory.getvalue()
