"""JSON Schemas of the YAML files, for text editors to complete and check. Knows the models; knows no file."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from .annotation import Annotations
from .models import EditionFile
from .reference import Terms, Works
from .registers import Decisions, Events, Organisations, People, Places

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, Any] = {
    "edition.yaml": EditionFile,
    "people.yaml": People,
    "places.yaml": Places,
    "organisations.yaml": Organisations,
    "chronology.yaml": Events,
    "bibliography.yaml": Works,
    "glossary.yaml": Terms,
    "decisions.yaml": Decisions,
    "annotations.yaml": Annotations,
}


class _Untitled(GenerateJsonSchema):
    """Without a title for every field: it would only repeat the key."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schemas() -> dict[str, dict[str, Any]]:
    """File name -> JSON Schema, draft 2020-12. Keys that are not built yet are left out."""
    return {name: _schema(name, kind) for name, kind in _FILES.items()}


def _schema(name: str, kind: Any) -> dict[str, Any]:
    found = TypeAdapter(kind).json_schema(schema_generator=_Untitled)
    return {"$schema": _DRAFT, **found, "title": name, "additionalProperties": False}
