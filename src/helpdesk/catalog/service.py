"""The site owner's own figures and contacts: values for texts, and for the wizard."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .fields import JsonSchema, Reading
from .model import Position, Service
from .records import Field, ListOf
from .source import Entries, Items, Node, Scalar, describe

SERVICE_SECTION = "service"


@dataclass(frozen=True, slots=True)
class Shaped:
    """One line of text of a shape that is described by an example."""

    pattern: str
    example: str

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the text."""
        if isinstance(node, Scalar) and re.fullmatch(self.pattern, node.text):
            return node.text
        reading.fault(node.position, f"Found {describe(node)}; expected {self.example}.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": "string", "pattern": f"^({self.pattern})$"}


TICKET_URL = Shaped(
    r"https://[^\s<>\"{}]+([^\s<>\"{}]|\{(summary|code|link|catalog)\})*",
    'an address like "https://support.example.com/new?text={summary}", '
    "with {summary}, {code}, {link} and {catalog} only",
)
EMAIL = Shaped(r"[^\s@<>\"?&]+@[^\s@<>\"?&]+\.[^\s@<>\"?&.]+", 'an address like "help@example.com"')

ORIGIN = Shaped(
    r"https://[a-z0-9.-]+(:[0-9]+)?|http://(localhost|127\.0\.0\.1)(:[0-9]+)?",
    'an origin like "https://login.example.com", without a path',
)

SAME_ORIGIN = "same-origin"
"""Reports of what helped stand in the access log of the site's own host."""
OUTCOMES = Shaped(
    rf"{SAME_ORIGIN}|({ORIGIN.pattern})(/[A-Za-z0-9._~/-]*)?",
    f'"{SAME_ORIGIN}", or an address like "https://reports.example.com/help", without ? and #',
)

FIELDS: Mapping[str, Field] = {
    "email": Field(EMAIL, "Where support reads mail; the wizard offers one filled in.", default=""),
    "ticket_url": Field(
        TICKET_URL,
        "The ticket form, with {summary}, {code}, {link} or {catalog} where the wizard fills in.",
        default="",
    ),
    "embedded_in": Field(
        ListOf(ORIGIN), "Origins of pages that may embed the wizard and hear of it.", default=()
    ),
    "outcomes": Field(
        OUTCOMES,
        "Lets readers report what helped, by ids alone: same-origin (the access log) or an address."
        " Left out, nothing is reported.",
        default="",
    ),
}
"""What the wizard needs to know; all else is only for texts."""


def read_service(node: Node | None, reading: Reading, folder: Position) -> Service:
    """Return the service, which is read first, because every text may name its values."""
    values: dict[str, str] = {}
    channels: tuple[str, ...] = ()
    known = {name: field.default for name, field in FIELDS.items()}
    if isinstance(node, Entries):
        for key, value in node.entries:
            if key.text == "channels" and isinstance(value, Items):
                channels = tuple(item.text for item in value.items if isinstance(item, Scalar))
                continue
            if key.text in FIELDS:
                field = FIELDS[key.text]
                known[key.text] = field.kind.read(value, reading) or field.default
            values |= dict(_scalars(f"service.{key.text}", value))
        if "service.name" not in values:
            reading.fault(node.position, 'The field "name" is missing. Add it.')
    elif node:
        reading.fault(node.position, f"Found {describe(node)}; expected fields: name, channels.")
    reading.values = values
    return Service(
        name=values.get("service.name", ""),
        channels=channels,
        values=values,
        **known,
        position=node.position if node else folder,
    )


def _scalars(name: str, node: Node) -> Iterator[tuple[str, str]]:
    """Yield every text below a node with its dotted name."""
    if isinstance(node, Scalar):
        yield name, node.text
    elif isinstance(node, Entries):
        for key, value in node.entries:
            yield from _scalars(f"{name}.{key.text}", value)
