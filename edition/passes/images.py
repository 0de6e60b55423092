"""Images of a unit: which there are, and what is wrong with them or missing about them.

Knows figures of the normal form and what is known of an image; reads no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from ..images import Picture, is_elsewhere
from ..normal.vocabulary import place
from ..problems import Problem
from ..xml import Element, all_named, child

Look = Callable[[str], Picture]
OWN = (".md", ".markdown")
CREDIT = "credit"  # type of the bibl in a figure that says whose it is
_SAID = {
    "image-elsewhere": (
        "{n} image{s} not among the files of the edition: “{first}”",
        "nothing is fetched: save it in the edition's folder and name it there",
    ),
    "image-alt": (
        "{n} image{s} without words for those who cannot see it",
        "say what is to be seen: ![words](file), alt= in HTML, alternative text in Word",
    ),
    "image-credit": ("{n} image{s} without a credit", "say whose it is: ![…](file){{credit=… licence=…}}"),
}


def graphics(unit: Element) -> Iterator[tuple[Element, str]]:
    """Every graphic of a unit with the address of its image."""
    return ((graphic, graphic.get("url", "")) for graphic in all_named(unit, "graphic"))


def problems(unit: Element, file: str, key: str, look: Look) -> list[Problem]:
    """What is wrong with the images of a unit. What many lack is said once, at the first, with the count.

    An image that is not there is an error in a text of the editor's own, a warning in one that came from elsewhere.
    """
    missing = "image-missing" if file.endswith(OWN) else "image-lost"
    found: list[Problem] = []
    lacking: dict[str, list[tuple[Element, str]]] = {}
    for graphic, url in graphics(unit):
        figure = graphic.getparent()
        if figure is None:
            continue
        if is_elsewhere(url):
            lacking.setdefault("image-elsewhere", []).append((figure, url))
            continue
        picture = look(url)
        for fault in picture.faults:
            code = missing if fault.code == "image-missing" else fault.code
            found.append(Problem(code, place(figure, unit, file, key), f"{url}: {fault.text}", fault.hint))
        for code in _lacks(figure) if picture.name else ():
            lacking.setdefault(code, []).append((figure, url))
    for code, those in lacking.items():
        text, hint = _SAID[code]
        said = text.format(n=len(those), s="s" if len(those) > 1 else "", first=those[0][1])
        found.append(Problem(code, place(those[0][0], unit, file, key), said, hint.format()))
    return found


def _lacks(figure: Element) -> Iterator[str]:
    if child(figure, "figDesc") is None:
        yield "image-alt"
    if not any(kid.get("type") == CREDIT for kid in figure):
        yield "image-credit"


def name_all(unit: Element, look: Look) -> None:
    """Point every graphic to the file of its image beside the TEI; one without keeps its address, as a URI."""
    for graphic, url in graphics(unit):
        name = "" if is_elsewhere(url) else look(url).name
        graphic.set("url", name or quote(url, safe="/:?#[]@!$&'()*+,;=%~"))
