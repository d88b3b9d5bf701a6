"""How long the generator alone takes: a catalog of any size to checked, planned, Markdown.

`python -m bench.generator 1000 2500 5000 10000`. Each size runs in a process of its own.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from helpdesk import articles
from helpdesk.catalog import load

from .figures import keep
from .synthetic import write_site

SIZES = (1000, 2500, 5000, 10_000)
SECONDS, MEGABYTES = 10.0, 500.0
"""Budgets at 10,000 causes."""
OWN = "--own"


def one(folder: Path) -> dict[str, float]:
    """Return what a catalog takes, in this process."""
    start = time.process_time()
    catalog = load(folder)
    checked = time.process_time()
    made = articles.pages(catalog)
    end = time.process_time()
    return {
        "causes": len(catalog.causes),
        "pages": len(made),
        "checking": checked - start,
        "writing": end - checked,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure(sizes: tuple[int, ...]) -> dict[str, Any]:
    """Return the figures of each size, and how far they are from growing in proportion."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_site(Path(folder), size)
            command = [sys.executable, "-m", "bench.generator", OWN, f"{folder}/docs/catalog"]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
            rows.append(json.loads(done.stdout))
    each = [(row["checking"] + row["writing"]) / row["causes"] for row in rows]
    last = rows[-1]
    share = last["causes"] / SIZES[-1]
    return {
        "sizes": rows,
        "last_beside_first_per_cause": round(each[-1] / each[0], 2),
        "of_budget": {
            "seconds": round(each[-1] * SIZES[-1] / SECONDS, 2),
            "megabytes": round(last["megabytes"] / (MEGABYTES * share), 2),
        },
    }


def as_text(figures: dict[str, Any]) -> str:
    """Return a table for a terminal and for documentation."""
    lines = ["| causes | checking, s | writing, s | megabytes |", "|--:|--:|--:|--:|"]
    lines += [
        f"| {row['causes']} | {row['checking']:.1f} | {row['writing']:.1f} "
        f"| {row['megabytes']:.0f} |"
        for row in figures["sizes"]
    ]
    grows = figures["last_beside_first_per_cause"]
    lines += ["", f"Per cause the largest takes {grows:g} times what the smallest takes."]
    lines += [f"Of the budget, {name}: {part:g}" for name, part in figures["of_budget"].items()]
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measure the sizes that are named, print and keep the figures."""
    if arguments[:1] == [OWN]:
        sys.stdout.write(json.dumps(one(Path(arguments[1]))))
        return
    figures = measure(tuple(map(int, arguments)) or SIZES)
    sys.stdout.write(f"{as_text(figures)}\n")
    keep("generator", figures)


if __name__ == "__main__":
    main(sys.argv[1:])
