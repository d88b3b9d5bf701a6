"""The catalog in other languages: texts in a folder of their own, keyed by id.

`docs/catalog/zh/*.yml` holds for each id the same text fields as the original, and `of`, the
fingerprint of the original it was made from. What is missing falls back to the original; what
was made from an older text is used and counted.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from .codes import translated_codes
from .errors import did_you_mean
from .fields import Id, Markdown, Plain, Reading
from .model import Answer, Catalog, Choice, Gap, Position
from .records import Field, MapOf, Record
from .schema import INTRODUCTION, INTRODUCTION_SECTION, SECTIONS
from .source import Entries, Node, Scalar, describe, read, yaml_files

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
UNTRANSLATED = frozenset({"sources", "limits", "cases"})
"""Sections without texts for readers."""

LABELED = ("answers", "choices")
"""Fields whose entries have a label each."""

Originals = dict[tuple[str, str], dict[str, str]]
"""Section and id to text field to text; the introduction has the id of its section."""


def _text_fields(record: Record) -> dict[str, Field]:
    fields = {
        name: Field(known.kind, known.about)
        for name, known in record.fields.items()
        if isinstance(known.kind, Plain | Markdown)
    }
    labels = Field(MapOf(Id(), Plain()), "Ids, each with its label.")
    labeled = dict.fromkeys((name for name in LABELED if name in record.fields), labels)
    return fields | labeled


OF = Field(Id(), "The text it was made from; `helpdesk translated` writes this.")

TEXTS: Mapping[str, Record] = {
    name: Record({**_text_fields(record), "of": OF}, record.about)
    for name, record in {INTRODUCTION_SECTION: INTRODUCTION, **SECTIONS}.items()
    if name not in UNTRANSLATED
}
"""What a translation may say, section by section."""


def originals(sections: Mapping[str, list[Node]]) -> Originals:
    """Return all texts of the original files, as they are written."""
    found: Originals = {}
    for section, record in TEXTS.items():
        for name, node in _entries(section, sections.get(section, [])):
            texts: dict[str, str] = {}
            for key, value in node.entries if isinstance(node, Entries) else ():
                if key.text in LABELED and isinstance(value, Entries):
                    texts |= {f"{key.text}.{name}": label for name, label in _labels(value)}
                elif key.text in record.fields and isinstance(value, Scalar):
                    texts[key.text] = value.text
            found[section, name.text] = texts
    return found


def fingerprint(texts: Mapping[str, str]) -> str:
    """Return what a translation of these texts remembers of them."""
    whole = "\0".join(f"{name}\0{texts[name]}" for name in sorted(texts))
    return hashlib.sha256(whole.encode()).hexdigest()[:8]


def translations(
    catalog: Catalog, folder: Path, sources: Originals, reading: Reading
) -> dict[str, Catalog]:
    """Return the catalog in each language that has a folder; faults go to `reading`."""
    return {
        path.name: _translated(catalog, path, sources, reading) for path in language_folders(folder)
    }


def language_folders(folder: Path) -> list[Path]:
    """Return the folders of a catalog that hold it in other languages."""
    folders = sorted(path for path in folder.iterdir() if path.is_dir())
    return [path for path in folders if LANGUAGE.fullmatch(path.name) and yaml_files(path)]


def _translated(catalog: Catalog, folder: Path, sources: Originals, reading: Reading) -> Catalog:
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    files = yaml_files(folder)
    for path in files:
        root, errors = read(path, str(path))
        reading.errors.extend(errors)
        if isinstance(root, Entries):
            entries |= _read_file(root, sources, reading)
        elif root:
            reading.fault(root.position, f"Found {describe(root)}; expected sections.")
    texts = {name: _accepted(name, entry, sources, reading) for name, entry in entries.items()}
    codes, missing = translated_codes(catalog.codes, folder, reading)
    gaps = (*_gaps(folder, entries, sources), *missing)
    return replace(
        _with_texts(catalog, texts),
        language=folder.name,
        prefix=f"{folder.name}/",
        codes=codes,
        files=tuple(str(path) for path in files),
        gaps=gaps,
    )


def _read_file(
    root: Entries, sources: Originals, reading: Reading
) -> dict[tuple[str, str], dict[str, Any]]:
    entries = {}
    for section, node in root.entries:
        if section.text not in TEXTS:
            hint = did_you_mean(section.text, TEXTS)
            reading.fault(section.position, f'There is no section "{section.text}" here.{hint}')
            continue
        for name, entry in _entries(section.text, [node], section):
            known = [other for where, other in sources if where == section.text]
            if name.text not in known:
                hint = did_you_mean(name.text, known)
                message = f'There is no "{name.text}" in the section {section.text}.{hint}'
                reading.fault(name.position, message)
                continue
            values = TEXTS[section.text].read(entry, reading)
            if values:
                values["position"] = name.position
                entries[section.text, name.text] = values
    return entries


def _entries(
    section: str, nodes: list[Node], key: Scalar | None = None
) -> Iterator[tuple[Scalar, Node]]:
    """Yield the ids of a section with their nodes; the introduction is its own only entry."""
    for node in nodes:
        if section == INTRODUCTION_SECTION:
            yield key or Scalar(section, node.position), node
        elif isinstance(node, Entries):
            yield from node.entries


def _labels(labeled: Entries) -> Iterator[tuple[str, str]]:
    """Yield each entry's id and text in an original, where it stands in a field of its own."""
    for name, node in labeled.entries:
        for key, value in node.entries if isinstance(node, Entries) else ():
            if key.text == "label" and isinstance(value, Scalar):
                yield name.text, value.text


def _accepted(
    name: tuple[str, str], entry: dict[str, Any], sources: Originals, reading: Reading
) -> dict[str, Any]:
    """Return the texts of an entry, without what the original does not have."""
    texts = {field: text for field, text in entry.items() if field not in {"of", "position"}}
    labels = {field: texts.pop(field, None) or {} for field in LABELED}
    given = {field: text for field, text in texts.items() if text and field in sources[name]}
    for field, labeled in labels.items():
        start = f"{field}."
        known = [f.removeprefix(start) for f in sources[name] if f.startswith(start)]
        for unknown in [label for label in labeled if label not in known]:
            what, hint = field.removesuffix("s"), did_you_mean(unknown, known)
            reading.fault(entry["position"], f'"{name[1]}" has no {what} "{unknown}".{hint}')
        if kept := {label: text for label, text in labeled.items() if label in known}:
            given[field] = kept
    return given | {"position": entry["position"]}


def _gaps(
    folder: Path, entries: Mapping[tuple[str, str], dict[str, Any]], sources: Originals
) -> Iterator[Gap]:
    """Yield what is missing and what was made from an older text."""
    for (section, name), texts in sources.items():
        entry = entries.get((section, name))
        if entry is None:
            yield Gap(Position(str(folder), 1, 1), section, name, "missing", fingerprint(texts))
            continue
        labels = {f"{field}.{name}" for field in LABELED for name in entry.get(field) or ()}
        if any(not entry.get(field) and field not in labels for field in texts):
            yield Gap(entry["position"], section, name, "incomplete", fingerprint(texts))
        elif entry["of"] != fingerprint(texts):
            yield Gap(entry["position"], section, name, "outdated", fingerprint(texts))


def _with_texts(catalog: Catalog, texts: Mapping[tuple[str, str], dict[str, Any]]) -> Catalog:
    sections: dict[str, Any] = {}
    for section in TEXTS:
        if section == INTRODUCTION_SECTION:
            own = texts.get((section, section), {})
            sections["introduction"] = replace(catalog.introduction, **own)
            continue
        sections[section] = {
            name: _with_entry(entry, dict(texts.get((section, name), {})))
            for name, entry in getattr(catalog, section).items()
        }
    return replace(catalog, **sections)


def _with_entry(entry: Any, texts: dict[str, Any]) -> Any:  # noqa: ANN401 - any entry of the model
    for field in LABELED:
        if labels := texts.get(field):
            texts[field] = {
                name: _with_label(labeled, labels.get(name, labeled.label))
                for name, labeled in getattr(entry, field).items()
            }
    return replace(entry, **texts)


def _with_label(labeled: Answer | Choice, label: str) -> Answer | Choice:
    return replace(labeled, label=label)
