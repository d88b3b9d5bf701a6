"""Whether `helpdesk learn` finds the truth in made-up rows, and how many it reads a second.

`python -m bench.learning 10000000` writes so many rows, half of them deliveries and half of them
outcomes, as Parquet, and measures them on DuckDB and on Spark (local mode; needs Java). The truth
is drawn anew, so the catalog's words are wrong at first. One row in a hundred is broken.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from helpdesk.catalog import Catalog, load
from helpdesk.learning.estimating import (
    Estimate,
    Trust,
    causes_by_codes,
    causes_by_outcomes,
    dirichlet,
)
from helpdesk.learning.sources import Sources
from helpdesk.learning.tally import Tally, tally

from .figures import keep

CATALOG = Path(__file__).parent.parent / "docs" / "catalog"
QUESTIONS = ("q-signal", "q-scope", "q-page-says")
CHUNK = 500_000
BROKEN = 0.01
TRUST = Trust(weight=20, level=0.95)
ENOUGH = 1000
"""Rows of answers are compared from so many cases on."""

HEAP = "2g"


def write(folder: Path, rows: int) -> dict[str, Any]:
    """Write both files; return the truth they were drawn from."""
    catalog = load(CATALOG)
    chance = import_module("numpy").random.default_rng(7)
    names = list(catalog.causes)
    truth: dict[str, Any] = {"causes": _drawn(chance, names), "answers": {}}
    for question in QUESTIONS:
        answers = list(catalog.questions[question].answers)
        truth["answers"][question] = {name: _drawn(chance, answers) for name in names}
    codes = [code for code in catalog.codes if len(code.causes) == 1]
    coded = list(dict.fromkeys(code.causes[0] for code in codes))
    truth["coded"] = _drawn(chance, coded)
    of = {cause: [code for code in codes if code.causes[0] == cause] for cause in coded}
    _stream(folder / "outcomes.parquet", rows // 2, lambda n: _outcomes(chance, truth, n))
    _stream(folder / "deliveries.parquet", rows // 2, lambda n: _deliveries(chance, truth, of, n))
    return truth


def _drawn(chance: Any, names: list[str]) -> dict[str, float]:  # noqa: ANN401 - numpy's
    return dict(zip(names, map(float, chance.dirichlet([1.0] * len(names))), strict=True))


def _stream(path: Path, rows: int, make: Any) -> None:  # noqa: ANN401 - a function
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    writer = None
    for start in range(0, rows, CHUNK):
        table = arrow.table(make(min(CHUNK, rows - start)))
        writer = writer or parquet.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()


def _picked(chance: Any, shares: Mapping[str, float], rows: int) -> Any:  # noqa: ANN401 - numpy's
    return chance.choice(list(shares), p=list(shares.values()), size=rows)


def _outcomes(chance: Any, truth: Mapping[str, Any], rows: int) -> dict[str, Any]:  # noqa: ANN401
    numpy = import_module("numpy")
    causes = _picked(chance, truth["causes"], rows)
    said = numpy.full(rows, "", dtype=object)
    for question, table in truth["answers"].items():
        for cause, shares in table.items():
            at = numpy.flatnonzero(causes == cause)
            said[at] += f"{question}=" + _picked(chance, shares, len(at)).astype(object) + "&"
    causes = causes.astype(object)
    causes[chance.random(rows) < BROKEN] = ""
    return {"cause": causes, "answers": said}


def _deliveries(
    chance: Any,  # noqa: ANN401 - numpy's
    truth: Mapping[str, Any],
    of: Mapping[str, Any],
    rows: int,
) -> dict[str, Any]:
    numpy = import_module("numpy")
    causes = _picked(chance, truth["coded"], rows)
    providers, codes = (numpy.full(rows, "", dtype=object) for _ in range(2))
    for cause, known in of.items():
        at = numpy.flatnonzero(causes == cause)
        which = chance.integers(len(known), size=len(at))
        providers[at] = numpy.array([code.provider for code in known], dtype=object)[which]
        codes[at] = numpy.array([code.code for code in known], dtype=object)[which]
    codes[chance.random(rows) < BROKEN] = ""
    return {"provider": providers, "code": codes, "count": numpy.ones(rows, dtype="int64")}


def measure(engine: str, folder: Path) -> dict[str, Any]:
    """Return what one engine finds, how far it is off, and how long it takes."""
    truth = json.loads((folder / "truth.json").read_text())
    catalog = load(CATALOG)
    backend = _spark(folder) if engine == "spark" else None
    names = (
        {"deliveries": ["deliveries"], "outcomes": ["outcomes"]}
        if backend
        else {name: [str(folder / f"{name}.parquet")] for name in ("deliveries", "outcomes")}
    )
    with Sources(backend=backend) as sources:
        start = time.perf_counter()
        counted = tally(catalog, sources, names)
        seconds = time.perf_counter() - start
    rows = sum(source.rows for source in counted.sources.values())
    broken = sum(n for s in counted.sources.values() for n, _ in s.broken.values())
    # Not by getrusage, which also knows what the process had that started this one.
    status = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024
    found = {"rows": rows, "broken": broken, "rows_a_second": round(rows / seconds)}
    return found | {"megabytes": peak} | _errors(catalog, counted, truth)


def _spark(folder: Path) -> Any:  # noqa: ANN401 - Ibis
    session = (
        import_module("pyspark.sql")
        .SparkSession.builder.master("local[2]")
        .config("spark.driver.memory", HEAP)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .getOrCreate()
    )
    backend = import_module("ibis").pyspark.connect(session)
    for name in ("deliveries", "outcomes"):
        backend.read_parquet(str(folder / f"{name}.parquet"), table_name=name)
    return backend


def _errors(catalog: Catalog, counted: Tally, truth: Mapping[str, Any]) -> dict[str, float]:
    """Return the greatest errors, and how many of the intervals hold the truth."""
    pairs: dict[str, list[tuple[float, Estimate]]] = {"answers": []}
    for title, found, known in (
        ("causes", causes_by_outcomes(catalog, counted, TRUST), truth["causes"]),
        ("coded", causes_by_codes(catalog, counted, TRUST), truth["coded"]),
    ):
        pairs[title] = [(known.get(name, 0.0), found[name]) for name in found if name in known]
    for question, table in truth["answers"].items():
        asked = catalog.problem.questions[catalog.problem.question_positions[question]]
        for place, cause in enumerate(catalog.causes):
            seen = [counted.answers[cause, question, answer] for answer in asked.answers]
            row = dirichlet(asked.given.get(place, asked.usual), seen, TRUST)
            if row[0].of >= ENOUGH:
                pairs["answers"] += zip(table[cause].values(), row, strict=True)
    return {
        f"{title}_{what}": value
        for title, both in pairs.items()
        if both
        for what, value in (
            ("error", round(max(abs(known - e.share) for known, e in both), 5)),
            ("held", round(sum(e.low <= known <= e.high for known, e in both) / len(both), 3)),
        )
    }


def main(arguments: list[str]) -> None:
    """Print the figures, and keep them; each engine has a process of its own."""
    rows = int(arguments[0]) if arguments else 10_000_000
    with tempfile.TemporaryDirectory() as name:
        truth = write(Path(name), rows)
        (Path(name) / "truth.json").write_text(json.dumps(truth))
        figures = {}
        for engine in ("duckdb", "spark"):
            command = [sys.executable, "-m", "bench.learning", engine, name]
            run = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
            figures[engine] = json.loads(run.stdout)
            sys.stdout.write(f"{engine}: {figures[engine]}\n")
    keep("learning", figures)


if __name__ == "__main__":
    if sys.argv[1:2] in (["duckdb"], ["spark"]):
        sys.stdout.write(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        main(sys.argv[1:])
