"""From the files of a catalog to the records of each section, file by file.

What YAML's nodes take is ten times the files, so those of one file go before the next is read.
Only the section that every text may name is looked for in all files first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import did_you_mean
from .fields import Id, Reading
from .model import Position, Service
from .records import Record
from .schema import ALL_SECTIONS, INTRODUCTION_SECTION, SECTIONS
from .service import SERVICE_SECTION, read_service
from .source import Entries, Node, Scalar, describe, read
from .translation import TEXTS, Originals, originals

SERVICE = re.compile(rf"\n\W{{0,9}}{SERVICE_SECTION}\b".encode())
"""Where the section most likely begins: what `^` would find, found in a tenth of the time."""


def sections(folder: Path, files: list[Path], reading: Reading) -> Iterator[tuple[str, Node]]:
    """Yield name and node of each section in the order of the files, but `service` first."""
    likely = [path for path in files if _names_service(path)]
    roots = {path: _root(folder, path, reading) for path in likely}
    if not any(name == SERVICE_SECTION for root in roots.values() for name, _ in root):
        roots |= {path: _root(folder, path, reading) for path in files if path not in roots}
    for root in roots.values():
        yield from (pair for pair in root if pair[0] == SERVICE_SECTION)
    for path in files:
        if path in roots:
            yield from (pair for pair in roots.pop(path) if pair[0] != SERVICE_SECTION)
        else:
            yield from _root(folder, path, reading)


def _names_service(path: Path) -> bool:
    try:
        return bool(SERVICE.search(b"\n" + path.read_bytes()))
    except OSError:  # is reported when it is read
        return False


def _root(folder: Path, path: Path, reading: Reading) -> list[tuple[str, Node]]:
    """Return name and node of each section of a file."""
    root, errors = read(path, str(folder / path.name))
    reading.errors.extend(errors)
    reading.unreadable = reading.unreadable or (root is None and bool(errors))
    if root is None:
        return []
    if not isinstance(root, Entries):
        known = ", ".join(ALL_SECTIONS)
        message = f"Found {describe(root)}; expected sections: {known}."
        reading.fault(root.position, message)
        reading.unreadable = True
        return []
    found = []
    for key, node in root.entries:
        if key.text in ALL_SECTIONS:
            found.append((key.text, node))
        else:
            hint = did_you_mean(key.text, ALL_SECTIONS)
            reading.fault(key.position, f'There is no section "{key.text}".{hint}')
    return found


@dataclass(slots=True)
class Gathered:
    """What the sections say, entry by entry."""

    reading: Reading
    folder: Position
    translated: bool
    """Whether somebody asks for the originals."""
    alone: dict[str, list[Node]] = field(
        default_factory=lambda: {SERVICE_SECTION: [], INTRODUCTION_SECTION: []}
    )
    """The nodes of sections that must stand exactly once."""
    service: Service | None = None
    records: dict[str, dict[str, dict[str, Any]]] = field(
        default_factory=lambda: {name: {} for name in SECTIONS}
    )
    """The records of each section by id."""
    places: dict[str, dict[str, Position]] = field(
        default_factory=lambda: {name: {} for name in SECTIONS}
    )
    """Where each id of a section stands first, those of broken entries included."""
    fields: set[tuple[str, str, str]] = field(default_factory=set)
    """Section, id and name of every field."""
    _originals: Originals = field(default_factory=dict)

    def add(self, name: str, node: Node) -> None:
        """Read a section of a file."""
        if self.translated:
            self._originals |= originals({name: [node]})
        if name in self.alone:
            self.alone[name].append(node)
            if name == SERVICE_SECTION and not self.service:
                self.service = read_service(node, self.reading, self.folder)
        elif not isinstance(node, Entries):
            found = describe(node)
            self.reading.fault(node.position, f"Found {found}; expected ids, each with its fields.")
        else:
            for key, value in node.entries:
                self._add_entry(name, key, value)

    def originals(self) -> Originals:
        """Return all texts as they are written, section by section."""
        order = {name: place for place, name in enumerate(TEXTS)}
        return dict(sorted(self._originals.items(), key=lambda item: order[item[0][0]]))

    def _add_entry(self, name: str, key: Scalar, node: Node) -> None:
        if isinstance(node, Entries):
            self.fields.update((name, key.text, stated.text) for stated, _ in node.entries)
        Id().read(key, self.reading)
        places = self.places[name]
        if key.text in places:
            message = f'"{key.text}" stands here and at {places[key.text]}. Rename one of them.'
            self.reading.fault(key.position, message)
            return
        places[key.text] = key.position
        values = _read_entry(SECTIONS[name], key, node, self.reading)
        if values is not None:
            self.records[name][key.text] = values


def _read_entry(record: Record, key: Scalar, node: Node, reading: Reading) -> dict[str, Any] | None:
    if not isinstance(node, Entries):
        node = Scalar("", key.position) if isinstance(node, Scalar) and not node.text else node
        record.read(node, reading)
        return None
    at_key = Entries(node.entries, key.position)
    values = record.read(at_key, reading)
    return values | {"id": key.text} if values else None
