"""Word files made of small pieces of WordprocessingML, for tests: the same pieces give the same bytes."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

OFFICE = "http://schemas.openxmlformats.org/"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": f"{OFFICE}wordprocessingml/2006/main",
        "r": f"{OFFICE}officeDocument/2006/relationships",
        "m": f"{OFFICE}officeDocument/2006/math",
        "wp": f"{OFFICE}drawingml/2006/wordprocessingDrawing",
        "a": f"{OFFICE}drawingml/2006/main",
        "mc": f"{OFFICE}markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
KINDS = ("styles", "numbering", "footnotes", "endnotes", "comments", "commentsExtended", "header", "footer")
ROOTS = {"header": "hdr", "footer": "ftr"}
USUAL = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
 <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/>
 <w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Verse"><w:name w:val="Verse"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
 <w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Emphasis"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
 <w:rPr><w:u w:val="single"/></w:rPr></w:style>
"""


Files = Mapping[str, str | bytes]


def docx(
    body: str, relations: Mapping[str, str] = MappingProxyType({}), members: Files = MappingProxyType({}), **parts: str
) -> bytes:
    """A Word file. `relations` are external links by id; `parts` styles, footnotes … (KINDS); `members` any files."""
    inner = {"styles": USUAL, **parts}
    links = [("rIdMain" + kind, kind, f"{kind}.xml", "") for kind in inner]
    links += [(name, "hyperlink", target, ' TargetMode="External"') for name, target in relations.items()]
    links += [(f"rId{k}", "image", name.removeprefix("word/"), "") for k, name in enumerate(members) if "media" in name]
    files: dict[str, str | bytes] = {
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml", "")]),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relations(links),
        **{f"word/{kind}.xml": part(ROOTS.get(kind, kind), text) for kind, text in inner.items()},
        **members,
    }
    return zipped(files)


def zipped(files: Files) -> bytes:
    """A zip archive; the time in it is always the same."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return held.getvalue()


def part(name: str, content: str) -> str:
    prefix = "w15" if name == "commentsExtended" else "w"
    return f'<?xml version="1.0" encoding="UTF-8"?><{prefix}:{name} {NAMESPACES}>{content}</{prefix}:{name}>'


def _relations(links: list[tuple[str, str, str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}officeDocument/2006/relationships/{kind}" Target="{target}"{mode}/>'
        for name, kind, target, mode in links
    )
    return f'<Relationships xmlns="{OFFICE}package/2006/relationships">{entries}</Relationships>'


# --- pieces


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph; what does not begin with < is a run of text."""
    inner = "".join(one if one.startswith("<") else r(one) for one in content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run with its properties: r("mot", "<w:i/>")."""
    inner = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def field(code: str, *shown: str) -> str:
    """A field of runs, with what it shows, if it does."""
    result = "".join(one if one.startswith("<") else r(one) for one in shown)
    begin, between, end = (r(f'<w:fldChar w:fldCharType="{kind}"/>') for kind in ("begin", "separate", "end"))
    instruction = r(f"<w:instrText>{code}</w:instrText>")
    return f"{begin}{instruction}{between if shown else ''}{result}{end}"


def bookmark(name: str, *content: str, number: int = 1) -> str:
    inner = "".join(one if one.startswith("<") else r(one) for one in content)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{inner}<w:bookmarkEnd w:id="{number}"/>'


def note(number: int, *paragraphs: str, kind: str = "footnote", attributes: str = "") -> str:
    """A note of footnotes.xml or endnotes.xml."""
    return f'<w:{kind} w:id="{number}"{attributes}>{"".join(paragraphs)}</w:{kind}>'


def reference(number: int, kind: str = "footnote") -> str:
    return r(f'<w:{kind}Reference w:id="{number}"/>', '<w:rStyle w:val="FootnoteReference"/>')


def item(text: str, list_id: int = 1, level: int = 0, style: str = "ListParagraph") -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return p(text, style=style, properties=numbering)


def levels(*forms: str, start: int = 1) -> str:
    """The levels of an abstract list: levels("decimal", "bullet")."""
    return "".join(
        f'<w:lvl w:ilvl="{k}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{"•" if form == "bullet" else f"%{k + 1}."}"/>'
        f'<w:pPr><w:ind w:left="{720 * (k + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
        for k, form in enumerate(forms)
    )


def lists(*abstract: str, instances: Mapping[int, tuple[int, str]] = {}) -> str:
    """numbering.xml: abstract lists from 0; an instance n+1 of each, and those of `instances` (abstract, overrides)."""
    every = {**{k + 1: (k, "") for k in range(len(abstract))}, **instances}
    made = "".join(f'<w:abstractNum w:abstractNumId="{k}">{one}</w:abstractNum>' for k, one in enumerate(abstract))
    return made + "".join(
        f'<w:num w:numId="{name}"><w:abstractNumId w:val="{k}"/>{more}</w:num>' for name, (k, more) in every.items()
    )


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(*content: str, properties: str = "") -> str:
    inner = "".join(one if one.startswith("<") else p(one) for one in content) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def picture(relation: str, description: str = "") -> str:
    """A picture in a line, as Word has them."""
    return (
        f'<w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{description}"/><a:graphic><a:graphicData>'
        f'<a:blip r:embed="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
