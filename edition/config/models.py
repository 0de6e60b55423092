"""The models of edition.yaml and the registers: every key, its kind, its default and what it means.

Knows the shapes of single values (fields); knows no file and no place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema

from .fields import (
    Bisac,
    BlockId,
    Choice,
    Day,
    EditionId,
    Id,
    IsbnText,
    Language,
    Licence,
    Path,
    Relator,
    Section,
    SeriesLetter,
    Text,
    Thema,
    Url,
    Version,
    Year,
    fault,
)


class Model(BaseModel):
    """Frozen, without unknown keys; a key without a value counts as left out. LATER: keys not built yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    LATER: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: item for key, item in value.items() if item != "" or key not in cls.model_fields}
        return value


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

    LATER = ("translator",)

    file: Path = Field("", description="A text, relative to the folder of edition.yaml")
    section: Section = Field("", description="The name of a generated section")
    part: Text = Field("", description="The title of a part; its texts stand under contents")
    contents: tuple[Entry, ...] = Field((), description="The texts of a part")
    title: Text = Field("", description="The title, over the one in the source")
    short: Text = Field("", description="The short title for running heads")
    by: Text = Field("", description="The author of this text")
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


class Series(Model):
    """A series of notes apart from the author's: the editor's, the translator's."""

    name: Id = Field(description="Its name: editorial; notes of TEI sources belong to it by their type")
    marks: Literal["letters", "numbers", "symbols"] = Field("letters", description="What marks its notes")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class Notes(Model):
    """Footnotes and endnotes."""

    place: Literal["foot", "chapter", "book"] = Field(
        "foot", description="Where notes stand in print: at the foot, or at the end of the chapter or of the book"
    )
    numbering: Literal["chapter", "book"] = Field("chapter", description="Where numbers begin again")
    series: dict[SeriesLetter, Series] = Field({}, description="Series by the letter of their labels: e for [^e-1]")


class Pdf(Model):
    """The print pages."""

    page: Literal["a5"] = Field("a5", description="Page format; its page numbers are the reference")
    archive: Literal["none", "a2u", "a3u"] = Field(
        "none", description="PDF/A for archives: a2u, or a3u with the TEI inside"
    )


class Press(Model):
    """The PDF for a printer."""

    bleed: float = Field(3, ge=0, le=20, description="Bleed around the trimmed page, in millimetres")
    multiple: Literal[1, 2, 4, 8, 16, 32] = Field(2, description="Blank pages are added up to a multiple of so many")
    profile: Path = Field("", description="The printer’s ICC profile, a file of the edition")


class Epub(Model):
    """The e-book."""

    pages: Literal["print", "none"] = Field("print", description="Which page numbers it carries")


class Pages(Model):
    """Which page numbers the e-book, its index and its references keep."""

    model_config = ConfigDict(populate_by_name=True)

    from_: Version = Field("", alias="from", description="A release whose page numbers stay: “1.0”")


class Index(Model):
    """The index of names."""

    order: Literal["letter", "word"] = Field("letter", description="Order: letter by letter or word by word")
    ranges: Literal["short", "mhra", "full"] = Field("short", description="Page ranges: 301–3, 301–03, 301–303")


Paths = Annotated[tuple[Path, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]
Output = Literal["tei", "epub", "pdf", "print"]


class EditionFile(Model):
    """edition.yaml. Only title, language and contents are required."""

    LATER = (
        "bibliography", "glossary",
        "booklets", "accessibility", "cip",
    )  # fmt: skip

    id: EditionId = Field("", description="Name of the outputs; the folder’s name if left out")
    title: Text = Field(description="The title of the edition")
    subtitle: Text = Field("", description="The subtitle")
    language: Language = Field(description="Main language, a BCP 47 tag: en-GB, de, sr-Cyrl")
    creators: tuple[Creator, ...] = Field((), description="Authors, editors, translators …")
    publisher: Publisher | None = Field(None, description="Imprint")
    copyright: Text = Field("", description="The copyright line")
    licence: Licence = Field("", description="SPDX id or web address of the licence")
    statement: Text = Field("", description="What the title verso says besides")
    cite_as: Text = Field("", description="How to cite this edition")
    description: Text = Field("", description="A few sentences about the edition, for catalogues")
    subjects: Subjects = Field(Subjects(), description="Keywords and subject codes")
    contents: Contents = Field(description="What the edition holds, in order: front, body, back")
    people: Paths = Field(("people.yaml",), description="Register of people, or a list of registers")
    places: Paths = Field(("places.yaml",), description="Register of places, or a list of registers")
    organisations: Paths = Field(("organisations.yaml",), description="Register of organisations, or a list of them")
    chronology: Path = Field("chronology.yaml", description="Register of events")
    decisions: Path = Field("decisions.yaml", description="What the editor decided about names and dates")
    annotations: Path = Field("annotations.yaml", description="Notes on, and corrections to, sources of others")
    read: dict[Path, ReadOptions] = Field({}, description="How to read sources, by file or pattern: text/*.txt")
    notes: Notes = Field(Notes(), description="Footnotes")
    reading: Literal["normalised", "source"] = Field(
        "normalised",
        description="What is read where a text holds both: corrected and regularised, or as the source has it",
    )
    typography: Literal["off", "check", "on"] | None = Field(
        None,
        description="Quotes, dashes, spaces by the language: off; check: only told (default for a text of another’s); "
        "on: mended (default for one’s own Markdown)",
    )
    pdf: Pdf = Field(Pdf(), description="The print pages")
    press: Press = Field(Press(), description="The PDF for a printer")
    epub: Epub = Field(Epub(), description="The e-book")
    pages: Pages = Field(Pages(), description="Page numbers that outlive edits")
    index: Index = Field(Index(), description="The index of names")
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


# --- registers


Scheme = Literal["wikidata", "viaf", "gnd", "lccn", "isni", "orcid", "geonames"]


class PersonRecord(Model):
    """A person; the key of the record is the person’s id."""

    name: Text = Field(description="The name as it is written in the text")
    sort: Text = Field("", description="The name as it is sorted: “Trotsky, Leon”; made from name if left out")
    variants: tuple[Text, ...] = Field(
        (),
        description="Other forms of the name, in any script; one with a comma (“Poluyan, Tatiana”) is a name as it is "
        "sorted, and its forms are made from it as from the name itself",
    )
    born: Text = Field("", description="Date of birth, EDTF: 1879-11-07, 1879, 1879~")
    died: Text = Field("", description="Date of death, EDTF")
    about: Text = Field("", description="Who this was, in a few words")
    idno: dict[Scheme, Text] = Field({}, description="Ids in authority files; check digits are verified")
    see_also: tuple[Id, ...] = Field((), description="Ids of entries that belong with this one")


class PlaceRecord(Model):
    """A place; the key of the record is its id."""

    name: Text = Field(description="The name as it is written in the text")
    sort: Text = Field("", description="The name as it is sorted: “Hague, The”; the name itself if left out")
    variants: tuple[Text, ...] = Field((), description="Other names of the place, in any language or script")
    about: Text = Field("", description="Where or what this is, in a few words")
    idno: dict[Scheme, Text] = Field({}, description="Ids in authority files")
    see_also: tuple[Id, ...] = Field((), description="Ids of entries that belong with this one")


class OrganisationRecord(PlaceRecord):
    """An organisation; the key of the record is its id."""

    variants: tuple[Text, ...] = Field((), description="Other names and abbreviations of it, in any language")
    born: Text = Field("", description="When it was founded, EDTF")
    died: Text = Field("", description="When it came to its end, EDTF")


class EventRecord(Model):
    """An event of the chronology; the key of the record is its id."""

    LATER = ("cite",)

    date: Text = Field(description="When, EDTF: 1936-08-19/1936-08-24")
    label: Text = Field(description="What happened, in a few words")
    people: tuple[Id, ...] = Field((), description="Ids of the people in it")
    place: Text = Field("", description="Where")
    about: Text = Field("", description="A sentence or two")


class Decisions(Model):
    """decisions.yaml: what the editor decided about names and dates."""

    forms: dict[Text, Choice] = Field({}, description="For each form of a name: a person’s id, or none")
    here: dict[BlockId, dict[Text, Choice]] = Field({}, description="Exceptions, by the id of a paragraph")
    dates: dict[BlockId, dict[Text, Choice]] = Field({}, description="For a date in a paragraph: an event, or none")


# --- releases/VERSION.yaml


class PageRecord(Model):
    """Where a page of a release began: at a word of a paragraph; without `at`, it has no text."""

    page: Text = Field(description="The label of the page")
    at: Text = Field("", description="The id of the paragraph")
    word: int = Field(0, description="The word of the paragraph on which the page began, from 0")
    text: Text = Field("", description="The first words of the page")
    unit: Text = Field("", description="Of a page without text: where it belongs")


class ReleaseRecord(Model):
    """A version of the edition that was released."""

    version: Version = Field(description="Its number: “1.1”")
    date: Day = Field(description="The day of the release: 2026-11-29")
    changes: Text = Field(description="What is new, for readers")
    sources: dict[str, str] = Field({}, description="SHA-256 of everything it was made from, or absent")
    outputs: dict[str, str] = Field({}, description="SHA-256 of what it was made into")
    pages: tuple[PageRecord, ...] = Field((), description="Where its pages began")
    also: dict[str, Text] = Field({}, description="Ids that stand on another page than their place in the text says")


People = dict[Id, PersonRecord]
Places = dict[Id, PlaceRecord]
Organisations = dict[Id, OrganisationRecord]
Events = dict[Id, EventRecord]
