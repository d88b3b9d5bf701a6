"""The kinds of values a catalog is made of, each knowing how to read itself from a node.

A kind's `read` returns the value, or None after reporting what was found, what is expected
and what to do. Reading never stops at a mistake, so that all are reported at once.
"""

import contextlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from .errors import CatalogError, did_you_mean
from .model import Likelihood, Link, Position
from .scale import CERTAINTIES, LIKELIHOODS, PRIORS
from .source import Node, Scalar, describe
from .text import fill, links, markdown_faults, plain_faults

ID = re.compile(r"[a-z0-9-]{1,64}")

JsonSchema = dict[str, Any]
TEXT = ["string", "number", "boolean"]
"""What other readers of YAML take for numbers or truths is a text here."""


@dataclass(slots=True)
class Reading:
    """What is gathered while the files are read."""

    errors: list[CatalogError] = field(default_factory=list)
    references: list[tuple[str, str, Position]] = field(default_factory=list)
    """Section, id and place of everything that is named somewhere."""
    asides: list[tuple[str, str, Position]] = field(default_factory=list)
    """The same of what is named without being used by that."""
    links: list[Link] = field(default_factory=list)
    """Where the texts lead."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What `{service.…}` in a text stands for."""
    unreadable: bool = False
    """Whether a file could not be read at all, so that nothing can be said to be missing."""

    def fault(self, position: Position, message: str) -> None:
        """Report a mistake."""
        self.errors.append(CatalogError(position, message))


class Kind(Protocol):
    """A kind of value."""

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07); ids are `#/definitions/` and the section."""

    def read(self, node: Node, reading: Reading) -> Any:  # noqa: ANN401 - each kind has its type
        """Return the value, or None after reporting a fault."""


@dataclass(frozen=True, slots=True)
class Plain:
    """One line of text without markup."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the text."""
        if not isinstance(node, Scalar) or not node.text.strip():
            found = describe(node)
            reading.fault(node.position, f"Found {found}; expected one line of text.")
            return None
        return _checked(node, reading, plain_faults)

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": TEXT, "pattern": r"^[^\n<>]*[^\s<>][^\n<>]*\s*$"}


@dataclass(frozen=True, slots=True)
class Markdown:
    """Markdown without raw HTML."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the Markdown."""
        if not isinstance(node, Scalar) or not node.text.strip():
            reading.fault(node.position, f"Found {describe(node)}; expected text (Markdown).")
            return None
        found = links(node.text)
        reading.links.extend(Link(target, node.at(offset)) for offset, target in found)
        return _checked(node, reading, markdown_faults)

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": TEXT, "pattern": r"\S"}


def _checked(node: Scalar, reading: Reading, faults: Any) -> str:  # noqa: ANN401 - see text.py
    for offset, message in faults(node.text):
        reading.fault(node.at(offset), message)
    text, unknown = fill(node.text, reading.values)
    for offset, name in unknown:
        hint = did_you_mean(name, reading.values)
        reading.fault(node.at(offset), f"There is no {{{name}}} in the service section.{hint}")
    return text.strip()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the word."""
        if isinstance(node, Scalar) and node.text in self.words:
            return node.text
        expected = f"one of: {', '.join(self.words)}"
        reading.fault(node.position, f"Found {describe(node)}; expected {expected}.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"enum": list(self.words)}


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    def read(self, node: Node, reading: Reading) -> bool | None:
        """Return whether it is set."""
        if isinstance(node, Scalar) and node.text in {"yes", "true", "no", "false"}:
            return node.text in {"yes", "true"}
        reading.fault(node.position, f"Found {describe(node)}; expected yes or no.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"enum": ["yes", "no", True, False]}


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` on."""

    least: float = 0.0
    whole: bool = False

    def read(self, node: Node, reading: Reading) -> float | None:
        """Return the number."""
        value = _number(node)
        if value is None or value < self.least or (self.whole and not value.is_integer()):
            kind = "a whole number" if self.whole else "a number"
            message = f"Found {describe(node)}; expected {kind} from {self.least:g} on."
            reading.fault(node.position, message)
            return None
        return int(value) if self.whole else value

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": "integer" if self.whole else "number", "minimum": self.least}


def _number(node: Node) -> float | None:
    if not isinstance(node, Scalar) or not re.fullmatch(r"-?\d+(\.\d+)?", node.text):
        return None
    value = float(node.text)
    return value if math.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class Word:
    """A word from a scale, or the number it stands for."""

    scale: Mapping[str, float]
    at_most: float
    above: float | None = None
    """Where given, the number must be greater than this."""

    def read(self, node: Node, reading: Reading) -> Likelihood | None:
        """Return the number and the word."""
        if isinstance(node, Scalar) and node.text in self.scale:
            return Likelihood(value=self.scale[node.text], word=node.text, position=node.position)
        value = _number(node)
        if value is None:
            expected = f"one of: {', '.join(self.scale)}; or a number"
        elif value > self.at_most or value < 0:
            expected = f"a number from 0 to {self.at_most:g}"
        elif self.above is not None and value <= self.above:
            expected = f"a number above {self.above:g}"
        else:
            text = node.text if isinstance(node, Scalar) else ""
            return Likelihood(value=value, word=text, position=node.position)
        reading.fault(node.position, f"Found {describe(node)}; expected {expected}.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        number: JsonSchema = {"type": "number", "minimum": 0, "maximum": self.at_most}
        if self.above is not None:
            number["exclusiveMinimum"] = self.above
        return {"anyOf": [{"enum": list(self.scale)}, number]}


@dataclass(frozen=True, slots=True)
class Date:
    """A day, year first."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the day as it is written."""
        text = node.text if isinstance(node, Scalar) else ""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            with contextlib.suppress(ValueError):
                return date.fromisoformat(text).isoformat()
        reading.fault(node.position, f"Found {describe(node)}; expected a day like 2026-01-31.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}


@dataclass(frozen=True, slots=True)
class Url:
    """An https address."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the address."""
        if isinstance(node, Scalar) and re.fullmatch(r"https://[^\s<>\"]+", node.text):
            return node.text
        message = f"Found {describe(node)}; expected an address that starts with https://."
        reading.fault(node.position, message)
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": "string", "pattern": '^https://[^\\s<>"]+$'}


@dataclass(frozen=True, slots=True)
class Id:
    """A name of the editor's own: small letters, digits and hyphens."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the id."""
        if isinstance(node, Scalar) and ID.fullmatch(node.text):
            return node.text
        expected = "small letters, digits and hyphens, at most 64"
        reading.fault(node.position, f"Found {describe(node)} as an id; expected {expected}.")
        return None

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"type": TEXT, "pattern": f"^{ID.pattern}$"}


@dataclass(frozen=True, slots=True)
class Reference:
    """The id of something in another section."""

    section: str
    aside: bool = False
    """Whether being named here does not count as being used."""

    def read(self, node: Node, reading: Reading) -> str | None:
        """Return the id; whether it exists is checked when all files are read."""
        if not isinstance(node, Scalar):
            reading.fault(node.position, f"Found {describe(node)}; expected an id.")
            return None
        named = reading.asides if self.aside else reading.references
        named.append((self.section, node.text, node.position))
        return node.text

    def json_schema(self) -> JsonSchema:
        """Return the kind as JSON Schema (draft-07)."""
        return {"$ref": f"#/definitions/{self.section}"}


LIKELIHOOD = Word(LIKELIHOODS, at_most=1)
USUAL = Word(LIKELIHOODS, at_most=0.99, above=0)
PRIOR = Word(PRIORS, at_most=1000, above=0)
FITS = Word(CERTAINTIES, at_most=0.99, above=0.5)
