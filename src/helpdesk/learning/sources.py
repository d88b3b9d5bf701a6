"""From files and tables to one table of texts, whatever they were; nothing is left out here.

Files are read by DuckDB. What it cannot cut into fields, and what is not UTF-8, it keeps aside,
with the line. An engine of the user's own holds tables already.
"""

import csv
import gzip
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import ibis

MEMORY = "1GB"
"""What DuckDB may use; beyond that it writes to a temporary folder."""

DELIVERIES: Mapping[str, bool] = {"provider": True, "code": True, "count": False, "day": False}
OUTCOMES: Mapping[str, bool] = {"cause": True, "answers": True, "count": False, "day": False}
"""The columns, and whether there has to be one."""

REQUEST = r"/outcome\?"
"""What the path of a request that reports an outcome ends with; its query is
`cause=ID&QUESTION=ANSWER&FIX=OUTCOME`, with the ids of the catalog as in the wizard's addresses."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NO_FIELDS = {"delim": "\x1f", "quote": "", "escape": ""}
FIELDS = {"delim": ",", "quote": '"', "escape": '"'}

REJECTED = {"INVALID ENCODING": "not UTF-8", "UNQUOTED VALUE": "quotes that do not close"}
OTHER_REJECTED = "another number of fields"


class SourceError(Exception):
    """A source cannot be read at all; says which, what was found and what to do."""


json_valid = ibis.udf.scalar.builtin(lambda text: text, name="json_valid", signature=((str,), bool))
json_extract_string = ibis.udf.scalar.builtin(
    lambda text, path: text + path, name="json_extract_string", signature=((str, str), str)
)
"""DuckDB's own; Ibis only has to know of them."""


class Sources:
    """The sources on one engine, DuckDB unless the address of another one is given."""

    def __init__(self, engine: str = "", backend: Any = None) -> None:  # noqa: ANN401 - Ibis
        self.own = bool(engine or backend)
        self._folder = tempfile.TemporaryDirectory(prefix="helpdesk-learn-")
        self.backend: Any = backend
        if backend is None:
            self.backend = _connected(engine) if engine else _duckdb(self._folder.name)
        self._rejects: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.backend.disconnect()
        self._folder.cleanup()

    def table(self, names: Sequence[str], columns: Mapping[str, bool]) -> Any:  # noqa: ANN401 - Ibis
        """Return one table of all sources: `source`, the columns as texts, and `fault`."""
        parts = []
        for name in names:
            with saying(name):
                parts.append(self._normal(name, self._read(name, columns), columns))
        return ibis.union(*parts) if len(parts) > 1 else parts[0]

    def rejected(self) -> Iterator[tuple[str, str, int, str]]:
        """Yield source, fault, rows and an example of what could not be cut into fields.

        Known only after the tables were counted.
        """
        for name, table in self._rejects.items():
            query = (
                "SELECT kind, count(*), min(number), arg_min(content, number) FROM ("  # noqa: S608
                "SELECT min(error_type) AS kind, line AS number, min(csv_line) AS content "
                f"FROM {table} GROUP BY line) GROUP BY kind ORDER BY kind"
            )
            for kind, rows, number, content in self.backend.raw_sql(query).fetchall():
                fault = REJECTED.get(kind, OTHER_REJECTED)
                yield name, fault, rows, f"line {number}: {content.strip()}"

    def _read(self, name: str, columns: Mapping[str, bool]) -> Any:  # noqa: ANN401 - Ibis
        if self.own:
            return self.backend.table(name)
        path = Path(name)
        if not path.is_file():
            raise SourceError(f"{name}: there is no such file.")
        kind = Path(path.name.removesuffix(".gz")).suffix
        if kind == ".parquet":
            return self.backend.read_parquet(_exactly(path))
        if kind == ".csv":
            return self._cut(path, _header(path, columns), header=True, **FIELDS)
        if kind in {".jsonl", ".ndjson"}:
            return _from_json(self._cut(path, ["line"], header=False, **NO_FIELDS), columns)
        if kind == ".log" and columns is OUTCOMES:
            return _from_requests(self._cut(path, ["line"], header=False, **NO_FIELDS))
        expected = ".csv, .parquet, .jsonl" + (" or .log" if columns is OUTCOMES else "")
        raise SourceError(f"{name}: expected a name that ends with {expected}.")

    def _cut(self, path: Path, names: Sequence[str], **options: Any) -> Any:  # noqa: ANN401 - Ibis
        rejects = f"rejects_{len(self._rejects)}"
        self._rejects[str(path)] = rejects
        return self.backend.read_csv(
            _exactly(path),
            columns=dict.fromkeys(names, "VARCHAR"),
            auto_detect=False,
            store_rejects=True,
            rejects_table=rejects,
            rejects_scan=f"{rejects}_scan",
            **options,
        )

    def _normal(self, name: str, table: Any, columns: Mapping[str, bool]) -> Any:  # noqa: ANN401
        missing = [
            column for column, needed in columns.items() if needed and column not in table.columns
        ]
        if missing:
            raise SourceError(f"{name}: found no column {missing[0]}; expected {_listed(columns)}.")
        nothing = ibis.literal("")
        texts = {
            column: table[column].cast("string").fill_null(nothing).strip()
            if column in table.columns
            else nothing
            for column in columns
        }
        extra = {
            column: table[column] if column in table.columns else nothing
            for column in ("fault", "text")
        }
        return table.select(source=ibis.literal(name), **extra, **texts)


def _duckdb(folder: str) -> Any:  # noqa: ANN401 - Ibis
    return ibis.duckdb.connect(memory_limit=MEMORY, temp_directory=folder)


def _connected(engine: str) -> Any:  # noqa: ANN401 - Ibis
    with saying(engine.partition(":")[0]):
        return ibis.connect(engine)


@contextmanager
def saying(what: str) -> Iterator[None]:
    """Say of what goes wrong in an engine what it was about, whatever the engine calls it."""
    try:
        yield
    except SourceError:
        raise
    except Exception as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise SourceError(f"{what}: {reason}") from error


def _exactly(path: Path) -> str:
    """Return a path that is no pattern."""
    return "".join(f"[{character}]" if character in "*?[" else character for character in str(path))


def _listed(columns: Mapping[str, bool]) -> str:
    return ", ".join(name if needed else f"{name} (optional)" for name, needed in columns.items())


def _header(path: Path, columns: Mapping[str, bool]) -> list[str]:
    """Return the names in the first line of a CSV file, or say what it holds instead."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        line = file.readline(10_000)
    try:
        names = next(csv.reader([line.decode("utf-8-sig").strip()]), [])
    except UnicodeDecodeError:
        raise SourceError(f"{path}: the first line is not UTF-8. Save it as UTF-8.") from None
    if len(set(names)) < len(names) or not set(names) & set(columns):
        shown = line.decode("utf-8-sig").strip()[:80]
        raise SourceError(f'{path}: found "{shown}" in line 1; expected {_listed(columns)}.')
    return names


def _from_json(lines: Any, columns: Mapping[str, bool]) -> Any:  # noqa: ANN401 - Ibis
    valid = json_valid(lines.line)
    safe = valid.ifelse(lines.line, "{}")
    fields = {name: json_extract_string(safe, f"$.{name}") for name in columns}
    if "answers" in fields:  # as text, or as an object
        bare = fields["answers"].re_replace('[{}" ]', "")
        fields["answers"] = bare.replace(":", "=").replace(",", "&")
    return lines.select(fault=valid.ifelse("", "not JSON"), text=lines.line, **fields)


def _from_requests(lines: Any) -> Any:  # noqa: ANN401 - Ibis
    """Return the outcomes in an access log (common or combined); other requests are none."""
    lines = lines.filter(lines.line.re_search(REQUEST))
    query = lines.line.re_extract(rf'"[A-Z]+ [^" ]*{REQUEST}([^" ]*) HTTP/[0-9.]+"', 1)
    parts = [
        lines.line.re_extract(r"\[([0-9]{2})/([A-Z][a-z]{2})/([0-9]{4}):", part)
        for part in (1, 2, 3)
    ]
    months = {name: f"{number:02}" for number, name in enumerate(MONTHS, 1)}
    month = parts[1].cases(*months.items(), else_="")
    return lines.select(
        cause=query.re_extract(r"(^|&)cause=([^&]*)", 2),
        answers=query,
        day=(parts[2] == "").ifelse("", parts[2] + "-" + month + "-" + parts[0]),
    )
