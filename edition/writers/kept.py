"""Objects of WeasyPrint's as bytes and back: laid-out pages, painted pages, with the fonts left out.

Knows how to pickle what 70.0 hangs on boxes; knows no unit and no style. What is read back makes nothing but what pages
are made of, and only bytes whose digest was checked may be read.
"""

from __future__ import annotations

import gc
import io
import pickle
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.pdf.stream import Stream
from weasyprint.text.fonts import FontConfiguration

from . import weasyprint_mends

_DEEP = 1_000
_RATHER_SLOW = 1  # zlib level: pages shrink to a sixth
_MADE_OF = frozenset(("weasyprint", "xml", "collections", "functools", "tinycss2", "cssselect2", "pydyf"))
_OURS = frozenset(f"{__package__}.{name}" for name in ("weasyprint_mends", "weasyprint_styles", "painted", "tags"))


def dumped(value: Any) -> bytes:
    """A value as bytes, without the fonts of this process."""
    made = io.BytesIO()
    with _deep():
        _Pickler(made, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return zlib.compress(made.getvalue(), _RATHER_SLOW)


def loaded(data: bytes, fonts: Any) -> Any:
    """The value again, with these fonts."""
    with _deep(), uncollected():
        return _Unpickler(io.BytesIO(zlib.decompress(data)), fonts).load()


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cycles, which would go again and again through boxes that all stay."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


@contextmanager
def _deep() -> Iterator[None]:
    """Boxes within boxes need a deeper stack than Python's default."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _fonts() -> Any:
    """Stands in a blob for the fonts of the process that reads it."""
    raise NotImplementedError


class _Pickler(pickle.Pickler):
    """Leaves fonts out, which are C objects of a process."""

    def reducer_override(self, obj: Any) -> Any:
        if type(obj) is FontConfiguration:
            return _fonts, ()
        if type(obj) is Stream:  # what was painted; how far the painter was is of no use any more
            return pydyf.Stream, (obj.stream, obj.extra, True)
        return weasyprint_mends.reduced(obj)


class _Unpickler(pickle.Unpickler):
    """Puts this process's fonts in; makes nothing but what pages are made of."""

    def __init__(self, file: io.BytesIO, configuration: Any) -> None:
        super().__init__(file)
        self._fonts = configuration

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (__name__, _fonts.__name__):
            return lambda: self._fonts
        if module.partition(".")[0] not in _MADE_OF and module not in _OURS:
            raise pickle.UnpicklingError(f"pages hold no {module}.{name}")
        return super().find_class(module, name)
