"""How fast Word files and web pages are read: 1 MB of markup in under a second of CPU, twice as much in twice the time.

python -m tests.bench.readers
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from edition.readers import ReadOptions, read

from ..docx_maker import docx, note, p, r, reference

MEGABYTE = 1_000_000
SENTENCE = "The river froze in December and nobody crossed it before the feast of the patron. "
NOTES = 200  # to a megabyte


def word_file(size: int) -> bytes:
    """A Word file whose document.xml has about `size` bytes, with headings, italics and notes."""
    piece = p("A heading", style="Heading1") + "".join(
        p(SENTENCE, r("in italics ", "<w:i/>"), SENTENCE, r("petites capitales", "<w:smallCaps/>"), SENTENCE)
        for _ in range(12)
    )
    count = size // (len(piece) + 400) + 1
    body = "".join(piece + p(SENTENCE, reference(k + 1)) for k in range(count))
    return docx(body, footnotes="".join(note(k + 1, p("See the almanac.")) for k in range(count)))


def web_page(size: int) -> bytes:
    """A page of about `size` bytes, with headings, emphasis, lists and notes by pairs of links."""
    inner = "".join(f"<p>{SENTENCE * 3}<em>in italics</em> {SENTENCE}<b>bold</b>.</p>" for _ in range(12))
    piece = f"<h2>A heading</h2>{inner}<ul><li>{SENTENCE}</li><li>{SENTENCE}</li></ul>"
    count = size // (len(piece) + 300) + 1
    text = "".join(f'{piece}<p>{SENTENCE}<a id="r{k}" href="#n{k}">[{k}]</a></p>' for k in range(1, count + 1))
    notes = "".join(f'<p><a id="n{k}" href="#r{k}">[{k}]</a> See the almanac.</p>' for k in range(1, count + 1))
    return f"<html lang=en><head><meta charset=utf-8></head><body><h1>A book</h1>{text}{notes}</body></html>".encode()


def seconds(name: str, files: Sequence[bytes]) -> list[float]:
    """CPU of reading each file, the best of three rounds."""
    rounds = [[_once(name, data) for data in files] for _ in range(3)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _once(name: str, data: bytes) -> float:
    start = time.process_time()
    found = read(name, data, ReadOptions("en"))
    spent = time.process_time() - start
    assert not any(problem.is_error for problem in found.problems) and any(True for _ in found.tree.iter("{*}note"))
    return spent


def pace() -> float:
    """How many times slower than a quiet desktop this machine is just now; 1 where it is not."""
    start, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number
    return max(1.0, (time.process_time() - start) / 0.25)


def main() -> None:
    makers: dict[str, Callable[[int], bytes]] = {"text/a.docx": word_file, "text/a.html": web_page}
    for name, make in makers.items():
        half, one, two = seconds(name, [make(size) for size in (MEGABYTE // 2, MEGABYTE, 2 * MEGABYTE)])
        kind = name.rpartition(".")[2]
        slow = pace()
        growth = f"0.5 MB {half:.2f} s, 2 MB {two:.2f} s, {two / one:.2f} times as long"
        print(f"{kind:5} 1 MB {one:.2f} s of CPU; {growth}; pace {slow:.1f}")
        assert one < slow, f"{kind}: 1 MB takes {one / slow:.2f} s"
        assert two < 2.6 * one, f"{kind}: the time grows faster than the size"


if __name__ == "__main__":
    main()
