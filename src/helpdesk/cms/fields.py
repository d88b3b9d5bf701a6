"""From the JSON Schema of a value, and the value as it is now, to a field of a form.

What the schema leaves open, such as which ids there are, the value tells.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from helpdesk.catalog.source import Entries, Items, Node, Scalar

Schema = Mapping[str, Any]
Field = dict[str, Any]

PROSE = "\\S"
"""The pattern of a text of several lines."""


@dataclass(frozen=True, slots=True)
class Form:
    """What all fields of a form share."""

    ids: Mapping[str, Collection[str]]
    """The ids of each section."""

    def field(self, name: str, schema: Schema, node: Node | None, *, required: bool) -> Field:
        """Return the field for a value."""
        about = {"hint": schema["description"]} if "description" in schema else {}
        return {
            "name": name,
            "label": name,
            "required": required,
            **about,
            **self._kind(schema, node),
        }

    def fields(self, schema: Schema, node: Node | None) -> list[Field]:
        """Return the fields of an object, or of a mapping with the keys it has."""
        schema = _fitting(schema, node)
        values = _values(node)
        needed = schema.get("required", ())
        known = schema.get("properties", {})
        fields = [
            self.field(name, inner, values.get(name), required=name in needed)
            for name, inner in known.items()
        ]
        each = schema.get("additionalProperties")
        own = [name for name in values if name not in known]
        if isinstance(each, Mapping):
            keys = dict.fromkeys([*own, *self._named(schema.get("propertyNames", {}))])
            fields += [self.field(key, each, values.get(key), required=key in own) for key in keys]
        elif "additionalProperties" not in schema:  # anything goes: keep what is there
            fields += [self.field(key, {}, values[key], required=False) for key in own]
        return fields

    def _kind(self, schema: Schema, node: Node | None) -> Field:
        schema = _fitting(schema, node)
        section = _section(schema)
        if section:
            return self._choice(self.ids.get(section, ()), node)
        words = [word for part in _parts(schema) for word in part.get("enum", ())]
        if words:
            return self._choice([word for word in words if isinstance(word, str)], node)
        if _type(schema) == "array" or isinstance(node, Items):
            return self._list(schema.get("items", {}), node)
        if _is_mapping(schema, node):
            return self._mapping(schema, node)
        if _type(schema) in {"number", "integer"}:
            kind = "int" if _type(schema) == "integer" else "float"
            limits = {"min": schema["minimum"]} if "minimum" in schema else {}
            return {"widget": "number", "value_type": kind, **limits}
        return _text(str(schema.get("pattern", "")), node)

    def _mapping(self, schema: Schema, node: Node | None) -> Field:
        each = schema.get("additionalProperties")
        inner = _fitting(each, None) if isinstance(each, Mapping) else {}
        if inner and _type(inner) != "array" and not _is_mapping(inner, None):
            return {"widget": "keyvalue"}
        return {"widget": "object", "collapsed": True, "fields": self.fields(schema, node)}

    def _list(self, schema: Schema, node: Node | None) -> Field:
        first = node.items[0] if isinstance(node, Items) and node.items else None
        item = self.field("item", schema, first, required=True)
        return {"widget": "list", "field": item}

    def _choice(self, words: Collection[str], node: Node | None) -> Field:
        """Return a choice of words; a number that stands there now is one of them."""
        own = [node.text] if isinstance(node, Scalar) and node.text not in words else []
        options = [*words, *own]
        return {"widget": "select", "options": options} if options else {"widget": "string"}

    def _named(self, schema: Schema) -> Collection[str]:
        section = _section(schema)
        return self.ids.get(section, ()) if section else ()


def _text(pattern: str, node: Node | None) -> Field:
    if pattern == PROSE or (isinstance(node, Scalar) and "\n" in node.text.strip()):
        return {"widget": "markdown", "modes": ["raw", "rich_text"]}
    return {"widget": "string"} | ({"pattern": [pattern, "See the hint."]} if pattern else {})


def _type(schema: Schema) -> str:
    """Return the type; a text that may look like a number is a text."""
    return str(schema["type"]) if isinstance(schema.get("type"), str) else ""


def _is_mapping(schema: Schema, node: Node | None) -> bool:
    return _type(schema) == "object" or (not schema and isinstance(node, Entries))


def _parts(schema: Schema) -> Iterator[Schema]:
    """Yield a schema and those it is made of."""
    yield schema
    for name in ("anyOf", "allOf"):
        for part in schema.get(name, ()):
            yield from _parts(part)


def _section(schema: Schema) -> str:
    """Return the section whose ids a value has to be, or nothing."""
    found = (str(part["$ref"]) for part in _parts(schema) if "$ref" in part)
    return next(found, "").rpartition("/")[2]


def _fitting(schema: Schema, node: Node | None) -> Schema:
    """Return the one of several schemas that a value is of; the first where there is none."""
    parts: list[Schema] = [
        part for part in schema.get("anyOf", ()) if _type(part) in {"object", "array"}
    ]
    if not parts:
        return schema
    if isinstance(node, Entries):
        keys = set(_values(node))
        return next((p for p in parts if keys <= set(p.get("properties", ()))), parts[0])
    if isinstance(node, Scalar):
        return next((p for p in schema["anyOf"] if p not in parts), parts[0])
    return parts[-1] if isinstance(node, Items) else parts[0]


def _values(node: Node | None) -> dict[str, Node]:
    return {key.text: value for key, value in node.entries} if isinstance(node, Entries) else {}
