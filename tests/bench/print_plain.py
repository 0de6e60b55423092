"""The same units as one document for plain WeasyPrint, page references left to CSS; and its run:
python -m tests.bench.print_plain FOLDER. Knows nothing of our way of making pages.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

from lxml import etree

from edition.disk import styles_folder

SHEETS = ("house.css", "print.css", "presets/a5.css")
_HTML = "{http://www.w3.org/1999/xhtml}"
_REFERENCES = """
body > section { break-before: right; string-set: recto attr(data-recto) }
section.half-title, section.title, section.copyright { page: bare }
a.page::after { content: target-counter(attr(href), page) }
a.page[data-note]::after { content: target-counter(attr(href), page) " n. " attr(data-note) }
.locators > a.page + a.page::before { content: ", " }
"""


def style() -> str:
    """The house's sheets, and what references need."""
    return "\n".join((styles_folder() / name).read_text() for name in SHEETS) + _REFERENCES


def page(papers: Iterable[bytes]) -> str:
    """One HTML document of all units (docs/architecture.md, "A unit as XHTML"), without ids that nothing refers to."""
    sections = [_section(json.loads(paper)) for paper in papers]
    wanted = {name[1:] for section in sections for name in section.xpath("//@href") if name.startswith("#")}
    for element in (each for section in sections for each in section.iter()):
        if element.get("id") not in wanted:
            element.attrib.pop("id", None)
    text = "".join(etree.tostring(section, encoding="unicode", method="html") for section in sections)
    head = '<meta charset="utf-8"><title>A Generated Book</title>'
    return (
        f'<!doctype html><html lang="en-GB"><head>{head}</head><body data-verso="A Generated Book">{text}</body></html>'
    )


def _section(unit: dict) -> etree._Element:
    root = etree.fromstring(f'<div xmlns="{_HTML[1:-1]}">{unit["body"]}</div>')[0]
    notes = {note["id"]: note for note in unit["notes"]}
    for call in list(root.iter(f"{_HTML}a")):
        if call.get("class") == "noteref":
            call.addnext(_note(notes[call.get("href")[1:]], call))
    for element in root.iter():
        element.tag = etree.QName(element).localname
    root.set("data-recto", unit["short"] or unit["title"])
    for head in root.iter("h1", "h2", "h3"):
        head.set("data-label", "".join(head.itertext()))
    etree.cleanup_namespaces(root)
    return root


def _note(note: dict, call: etree._Element) -> etree._Element:
    """A note of spans, for a paragraph of HTML holds no paragraphs."""
    number = f'<a class="note-number" href="#{note["refs"][0]}">{escape(note["number"])}</a>'
    made = etree.fromstring(f'<span xmlns="{_HTML[1:-1]}" class="note" id="{note["id"]}">{number}{note["body"]}</span>')
    for paragraph in made.iter(f"{_HTML}p"):
        paragraph.tag = f"{_HTML}span"
    made.tail, call.tail = call.tail, None
    return made


def run(home: Path) -> None:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    base = f"{styles_folder().resolve()}/"
    sheet = weasyprint.CSS(string=(home / "plain.css").read_text(), base_url=base, font_config=fonts)
    document = weasyprint.HTML(filename=str(home / "plain.html")).render(stylesheets=[sheet], font_config=fonts)
    document.write_pdf(str(home / "plain.pdf"))
    print(len(document.pages))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
