"""The models of print in edition.yaml: notes, pages, the PDF for a printer.

Knows the shapes of single values; knows no text and no style.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from .fields import Id, PageName, Path, SeriesLetter, fault
from .model import Model


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
    numbering: Literal["chapter", "book", "page"] = Field(
        "chapter", description="Where numbers begin again; page: on every page of print, in the e-book per chapter"
    )
    series: dict[SeriesLetter, Series] = Field({}, description="Series by the letter of their labels: e for [^e-1]")

    @model_validator(mode="after")
    def _on_pages(self) -> Notes:
        if self.numbering == "page" and self.place != "foot":
            text = "notes numbered by the page stand at its foot, not at the end of a chapter or of the book"
            raise fault("config-value", text, "leave out “place”, or number them by the chapter")
        return self


class LineNumbers(Model):
    """Numbers of lines in the margin of print."""

    every: int = Field(5, ge=0, le=100, description="Every so many lines have their number; 0: none")
    anew: Literal["page", "chapter"] = Field("page", description="Where counting begins again")

    @model_validator(mode="before")
    @classmethod
    def _from_count(cls, value: Any) -> Any:
        if isinstance(value, dict):
            return value
        if not str(value).isdigit() or int(value) > 100:
            hint = "write 5, or {every: 5, anew: chapter}"
            raise fault("config-value", f"“{value}” is no count of lines from 0 to 100", hint)
        return {"every": int(value)}

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 100}, handler(schema)]}


class Pdf(Model):
    """The print pages."""

    page: PageName = Field("a5", description="Page format; its page numbers are the reference")
    also: tuple[PageName, ...] = Field((), description="Other formats, with the reference’s page numbers in the margin")
    archive: Literal["none", "a2u", "a3u"] = Field(
        "none", description="PDF/A for archives: a2u, or a3u with the TEI inside"
    )
    verse_numbers: int = Field(0, ge=0, le=100, description="Every so many lines of verse have their number; 0: none")
    line_numbers: LineNumbers = Field(
        LineNumbers(every=0),
        description="Every so many lines have their number: 5, or {every: 5, anew: chapter}",
    )


class Press(Model):
    """The PDF for a printer."""

    bleed: float = Field(3, ge=0, le=20, description="Bleed around the trimmed page, in millimetres")
    multiple: Literal[1, 2, 4, 8, 16, 32] = Field(2, description="Blank pages are added up to a multiple of so many")
    profile: Path = Field("", description="The printer’s ICC profile, a file of the edition")
