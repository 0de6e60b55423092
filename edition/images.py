"""Images as bytes: what kind one is, whether it can be used, and made fit for e-book, print and TEI alike.

Knows the formats (PNG, JPEG, GIF, WebP, SVG; EPUB 3.3, section 3.2) and Pillow; must not know where an image stands.
Equal bytes get equal names, so that an image is in an output once, however often it is shown.
"""

from __future__ import annotations

import hashlib
import io
import json
import posixpath
import warnings
from urllib.parse import unquote

from msgspec import Struct, to_builtins

MEMBER = "!"  # parts an archive from a member of it: text/essay.docx!word/media/image1.png
FOLDER = "images/"
KINDS = {
    "png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml",
}  # fmt: skip
MOST_PIXELS = 100_000_000
LARGE = 10 * 1024 * 1024  # bytes
_SUFFIXES = {"PNG": "png", "JPEG": "jpg", "MPO": "jpg", "GIF": "gif", "WEBP": "webp"}
_CONVERTED = ("BMP", "TIFF", "PPM", "TGA", "ICO", "PCX")
_ELSEWHERE = ("http:", "https:", "ftp:", "file:", "data:", "mailto:", "//")
_SVG_START = 1024  # bytes in which <svg must begin
_WORD_PICTURES = {b"\x01\x00\x09\x00": "WMF", b"\xd7\xcd\xc6\x9a": "WMF", b"\x01\x00\x00\x00": "EMF"}


class Fault(Struct, frozen=True):
    """Something wrong with an image: a code, what is said of it, what to do."""

    code: str
    text: str
    hint: str = ""


class Picture(Struct, frozen=True):
    """What is known of an image: its name in outputs ("" where it cannot be used), pixels, faults.

    An SVG without a size has width and height 0.
    """

    name: str
    width: int
    height: int
    faults: tuple[Fault, ...] = ()


def located(file: str, address: str) -> str:
    """The address of an image, as a source has it, relative to the folder of the edition; addresses elsewhere stay."""
    if is_elsewhere(address):
        return address
    path = unquote(address.partition("?")[0].partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else ""


def is_elsewhere(address: str) -> bool:
    """Whether an address is no file of an edition. Nothing is ever fetched."""
    return address.strip().lower().startswith(_ELSEWHERE)


def prepared(data: bytes) -> tuple[Picture, bytes]:
    """An image made fit for outputs: PNG, JPEG, GIF and WebP as they are, SVG made harmless, others as PNG."""
    if not data:
        return _unusable("image-broken", "this image is empty", "put the file there anew")
    if data[:4] in _WORD_PICTURES and not data.startswith(b"\x01\x00\x00\x00\x00"):
        kind = _WORD_PICTURES[data[:4]]
        return _unusable("image-kind", f"{kind} is a drawing only Windows shows", "save it as PNG or SVG")
    if b"<svg" in data[:_SVG_START] or data.lstrip().startswith((b"<?xml", b"<svg")):
        return _drawing(data)
    return _raster(data)


def _unusable(code: str, text: str, hint: str) -> tuple[Picture, bytes]:
    return Picture("", 0, 0, (Fault(code, text, hint),)), b""


def _named(data: bytes, suffix: str) -> str:
    return f"{FOLDER}{hashlib.sha256(data).hexdigest()[:16]}.{suffix}"


def _drawing(data: bytes) -> tuple[Picture, bytes]:
    from . import svg

    found = svg.harmless(data)
    if isinstance(found, str):
        return _unusable("image-broken", f"this SVG cannot be read: {found}", "save it anew")
    faults: tuple[Fault, ...] = ()
    if found.removed:
        text = f"taken out of this SVG: {', '.join(found.removed)}"
        faults = (Fault("image-svg", text, "an image in a book runs no scripts and loads nothing"),)
    return Picture(_named(found.data, "svg"), *found.size, faults), found.data


def _raster(data: bytes) -> tuple[Picture, bytes]:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # judged here, before anything is unpacked
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(data))
            width, height, kind = image.width, image.height, str(image.format)
            if width * height > MOST_PIXELS:
                text = f"this image has {width:,} by {height:,} pixels, {MOST_PIXELS // 1_000_000} million are allowed"
                return _unusable("image-size", text, "make it smaller: 3,000 pixels fill a page")
            image.load()
            if kind in _CONVERTED:
                data = _as_png(image)
    except Exception as fault:  # Pillow raises whatever its decoders do: anything means the bytes are no image
        return _unusable("image-broken", f"this is no image that can be read ({fault})"[:200], _SAVE)
    if kind not in _SUFFIXES and kind not in _CONVERTED:
        return _unusable("image-kind", f"{kind} cannot be shown in e-books and print", _SAVE)
    return Picture(_named(data, _SUFFIXES.get(kind, "png")), width, height, tuple(_of_size(data))), data


_SAVE = "save it as PNG, JPEG or SVG"


def _as_png(image: object) -> bytes:
    from PIL import Image

    assert isinstance(image, Image.Image)
    mode = image.mode if image.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGB"
    held = io.BytesIO()
    image.convert(mode).save(held, format="PNG")
    return held.getvalue()


def _of_size(data: bytes) -> list[Fault]:
    if len(data) <= LARGE:
        return []
    text = f"this image has {len(data) / (1 << 20):.0f} MiB"
    return [Fault("image-large", text, "many e-readers will not show it: make it smaller, or save it as JPEG")]


# --- as one value


def packed(picture: Picture, data: bytes) -> bytes:
    """What is known of an image, and its bytes, in one value."""
    header = json.dumps(to_builtins(picture), sort_keys=True, ensure_ascii=False).encode()
    return header + b"\n" + data


def unpacked(value: bytes) -> tuple[Picture, bytes]:
    header, _, data = value.partition(b"\n")
    raw = json.loads(header)
    return Picture(raw["name"], raw["width"], raw["height"], tuple(Fault(**one) for one in raw["faults"])), data
