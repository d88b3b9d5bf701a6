"""What providers report when a message fails: `codes.csv`, one code a line.

A code means something only together with its provider, and is the text it is: `002`, `-106`,
`0x0B`, a whole sentence. The file is optional.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .fields import Plain, Reading
from .model import Code, Position
from .source import Scalar, read_text

FILE = "codes.csv"
FIELDS = ("provider", "code", "meaning", "suggested_cause", "source")
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
    path = folder / FILE
    if not path.exists():
        return ()
    text, errors = read_text(path, str(path))
    reading.errors.extend(errors)
    rows = [] if errors else list(_rows(text, str(path), reading))
    if errors or not _has_header(rows, str(path), reading):
        reading.unreadable = True
        return ()
    found = (_code(row, reading) for row in rows[1:])
    return tuple(_unique((code for code in found if code), reading))


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


def _has_header(rows: list[_Row], shown: str, reading: Reading) -> bool:
    """Tell whether the first line names the fields, in their order."""
    if rows and rows[0].fields == FIELDS:
        return True
    found = f'"{",".join(rows[0].fields)[:80]}"' if rows else "nothing"
    place = rows[0].places[0] if rows else Position(shown, 1, 1)
    reading.fault(place, f"Found {found}; expected the first line to be {','.join(FIELDS)}")
    return False


def _code(row: _Row, reading: Reading) -> Code | None:
    if len(row.fields) != len(FIELDS):
        message = (
            f"Found {len(row.fields)} fields; expected {len(FIELDS)}: {', '.join(FIELDS)}. "
            "Put a text with a comma in quotes."
        )
        reading.fault(row.places[0], message)
        return None
    texts = {
        name: Plain().read(Scalar(field, place), reading)
        for name, field, place in zip(FIELDS, row.fields, row.places, strict=True)
    }
    causes = tuple(_causes(row, reading)) if texts["suggested_cause"] else ()
    if not causes or not all(texts.values()):
        return None
    return Code(
        provider=texts["provider"] or "",
        code=texts["code"] or "",
        meaning=texts["meaning"] or "",
        causes=causes,
        source=texts["source"] or "",
        position=row.places[0],
    )


def _causes(row: _Row, reading: Reading) -> Iterator[str]:
    """Yield the causes of a line; whether they exist is checked with all other references."""
    at = FIELDS.index("suggested_cause")
    start, column, seen = row.places[at], row.places[at].column, set[str]()
    for name in row.fields[at].split(SEPARATOR):
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
