"""What providers report when a message fails: `codes.csv`, one code a line.

A code means something only together with its provider, and is the text it is: `002`, `-106`,
`0x0B`, a whole sentence. The file is optional.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from .fields import Plain, Reading
from .model import Code, Gap, Position
from .source import Scalar, read_text

FILE = "codes.csv"
FIELDS = ("provider", "code", "meaning", "suggested_cause", "source")
TRANSLATION = ("meaning", "translation")
"""Of the file in the folder of another language."""

SEPARATOR = "|"
"""Between causes, the likeliest first."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the file, cut into fields."""

    fields: tuple[str, ...]
    places: tuple[Position, ...]
    """Where each field starts."""


def read_codes(folder: Path, reading: Reading) -> tuple[Code, ...]:
    """Return the codes of a catalog's folder that could be read."""
    rows = _table(folder / FILE, FIELDS, reading)
    found = (_code(row, reading) for row in rows)
    return tuple(_unique((code for code in found if code), reading))


def translated_codes(
    codes: tuple[Code, ...], folder: Path, reading: Reading
) -> tuple[tuple[Code, ...], list[Gap]]:
    """Return the codes with the meanings of another language, and what is missing of them.

    A translation stands beside the meaning it was made from. Where that is another one now,
    the translation is not used any more.
    """
    rows = _table(folder / FILE, TRANSLATION, reading)
    table = {row.fields[0]: row for row in rows if _whole(row, TRANSLATION, reading)}
    meanings = dict.fromkeys(code.meaning for code in codes)
    start = Position(str(folder / FILE), 1, 1)
    gaps = [Gap(start, "codes", text, "missing", "") for text in meanings if text not in table]
    gaps += [
        Gap(row.places[0], "codes", text, "unused", "")
        for text, row in table.items()
        if text not in meanings
    ]
    translated = (
        replace(code, meaning=table[code.meaning].fields[1]) if code.meaning in table else code
        for code in codes
    )
    return tuple(translated), gaps


def _table(path: Path, fields: tuple[str, ...], reading: Reading) -> list[_Row]:
    """Return the lines below the header, none where there is no such file."""
    if not path.exists():
        return []
    text, errors = read_text(path, str(path))
    reading.errors.extend(errors)
    rows = [] if errors else list(_rows(text, str(path), reading))
    if errors or not _has_header(rows, str(path), fields, reading):
        reading.unreadable = True
        return []
    return rows[1:]


def _whole(row: _Row, names: tuple[str, ...], reading: Reading) -> dict[str, str] | None:
    """Return the texts of a line by name, or None after reporting a fault."""
    if len(row.fields) != len(names):
        message = (
            f"Found {len(row.fields)} fields; expected {len(names)}: {', '.join(names)}. "
            "Put a text with a comma in quotes."
        )
        reading.fault(row.places[0], message)
        return None
    texts = {
        name: Plain().read(Scalar(field, place), reading)
        for name, field, place in zip(names, row.fields, row.places, strict=True)
    }
    found = {name: text for name, text in texts.items() if text}
    return found if len(found) == len(names) else None


def _rows(text: str, shown: str, reading: Reading) -> Iterator[_Row]:
    """Yield the lines that hold something."""
    lines = text.split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            fields = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            message = f"This is not CSV ({error}). Check the quotes and commas around here."
            reading.fault(Position(shown, number, 1), message)
            continue
        if any(fields):
            columns = _columns(lines[number - 1])
            columns += [1] * (len(fields) - len(columns))  # the line goes on in the next ones
            places = (Position(shown, number, column) for column in columns)
            yield _Row(fields, tuple(places))


def _columns(line: str) -> list[int]:
    """Return where each field of a line starts, counted from 1."""
    columns, quoted = [1], False
    for offset, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            columns.append(offset + 2)
    return columns


def _has_header(rows: list[_Row], shown: str, fields: tuple[str, ...], reading: Reading) -> bool:
    """Tell whether the first line names the fields, in their order."""
    if rows and rows[0].fields == fields:
        return True
    found = f'"{",".join(rows[0].fields)[:80]}"' if rows else "nothing"
    place = rows[0].places[0] if rows else Position(shown, 1, 1)
    reading.fault(place, f"Found {found}; expected the first line to be {','.join(fields)}")
    return False


def _code(row: _Row, reading: Reading) -> Code | None:
    texts = _whole(row, FIELDS, reading)
    causes = tuple(_causes(row, reading)) if len(row.fields) == len(FIELDS) else ()
    if texts is None:
        return None
    return Code(
        provider=texts["provider"],
        code=texts["code"],
        meaning=texts["meaning"],
        causes=causes,
        source=texts["source"],
        position=row.places[0],
    )


def _causes(row: _Row, reading: Reading) -> Iterator[str]:
    """Yield the causes of a line; whether they exist is checked with all other references."""
    at = FIELDS.index("suggested_cause")
    start, column, seen = row.places[at], row.places[at].column, set[str]()
    for name in row.fields[at].split(SEPARATOR) if row.fields[at].strip() else ():
        place = Position(start.path, start.line, column)
        column += len(name) + 1
        if name.strip() in seen:
            reading.fault(place, f'"{name.strip()}" stands here twice. Keep one of them.')
            continue
        seen.add(name.strip())
        reading.references.append(("causes", name.strip(), place))
        yield name.strip()


def _unique(codes: Iterator[Code], reading: Reading) -> Iterator[Code]:
    """Yield each code once."""
    first: dict[str, Code] = {}
    for code in codes:
        if code.answer in first:
            line = first[code.answer].position.line
            message = f'"{code.answer}" stands here and in line {line}. Keep one of them.'
            reading.fault(code.position, message)
        else:
            first[code.answer] = code
            yield code
