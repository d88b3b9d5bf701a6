"""The kinds of values that are made of others: lists, mappings and records with fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.diagnosis.model import NOT_SURE

from .errors import did_you_mean
from .fields import FITS, Id, JsonSchema, Kind, Reading, Reference
from .source import Entries, Items, Node, Scalar, describe

CODES = "codes"
ANSWERS_AT_LEAST = 2


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one kind of value."""

    kind: Kind

    def read(self, node: Node, reading: Reading) -> tuple[Any, ...] | None:
        """Return the values that could be read."""
        if not isinstance(node, Items) or not node.items:
            message = f"Found {describe(node)}; expected a list like [one, two]."
            reading.fault(node.position, message)
            return None
        values = [self.kind.read(item, reading) for item in node.items]
        return tuple(value for value in values if value is not None)

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": "array", "minItems": 1, "items": self.kind.json_schema()}


@dataclass(frozen=True, slots=True)
class MapOf:
    """Names, each with one kind of value."""

    key: Kind
    value: Kind

    def read(self, node: Node, reading: Reading) -> dict[str, Any] | None:
        """Return what could be read, in the order of the file."""
        if not isinstance(node, Entries) or not node.entries:
            message = f"Found {describe(node)}; expected names, each with a value."
            reading.fault(node.position, message)
            return None
        pairs = [
            (self.key.read(key, reading), self.value.read(value, reading))
            for key, value in node.entries
        ]
        return {key: value for key, value in pairs if key is not None and value is not None}

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": self.key.json_schema(),
            "additionalProperties": self.value.json_schema(),
        }


@dataclass(frozen=True, slots=True)
class Field:
    """A named field of a record."""

    kind: Kind
    about: str = ""
    """What an editor is told of it."""
    required: bool = False
    default: Any = None

    def json_schema(self) -> JsonSchema:
        """Return the field as JSON Schema (draft-07)."""
        schema = self.kind.json_schema()
        if self.about:
            # What stands beside a reference does not count in this draft.
            schema = {"allOf": [schema]} if "$ref" in schema else schema
            schema = {"description": self.about, **schema}
        return schema | {"default": self.default} if self.default else schema


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known fields."""

    fields: Mapping[str, Field]
    about: str = ""
    """What an editor is told of it."""
    least: int = 0
    """How many of the fields must be there at least."""

    def read(self, node: Node, reading: Reading) -> dict[str, Any] | None:
        """Return every field's value, and `position`; None if a required one is missing."""
        if not isinstance(node, Entries):
            known = ", ".join(self.fields)
            reading.fault(node.position, f"Found {describe(node)}; expected fields: {known}.")
            return None
        values = {name: field.default for name, field in self.fields.items()}
        broken = self._read_fields(node, reading, values)
        stated = {key.text for key, _ in node.entries}
        missing = [name for name, f in self.fields.items() if f.required and name not in stated]
        for name in missing:
            reading.fault(node.position, f'The field "{name}" is missing. Add it.')
        if len(stated & set(self.fields)) < self.least:
            known = ", ".join(self.fields)
            reading.fault(node.position, f"Found {describe(node)}; expected one of: {known}.")
            return None
        if missing or broken:
            return None
        return values | {"position": node.position}

    def _read_fields(self, node: Entries, reading: Reading, values: dict[str, Any]) -> bool:
        broken = False
        for key, value in node.entries:
            if key.text not in self.fields:
                hint = did_you_mean(key.text, self.fields)
                reading.fault(key.position, f'There is no field "{key.text}" here.{hint}')
                continue
            known = self.fields[key.text]
            values[key.text] = known.kind.read(value, reading)
            broken = broken or (values[key.text] is None and known.required)
            if values[key.text] is None:
                values[key.text] = known.default
        return broken

    def json_schema(self) -> JsonSchema:
        """Return the record as JSON Schema (draft-07)."""
        required = [name for name, known in self.fields.items() if known.required]
        properties = {name: known.json_schema() for name, known in self.fields.items()}
        schema: JsonSchema = {"description": self.about} if self.about else {}
        schema |= {"type": "object", "additionalProperties": False, "properties": properties}
        schema |= {"minProperties": self.least} if self.least else {}
        return schema | {"required": required} if required else schema


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a question: its own, or `codes: very likely`, those of `codes.csv`."""

    own: Kind

    def read(self, node: Node, reading: Reading) -> Any:  # noqa: ANN401 - two types
        """Return the answers, or how surely a code points to its causes."""
        entries = node.entries if isinstance(node, Entries) else ()
        match entries:
            case ((Scalar(text=name), Scalar() as fits),) if name == CODES:
                return FITS.read(fits, reading)
        return self.own.read(node, reading)

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        codes = Record(
            {CODES: Field(FITS, "How surely a code points to its causes.", required=True)}
        )
        own = self.own.json_schema() | {"minProperties": ANSWERS_AT_LEAST}
        own["propertyNames"] = own["propertyNames"] | {"not": {"const": NOT_SURE}}
        return {"anyOf": [own, codes.json_schema()]}


@dataclass(frozen=True, slots=True)
class Whom:
    """Who an instruction is for: `phone: iphone` or `country: [sg, ie]`."""

    def read(self, node: Node, reading: Reading) -> tuple[str, tuple[str, ...]] | None:
        """Return the reader and the choices."""
        match node:
            case Entries(entries=((name, choices),)):
                one = Items((choices,), choices.position)
                several = choices if isinstance(choices, Items) else one
                reader = Reference("readers").read(name, reading)
                read = ListOf(Id()).read(several, reading)
                return (reader, read) if reader and read else None
        expected = 'one reader and its choices, like "reader: [choice]"'
        reading.fault(node.position, f"Found {describe(node)}; expected {expected}.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        choices = {"anyOf": [Id().json_schema(), ListOf(Id()).json_schema()]}
        return {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "propertyNames": Reference("readers").json_schema(),
            "additionalProperties": choices,
        }
