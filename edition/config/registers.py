"""The models of the registers and of decisions.yaml: every key, its kind, its default and what it means.

Knows the shapes of single values (fields); knows no file and no place.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .fields import BlockId, Calendar, Choice, Day, Id, Text, Version, YearStart
from .model import Model
from .models import Locators

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
    family: Text = Field("", description="Family: people of one family stand together in who is who, if asked for")
    cite: Text = Field("", description="Where this is known from: “[@key, p. 4]”")


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

    date: Text = Field(description="When, EDTF: 1936-08-19/1936-08-24")
    calendar: Calendar = Field("gregorian", description="The calendar of this date; julian is shown in both")
    year_start: YearStart = Field("01-01", description="The day the year of this date began on, whatever its calendar")
    label: Text = Field(description="What happened, in a few words")
    people: tuple[Id, ...] = Field((), description="Ids of the people in it")
    place: Text = Field("", description="Where")
    about: Text = Field("", description="A sentence or two")
    cite: Text = Field("", description="Where this is known from: “[@key, p. 4]”")


class Decisions(Model):
    """decisions.yaml: what the editor decided about names and dates."""

    forms: dict[Text, Choice] = Field({}, description="For each form of a name: a person’s id, or none")
    here: dict[BlockId, dict[Text, Choice]] = Field({}, description="Exceptions, by the id of a paragraph")
    dates: dict[BlockId, dict[Text, Choice]] = Field({}, description="For a date in a paragraph: an event, or none")
    subs: dict[Id, dict[Text, Locators]] = Field(
        {}, description="Sub-headings of the index: for an id of a register, each with the places it holds for"
    )


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
