"""Numbers of lines of verse in the margin, as many as are asked for.

Knows XHTML as units have it; knows no layout and no style. The numbers are no part of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ..xml import XHTML, Element


def number_lines(root: Element, every: int) -> None:
    """Put a number at every so many lines: counted through each poem, and in drama through the unit; 0: none."""
    for lines in _counts(root) if every else ():
        for count, line in enumerate(lines, 1):
            if count % every == 0:
                said = etree.Element(
                    f"{{{XHTML}}}span", {"class": "line-number", "aria-hidden": "true", "data-made": ""}
                )
                said.text, said.tail, line.text = str(count), line.text, None
                line.insert(0, said)
                line.set("class", f"{line.get('class')} numbered")


def _counts(root: Element) -> Iterator[list[Element]]:
    """Lines that are counted together; what goes on a line that another speaker began is no line of its own."""
    spoken: list[Element] = []
    poems: dict[Element, list[Element]] = {}
    for line in root.iter(f"{{{XHTML}}}p"):
        classes = (line.get("class") or "").split()
        if "l" not in classes or any(name.startswith("step-") for name in classes):
            continue
        above = list(line.iterancestors())
        if any("sp" in (each.get("class") or "").split() for each in above):
            spoken.append(line)
        else:
            poem = next((each for each in reversed(above) if "lg" in (each.get("class") or "").split()), root)
            poems.setdefault(poem, []).append(line)
    yield from (spoken, *poems.values())
