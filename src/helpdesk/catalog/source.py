"""Read YAML as editors mean it: every scalar is the text it is, and has a place.

YAML's own guesses destroy this domain's data (`NO` becomes false, `0123` an octal number,
`12:30` a number of seconds), so only its events are used. What makes YAML dangerous or
ambiguous is refused: aliases, tags, duplicate keys, several documents, control characters.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from .errors import CatalogError
from .model import Position

BYTES_AT_MOST = 1_000_000
DEPTH_AT_MOST = 30
NODES_AT_MOST = 200_000
SHOWN_AT_MOST = 40
"""Characters of a text that a message repeats."""

FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, and those that silently turn the direction of text around."""

_Loader = getattr(yaml, "CLoader", yaml.Loader)


@dataclass(slots=True)  # to make frozen ones takes three times as long
class Scalar:
    """A text."""

    text: str
    position: Position
    lines: tuple[str, ...] | None = None
    """The lines of the file, where the text is a literal block (`|`)."""

    def at(self, offset: int) -> Position:
        """Return the place of a character of the text, as near as YAML allows."""
        if self.lines is None:
            return self.position
        before = self.text[:offset]
        line = self.position.line + 1 + before.count("\n")
        if line > len(self.lines):
            return self.position
        indent = len(self.lines[line - 1]) - len(self.lines[line - 1].lstrip(" "))
        return Position(self.position.path, line, indent + 1 + offset - (before.rfind("\n") + 1))


@dataclass(slots=True)
class Items:
    """A list."""

    items: tuple["Node", ...]
    position: Position


@dataclass(slots=True)
class Entries:
    """A mapping, in the order of the file."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    position: Position


Node = Scalar | Items | Entries


_Beginning = yaml.ScalarEvent | yaml.CollectionStartEvent | Any
"""The event a node begins with: an alias, too, has an anchor."""


class _RefusedError(Exception):
    """The file cannot be read any further."""


def yaml_files(folder: Path) -> list[Path]:
    """Return the files of a folder that editors mean; those that start with a dot are not."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix in {".yml", ".yaml"} and not path.name.startswith(".") and not path.is_fifo()
    )


def read(path: Path, shown: str) -> tuple[Node | None, list[CatalogError]]:
    """Return the tree of a YAML file and what is wrong with it.

    `shown` is the path as errors print it. The tree is None where the file is empty or
    cannot be read at all.
    """
    text, errors = read_text(path, shown)
    if errors:
        return None, errors
    builder = _Builder(shown, text)
    try:
        return builder.document(), builder.errors
    except _RefusedError:
        return None, builder.errors


def read_text(path: Path, shown: str) -> tuple[str, list[CatalogError]]:
    """Return the text of a file, or what is wrong with it."""
    start = Position(shown, 1, 1)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        return "", [CatalogError(start, f"The file cannot be read: {reason}.")]
    if len(data) > BYTES_AT_MOST:
        message = f"The file has {len(data)} bytes; expected at most {BYTES_AT_MOST}. Split it."
        return "", [CatalogError(start, message)]
    return _decode(data, shown)


def yaml_faults(text: str, start: Position) -> list[CatalogError]:
    """Return what is wrong with YAML that stands in another file, from `start` on."""
    try:
        for _ in yaml.parse(text, Loader=_Loader):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        place = Position(start.path, start.line + line, start.column + column)
        return [CatalogError(place, _yaml_message(error.problem or ""))]
    return []


def _decode(data: bytes, shown: str) -> tuple[str, list[CatalogError]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        message = "This is not UTF-8 text. Save the file as UTF-8."
        return "", [CatalogError(Position(shown, line, column), message)]
    text = text.replace("\r\n", "\n")
    errors = [
        CatalogError(
            _place(shown, text, match.start()),
            f"Found the invisible control character U+{ord(match[0]):04X}. Delete it.",
        )
        for match in FORBIDDEN.finditer(text)
    ]
    return text, errors


def _place(shown: str, text: str, offset: int) -> Position:
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(shown, text.count("\n", 0, offset) + 1, offset - line_start + 1)


class _Builder:
    """Builds the tree from YAML's events."""

    def __init__(self, shown: str, text: str) -> None:
        self.errors: list[CatalogError] = []
        self._shown = shown
        self._lines = tuple(text.split("\n"))
        self._event: Callable[[], Any] = _Loader(text).get_event
        self._nodes = 0
        self._words: dict[str, str] = {}

    def document(self) -> Node | None:
        """Return the root of the only document."""
        try:
            return self._document()
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line, mark.column) if mark else (0, 0)
            reason = " ".join(part for part in (error.problem, error.context) if part)
            self._fail(Position(self._shown, line + 1, column + 1), _yaml_message(reason))
        except (yaml.YAMLError, ValueError, IndexError) as error:
            self._fail(Position(self._shown, 1, 1), _yaml_message(str(error)))

    def _document(self) -> Node | None:
        root = None
        documents = 0
        while event := self._event():
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, 'Found a second document after "---". Delete that line.')
                root = self._node(self._event(), 0)
        empty = isinstance(root, Scalar) and not root.text
        return None if empty else root

    def _node(self, event: _Beginning, depth: int) -> Node:
        self._nodes += 1
        if event.anchor or event.tag or depth > DEPTH_AT_MOST or self._nodes > NODES_AT_MOST:
            self._refuse_node(event, depth)
        place = self._position(event)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == "|":
                return Scalar(event.value, place, self._lines)
            return Scalar(self._words.setdefault(event.value, event.value), place)
        if isinstance(event, yaml.MappingStartEvent):
            return Entries(self._mapping(depth), place)
        return Items(tuple(self._items(depth)), place)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._event(), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int) -> tuple[tuple[Scalar, Node], ...]:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(event := self._event(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._event(), depth + 1)
            if not isinstance(key, Scalar):
                message = "Found a list or mapping as a key; expected a name."
                self.errors.append(CatalogError(key.position, message))
            elif key.text in entries:
                first = entries[key.text][0].position.line
                message = f'"{key.text}" stands here and in line {first}. Keep one of them.'
                self.errors.append(CatalogError(key.position, message))
            else:
                entries[key.text] = (key, value)
        return tuple(entries.values())

    def _refuse_node(self, event: _Beginning, depth: int) -> NoReturn:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, "Found an alias (*name). Write the text out.")
        if event.anchor:
            self._refuse(event, f'Found the anchor "&{event.anchor}". Put text with & in quotes.')
        if event.tag:
            self._refuse(event, f'Found the tag "{event.tag}". Put text with ! in quotes.')
        if depth > DEPTH_AT_MOST:
            self._refuse(event, f"This is nested deeper than {DEPTH_AT_MOST} levels.")
        self._refuse(event, f"The file has more than {NODES_AT_MOST} entries. Split it.")

    def _position(self, event: yaml.Event) -> Position:
        mark = event.start_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return tuple.__new__(Position, (self._shown, line + 1, column + 1))  # quicker than a call

    def _refuse(self, event: yaml.Event, message: str) -> NoReturn:
        self._fail(self._position(event), message)

    def _fail(self, position: Position, message: str) -> NoReturn:
        self.errors.append(CatalogError(position, message))
        raise _RefusedError


def _yaml_message(reason: str) -> str:
    hint = "Check the indentation, the colons and the quotes around here."
    return f"This is not YAML ({reason}). {hint}"


def describe(node: Node) -> str:
    """Return what a node is, for a message."""
    if isinstance(node, Items):
        return "a list" if node.items else "an empty list"
    if isinstance(node, Entries):
        return "a mapping" if node.entries else "an empty mapping"
    if not node.text:
        return "nothing"
    text = node.text.replace("\n", " ")
    return f'"{text[:SHOWN_AT_MOST]}…"' if len(text) > SHOWN_AT_MOST else f'"{text}"'


__all__ = [
    "Entries",
    "Items",
    "Node",
    "Scalar",
    "describe",
    "read",
    "read_text",
    "yaml_faults",
    "yaml_files",
]
