"""From the files of a folder to a checked catalog, or to everything that is wrong with them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import model
from .checks import Stated, inner_faults, outer_faults
from .codes import read_codes
from .collecting import collecting_rarely
from .compiling import compile_problem
from .context import context_faults, fact
from .entries import case, instruction, limit, question, reader
from .errors import CatalogError, CatalogErrors, did_you_mean
from .fields import Id, Reading
from .indexing import index_words
from .model import Catalog, Position
from .outages import outage_faults
from .records import Record
from .says import read_says, unknown_answers
from .schema import (
    ALL_SECTIONS,
    INTRODUCTION,
    INTRODUCTION_SECTION,
    SECTIONS,
)
from .service import SERVICE_SECTION, read_service
from .source import Entries, Node, Scalar, describe, read, yaml_files
from .translation import originals, translations

NAMED_OFTEN = 3
"""Where an empty section is named more often, that is said once."""

_Sections = dict[str, list[Node]]


@collecting_rarely()
def load(path: str | Path) -> Catalog:
    """Return the catalog in a folder of YAML files.

    Raises CatalogErrors with every mistake that was found.
    """
    folder = Path(path)
    files = _files(folder)
    reading = Reading()
    place = Position(str(folder), 1, 1)
    sections = _sections(folder, files, reading)
    service = read_service(_only(SERVICE_SECTION, sections, reading, place), reading, place)
    introduction = _introduction(sections, reading, place)
    codes = read_codes(folder, reading)
    says = read_says(folder, reading)
    records = {name: _entries(name, sections, reading) for name in SECTIONS}
    catalog = _catalog(introduction, service, records, files, codes)
    known = {name: _stated(name, sections) for name in SECTIONS}
    reading.errors.extend(
        (
            *inner_faults(catalog),
            *unknown_answers(says, catalog),
            *context_faults(catalog),
            *outage_faults(catalog),
        )
    )
    if not reading.unreadable:
        _check_references(reading, known, place)
        named = {(section, name) for section, name, _ in reading.references}
        fields = {(name, *field) for name in SECTIONS for field in _stated_fields(name, sections)}
        reading.errors.extend(outer_faults(catalog, Stated(place, known, named, fields)))
    sources = originals(sections)
    translated = {} if reading.unreadable else translations(catalog, folder, sources, reading)
    if reading.errors:
        raise CatalogErrors(reading.errors)
    words = index_words(catalog, translated, says)
    problem = replace(compile_problem(catalog), words=words)
    whole = {name: replace(other, problem=problem) for name, other in translated.items()}
    watched = (*catalog.files, *says.files)
    links = tuple(reading.links)
    return replace(catalog, problem=problem, translations=whole, files=watched, links=links)


def _files(folder: Path) -> list[Path]:
    start = Position(str(folder), 1, 1)
    if not folder.is_dir():
        message = "There is no such folder; expected a catalog folder. Give it with --catalog."
        raise CatalogErrors([CatalogError(start, message)])
    files = yaml_files(folder)
    if not files:
        message = "There is no .yml file in this folder; expected at least one."
        raise CatalogErrors([CatalogError(start, message)])
    return files


def _sections(folder: Path, files: list[Path], reading: Reading) -> _Sections:
    """Return the nodes of each section, over all files."""
    sections: _Sections = {name: [] for name in ALL_SECTIONS}
    for path in files:
        root, errors = read(path, str(folder / path.name))
        reading.errors.extend(errors)
        reading.unreadable = reading.unreadable or (root is None and bool(errors))
        if root is None:
            continue
        if not isinstance(root, Entries):
            known = ", ".join(ALL_SECTIONS)
            message = f"Found {describe(root)}; expected sections: {known}."
            reading.fault(root.position, message)
            reading.unreadable = True
            continue
        for key, node in root.entries:
            if key.text in sections:
                sections[key.text].append(node)
            else:
                hint = did_you_mean(key.text, ALL_SECTIONS)
                reading.fault(key.position, f'There is no section "{key.text}".{hint}')
    return sections


def _only(name: str, sections: _Sections, reading: Reading, folder: Position) -> Node | None:
    """Return the node of a section that must stand exactly once."""
    nodes = sections[name]
    if not nodes:
        if not reading.unreadable:
            reading.fault(folder, f'The section "{name}" is missing. Add it to a file.')
        return None
    for node in nodes[1:]:
        first = f"{nodes[0].position.path}:{nodes[0].position.line}"
        message = f'The section "{name}" stands here and at {first}. Keep one of them.'
        reading.fault(node.position, message)
    return nodes[0]


def _introduction(
    sections: _Sections, reading: Reading, folder: Position
) -> model.Introduction | None:
    node = _only(INTRODUCTION_SECTION, sections, reading, folder)
    values = INTRODUCTION.read(node, reading) if node else None
    return model.Introduction(**values) if values else None


def _pairs(
    name: str, sections: _Sections, reading: Reading | None = None
) -> Iterator[tuple[Scalar, Node]]:
    for node in sections[name]:
        if isinstance(node, Entries):
            yield from node.entries
        elif reading:
            found = describe(node)
            reading.fault(node.position, f"Found {found}; expected ids, each with its fields.")


def _stated(name: str, sections: _Sections) -> set[str]:
    """Return all ids of a section, those of broken entries included."""
    return {key.text for key, _ in _pairs(name, sections)}


def _stated_fields(name: str, sections: _Sections) -> Iterator[tuple[str, str]]:
    """Yield the id and the name of every field in a section."""
    for key, node in _pairs(name, sections):
        if isinstance(node, Entries):
            yield from ((key.text, field.text) for field, _ in node.entries)


def _entries(name: str, sections: _Sections, reading: Reading) -> dict[str, dict[str, Any]]:
    """Return the records of a section by id."""
    records: dict[str, dict[str, Any]] = {}
    places: dict[str, Position] = {}
    for key, node in _pairs(name, sections, reading):
        Id().read(key, reading)
        if key.text in places:
            message = f'"{key.text}" stands here and at {places[key.text]}. Rename one of them.'
            reading.fault(key.position, message)
            continue
        places[key.text] = key.position
        values = _read_entry(SECTIONS[name], key, node, reading)
        if values is not None:
            records[key.text] = values
    return records


def _read_entry(record: Record, key: Scalar, node: Node, reading: Reading) -> dict[str, Any] | None:
    if not isinstance(node, Entries):
        node = Scalar("", key.position) if isinstance(node, Scalar) and not node.text else node
        record.read(node, reading)
        return None
    at_key = Entries(node.entries, key.position)
    values = record.read(at_key, reading)
    return values | {"id": key.text} if values else None


def _check_references(reading: Reading, known: Mapping[str, set[str]], folder: Position) -> None:
    named = (*reading.references, *reading.asides)
    places = Counter(section for section, _, _ in named)
    gone = {s for s in places if not known[s] and places[s] > NAMED_OFTEN}
    for section in sorted(gone):
        message = f"Nothing is in the section {section}, which {places[section]} places name."
        reading.fault(folder, message)
    for section, name, position in named:
        if section not in gone and name not in known[section]:
            hint = did_you_mean(name, sorted(known[section]))
            reading.fault(position, f'There is no "{name}" in the section {section}.{hint}')


def _catalog(
    introduction: model.Introduction | None,
    service: model.Service,
    records: Mapping[str, Mapping[str, dict[str, Any]]],
    files: list[Path],
    codes: tuple[model.Code, ...],
) -> Catalog:
    """Return what could be read; whole only where there were no errors."""
    return Catalog(
        language="en",
        introduction=introduction,  # type: ignore[arg-type] # None was reported as an error
        service=service,
        parties={key: model.Party(**values) for key, values in records["parties"].items()},
        questions={key: question(values) for key, values in records["questions"].items()},
        fixes={key: model.Fix(**values) for key, values in records["fixes"].items()},
        causes={key: model.Cause(**values) for key, values in records["causes"].items()},
        warnings={key: model.Warning(**values) for key, values in records["warnings"].items()},
        limits={key: limit(values) for key, values in records["limits"].items()},
        faq={key: model.FrequentQuestion(**values) for key, values in records["faq"].items()},
        sources={key: model.Source(**values) for key, values in records["sources"].items()},
        readers={key: reader(values) for key, values in records["readers"].items()},
        instructions={key: instruction(values) for key, values in records["instructions"].items()},
        cases={key: case(values) for key, values in records["cases"].items()},
        context={key: fact(values) for key, values in records["context"].items()},
        outages={key: model.Outage(**values) for key, values in records["outages"].items()},
        codes=codes,
        files=(*map(str, files), *sorted({code.position.path for code in codes})),
        problem=None,  # type: ignore[arg-type] # compiled once the rest has been checked
    )
