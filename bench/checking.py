"""How long `helpdesk check` takes on a thousand causes, beside only reading them."""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from helpdesk.catalog import load
from helpdesk.checking import rules

from .figures import keep, ratio
from .synthetic import write_site

CAUSES, ROUNDS = 1000, 5


def measure() -> dict[str, Any]:
    """Return the seconds of processor time of both."""
    with tempfile.TemporaryDirectory() as name:
        write_site(Path(name), CAUSES)
        folder = Path(name) / "docs" / "catalog"
        reading = [_time(lambda: load(folder)) for _ in range(ROUNDS)]
        checking = [_time(lambda: _check(folder)) for _ in range(ROUNDS)]
    return {"causes": CAUSES, "seconds": ratio(checking, reading)}


def _check(folder: Path) -> None:
    for _, rule in rules(load(folder), folder, date(2026, 11, 22)):
        list(rule())


def _time(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the figures, and keep them."""
    figures = measure()
    seconds = figures["seconds"]
    sys.stdout.write(
        f"check of {CAUSES} causes: {seconds['ours']} s; reading alone {seconds['stock']} s; "
        f"ratio {seconds['ratio']} {seconds['spread']}\n"
    )
    keep("checking", figures)


if __name__ == "__main__":
    main()
