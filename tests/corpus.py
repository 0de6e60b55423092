"""Editions of the TEI files of ../shared/corpus, made in a temporary folder: one for each file, as an editor would."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import NO_SHARED, SHARED

CORPUS = SHARED / "corpus"
LANGUAGES = {
    "eltec-eng": "en-GB", "eltec-srp-cyrillic": "sr-Cyrl", "rusdracor": "ru", "gerdracor": "de", "disco-sonnets": "es",
    "schnitzler-briefe": "de-AT", "tei-lite-manual": "en",
}  # fmt: skip
# Files that are no text: nothing can be built of them.
NO_TEXT = {"siglen.xml": "tei-root"}


@dataclass(frozen=True)
class Source:
    """A file of the corpus, and the language of its folder."""

    path: Path
    language: str

    @property
    def name(self) -> str:
        return self.path.name


def sources(*names: str) -> list[Source]:
    """All files of the corpus, or those named; a skip where the corpus is not there."""
    if not CORPUS.is_dir():
        pytest.skip(NO_SHARED)
    found = [
        Source(path, language)
        for folder, language in LANGUAGES.items()
        for path in sorted((CORPUS / folder).iterdir())
        if path.suffix in (".xml", ".odd")
    ]
    return [source for source in found if not names or source.name in names]


def edition(source: Source, folder: Path, pages: str = "none") -> Path:
    """The folder of an edition of one file."""
    (folder / "text").mkdir(parents=True)
    (folder / "text" / source.name).write_bytes(source.path.read_bytes())
    (folder / "edition.yaml").write_text(
        f"id: {source.path.stem.lower().replace('_', '-')}\ntitle: {source.path.stem}\nlanguage: {source.language}\n"
        f"contents:\n  front: [title, contents]\n  body: [text/{source.name}]\nepub: {{pages: {pages}}}\n",
        encoding="utf-8",
    )
    return folder
