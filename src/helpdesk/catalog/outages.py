"""What is out of order for a while: what readers are told, and what it makes likelier."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from .errors import CatalogError
from .fields import JsonSchema, Markdown, Plain, Reading, Reference, Word
from .model import Catalog
from .records import Field, MapOf, Record
from .source import Node, Scalar, describe

MOMENT = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)"
RAISES = {"likelier": 5.0, "much likelier": 20.0, "almost certain": 100.0}
"""How many times as likely as usual."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time of a zone."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the moment in universal time."""
        if isinstance(node, Scalar) and re.fullmatch(MOMENT, node.text):
            try:
                moment = datetime.fromisoformat(node.text).astimezone(UTC)
                return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
            except (ValueError, OverflowError):
                pass
        expected = "a moment with its zone, like 2026-01-31 18:00Z or 2026-01-31 19:00+01:00"
        reading.fault(node.position, f"Found {describe(node)}; expected {expected}.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": "string", "pattern": f"^{MOMENT}$"}


OUTAGE = Record(
    {
        "title": Field(Plain(), "What is out of order.", required=True),
        "text": Field(Markdown(), "What readers can do meanwhile.", default=""),
        "begins": Field(Moment(), "Since when.", required=True),
        "ends": Field(Moment(), "When it is forgotten by itself.", required=True),
        "causes": Field(
            MapOf(Reference("causes", aside=True), Word(RAISES, at_most=1000, above=0)),
            "Causes that are likelier meanwhile, and how much.",
            default={},
        ),
    },
    "Something that is out of order for a while.",
)


def outage_faults(catalog: Catalog) -> Iterator[CatalogError]:
    """Yield the outages that are over before they begin."""
    for outage in catalog.outages.values():
        if outage.ends <= outage.begins:
            yield CatalogError(outage.position, f'"{outage.id}" ends before it begins.')
