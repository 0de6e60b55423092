"""The same book by pandoc and Typst: its Markdown with raw Typst for page references and the index; and its run:
python -m tests.bench.print_typst FOLDER. Same paper, measure, type and sizes; spacing and line breaking are Typst's.
"""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import count
from pathlib import Path

import pypandoc
import typst
import yaml

from edition.disk import styles_folder

_STYLE = """
#set page(width: 148mm, height: 210mm, margin: (top: 57pt, bottom: 79pt, inside: 17mm, outside: 23mm), numbering: "1",
  header: context align(center, emph[A Generated Book]))
#set text(font: "Source Serif 4", size: 10pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true, leading: 6.2pt, spacing: 6.2pt, first-line-indent: 13.5pt)
#show footnote.entry: set text(font: "Source Serif 4 Caption", size: 8pt)
#show heading.where(level: 1): it => { pagebreak(to: "odd", weak: true); v(40pt); it; v(40pt) }
#let horizontalrule = line()
#outline(depth: 1)
"""
_INDEX = '= Index\n#columns(2)[#set text(font: "Source Serif 4 Caption", size: 8pt)\n'


def _page(name: str) -> str:
    return f"`#context counter(page).at(<{name}>).first()`{{=typst}}"


def write(folder: Path, home: Path) -> None:
    """book.md, style.typ and index.typ of a generated edition."""
    people = {
        person["name"]: person["sort"] for person in yaml.safe_load((folder / "people.yaml").read_text()).values()
    }
    named, numbers = re.compile("|".join(map(re.escape, people))), count()
    places: dict[str, list[str]] = {}

    def mark(found: re.Match[str]) -> str:
        label = f"m{next(numbers)}"
        places.setdefault(people[found.group()], []).append(label)
        return f"{found.group()}`#metadata(none)<{label}>`{{=typst}}"

    chapters = []
    for n, path in enumerate(sorted((folder / "text").iterdir()), 1):
        text = re.sub(r"\[\^(\d+)\]", rf"[^{n}-\1]", named.sub(mark, path.read_text()))
        chapters.append(re.sub(r"\[\]\(#([\w-]+)\)", lambda link: f"chapter, p. {_page(link.group(1))}", text))
    (home / "book.md").write_text("\n".join(chapters))
    (home / "style.typ").write_text(_STYLE)
    rows = (
        f"{name}, {', '.join(f'#context counter(page).at(<{x}>).first()' for x in places[name])}\n"
        for name in sorted(places)
    )
    (home / "index.typ").write_text(f"{_INDEX}{chr(10).join(rows)}]\n")


def run(home: Path) -> None:
    pandoc = [pypandoc.get_pandoc_path(), str(home / "book.md"), "-f", "markdown", "-t", "typst"]
    body = subprocess.run(pandoc, check=True, capture_output=True, text=True).stdout
    (home / "book.typ").write_text((home / "style.typ").read_text() + body + (home / "index.typ").read_text())
    fonts = [str(styles_folder() / "fonts")]
    pdf = typst.compile(str(home / "book.typ"), font_paths=fonts, ignore_system_fonts=True, pdf_tags=False)
    (home / "typst.pdf").write_bytes(pdf)
    print(len(re.findall(rb"/Type ?/Page\b", pdf)))


if __name__ == "__main__":
    run(Path(sys.argv[1]))
