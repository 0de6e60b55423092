"""Figures of a TEI source, and examples of code and markup.

Knows the work and the normal form; an image's bytes are none of its business.
"""

from __future__ import annotations

import textwrap

from lxml import etree

from ..xml import SPACE, Element, local, tei
from .tei_pieces import Flow
from .tei_source import EXAMPLES, one_line, plain
from .tei_work import BlockHandler, Work


def _figure(work: Work, kid: Element, flow: Flow) -> None:
    made = work.block(kid, "figure")
    inner = work.flow(made, kid)
    described = ""
    for part in work.source.kids(kid):
        name = work.source.name(part)
        if name == "figDesc":
            described = f"{described} {one_line(part)}".strip()
        elif name == "graphic":
            made.append(tei("graphic", {"url": _address(part.get("url", ""))}))
        else:
            work.block_kid(part, inner)
    inner.flush()
    _put_in_order(made, described)
    if len(made):
        flow.append(made)


def _put_in_order(figure: Element, described: str) -> None:
    """graphic, head, figDesc, blocks; heads beyond the first are blocks."""
    heads = [one for one in figure if local(one) == "head"]
    graphics = [one for one in figure if local(one) == "graphic"]
    rest = [one for one in figure if local(one) not in ("head", "graphic")]
    said = [tei("figDesc", {}, described)] if described else []
    for one in (*graphics, *heads[:1], *said, *rest):
        figure.append(one)


def _address(url: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in ' <>"{}|\\^`' else c for c in url.strip())


def _example(work: Work, kid: Element, flow: Flow) -> None:
    """Code, with its lines; of an example of markup, the markup."""
    made = work.block(kid, "ab", {"type": "code"})
    made.set(SPACE, "preserve")
    text = _markup(kid) if work.source.name(kid) == "egXML" else plain(kid)
    text = textwrap.dedent(text.expandtabs().strip("\n")).strip("\n ").rstrip()
    if text.strip():
        out = flow.phrases(made, preserved=True)
        out.text(text)
        out.end()
        flow.append(made)


def _markup(example: Element) -> str:
    """What stands in an example of markup, as it is written, without declarations of namespaces."""
    text = etree.tostring(example, encoding="unicode", with_tail=False)
    inner = text[text.index(">") + 1 : text.rindex("<")] if "</" in text else ""
    return inner.replace(f' xmlns="{EXAMPLES}"', "").replace(' xmlns:xml="http://www.w3.org/XML/1998/namespace"', "")


def _image(work: Work, kid: Element, flow: Flow) -> None:
    """An image by itself is a figure."""
    made = work.block(kid, "figure")
    made.append(tei("graphic", {"url": _address(kid.get("url", ""))}))
    flow.append(made)


TABLE: dict[str, BlockHandler] = {
    **dict.fromkeys(("eg", "egXML"), _example), "figure": _figure, "graphic": _image,
}  # fmt: skip
