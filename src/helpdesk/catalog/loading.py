"""From the files of a folder to a checked catalog, or to everything that is wrong with them."""

from collections import Counter
from collections.abc import Mapping
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
from .fields import Reading
from .gathering import Gathered, sections
from .indexing import index_words
from .model import Catalog, Position
from .outages import outage_faults
from .says import read_says, unknown_answers
from .schema import INTRODUCTION, INTRODUCTION_SECTION
from .service import SERVICE_SECTION, read_service
from .source import Node, yaml_files
from .translation import language_folders, translations

NAMED_OFTEN = 3
"""Where an empty section is named more often, that is said once."""


@collecting_rarely()
def load(path: str | Path) -> Catalog:
    """Return the catalog in a folder of YAML files.

    Raises CatalogErrors with every mistake that was found.
    """
    folder = Path(path)
    files = _files(folder)
    reading = Reading()
    place = Position(str(folder), 1, 1)
    gathered = Gathered(reading, place, translated=bool(language_folders(folder)))
    for name, node in sections(folder, files, reading):
        gathered.add(name, node)
    _only(SERVICE_SECTION, gathered)
    service = gathered.service or read_service(None, reading, place)
    introduction = _introduction(_only(INTRODUCTION_SECTION, gathered), reading)
    codes = read_codes(folder, reading)
    says = read_says(folder, reading)
    catalog = _catalog(introduction, service, gathered.records, files, codes)
    known = {name: set(places) for name, places in gathered.places.items()}
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
        stated = Stated(place, known, named, gathered.fields)
        reading.errors.extend(outer_faults(catalog, stated))
    sources = gathered.originals()
    translated = {} if reading.unreadable else translations(catalog, folder, sources, reading)
    if reading.errors:
        raise CatalogErrors(reading.errors)
    words = index_words(catalog, translated, says)
    problem = replace(compile_problem(catalog), words=words)
    whole = {name: replace(other, problem=problem) for name, other in translated.items()}
    watched = (*catalog.files, *says.files)
    links = tuple(sorted(reading.links, key=lambda link: link.position))
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


def _only(name: str, gathered: Gathered) -> Node | None:
    """Return the node of a section that must stand exactly once."""
    nodes, reading = gathered.alone[name], gathered.reading
    if not nodes:
        if not reading.unreadable:
            message = f'The section "{name}" is missing. Add it to a file.'
            reading.fault(gathered.folder, message)
        return None
    for node in nodes[1:]:
        first = f"{nodes[0].position.path}:{nodes[0].position.line}"
        message = f'The section "{name}" stands here and at {first}. Keep one of them.'
        reading.fault(node.position, message)
    return nodes[0]


def _introduction(node: Node | None, reading: Reading) -> model.Introduction | None:
    values = INTRODUCTION.read(node, reading) if node else None
    return model.Introduction(**values) if values else None


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
