"""What a PDF claims to be it is: PDF/A-2u, PDF/A-3u with the edition's TEI inside, or nothing."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest

from edition import builder
from edition.verify import claims, pdf

from .conftest import ROOT


@cache
def files(archive: str) -> dict[str, bytes]:
    """The outputs of the edition that `edition new` makes, with `pdf: {archive: …}`."""
    with TemporaryDirectory() as home:
        folder = Path(home) / "edition"
        shutil.copytree(ROOT / "edition" / "skeleton", folder)
        told = (folder / "edition.yaml").read_text()
        (folder / "edition.yaml").write_text(told.replace("pdf: {page: a5}", f"pdf: {{page: a5, archive: {archive}}}"))
        made = builder.make(folder, ("tei", "pdf"))
    assert not made.failed, made.problems
    return made.files


def opened(archive: str) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(files(archive)["my-edition.pdf"]))


@pytest.mark.parametrize(("archive", "claimed"), [("none", None), ("a2u", ("2", "U")), ("a3u", ("3", "U"))])
def test_it_claims_what_was_asked_for_and_nothing_else(archive: str, claimed: tuple[str, str] | None) -> None:
    assert claims.claim(opened(archive)) == claimed
    assert pdf.check("my-edition.pdf", files(archive)["my-edition.pdf"]) == []


def test_the_tei_inside_is_the_tei_beside() -> None:
    book = opened("a3u")
    assert list(book.attachments) == ["my-edition.tei.xml"]
    assert book.attachments["my-edition.tei.xml"].get_file().read_bytes() == files("a3u")["my-edition.tei.xml"]
    (associated,) = book.Root.AF
    assert associated.AFRelationship == "/Source"
    assert not opened("a2u").attachments and not opened("none").attachments


def _no_intent(book: pikepdf.Pdf) -> None:
    del book.Root.OutputIntents


def _hidden(book: pikepdf.Pdf) -> None:
    next(page for page in book.pages if "/Annots" in page.obj).Annots[0].F = 2


def _runs(book: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.beep()")
    next(page for page in book.pages if "/Annots" in page.obj).Annots[0].A = action


def _holds(book: pikepdf.Pdf) -> None:
    book.attachments["more.txt"] = b"more"
    del book.Root.AF


PLANTED = {"6.2.3": _no_intent, "6.3.2": _hidden, "6.5.1": _runs, "6.8": _holds}


@pytest.mark.parametrize("clause", PLANTED)
@pytest.mark.parametrize("archive", ["a2u", "a3u"])
def test_what_breaks_the_claim_is_found(clause: str, archive: str) -> None:
    book = opened(archive)
    plant: Callable[[pikepdf.Pdf], None] = PLANTED[clause]
    plant(book)
    assert {text.partition(":")[0] for text in claims.broken(book)} == {clause}


def test_what_claims_nothing_breaks_nothing() -> None:
    book = opened("none")
    _holds(book)
    assert list(claims.broken(book)) == []
