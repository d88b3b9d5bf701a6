"""The diagnosis beside other ways to help: quality, speed, belief, own words.

`python -m bench.diagnosis` prints the tables and writes them into results.json; with `--quick`
it takes a part of the cases and writes nothing.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from helpdesk import simulation
from helpdesk.catalog import load

from . import in_browser, posterior, quality, speed, win95, words
from .figures import keep

CATALOG = Path(__file__).parent.parent / "docs" / "catalog"
CASES, FEW_CASES = 150, 20
SEED = 1


def measure(*, quick: bool) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the name, the figures and the tables of each part as soon as it is measured."""
    catalog = load(CATALOG)
    problem = catalog.problem
    times = speed.measure(problem, quick=quick)
    yield "speed", times, speed.as_text(times)
    chromium = in_browser.measure(quick=quick)
    yield "in_chromium", chromium, in_browser.as_text(chromium)
    beliefs = posterior.measure(problem, quick=quick)
    yield "posterior", beliefs, posterior.as_text(beliefs)
    told = words.measure(catalog)
    yield "words", told, words.as_text(told)
    printers = win95.measure(quick=quick)
    yield "win95pts", printers, win95.as_text(printers)
    above = quality.measure(problem, quick=quick)
    yield "quality", above, quality.as_text(above)
    people = simulation.simulate(problem, FEW_CASES if quick else CASES, SEED)
    yield "diagnosis", people, simulation.as_text(people)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write down."""
    parser = argparse.ArgumentParser(prog="python -m bench.diagnosis", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer cases, nothing written")
    quick = parser.parse_args(arguments).quick
    for name, figures, text in measure(quick=quick):
        sys.stdout.write(f"{text}\n\n")
        sys.stdout.flush()
        if not quick:
            keep(name, figures)


if __name__ == "__main__":
    main()
