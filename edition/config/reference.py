"""The models of bibliography.yaml and glossary.yaml: every key, its kind, its default and what it means.

Knows the shapes of single values (fields); knows no file and no place.
"""

from __future__ import annotations

from pydantic import Field

from .fields import Id, Text, Url
from .model import Model
from .models import Texts


class WorkRecord(Model):
    """A work that can be cited; the key of the record is its id."""

    author: Texts = Field((), description="Author, or a list: “Rogovin, Vadim Z.”; an institution without a comma")
    editor: Texts = Field((), description="Editor, or a list; of a chapter, of the book it is in")
    translator: Texts = Field((), description="Translator, or a list")
    title: Text = Field(description="The title, with its subtitle")
    short: Text = Field("", description="The short title for later citations; made from the title if left out")
    book: Text = Field("", description="Of a chapter: the title of the book")
    journal: Text = Field("", description="Of an article: the title of the journal")
    volume: Text = Field("", description="Volume")
    issue: Text = Field("", description="Issue")
    pages: Text = Field("", description="Pages of a chapter or article: 12–40")
    edition: Text = Field("", description="Edition: 2nd")
    place: Text = Field("", description="Place of publication")
    publisher: Text = Field("", description="Publisher; of a web page, the site")
    date: Text = Field("", description="Year or date of publication, EDTF")
    url: Url = Field("", description="Web address")
    accessed: Text = Field("", description="When that address was read, EDTF")
    note: Text = Field("", description="What else the bibliography says of it")


class TermRecord(Model):
    """A term of the glossary; the key of the record is its id."""

    term: Text = Field(description="The term as it stands in the glossary")
    about: Text = Field(description="What it means, in Markdown of one paragraph")
    variants: Texts = Field((), description="Other forms of it in the text: plurals, spellings")


Works = dict[Id, WorkRecord]
Terms = dict[Id, TermRecord]
