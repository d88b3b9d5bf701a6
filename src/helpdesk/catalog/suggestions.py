"""The ids a catalog has, put into the schemas for editors, to choose from.

Nothing is refused by that: an id that is not there yet stays possible.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from helpdesk.diagnosis.model import NOT_SURE

from .fields import JsonSchema, Reference
from .model import Catalog
from .schema import SECTIONS

Answers = Mapping[str, Sequence[str]]
"""The answers of each question."""


def with_ids(schema: JsonSchema, catalog: Catalog) -> JsonSchema:
    """Return a schema that suggests the ids of a catalog, and for each question its answers."""
    answers = {name: list(asked.answers) for name, asked in catalog.questions.items()}
    suggesting: JsonSchema = _with_answers(schema, answers)
    definitions = {
        section: _suggesting(list(getattr(catalog, section)), anything)
        for section, anything in schema["definitions"].items()
        if section in SECTIONS
    }
    return {**suggesting, "definitions": definitions}


def _with_answers(schema: Any, answers: Answers) -> Any:  # noqa: ANN401 - any JSON
    """Return JSON in which what is said of a question knows the answers of that question."""
    if isinstance(schema, list):
        return [_with_answers(inner, answers) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _with_answers(inner, answers) for name, inner in schema.items()}
    if found.get("propertyNames") == Reference("questions").json_schema():
        said = found["additionalProperties"]
        found["properties"] = {name: _said(said, names) for name, names in answers.items()}
    return found


def _said(schema: JsonSchema, answers: Sequence[str]) -> JsonSchema:
    """Return the schema of what is said of a question: by answer, as a list, or as one answer."""
    if schema["type"] == "object":
        names = _suggesting(answers, schema["propertyNames"])
        return {**schema, "propertyNames": names}
    if schema["type"] == "array":
        return {**schema, "items": _suggesting(answers, schema["items"])}
    return _suggesting([*answers, NOT_SURE], schema)


def _suggesting(ids: Sequence[str], anything: JsonSchema) -> JsonSchema:
    return {"anyOf": [{"enum": list(ids)}, anything]} if ids else anything
