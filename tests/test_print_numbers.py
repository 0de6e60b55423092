"""Every printed page number of a novel of the corpus and of a generated book of about 300 pages is right, by the checks
that test_print_references.py makes of the editions of this repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from . import test_print_references as references
from .bench import generated
from .conftest import NO_SHARED, SHARED, Built
from .test_print_references import (  # noqa: F401
    book,
    page_links,
    test_contents,
    test_cross_references,
    test_index_and_who_is_who,
    test_labels_are_those_of_the_pdf,
    test_no_name_is_missing_from_the_index,
)

pytestmark = pytest.mark.slow
NOVEL = SHARED / "corpus" / "eltec-srp-cyrillic" / "SRP18980_LazaL_Svabica.xml"
SIZE = generated.Size(15, 4_400, 26, 40, 40, 200, "print", "tei, epub, pdf")


def novel(folder: Path) -> None:
    """A novel in letters, with an index of two of its people in all their cases."""
    if not NOVEL.exists():
        pytest.skip(NO_SHARED)
    (folder / "text").mkdir(parents=True)
    shutil.copyfile(NOVEL, folder / "text" / "novel.xml")
    (folder / "edition.yaml").write_text(
        "id: novel\ntitle: Швабица\nlanguage: sr-Cyrl\npublisher: {name: None, place: Nowhere, year: 2026}\n"
        "contents:\n  front: [half-title, title, copyright, contents]\n  body: [text/novel.xml]\n"
        "  back: [who-is-who, index]\npeople: people.yaml\noutputs: [tei, epub, pdf]\nepub: {pages: print}\n"
    )
    (folder / "people.yaml").write_text(
        "ana: {name: Ана, variants: [Ане, Ани, Ану, Аном]}\nmisa: {name: Миша, variants: [Мише, Миши, Мишу, Мишо]}\n"
    )


@pytest.fixture(scope="module", params=["novel", "generated"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("sources") / request.param
    if request.param == "novel":
        novel(folder)
    else:
        generated.write(folder, SIZE)
    return Built(folder, tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize("built", ["generated"], indirect=True)
def test_chronology(built: Built) -> None:
    """The novel has none."""
    references.test_chronology(built)


def test_there_is_much_to_be_checked(built: Built) -> None:
    """Figures of what the other tests of this module look up."""
    pages = book(built)
    index = pages.epub.documents["index.xhtml"]
    assert len(pages.pages) > (280 if built.made.id == "generated" else 50)
    assert len(page_links(index)) > (500 if built.made.id == "generated" else 10)
