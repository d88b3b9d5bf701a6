"""The diagnosis on people who are made up, beside other ways to help: one seeded run.

`python -m bench.diagnosis` prints the tables and writes them into results.json.
"""

import sys
from pathlib import Path

from helpdesk.catalog import load
from helpdesk.simulation import as_text, simulate

from .figures import keep

CATALOG = Path(__file__).parent.parent / "docs" / "catalog"
CASES = 100
SEED = 1


def main() -> None:
    """Measure, print, and write down."""
    figures = simulate(load(CATALOG).problem, CASES, SEED)
    keep("diagnosis", figures)
    sys.stdout.write(f"{as_text(figures)}\n")


if __name__ == "__main__":
    main()
