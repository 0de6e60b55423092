"""The models of `booklets:` in edition.yaml: excerpts as little books of their own, on sheets to be folded.

Knows the shapes of single values; knows no text, so that whether a locator leads somewhere is seen elsewhere.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .fields import Id, PageName, Text, fault
from .model import Model


def _ascending(value: tuple[float, ...]) -> tuple[float, ...]:
    if len(value) != 2 or value[0] > value[1]:
        raise fault("config-value", "these are no limits", "write the least and the most: [9, 10.5]")
    return value


Limits = Annotated[tuple[float, ...], AfterValidator(_ascending)]


class Fit(Model):
    """A count of pages that the booklet is to have at most, and how far its type may give way."""

    pages: int = Field(ge=4, le=400, description="The most pages, blanks and covers included")
    size: Limits = Field((8.5, 10.5), description="Size of type, least and most, in points")
    leading: Limits = Field((1.2, 1.4), description="Distance of lines as a multiple of the size, least and most")


class Booklet(Model):
    """An excerpt of the edition, set as a book of its own and put on sheets."""

    id: Id = Field(description="The name of the booklet: part of the name of its file")
    title: Text = Field("", description="Its title; the edition’s if left out")
    contents: tuple[Text, ...] = Field(min_length=1, description="What it holds: ids, or passages, p-12aa..p-40bc")
    registers: bool = Field(True, description="Who is who, chronology, glossary and index, as far as needed")
    questions: bool = Field(True, description="Questions at the ends of its texts")
    answers: bool = Field(False, description="A leader’s booklet, which shows the answers too")
    notes_pages: int = Field(0, ge=0, le=40, description="Empty ruled pages at the end, for notes")
    cover: bool = Field(False, description="A cover: its title in front, what the edition is behind")
    page: PageName | None = Field(None, description="Page format; that of the edition if left out")
    sheet: Literal["a4", "a3", "letter", "legal", "none"] = Field(
        "a4", description="Paper, two pages to a side; none: single pages"
    )
    flip: Literal["short-edge", "long-edge"] = Field("short-edge", description="Over which edge the printer turns it")
    passes: Literal["duplex", "single"] = Field("duplex", description="Sides in turn, or all fronts and then all backs")
    signature: int = Field(0, ge=0, le=32, description="The most sheets in one fold; 0: all (saddle stitch)")
    paper: float = Field(0.1, ge=0, le=1, description="Thickness of the paper in millimetres, for creep")
    test_sheet: bool = Field(False, description="A sheet besides, to see whether the printer turns paper as told")
    fit: Fit | None = Field(None, description="Fit it to a count of pages")
