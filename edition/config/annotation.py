"""The model of annotations.yaml: notes on, and corrections to, sources of others.

Knows the shapes of single values; knows no file and no place.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from .fields import BlockId, Text
from .model import Model


class Annotation(Model):
    """A note on, or a correction to, a source one does not own."""

    at: BlockId = Field(description="The id of the paragraph, as edition.lock and the TEI have it")
    find: Text = Field("", description="Words of the paragraph, quoted exactly; a note without them stands at its end")
    note: Text = Field("", description="A note on these words; Markdown")
    series: Annotated[str, Field(pattern="^[a-z]?$")] = Field("", description="The series of the note: one letter")
    corr: Text = Field("", description="What is read in their place")
    index: Text = Field("", description="An entry of the index for these words: heading > sub-heading")
    omit: bool = Field(False, description="Whether they are left out")
    why: Text = Field("", description="Why they are corrected or left out")


Annotations = tuple[Annotation, ...]
