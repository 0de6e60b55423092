"""What the styles of a Word file mean by their names, in the languages Word speaks.

Knows names only: no XML. A role is what a paragraph, or a stretch of text, is to the edition: p, quote, verse, title …
"""

from __future__ import annotations

import re

# What edition.yaml may say that a style means (config.models.StyleRole).
PARAGRAPH_ROLES = frozenset((
    "p", "title", "subtitle", "head1", "head2", "head3", "head4", "head5", "head6", "quote", "epigraph", "verse",
    "letter", "dateline", "salute", "signed", "caption", "break", "omit",
))  # fmt: skip
CHARACTER_ROLES = frozenset((
    "plain", "italic", "bold", "small-caps", "superscript", "subscript", "underline", "strikethrough", "letterspaced",
    "term", "title", "q",
))  # fmt: skip

# Word keeps a style's English name in every language; its id, and the names other programs give, are translated.
_HEADING = re.compile(
    r"(?:heading|head|überschrift|berschrift|titre|título|titulo|ttulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek"
    r"|nagwek|nadpis|címsor|cmsor|başlık|balk|заголовок|επικεφαλίδα|見出し|标题|標題|제목) ?([1-9])"
)
_UP_TO_5 = ("", " 2", " 3", " 4", " 5")
_ROLES: dict[str, tuple[str, ...]] = {
    "title": ("title", "titel", "titre", "titolo", "tittel", "tytuł", "название"),
    "subtitle": ("subtitle", "untertitel", "sous-titre", "sottotitolo", "subtítulo", "ondertitel", "подзаголовок"),
    "quote": (
        "quote", "intense quote", "block text", "block quote", "blockquote", "block quotation", "quotation",
        "quotations", "zitat", "intensives zitat", "blockzitat", "citation", "citation intense", "cita",
        "cita destacada", "citazione", "citazione intensa", "citaat", "citat", "cytat", "цитата",
    ),
    "epigraph": ("epigraph", "épigraphe", "epigrafe", "epígrafe", "motto", "эпиграф"),
    "verse": (
        "verse", "verses", "poem", "poetry", "stanza", "vers", "verszeile", "gedicht", "strophe", "poésie", "poème",
        "poesia", "poesía", "verso", "versos", "стихи", "стихотворение",
    ),
    "caption": (
        "caption", "table caption", "image caption", "figure caption", "beschriftung", "légende", "didascalia",
        "leyenda", "название объекта", "illustration", "drawing", "figure", "table",
    ),
    "continued": ("list paragraph", *(f"list continue{n}" for n in _UP_TO_5)),
    "gloss-term": ("definition term",),
    "gloss": ("definition",),
    "author": ("author",),
    "date": ("date",),
    "signed": ("signature",),
    "salute": ("salutation",),
    "omit-contents": ("toc heading", "contents heading", *(f"toc {n}" for n in range(1, 10)), "table of figures"),
    "omit-index": ("index heading", *(f"index {n}" for n in range(1, 10))),
    # Nothing but the look of running text: no need to ask what it means.
    "p": (
        "normal", "standard", "default", "default style", "text body", "textkörper", "text", "body",
        "body text first indent", "body text first indent 2", "first line indent", "first paragraph", "compact",
        "no spacing", "normal (web)", "normal indent", "plain text", "source code", "html preformatted",
        "preformatted text", "macro text", "footnote text", "endnote text", "footnote", "endnote", "footnotes",
        "endnotes", "footnote block text", "comment text", "annotation text", "header", "footer", "bibliography",
        "list", "list contents", "table contents", "table heading", "frame contents", "captioned figure", "closing",
        "abstract", "abstract title",
        *(f"{kind}{n}" for kind in ("list", "list bullet", "list number") for n in _UP_TO_5),
        *(f"{kind}{n}" for kind in ("body text", "body text indent") for n in _UP_TO_5),
    ),
}  # fmt: skip
_BY_NAME = {name: role for role, names in _ROLES.items() for name in names}

# Character styles whose look says nothing that the text does not say by other means.
BARE = frozenset((
    "hyperlink", "followedhyperlink", "internet link", "footnote reference", "footnote characters", "footnote anchor",
    "endnote reference", "endnote characters", "endnote anchor", "annotation reference", "page number", "line number",
    "default paragraph font", "placeholder text", "index link", "verbatim char", "footnote ref", "unresolved mention",
))  # fmt: skip
# Word knows these without a definition in the file.
LATENT = {"emphasis": "italic", "subtle emphasis": "italic", "strong": "bold", "intense emphasis": "italic"}
NAMED = frozenset((*LATENT, "book title", "subtle reference", "intense reference"))


def plain(name: str) -> str:
    """A style's name as it is compared: without capitals, spaces single."""
    return " ".join(name.casefold().split())


def heading_level(name: str) -> int:
    """1 to 9 if this is the name of a heading, else 0."""
    match = _HEADING.fullmatch(plain(name))
    return int(match[1]) if match else 0


def role_of(name: str) -> str:
    """The role of a paragraph style by its name; "" if it tells nothing."""
    level = heading_level(name)
    return f"head{level}" if level else _BY_NAME.get(plain(name), "")
