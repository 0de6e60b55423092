"""The models of edition.yaml and the registers: every key, its kind, its default and what it means.

Knows the shapes of single values (fields); knows no file and no place.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema

from .booklet import Booklet
from .fields import (
    AboutKey,
    Bisac,
    Calendar,
    Colour,
    EditionId,
    IsbnText,
    Language,
    Licence,
    Locator,
    Path,
    Relator,
    Section,
    Text,
    Thema,
    Url,
    Version,
    Year,
    YearStart,
    fault,
    luminance,
)
from .model import Model
from .printing import Notes, Pdf, Press


def _one_or_more(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _not_empty(value: tuple[Any, ...]) -> tuple[Any, ...]:
    if not value:
        raise fault("config-empty", "this list is empty", "an edition has at least one text in its body")
    return value


# --- edition.yaml


class Creator(Model):
    """Who made the edition or its text."""

    name: Text = Field(description="The name as it stands on the title page")
    role: Relator = Field("aut", description="MARC relator code: aut author, edt editor, trl translator …")
    sort: Text = Field("", description="The name as it is sorted: “Trotsky, Leon”")


class Isbn(Model):
    """The ISBNs of the edition, one for each product; check digits are verified."""

    print: IsbnText = Field("", description="ISBN of the printed book")
    pdf: IsbnText = Field("", description="ISBN of the PDF")
    epub: IsbnText = Field("", description="ISBN of the EPUB")


class Publisher(Model):
    """Imprint: who publishes, where, when."""

    name: Text = Field(description="The publisher")
    place: Text = Field("", description="Place of publication")
    year: Year = Field("", description="Year of publication, four digits")
    edition: Text = Field("", description="Statement of the edition: “Second, revised edition”")
    series: Text = Field("", description="Series, with the volume’s number in it")
    isbn: Isbn | None = Field(None, description="ISBNs by product")


class Subjects(Model):
    """What the edition is about."""

    keywords: tuple[Text, ...] = Field((), description="Free keywords")
    thema: tuple[Thema, ...] = Field((), description="Thema subject codes")
    bisac: tuple[Bisac, ...] = Field((), description="BISAC subject codes")


class Entry(Model):
    """A text, a generated section, or a part that holds texts."""

    file: Path = Field("", description="A text, relative to the folder of edition.yaml")
    section: Section = Field("", description="The name of a generated section")
    part: Text = Field("", description="The title of a part; its texts stand under contents")
    contents: tuple[Entry, ...] = Field((), description="The texts of a part")
    title: Text = Field("", description="The title, over the one in the source")
    short: Text = Field("", description="The short title for running heads")
    by: Text = Field("", description="The author of this text")
    translator: Text = Field("", description="Who translated this text")
    date: Text = Field("", description="When the source was first published")
    source: Text = Field("", description="Where the source was published")
    url: Url = Field("", description="Web address of the source")
    accessed: Text = Field("", description="When that address was read")
    rights: Text = Field("", description="Rights in this text")

    @model_validator(mode="before")
    @classmethod
    def _from_word(cls, value: Any) -> Any:
        if isinstance(value, str):
            if not value:
                raise fault("config-empty", "this entry is empty", "write a file, or the name of a section")
            return {"file" if re.search(r"[./\\]", value) else "section": value}
        if isinstance(value, list):
            raise fault("config-type", "an entry cannot be a list", "write a file, or the name of a section")
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class Contents(Model):
    """The order of the edition. A word without . or / is a generated section."""

    front: tuple[Entry, ...] = Field((), description="Before the text: half-title, title, copyright, contents")
    body: Annotated[tuple[Entry, ...], AfterValidator(_not_empty)] = Field(description="The texts, in order")
    back: tuple[Entry, ...] = Field((), description="After the text: who-is-who, chronology, index")


Locators = Annotated[tuple[Locator, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]


# The roles that styles of a Word file may be given; readers/docx_names.py says what becomes of each.
StyleRole = Literal[
    "p", "title", "subtitle", "head1", "head2", "head3", "head4", "head5", "head6", "quote", "epigraph", "verse",
    "letter",
    "dateline", "salute", "signed", "caption", "break", "omit",
    "plain", "italic", "bold", "small-caps", "superscript", "subscript", "underline", "strikethrough", "letterspaced",
    "term", "q",
]  # fmt: skip


class ReadOptions(Model):
    """How a source is to be read."""

    paragraphs: Literal["lines", "blocks", "indented"] | None = Field(
        None,
        description="What makes a paragraph of plain text: its line, blank lines, an indented first line",
    )
    main: Text = Field("", description="The main text of a web page: the name of an element, #id or .class")
    drop: Texts = Field((), description="What is left out of a web page or e-book: names of elements, #id or .class")
    styles: dict[Text, StyleRole] = Field({}, description="What the styles of a Word file mean: Letter: letter")
    changes: Literal["accept", "reject", "refuse"] = Field(
        "refuse", description="Tracked changes in a Word file: accept or reject all, or refuse to read it"
    )
    comments: Literal["query", "drop"] = Field("query", description="Comments in a Word file: tell each, or none")
    calendar: Calendar = Field("gregorian", description="The calendar of the text’s dates where they do not say")
    year_start: YearStart = Field("01-01", description="The day a year of the text begins on, whatever its calendar")


class Epub(Model):
    """The e-book."""

    pages: Literal["print", "source", "none"] = Field(
        "print", description="Whose page numbers it carries: the print edition’s, or those marked in the sources"
    )
    source_pages: bool = Field(
        False, description="Print where pages of the sources begin, as [12], whosever it carries"
    )
    fonts: bool = Field(False, description="Embed the house’s fonts, cut down to the characters of the book")
    paragraph_numbers: bool = Field(True, description="Show the numbers of paragraphs, if the edition has them")


Conformance = Literal[
    "wcag-2.0-a", "wcag-2.0-aa", "wcag-2.0-aaa", "wcag-2.1-a", "wcag-2.1-aa", "wcag-2.1-aaa",
    "wcag-2.2-a", "wcag-2.2-aa", "wcag-2.2-aaa",
]  # fmt: skip


class Epigraph(Model):
    """Words of somebody that stand before the text."""

    text: Text = Field(description="The words, in Markdown, a line for each of their lines")
    by: Text = Field("", description="Whose they are, in Markdown")


class Accessibility(Model):
    """What the publisher answers for about the e-book’s accessibility; what can be read off it is computed."""

    conforms: Conformance | None = Field(None, description="Claimed: EPUB Accessibility 1.1 with WCAG: wcag-2.2-aa")
    certified_by: Text = Field("", description="Who examined the e-book and found that it conforms")
    report: Url | None = Field(None, description="Web address of the report of who examined it")
    contact: Text = Field("", description="Where readers turn to with questions on accessibility")
    exemption: Literal["disproportionate-burden", "fundamental-alteration", "microenterprise"] | None = Field(
        None, description="Exemption from the European Accessibility Act that is claimed"
    )

    @model_validator(mode="after")
    def _examined_for_something(self) -> Accessibility:
        if self.conforms is None and (self.certified_by or self.report):
            hint = "say with “conforms” what was found: wcag-2.2-aa"
            raise fault("config-value", "an examination is named, but nothing that the e-book conforms to", hint)
        if self.report and not self.certified_by:
            raise fault("config-value", "a report is named, but not whose it is", "say it with “certified_by”")
        return self


class Pages(Model):
    """Which page numbers the e-book, its index and its references keep."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Version = Field("", alias="from", description="A release whose page numbers stay: “1.0”")


class WhoIsWho(Model):
    """The section who is who."""

    families: bool = Field(False, description="People of one family stand together")


class Cover(Model):
    """The colours of the cover that is drawn where the edition brings none (images/cover.png or .jpg)."""

    ground: Colour | None = Field(None, description="Its ground; one of the house’s, by the edition’s id, if left out")
    paper: Colour = Field("#f5f0e6", description="Its letters")

    @model_validator(mode="after")
    def _readable(self) -> Cover:
        if self.ground is not None:
            low, high = sorted((luminance(self.ground), luminance(self.paper)))
            contrast = (high + 0.05) / (low + 0.05)
            if contrast < 4.5:
                text = f"letters of {self.paper} on {self.ground} have a contrast of {contrast:.1f}"
                raise fault("config-value", text, "it should be 4.5 or more: make one lighter or the other darker")
        return self


class TimeLine(Model):
    """The time line: which part of the chronology it shows."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Text = Field("", alias="from", description="Its beginning, EDTF: 1934")
    to: Text = Field("", description="Its end, EDTF: 1940-08")


class Index(Model):
    """The index."""

    order: Literal["letter", "word"] = Field("letter", description="Order: letter by letter or word by word")
    ranges: Literal["short", "mhra", "full"] = Field("short", description="Page ranges: 301–3, 301–03, 301–303")
    collation: Literal["uca", "icu"] = Field("uca", description="icu: sort with the ICU library, if it is installed")
    works: bool = Field(False, description="Works that are cited stand in it too; index-of-works has them in any case")
    see: dict[Text, Text] = Field({}, description="Headings that only lead to others: {Purges: Great Terror}")
    see_also: dict[Text, Texts] = Field({}, description="Headings that lead to others too: {Terror: [Purges]}")


Paths = Annotated[tuple[Path, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]
Output = Literal["tei", "epub", "pdf", "print", "booklets"]


class EditionFile(Model):
    """edition.yaml. Only title, language and contents are required."""

    id: EditionId = Field("", description="Name of the outputs; the folder’s name if left out")
    title: Text = Field(description="The title of the edition")
    subtitle: Text = Field("", description="The subtitle")
    language: Language = Field(description="Main language, a BCP 47 tag: en-GB, de, sr-Cyrl")
    creators: tuple[Creator, ...] = Field((), description="Authors, editors, translators …")
    publisher: Publisher | None = Field(None, description="Imprint")
    copyright: Text = Field("", description="The copyright line")
    licence: Licence = Field("", description="SPDX id or web address of the licence")
    statement: Text = Field("", description="What the title verso says besides")
    cip: Path = Field("", description="A library’s cataloguing data, a text file set as it is on the title verso")
    cite_as: Text = Field("", description="How to cite this edition")
    dedication: Text = Field("", description="The dedication, in Markdown, a line for each of its lines")
    epigraph: Epigraph | None = Field(None, description="The epigraph of the whole edition")
    abbreviations: dict[Text, Text] = Field({}, description="What abbreviations mean, in Markdown: {USSR: Union …}")
    credits: Texts = Field((), description="Thanks and permissions, in Markdown, a paragraph each")
    colophon: Texts = Field((), description="How the book was made, in Markdown, a paragraph each")
    description: Text = Field("", description="A few sentences about the edition, for catalogues")
    subjects: Subjects = Field(Subjects(), description="Keywords and subject codes")
    contents: Contents = Field(description="What the edition holds, in order: front, body, back")
    people: Paths = Field(("people.yaml",), description="Register of people, or a list of registers")
    places: Paths = Field(("places.yaml",), description="Register of places, or a list of registers")
    organisations: Paths = Field(("organisations.yaml",), description="Register of organisations, or a list of them")
    chronology: Path = Field("chronology.yaml", description="Register of events")
    decisions: Path = Field("decisions.yaml", description="What the editor decided about names and dates")
    bibliography: Paths = Field(("bibliography.yaml",), description="Works that are cited: .yaml, .bib, CSL-JSON")
    glossary: Path = Field("glossary.yaml", description="Terms and what they mean")
    terms: Literal["first", "marked"] = Field(
        "first", description="Which terms lead to the glossary: the first use of each in a chapter, or those marked"
    )
    answers: bool = Field(False, description="A leader’s edition, which shows the answers to questions")
    annotations: Path = Field("annotations.yaml", description="Notes on, and corrections to, sources of others")
    read: dict[Path, ReadOptions] = Field({}, description="How to read sources, by file or pattern: text/*.txt")
    notes: Notes = Field(Notes(), description="Footnotes")
    reading: Literal["normalised", "source"] = Field("normalised", description="Which is read where a text holds both")
    about_text: dict[AboutKey, Text] = Field({}, description="Own paragraphs for the section about-text, by subject")
    sigla: dict[Text, Text] = Field({}, description="Sigla of witnesses, for that section: A: The edition of 1848")
    typography: Literal["off", "check", "on"] | None = Field(
        None,
        description="Quotes, dashes, spaces by the language: off; check: only told (default for a text of another’s); "
        "on: mended (default for one’s own Markdown)",
    )
    pdf: Pdf = Field(Pdf(), description="The print pages")
    booklets: tuple[Booklet, ...] = Field((), description="Excerpts as booklets to fold")
    press: Press = Field(Press(), description="The PDF for a printer")
    epub: Epub = Field(Epub(), description="The e-book")
    accessibility: Accessibility = Field(Accessibility(), description="What is claimed of the e-book’s accessibility")
    pages: Pages = Field(Pages(), description="Page numbers that outlive edits")
    cover: Cover = Field(Cover(), description="The cover that is drawn")
    index: Index = Field(Index(), description="The index")
    timeline: TimeLine = Field(TimeLine(), description="The time line, a drawing of 15 to 60 events")
    who_is_who: WhoIsWho = Field(WhoIsWho(), description="Who is who")
    paragraph_numbers: bool = Field(False, description="Number the paragraphs of every chapter, in the margin of print")
    hyphenation: tuple[Text, ...] = Field((), description="Words divided as written: Mos-cow; or never: Trotsky")
    outputs: tuple[Output, ...] = Field(("tei", "epub", "pdf"), description="What build makes")


class Edition(EditionFile):
    """An edition.yaml that has been read.

    `read` is by file, patterns being resolved. `named` tells which registers, chronology and decisions stand
    in the file: those must exist, the default ones may be absent.
    """

    named: tuple[str, ...] = ()

    def files(self) -> tuple[str, ...]:
        """The source files in reading order, those of parts included."""
        zones = (self.contents.front, self.contents.body, self.contents.back)
        return tuple(entry.file for zone in zones for outer in zone for entry in (outer, *outer.contents) if entry.file)
