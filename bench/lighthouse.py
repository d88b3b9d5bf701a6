"""How Lighthouse judges the shipped pages as on a phone: `python -m bench.lighthouse [address …]`.

Each page is opened in turn, several times, since a score of speed depends on what else the machine
does; what counts is the median. A visit that Lighthouse cannot score is left out. Lighthouse is
installed for this alone, from its own lock file.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from trust.host import hosted, shipped

from .figures import keep
from .visits import browser

FOLDER = Path(__file__).with_name("npm")
PAGES = ("", "wizard/", "causes/u-weak-signal/", "zh/", "zh/wizard/", "zh/causes/u-weak-signal/")
ROUNDS = 3
LEAST = 98
PATIENCE = 300
"""Seconds for one round."""


def install() -> None:
    """Install what is locked, unless all of it is there."""
    wanted = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    if not all((FOLDER / "node_modules" / name).exists() for name in wanted):
        command = ["npm", "ci", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(command, cwd=FOLDER, check=True)  # noqa: S603 - as written here


def looked_at(addresses: Sequence[str]) -> list[dict[str, Any]]:
    """Return what Lighthouse says of some addresses, each opened once."""
    command = ["node", "lighthouse.mjs", browser(), *addresses]
    run = subprocess.run(  # noqa: S603 - as written here
        command, cwd=FOLDER, check=True, stdout=subprocess.PIPE, text=True, timeout=PATIENCE
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def measure(pages: Sequence[str], rounds: int) -> dict[str, Any]:
    """Return for each page the scores of all visits, and what was found wanting in any."""
    with hosted(shipped(), small=True) as host:
        addresses = [host.url + page for page in pages]
        found = [looked_at(addresses) for _ in range(rounds)]
    return {
        f"/{page}": {
            "scores": {
                name: sorted(s for v in visits if (s := v["scores"][name]) is not None)
                for name in visits[0]["scores"]
            },
            "short": sorted({audit for visit in visits for audit in visit["short"]}),
        }
        for page, visits in zip(pages, zip(*found, strict=True), strict=True)
    }


def table(figures: dict[str, Any]) -> str:
    """Return the scores as Markdown: the median, and the lowest and highest where they differ."""
    names = list(next(iter(figures.values()))["scores"])
    lines = [f"| page | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    for page, each in figures.items():
        cells = [
            f"{median(s):g}" if s[0] == s[-1] else f"{median(s):g} ({s[0]}–{s[-1]})"
            for s in each["scores"].values()
        ]
        lines.append(f"| `{page}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, and write down; exit with 1 where a score is below the least."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description=__doc__)
    parser.add_argument("page", nargs="*", help="addresses below the root of the site")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args(arguments)
    install()
    figures = measure(options.page or PAGES, options.rounds)
    keep("lighthouse", figures)
    sys.stdout.write(f"{table(figures)}\n")
    low = [p for p, f in figures.items() if any(median(s) < LEAST for s in f["scores"].values())]
    sys.exit(f"below {LEAST}: {', '.join(low)}" if low else 0)


if __name__ == "__main__":
    main()
