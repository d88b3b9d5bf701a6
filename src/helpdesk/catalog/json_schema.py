"""The format of the catalog's files as JSON Schema (draft-07): completion and help while writing.

Made from `schema.py`, so that what an editor is told while writing is what `load` accepts.
A schema sees one file at a time; what only the whole catalog shows is for `helpdesk check`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from .fields import Id, JsonSchema, Plain
from .records import ListOf, Record
from .says import SAYS
from .schema import INTRODUCTION, INTRODUCTION_SECTION, SECTIONS
from .service import FIELDS, SERVICE_SECTION
from .translation import TEXTS

FOLDER = ".schema"
"""Where the files stand, below the catalog's folder."""

DRAFT = "http://json-schema.org/draft-07/schema#"


def schemas() -> dict[str, JsonSchema]:
    """Return the schema of each kind of file, by name."""
    return {
        "catalog": _of_catalog(),
        "translation": _of_translation(),
        "says": _document("How people say it, one file of says/.", SAYS.json_schema()),
    }


def write_schemas(folder: Path, made: Mapping[str, JsonSchema] | None = None) -> list[Path]:
    """Write the schemas below a catalog's folder, and return their paths."""
    written = []
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, schema in (made or schemas()).items():
        path = folder / FOLDER / f"{name}.json"
        path.write_text(as_text(schema), encoding="utf-8")
        written.append(path)
    return written


def as_text(schema: JsonSchema) -> str:
    """Return a schema as it stands in a file."""
    return f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n"


def _of_catalog() -> JsonSchema:
    sections = {name: _section(record) for name, record in SECTIONS.items()}
    introduction = {INTRODUCTION_SECTION: INTRODUCTION.json_schema()}
    whole = _sections({**introduction, SERVICE_SECTION: _service(), **sections})
    return _document("A file of the catalog.", whole)


def _of_translation() -> JsonSchema:
    introduction = {INTRODUCTION_SECTION: TEXTS[INTRODUCTION_SECTION].json_schema()}
    sections = {
        name: _section(record) for name, record in TEXTS.items() if name != INTRODUCTION_SECTION
    }
    whole = _sections({**introduction, **sections})
    return _document("The catalog's texts in another language.", whole)


def _document(about: str, schema: JsonSchema) -> JsonSchema:
    definitions = {name: Id().json_schema() for name in SECTIONS}
    return {"$schema": DRAFT, "description": about, **schema, "definitions": definitions}


def _sections(properties: JsonSchema) -> JsonSchema:
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": properties,
    }


def _section(record: Record) -> JsonSchema:
    """Return a section: ids, each with its fields."""
    return {
        "description": record.about,
        "type": "object",
        "propertyNames": Id().json_schema(),
        "additionalProperties": record.json_schema(),
    }


def _service() -> JsonSchema:
    name = {"description": "What you are called.", **Plain().json_schema()}
    channels = {"description": "The ways it can reach people.", **ListOf(Id()).json_schema()}
    own = {key: field.json_schema() for key, field in FIELDS.items()}
    return {
        "description": "The site owner's own values; {service.name} in a text stands for one.",
        "type": "object",
        "required": ["name"],
        "properties": {"name": name, "channels": channels, **own},
    }
